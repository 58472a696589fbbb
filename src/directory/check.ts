/**
 * What must hold of an office file beyond its schema: every name leads somewhere, nothing stands
 * twice, numbers with check digits are right, tickets cannot be confused, starts fit durations.
 * Pure; each finding names its place by JSON pointer.
 */
import type { Finding } from '../platform/documents.js'
import type { OfficeFile } from './file.js'
import { planFindings } from './check-plan.js'
import { confusedWith } from './letters.js'
import { hoursId, rateId } from './things.js'

type Check = (file: OfficeFile) => Finding[]

/** Everything wrong with a file that fits the schema. */
export function checkOffice(file: OfficeFile): Finding[] {
  const checks: readonly Check[] = [doubles, names, translations, numbers, letters, sounds, times, planFindings, people, honesty]
  return checks.flatMap((check) => check(file))
}

const finding = (pointer: string, code: string, values: Finding['values'] = {}): Finding => ({
  pointer,
  message: `directory-staff.import.${code}`,
  values,
})

function doubles(file: OfficeFile): Finding[] {
  const lists: readonly (readonly [string, string, readonly string[]])[] = [
    ['buildings', 'id', file.buildings.map((each) => each.id)],
    ['rooms', 'id', file.rooms.map((each) => each.id)],
    ['units', 'id', file.units.map((each) => each.id)],
    ['desks', 'slug', file.desks.map((each) => each.slug)],
    ['services', 'id', file.services.map((each) => each.id)],
    ['elsewhere', 'id', (file.elsewhere ?? []).map((each) => each.id)],
    ['contacts', 'purpose', file.contacts.map((each) => each.purpose)],
    ['hours', 'weekdays', file.hours.map((each) => hoursId(each))],
    ['holidays/rules', 'name', file.holidays.rules.map((each) => each.name)],
    ['payments/rates', 'what', file.payments.rates.map((each) => rateId(each))],
    ['payments/accounts', 'kind', file.payments.accounts.map((each) => each.kind)],
    ['queueGroups', 'letter', (file.queueGroups ?? []).map((each) => each.letter)],
    ['specialDays', 'id', (file.specialDays ?? []).map((each) => each.id)],
    ['lifeEvents', 'id', (file.lifeEvents ?? []).map((each) => each.id)],
    ['demonstration/accounts', 'login', (file.demonstration?.accounts ?? []).map((each) => each.login)],
  ]
  const own = new Set(file.services.map((each) => each.id))
  return [
    ...lists.flatMap(([list, key, ids]) =>
      ids.flatMap((id, index) => (ids.indexOf(id) < index ? [finding(`/${list}/${index}/${key}`, 'twice', { id })] : [])),
    ),
    // Both stand at /sprawy/ID.
    ...(file.elsewhere ?? []).flatMap(({ id }, index) => (own.has(id) ? [finding(`/elsewhere/${index}/id`, 'handled-here', { id })] : [])),
  ]
}

function names(file: OfficeFile): Finding[] {
  const known = {
    building: new Set(file.buildings.map((each) => each.id)),
    room: new Set(file.rooms.map((each) => each.id)),
    unit: new Set(file.units.map((each) => each.id)),
    desk: new Set(file.desks.map((each) => each.slug)),
    service: new Set(file.services.map((each) => each.id)),
  }
  const must = (kind: keyof typeof known, id: string | null, pointer: string): Finding[] =>
    id === null || known[kind].has(id) ? [] : [finding(pointer, `no-${kind}`, { id })]
  const mustBeLetter = (letter: string, pointer: string): Finding[] =>
    file.services.some((service) => service.letter === letter) ? [] : [finding(pointer, 'no-service', { id: letter })]
  const buildingOf = new Map(file.rooms.map((room) => [room.id, room.buildingId]))
  return [
    ...file.rooms.flatMap((room, index) => must('building', room.buildingId, `/rooms/${index}/buildingId`)),
    ...file.units.flatMap((unit, index) => [
      ...must('unit', unit.parentId, `/units/${index}/parentId`),
      ...must('building', unit.buildingId, `/units/${index}/buildingId`),
      ...must('room', unit.roomId, `/units/${index}/roomId`),
      ...(unit.roomId !== null && buildingOf.has(unit.roomId) && buildingOf.get(unit.roomId) !== unit.buildingId
        ? [finding(`/units/${index}/roomId`, 'room-elsewhere', { id: unit.roomId })]
        : []),
      ...(isItsOwnAncestor(file, unit.id) ? [finding(`/units/${index}/parentId`, 'unit-circle', { id: unit.id })] : []),
    ]),
    ...file.desks.flatMap((desk, index) => [
      ...must('room', desk.roomId, `/desks/${index}/roomId`),
      ...must('unit', desk.unitId, `/desks/${index}/unitId`),
      ...desk.services.flatMap((service, nth) => must('service', service, `/desks/${index}/services/${nth}`)),
    ]),
    ...file.services.flatMap((service, index) => must('unit', service.unitId, `/services/${index}/unitId`)),
    ...(file.queueGroups ?? []).flatMap(({ letter }, index) => mustBeLetter(letter, `/queueGroups/${index}/letter`)),
    ...(file.lifeEvents ?? []).flatMap((event, index) =>
      event.services.flatMap((service, nth) => must('service', service, `/lifeEvents/${index}/services/${nth}`)),
    ),
    ...file.hours.flatMap((hours, index) => must('unit', hours.unit, `/hours/${index}/unit`)),
    ...file.shifts.flatMap((shift, index) => [
      ...shift.desks.flatMap((desk, nth) => must('desk', desk, `/shifts/${index}/desks/${nth}`)),
      ...(shift.overflow ?? []).flatMap(({ letter }, nth) => mustBeLetter(letter, `/shifts/${index}/overflow/${nth}/letter`)),
    ]),
    ...(file.absences ?? []).flatMap(({ desk }, index) => must('desk', desk, `/absences/${index}/desk`)),
    ...(file.specialDays ?? []).flatMap(({ buildings, units }, index) => [
      ...buildings.flatMap((id, nth) => must('building', id, `/specialDays/${index}/buildings/${nth}`)),
      ...units.flatMap((id, nth) => must('unit', id, `/specialDays/${index}/units/${nth}`)),
    ]),
    ...(file.demonstration?.accounts ?? []).flatMap((account, index) => [
      ...must('unit', account.unit, `/demonstration/accounts/${index}/unit`),
      ...must('desk', account.desk, `/demonstration/accounts/${index}/desk`),
      ...must('building', account.building, `/demonstration/accounts/${index}/building`),
    ]),
  ]
}

/** What is said in another language is what is said in Polish: nothing more, and every thing to bring. */
function translations(file: OfficeFile): Finding[] {
  return file.services.flatMap((service, index) =>
    Object.entries(service.translations ?? {}).flatMap(([language, { summary, bring }]) => {
      const pointer = `/services/${index}/translations/${language}`
      return [
        ...(summary !== undefined && service.summary === null ? [finding(`${pointer}/summary`, 'summary-not-polish')] : []),
        ...(bring !== undefined && bring.length !== service.bring.length
          ? [finding(`${pointer}/bring`, 'bring-count', { count: bring.length, polish: service.bring.length })]
          : []),
      ]
    }),
  )
}

function isItsOwnAncestor(file: OfficeFile, id: string): boolean {
  const parents = new Map(file.units.map((unit) => [unit.id, unit.parentId]))
  const seen = new Set<string>()
  for (let parent = parents.get(id) ?? null; parent !== null && !seen.has(parent); parent = parents.get(parent) ?? null) {
    if (parent === id) return true
    seen.add(parent)
  }
  return false
}

function numbers(file: OfficeFile): Finding[] {
  const { nip, regon } = file.office
  return [
    ...(nip !== null && !isNip(nip) ? [finding('/office/nip', 'check-digit', { number: nip })] : []),
    ...(regon !== null && !isRegon(regon) ? [finding('/office/regon', 'check-digit', { number: regon })] : []),
    ...file.payments.accounts.flatMap((account, index) => [
      ...(isAccount(account.account) ? [] : [finding(`/payments/accounts/${index}/account`, 'check-digit', { number: account.account })]),
      ...(account.iban !== undefined && account.iban !== `PL${account.account}`
        ? [finding(`/payments/accounts/${index}/iban`, 'iban-differs', { number: account.iban })]
        : []),
    ]),
  ]
}

/** True when the check digits of a 26-digit Polish account hold (ISO 13616: PL and the check digits at the end, modulo 97 is 1). */
export function isAccount(digits: string): boolean {
  return /^\d{26}$/.test(digits) && BigInt(`${digits.slice(2)}2521${digits.slice(0, 2)}`) % 97n === 1n
}

function isNip(digits: string): boolean {
  return weighted(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(digits[9])
}

function isRegon(digits: string): boolean {
  return (weighted(digits, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10 === Number(digits[8])
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0)
}

/** A letter tells one waiting crowd from another, so two units never share it. */
function letters(file: OfficeFile): Finding[] {
  const first = new Map<string, string>()
  return file.services.flatMap((service, index) => {
    const owner = first.get(service.letter) ?? service.unitId
    first.set(service.letter, owner)
    return owner === service.unitId ? [] : [finding(`/services/${index}/letter`, 'letter-shared', { letter: service.letter, unit: owner })]
  })
}

/** In one building all tickets are called by voice: no two letters there are heard alike. */
function sounds(file: OfficeFile): Finding[] {
  const buildingOf = new Map(file.rooms.map((room) => [room.id, room.buildingId]))
  const letterOf = new Map(file.services.map((service) => [service.id, service.letter]))
  const calledIn = new Map<string, Set<string>>()
  for (const desk of file.desks)
    for (const id of desk.services) {
      const building = buildingOf.get(desk.roomId) ?? ''
      const called = calledIn.get(building) ?? new Set()
      calledIn.set(building, called.add(letterOf.get(id) ?? ''))
    }
  return [...calledIn].flatMap(([building, called]) =>
    [...called].flatMap((letter) => {
      const others = confusedWith(letter, called)
      const index = file.services.findIndex((service) => service.letter === letter)
      // Each pair is told once, at the later of the two.
      const before = others.filter((other) => file.services.findIndex((service) => service.letter === other) < index)
      return before.map((other) => finding(`/services/${index}/letter`, 'letter-sounds-like', { letter, other, building }))
    }),
  )
}

function times(file: OfficeFile): Finding[] {
  return [
    ...file.services.flatMap((service, index) => [
      ...(service.stepMinutes > service.durationMinutes
        ? [
            finding(`/services/${index}/stepMinutes`, 'step-over-duration', {
              step: service.stepMinutes,
              duration: service.durationMinutes,
            }),
          ]
        : []),
      ...(file.desks.some((desk) => desk.services.includes(service.id))
        ? []
        : [finding(`/services/${index}`, 'no-desk-offers', { id: service.id })]),
      ...(service.persons > mostDesksInARoom(file, service.id)
        ? [finding(`/services/${index}/persons`, 'room-too-small', { persons: service.persons })]
        : []),
    ]),
    ...file.hours.flatMap((hours, index) =>
      hours.intervals.flatMap((interval, nth) => {
        const before = hours.intervals[nth - 1]
        const wrong = interval.from >= interval.to || (before !== undefined && interval.from < before.to)
        return wrong ? [finding(`/hours/${index}/intervals/${nth}`, 'interval-order', { from: interval.from, to: interval.to })] : []
      }),
    ),
    ...(file.queueGroups ?? []).flatMap(({ from = 1, to = 999 }, index) =>
      to <= from ? [finding(`/queueGroups/${index}/to`, 'interval-order', { from, to })] : [],
    ),
    ...(file.payments.cashDesk?.earlier ?? []).flatMap(({ from, until }, index) =>
      until < from ? [finding(`/payments/cashDesk/earlier/${index}/until`, 'interval-order', { from, to: until })] : [],
    ),
    ...file.shifts.flatMap((shift, index) => [
      ...(shift.until !== null && shift.until < shift.from
        ? [finding(`/shifts/${index}/until`, 'interval-order', { from: shift.from, to: shift.until })]
        : []),
      ...(shift.startsMinute !== undefined && shift.endsMinute !== undefined && shift.startsMinute >= shift.endsMinute
        ? [finding(`/shifts/${index}/endsMinute`, 'interval-order', { from: shift.startsMinute, to: shift.endsMinute })]
        : []),
      ...backwards(`/shifts/${index}/breaks`, shift.breaks ?? []),
    ]),
    ...(file.absences ?? []).flatMap(({ from, until }, index) =>
      Temporal.Instant.compare(from, until) < 0 ? [] : [finding(`/absences/${index}/until`, 'interval-order', { from, to: until })],
    ),
    ...(file.specialDays ?? []).flatMap(({ kind, from, until, intervals }, index) => [
      ...(until < from ? [finding(`/specialDays/${index}/until`, 'interval-order', { from, to: until })] : []),
      ...(until !== from && (kind === 'working-day' || kind === 'opening') ? [finding(`/specialDays/${index}/until`, 'one-day')] : []),
      ...(intervals.length === 0 && (kind === 'hours' || kind === 'opening')
        ? [finding(`/specialDays/${index}/intervals`, 'no-hours')]
        : []),
      ...(intervals.length > 0 && kind === 'day-off' ? [finding(`/specialDays/${index}/intervals`, 'day-off-hours')] : []),
      ...backwards(`/specialDays/${index}/intervals`, intervals),
    ]),
  ]
}

/** Minutes of a day that end before they begin, or begin before those in front of them end. */
function backwards(pointer: string, intervals: readonly { readonly from: number; readonly to: number }[]): Finding[] {
  return intervals.flatMap(({ from, to }, index) =>
    from < to && from >= (intervals[index - 1]?.to ?? 0) ? [] : [finding(`${pointer}/${index}`, 'interval-order', { from, to })],
  )
}

/** Persons of a matter sit at desks of one room: every room that offers it alone must have a desk for each. */
function mostDesksInARoom(file: OfficeFile, serviceId: string): number {
  const rooms = Map.groupBy(
    file.desks.filter((desk) => desk.services.includes(serviceId)),
    (desk) => desk.roomId,
  )
  return Math.max(
    ...Array.from(rooms.keys(), (roomId) => file.desks.filter((desk) => desk.roomId === roomId).length),
    rooms.size === 0 ? Infinity : 0,
  )
}

/** A clerk of the demonstration needs a desk, a guard a building. */
function people(file: OfficeFile): Finding[] {
  return (file.demonstration?.accounts ?? []).flatMap((account, index) => [
    ...(account.roles.includes('desk') && account.desk === null
      ? [finding(`/demonstration/accounts/${index}/desk`, 'clerk-without-desk', { login: account.login })]
      : []),
    ...(account.roles.includes('guard') && account.building === null
      ? [finding(`/demonstration/accounts/${index}/building`, 'guard-without-building', { login: account.login })]
      : []),
  ])
}

/** Whatever has no source says that it was assumed. */
function honesty(file: OfficeFile): Finding[] {
  return [
    ...unsourced('rooms', file.rooms),
    ...unsourced('desks', file.desks),
    ...unsourced('services', file.services),
    ...file.services.flatMap((service, index) =>
      (['signature', 'caseKind', 'presence'] as const).flatMap((question) =>
        service[question].value !== 'unknown' && service[question].source === null && !service.assumed
          ? [finding(`/services/${index}/${question}/source`, 'no-source')]
          : [],
      ),
    ),
  ]
}

function unsourced(list: string, entries: readonly { readonly source: string | null; readonly assumed: boolean }[]): Finding[] {
  return entries.flatMap((entry, index) =>
    entry.source === null && !entry.assumed ? [finding(`/${list}/${index}/source`, 'no-source')] : [],
  )
}
