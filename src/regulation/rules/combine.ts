/**
 * How provisions in force combine, stated once per kind, and which minute counts.
 *
 * Replace: one winner. All: the union. Strictest: every limit holds. Any: permissions add up,
 * unless one says "only". Nothing here depends on the order in which provisions are listed.
 */
import type { Basis } from '../../platform/decision.js'
import { setting } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import type { Kind, Provision, Rank, Rule, RuleBook, RuleOf, Scope } from '../model.js'
import { read, standing, type Standing } from './force.js'

export type Combination = 'replace' | 'all' | 'strictest' | 'any'

/** The one place that says how each kind combines. */
export const combinations: Readonly<Record<Kind, Combination>> = {
  hours: 'replace',
  'day-off': 'replace',
  admission: 'replace',
  'booking-channel': 'any',
  release: 'replace',
  entry: 'any',
  companions: 'strictest',
  screening: 'all',
  'clients-per-desk': 'strictest',
  'building-limit': 'strictest',
  'not-counted': 'any',
  safety: 'all',
  'safety-exemption': 'any',
  priority: 'any',
  request: 'all',
  'remote-channel': 'any',
  publication: 'all',
  task: 'all',
}

/** How one may book or settle a matter is judged when one asks; all else when the visit starts. */
export const minuteThatCounts: Readonly<Record<Kind, 'asked' | 'start'>> = {
  hours: 'start',
  'day-off': 'start',
  admission: 'start',
  'booking-channel': 'asked',
  release: 'start',
  entry: 'start',
  companions: 'start',
  screening: 'start',
  'clients-per-desk': 'start',
  'building-limit': 'start',
  'not-counted': 'start',
  safety: 'start',
  'safety-exemption': 'start',
  priority: 'start',
  request: 'asked',
  'remote-channel': 'asked',
  publication: 'asked',
  task: 'asked',
}

/** Whom and what a question is about; what is missing does not narrow it. */
export interface Subject {
  readonly buildingId?: string
  readonly roomId?: string
  /** Every room of the building, where a notice is about all of them. */
  readonly anyRoom?: boolean
  /** The unit and its parents, nearest first. */
  readonly unitIds?: readonly string[]
  readonly serviceId?: string
  readonly day: Temporal.PlainDate
}

/** The subject of a unit on a day: its building, room and parents. */
export function subjectOfUnit(directory: Directory, unitId: string, day: Temporal.PlainDate): Subject {
  const units = directory.unitAndParents(unitId)
  const unit = units[0]
  return {
    unitIds: units.map((each) => each.id),
    day,
    ...(unit ? { buildingId: unit.buildingId } : {}),
    ...(unit?.roomId ? { roomId: unit.roomId } : {}),
  }
}

/** The subject of a service on a day. */
export function subjectOfService(directory: Directory, serviceId: string, day: Temporal.PlainDate): Subject {
  const service = directory.services.get(serviceId)
  if (service === undefined) return { serviceId, day }
  return { ...subjectOfUnit(directory, service.unitId, day), buildingId: service.buildingId, serviceId }
}

/** Where a visit is: its matter, and the room it is booked for, or else that of the unit. */
export function placeOfVisit(
  directory: Directory,
  { serviceId, buildingId, roomId }: { readonly serviceId: string; readonly buildingId: string; readonly roomId: string | null },
): Omit<Subject, 'day'> {
  const service = directory.services.get(serviceId)
  const units = service === undefined ? [] : directory.unitAndParents(service.unitId)
  const room = roomId ?? units[0]?.roomId ?? null
  return { buildingId, serviceId, unitIds: units.map((unit) => unit.id), ...(room === null ? {} : { roomId: room }) }
}

/** Provisions of a kind that hold for a subject. */
export function applying<Name extends Kind>(
  book: RuleBook,
  kind: Name,
  subject: Subject,
  known?: Temporal.Instant,
): readonly Standing<RuleOf<Name>>[] {
  return standing(read(book, known), kind, subject.day.toString()).filter(({ provision }) => covers(provision.scope, subject))
}

/** True when the scope holds for the subject. */
export function covers(scope: Scope, subject: Subject): boolean {
  return (
    within(scope.building, subject.buildingId) &&
    (subject.anyRoom === true || within(scope.room, subject.roomId)) &&
    within(scope.service, subject.serviceId) &&
    (scope.unit === undefined || (subject.unitIds ?? []).some((id) => scope.unit?.includes(id))) &&
    (scope.weekday === undefined || scope.weekday.includes(subject.day.dayOfWeek)) &&
    (scope.season === undefined || inSeason(scope.season, subject.day)) &&
    (scope.dates === undefined || (scope.dates.from <= subject.day.toString() && subject.day.toString() <= scope.dates.until))
  )
}

function within(list: readonly string[] | undefined, id: string | undefined): boolean {
  return list === undefined || (id !== undefined && list.includes(id))
}

/** A season may go over the new year: `11-01` to `03-31`. */
function inSeason(season: { readonly from: string; readonly until: string }, day: Temporal.PlainDate): boolean {
  const monthDay = day.toString().slice(5)
  return season.from <= season.until
    ? season.from <= monthDay && monthDay <= season.until
    : season.from <= monthDay || monthDay <= season.until
}

/** A day is named when the scope is that one day. */
export function namesTheDay(scope: Scope): boolean {
  return scope.dates !== undefined && scope.dates.from === scope.dates.until
}

const rankOrder: Readonly<Record<Rank, number>> = { statute: 3, regulation: 2, ordinance: 1, setting: 0 }

/**
 * The one winner of a replace: a default yields to a lower act that names the day; then higher
 * rank, narrower scope, later in force, later signed, and at last the id, so that there is always one.
 */
export function winner<Of extends Rule>(candidates: readonly Standing<Of>[], subject: Subject): Standing<Of> | null {
  const named = candidates.some(({ provision }) => namesTheDay(provision.scope))
  const contest = named ? candidates.filter(({ provision }) => provision.binding || namesTheDay(provision.scope)) : candidates
  return contest.toSorted((a, b) => compare(b, a, subject)).at(0) ?? null
}

function compare(a: Standing, b: Standing, subject: Subject): number {
  return (
    rankOrder[a.act.rank] - rankOrder[b.act.rank] ||
    narrowness(a.provision.scope, subject) - narrowness(b.provision.scope, subject) ||
    compareText(firstDay(a), firstDay(b)) ||
    compareText(a.act.signedOn?.toString() ?? '', b.act.signedOn?.toString() ?? '') ||
    compareText(b.provision.id, a.provision.id)
  )
}

/** In force since: the provision's own first day or its act's; unknown is the earliest. */
function firstDay({ provision, act }: Standing): string {
  return (provision.from ?? act.from ?? act.signedOn)?.toString() ?? ''
}

/** Named days before places, places before seasons, seasons before weekdays. */
export function narrowness(scope: Scope, subject: Subject): number {
  const days = scope.dates === undefined ? 0 : namesTheDay(scope) ? 2 : 1
  return days * 1000 + place(scope, subject) * 10 + (scope.season ? 2 : 0) + (scope.weekday ? 1 : 0)
}

/** Service, room, unit (the nearer the narrower), building, everywhere. */
function place(scope: Scope, subject: Subject): number {
  if (scope.service) return 40
  if (scope.room) return 30
  if (scope.unit)
    return (
      29 -
      Math.max(
        0,
        (subject.unitIds ?? []).findIndex((id) => scope.unit?.includes(id)),
      )
    )
  return scope.building ? 10 : 0
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What an answer that uses this provision rests on: the paragraph, or the office's setting. */
export function basisOf({
  provision,
  act,
}: {
  readonly provision: Provision
  readonly act: { readonly rank: Rank; readonly number: string }
}): Basis {
  if (act.rank === 'setting') return setting(provision.reference)
  return { kind: 'provision', act: act.number, reference: provision.reference, provision: provision.id }
}

/** The bases of several provisions, each once, in the order of their ids. */
export function basesOf(standings: readonly Standing[]): readonly Basis[] {
  const seen = new Map<string, Basis>()
  for (const each of standings.toSorted((a, b) => compareText(a.provision.id, b.provision.id))) {
    const basis = basisOf(each)
    const key = basis.kind === 'setting' ? basis.setting : `${basis.act} ${basis.reference}`
    if (!seen.has(key)) seen.set(key, basis)
  }
  return [...seen.values()]
}
