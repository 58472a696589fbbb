/** Messages as their composers make them of the outbox, without anything being sent. */
import { composers } from '../../src/composers.js'
import { directory } from '../../src/directory/index.js'
import { tell } from '../../src/messages/deliveries.js'
import type { Letter, Message, Payload } from '../../src/messages/index.js'
import { inTheOfficesWords, wordings } from '../../src/messages/templates/wording.js'
import { render, reveal } from '../../src/messages/render.js'
import type { Context } from '../../src/platform/context.js'
import { inLanguage } from '../../src/ui/index.js'

export interface Composed {
  readonly kind: string
  /** Null: there was nothing to say. */
  readonly message: Message | null
  readonly letter: Letter | null
}

/** Takes every row somebody composes from the outbox, oldest first, and composes it. */
export async function composed(context: Context, kinds: readonly string[] = Object.keys(composers)): Promise<readonly Composed[]> {
  const { pool } = context.database
  const facts = { now: context.clock.now(), office: await directory(context) }
  const { rows } = await pool.query<{ id: number; kind: string; payload: Payload; at: Temporal.Instant }>(
    'with taken as (delete from outbox where kind = any($1) returning *) select * from taken order by id',
    [kinds],
  )
  const all: Composed[] = []
  for (const { id, kind, payload, at } of rows) {
    const made = (await composers[kind]?.(pool, payload, facts)) ?? null
    const message = made === null ? null : inTheOfficesWords(made, await wordings(context))
    all.push({ kind, message, letter: message === null ? null : letterFrom(context, message, id, at) })
  }
  return all
}

/** A message as its person reads it. */
export function letterFrom(context: Context, message: Message, id: number, at: Temporal.Instant): Letter {
  const { to, language } = message
  return {
    id,
    at,
    language,
    to,
    ...reveal(
      render(message),
      (secret) => tell(context, secret, language),
      (path) => context.publicUrl + inLanguage(path, language),
    ),
  }
}

/**
 * A message about a visit that ended so, as the sender leaves it. Given as a record: columns the
 * table has not are left out, so that only what is meant here is named.
 */
export async function endedMessage(context: Context, visitId: number, state: 'sent' | 'failed', kind = 'visit-booked'): Promise<number> {
  const now = context.clock.now().toString()
  const { rows } = await context.database.pool.query<{ id: number }>(
    `insert into message overriding system value
     select (jsonb_populate_record(null::message, $1 || jsonb_build_object('id', n, 'outbox_id', -n))).*
     from nextval(pg_get_serial_sequence('message', 'id')) as n returning id`,
    [
      JSON.stringify({
        at: now,
        kind,
        visit_id: visitId,
        language: 'pl',
        email: 'nie-ma@example.pl',
        content: { subject: '', lines: [], links: [], secrets: [] },
        way: 'email',
        state,
        reason: state === 'failed' ? 'bounced' : null,
        tries: 1,
        resent: 0,
        at_once: false,
        due_at: now,
        handed_at: now,
        erase_on: '2020-06-10',
      }),
    ],
  )
  return (rows[0] as { id: number }).id
}
