/**
 * Taking one of the times proposed in a mail: it is booked with the same guards as any, and the
 * others go back, in one transaction. The request is locked first, so that of two at once one is
 * first; `mail_time_accepted_once` is the schema's word on it.
 */
import { announcePlaces } from '../calendar/index.js'
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import { refuse, type NextStep, type Refused } from '../platform/decision.js'
import { directory } from '../directory/index.js'
import { bookable, bookProposed, endRequest, guarded, lockRequest, lostRace, type Bookable } from '../booking/index.js'
import { endVisit, lockVisit, recordEvent } from '../visit/index.js'
import { writeAnswered } from './store.js'
import { markAccepted, timeOfVisit, timesOfMail, type TimeRow } from './times-store.js'

export interface Accepted {
  readonly allowed: true
  readonly code: 'done'
  /** Of the visit, which is booked now. */
  readonly reference: string
  readonly repeated: boolean
}

/** Books the proposed time of a reference; sent twice it is booked once and both hear so. */
export async function acceptTime(context: Context, reference: string): Promise<Accepted | Refused> {
  const now = context.clock.now()
  const known = await timeOfVisit(context.database.pool, reference)
  const office = await directory(context)
  if (known === null) return refuse('unknown-time')
  const found = await bookable(context, { serviceId: known.time.serviceId })
  if (found === null) return refuse('unknown-service')
  const days = new Set<string>()
  const outcome = await guarded(
    context.database,
    (client) => accept(context, client, { ...known, found, now, days, reference }),
    lostRace(office.office.settings),
  )
  for (const day of days) announcePlaces(context.changes, known.time.serviceId, Temporal.PlainDate.from(day))
  return outcome
}

interface Accepting {
  readonly time: TimeRow
  readonly request: string
  readonly threadId: number
  readonly reference: string
  readonly found: Bookable
  readonly now: Temporal.Instant
  readonly days: Set<string>
}

async function accept(context: Context, client: Queryable, { found, now, days, ...known }: Accepting): Promise<Accepted | Refused> {
  const { reference } = known
  const request = await lockRequest(client, known.request)
  const times = await timesOfMail(client, known.time.mailId)
  const time = times.find((each) => each.reference === reference)
  if (request === null || time === undefined) return refuse('unknown-time')
  const no = refusedTime(time, times, now, nextOf(time))
  if (no === 'repeated') return { allowed: true, code: 'done', reference, repeated: true }
  if (no !== null) return no
  if (request.state === 'booked') return refuse('request-ended', [], nextOf(time))
  // Visits by number, as everywhere.
  const locked = new Map<string, NonNullable<Awaited<ReturnType<typeof lockVisit>>>>()
  for (const each of times.toSorted((a, b) => a.visitId - b.visitId)) {
    const visit = await lockVisit(client, each.reference)
    if (visit !== null) locked.set(each.reference, visit)
  }
  const visit = locked.get(reference)
  if (visit === undefined) return refuse('unknown-time')
  // Run out while the lock was waited for.
  if (visit.state !== 'held') return refuse('time-passed', [], nextOf(time))
  const person = { name: request.person_name, email: request.person_email, phone: request.person_phone }
  const booked = await bookProposed(context, client, found, { visit, person, now })
  if (!booked.allowed) return booked
  await markAccepted(client, time.id, now)
  for (const [other, held] of locked) {
    if (other === reference || held.state !== 'held') continue
    days.add(held.day.toString())
    await endVisit(client, held, { state: 'expired', at: now, actor: 'citizen', channel: 'email', reason: 'other-accepted' })
  }
  const eraseOn = visit.day.add({ days: found.settings['erase-after-days'] })
  await endRequest(client, request.id, { state: 'booked', at: now, actor: 'citizen', reason: null, visitId: visit.id, eraseOn })
  await writeAnswered(client, known.threadId, now)
  await recordEvent(client, {
    at: now,
    visitId: visit.id,
    kind: 'request-booked',
    actor: 'citizen',
    channel: 'email',
    details: { request: request.id, mail: time.mailId },
  })
  days.add(visit.day.toString())
  return { allowed: true, code: 'done', reference, repeated: false }
}

/** What stands against taking a time, by what is known of its answer. Pure. */
export function refusedTime(
  time: Pick<TimeRow, 'reference' | 'state' | 'until' | 'acceptedAt'>,
  times: readonly Pick<TimeRow, 'reference' | 'acceptedAt'>[],
  now: Temporal.Instant,
  next: readonly NextStep[],
): Refused | 'repeated' | null {
  if (time.acceptedAt !== null) return 'repeated'
  if (times.some((each) => each.acceptedAt !== null)) return refuse('time-other-accepted', [], next)
  if (time.state !== 'held' || Temporal.Instant.compare(now, time.until) >= 0) return refuse('time-passed', [], next)
  return null
}

/** Somewhere real to go: the times of the matter. */
export function nextOf({ serviceId }: Pick<TimeRow, 'serviceId'>): readonly NextStep[] {
  return [{ kind: 'web', href: `/sprawy/${serviceId}/terminy` }]
}
