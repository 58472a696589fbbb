/** Confirming contacts: by the head for the own units, by the Secretary for all; who should look is reminded at the start. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { signedIn, type SignedInHeaders } from '../../../tests/support/staff.js'
import { confirmedOn } from '../../directory/index.js'

const { context, clock, directory } = await testLeszno()
const app = await openProgram(context)
const head = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })
const secretary = await signedIn(context, 'secretary')
const guard = await signedIn(context, 'guard')
const get = (url: string, who: SignedInHeaders) => app.inject({ url, headers: who.headers })
const post = (fields: Readonly<Record<string, string | readonly string[]>>, who: SignedInHeaders) => {
  const { headers, payload } = form(fields)
  return app.inject({ method: 'POST', url: '/praca/kontakty', headers: { ...headers, ...who.headers }, payload })
}

const own = [...directory.units.keys()].filter((id) => directory.unitAndParents(id).some((unit) => unit.id === 'wydzial-komunikacji'))

test('a head confirms the own units and no other; they are old again after half a year', async () => {
  assert.match(textOf((await get('/praca', head)).body), /Kontakty do potwierdzenia: 2/)
  const page = await get('/praca/kontakty', head)
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Wydział Komunikacji .* Telefon: 65 .* nigdy nie potwierdzone/)
  assert.doesNotMatch(page.body, /value="usc"/)
  const wrong = await post({ jednostka: 'usc' }, head)
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  assert.equal((await post({ jednostka: own }, head)).statusCode, 303)
  assert.deepEqual([...(await confirmedOn(context)).keys()].toSorted(), own.toSorted())
  assert.doesNotMatch(textOf((await get('/praca', head)).body), /do potwierdzenia/)
  clock.moveTo(Temporal.Instant.from('2020-11-22T10:00:00+01:00'))
  assert.match(textOf((await get('/praca', head)).body), /Kontakty do potwierdzenia: 2/)
  assert.match(textOf((await get('/praca/kontakty', head)).body), /potwierdzone dawno: 25 maja 2020/)
})

test('the Secretary confirms all; a guard none', async () => {
  const all = [...directory.units.keys()]
  assert.match(textOf((await get('/praca', secretary)).body), new RegExp(`Kontakty do potwierdzenia: ${all.length}`))
  await post({ jednostka: all }, secretary)
  assert.equal((await confirmedOn(context)).size, all.length)
  assert.notEqual((await get('/praca/kontakty', guard)).statusCode, 200)
})
