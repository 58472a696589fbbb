/** Conditions of acts on their pages: what hangs on one follows the day it ends; two editors; the history takes it back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { signedIn, type SignedInHeaders } from '../../../tests/support/staff.js'
import { officeChanges } from '../../directory/index.js'
import { ruleBook } from '../../regulation/index.js'

const { context } = await testLeszno()
const app = await openProgram(context)
const secretary = await signedIn(context, 'secretary')
const head = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })
const base = '/praca/akty/warunki'
const get = (url: string, who: SignedInHeaders = secretary) => app.inject({ url, headers: who.headers })
const post = (url: string, fields: Readonly<Record<string, string>>, who: SignedInHeaders = secretary) => {
  const { headers, payload } = form(fields)
  return app.inject({ method: 'POST', url, headers: { ...headers, ...who.headers }, payload })
}
const seenOn = (page: string): string =>
  (/name="seen" value="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
const epidemic = async () => (await ruleBook(context)).conditions.find(({ id }) => id === 'state-of-epidemic')

test('conditions stand with what hangs on them; a head reads and changes nothing', async () => {
  const page = await get(base)
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /stan epidemii 20 marca 2020 15 maja 2022 .*Dz\.U\. 2020 poz\. 878/)
  const seen = await get(base, head)
  assert.equal(seen.statusCode, 200)
  assert.doesNotMatch(seen.body, /warunki\/nowy/)
  assert.equal((await get(`${base}/nowy`, head)).statusCode, 404)
  assert.equal((await get(`${base}/nie-ma`)).statusCode, 404)
})

test('one is added and ended; wrong days are said at their fields', async () => {
  const wrong = await post(`${base}/nowy`, { title: '', from: '31.06.2020', until: 'wczoraj' })
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  assert.match(textOf(wrong.body), /Proszę wpisać nazwę warunku\./)
  const backwards = await post(`${base}/nowy`, { title: 'powódź', from: '2.06.2020', until: '1.06.2020' })
  assert.match(textOf(backwards.body), /Ostatni dzień jest przed pierwszym\./)
  for (let twice = 0; twice < 2; twice += 1)
    assert.equal((await post(`${base}/nowy`, { title: 'Powódź', from: '20.05.2020' })).statusCode, 303)
  const ids = (await ruleBook(context)).conditions.map(({ id }) => id)
  assert.ok(ids.includes('powodz') && ids.includes('powodz-2'))
})

test('its end is followed at once, stays in the history, and is taken back there', async () => {
  const page = await get(`${base}/state-of-epidemic`)
  await assertValidPage(page.body)
  const fields = { title: 'stan epidemii', from: '20.03.2020', until: '24.05.2020', source: '' }
  assert.equal((await post(`${base}/state-of-epidemic`, { ...fields, seen: seenOn(page.body) })).statusCode, 303)
  assert.equal((await epidemic())?.until?.toString(), '2020-05-24')
  assert.match(textOf((await get('/praca/akty')).body), /ustał stan epidemii/)
  // Whoever saw it before the change is shown what stands now.
  const late = await post(`${base}/state-of-epidemic`, { ...fields, until: '1.06.2020', seen: seenOn(page.body) })
  assert.equal(late.statusCode, 409)
  assert.match(textOf(late.body), /Ktoś inny zmienił ten warunek\. Teraz jest: stan epidemii, od 20 marca 2020, do 24 maja 2020/)
  const [change] = await officeChanges(context.database.pool, { part: 'condition', subject: 'state-of-epidemic', limit: 1 })
  assert.equal(change?.after?.['until'], '2020-05-24')
  const history = await get(`/praca/urzad/historia/${change.id}`)
  assert.equal(history.statusCode, 200)
  assert.match(textOf(history.body), /warunek aktu/)
  const undone = await post(`/praca/urzad/historia/${change.id}`, { pewne: 'tak' })
  assert.equal(undone.statusCode, 303, textOf(undone.body))
  assert.equal((await epidemic())?.until?.toString(), '2022-05-15')
})
