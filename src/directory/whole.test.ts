/** The office as a file: what is written can be loaded, and what is loaded changes what it says and nothing else. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { firstMorning, lesznoFile, testDatabase, testLeszno } from '../../tests/support/office.js'
import {
  directory,
  exportOffice,
  importCommand,
  importOffice,
  officeChanges,
  readOffice,
  readWhole,
  rowsWith,
  type OfficeFile,
} from './index.js'
import { readDirectory } from './store.js'
import { groupedShifts } from './shifts.js'
import { differences, officeParts, thingAt, thingIn } from './things.js'

const folder = mkdtempSync(path.join(os.tmpdir(), 'okienko-whole-'))
after(() => rmSync(folder, { recursive: true }))
const options = { now: firstMorning, demonstration: false }

function fileOf(text: string): string {
  const file = path.join(folder, `${crypto.randomUUID()}.json`)
  writeFileSync(file, text)
  return file
}

test('an export loaded into an empty database is exported byte for byte alike, and loaded onto itself changes nothing', async () => {
  const { context: first } = await testLeszno()
  const text = (await exportOffice(first.database)) ?? ''
  assert.deepEqual(readOffice(text).problems, [])
  const { context: second } = await testDatabase()
  assert.equal((await importCommand(second.database, fileOf(text), options)).code, 0)
  assert.equal(await exportOffice(second.database), text)
  assert.deepEqual(await readDirectory(second.database.pool), {
    ...(await readDirectory(first.database.pool)),
    office: { ...(await readDirectory(first.database.pool))?.office, demonstration: false },
  })
  const { code, lines } = await importCommand(second.database, fileOf(text), options)
  assert.deepEqual([code, lines.length], [0, 1])
  assert.equal(await exportOffice(second.database), text)
  assert.deepEqual(await officeChanges(second.database.pool, { limit: 10 }), [])
})

test('everything the example says is in its export', async () => {
  const { context } = await testLeszno()
  const exported = JSON.parse((await exportOffice(context.database)) ?? '') as OfficeFile
  const { demonstration: _people, shifts, ...file } = lesznoFile()
  const { shifts: grouped, ...rest } = exported
  assert.deepEqual(rest, JSON.parse(JSON.stringify(file)))
  assert.deepEqual(new Set(grouped.flatMap(({ desks }) => desks)), new Set(shifts.flatMap(({ desks }) => desks)))
})

test('what a load changes stands in the history, as one save', async () => {
  const { context } = await testLeszno()
  const changed = lesznoFile((file) => {
    file.desks[1].label = '2a'
    file.rooms.push({ id: 'walowa-5/99', buildingId: 'walowa-5', number: '99', floor: 'I', assumed: true, source: null })
    file.units = file.units.filter((each: any) => each.id !== 'biuro-prawne')
    file.settings['calls-max'] = 5
    file.shifts = [
      { ...file.shifts[0], desks: file.shifts[0].desks.slice(1) },
      { ...file.shifts[0], desks: file.shifts[0].desks.slice(0, 1), weekdays: [1, 2], startsMinute: 480, endsMinute: 720 },
    ]
  })
  const { code, lines } = await importCommand(context.database, fileOf(JSON.stringify(changed)), options)
  assert.equal(code, 0)
  assert.equal(lines.length, 6)
  const kept = await officeChanges(context.database.pool, { limit: 10 })
  assert.deepEqual(kept.map(({ part, before, after: now }) => [part, before === null, now === null]).toReversed(), [
    ['room', true, false],
    ['desk', false, false],
    ['settings', false, false],
    ['unit', false, true],
    ['shift', false, false],
  ])
  const [first, ...others] = kept.toReversed()
  for (const each of others) assert.equal(each.savedWith, first?.id)
  assert.equal(kept[0]?.before?.['startsMinute'], undefined)
  assert.deepEqual([kept[0]?.after?.['startsMinute'], kept[0]?.after?.['desks']], [480, ['karasia-15/biuro-obslugi/1']])
  const { rows } = await context.database.pool.query('select starts_minute from shift where starts_minute is not null')
  assert.deepEqual(rows, [{ starts_minute: 480 }])
})

test('a room and a building that leave the file are closed, kept, and open again when they return', async () => {
  const { context } = await testLeszno()
  const office = lesznoFile()
  const more = lesznoFile((file) => {
    file.buildings.push({ ...file.buildings[0], id: 'rynek-1', name: 'Rynek 1', address: 'Rynek 1, 64-100 Leszno' })
    file.rooms.push({ id: 'rynek-1/1', buildingId: 'rynek-1', number: '1', floor: null, assumed: true, source: null })
  })
  for (const [file, closed] of [
    [more, false],
    [office, true],
    [more, false],
  ] as const) {
    await importOffice(context.database, file, options)
    context.changes.publish('directory')
    const now = await directory(context)
    assert.deepEqual([now.buildings.get('rynek-1')?.closed, now.rooms.get('rynek-1/1')?.closed], [closed, closed])
    assert.equal((await exportOffice(context.database))?.includes('rynek-1'), !closed)
  }
})

test('the rows of another file are those a load of it would leave', async () => {
  const { context } = await testLeszno()
  const whole = await readWhole(context.database.pool)
  assert.ok(whole)
  const other = lesznoFile((file) => {
    file.desks.pop()
    file.services.pop()
    file.services[0].durationMinutes = 30
  })
  const then = rowsWith(whole.rows, other)
  await importOffice(context.database, other, { ...options, demonstration: true })
  const loaded = await readDirectory(context.database.pool)
  assert.deepEqual(
    new Map(then.services.map(({ id, closed }) => [id, closed])),
    new Map(loaded?.services.map(({ id, closed }) => [id, closed])),
  )
  assert.deepEqual(new Map(then.desks.map(({ id, slug }) => [slug, id])), new Map(loaded?.desks.map(({ id, slug }) => [slug, id])))
  assert.equal(then.services[0]?.facts.durationMinutes, 30)
})

test('every thing of a file can be taken out and put back, and found by its place', () => {
  const file = lesznoFile()
  for (const { part, pointer, things, put, subjectOf } of officeParts)
    for (const [subject, thing] of things(file)) {
      assert.equal(subjectOf(thing), subject)
      assert.deepEqual(put(file, subject, thing), file)
      const other = { ...thing, about: 'inaczej' }
      assert.deepEqual(
        differences(file, put(file, subject, other)).map((each) => [each.part, each.subject]),
        [[part, subject]],
      )
      const index = [...things(file).keys()].indexOf(subject)
      const place = things(file).size === 1 && subject === 'urzad' ? pointer : `${pointer}/${index}`
      if (pointer !== '') assert.deepEqual(thingAt(file, `${place}/name`), { part, subject, rest: '/name' })
      assert.deepEqual(thingIn(file, part, subject), thing)
    }
})

test('shifts alike are one entry, whatever rows they are in; the same one twice stands twice', () => {
  const shift = { desks: [], weekdays: [1], from: '2020-01-01', until: null, assumed: true }
  const of = (...desks: readonly string[]) => desks.map((desk, id) => ({ id, desk, entry: shift }))
  assert.deepEqual(groupedShifts(['a', 'b'], of('b', 'a', 'closed')), [{ ...shift, desks: ['a', 'b'] }])
  assert.deepEqual(
    groupedShifts(['a', 'b'], of('a', 'b', 'a')).map(({ desks }) => desks),
    [['a', 'b'], ['a']],
  )
})

test('absences, special days and breaks are part of the file; a file without them leaves them, one with them replaces them', async () => {
  const { context } = await testLeszno()
  const desk = 'walowa-5/22/1'
  const load = async (change: (file: any) => void): Promise<string> => {
    const file = JSON.parse((await exportOffice(context.database)) ?? '')
    change(file)
    const { office, problems } = readOffice(JSON.stringify(file))
    assert.deepEqual(problems, [])
    await importOffice(context.database, office ?? assert.fail(), options)
    return (await exportOffice(context.database)) ?? ''
  }
  const day = {
    id: 'closure-2020-06-02',
    kind: 'closure',
    from: '2020-06-02',
    until: '2020-06-02',
    buildings: ['walowa-5'],
    units: [],
    intervals: [{ from: 600, to: 720 }],
    reason: 'awaria',
    restsOn: null,
  }
  const text = await load((file) => {
    file.absences = [{ desk, from: '2020-06-02T10:00:00+02:00', until: '2020-06-02T11:00:00+02:00', reason: 'leave' }]
    file.specialDays = [day]
    file.shifts = [
      ...file.shifts,
      { desks: [desk], weekdays: [6], from: '2020-06-01', until: null, breaks: [{ from: 700, to: 720 }], assumed: false },
    ]
  })
  const written = JSON.parse(text)
  assert.deepEqual(written.absences, [{ desk, from: '2020-06-02T08:00:00Z', until: '2020-06-02T09:00:00Z', reason: 'leave' }])
  assert.deepEqual(written.specialDays, [day])
  assert.deepEqual(written.shifts.at(-1).breaks, [{ from: 700, to: 720 }])
  const { context: second } = await testDatabase()
  assert.equal((await importCommand(second.database, fileOf(text), options)).code, 0)
  assert.equal(await exportOffice(second.database), text)

  const before = (await officeChanges(context.database.pool, { limit: 50 })).length
  assert.equal(await load(() => undefined), text)
  assert.equal(
    await load((file) => {
      delete file.absences
      delete file.specialDays
    }),
    text,
  )
  assert.equal((await officeChanges(context.database.pool, { limit: 50 })).length, before)
  const without = await load((file) => {
    file.absences = []
    file.specialDays = [{ ...day, reason: 'remont' }]
  })
  assert.deepEqual([JSON.parse(without).absences, JSON.parse(without).specialDays[0].reason], [undefined, 'remont'])
  assert.deepEqual(
    (await officeChanges(context.database.pool, { limit: 2 })).map(({ part, subject }) => (part === 'absence' ? part : subject)).toSorted(),
    ['absence', 'closure-2020-06-02'],
  )
  const wrong = (change: object) => readOffice(JSON.stringify({ ...JSON.parse(text), ...change })).problems.map(({ pointer }) => pointer)
  assert.deepEqual(wrong({ absences: [{ ...written.absences[0], until: '2020-06-02T08:00:00Z', desk: 'nie-ma' }] }), [
    '/absences/0/desk',
    '/absences/0/until',
  ])
  assert.deepEqual(
    wrong({ specialDays: [{ ...day, kind: 'opening', until: '2020-06-03', intervals: [], units: ['nie-ma'] }, day] }).toSorted(),
    ['/specialDays/0/intervals', '/specialDays/0/units/0', '/specialDays/0/until', '/specialDays/1/id'],
  )
})
