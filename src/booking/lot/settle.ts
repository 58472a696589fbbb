/**
 * The draw itself: when no entry is taken any more and each is confirmed, or the time for that is over,
 * the order is written, and then each entry has its answer in that order. What nobody confirmed is not drawn. Whoever holds the draw's row answers the next few entries and commits them together with
 * their visits, so that two processes never answer out of order, and one that stops in the middle
 * leaves whole answers behind and the next goes on from there.
 */
import type { Context } from '../../platform/context.js'
import { isLockFailure, transaction, type Queryable } from '../../platform/database.js'
import type { Duty } from '../../platform/duties.js'
import { findVisit } from '../../visit/index.js'
import { announce } from '../actions.js'
import { confirmUntil } from '../confirmation-rules.js'
import { freeStarts } from '../free-starts.js'
import type { Done, Outcome } from '../model.js'
import { contactsOf, draft, place } from '../place.js'
import { bookable, type Bookable } from '../plan.js'
import { postJob, within } from '../store.js'
import { daysOfDraw } from './actions.js'
import { draw as drawOrder, type Wish } from './rules.js'
import { endUnconfirmed } from './confirm-store.js'
import { endEntry, nextEntries, type Entry } from './entry-store.js'
import { dueDraws, isReady, lockDraw, waitingReferences, writeOrder, writeSettled, type Draw } from './store.js'

/** Entries answered in one transaction. */
const batch = 20

/** Draws whose time is over are drawn and answered. Looks every few seconds: people wait for it. */
export const lotDuties: readonly Duty[] = [
  {
    name: 'draw-lots',
    everyMinutes: 0.05,
    run: async (context, now) => void (await settleDraws(context, now)),
  },
]

/** Draws and answers everything that is ready; returns how many draws were brought to their end. */
export async function settleDraws(context: Context, now: Temporal.Instant): Promise<number> {
  let settled = 0
  for (const each of await dueDraws(context.database.pool, now)) {
    try {
      if (await settleDraw(context, each, now)) settled += 1
    } catch (error) {
      // Another process answers entries of this draw: what is left, it answers.
      if (!isLockFailure(error)) throw error
    }
  }
  return settled
}

/** Writes the order of a draw that is ready and answers its entries until none waits; false when it is not ready. */
export async function settleDraw(context: Context, draw: Draw, now: Temporal.Instant, most = batch): Promise<boolean> {
  // Looked at without the lock too: who confirms meanwhile shall not wait for it every few seconds.
  const ready =
    (await isReady(context.database.pool, draw, now)) && (await transaction(context.database, (client) => order(client, draw.id, now)))
  if (!ready) return false
  for (;;) {
    const won: Done[] = []
    const left = await transaction(context.database, async (client) => {
      const locked = await lockDraw(client, draw.id)
      if (locked.settledAt !== null) return 0
      const entries = await nextEntries(client, draw.id, most)
      for (const entry of entries) {
        const outcome = await answer(context, client, locked, entry, now)
        if (outcome !== null) won.push(outcome)
      }
      if (entries.length === 0) await writeSettled(client, draw.id, now)
      return entries.length
    })
    for (const outcome of won) announce(context, outcome)
    if (left === 0) return true
  }
}

/** Ends what nobody confirmed and writes the order, once; false when there is still somebody to confirm. */
async function order(client: Queryable, id: number, now: Temporal.Instant): Promise<boolean> {
  const draw = await lockDraw(client, id)
  if (draw.orderedAt !== null) return true
  if (!(await isReady(client, draw, now))) return false
  await endUnconfirmed(client, id, now)
  await writeOrder(client, id, drawOrder(draw.seed, await waitingReferences(client, id)), now)
  return true
}

/** Meets the first wish that can be met, by the booking everybody goes through, and ends the entry with it. */
async function answer(context: Context, client: Queryable, draw: Draw, entry: Entry, now: Temporal.Instant): Promise<Done | null> {
  const found = await bookable(context, { serviceId: entry.serviceId })
  const outcome = found === null ? 'unknown-service' : await meet(context, client, found, draw, entry, now)
  if (found === null || typeof outcome === 'string') {
    const reason = typeof outcome === 'string' ? outcome : 'unknown-service'
    ended(await endEntry(client, entry.id, { state: 'lost', at: now, visitId: null, reason, eraseOn: null }))
    await postJob(client, now, 'lot-lost', { entry: entry.id })
    return null
  }
  const visit = await findVisit(client, outcome.reference)
  const won = await endEntry(client, entry.id, {
    state: 'won',
    at: now,
    visitId: visit?.id ?? null,
    reason: null,
    eraseOn: visit?.day.add({ days: found.settings['erase-after-days'] }) ?? null,
  })
  ended(won)
  return outcome
}

/** An entry has one answer: a second one, and the visit that came with it, is taken back with the transaction. */
function ended(byUs: boolean): void {
  if (!byUs) throw new Error('an entry was answered by somebody else')
}

/** The visit, or why none: `nothing-left` of what was wished, or a limit of the contact. */
async function meet(
  context: Context,
  client: Queryable,
  found: Bookable,
  draw: Draw,
  entry: Entry,
  now: Temporal.Instant,
): Promise<Done | string> {
  const tried = new Set<string>()
  for (const wish of entry.wishes) {
    for (const start of await startsOf(context, found, draw, wish, now)) {
      const text = start.toString()
      if (tried.has(text)) continue
      tried.add(text)
      const outcome = await bookFor(context, client, found, entry, start, now)
      if (outcome.allowed) return outcome
      if (outcome.code === 'limit-open' || outcome.code === 'limit-service-day') return outcome.code
    }
  }
  return 'nothing-left'
}

/** The starts a wish stands for: one, or what is still free of a day or of all the draw's days, the earliest first. */
async function startsOf(
  context: Context,
  { book, directory, service }: Bookable,
  draw: Draw,
  wish: Wish,
  now: Temporal.Instant,
): Promise<readonly Temporal.Instant[]> {
  if ('start' in wish) return [Temporal.Instant.from(wish.start)]
  const days = 'day' in wish ? [Temporal.PlainDate.from(wish.day)] : daysOfDraw(book, directory, service.id, draw)
  const starts: Temporal.Instant[] = []
  for (const day of days) {
    const free = await freeStarts(context, { serviceId: service.id, from: day, to: day, now })
    starts.push(...(free ?? []).flatMap((each) => each.starts.map(({ start }) => start)))
  }
  return starts
}

function bookFor(
  context: Context,
  client: Queryable,
  found: Bookable,
  entry: Entry,
  start: Temporal.Instant,
  now: Temporal.Instant,
): Promise<Outcome> {
  // Whose contact was shown before the draw has a visit; where that was not asked, it is as for any booking on the web.
  const until =
    entry.confirmedAt !== null ? null : confirmUntil(context, { channel: 'web', clerk: false, person: entry.person, now }, found.settings)
  return place(context, within(client), found, {
    ...draft(found, start, now),
    state: until === null ? 'booked' : 'pending',
    confirmUntil: until,
    person: entry.person,
    language: entry.language,
    contacts: contactsOf(context, entry.person),
    actor: 'system',
    job: 'lot-won',
  })
}
