/**
 * Gathers what the decision needs and asks it: the visit by pass or reference, the law and the
 * office in memory, the minute.
 */
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import type { Decision } from '../platform/decision.js'
import { directory, type Directory } from '../directory/index.js'
import { ruleBook, type RuleBook } from '../regulation/index.js'
import { findVisit, findVisitById, type Visit } from '../visit/index.js'
import { mayEnter } from './may-enter.js'
import type { Purpose } from './model.js'
import { parseScan, type Scan } from './rules.js'

export interface World {
  readonly book: RuleBook
  readonly office: Directory
}

export async function world(context: Context): Promise<World> {
  const [book, office] = await Promise.all([ruleBook(context), directory(context)])
  return { book, office }
}

/** A visit as it was named at the door; null when nothing is known under that name. */
export async function visitOfScan(client: Queryable, scan: Scan): Promise<Visit | null> {
  switch (scan.kind) {
    case 'pass':
      return findVisitById(client, scan.visitId)
    case 'reference':
      return findVisit(client, scan.reference)
    case 'surname':
    case 'unreadable':
      return null
  }
}

export function scanOf(context: Context, typed: string): Scan {
  return parseScan(typed, context.secrets)
}

export interface Question {
  readonly buildingId: string
  readonly purpose: Purpose
  readonly visit: Visit | null
  readonly at: Temporal.Instant
}

/** What regulation says of this person at this door at this minute. */
export function decide({ book, office }: World, { buildingId, purpose, visit, at }: Question): Decision {
  return mayEnter(book, office, { buildingId, purpose, at, visit })
}
