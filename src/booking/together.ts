/**
 * Bookings that arrive at once are written at once: one statement, one commit, one answer for each.
 *
 * While fewer than `runningMax` statements are under way a booking goes at once, with those of the
 * same turn of the loop; what arrives meanwhile goes together in the next. Each has its own key, limits, place, event and outbox
 * row, and its own outcome; one that is refused does not hinder the others. Where a race breaks a
 * constraint the statement wrote nothing, and each of its bookings is tried alone.
 *
 * Taking several places, such a statement locks its desks and days first, as docs/locking.md asks.
 */
import { isOutage, type Database, type Queryable } from '../platform/database.js'
import type { Attempt, Attempted } from './attempt.js'
import { togetherStatement } from './statement.js'

/** Statements of bookings under way at a time: the commit of one overlaps the work of the next. */
const runningMax = 2
/** So few are not shared out over two statements. */
const apartMin = 4
/** Bookings in one statement at most. */
const togetherMax = 32

interface Waiting {
  readonly attempt: Attempt
  readonly answer: PromiseWithResolvers<Attempted>
}

interface Line {
  waiting: Waiting[]
  running: number
  /** Statements are begun at the end of this turn of the loop: when one ends, all it answered ask again in one turn. */
  beginning: boolean
}

const lines = new WeakMap<Database, Line>()

/** Attempts that wait for a statement to begin. */
export function waitingAttempts(database: Database): number {
  return lines.get(database)?.waiting.length ?? 0
}

/** Tries a plain booking of one desk, alone or with others; `alone` tries one by itself. */
export function attemptTogether(database: Database, attempt: Attempt, alone: (attempt: Attempt) => Promise<Attempted>): Promise<Attempted> {
  let line = lines.get(database)
  if (line === undefined) lines.set(database, (line = { waiting: [], running: 0, beginning: false }))
  const waiting = { attempt, answer: Promise.withResolvers<Attempted>() }
  line.waiting.push(waiting)
  beginSoon(database, line, alone)
  return waiting.answer.promise
}

function beginSoon(database: Database, line: Line, alone: (attempt: Attempt) => Promise<Attempted>): void {
  if (line.beginning || line.running >= runningMax || line.waiting.length === 0) return
  line.beginning = true
  setImmediate(() => {
    line.beginning = false
    next(database, line, alone)
  })
}

function next(database: Database, line: Line, alone: (attempt: Attempt) => Promise<Attempted>): void {
  while (line.running < runningMax && line.waiting.length > 0) {
    const group = takeGroup(line, Math.max(apartMin, Math.ceil(line.waiting.length / (runningMax - line.running))))
    line.running += 1
    void settle(database.pool, group, alone).finally(() => {
      line.running -= 1
      beginSoon(database, line, alone)
    })
  }
}

/** The longest waiting, and those after it that share neither key nor contact nor limit with another: they would race. */
function takeGroup(line: Line, most: number): Waiting[] {
  const group: Waiting[] = []
  const left: Waiting[] = []
  const seen = new Set<string>()
  for (const waiting of line.waiting) {
    const { attempt } = waiting
    const marks = [...attempt.contacts.map((contact) => contact.toString('hex')), ...(attempt.key === null ? [] : [attempt.key])]
    const fits = group.length < Math.min(most, togetherMax) && (group[0]?.attempt.limitOpen ?? attempt.limitOpen) === attempt.limitOpen
    if (fits && !marks.some((mark) => seen.has(mark))) {
      group.push(waiting)
      for (const mark of marks) seen.add(mark)
    } else left.push(waiting)
  }
  line.waiting = left
  return group
}

/** Answers each of the group; never rejects itself. */
async function settle(database: Queryable, group: readonly Waiting[], alone: (attempt: Attempt) => Promise<Attempted>): Promise<void> {
  const each = (): Promise<unknown> => Promise.all(group.map(({ attempt, answer }) => alone(attempt).then(answer.resolve, answer.reject)))
  if (group.length === 1) return void (await each())
  await runTogether(
    database,
    group.map(({ attempt }) => attempt),
  ).then(
    (attempted) => group.forEach(({ answer }, index) => answer.resolve(attempted[index] as Attempted)),
    // Whatever it was (a race, a lock not had, a value the server does not take), the statement wrote nothing: each
    // finds out for itself, and none suffers for another.
    (error: Error) => (isOutage(error) ? group.forEach(({ answer }) => answer.reject(error)) : each()),
  )
}

interface Row {
  readonly nr: number
  readonly id: number | null
  readonly body_hash: Buffer | null
  readonly answer: Record<string, string> | null
  readonly over: boolean | null
  readonly same_day: boolean | null
}

async function runTogether(database: Queryable, attempts: readonly Attempt[]): Promise<Attempted[]> {
  const contacts = attempts.flatMap((attempt, nr) => attempt.contacts.map((contact) => ({ nr, contact: bytes(contact) })))
  const { rows } = await database.query<Row & Record<string, unknown>>(togetherStatement(attempts[0]?.limitOpen ?? 0), [
    JSON.stringify(attempts.map(wishOf)),
    JSON.stringify(contacts),
  ])
  const answers: Attempted[] = attempts.map(() => ({ kind: 'taken' }))
  for (const row of rows) answers[row.nr] = attemptedOf(row)
  return answers
}

function attemptedOf(row: Row): Attempted {
  if (row.id !== null) return { kind: 'made', id: row.id }
  if (row.body_hash !== null) return { kind: 'used', hash: row.body_hash, answer: row.answer ?? {} }
  if (row.over === true) return { kind: 'refused', code: 'limit-open' }
  return row.same_day === true ? { kind: 'refused', code: 'limit-service-day' } : { kind: 'taken' }
}

/** One booking as a record of the statement; times and days become text by themselves. */
function wishOf(attempt: Attempt, nr: number): Readonly<Record<string, unknown>> {
  const { person, desks } = attempt
  const [from, until] = [attempt.start.toString(), attempt.end.toString()]
  return {
    nr,
    key: attempt.key,
    hash: attempt.hash === null ? null : bytes(attempt.hash),
    answer: attempt.answer,
    reference: attempt.reference,
    state: attempt.state,
    service: attempt.serviceId,
    building: attempt.buildingId,
    room: attempt.roomId,
    channel: attempt.channel,
    starts: from,
    ends: until,
    day: attempt.day,
    desk: desks[0],
    persons: attempt.persons,
    name: person.name,
    email: person.email,
    phone: person.phone,
    language: attempt.language,
    urgent: attempt.urgent,
    held_until: attempt.heldUntil,
    confirm_until: attempt.confirmUntil,
    booked_by: attempt.bookedBy,
    at: attempt.now,
    erase_on: attempt.eraseOn,
    actor: attempt.actor,
    details: { service: attempt.serviceId, start: from, end: until, desks: String(desks[0]) },
    job: attempt.job,
  }
}

function bytes(value: Buffer): string {
  return `\\x${value.toString('hex')}`
}
