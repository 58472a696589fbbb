/** Special days before they are saved: what they would change, and why one would change nothing. Pure. */
import type { FieldError } from '../../platform/decision.js'
import { plainDay, type Translate } from '../../platform/words.js'
import type { Directory, SpecialDay, SpecialDayEntry, SpecialDayFacts } from '../../directory/index.js'
import { holidayName, hours, type DayHours, type RuleBook } from '../../regulation/index.js'
import { basisText } from '../../ui/index.js'
import { wrong } from './model.js'
import { specialDayOfThing } from './things.js'

const compareDays = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Temporal.PlainDate.compare(a, b)

/** The rule book with a day as it would be, instead of the one of that id; null takes that one away. */
export function withSpecialDay(book: RuleBook, id: string | null, facts: SpecialDayFacts | null, now: Temporal.Instant): RuleBook {
  const others = book.specialDays.filter((each) => each.removedAt !== null || each.id !== id)
  return { ...book, specialDays: facts === null ? others : [...others, { ...facts, enteredAt: now, removedAt: null }] }
}

/** The rule book with the special days of an office file instead of those that hold. */
export function withSpecialDays(book: RuleBook, days: readonly SpecialDayEntry[], now: Temporal.Instant): RuleBook {
  const over = book.specialDays.filter(({ removedAt }) => removedAt !== null)
  return { ...book, specialDays: [...over, ...days.map((day) => ({ ...specialDayOfThing({ ...day }), enteredAt: now, removedAt: null }))] }
}

/** Another entry for the very same place and a common day, of which neither is a closure: nobody could say which one is meant. */
export function meetingDay(wanted: SpecialDayFacts, others: readonly SpecialDay[]): SpecialDay | null {
  return (
    others.find(
      (other) =>
        other.removedAt === null &&
        other.id !== wanted.id &&
        other.kind !== 'closure' &&
        wanted.kind !== 'closure' &&
        compareDays(other.from, wanted.until) <= 0 &&
        compareDays(wanted.from, other.until) <= 0 &&
        placeText(other) === placeText(wanted),
    ) ?? null
  )
}

function placeText({ buildings, units }: Pick<SpecialDay, 'buildings' | 'units'>): string {
  return [...buildings, '', ...units].toSorted().join(' ')
}

/** A unit's day of which the hours would be others. */
export interface ChangedHours {
  readonly unitId: string
  readonly day: Temporal.PlainDate
  readonly before: DayHours
  readonly after: DayHours
}

/** Every unit and day of the entry, and of the one before it, whose hours would be others. */
export function changedHours(
  office: Directory,
  before: RuleBook,
  after: RuleBook,
  ranges: readonly Pick<SpecialDay, 'from' | 'until'>[],
): ChangedHours[] {
  const units = [...office.units.values()].filter(({ closed }) => !closed)
  return daysOf(ranges).flatMap((day) =>
    units.flatMap(({ id }): ChangedHours[] => {
      const [one, other] = [hours(before, office, id, day), hours(after, office, id, day)]
      return alike(one, other) ? [] : [{ unitId: id, day, before: one, after: other }]
    }),
  )
}

function daysOf(ranges: readonly Pick<SpecialDay, 'from' | 'until'>[]): Temporal.PlainDate[] {
  const days = ranges.flatMap(({ from, until }) =>
    Array.from({ length: from.until(until).days + 1 }, (_, index) => from.add({ days: index })),
  )
  return [...new Map(days.map((day) => [day.toString(), day])).values()].toSorted(compareDays)
}

function alike(one: DayHours, other: DayHours): boolean {
  return hoursKey(one) === hoursKey(other)
}

function hoursKey({ code, intervals, name = '' }: DayHours): string {
  return JSON.stringify([code, intervals, name])
}

/** Why an entry changes nothing on its first day, as an error of the form. */
export function whyNothing(t: Translate, office: Directory, book: RuleBook, facts: SpecialDayFacts): FieldError {
  const first = [...office.units.values()].filter(({ closed, id }) => !closed && concerns(office, facts, id))
  const days = first.map(({ id }) => hours(book, office, id, facts.from))
  const day = plainDay(t.language, facts.from)
  const off = days.find(({ code }) => code === 'day-off')
  if (facts.kind === 'working-day' && off !== undefined)
    return wrong('rodzaj', 'holiday', { day, name: holidayName(t, off.provision ?? '', off.name ?? '') })
  if (facts.kind === 'working-day' && days.some(({ code }) => code === 'open')) return wrong('rodzaj', 'not-closed', { day })
  if (facts.kind === 'hours' && !days.some(({ code }) => code === 'open')) return wrong('rodzaj', 'not-open', { day })
  const act = days.flatMap(({ basis }) => basis).find(({ kind }) => kind === 'provision')
  if (facts.kind !== 'closure' && act !== undefined) return wrong('rodzaj', 'act-rules', { basis: basisText(t, act) })
  return { field: 'rodzaj', message: 'administration-calendar-staff.day.works.same' }
}

function concerns(office: Directory, { buildings, units }: Pick<SpecialDay, 'buildings' | 'units'>, unitId: string): boolean {
  if (buildings.length === 0 && units.length === 0) return true
  return (
    buildings.includes(office.units.get(unitId)?.buildingId ?? '') || office.unitAndParents(unitId).some(({ id }) => units.includes(id))
  )
}

/** A statutory day off that is no Sunday. */
export interface Holiday {
  readonly day: Temporal.PlainDate
  readonly provision: string
  readonly name: string
}

export interface CalendarYear {
  readonly holidays: readonly Holiday[]
  /** Days on which some unit is open, for each month. */
  readonly workingDays: readonly number[]
}

/** The days off an act gives in a year, and how many days of each month are worked. */
export function calendarYear(office: Directory, book: RuleBook, year: number): CalendarYear {
  const units = [...office.units.values()].filter(({ closed }) => !closed)
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 })
  const workingDays = Array.from({ length: 12 }, () => 0)
  const holidays: Holiday[] = []
  for (let day = first; day.year === year; day = day.add({ days: 1 })) {
    let off: Holiday | null = null
    let worked = false
    for (const { id } of units) {
      const { code, name, weekly, provision } = hours(book, office, id, day)
      if (code === 'open') worked = true
      // Where a unit works as on any such day there is no holiday of the office; one that was opened for the day leaves it one.
      if (code === 'open' && name === undefined) {
        off = null
        break
      }
      if (code === 'day-off' && weekly !== true && provision !== undefined) off ??= { day, provision, name: name ?? '' }
    }
    if (worked) workingDays[day.month - 1] = (workingDays[day.month - 1] ?? 0) + 1
    if (off !== null) holidays.push(off)
  }
  return { holidays, workingDays }
}
