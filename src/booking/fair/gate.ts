/**
 * Who may keep a time: whoever's browser worked for it, and while it is calm a few of each matter
 * without. What a solved challenge pays for is one hold: the hold's own statement writes the
 * challenge's name as its key, so that the database sees to it that it pays once.
 */
import { randomBytes } from 'node:crypto'
import { machineClock } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { refuse, setting } from '../../platform/decision.js'
import { commandHash, keepAnswer } from '../../platform/idempotency.js'
import { brokenConstraint } from '../../platform/database.js'
import { directory, type OfficeSettings } from '../../directory/index.js'
import { bookingChannels, ruleBook, waysToBook } from '../../regulation/index.js'
import { findVisit } from '../../visit/index.js'
import { book, hold } from '../actions.js'
import type { BookCommand, HoldCommand, Outcome } from '../model.js'
import { offersContactCheck } from './contact.js'
import { countAttempt, loadOf } from './load.js'
import { challengeOf, hashesFor, isCalm, readProof, type Challenge } from './proof.js'
import { claimPlace, freePlace, namePlace } from './store.js'

/** The longest solution a form or a body may send, in characters. */
export const proofCharactersMax = 1_000

const nowSeconds = (): number => Math.floor(machineClock.now().epochMilliseconds / 1_000)

/** A challenge as dear as the moment asks. */
export async function newChallenge(context: Context): Promise<Challenge> {
  const { settings } = (await directory(context)).office
  const random = randomBytes(16)
  const part = random.readUInt32BE(12) / 2 ** 32
  return challengeOf(context.secrets, hashesFor(loadOf(context), settings['proof-hashes-max']), nowSeconds(), {
    salt: random.subarray(0, 12).toString('hex'),
    part,
  })
}

/** Places of one matter for holds without proof at a time. */
export function quotaWithoutProof(settings: Pick<OfficeSettings, 'holds-without-proof'>, calm: boolean): number {
  return calm ? settings['holds-without-proof'] : Math.floor(settings['holds-without-proof'] / 3)
}

/** Keeps a time for a browser that sends its proof, or none; `contact`: one it has shown to be its own. */
export async function holdFairly(context: Context, command: HoldCommand, proof: string, contact: string | null = null): Promise<Outcome> {
  countAttempt(context)
  const key = readProof(context.secrets, proof, nowSeconds())
  if (key !== null) {
    const outcome = await hold(context, { ...command, key })
    // Spent on another time: as good as none.
    if (outcome.code !== 'key-reused') return outcome
  }
  return withoutProof(context, command, 'hold-minutes-max', () => hold(context, command), contact)
}

/** Books at once for a caller who is not signed in: the same rule as for a hold. */
export async function bookFairly(context: Context, command: BookCommand, proof: string): Promise<Outcome> {
  countAttempt(context)
  const key = readProof(context.secrets, proof, nowSeconds())
  if (key !== null && (await spend(context, key, command))) return book(context, command)
  return withoutProof(context, command, 'hold-minutes', () => book(context, command))
}

/** Writes that a challenge is used for this command; false when it was used for another. */
async function spend(context: Context, key: string, command: BookCommand): Promise<boolean> {
  const { pool } = context.database
  const hash = commandHash('prove', { key: command.key })
  try {
    await keepAnswer(pool, key, hash, { status: 200, answer: {} }, context.clock.now())
    return true
  } catch (error) {
    if (brokenConstraint(error) !== 'idempotency_key_pkey') throw error
    const { rows } = await pool.query<{ body_hash: Buffer }>('select body_hash from idempotency_key where key = $1', [key])
    return rows[0]?.body_hash.equals(hash) === true
  }
}

async function withoutProof(
  context: Context,
  { serviceId }: Pick<HoldCommand, 'serviceId'>,
  kept: 'hold-minutes' | 'hold-minutes-max',
  take: () => Promise<Outcome>,
  contact: string | null = null,
): Promise<Outcome> {
  const { pool } = context.database
  const now = context.clock.now()
  const office = await directory(context)
  const { settings } = office.office
  const quota = quotaWithoutProof(settings, isCalm(loadOf(context)))
  const until = now.add({ minutes: settings[kept] })
  // Who has shown a contact has a place of his own, one at a time.
  const own = contact === null ? null : await claimPlace(pool, { serviceId: `contact ${contact}`, quota: 1, now, until })
  const of = own === null ? serviceId : `contact ${contact}`
  const place = own ?? (await claimPlace(pool, { serviceId, quota, now, until }))
  if (place === null) {
    const service = office.services.get(serviceId)
    const { channels } = bookingChannels(await ruleBook(context), office, serviceId, now)
    const ways = service === undefined ? [] : waysToBook(office, service, channels)
    const confirm = offersContactCheck(context) ? [{ kind: 'confirm-contact', href: `/sprawy/${serviceId}/kontakt` }] : []
    return refuse('proof-needed', [setting('holds-without-proof')], [...confirm, { kind: 'try-again' }, ...ways])
  }
  const outcome = await take().catch(async (fault: unknown) => {
    await freePlace(pool, of, place, now)
    throw fault
  })
  if (!outcome.allowed || outcome.repeated) await freePlace(pool, of, place, now)
  else if (outcome.state === 'held') await namePlace(pool, of, place, outcome.reference)
  return outcome
}

/** Holds of a browser that live, of those it may open, but for one matter, whose hold a new one replaces. */
export async function livingHolds(context: Context, references: readonly string[], butFor: string): Promise<readonly string[]> {
  const now = context.clock.now()
  const living: string[] = []
  for (const reference of references) {
    const visit = await findVisit(context.database.pool, reference)
    if (visit?.state !== 'held' || visit.serviceId === butFor || visit.heldUntil === null) continue
    if (Temporal.Instant.compare(now, visit.heldUntil) < 0) living.push(reference)
  }
  return living
}
