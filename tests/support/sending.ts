/** Messages ready to be sent, without the outbox they came from, for tests and measurements of sending. */
import type { Context } from '../../src/platform/context.js'
import { messageIdOf } from '../../src/messages/names.js'

export interface Ready {
  readonly way?: 'email' | 'sms'
  readonly count?: number
  readonly usefulUntil?: Temporal.Instant
  readonly atOnce?: boolean
  readonly visitId?: number
}

let written = 1_000_000

/** Writes so many queued messages, each to a recipient of its own. */
export async function ready(
  context: Context,
  { way = 'email', count = 1, usefulUntil, atOnce = false, visitId }: Ready = {},
): Promise<void> {
  const now = context.clock.now()
  const numbers = Array.from({ length: count }, () => (written += 1))
  const content = { subject: 'Wizyta potwierdzona', lines: ['Wizyta w środę.'], links: [], secrets: [], short: ['Wizyta w środę.'] }
  await context.database.pool.query(
    `insert into message (outbox_id, at, kind, visit_id, language, way, email, phone, content, state, due_at, useful_until, at_once, provider_id, erase_on)
     select n, $1, 'test', $2, 'pl', $3, case $3 when 'email' then 'osoba' || n || '@example.pl' end,
       case $3 when 'sms' then '+48600' || lpad((n % 1000000)::text, 6, '0') end, $4, 'queued', $1, $5, $6,
       case $3 when 'email' then id end, ($1::timestamptz + interval '30 days')::date
     from unnest($7::bigint[], $8::text[]) as u (n, id)`,
    [
      now,
      visitId ?? null,
      way,
      JSON.stringify(content),
      usefulUntil ?? null,
      atOnce,
      numbers,
      numbers.map((number) => messageIdOf(context, number)),
    ],
  )
}

/** How many messages are in which state, with the reason where there is one: `{ 'sent': 3, 'failed bounced': 1 }`. */
export async function statesOf(context: Context, way?: 'email' | 'sms'): Promise<Record<string, number>> {
  const { rows } = await context.database.pool.query<{ state: string; count: number }>(
    `select concat_ws(' ', state, reason) as state, count(*)::int as count from message where $1::text is null or way = $1 group by 1 order by 1`,
    [way ?? null],
  )
  return Object.fromEntries(rows.map((row) => [row.state, row.count]))
}

/** A few messages that did not arrive, of every kind, and a way that is away: what the administrator's page shows. */
export async function unreachedMessages(context: Context): Promise<void> {
  const { pool } = context.database
  await ready(context, { count: 3 })
  await ready(context, { way: 'sms', count: 3 })
  await pool.query(
    `update message set state = 'failed', handed_at = due_at, reason = case id % 3 when 0 then 'bounced' when 1 then 'gave-up' else 'refused-by-recipient' end
     where kind = 'test' and state = 'queued' and way = 'email'`,
  )
  await pool.query(
    `update message set state = 'uncertain', handed_at = due_at, reason = 'uncertain' where kind = 'test' and state = 'queued' and way = 'sms'`,
  )
  const now = context.clock.now()
  await pool.query(
    `insert into message_circuit (way, failures, since, try_at, fault) values ('sms', 7, $1, $2, 'ECONNREFUSED') on conflict (way) do nothing`,
    [now.subtract({ hours: 1 }), now.add({ minutes: 5 })],
  )
}
