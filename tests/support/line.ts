/** People who wait for an earlier time in the small office: booked, in line, offered; what the list says of them. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { composers } from '../../src/composers.js'
import { readOutbox } from '../../src/messages/index.js'
import { proveContact } from '../../src/booking/waiting/line-store.js'
import { cancel, join, joinForVisit, lookAfterList, type Wished } from '../../src/booking/index.js'
import type { Context } from '../../src/platform/context.js'
import type { Person, Visit } from '../../src/visit/index.js'
import type { TestOffice } from './office.js'
import { bookedVisit, somebody } from './visits.js'

const tomorrow = Temporal.PlainDate.from('2020-05-26')

export interface InLine {
  readonly visit: Visit
  /** Reference of the entry. */
  readonly entry: string
}

/** Books a visit and puts it in line for an earlier time, from tomorrow on. */
export async function inLine(
  office: TestOffice,
  start: Temporal.Instant,
  serviceId = 'short',
  wished: Partial<Wished> = {},
): Promise<InLine> {
  const visit = await bookedVisit(office, { serviceId, start, ...wished })
  const joined = await joinForVisit(office.context, { reference: visit.reference, actor: 'citizen', from: tomorrow, part: 'any' })
  assert.ok(joined.allowed, joined.code)
  return { visit, entry: joined.reference }
}

/** Puts a person in line who has no visit and has opened the link of the message; `opened`: false for one who has not. */
export async function personInLine(
  context: Context,
  to = Temporal.PlainDate.from('2020-06-05'),
  person: Person = somebody(),
  { opened = true, wished = {} }: { opened?: boolean; wished?: Partial<Wished> } = {},
): Promise<string> {
  const joined = await join(context, {
    serviceId: 'short',
    ...wished,
    from: tomorrow,
    to,
    part: 'any',
    person,
    language: 'pl',
    actor: 'citizen',
    key: randomUUID(),
  })
  assert.ok(joined.allowed, joined.code)
  if (opened) await proveContact(context.database.pool, joined.reference)
  return joined.reference
}

/** Cancels as the person would. */
export async function givesBack(context: Context, { reference }: { reference: string }): Promise<void> {
  const outcome = await cancel(context, { reference, actor: 'citizen', reason: 'citizen-wish' })
  assert.ok(outcome.allowed, outcome.code)
}

export interface EntryFacts {
  readonly state: string
  readonly passed: number
  /** Start offered now. */
  readonly offered: string | null
}

/** How the entry stands in the database, in SQL that shares nothing with the program's. */
export async function standing(office: TestOffice, reference: string): Promise<EntryFacts> {
  const { rows } = await office.context.database.pool.query<EntryFacts>(
    `select w.state, w.passed, (select to_char(o.starts_at at time zone 'Europe/Warsaw', 'DD HH24:MI') from waiting_offer o where o.waiting_id = w.id and o.state = 'open') as offered
     from waiting w where w.reference = $1`,
    [reference],
  )
  return rows[0] ?? assert.fail('no such entry')
}

export interface KeptFacts {
  readonly id: number
  readonly starts: string
  readonly state: string
  readonly places: number
  /** Minutes from now to its return. */
  readonly minutes: number
}

/** The kept times, by number. */
export async function keptTimes(office: TestOffice): Promise<readonly KeptFacts[]> {
  const { rows } = await office.context.database.pool.query<KeptFacts>(
    `select id, to_char(starts_at at time zone 'Europe/Warsaw', 'DD HH24:MI') as starts, state,
       (select count(*)::int from place where visit_id = visit.id and active) as places,
       (extract(epoch from held_until - $1::timestamptz) / 60)::float as minutes
     from visit where kind = 'kept' order by id`,
    [office.clock.now().toString()],
  )
  return rows
}

/** The office's clock goes on and the duty of every minute is done. */
export async function later(office: TestOffice, minutes: number): Promise<void> {
  office.clock.moveTo(office.clock.now().add({ minutes }))
  await lookAfterList(office.context, office.clock.now())
}

/** The outbox becomes messages, as the program's reader does it. */
export async function sendMessages(context: Context): Promise<void> {
  await readOutbox(context, composers)
}
