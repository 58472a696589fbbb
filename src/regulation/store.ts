/**
 * All SQL of the slice: the rule book read whole into memory, and acts written as an import gives
 * them. What was entered once keeps the moment of its first entry.
 */
import type { Context } from '../platform/context.js'
import { transaction, type Database, type Queryable } from '../platform/database.js'
import type { FieldError } from '../platform/decision.js'
import { bookFrom, checkActs, checkPlaces, type ActsDocument, type KnownPlaces } from './document.js'
import type { Act, Condition, Provision, Rank, Rule, RuleBook, Scope } from './model.js'

const books = new WeakMap<Context, Promise<RuleBook>>()

/** The rule book; read again after the topic `regulation` changes. */
export function ruleBook(context: Context): Promise<RuleBook> {
  let book = books.get(context)
  if (book === undefined) {
    if (!watched.has(context)) {
      watched.add(context)
      context.changes.subscribe('regulation', () => books.delete(context))
    }
    book = loadBook(context.database.pool)
    books.set(context, book)
    // A failed reading is not kept: the next caller tries again.
    book.catch(() => books.delete(context))
  }
  return book
}

const watched = new WeakSet<Context>()

/**
 * Checks and writes an acts file. Errors name their place and nothing is written; an empty list
 * means done. The caller publishes `regulation`.
 */
export async function importActs(database: Database, document: unknown, now: Temporal.Instant): Promise<readonly FieldError[]> {
  const errors = checkActs(document)
  if (errors.length > 0) return errors
  const acts = document as ActsDocument
  const places = await knownPlaces(database.pool)
  const strangers = checkPlaces(acts, places)
  if (strangers.length > 0) return strangers
  const book = bookFrom(acts, now)
  await transaction(database, (client) => writeBook(client, book))
  return []
}

/** Ids a scope may name; null while no office is there to compare with. */
async function knownPlaces(client: Queryable): Promise<KnownPlaces | null> {
  const { rows } = await client.query<{ kind: keyof KnownPlaces; id: string }>(
    `select 'building' as kind, id from building union all select 'room', id from room
     union all select 'unit', id from unit union all select 'service', id from service`,
  )
  if (rows.length === 0) return null
  const of = (kind: keyof KnownPlaces): ReadonlySet<string> => new Set(rows.filter((row) => row.kind === kind).map((row) => row.id))
  return { building: of('building'), room: of('room'), unit: of('unit'), service: of('service') }
}

async function loadBook(client: Queryable): Promise<RuleBook> {
  const [acts, conditions, provisions] = await Promise.all([
    client.query<ActRow>('select id, rank, signed_on, from_day, until_day, condition_id, entered_at, facts from act order by id'),
    client.query<ConditionRow>('select id, facts, from_day, until_day from condition order by id'),
    client.query<ProvisionRow>(
      'select id, act_id, reference, kind, binding, scope, parameters, from_day, until_day, condition_id from provision order by id',
    ),
  ])
  return {
    acts: acts.rows.map((row) => ({
      id: row.id,
      rank: row.rank,
      signedOn: row.signed_on,
      from: row.from_day,
      until: row.until_day,
      conditionId: row.condition_id,
      enteredAt: row.entered_at,
      ...row.facts,
    })),
    conditions: conditions.rows.map((row) => ({ id: row.id, from: row.from_day, until: row.until_day, ...row.facts })),
    provisions: provisions.rows.map((row): Provision => ({
      ...({ kind: row.kind, parameters: row.parameters } as unknown as Rule),
      id: row.id,
      actId: row.act_id,
      reference: row.reference,
      binding: row.binding,
      scope: row.scope,
      from: row.from_day,
      until: row.until_day,
      conditionId: row.condition_id,
    })),
  }
}

async function writeBook(client: Queryable, book: RuleBook): Promise<void> {
  for (const each of book.conditions) {
    await client.query(
      `insert into condition (id, facts, from_day, until_day) values ($1, $2, $3, $4)
       on conflict (id) do update set facts = excluded.facts, from_day = excluded.from_day, until_day = excluded.until_day`,
      [each.id, JSON.stringify({ title: each.title, source: each.source } satisfies ConditionFacts), each.from, each.until],
    )
  }
  for (const each of book.acts) {
    await client.query(
      `insert into act (id, rank, signed_on, from_day, until_day, condition_id, entered_at, facts) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (id) do update set rank = excluded.rank, signed_on = excluded.signed_on, from_day = excluded.from_day,
         until_day = excluded.until_day, condition_id = excluded.condition_id, facts = excluded.facts`,
      [each.id, each.rank, each.signedOn, each.from, each.until, each.conditionId, each.enteredAt, JSON.stringify(factsOf(each))],
    )
  }
  await client.query('delete from provision where act_id = any($1::text[])', [book.acts.map((each) => each.id)])
  for (const each of book.provisions) {
    await client.query(
      `insert into provision (id, act_id, reference, kind, binding, scope, parameters, from_day, until_day, condition_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        each.id,
        each.actId,
        each.reference,
        each.kind,
        each.binding,
        JSON.stringify(each.scope),
        JSON.stringify(each.parameters),
        each.from,
        each.until,
        each.conditionId,
      ],
    )
  }
}

function factsOf(act: Act): ActFacts {
  const { number, title, issuer, repeals, upholds, legalBasis, publication, executors, textHeld, assumed, source } = act
  return { number, title, issuer, repeals, upholds, legalBasis, publication, executors, textHeld, assumed, source }
}

type ActFacts = Omit<Act, 'id' | 'rank' | 'signedOn' | 'from' | 'until' | 'conditionId' | 'enteredAt'>
type ConditionFacts = Pick<Condition, 'title' | 'source'>

interface ActRow {
  readonly id: string
  readonly rank: Rank
  readonly signed_on: Temporal.PlainDate | null
  readonly from_day: Temporal.PlainDate | null
  readonly until_day: Temporal.PlainDate | null
  readonly condition_id: string | null
  readonly entered_at: Temporal.Instant
  readonly facts: ActFacts
}

interface ConditionRow {
  readonly id: string
  readonly facts: ConditionFacts
  readonly from_day: Temporal.PlainDate | null
  readonly until_day: Temporal.PlainDate | null
}

interface ProvisionRow {
  readonly id: string
  readonly act_id: string
  readonly reference: string
  readonly kind: string
  readonly binding: boolean
  readonly scope: Scope
  readonly parameters: unknown
  readonly from_day: Temporal.PlainDate | null
  readonly until_day: Temporal.PlainDate | null
  readonly condition_id: string | null
}
