/**
 * What the poster at a building's door says for a day, and from when to when it holds: the usual hours of a
 * week by units, the days that differ, who may come in, what must be worn, and the acts it rests on. Pure.
 */
import { instantOf } from '../../../platform/clock.js'
import type { Directory, Unit } from '../../../directory/index.js'
import {
  actsNotHeld,
  applying,
  hours,
  inForce,
  read,
  safety,
  subjectOfUnit,
  winner,
  symptomsRequest,
  type Act,
  type AskedOf,
  type DayHours,
  type Kind,
  type Provision,
  type RuleBook,
  type SafetyObligation,
  type Scope,
  type Standing,
} from '../../../regulation/index.js'
import { buildingsOfUnit, touches, type Place } from '../acts.js'

/** Days looked ahead for those that differ from the usual week. */
export const daysAhead = 21

export interface UnitsWeek {
  readonly units: readonly Unit[]
  /** The usual hours, Monday first; null where the weekday does not come before the poster ends. */
  readonly week: readonly (DayHours | null)[]
  /** Days on which it is otherwise. */
  readonly except: readonly { readonly day: Temporal.PlainDate; readonly hours: DayHours }[]
}

export interface Poster {
  readonly day: Temporal.PlainDate
  /** First and last day on which all of this is so; null: since ever, or until something changes. */
  readonly from: string | null
  readonly until: string | null
  readonly hours: readonly UnitsWeek[]
  /** How one is served; the units it is for, or null for all of the building. */
  readonly admission: readonly { readonly standing: Standing; readonly units: readonly Unit[] | null }[]
  /** How one books, who may come in, how many, where papers are left. */
  readonly entry: readonly Standing[]
  readonly safety: readonly SafetyObligation[]
  readonly symptoms: AskedOf | null
  /** Acts any of this rests on. */
  readonly acts: readonly Act[]
  /** Acts in force of which only the title is held: nobody knows what they say. */
  readonly notHeld: readonly Act[]
  /** Units with a phone of their own. */
  readonly phones: readonly Unit[]
}

const told: readonly Kind[] = ['booking-channel', 'entry', 'companions', 'screening', 'building-limit', 'remote-channel']
const bounding: readonly Kind[] = [...told, 'hours', 'admission', 'safety', 'safety-exemption', 'request']

/** The poster of a building as it is to hang on a day. */
export function posterOf(book: RuleBook, office: Directory, buildingId: string, day: Temporal.PlainDate): Poster {
  const units = [...office.units.values()].filter((unit) => !unit.closed && buildingsOfUnit(office, unit.id).includes(buildingId))
  const place: Place = { units: units.map(({ id }) => id), buildings: [buildingId] }
  const { from, until } = bounds(book, office, place, day)
  const standings = inForce(book, office, day).provisions
  const entry = told.flatMap((kind) => standings.filter((each) => each.provision.kind === kind && isTold(each, office, place, day)))
  const admission = admissions(book, office, units, day)
  const obligations = safety(book, instantOf(day, noon), { buildingId, anyRoom: true })
  const symptoms = symptomsRequest(book, office, instantOf(day, noon))
  const weeks = weeksOf(book, office, units, day, until)
  const cited = [
    ...[...entry, ...admission.map(({ standing }) => standing)].map(({ act }) => act.number),
    ...[
      ...obligations,
      ...(symptoms === null ? [] : [symptoms]),
      ...weeks.flatMap(({ week }) => week.flatMap((each) => each ?? [])),
    ].flatMap(({ basis }) => basis.flatMap((each) => (each.kind === 'provision' ? [each.act] : []))),
  ]
  return {
    day,
    from,
    until,
    hours: weeks,
    admission,
    entry,
    safety: obligations,
    symptoms,
    acts: inForce(book, office, day).acts.filter(({ number, rank }) => rank !== 'setting' && cited.includes(number)),
    notHeld: actsNotHeld(book, day),
    phones: units.filter(({ phones }) => phones.length > 0),
  }
}

const noon = 12 * 60

/** Told at this door: it may hold here, on this day; where papers are left is told at every door. */
function isTold({ provision }: Standing, office: Directory, place: Place, day: Temporal.PlainDate): boolean {
  const { kind, parameters, scope } = provision
  if (!isShown(provision) || (kind === 'remote-channel' && parameters.withdrawn === true)) return false
  const dropOff = kind === 'entry' && parameters.purpose === 'drop-off'
  return (dropOff || touches(scope, office, place)) && isOn(scope, day)
}

/** Within the dates and the season of the rule; its weekdays are said with it. */
function isOn({ dates, season }: Scope, day: Temporal.PlainDate): boolean {
  const [text, monthDay] = [day.toString(), day.toString().slice(5)]
  const within =
    season === undefined ||
    (season.from <= season.until
      ? season.from <= monthDay && monthDay <= season.until
      : season.from <= monthDay || monthDay <= season.until)
  return within && (dates === undefined || (dates.from <= text && text <= dates.until))
}

/** The rule of admission each unit has, those alike together. */
function admissions(book: RuleBook, office: Directory, units: readonly Unit[], day: Temporal.PlainDate): Poster['admission'] {
  const won = units.flatMap((unit) => {
    const subject = subjectOfUnit(office, unit.id, day)
    const standing = winner(applying(book, 'admission', subject), subject)
    return standing === null ? [] : [{ unit, standing }]
  })
  const groups = [...Map.groupBy(won, ({ standing }) => standing.provision.id).values()]
  return groups.flatMap((group) =>
    group[0] === undefined
      ? []
      : [{ standing: group[0].standing, units: group.length === units.length ? null : group.map(({ unit }) => unit) }],
  )
}

/** Units that keep the same week and the same days off it; the most numerous last. */
function weeksOf(
  book: RuleBook,
  office: Directory,
  units: readonly Unit[],
  day: Temporal.PlainDate,
  until: string | null,
): readonly UnitsWeek[] {
  const days = Array.from({ length: daysAhead }, (_, ahead) => day.add({ days: ahead })).filter(
    (each) => until === null || each.toString() <= until,
  )
  const own = units.map((unit) => {
    const each = days.map((one) => ({ day: one, hours: hours(book, office, unit.id, one) }))
    const week = Array.from({ length: 7 }, (_, index) =>
      usual(each.filter(({ day: one }) => one.dayOfWeek === index + 1).map((one) => one.hours)),
    )
    const except = each.filter((one) => said(one.hours) !== said(week[one.day.dayOfWeek - 1] ?? null))
    return { unit, week, except }
  })
  const alike = Map.groupBy(own, ({ week, except }) =>
    JSON.stringify([week.map(said), except.map((each) => [each.day.toString(), said(each.hours)])]),
  )
  return [...alike.values()]
    .toSorted((a, b) => a.length - b.length)
    .flatMap((group) => {
      const [first] = group
      return first === undefined ? [] : [{ units: group.map(({ unit }) => unit), week: first.week, except: first.except }]
    })
}

/** Of the same weekday of several weeks what most of them have; of as many the first. */
function usual(all: readonly DayHours[]): DayHours | null {
  const [most] = [...Map.groupBy(all, said).values()].toSorted((a, b) => b.length - a.length)
  return most?.[0] ?? null
}

/** What tells two days apart on paper. */
function said(day: DayHours | null): string {
  return day === null ? '' : `${day.code} ${day.name ?? ''} ${day.intervals.map(({ from, to }) => `${from}-${to}`).join(' ')}`
}

/** The days around this one on which something of the poster changes. */
function bounds(book: RuleBook, office: Directory, place: Place, day: Temporal.PlainDate): { from: string | null; until: string | null } {
  const text = day.toString()
  const reading = read(book)
  const ends = bounding.flatMap((kind) =>
    (reading.provisions.get(kind) ?? [])
      .filter(({ provision }) => isShown(provision) && touches(provision.scope, office, place))
      .flatMap(({ provision, term }) => [...spanDays(term), ...scopeDays(kind, provision.scope, day)]),
  )
  const settings = office.hours
    .filter(({ unitId }) => unitId === null || place.units.includes(unitId))
    .flatMap(({ validFrom, season }) => [...(validFrom === null ? [] : [validFrom.toString()]), ...seasonDays(season, day)])
  const changes = [...ends, ...settings].toSorted()
  const next = changes.find((each) => each > text)
  return { from: changes.findLast((each) => each <= text) ?? null, until: next === undefined ? null : dayBefore(next) }
}

/** Of ways without a visit the poster tells where papers are left, of what is asked of people that those with symptoms stay away. */
function isShown({ kind, parameters }: Provision): boolean {
  if (kind === 'remote-channel') return parameters.channel === 'drop-off'
  return kind !== 'request' || parameters.what === 'symptoms-stay-home'
}

/** A first day, and the day after a last one. */
function spanDays({ from, until }: { readonly from: string | null; readonly until: string | null }): readonly string[] {
  return [...(from === null ? [] : [from]), ...(until === null ? [] : [dayAfter(until)])]
}

/** Hours of a few named days are told as exceptions and end nothing. */
function scopeDays(kind: Kind, { dates, season }: Scope, day: Temporal.PlainDate): readonly string[] {
  const few = kind === 'hours' && dates !== undefined && Temporal.PlainDate.from(dates.from).until(dates.until).days < 7
  return [...(dates === undefined || few ? [] : spanDays(dates)), ...seasonDays(season ?? null, day)]
}

/** When a season of each year begins and ends, in the years around the day. */
function seasonDays(season: { readonly from: string; readonly until: string } | null, day: Temporal.PlainDate): readonly string[] {
  if (season === null) return []
  return [-1, 0, 1].flatMap((years) => [`${day.year + years}-${season.from}`, dayAfter(`${day.year + years}-${season.until}`)])
}

function dayAfter(text: string): string {
  return Temporal.PlainDate.from(text).add({ days: 1 }).toString()
}

function dayBefore(text: string): string {
  return Temporal.PlainDate.from(text).subtract({ days: 1 }).toString()
}
