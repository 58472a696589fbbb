/**
 * Taking a ticket without a booked hour: at the kiosk, from the guard, or at the desk itself.
 *
 * The day's contingent is a counter that is raised only below its limit, in the transaction of the
 * visit: two who want the last ticket get one.
 */
import type { Context } from '../platform/context.js'
import { officeDay, officeMinute } from '../platform/clock.js'
import { brokenConstraint, transaction, type Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import { commandHash, keepAnswer, keptAnswer } from '../platform/idempotency.js'
import { newReference } from '../platform/references.js'
import type { Language } from '../platform/words.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import { hours, mayEnter, personsCounted, ruleBook, type RuleBook } from '../regulation/index.js'
import { findVisit, recordEvent, type Actor, type Visit, type VisitChannel, type VisitPriority } from '../visit/index.js'
import { dueOnArrival } from './rules.js'
import { desksAtWork, insertWalkIn, raiseWalkIns, walkInsGiven, workOfDay } from './walk-in-store.js'
import { mayTakeTicket, refusedByLaw, type TicketDecision, type TicketRefusal } from './walk-in-rules.js'
import { issueTicket, seriesOf } from './tickets.js'

export interface WalkInWish {
  readonly serviceId: string
  readonly moreServiceIds?: readonly string[]
  readonly buildingId: string
  readonly now: Temporal.Instant
}

export interface WalkInCommand extends WalkInWish {
  readonly channel: Extract<VisitChannel, 'kiosk' | 'door' | 'counter'>
  readonly actor: Actor
  readonly language?: Language
  readonly priority?: VisitPriority | null
  /** The same key gives the first ticket again. */
  readonly key?: string | undefined
  /** What else happens in the ticket's own transaction, where the person comes in with it. */
  readonly entering?: EnteringWalkIn | undefined
}

export interface EnteringWalkIn {
  /** A refusal of the door's own: the building is full. */
  readonly may: (client: Queryable) => Promise<Refused<TicketRefusal> | null>
  /** Writes that the person came in. */
  readonly write: (client: Queryable, visit: Visit) => Promise<void>
}

export type WalkInAnswer =
  | { readonly allowed: true; readonly code: 'walk-in'; readonly visit: Visit; readonly repeated: boolean }
  | Refused<TicketRefusal | 'unknown-service' | 'key-reused' | 'try-again'>

/** Would a ticket be given now? The same answer the command gives, for pages that offer matters. */
export async function mayWalkIn(context: Context, wish: WalkInWish): Promise<TicketDecision | Refused<'unknown-service'>> {
  const office = await directory(context)
  const service = serviceHere(office, wish)
  return service === null
    ? refuse('unknown-service')
    : decide(context.database.pool, { office, book: await ruleBook(context) }, service, wish)
}

/** Gives a ticket: a visit that begins inside, waiting. */
export async function takeWalkIn(context: Context, command: WalkInCommand): Promise<WalkInAnswer> {
  const office = await directory(context)
  const service = serviceHere(office, command)
  if (service === null) return refuse('unknown-service')
  const known = { office, book: await ruleBook(context) }
  const { serviceId, moreServiceIds = [], buildingId, key } = command
  const hash = commandHash('walk-in', { serviceId, moreServiceIds, buildingId })
  try {
    const answer = await transaction(context.database, async (client): Promise<WalkInAnswer> => {
      const earlier = key === undefined ? null : await firstAnswer(client, key, hash)
      if (earlier !== null) return earlier
      const decision = await decide(client, known, service, command)
      if (!decision.allowed) return decision
      const shut = (await command.entering?.may(client)) ?? null
      if (shut !== null) return shut
      const full = await raised(client, office, service, command)
      if (full !== null) return full
      const visit = await make(client, known, service, command)
      await command.entering?.write(client, visit)
      const kept = { status: 200, answer: { reference: visit.reference } }
      if (key !== undefined) await keepAnswer(client, key, hash, kept, command.now)
      return { allowed: true, code: 'walk-in', visit, repeated: false }
    })
    if (answer.allowed && !answer.repeated) context.changes.publish(`queue:${buildingId}`)
    return answer
  } catch (error) {
    if (brokenConstraint(error) !== 'idempotency_key_pkey' || key === undefined) throw error
    return (await firstAnswer(context.database.pool, key, hash)) ?? refuse('try-again')
  }
}

async function firstAnswer(client: Queryable, key: string, hash: Buffer): Promise<WalkInAnswer | null> {
  const kept = await keptAnswer(client, key, hash)
  if (kept === null) return null
  const visit = kept === 'reused' ? null : await findVisit(client, String(kept.answer['reference']))
  return visit === null ? refuse('key-reused') : { allowed: true, code: 'walk-in', visit, repeated: true }
}

/** The matter, if it is handled in this building and every further one too. */
function serviceHere(office: Directory, { serviceId, moreServiceIds = [], buildingId }: WalkInWish): Service | null {
  const all = [serviceId, ...moreServiceIds].map((id) => office.services.get(id))
  const here = all.every((each) => each !== undefined && !each.closed && !each.dropOff && each.buildingId === buildingId)
  return here ? (all[0] ?? null) : null
}

/** Read before the transaction: who waits for a connection inside one would wait for oneself. */
interface Known {
  readonly office: Directory
  readonly book: RuleBook
}

async function decide(client: Queryable, { office, book }: Known, service: Service, wish: WalkInWish): Promise<TicketDecision> {
  const { buildingId, now } = wish
  const entry = mayEnter(book, office, { buildingId, purpose: 'visit', at: now, visit: null, serviceId: service.id })
  const unlawful = refusedByLaw(entry)
  if (unlawful !== null) return unlawful
  const day = officeDay(now)
  const minute = officeMinute(now)
  const ids = [service.id, ...(wish.moreServiceIds ?? [])]
  const desks = office.desksOf(service.id).filter((desk) => ids.every((id) => desk.serviceIds.includes(id)))
  const deskIds = desks.map(({ id }) => id)
  const shared = [...new Set(desks.flatMap(({ serviceIds }) => serviceIds))]
  const given = await walkInsGiven(client, day, service.letter)
  const work = await workOfDay(client, buildingId, day, shared, now)
  const atWork = await desksAtWork(client, deskIds)
  const minutes = (id: string): number => office.services.get(id)?.durationMinutes ?? 0
  return mayTakeTicket({
    entry,
    given,
    givenMax: office.queueGroups.get(service.letter)?.walkInsPerDay ?? null,
    now: minute,
    closes: hours(book, office, service.unitId, day).intervals.findLast(({ from }) => from <= minute)?.to ?? 0,
    desks: atWork,
    workBefore: work.flatMap(({ serviceIds }) => serviceIds).reduce((sum, id) => sum + minutes(id), 0),
    takes: ids.reduce((sum, id) => sum + minutes(id), 0),
  })
}

/** Counts the ticket into the day's contingent; the refusal when another took the last. */
async function raised(
  client: Queryable,
  office: Directory,
  { letter }: Service,
  { now }: WalkInCommand,
): Promise<Refused<'no-more-tickets'> | null> {
  const most = office.queueGroups.get(letter)?.walkInsPerDay ?? null
  if (await raiseWalkIns(client, officeDay(now), letter, most)) return null
  return refuse('no-more-tickets', [{ kind: 'setting', setting: 'walk-ins-per-day' }], [], { most: most ?? 0 })
}

async function make(client: Queryable, { office, book }: Known, service: Service, command: WalkInCommand): Promise<Visit> {
  const { now, channel, actor, priority = null, moreServiceIds = [] } = command
  const day = officeDay(now)
  const minutes = [service.id, ...moreServiceIds].reduce((sum, id) => sum + (office.services.get(id)?.durationMinutes ?? 0), 0)
  const { counted } = personsCounted(book, office, service, now)
  const visit = await insertWalkIn(client, {
    reference: newReference(),
    serviceId: service.id,
    moreServiceIds,
    buildingId: service.buildingId,
    roomId: office.desksOf(service.id)[0]?.roomId ?? null,
    channel,
    at: now,
    endsAt: now.add({ minutes }),
    day,
    persons: service.persons,
    counted,
    language: command.language ?? 'pl',
    ticket: await issueTicket(client, seriesOf(office, service.id, day)),
    due: dueOnArrival(office, { kind: 'walk-in', startsAt: now, priority, serviceId: service.id }, now),
    priority,
    eraseOn: day.add({ days: office.office.settings['erase-after-days'] }),
  })
  await recordEvent(client, {
    at: now,
    visitId: visit.id,
    kind: 'ticket-taken',
    actor,
    channel,
    reason: priority,
    buildingId: visit.buildingId,
    details: { ticket: visit.ticket, service: service.id },
  })
  return visit
}
