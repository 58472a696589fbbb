/**
 * When a unit is open on a day.
 *
 * Hours and days off are one contest: a statutory holiday beats the weekly hours, unless a lower
 * act names that very day; a Monday ordinance beats what a unit's page says. Saturday has no hours
 * because nothing gives it any; one that an act makes a working day has those the act gives, else
 * those of the last weekday before it that has some. What the office says of single days comes on
 * top, in hours-special.ts.
 */
import type { Basis } from '../../platform/decision.js'
import type { Directory, Service, UnitHours } from '../../directory/index.js'
import type { Act, HolidayRule, HoursRule, Interval, Provision, RuleBook, RuleOf, Scope } from '../model.js'
import { minutesOf } from '../document.js'
import { applying, basesOf, basisOf, covers, namesTheDay, subjectOfUnit, winner, type Subject } from './combine.js'
import { holds, read, standing, type Standing } from './force.js'
import { honest } from './honest.js'
import { onSpecialDay, withoutInterval } from './hours-special.js'
import { remembered } from './remember.js'

/** `unknown`: nothing the program holds says anything about this weekday for the unit. */
export type DayHoursCode = 'open' | 'day-off' | 'closed' | 'unknown'

export interface DayHours {
  /** Minutes of the office's day, in order; empty when closed or unknown. */
  readonly intervals: readonly { readonly from: number; readonly to: number }[]
  readonly code: DayHoursCode
  readonly basis: readonly Basis[]
  /**
   * Name of the day off, in Polish; its words are `regulation.holiday.ID` where there are any. Of any
   * other answer the reason the office gives for a day that is not as usual.
   */
  readonly name?: string
  /** The day off comes every week: a Sunday. */
  readonly weekly?: boolean
  /** Id of the provision that won. */
  readonly provision?: string
}

/** The unit's hours on a day, by what was known at `known` (by default now). */
export function hours(book: RuleBook, directory: Directory, unitId: string, day: Temporal.PlainDate, known?: Temporal.Instant): DayHours {
  const answer = (): DayHours => honest(book, hoursOf(book, directory, subjectOfUnit(directory, unitId, day), known), known)
  return known === undefined ? remembered(book, directory, `hours ${unitId} ${day}`, answer) : answer()
}

/** When a matter is handled on a day: its unit's hours, unless an act gives it hours of its own. */
export function serviceHours(
  book: RuleBook,
  directory: Directory,
  service: Pick<Service, 'id' | 'unitId'>,
  day: Temporal.PlainDate,
  known?: Temporal.Instant,
): DayHours {
  const answer = (): DayHours => {
    const own = standing(read(book, known), 'hours', day.toString()).some(({ provision }) => provision.scope.service?.includes(service.id))
    if (!own) return hours(book, directory, service.unitId, day, known)
    const subject = { ...subjectOfUnit(directory, service.unitId, day), serviceId: service.id }
    return honest(book, hoursOf(book, directory, subject, known), known)
  }
  return known === undefined ? remembered(book, directory, `hours-of ${service.id} ${day}`, answer) : answer()
}

/** The law's answer, and then what the office says of that day. */
function hoursOf(book: RuleBook, directory: Directory, subject: Subject, known?: Temporal.Instant): DayHours {
  return onSpecialDay(book.specialDays, subject, known, byLaw(book, directory, subject, known), () => {
    const best = usual(book, directory, subject, known)
    return best === null ? null : { intervals: openIntervals(best.provision.parameters), basis: basisOf(best) }
  })
}

/** What acts and settings say of a day, and whether a rule among them is kept whatever the office says of the day. */
export interface LawOfDay extends DayHours {
  readonly kept: boolean
}

/** @param own false: rules that only move the hours of others do not count. */
function byLaw(book: RuleBook, directory: Directory, subject: Subject, known?: Temporal.Instant, own = true): LawOfDay {
  const open = [...applying(book, 'hours', subject, known), ...officeHours(directory, subject)].filter(
    ({ provision }) => own || provision.parameters.offset === undefined,
  )
  const off = applying(book, 'day-off', subject, known).filter(({ provision }) => falls(provision.parameters.holiday, subject.day))
  const made = winner(off, subject)
  const working = made?.provision.parameters.working === true ? made : null
  const candidates = working === null ? off : []
  const best =
    winner<RuleOf<'hours'> | RuleOf<'day-off'>>([...open, ...candidates], subject) ??
    (working === null ? null : usual(book, directory, subject, known))
  if (best === null) return { intervals: [], kept: false, ...nothingSays(directory, subject) }
  const { provision } = best
  const kept = [best, ...(working === null ? [] : [working])].some(isKept)
  if (provision.kind === 'hours' && provision.parameters.offset !== undefined)
    return { ...shifted(book, directory, subject, provision.parameters.offset, best, known), kept }
  // That it is a working day does not say that it is closed.
  const isOpen = provision.kind === 'hours' && openIntervals(provision.parameters).length > 0
  const said = { basis: working === null || !isOpen ? [basisOf(best)] : basesOf([working, best]), provision: provision.id }
  if (provision.kind === 'day-off') {
    const { name, holiday } = provision.parameters
    return { intervals: [], code: 'day-off', name, kept, ...(holiday?.type === 'weekday' ? { weekly: true } : {}), ...said }
  }
  const intervals = openIntervals(provision.parameters)
  return { intervals, code: intervals.length > 0 ? 'open' : 'closed', kept, ...said }
}

/** A rule that names that very day or a matter, and what binds from above, does not yield to what the office says of the day. */
function isKept({ provision, act }: Standing): boolean {
  const above = act.rank === 'statute' || act.rank === 'regulation'
  return namesTheDay(provision.scope) || provision.scope.service !== undefined || (provision.binding && above)
}

/** The hours that hold without this rule, moved by its minutes: a cash desk that closes an hour earlier. Closed stays closed. */
function shifted(
  book: RuleBook,
  directory: Directory,
  subject: Subject,
  { opens, closes }: NonNullable<HoursRule['offset']>,
  by: Standing,
  known?: Temporal.Instant,
): DayHours {
  const base = byLaw(book, directory, subject, known, false)
  const first = base.intervals.at(0)
  const last = base.intervals.at(-1)
  if (first === undefined || last === undefined) return base
  const [from, to] = [Math.max(0, first.from + opens), Math.min(minutesOfDay, last.to + closes)]
  // Inside the base only its outer ends move: what is closed between stays closed.
  const moved = base.intervals.map((each) => ({ from: each === first ? from : each.from, to: each === last ? to : each.to }))
  const within = moved.map((each) => ({ from: Math.max(each.from, from), to: Math.min(each.to, to) }))
  const taken = (by.provision as Provision<RuleOf<'hours'>>).parameters.breaks ?? []
  const intervals = openIntervals({ intervals: within, breaks: taken })
  const basis = [basisOf(by), ...base.basis.filter((each) => JSON.stringify(each) !== JSON.stringify(basisOf(by)))]
  const isOpen = intervals.length > 0
  return { intervals, code: isOpen ? 'open' : 'closed', basis: isOpen ? basis : [basisOf(by)], provision: by.provision.id }
}

const minutesOfDay = 1440

/** The intervals in order without their breaks and without empty ones. */
function openIntervals({ intervals, breaks = [] }: HoursRule): readonly Interval[] {
  return breaks
    .reduce<readonly Interval[]>(withoutInterval, intervals)
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from)
}

/** Hours of the last weekday before the day that has some: Friday's for a Saturday that is worked off. */
function usual(book: RuleBook, directory: Directory, subject: Subject, known?: Temporal.Instant): Standing<RuleOf<'hours'>> | null {
  const law = standing(read(book, known), 'hours', subject.day.toString())
  for (let days = 1; days < 7; days += 1) {
    const weekday = subject.day.subtract({ days }).dayOfWeek
    const best = winner(
      [...law.filter(({ provision }) => isOfDay(provision, weekday, subject)), ...officeHours(directory, subject, weekday)],
      subject,
    )
    if (best !== null && best.provision.parameters.intervals.length > 0) return best
  }
  return null
}

function isOfDay({ parameters, scope }: Provision<RuleOf<'hours'>>, weekday: number, subject: Subject): boolean {
  return parameters.offset === undefined && onWeekday(scope, weekday, subject)
}

/** Closed when weekly hours then in force leave this weekday out; unknown when there are none. */
function nothingSays(directory: Directory, subject: Subject): { code: 'closed' | 'unknown'; basis: readonly Basis[] } {
  const otherDays = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => officeHours(directory, subject, weekday))
  const best = winner(otherDays, subject)
  return best === null ? { code: 'unknown', basis: [] } : { code: 'closed', basis: [basisOf(best)] }
}

/** True when the rule of a day off falls on the day; without a rule the scope alone says when. */
function falls(rule: HolidayRule | undefined, day: Temporal.PlainDate): boolean {
  if (rule === undefined) return true
  switch (rule.type) {
    case 'fixed':
      return day.toString().slice(5) === rule.monthDay
    case 'weekday':
      return day.dayOfWeek === rule.weekday
    case 'easter':
      return easterPlus(day.year, rule.days) === day.toString()
  }
}

const movable = new Map<string, string>()

/** So many days after Easter, worked out once for a year: it is asked for every unit and day. */
function easterPlus(year: number, days: number): string {
  const key = `${year} ${days}`
  let day = movable.get(key)
  if (day === undefined) movable.set(key, (day = easter(year).add({ days }).toString()))
  return day
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
export function easter(year: number): Temporal.PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 })
}

/** Hours the office file gives: settings of the office, which lose to any act. */
export function officeHours(
  directory: Directory,
  subject: Subject,
  weekday: number = subject.day.dayOfWeek,
): readonly Standing<RuleOf<'hours'>>[] {
  const day = subject.day.toString()
  return settingsOf(directory).filter(({ provision, term }) => holds(term, day) && onWeekday(provision.scope, weekday, subject))
}

/** True when the scope names the weekday and otherwise holds for the subject on its day. */
function onWeekday(scope: Scope, weekday: number, subject: Subject): boolean {
  return scope.weekday?.includes(weekday) === true && covers({ ...scope, weekday: [subject.day.dayOfWeek] }, subject)
}

const settings = new WeakMap<Directory, readonly Standing<RuleOf<'hours'>>[]>()

/** The hours of the office file as provisions of one act of rank `setting`. */
export function settingsOf(directory: Directory): readonly Standing<RuleOf<'hours'>>[] {
  let found = settings.get(directory)
  if (found === undefined) {
    found = directory.hours.map((each, index) => ({
      act: officeAct,
      term: { from: each.validFrom?.toString() ?? null, until: lastDay(each, directory.hours) },
      provision: {
        id: `${officeAct.id}#hours-${index + 1}`,
        actId: officeAct.id,
        reference: each.unitId === null ? 'weekly-hours' : 'unit-hours',
        kind: 'hours',
        parameters: { intervals: each.intervals.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) })) },
        binding: true,
        scope: {
          weekday: each.weekdays,
          ...(each.unitId === null ? {} : { unit: [each.unitId] }),
          ...(each.season === null ? {} : { season: each.season }),
        },
        from: each.validFrom,
        until: null,
        conditionId: null,
        assumed: [],
      },
    }))
    settings.set(directory, found)
  }
  return found
}

/** Hours of the whole year end where the next ones of the same unit begin; seasons stand beside them. */
function lastDay(own: UnitHours, all: readonly UnitHours[]): string | null {
  const since = own.validFrom?.toString() ?? ''
  const next = all
    .filter((each) => each.unitId === own.unitId && each.season === null && own.season === null)
    .map((each) => each.validFrom?.toString() ?? '')
    .filter((from) => from > since)
    .toSorted()
    .at(0)
  return next === undefined ? null : Temporal.PlainDate.from(next).subtract({ days: 1 }).toString()
}

/** Not an act of anybody: stands for what the office set without one. */
const officeAct: Act = {
  id: 'setting',
  number: 'setting',
  title: 'setting',
  issuer: 'setting',
  rank: 'setting',
  signedOn: null,
  from: null,
  until: null,
  conditionId: null,
  enteredAt: Temporal.Instant.fromEpochMilliseconds(0),
  repeals: [],
  upholds: [],
  legalBasis: [],
  publication: [],
  executors: [],
  textHeld: true,
  assumed: [],
  source: null,
}

/** True when the minute of that day lies in the hours. */
export function isOpenAt(day: DayHours, minute: number): boolean {
  return day.intervals.some((each) => each.from <= minute && minute < each.to)
}
