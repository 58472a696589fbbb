/** The office changed on its pages: from nothing to bookable, two people at one thing, and who may what. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { bodyOf } from '../../../tests/support/schema-form.js'
import { signedIn, type SignedInHeaders } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { addShift } from '../../calendar/index.js'
import { directory, officeChanges, readWhole, thingIn } from '../../directory/index.js'
import { fieldsOfPart, typedThing } from './fields.js'

const office = await testLeszno()
const { context } = office
const app = await openProgram(context)
const administrator = await signedIn(context, 'administrator')
const secretary = await signedIn(context, 'secretary')
const head = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })
const at = (who: SignedInHeaders, url: string) => app.inject({ url, headers: who.headers })
type Fields = Record<string, string | readonly string[]>
const send = (who: SignedInHeaders, url: string, fields: Fields) => {
  const { headers, payload } = form(fields)
  return app.inject({ method: 'POST', url, headers: { ...headers, ...who.headers }, payload })
}
const seenIn = (html: string): string => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? ''
const address = (slug: string, id: string): string => `/praca/urzad/${slug}/${encodeURIComponent(id)}`

/** The form as the page shows it, with what it has seen. */
async function shown(who: SignedInHeaders, slug: string, part: string, id: string): Promise<Fields> {
  const answer = await at(who, address(slug, id))
  assert.equal(answer.statusCode, 200)
  const { file } = (await readWhole(context.database.pool)) ?? assert.fail()
  const fields = fieldsOfPart(part)
  return { ...bodyOf(fields, typedThing(fields, thingIn(file, part, id))), seen: seenIn(answer.body), do: 'zapisz' }
}

const made = async (slug: string, fields: Fields): Promise<void> => {
  const empty = await at(administrator, `/praca/urzad/${slug}/nowe`)
  await assertValidPage(empty.body)
  const answer = await send(administrator, `/praca/urzad/${slug}/nowe`, { ...fields, seen: seenIn(empty.body), do: 'zapisz' })
  assert.equal(answer.statusCode, 303, textOf(answer.body))
  assert.match(textOf((await at(administrator, answer.headers.location as string)).body), /Zapisano: /)
  // Pressed twice: it is there once.
  const again = await send(administrator, `/praca/urzad/${slug}/nowe`, { ...fields, seen: seenIn(empty.body), do: 'zapisz' })
  assert.match(again.headers.location as string, /bez-zmian/)
}

test('a building, a room, a unit, a desk and a service come from nothing to bookable without a restart', async () => {
  const assumed = { 'p-assumed': 'tak' }
  await made('budynki', { 'p-name': 'Rynek 1', 'p-address': 'Rynek 1, 64-100 Leszno' })
  await made('pokoje', { 'p-buildingId': 'rynek-1', 'p-number': '1', ...assumed })
  await made('jednostki', { 'p-name': 'Biuro Rowerów', 'p-buildingId': 'rynek-1', 'p-roomId': 'rynek-1/1', 'p-phones': '65 529 82 00' })
  await made('stanowiska', { 'p-label': '1', 'p-roomId': 'rynek-1/1', 'p-unitId': 'biuro-rowerow', ...assumed })
  const desk = (await directory(context)).desks.get('rynek-1/1/1')
  assert.ok(desk)
  const matter = {
    'p-name': 'Znakowanie roweru',
    'p-unitId': 'biuro-rowerow',
    'p-durationMinutes': '20',
    'p-stepMinutes': '20',
    'p-persons': '1',
    'p-letter': 'X',
    'p-signature-value': 'unknown',
    'p-caseKind-value': 'kpa',
    'p-presence-value': 'yes',
    'p-durationAssumed': 'tak',
    'p-bring': 'rower\ndowód zakupu',
    stanowiska: 'rynek-1/1/1',
    ...assumed,
  }
  await made('sprawy', matter)
  await addShift(context, {
    deskId: desk.id,
    weekdays: [1, 2, 3, 4, 5],
    from: Temporal.PlainDate.from('2020-05-01'),
    until: null,
    startsMinute: null,
    endsMinute: null,
    overflow: [],
  })
  assert.match(textOf((await app.inject('/sprawy/znakowanie-roweru')).body), /Znakowanie roweru/)
  const visit = await bookedVisit(office, { serviceId: 'znakowanie-roweru', start: Temporal.Instant.from('2020-05-27T08:50:00+02:00') })
  assert.ok(visit.reference)
  const parts = (await officeChanges(context.database.pool, { limit: 10 })).map(({ part, before }) => `${part} ${before === null}`)
  assert.deepEqual(parts.toReversed(), ['building true', 'room true', 'unit true', 'desk true', 'service true', 'desk false'])
})

test('what is wrong is said at its field or with the thing it is about, and nothing is saved', async () => {
  const body = await shown(administrator, 'sprawy', 'service', 'dowody-osobiste')
  const wrong = await send(administrator, address('sprawy', 'dowody-osobiste'), {
    ...body,
    'p-durationMinutes': '7',
    'p-letter': 'O',
    stanowiska: 'walowa-5/22/1',
  })
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  const text = textOf(wrong.body)
  assert.match(text, /Proszę wpisać liczbę, która dzieli się przez 5\./)
  assert.match(text, /Proszę wpisać jedną wielką literę/)
  const empty = await send(administrator, '/praca/urzad/kontakty/nowe', { do: 'zapisz' })
  assert.equal(empty.statusCode, 422)
  await assertValidPage(empty.body)
  const twice = await send(administrator, '/praca/urzad/kontakty/nowe', { 'p-purpose': 'Ogólny', 'p-source': 'x', do: 'zapisz' })
  assert.equal(twice.statusCode, 422)
  assert.match(textOf(twice.body), /„Ogólny” już jest/)
  const last = await shown(administrator, 'stanowiska', 'desk', 'walowa-5/ochrona-srodowiska/1')
  const closed = await send(administrator, address('stanowiska', 'walowa-5/ochrona-srodowiska/1'), { seen: last['seen'] ?? '', do: 'usun' })
  assert.equal(closed.statusCode, 422)
  assert.match(textOf(closed.body), /sprawa: .*: Tej sprawy nie załatwiałoby żadne stanowisko\./)
  assert.equal((await directory(context)).services.get('dowody-osobiste')?.letter, 'D')
})

test('a change that touches free times is shown first, saved when it is confirmed, and puts visits on the review list', async () => {
  const visit = await bookedVisit(office, { serviceId: 'rejestracja-pojazdow', start: Temporal.Instant.from('2020-05-28T09:00:00+02:00') })
  const { rows: places } = await context.database.pool.query<{ slug: string }>(
    'select d.slug from place p join desk d on d.id = p.desk_id where p.visit_id = $1',
    [visit.id],
  )
  const id = places[0]?.slug ?? ''
  const url = address('stanowiska', id)
  const { seen = '' } = await shown(administrator, 'stanowiska', 'desk', id)
  const sure = await send(administrator, url, { seen, do: 'usun' })
  assert.equal(sure.statusCode, 200)
  await assertValidPage(sure.body)
  assert.match(textOf(sure.body), /Jeszcze nic nie zapisano\..*28 maja 2020, 9:00/)
  assert.equal((await directory(context)).desks.get(id)?.closed, false)
  const done = await send(administrator, url, { seen, pewne: 'tak', do: 'usun' })
  assert.equal(done.statusCode, 303)
  assert.equal((await directory(context)).desks.get(id)?.closed, true)
  const { rows } = await context.database.pool.query('select visit_id from review_item where visit_id = $1', [visit.id])
  assert.equal(rows.length, 1)
  const changes = await officeChanges(context.database.pool, { limit: 2 })
  assert.deepEqual(
    changes.map(({ part, after }) => [part, after]),
    [
      ['shift', null],
      ['desk', null],
    ],
  )
})

test('of two people at the same desk the second is shown what the first saved, and nothing is lost', async () => {
  const id = 'walowa-5/4/2'
  const url = address('stanowiska', id)
  const [one, two] = [await shown(administrator, 'stanowiska', 'desk', id), await shown(secretary, 'stanowiska', 'desk', id)]
  assert.equal((await send(administrator, url, { ...one, 'p-label': '2A' })).statusCode, 303)
  const second = await send(secretary, url, { ...two, 'p-label': '2B' })
  assert.equal(second.statusCode, 409)
  await assertValidPage(second.body)
  assert.match(textOf(second.body), /Ktoś inny zapisał to przed chwilą.*Numer lub napis nad stanowiskiem: 2A/)
  assert.match(second.body, /value="2B"/)
  assert.equal((await directory(context)).desks.get(id)?.label, '2A')
  assert.equal((await send(secretary, url, { ...two, 'p-label': '2B', seen: seenIn(second.body) })).statusCode, 303)
  assert.equal((await directory(context)).desks.get(id)?.label, '2B')
  const raced = await shown(administrator, 'stanowiska', 'desk', id)
  const both = await Promise.all(['x', 'y'].map((label) => send(administrator, url, { ...raced, 'p-label': label })))
  assert.deepEqual(
    both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b),
    [303, 409],
  )
})

test('a form saved as it was shown changes nothing and leaves no trace in the history', async () => {
  const before = await officeChanges(context.database.pool, { limit: 1 })
  const body = await shown(administrator, 'stanowiska', 'desk', 'walowa-5/4/1')
  const answer = await send(administrator, address('stanowiska', 'walowa-5/4/1'), body)
  assert.match(answer.headers.location as string, /bez-zmian/)
  assert.deepEqual(await officeChanges(context.database.pool, { limit: 1 }), before)
})

test('a head changes the desks, matters and contacts of the own unit and nothing else; nobody else sees the pages', async () => {
  assert.equal((await at(head, address('stanowiska', 'walowa-5/22/4'))).statusCode, 200)
  for (const url of [address('stanowiska', 'walowa-5/4/1'), '/praca/urzad/jednostki/nowe', address('jednostki', 'usc')])
    assert.equal((await at(head, url)).statusCode, 303, url)
  for (const url of ['/praca/urzad/ustawienia', '/praca/urzad/budynki', '/praca/urzad/plik', '/praca/urzad/plik.json'])
    assert.notEqual((await at(head, url)).statusCode, 200, url)
  const unit = await at(head, address('jednostki', 'wydzial-komunikacji'))
  assert.match(unit.body, /name="p-phones"/)
  assert.doesNotMatch(unit.body, /name="p-name"/)
  const saved = await send(head, address('jednostki', 'wydzial-komunikacji'), {
    'p-phones': '65 529 81 44',
    'p-name': 'Inny',
    'p-email': 'wydzial@example.pl',
    seen: seenIn(unit.body),
    do: 'zapisz',
  })
  assert.equal(saved.statusCode, 303, textOf(saved.body))
  const now = (await directory(context)).units.get('wydzial-komunikacji')
  assert.deepEqual([now?.phones, now?.email], [['+48655298144'], 'wydzial@example.pl'])
  assert.notEqual(now?.name, 'Inny')
  // A desk of another unit is not given away, nor taken.
  const desk = await shown(head, 'stanowiska', 'desk', 'walowa-5/22/4')
  assert.equal((await send(head, address('stanowiska', 'walowa-5/22/4'), { ...desk, 'p-unitId': 'usc' })).statusCode, 403)
  assert.doesNotMatch((await at(secretary, '/praca/urzad/ustawienia')).body, /proof-hashes-max/)
  assert.match((await at(administrator, '/praca/urzad/ustawienia')).body, /proof-hashes-max/)
  const clerk = await signedIn(context, 'desk')
  for (const who of [clerk, await signedIn(context, 'guard')])
    for (const url of ['/praca/urzad', '/praca/urzad/stanowiska', '/praca/urzad/historia'])
      assert.equal((await at(who, url)).statusCode, 303)
  assert.equal((await app.inject('/praca/urzad')).statusCode, 303)
})

const close = (who: SignedInHeaders, url: string, seen: string) => send(who, url, { seen, do: 'usun', pewne: 'tak' })

test('what the page has no button for is not taken away by a request either', async () => {
  const unit = await at(head, address('jednostki', 'wydzial-komunikacji'))
  assert.equal((await close(head, address('jednostki', 'wydzial-komunikacji'), seenIn(unit.body))).statusCode, 403)
  assert.equal((await directory(context)).units.get('wydzial-komunikacji')?.closed, false)
  const settings = await at(administrator, '/praca/urzad/ustawienia')
  assert.equal((await close(administrator, '/praca/urzad/ustawienia', seenIn(settings.body))).statusCode, 403)
})

test('a head puts only own matters and rooms of the own buildings at a desk; what stands there already stays', async () => {
  const url = address('stanowiska', 'walowa-5/22/4')
  const page = await at(head, url)
  const { file } = (await readWhole(context.database.pool)) ?? assert.fail()
  const foreign = file.services.find(({ id }) => id === 'usuniecie-drzew') ?? assert.fail()
  const building = file.units.find(({ id }) => id === 'wydzial-komunikacji')?.buildingId
  const room = file.rooms.find(({ buildingId }) => buildingId !== building) ?? assert.fail()
  assert.doesNotMatch(page.body, new RegExp(`value="(${foreign.id}|${room.id})"`))
  const desk = await shown(head, 'stanowiska', 'desk', 'walowa-5/22/4')
  const services = [desk['p-services'] ?? []].flat()
  const refused = await send(head, url, { ...desk, 'p-services': [...services, foreign.id], 'p-roomId': room.id, pewne: 'tak' })
  assert.equal(refused.statusCode, 422)
  await assertValidPage(refused.body)
  assert.match(textOf(refused.body), /To nie są sprawy tej jednostki: .*W budynku pokoju .* nie ma tej jednostki/)
  assert.ok(!(await directory(context)).desksOf(foreign.id).some(({ slug }) => slug === 'walowa-5/22/4'))
  // Put there by the secretary, it is no reason to refuse the head a new label.
  const given = await shown(secretary, 'stanowiska', 'desk', 'walowa-5/22/4')
  assert.equal((await send(secretary, url, { ...given, 'p-services': [...services, foreign.id], pewne: 'tak' })).statusCode, 303)
  const then = await shown(head, 'stanowiska', 'desk', 'walowa-5/22/4')
  assert.ok([then['p-services']].flat().includes(foreign.id))
  assert.equal((await send(head, url, { ...then, 'p-label': '4A', pewne: 'tak' })).statusCode, 303)
})

test('settings are changed on their page, at once for everybody', async () => {
  const page = await at(secretary, '/praca/urzad/ustawienia')
  await assertValidPage(page.body)
  const body: Record<string, string> = { seen: seenIn(page.body), do: 'zapisz' }
  for (const [, name = '', value = ''] of page.body.matchAll(/name="(p-[^"]+)"[^>]*? value="(\d+)"/g)) body[name] = value
  const saved = await send(secretary, '/praca/urzad/ustawienia', { ...body, 'p-calls-max': '4' })
  assert.equal(saved.statusCode, 303, textOf(saved.body))
  const { settings } = (await directory(context)).office
  assert.deepEqual([settings['calls-max'], settings['proof-hashes-max']], [4, 64000])
})

test('things nobody has are not found, and every list and form of the example is a valid page', async () => {
  for (const url of ['/praca/urzad/nic', '/praca/urzad/stanowiska/nie-ma', '/praca/urzad/ustawienia/x'])
    assert.equal((await at(administrator, url)).statusCode, 404, url)
  for (const slug of ['', '/sprawy', '/jednostki', '/godziny', '/deklaracja', '/kasa', '/dane', '/uwagi', '/swieta/nowe', '/rachunki/nowe'])
    await assertValidPage((await at(administrator, `/praca/urzad${slug}`)).body)
})
