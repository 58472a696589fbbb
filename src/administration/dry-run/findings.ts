/** What does not fit in a draft or an office: matters no room can serve, or no way leads to; rules that never rule. Pure. */
import { instantOf } from '../../platform/clock.js'
import type { Basis } from '../../platform/decision.js'
import type { Directory, Service } from '../../directory/index.js'
import {
  advise,
  allMeans,
  bookingChannels,
  mayBook,
  overruled,
  personsCounted,
  type Law,
  type Provision,
  type RemoteChannelName,
  type RuleBook,
} from '../../regulation/index.js'
import type { Finding, World } from './model.js'

/** Acts are in force by the day: any minute of it answers for all. */
const noon = 720

/** Findings of the new world; of what the old one had too only what the draft itself says. */
export function findings(before: World, after: World, draft: Law): Finding[] {
  const days = after.boards.map(({ date }) => date.day)
  const known = new Set(servicesFindings(before).map(keyOf))
  return [
    ...servicesFindings(after).filter((each) => !known.has(keyOf(each))),
    ...unitsFindings(after.directory),
    ...overruled(after.book, after.directory, draft.provisions, days).map(({ provision, how, by }): Finding => ({
      code: how,
      provision: provision.id,
      basis: by,
    })),
    ...draft.provisions.flatMap((provision) => withdrawnWay(after.book, provision, days)),
    ...conditionFindings(after, draft),
  ]
}

function keyOf({ code, serviceId = '' }: Finding): string {
  return `${code} ${serviceId}`
}

/** Judged on the first day on which the unit of the matter is open: closed days have no law of desks. */
function servicesFindings(world: World): Finding[] {
  return [...world.directory.services.values()]
    .filter((service) => !service.closed && !service.dropOff)
    .flatMap((service) => [...roomTooSmall(world, service), ...noWayLeft(world, service)])
}

function firstNoon({ boards }: World): Temporal.Instant | null {
  const first = boards[0]?.date.day
  return first === undefined ? null : instantOf(first, noon)
}

function roomTooSmall(world: World, service: Service): Finding[] {
  const { book, directory } = world
  const at = firstNoon(world)
  if (at === null) return []
  const { counted, basis } = personsCounted(book, directory, service, at)
  const rooms = Map.groupBy(directory.desksOf(service.id), ({ roomId }) => roomId)
  const desks = Math.max(0, ...[...rooms.values()].map(({ length }) => length))
  if (desks === 0 || counted <= desks) return []
  return [{ code: 'room-too-small', serviceId: service.id, values: { persons: counted, desks }, basis }]
}

/** Neither a way to book a visit nor one to settle the matter without coming, even for who has every means. */
function noWayLeft({ book, directory, boards }: World, service: Service): Finding[] {
  const days = boards.map(({ date }) => date.day)
  const reasons: Basis[] = []
  for (const day of days) {
    const at = instantOf(day, noon)
    const advice = advise(book, directory, service.id, new Set(allMeans), at)
    if (advice !== null && (advice.ways.length > 0 || advice.code === 'call')) return []
    const ways = bookingChannels(book, directory, service.id, at)
    const may = mayBook(book, directory, {
      serviceId: service.id,
      channel: 'counter',
      clerk: true,
      limitExcepted: true,
      start: at,
      now: at.subtract({ minutes: 1 }),
    })
    const suspended = !may.allowed && may.code === 'admission-suspended'
    if (ways.channels.length > 0 && !suspended) return []
    reasons.push(...(suspended ? may.basis : ways.basis))
  }
  return days.length === 0 ? [] : [{ code: 'no-way-left', serviceId: service.id, basis: reasons.slice(0, 1) }]
}

/** § 1 ust. 2 and its like oblige every unit to be reached: whose own numbers nobody published stand here. */
function unitsFindings({ units }: Directory): Finding[] {
  return [...units.values()]
    .filter(({ closed }) => !closed)
    .flatMap(({ id, phones, email }): Finding[] => [
      ...(phones.length === 0 ? [{ code: 'unit-without-phone' as const, unitId: id, basis: [] }] : []),
      ...(email === null ? [{ code: 'unit-without-email' as const, unitId: id, basis: [] }] : []),
    ])
}

/** A way the draft gives that an act of a higher rank takes away for the same matters at the same time. */
function withdrawnWay(book: RuleBook, provision: Provision, days: readonly Temporal.PlainDate[]): Finding[] {
  if (provision.kind !== 'remote-channel' || provision.parameters.withdrawn === true) return []
  const { channel } = provision.parameters
  const acts = new Map(book.acts.map((act) => [act.id, act]))
  const conflicts = book.provisions.filter(
    (other) =>
      other.kind === 'remote-channel' &&
      other.parameters.withdrawn === true &&
      other.parameters.channel === channel &&
      isNational(acts.get(other.actId)?.rank) &&
      days.some((day) =>
        isWithin(day, other.from ?? acts.get(other.actId)?.from ?? null, other.until ?? acts.get(other.actId)?.until ?? null),
      ),
  )
  const basis = conflicts.map(({ id, actId, reference }): Basis => ({
    kind: 'provision',
    act: acts.get(actId)?.number ?? actId,
    reference,
    provision: id,
  }))
  const values: { channel: RemoteChannelName } = { channel }
  return basis.length === 0 ? [] : [{ code: 'statute-conflict', provision: provision.id, values, basis }]
}

function isNational(rank: string | undefined): boolean {
  return rank === 'statute' || rank === 'regulation'
}

function isWithin(day: Temporal.PlainDate, from: Temporal.PlainDate | null, until: Temporal.PlainDate | null): boolean {
  return (from === null || Temporal.PlainDate.compare(from, day) <= 0) && (until === null || Temporal.PlainDate.compare(day, until) <= 0)
}

function conditionFindings({ book, boards }: World, draft: Law): Finding[] {
  const last = boards.at(-1)?.date.day
  const named = new Set([...draft.acts, ...draft.provisions].flatMap(({ conditionId }) => conditionId ?? []))
  return book.conditions.flatMap((condition): Finding[] => {
    const ends = condition.until !== null && last !== undefined && Temporal.PlainDate.compare(condition.until, last) < 0
    if (!named.has(condition.id) || !ends) return []
    return [{ code: 'condition-ended', values: { condition: condition.title, until: String(condition.until) }, basis: [] }]
  })
}
