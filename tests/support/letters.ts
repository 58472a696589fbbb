/** Messages as their composers make them of the outbox, without anything being sent. */
import { composers } from '../../src/composers.js'
import { directory } from '../../src/directory/index.js'
import { tell } from '../../src/messages/deliveries.js'
import type { Letter, Message, Payload } from '../../src/messages/index.js'
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
    const message = (await composers[kind]?.(pool, payload, facts)) ?? null
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
