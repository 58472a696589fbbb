/**
 * All SQL of the slice: the rule book read whole into memory, and acts written as an import gives
 * them. An import only appends: what changed becomes a new version, entered at that moment, and the
 * one before stays, so that what was known at any moment can be asked for ever.
 */
import { loadSpecialDays } from '../directory/index.js'
import { transaction, type Database, type Queryable } from '../platform/database.js'
import type { FieldError } from '../platform/decision.js'
import { remembered } from '../platform/remembered.js'
import { bookFrom, checkActs, checkPlaces, type ActsDocument, type KnownPlaces } from './document.js'
import type { Act, Condition, Law, Provision, Rank, Replaced, Rule, RuleBook, Scope } from './model.js'

/** The rule book; read again after a hint on `regulation`. */
export const ruleBook = remembered('regulation', ({ database }) => readBook(database.pool))

/**
 * Checks and writes an acts file. Errors name their place and nothing is written; an empty list
 * means done. The caller publishes `regulation`.
 */
export async function importActs(database: Database, document: unknown, now: Temporal.Instant): Promise<readonly FieldError[]> {
  return transaction(database, (client) => enterActs(client, document, now))
}

/** The same in the transaction of the caller, for what is to become law together with something else. */
export async function enterActs(client: Queryable, document: unknown, now: Temporal.Instant): Promise<readonly FieldError[]> {
  const errors = await actsProblems(client, document)
  if (errors.length === 0) await writeChanges(client, document as ActsDocument, now)
  return errors
}

/** What is wrong with an acts file for this office, each with its place. */
export async function actsProblems(client: Queryable, document: unknown): Promise<readonly FieldError[]> {
  const errors = checkActs(document)
  return errors.length > 0 ? errors : checkPlaces(document as ActsDocument, await knownPlaces(client))
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

export async function readBook(client: Queryable): Promise<RuleBook> {
  // One after the other: the client may be that of a transaction.
  const acts = await client.query<ActRow>(
    `select version, id, rank, signed_on, from_day, until_day, condition_id, entered_at, superseded_at, facts
     from act order by id, version`,
  )
  const conditions = await client.query<ConditionRow>(
    'select id, facts, from_day, until_day, entered_at, superseded_at from condition order by id, version',
  )
  const provisions = await client.query<ProvisionRow>(
    `select act_version, provision.id, act.id as act_id, reference, kind, binding, scope, parameters, provision.from_day,
       provision.until_day, provision.condition_id, assumed
     from provision join act on act.version = act_version order by provision.id, act_version`,
  )
  const rules = Map.groupBy(provisions.rows, (row) => row.act_version)
  const versions = [
    ...acts.rows.map((row) => ({
      supersededAt: row.superseded_at,
      acts: [actOf(row)],
      conditions: [],
      provisions: (rules.get(row.version) ?? []).map(provisionOf),
    })),
    ...conditions.rows.map((row) => ({ supersededAt: row.superseded_at, acts: [], conditions: [conditionOf(row)], provisions: [] })),
  ]
  const newest = versions.filter(({ supersededAt }) => supersededAt === null)
  return {
    acts: newest.flatMap((each) => each.acts),
    conditions: newest.flatMap((each) => each.conditions),
    provisions: newest.flatMap((each) => each.provisions),
    replaced: versions.filter((each): each is typeof each & Replaced => each.supersededAt !== null),
    specialDays: await loadSpecialDays(client),
  }
}

/** Whoever changes the law comes after whoever is at it, and compares with what that one wrote. */
export async function lockActs(client: Queryable): Promise<void> {
  await client.query('lock table act in share row exclusive mode')
}

/** Writes a new version of every act and condition of the file that says something else than the newest one held. */
async function writeChanges(client: Queryable, document: ActsDocument, now: Temporal.Instant): Promise<void> {
  await lockActs(client)
  const held = await readBook(client)
  const given = bookFrom(document, now)
  const before = contents(held)
  const after = contents(given)
  for (const each of given.conditions) {
    if (before.conditions.get(each.id) === after.conditions.get(each.id)) continue
    await writeCondition(client, each, momentAfter(held.conditions, each.id, now))
  }
  for (const each of given.acts) {
    if (before.acts.get(each.id) === after.acts.get(each.id)) continue
    const rules = given.provisions.filter((provision) => provision.actId === each.id)
    await writeAct(client, each, rules, momentAfter(held.acts, each.id, now))
  }
}

/** A version is never entered before the one it replaces, should a clock have been put back. */
function momentAfter(
  held: readonly { readonly id: string; readonly enteredAt: Temporal.Instant }[],
  id: string,
  now: Temporal.Instant,
): Temporal.Instant {
  const before = held.find((each) => each.id === id)?.enteredAt ?? now
  return Temporal.Instant.compare(before, now) > 0 ? before : now
}

/** What each act (with its provisions) and condition says, as text to compare; when it was entered is no part of it. */
function contents(law: Law): { readonly acts: ReadonlyMap<string, string>; readonly conditions: ReadonlyMap<string, string> } {
  const rules = Map.groupBy(law.provisions, (provision) => provision.actId)
  return {
    acts: new Map(
      law.acts.map((act) => [
        act.id,
        inOrder({ ...act, enteredAt: null, provisions: (rules.get(act.id) ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1)) }),
      ]),
    ),
    conditions: new Map(law.conditions.map((each) => [each.id, inOrder({ ...each, enteredAt: null })])),
  }
}

/** JSON with the names of every object in order: PostgreSQL keeps its own. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}

async function writeCondition(client: Queryable, each: Condition, at: Temporal.Instant): Promise<void> {
  await client.query('update condition set superseded_at = $2 where id = $1 and superseded_at is null', [each.id, at])
  await client.query('insert into condition (id, facts, from_day, until_day, entered_at) values ($1, $2, $3, $4, $5)', [
    each.id,
    JSON.stringify({ title: each.title, source: each.source } satisfies ConditionFacts),
    each.from,
    each.until,
    at,
  ])
}

async function writeAct(client: Queryable, act: Act, provisions: readonly Provision[], at: Temporal.Instant): Promise<void> {
  await client.query('update act set superseded_at = $2 where id = $1 and superseded_at is null', [act.id, at])
  const { rows } = await client.query<{ version: string }>(
    `insert into act (id, rank, signed_on, from_day, until_day, condition_id, entered_at, facts)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning version`,
    [act.id, act.rank, act.signedOn, act.from, act.until, act.conditionId, at, JSON.stringify(factsOf(act))],
  )
  for (const each of provisions) {
    await client.query(
      `insert into provision (act_version, id, reference, kind, binding, scope, parameters, from_day, until_day, condition_id, assumed)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        rows[0]?.version,
        each.id,
        each.reference,
        each.kind,
        each.binding,
        JSON.stringify(each.scope),
        JSON.stringify(each.parameters),
        each.from,
        each.until,
        each.conditionId,
        JSON.stringify(each.assumed),
      ],
    )
  }
}

function actOf(row: ActRow): Act {
  return {
    id: row.id,
    rank: row.rank,
    signedOn: row.signed_on,
    from: row.from_day,
    until: row.until_day,
    conditionId: row.condition_id,
    enteredAt: row.entered_at,
    ...row.facts,
  }
}

function conditionOf(row: ConditionRow): Condition {
  return { id: row.id, from: row.from_day, until: row.until_day, enteredAt: row.entered_at, ...row.facts }
}

function provisionOf(row: ProvisionRow): Provision {
  return {
    ...({ kind: row.kind, parameters: row.parameters } as unknown as Rule),
    id: row.id,
    actId: row.act_id,
    reference: row.reference,
    binding: row.binding,
    scope: row.scope,
    from: row.from_day,
    until: row.until_day,
    conditionId: row.condition_id,
    assumed: row.assumed,
  }
}

function factsOf(act: Act): ActFacts {
  const { number, title, issuer, repeals, upholds, legalBasis, publication, executors, textHeld, assumed, source } = act
  return { number, title, issuer, repeals, upholds, legalBasis, publication, executors, textHeld, assumed, source }
}

type ActFacts = Omit<Act, 'id' | 'rank' | 'signedOn' | 'from' | 'until' | 'conditionId' | 'enteredAt'>
type ConditionFacts = Pick<Condition, 'title' | 'source'>

interface ActRow {
  readonly version: string
  readonly id: string
  readonly rank: Rank
  readonly signed_on: Temporal.PlainDate | null
  readonly from_day: Temporal.PlainDate | null
  readonly until_day: Temporal.PlainDate | null
  readonly condition_id: string | null
  readonly entered_at: Temporal.Instant
  readonly superseded_at: Temporal.Instant | null
  readonly facts: ActFacts
}

interface ConditionRow {
  readonly id: string
  readonly facts: ConditionFacts
  readonly from_day: Temporal.PlainDate | null
  readonly until_day: Temporal.PlainDate | null
  readonly entered_at: Temporal.Instant
  readonly superseded_at: Temporal.Instant | null
}

interface ProvisionRow {
  readonly act_version: string
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
  readonly assumed: readonly string[]
}
