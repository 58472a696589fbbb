/**
 * May this time be taken now, the draw for its day included? What is left of a draw goes to who
 * comes first only once every entry has had its answer, however long that takes.
 */
import { randomBytes } from 'node:crypto'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { Decision } from '../../platform/decision.js'
import { directory as readDirectory, type Directory } from '../../directory/index.js'
import { releaseOf, type BookFacts, type Release, type RuleBook } from '../../regulation/index.js'
import { offersContactCheck } from '../fair/contact.js'
import { mayBookWish, type Bookable } from '../plan.js'
import { commitmentOf, seedBytes } from './rules.js'
import { findDraw, makeDraw, type Draw } from './store.js'

/** Draws known to be done: that never changes back. */
const done = new WeakMap<Context['database'], Set<string>>()

/** Is the draw of a release done? A release nobody asked about has none, and is then done without one. */
export async function isDrawn(context: Context, release: Release, now: Temporal.Instant): Promise<boolean> {
  const { lotUntil } = release
  if (lotUntil === null) return true
  if (Temporal.Instant.compare(now, lotUntil) < 0) return false
  let known = done.get(context.database)
  if (known === undefined) done.set(context.database, (known = new Set()))
  const key = `${release.provision} ${release.at}`
  if (known.has(key)) return true
  const draw = await drawOf(context, release, lotUntil, now)
  if (draw?.settledAt == null) return false
  known.add(key)
  return true
}

/** The draw of a release, made when the first one asks; what its entries are asked for does not change any more. */
export async function drawOf(context: Context, release: Release, closesAt: Temporal.Instant, now: Temporal.Instant): Promise<Draw | null> {
  const { pool } = context.database
  const which = { provision: release.provision, opensAt: release.at }
  const found = await findDraw(pool, which)
  if (found !== null || Temporal.Instant.compare(now, release.at) < 0) return found
  const seed = randomBytes(seedBytes)
  const settledAt = Temporal.Instant.compare(now, closesAt) < 0 ? null : now
  const confirmUntil = await confirmedUntil(context, closesAt)
  await makeDraw(pool, { ...which, closesAt, confirmUntil, seed, seedHash: Buffer.from(commitmentOf(seed), 'hex'), settledAt })
  return findDraw(pool, which)
}

/** Until when entries of a draw may be confirmed; null where bookings need not be, or no message leaves. */
async function confirmedUntil(context: Context, closesAt: Temporal.Instant): Promise<Temporal.Instant | null> {
  const { settings } = (await readDirectory(context)).office
  const asked = offersContactCheck(context) && settings['confirm-minutes'] > 0
  return asked ? closesAt.add({ minutes: settings['lot-confirm-minutes'] }) : null
}

/** May all that is wished be booked then, the draws included? */
export async function mayTakeWish(
  context: Context,
  found: Pick<Bookable, 'wish' | 'book' | 'directory'>,
  facts: Omit<BookFacts, 'serviceId' | 'durationMinutes'>,
): Promise<Decision> {
  const { wish, book, directory } = found
  const services = [wish.service.id, ...wish.more.map(({ id }) => id)]
  return mayBookWish(found, { ...facts, drawn: await areDrawn(context, book, directory, services, facts) })
}

/** Are the draws for the day of all the matters done? Whoever is not bound by a release need not know. */
async function areDrawn(
  context: Context,
  book: RuleBook,
  office: Directory,
  serviceIds: readonly string[],
  { start, now, clerk }: Pick<BookFacts, 'start' | 'now' | 'clerk'>,
): Promise<boolean> {
  if (clerk) return true
  for (const id of serviceIds) {
    const release = releaseOf(book, office, id, officeDay(start))
    if (release !== null && !(await isDrawn(context, release, now))) return false
  }
  return true
}
