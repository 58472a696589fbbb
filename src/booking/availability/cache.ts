/**
 * A cache, labelled as one: boards of days in the memory of this process. What it says is an offer;
 * a stale one costs a refusal by the database, never a double booking.
 *
 * A board goes when places of its day change (`places:DAY`), when one of its holds runs out, when
 * acts, the office or shifts change (all boards), and a second after this process picked from it:
 * until then its picks stand on it as taken, so that a rush for one start is answered "taken"
 * without asking the database again.
 */
import { announcePlaces, calendarTopic, placesTopic } from '../../calendar/index.js'
import type { Context } from '../../platform/context.js'
import { occupy, type Board, type Plan } from './board.js'
import { daysBetween, readBoards, readPlan, type ReadBoard } from './read.js'

/** Days kept at most: beyond, all are read again. Three times the longest question. */
const daysMax = 200
/** How long a pick stands on a board before the database is asked what became of it. */
const pickMs = 1_000

interface Entry extends ReadBoard {
  /** Machine time, as performance.now(), from which own picks must be checked; Infinity without any. */
  checkAt: number
}

interface Cache {
  readonly entries: Map<string, Entry>
  /** Days whose changes this process hears of. */
  readonly watched: Set<string>
  /** Questions under way, by their first and last day: shared by all who ask meanwhile. */
  readonly shared: Map<string, Promise<readonly ReadBoard[]>>
  /** For each question under way, the days that changed since it began: their answer is not kept. */
  readonly changedSince: Set<Set<string>>
  plan: Promise<Plan> | null
  /** True while this process announces a change that its boards show already. */
  announcing: boolean
}

const caches = new WeakMap<Context['database'], Cache>()

/** Boards of the days from `from` to `to`, both included; days not in memory are read in one go. */
export async function boardsOf(
  context: Context,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<readonly Board[]> {
  const cache = cacheOf(context)
  const days = daysBetween(from, to)
  const entries = days.map((day) => fresh(cache, day, now))
  const first = entries.indexOf(null)
  if (first < 0) return entries.map((entry) => (entry as Entry).board)
  const last = entries.lastIndexOf(null)
  const read = await readOnce(context, cache, days[first] as Temporal.PlainDate, days[last] as Temporal.PlainDate, now)
  return days.map((_, index) => (index >= first && index <= last ? (read[index - first] as ReadBoard) : (entries[index] as Entry)).board)
}

/** Marks a time at desks as taken on a board of this process, until the database is asked again. */
export function markTaken(context: Context, board: Board, desks: readonly number[], from: number, to: number): void {
  const cache = cacheOf(context)
  occupy(board, desks, from, to)
  const entry = cache.entries.get(board.date.day.toString())
  if (entry?.board === board) entry.checkAt = Math.min(entry.checkAt, performance.now() + pickMs)
}

/** Forgets the marks of a day: a pick came to nothing. */
export function forgetDay(context: Context, day: Temporal.PlainDate): void {
  forget(cacheOf(context), [day.toString()])
}

/** Tells everyone that places of a day were taken which this process has marked on its board; `heldUntil` when only held. */
export function announceTaken(context: Context, serviceId: string, day: Temporal.PlainDate, heldUntil: Temporal.Instant | null): void {
  const cache = cacheOf(context)
  const entry = cache.entries.get(day.toString())
  if (entry !== undefined && heldUntil !== null && (entry.until === null || Temporal.Instant.compare(heldUntil, entry.until) < 0)) {
    cache.entries.set(day.toString(), { ...entry, until: heldUntil })
  }
  outdate(cache, [day.toString()])
  cache.announcing = true
  try {
    announcePlaces(context.changes, serviceId, day)
  } finally {
    cache.announcing = false
  }
}

function cacheOf(context: Context): Cache {
  const known = caches.get(context.database)
  if (known !== undefined) return known
  const cache: Cache = { entries: new Map(), watched: new Set(), shared: new Map(), changedSince: new Set(), plan: null, announcing: false }
  caches.set(context.database, cache)
  for (const topic of ['directory', 'regulation', calendarTopic]) {
    context.changes.subscribe(topic, () => {
      cache.plan = null
      forget(cache, [...cache.watched])
    })
  }
  return cache
}

function forget(cache: Cache, days: readonly string[]): void {
  outdate(cache, days)
  for (const day of days) cache.entries.delete(day)
}

/** What is being read may lack a change: it is not kept, and nobody who asks from now on shares it. */
function outdate(cache: Cache, days: readonly string[]): void {
  cache.shared.clear()
  for (const changed of cache.changedSince) for (const day of days) changed.add(day)
}

function fresh(cache: Cache, day: Temporal.PlainDate, now: Temporal.Instant): Entry | null {
  const entry = cache.entries.get(day.toString())
  if (entry === undefined || performance.now() >= entry.checkAt) return null
  return entry.until === null || Temporal.Instant.compare(now, entry.until) < 0 ? entry : null
}

function readOnce(
  context: Context,
  cache: Cache,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<readonly ReadBoard[]> {
  const key = `${from} ${to}`
  const underWay = cache.shared.get(key)
  if (underWay !== undefined) return underWay
  const reading = readAndKeep(context, cache, from, to, now).finally(() => {
    if (cache.shared.get(key) === reading) cache.shared.delete(key)
  })
  cache.shared.set(key, reading)
  return reading
}

async function readAndKeep(
  context: Context,
  cache: Cache,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<readonly ReadBoard[]> {
  for (const day of daysBetween(from, to)) watch(context, cache, day)
  const changed = new Set<string>()
  cache.changedSince.add(changed)
  try {
    const boards = await readBoards(context, await planOf(context, cache), from, to, now)
    if (cache.entries.size > daysMax) cache.entries.clear()
    for (const each of boards) {
      const day = each.board.date.day.toString()
      if (!changed.has(day)) cache.entries.set(day, { ...each, checkAt: Infinity })
    }
    return boards
  } finally {
    cache.changedSince.delete(changed)
  }
}

/** The office, acts and shifts; a plan that could not be read is asked for again by the next one. */
function planOf(context: Context, cache: Cache): Promise<Plan> {
  if (cache.plan !== null) return cache.plan
  const plan = readPlan(context)
  cache.plan = plan
  plan.catch(() => {
    if (cache.plan === plan) cache.plan = null
  })
  return plan
}

/** Listens for changes of a day before it is first read. */
function watch(context: Context, cache: Cache, day: Temporal.PlainDate): void {
  const key = day.toString()
  if (cache.watched.has(key)) return
  cache.watched.add(key)
  context.changes.subscribe(placesTopic(day), () => {
    if (!cache.announcing) forget(cache, [key])
  })
}
