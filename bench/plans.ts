/**
 * `npm run bench -- plans`: the plans of the hot queries on a million past visits, printed to be
 * read. The queries are those the actions really send, listened to while they run; a sequential
 * scan of a table that grows with history is a failure.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { book, cancel, confirmHold, expireHolds, freeStarts, hold, move, type Outcome } from '../src/booking/index.js'
import { calendarTopic } from '../src/calendar/index.js'
import type { Context } from '../src/platform/context.js'
import { NamedStatementClient } from '../src/platform/database.js'
import { writeVisits } from './availability.js'
import { benchNow, benchOffice, pastVisits, starts } from './booking-office.js'
import type { Figures } from './harness.js'

const past = 1_000_000
const growing = /Seq Scan on (visit|place|visit_limit|event|entry|message)\b/

/** Prints each plan; answers how many of them scan a growing table from end to end. */
export async function plansBench(server: pg.ClientConfig): Promise<Figures> {
  const office = await benchOffice(server, 'bench_plans', 20)
  try {
    await pastVisits(office.context, past)
    await writeVisits(office.context, 5_000, 'booked')
    const queries = await listened(() => hotActions(office.context))
    const client = new pg.Client({ ...server, database: 'bench_plans' })
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

/** What people do most, once each. */
async function hotActions(context: Context): Promise<void> {
  const [first, second, third] = starts(2).slice(40) as [Temporal.Instant, Temporal.Instant, Temporal.Instant]
  const person = { name: 'Jan Próbny', email: 'jan@example.pl', phone: '+48601234567' }
  const from = Temporal.PlainDate.from('2020-05-26')
  context.changes.publish(calendarTopic)
  await freeStarts(context, { serviceId: 'short', from, to: from.add({ days: 59 }), now: benchNow })
  const booked = made(
    await book(context, { serviceId: 'short', start: first, channel: 'web', person, actor: 'citizen', key: randomUUID() }),
  )
  const held = made(await hold(context, { serviceId: 'long', start: second }))
  made(await confirmHold(context, { reference: held, person: { ...person, email: 'anna@example.pl', phone: null }, key: randomUUID() }))
  made(await move(context, { reference: booked, start: third, actor: 'citizen' }))
  made(await cancel(context, { reference: booked, actor: 'citizen', reason: 'citizen-wish' }))
  await expireHolds(context, benchNow.add({ hours: 1 }))
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

/** The plan a prepared statement keeps, run once and taken back. */
async function planOf(client: pg.Client, text: string, values: readonly unknown[]): Promise<string> {
  await client.query('begin')
  await client.query('set local plan_cache_mode = force_generic_plan')
  await client.query(`prepare hot as ${text}`)
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, buffers off) execute hot(${values.map(literal).join(', ')})`,
  )
  await client.query('rollback')
  await client.query('deallocate hot')
  return rows.map((row) => `  ${row['QUERY PLAN']}`).join('\n')
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
