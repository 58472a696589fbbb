import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { firstMorning, testDatabase, testLeszno } from '../../tests/support/office.js'
import { projectFile } from '../platform/paths.js'
import { readDirectory } from './store.js'
import { contacts, directory, importCommand, isAccount, readOffice } from './index.js'
import { openChanges } from '../platform/changes.js'

const example = projectFile('offices/leszno.json')
const text = readFileSync(example, 'utf8')
const folder = mkdtempSync(path.join(os.tmpdir(), 'okienko-import-'))
after(() => rmSync(folder, { recursive: true }))

const options = { now: firstMorning, demonstration: false }

function written(change: (file: any) => void): string {
  const document = JSON.parse(text) as object
  change(document)
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.json`)
  writeFileSync(file, JSON.stringify(document, null, 2))
  return file
}

const problemsOf = (change: (file: any) => void): string[] => {
  const document = JSON.parse(text) as object
  change(document)
  return readOffice(JSON.stringify(document)).problems.map((each) => `${each.pointer} ${each.message.replace(/^.*\./, '')}`)
}

test('the example office is without errors', () => {
  assert.deepEqual(readOffice(text).problems, [])
})

test('an error names its line, its column and its pointer', () => {
  const { problems } = readOffice(text.replace('"email": "promo@leszno.pl"', '"email": "promo"'))
  const line = text.split('\n').findIndex((each) => each.includes('promo@leszno.pl'))
  const column = (text.split('\n')[line] ?? '').indexOf('"promo@leszno.pl"')
  const index = (JSON.parse(text) as { units: { id: string }[] }).units.findIndex((unit) => unit.id === 'wydzial-promocji-i-rozwoju')
  assert.deepEqual(problems, [
    {
      pointer: `/units/${index}/email`,
      line: line + 1,
      column: column + 1,
      message: 'platform-staff.document.form',
      values: { form: 'email' },
    },
  ])
})

test('JSON that is none is named by line and column', () => {
  const [problem] = readOffice(text.replace('"settings":', '"settings"')).problems
  assert.equal(problem?.message, 'platform-staff.document.syntax')
  assert.equal(problem.line, text.split('\n').findIndex((each) => each.includes('"settings":')) + 1)
  for (const broken of ['', '   ', '{', '[1,]', '// note\n{}', 'null']) assert.notEqual(readOffice(broken).problems.length, 0, broken)
})

test('a key that stands twice is an error', () => {
  const [problem] = readOffice(text.replace('"nip":', '"nip": null, "nip":')).problems
  assert.equal(problem?.message, 'platform-staff.document.key-twice')
  assert.equal(problem.pointer, '/office/nip')
})

const wrong: readonly (readonly [string, (file: any) => void, string])[] = [
  ['a missing name', (file) => delete file.units[0].name, '/units/0 missing'],
  ['an unknown field', (file) => (file.units[0].fon = '1'), '/units/0/fon unknown-key'],
  ['a number for a text', (file) => (file.office.name = 7), '/office/name type'],
  ['a phone without its country', (file) => (file.units[0].phones = ['655298100']), '/units/0/phones/0 form'],
  ['a letter taken for a digit', (file) => (file.services[0].letter = 'O'), '/services/0/letter form'],
  ['a duration of seven minutes', (file) => (file.services[0].durationMinutes = 7), '/services/0/durationMinutes limit'],
  ['a horizon of a year', (file) => (file.settings['booking-horizon-days'] = 365), '/settings/booking-horizon-days limit'],
  ['the 31st of February', (file) => (file.hours[1].validFrom = '2020-02-31'), '/hours/1/validFrom form'],
  ['an unknown answer', (file) => (file.services[0].signature.value = 'maybe'), '/services/0/signature/value enum'],
  ['a building that is not there', (file) => (file.rooms[0].buildingId = 'nowhere'), '/rooms/0/buildingId no-building'],
  ['a unit under itself', (file) => (file.units[0].parentId = file.units[0].id), '/units/0/parentId unit-circle'],
  ['the same unit twice', (file) => file.units.push(file.units[0]), '/units/31/id twice'],
  ['hours of nobody', (file) => (file.hours[0].unit = 'nobody'), '/hours/0/unit no-unit'],
  [
    'a wrong account',
    (file) => (file.payments.accounts[0].account = '26102030880000830200057514'),
    '/payments/accounts/0/account check-digit',
  ],
  ['a matter handled here and elsewhere', (file) => (file.elsewhere[0].id = 'dowody-osobiste'), '/elsewhere/0/id handled-here'],
  ['the same matter elsewhere twice', (file) => (file.elsewhere[1].id = file.elsewhere[0].id), '/elsewhere/1/id twice'],
  ['another office without a page that says so', (file) => delete file.elsewhere[0].source, '/elsewhere/0 missing'],
  [
    'a recipient longer than a code holds',
    (file) => (file.payments.accounts[0].recipient = 'a'.repeat(21)),
    '/payments/accounts/0/recipient limit',
  ],
  ['a wrong NIP', (file) => (file.office.nip = '6970020757'), '/office/nip check-digit'],
  ['a wrong REGON', (file) => (file.office.regon = '000660994'), '/office/regon check-digit'],
  [
    'one letter in two units',
    (file) => (file.services.find((each: any) => each.id === 'podatki-lokalne').letter = 'A'),
    '/services/18/letter letter-shared',
  ],
  [
    'a letter that sounds like another of the building',
    (file) => (file.services.find((each: any) => each.letter === 'R').letter = 'T'),
    '/services/16/letter letter-sounds-like',
  ],
  ['a step longer than the visit', (file) => (file.services[3].stepMinutes = 30), '/services/3/stepMinutes step-over-duration'],
  ['a matter no desk offers', (file) => file.services.push({ ...file.services[0], id: 'nowa' }), '/services/21 no-desk-offers'],
  [
    'a matter for three where two desks stand',
    (file) => (file.services.find((each: any) => each.persons === 2).persons = 3),
    '/services/14/persons room-too-small',
  ],
  [
    'hours that end before they begin',
    (file) => (file.hours[0].intervals = [{ from: '15:30', to: '07:30' }]),
    '/hours/0/intervals/0 interval-order',
  ],
  [
    'a life event with a matter that is not there',
    (file) => (file.lifeEvents[0].services[1] = 'nie-ma'),
    '/lifeEvents/0/services/1 no-service',
  ],
  ['the same life event twice', (file) => file.lifeEvents.push(file.lifeEvents[0]), '/lifeEvents/8/id twice'],
  ['a life event without its Ukrainian name', (file) => delete file.lifeEvents[0].name.uk, '/lifeEvents/0/name missing'],
  ['a language no page has', (file) => (file.services[0].translations.de = { name: 'Zulassung' }), '/services/0/translations/de enum'],
  ['Polish as a translation', (file) => (file.units[0].translations.pl = { name: 'Biuro' }), '/units/0/translations/pl enum'],
  ['a translation that is only a text', (file) => (file.elsewhere[0].translations.uk = 'Паспорти'), '/elsewhere/0/translations/uk type'],
  ['a translated summary without a name', (file) => delete file.services[0].translations.en.name, '/services/0/translations/en missing'],
  ['an empty translation', (file) => (file.units[0].translations.uk.name = ''), '/units/0/translations/uk/name limit'],
  ['a translation of what no unit has', (file) => (file.units[0].translations.en.bring = []), '/units/0/translations/en/bring unknown-key'],
  [
    'a thing to bring that is not translated',
    (file) => file.services[0].translations.uk.bring.pop(),
    '/services/0/translations/uk/bring bring-count',
  ],
  [
    'a summary that Polish has not',
    (file) => (file.services[1].translations.en.summary = 'a car'),
    '/services/1/translations/en/summary summary-not-polish',
  ],
  ['an invented desk without a word', (file) => (file.desks[0].assumed = false), '/desks/0/source no-source'],
  ['a guessed signature', (file) => (file.services[0].signature.source = null), '/services/0/signature/source no-source'],
  [
    'a guard without a building',
    (file) => (file.demonstration.accounts.find((each: any) => each.roles[0] === 'guard').building = null),
    '/demonstration/accounts/4/building guard-without-building',
  ],
]
for (const [name, change, expected] of wrong) {
  test(`${name} is an error at its place`, () => assert.ok(problemsOf(change).includes(expected), problemsOf(change).join('\n')))
}

test('a language no page has is named at its line, with those there are', async () => {
  const { context } = await testLeszno()
  const file = written((document) => (document.services[0].translations.de = { name: 'Zulassung' }))
  const { code, lines } = await importCommand(context.database, file, options)
  assert.equal(code, 1)
  assert.equal(lines.length, 2)
  assert.match(lines[0] ?? '', /\.json:\d+:\d+ \/services\/0\/translations\/de: dozwolone są tylko: en, uk$/)
})

test('an office without translations is loaded, and what a file no longer translates is not translated', async () => {
  const { context } = await testLeszno()
  assert.equal((await directory(context)).services.get('dowody-osobiste')?.translations?.en?.name, 'Identity cards')
  const bare = written((document) => {
    for (const each of [...document.services, ...document.units, ...document.elsewhere]) delete each.translations
  })
  assert.equal((await importCommand(context.database, bare, options)).code, 0)
  context.changes.publish('directory')
  const { services, units, elsewhere } = await directory(context)
  for (const each of [...services.values(), ...units.values(), ...elsewhere.values()]) assert.equal(each.translations, undefined, each.id)
})

test('check digits of accounts: one digit changed or two swapped are seen', () => {
  const account = '26102030880000830200057513'
  assert.equal(isAccount(account), true)
  for (let place = 0; place < account.length; place += 1) {
    const digit = (Number(account[place]) + 1) % 10
    assert.equal(isAccount(account.slice(0, place) + digit + account.slice(place + 1)), false)
  }
  // The number for transfers from abroad on the office's own page has one zero too many.
  assert.equal(isAccount('261002030880000830200057513'), false)
  assert.equal(isAccount(''), false)
})

test('a file with errors changes nothing and ends with 1', async () => {
  const { context } = await testLeszno()
  const before = await readDirectory(context.database.pool)
  const { code, lines } = await importCommand(
    context.database,
    written((file) => ((file.office.name = 'Inny'), (file.office.nip = '1'))),
    options,
  )
  assert.equal(code, 1)
  assert.equal(lines.length, 2)
  assert.match(lines[0] ?? '', /\.json:\d+:\d+ \/office\/nip: /)
  assert.deepEqual(await readDirectory(context.database.pool), before)
  assert.equal((await importCommand(context.database, path.join(folder, 'none.json'), options)).code, 1)
})

test('an account whose check digits do not hold is refused at its line, and no page ever shows it', async () => {
  const { context } = await testLeszno()
  const mistyped = '26102030880000830200057531'
  const file = written((document) => (document.payments.accounts[0].account = mistyped))
  const line =
    readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((each) => each.includes(mistyped)) + 1
  const { code, lines } = await importCommand(context.database, file, options)
  assert.equal(code, 1)
  assert.equal(lines[0]?.startsWith(`${file}:${line}:`), true)
  assert.match(lines[0] ?? '', new RegExp(`/payments/accounts/0/account: cyfry kontrolne numeru ${mistyped} się nie zgadzają`))
  assert.ok(!JSON.stringify(await readDirectory(context.database.pool)).includes(mistyped))
})

test('what another office handles is read in the order of the file, and apart from what this one handles', async () => {
  const { directory: office } = await testLeszno()
  assert.deepEqual([...office.elsewhere.keys()], ['paszporty', 'miedzynarodowe-prawo-jazdy-w-powiecie', 'leszczynskie-becikowe'])
  for (const id of office.elsewhere.keys()) assert.equal(office.services.has(id), false)
})

test('a failure of later work on the file undoes the whole import', async () => {
  const { context } = await testLeszno()
  const before = await readDirectory(context.database.pool)
  const file = written((document) => (document.office.name = 'Inny'))
  await assert.rejects(importCommand(context.database, file, { ...options, also: () => Promise.reject(new Error('no')) }))
  assert.deepEqual(await readDirectory(context.database.pool), before)
})

test('an office is loaded into an empty database, and loading it again changes nothing', async () => {
  const { context } = await testDatabase()
  const first = await importCommand(context.database, example, options)
  assert.deepEqual([first.code, first.lines.length], [0, 1])
  const before = await readDirectory(context.database.pool)
  assert.equal((await importCommand(context.database, example, options)).code, 0)
  assert.deepEqual(await readDirectory(context.database.pool), before)
  const { rows } = await context.database.pool.query<{ count: number }>('select count(*) from shift')
  assert.equal(rows[0]?.count, before?.desks.length)
})

test('a desk and a service that leave the file are closed, kept, and open again when they return', async () => {
  const { context } = await testLeszno()
  const { pool } = context.database
  const desk = (await directory(context)).desks.get('walowa-5/22/4')
  await pool
    .query(`insert into event (at, kind, channel, desk_id) values ($1, 'called', 'desk', $2)`, [firstMorning, desk?.id])
    .catch(() => undefined)
  const without = written((file) => {
    file.desks = file.desks.filter((each: any) => each.slug !== 'walowa-5/22/4' && !each.slug.startsWith('walowa-5/ochrona'))
    file.shifts[0].desks = file.desks.map((each: any) => each.slug)
    file.services = file.services.filter((each: any) => each.id !== 'usuniecie-drzew')
    for (const event of file.lifeEvents) event.services = event.services.filter((id: string) => id !== 'usuniecie-drzew')
    file.demonstration.accounts = []
  })
  assert.deepEqual(await importCommand(context.database, without, options).then(({ code }) => code), 0)
  context.changes.publish('directory')
  const now = await directory(context)
  assert.equal(now.desks.get('walowa-5/22/4')?.closed, true)
  assert.equal(now.desks.get('walowa-5/22/4')?.id, desk?.id)
  assert.equal(now.desksOf('rejestracja-pojazdow').length, 3)
  assert.equal(now.desksIn('walowa-5/22').length, 3)
  assert.equal(now.services.get('usuniecie-drzew')?.closed, true)
  assert.equal((await importCommand(context.database, example, options)).code, 0)
  context.changes.publish('directory')
  const again = await directory(context)
  assert.equal(again.desks.get('walowa-5/22/4')?.closed, false)
  assert.equal(again.desks.get('walowa-5/22/4')?.id, desk?.id)
  assert.equal(again.services.get('usuniecie-drzew')?.closed, false)
})

test('a unit that leaves the file is closed, and its number is told to nobody', async () => {
  const { context } = await testLeszno()
  const without = written((file) => {
    file.units = file.units.filter((each: any) => each.id !== 'biuro-prawne')
  })
  assert.equal((await importCommand(context.database, without, options)).code, 0)
  context.changes.publish('directory')
  const now = await directory(context)
  assert.equal(now.units.get('biuro-prawne')?.closed, true)
  const listed = await contacts(now, Temporal.PlainDate.from('2020-05-25'), async () => ({ intervals: [], code: 'unknown', basis: [] }))
  assert.equal(
    listed.some((each) => each.id === 'biuro-prawne'),
    false,
  )
})

test('life events are read in the order of the file, without matters that are closed', async () => {
  const { context } = await testLeszno()
  await context.database.pool.query(`update service set closed = true where id = 'dowody-osobiste'`)
  const now = await directory({ ...context })
  const file = JSON.parse(text) as { lifeEvents: { id: string; services: string[] }[] }
  assert.deepEqual(
    [...now.lifeEvents.values()].map((event) => [event.id, event.serviceIds]),
    file.lifeEvents.map((event) => [event.id, event.services.filter((id) => id !== 'dowody-osobiste')]),
  )
})

test('other processes hear of an import and read the office again', async () => {
  const { context, connection } = await testLeszno()
  const changes = await openChanges(connection, context.database.pool)
  after(() => changes.close())
  const other = { ...context, changes }
  assert.equal((await directory(other)).office.name, 'Urząd Miasta Leszna')
  const heard = new Promise<void>((resolve) => changes.subscribe('directory', resolve))
  await importCommand(
    context.database,
    written((file) => (file.office.name = 'Urząd po zmianie')),
    options,
  )
  await heard
  assert.equal((await directory(other)).office.name, 'Urząd po zmianie')
})

/** Problems of the example with this plan and no other. */
const plan = (change: { shifts?: readonly object[]; absences?: readonly object[]; specialDays?: readonly object[] }) =>
  problemsOf((file) => Object.assign(file, { absences: [], specialDays: [], shifts: [] }, change))

test('two shifts or absences of a desk at one time, and two special days of a place, are errors', () => {
  const shift = { desks: ['walowa-5/22/1'], weekdays: [2, 4], from: '2020-07-01', until: '2020-07-31', assumed: false }
  const day = {
    id: 'a',
    kind: 'hours',
    from: '2020-12-24',
    until: '2020-12-24',
    buildings: [],
    units: [],
    intervals: [{ from: 480, to: 600 }],
  }
  const entry = { ...day, reason: 'Wigilia', restsOn: null }
  const absence = { desk: 'walowa-5/22/1', from: '2020-06-02T08:00:00Z', until: '2020-06-02T10:00:00Z', reason: 'leave' }
  const later = { ...absence, from: '2020-06-02T10:00:00Z', until: '2020-06-02T11:00:00Z' }
  const clash = { ...absence, from: '2020-06-02T11:30:00+02:00', until: '2020-06-02T12:30:00+02:00' }
  assert.deepEqual(plan({ shifts: [shift, { ...shift, weekdays: [4] }] }), ['/shifts/1 shifts-meet'])
  assert.deepEqual(
    plan({
      shifts: [
        { ...shift, endsMinute: 600 },
        { ...shift, startsMinute: 600 },
      ],
    }),
    [],
    'one begins when the other ends',
  )
  const breaks = [{ from: 600, to: 660 }]
  assert.deepEqual(
    plan({
      shifts: [
        { ...shift, breaks },
        { ...shift, startsMinute: 610, endsMinute: 650 },
      ],
    }),
    [],
    'in the break',
  )
  assert.deepEqual(plan({ shifts: [shift, { ...shift, from: '2020-08-01', until: null }] }), [], 'one after the other')
  const wednesday = { ...shift, from: '2020-07-29', until: null, weekdays: [3, 5] }
  assert.deepEqual(
    plan({
      shifts: [
        { ...shift, weekdays: [1, 3] },
        { ...wednesday, weekdays: [1] },
      ],
    }),
    [],
    'no Monday is in both',
  )
  assert.deepEqual(plan({ absences: [absence, later] }), [])
  assert.deepEqual(plan({ absences: [absence, clash] }), ['/absences/1 absences-meet'])
  assert.deepEqual(plan({ specialDays: [entry, { ...entry, id: 'b', kind: 'closure', intervals: [] }] }), [])
  assert.deepEqual(plan({ specialDays: [entry, { ...entry, id: 'b', units: ['usc'] }] }), [])
  assert.deepEqual(plan({ specialDays: [entry, { ...entry, id: 'b' }] }), ['/specialDays/1 days-meet'])
})
