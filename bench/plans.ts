/**
 * `npm run bench -- plans`: the plans of the hot queries on a million past visits, printed to be
 * read. The queries are those the actions really send, listened to while they run; a sequential
 * scan of a table that grows with history is a failure.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import {
  acceptOffer,
  book,
  cancel,
  confirmHold,
  expireHolds,
  freeStarts,
  hold,
  joinForVisit,
  move,
  type Outcome,
} from '../src/booking/index.js'
import { calendarTopic } from '../src/calendar/index.js'
import { createApp } from '../src/app.js'
import { composers } from '../src/composers.js'
import { duties } from '../src/duties.js'
import { messagesOfVisits, noteBounce, readOutbox } from '../src/messages/index.js'
import { noteReport } from '../src/messages/report-store.js'
import { dropLate, takeAbandoned } from '../src/messages/sending-store.js'
import type { Context } from '../src/platform/context.js'
import { brokenConstraint, NamedStatementClient } from '../src/platform/database.js'
import { ready } from '../tests/support/sending.js'
import { signedIn, type SignedInHeaders } from '../tests/support/staff.js'
import { writeVisits } from './availability.js'
import { benchNow, benchOffice, pastVisits, starts } from './booking-office.js'
import type { Figures } from './harness.js'

const past = Number(process.env['PAST'] ?? 1_000_000)
/** Limits are erased once they are over: they do not grow with history. */
const growing = /Seq Scan on (visit|place|event|entry|message|waiting|waiting_offer)\b/

/** Prints each plan; answers how many of them scan a growing table from end to end. */
export async function plansBench(server: pg.ClientConfig): Promise<Figures> {
  const office = await benchOffice(server, 'bench_plans', 20)
  try {
    await pastVisits(office.context, past)
    await pastEntries(office.context)
    await pastLine(office.context)
    await pastMessages(office.context)
    await writeVisits(office.context, 5_000, 'booked')
    const { headers } = await signedIn(office.context, 'administrator')
    const queries = await listened(() => hotActions(office.context, headers))
    const client = new pg.Client({ ...server, database: 'bench_plans' })
    // The office's close ends it from the other side when a plan could not be had.
    client.on('error', () => undefined)
    await client.connect()
    const slow: string[] = []
    for (const [text, values] of queries) {
      const plan = await planOf(client, text, values)
      console.log(`\n${text.replaceAll(/\s+/g, ' ').trim()}\n${plan}`)
      if (growing.test(plan)) slow.push(text)
    }
    await client.end()
    return { hot_queries: queries.size, hot_queries_scanning_history: slow.length }
  } finally {
    await office.close()
  }
}

/** An entry for each past visit, as the door wrote it. */
async function pastEntries(context: Context): Promise<void> {
  const { accountId } = await signedIn(context, 'guard')
  await context.database.pool.query(
    `insert into entry (at, building_id, purpose, visit_id, code, account_id)
     select arrived_at, building_id, 'visit', id, 'come-in', $1 from visit where state = 'served'`,
    [accountId],
  )
}

/** Two messages for each past visit but the newest, some of which did not arrive, and a few that wait. */
async function pastMessages(context: Context): Promise<void> {
  const { pool } = context.database
  await pool.query(
    `insert into message (outbox_id, at, kind, visit_id, language, way, state, reason, due_at, handed_at, provider_id, erase_on)
     select id, starts_at, 'visit-booked', id, 'pl', 'email', case id % 500 when 0 then 'failed' else 'sent' end,
       case id % 500 when 0 then 'bounced' end, starts_at, starts_at, '<' || id || '@okienko.test>', day from visit where state = 'served'`,
  )
  await ready(context, { count: 200 })
  await pool.query('analyze message')
}

/** Messages made and sent, reported on and looked at. */
async function messagesSent(context: Context): Promise<void> {
  const { pool } = context.database
  await readOutbox(context, composers)
  const known = { id: 1, resent: 0 }
  await noteReport(pool, { known, providerId: '', what: 'delivered', now: benchNow })
  await noteReport(pool, { known: null, providerId: '5E01F', what: 'delivered', now: benchNow })
  await noteBounce(pool, { messageId: '<1@okienko.test>', status: '5.1.1', now: benchNow })
  await messagesOfVisits(pool, [1, 2, 3])
  await takeAbandoned(pool, 'email', true, benchNow, benchNow)
  await dropLate(pool, benchNow)
}

/** Those who waited once and what they were offered, and a few hundred who wait now. */
async function pastLine(context: Context): Promise<void> {
  const { pool } = context.database
  await pool.query(
    `insert into waiting (reference, service_id, from_day, to_day, part, joined_at, state, passed, erase_on)
     select 'line' || n, 'long', $1, $2, 'any', $3, case when n % 100 = 0 then 'waiting' else 'ended' end, 0, $2
     from generate_series(1, 30000) as n`,
    ['2020-05-26', '2020-05-27', benchNow.toString()],
  )
  await pool.query(
    `insert into waiting_offer (waiting_id, kept_id, starts_at, ends_at, room_id, desks, offered_at, until, state, ended_at)
     select w.id, v.id, v.starts_at, v.ends_at, 'hall/1', '{1}', v.starts_at - interval '2 hours', v.starts_at - interval '1 hour', 'passed', v.starts_at
     from (select id, row_number() over (order by id) as nr from waiting where state = 'ended') w
     join (select id, starts_at, ends_at, row_number() over (order by id) as nr from visit where state = 'served' limit 30000) v using (nr)`,
  )
  await pool.query('analyze waiting, waiting_offer')
}

/** What people do most, once each: bookings by their actions, everything else as a browser or a program asks it. */
async function hotActions(context: Context, headers: SignedInHeaders['headers']): Promise<void> {
  const [first, second, third, fourth] = starts(2).slice(40) as [Temporal.Instant, Temporal.Instant, Temporal.Instant, Temporal.Instant]
  const person = { name: 'Jan Próbny', email: 'jan@example.pl', phone: '+48601234567' }
  const from = Temporal.PlainDate.from('2020-05-26')
  context.changes.publish(calendarTopic)
  await freeStarts(context, { serviceId: 'short', from, to: from.add({ days: 59 }), now: benchNow })
  const wish = { serviceId: 'short', channel: 'phone', person, actor: 'system' } as const
  const booked = made(await book(context, { ...wish, start: first, channel: 'web', actor: 'citizen', key: randomUUID() }))
  const held = made(await hold(context, { serviceId: 'long', start: second }))
  made(await confirmHold(context, { reference: held, person: { ...person, email: 'anna@example.pl', phone: null }, key: randomUUID() }))
  made(await move(context, { reference: booked, start: third, actor: 'citizen' }))
  // Somebody in line is offered the time that is given back, and moves up into it.
  const waits = made(
    await book(context, { ...wish, start: fourth, person: { ...person, email: 'ewa@example.pl', phone: null }, key: randomUUID() }),
  )
  const line = { reference: waits, from: from, part: 'any', actor: 'citizen' } as const
  const entry = await joinForVisit(context, line)
  if (!entry.allowed) throw new Error(`nobody stands in line: ${entry.code}`)
  made(await cancel(context, { reference: booked, actor: 'citizen', reason: 'citizen-wish' }))
  const accepted = await acceptOffer(context, { reference: entry.reference, actor: 'citizen' })
  if (!accepted.allowed) throw new Error(`nobody moves up: ${accepted.code}`)
  const today = made(await book(context, { ...wish, start: benchNow.add({ minutes: 10 }), key: randomUUID() }))
  await askedInTheBuilding(context, headers, { reference: today, phone: person.phone })
  await messagesSent(context)
  await expireHolds(context, benchNow.add({ hours: 1 }))
  for (const duty of duties) await duty.run(context, benchNow.add({ hours: 1 }))
}

/** The door, the desk, the screen, the service office and the pass, over the whole program. */
async function askedInTheBuilding(
  context: Context,
  headers: SignedInHeaders['headers'],
  { reference, phone }: { readonly reference: string; readonly phone: string },
): Promise<void> {
  const app = await createApp(context)
  const ask = async (url: string, form?: Readonly<Record<string, string>>): Promise<void> => {
    const sent = form && { method: 'POST' as const, payload: new URLSearchParams(form).toString() }
    const type = form && { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await app.inject({ url, headers: { ...headers, ...type }, ...sent })
    if (answer.statusCode >= 400 && answer.statusCode !== 409) throw new Error(`${url} answered ${answer.statusCode}`)
  }
  const desk = '/praca/stanowisko/hall%2F1%2F1'
  await ask('/praca/obsluga')
  for (const wanted of ['Próbny', phone, reference]) await ask('/praca/obsluga/szukaj', { szukane: wanted })
  await ask('/praca/prosby')
  await ask('/praca/zgodnosc')
  await ask('/praca/wiadomosci')
  await ask('/praca/wiadomosci', { rodzaj: 'email.gave-up' })
  await ask('/praca/wejscie/hall')
  await ask('/praca/wejscie/hall', { kod: 'Próbny' })
  await ask('/praca/wejscie/hall', { kod: reference })
  await ask(desk)
  await ask(desk, { czynnosc: 'otworz' })
  await ask(desk, { czynnosc: 'wezwij' })
  await ask(desk, { czynnosc: 'rozpocznij', wizyta: reference })
  await ask('/ekran/hall')
  await ask('/wizyta', { reference, contact: phone })
  await ask(desk, { czynnosc: 'zakoncz', wizyta: reference })
  await app.close()
}

function made(outcome: Outcome): string {
  if (!outcome.allowed) throw new Error(`an action of the bench was refused: ${outcome.code}`)
  return outcome.reference
}

/** Every statement with parameters sent while `work` runs, with the values it was last sent with. */
async function listened(work: () => Promise<void>): Promise<Map<string, readonly unknown[]>> {
  const queries = new Map<string, readonly unknown[]>()
  // oxlint-disable-next-line typescript/unbound-method -- called with its client below
  const sent = NamedStatementClient.prototype.query
  NamedStatementClient.prototype.query = function (this: NamedStatementClient, config: any, values?: any, callback?: any) {
    const [text, given] = typeof config === 'string' ? [config, values] : [config?.text, config?.values ?? values]
    if (typeof text === 'string' && Array.isArray(given) && given.length > 0) queries.set(text, given)
    return sent.call(this, config, values, callback)
  }
  try {
    await work()
  } finally {
    NamedStatementClient.prototype.query = sent
  }
  return queries
}

/** The plan a prepared statement keeps, run once and taken back; only planned where its row is there already. */
async function planOf(client: pg.Client, text: string, values: readonly unknown[]): Promise<string> {
  const explained = async (options: string): Promise<string> => {
    await client.query('begin')
    try {
      await client.query('set local plan_cache_mode = force_generic_plan')
      await client.query(`prepare hot as ${text}`)
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${options} execute hot(${values.map(literal).join(', ')})`)
      return rows.map((row) => `  ${row['QUERY PLAN']}`).join('\n')
    } finally {
      await client.query('rollback')
      await client.query('deallocate all')
    }
  }
  return explained('(analyze, buffers off)').catch((error: unknown) => {
    if (brokenConstraint(error) === null) throw error
    return explained('(costs)')
  })
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map(element).join(',')}}`)
  if (typeof value === 'object' && !isTemporal(value)) return pg.escapeLiteral(JSON.stringify(value))
  return pg.escapeLiteral(plain(value))
}

function element(value: unknown): string {
  if (value === null) return 'null'
  const text = Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : plain(value)
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

const isTemporal = (value: object): boolean => 'epochMilliseconds' in value || 'dayOfWeek' in value

/** Numbers, texts and moments as PostgreSQL reads them. */
const plain = (value: unknown): string => `${value as string | number | boolean | Temporal.Instant | Temporal.PlainDate}`
