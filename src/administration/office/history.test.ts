/** The history of the office and the way back: by hand, after a later change, and of whole files. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { lesznoFile, testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { signedIn, type SignedInHeaders } from '../../../tests/support/staff.js'
import { exportOffice, importOffice, officeChanges } from '../../directory/index.js'

const { context, clock } = await testLeszno()
const app = await openProgram(context)
const administrator = await signedIn(context, 'administrator')
const secretary = await signedIn(context, 'secretary')
const head = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })
const at = (url: string, who: SignedInHeaders = administrator) => app.inject({ url, headers: who.headers })
const send = (url: string, fields: Record<string, string>, who: SignedInHeaders = administrator) => {
  const { headers, payload } = form(fields)
  return app.inject({ method: 'POST', url, headers: { ...headers, ...who.headers }, payload })
}
/** What comes back stands at the end of its list. */
const text = async () => JSON.stringify(sorted(JSON.parse((await exportOffice(context.database)) ?? '')))
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(sorted(each))).toSorted()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sorted(each)]))
}
const load = async (change: (file: any) => void) => {
  await importOffice(context.database, lesznoFile(change), { now: clock.now(), demonstration: true })
  context.changes.publish('directory')
  return lastSave()
}
const lastSave = async () => (await officeChanges(context.database.pool, { firsts: true, limit: 1 }))[0]?.id ?? 0
const undo = (id: number, who?: SignedInHeaders) => send(`/praca/urzad/historia/${id}`, { pewne: 'tak' }, who)

test('a loaded file that took away and changed much is taken back at once, and that can be taken back too', async () => {
  const before = await text()
  const save = await load((file) => {
    file.services = file.services.filter(({ id }: any) => id !== 'usuniecie-drzew')
    file.desks = file.desks.filter(({ slug }: any) => !slug.startsWith('walowa-5/ochrona'))
    for (const event of file.lifeEvents) event.services = event.services.filter((id: string) => id !== 'usuniecie-drzew')
    file.shifts[0].desks = file.shifts[0].desks.filter((slug: string) => !slug.startsWith('walowa-5/ochrona'))
    file.payments.rates[0].pln = 21
    file.demonstration.accounts = []
  })
  const after = await text()
  assert.ok(after !== before)
  const list = await at('/praca/urzad/historia')
  await assertValidPage(list.body)
  assert.match(textOf(list.body), /plik wczytany poleceniem .* i \d+ inn\S+ zmian/)
  const page = await at(`/praca/urzad/historia/${save}`)
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Zmieniono: stawka: zaświadczenie .*Ile złotych 17 21/)
  assert.match(textOf(page.body), /Zamknięto: obsada stanowiska/)
  const foreseen = await send(`/praca/urzad/historia/${save}`, {})
  assert.equal(foreseen.statusCode, 200)
  await assertValidPage(foreseen.body)
  assert.match(textOf(foreseen.body), /Jeszcze nic nie zapisano\..*Wydział Ochrony Środowiska .* 0, po zmianie \d+/)
  assert.ok((await text()) === after)
  assert.equal((await undo(save)).statusCode, 303)
  assert.ok((await text()) === before)
  assert.match(textOf((await at(`/praca/urzad/historia/${save}`)).body), /Tę zmianę cofnięto\./)
  assert.equal((await undo(save)).statusCode, 409)
  const again = await undo(await lastSave())
  assert.equal(again.statusCode, 303, textOf(again.body))
  assert.ok((await text()) === after)
  assert.equal((await undo(await lastSave())).statusCode, 303)
  assert.ok((await text()) === before)
})

test('what somebody changed since is not overwritten: it is told, and the newer change goes first', async () => {
  const before = await text()
  const first = await load((file) => (file.rooms[0].floor = 'I'))
  const second = await load((file) => (file.rooms[0].floor = 'II'))
  const refused = await undo(first)
  assert.equal(refused.statusCode, 409)
  await assertValidPage(refused.body)
  assert.match(textOf(refused.body), /od tej zmiany ktoś zmienił to jeszcze raz/)
  for (const id of [second, first]) assert.equal((await undo(id)).statusCode, 303)
  assert.ok((await text()) === before)
})

test('what something else needs now is not taken back, and it is said what', async () => {
  const added = await load((file) =>
    file.rooms.push({ id: 'walowa-5/99', buildingId: 'walowa-5', number: '99', floor: null, assumed: true, source: null }),
  )
  const used = await load((file) => {
    file.rooms.push({ id: 'walowa-5/99', buildingId: 'walowa-5', number: '99', floor: null, assumed: true, source: null })
    file.units[0].buildingId = 'walowa-5'
    file.units[0].roomId = 'walowa-5/99'
  })
  const refused = await undo(added)
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused.body), /jednostka: Biuro Obsługi: Nie ma pokoju „walowa-5\/99”\./)
  for (const id of [used, added]) assert.equal((await undo(id)).statusCode, 303)
})

test('two people who take the same back at once: one does, the other is told', async () => {
  const save = await load((file) => (file.rooms[1].floor = 'III'))
  const both = await Promise.all([undo(save), undo(save)])
  assert.deepEqual(
    both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b),
    [303, 409],
  )
})

test('a head takes back only what the head could have changed; what nobody saved is not found', async () => {
  const own = await load((file) => (file.units.find(({ id }: any) => id === 'wydzial-komunikacji').email = 'wk@example.pl'))
  assert.equal((await undo(own, head)).statusCode, 303)
  const others = await load((file) => (file.buildings[0].name = 'Ratusz'))
  assert.equal((await undo(others, head)).statusCode, 403)
  assert.doesNotMatch((await at(`/praca/urzad/historia/${others}`, head)).body, /Cofnij tę zmianę/)
  for (const id of ['0', '99999', 'x', '9'.repeat(30)]) assert.equal((await at(`/praca/urzad/historia/${id}`)).statusCode, 404, id)
  const one = textOf((await at('/praca/urzad/historia?czesc=building&co=karasia-15')).body)
  assert.match(one, /Zmiany: budynek: Ratusz/)
  assert.match(textOf((await at('/praca/urzad/historia?przed=2')).body), /Historia zmian/)
})

test('the secretary takes back neither technical settings nor notes, which the secretary could not have changed', async () => {
  for (const change of [(file: any) => (file.settings['proof-hashes-max'] = 5000), (file: any) => (file.unknown = ['godziny kasy'])]) {
    const save = await load(change)
    assert.equal((await undo(save, secretary)).statusCode, 403)
    assert.equal((await undo(save)).statusCode, 303)
  }
  const rooms = await load((file) => (file.rooms[2].floor = 'IV'))
  assert.equal((await undo(rooms, secretary)).statusCode, 303)
})

test("a head sees in the history what concerns the own unit, and nobody else's absences", async () => {
  const from = '2020-06-03T06:00:00Z'
  const absence = { from, until: '2020-06-03T10:00:00Z', reason: 'leave' }
  const others = await load((file) => (file.absences = [{ ...absence, desk: 'walowa-5/4/1' }]))
  const own = await load((file) => {
    file.rooms[3].floor = 'V'
    file.absences = [
      { ...absence, desk: 'walowa-5/4/1' },
      { ...absence, desk: 'walowa-5/22/1' },
    ]
  })
  assert.equal((await at(`/praca/urzad/historia/${others}`)).statusCode, 200)
  assert.equal((await at(`/praca/urzad/historia/${others}`, head)).statusCode, 404)
  const list = await at('/praca/urzad/historia', head)
  await assertValidPage(list.body)
  assert.match(list.body, new RegExp(`historia/${own}"`))
  for (const url of ['/praca/urzad/historia', `/praca/urzad/historia/${own}`]) {
    assert.doesNotMatch(textOf((await at(url, head)).body), /Pokój:|pokój:|budynek:|stawka:/, url)
  }
  assert.doesNotMatch(list.body, new RegExp(`historia/${others}"`))
  const room = lesznoFile().rooms[3]?.id ?? ''
  for (const [who, said] of [
    [administrator, false],
    [head, true],
  ] as const)
    assert.equal(
      (await at(`/praca/urzad/historia?czesc=room&co=${encodeURIComponent(room)}`, who)).body.includes('Nikt jeszcze niczego'),
      said,
    )
  const page = textOf((await at(`/praca/urzad/historia/${own}`, head)).body)
  assert.match(page, /03\.06\.2020, 8:00/)
  assert.doesNotMatch(page, /T06:00/)
})
