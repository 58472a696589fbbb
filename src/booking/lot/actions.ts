/**
 * Entering a draw and leaving it. An entry takes no time and holds nothing: it waits for the draw,
 * and takes part in it once its contact is shown to be the person's (confirm.ts).
 */
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import { transaction, type Queryable } from '../../platform/database.js'
import { refuse, type NextStep, type Refused } from '../../platform/decision.js'
import { commandHash, keepAnswer, keptAnswer } from '../../platform/idempotency.js'
import { newReference } from '../../platform/references.js'
import type { Language } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import { releaseOf, releaseStage, webDays, type ComingDay, type Release, type RuleBook } from '../../regulation/index.js'
import type { Person } from '../../visit/index.js'
import { reaches } from '../../messages/index.js'
import { contactsOf } from '../place.js'
import { bookable } from '../plan.js'
import { drawOf } from './drawn.js'
import type { Wish } from './rules.js'
import { insertPending } from './confirm-store.js'
import { findEntry, insertEntry, withdrawEntry } from './entry-store.js'
import type { Draw } from './store.js'

export type LotRefusal =
  | 'unknown-service'
  | 'lot-not-open'
  | 'lot-over'
  | 'lot-entered'
  | 'lot-wishes-missing'
  | 'contact-not-reached'
  | 'code-wrong'
  | 'code-tries'
  | 'codes-spent'
  | 'try-again'
  | 'key-reused'
  | 'unknown-entry'
  | 'entry-ended'

export interface EnterCommand {
  readonly serviceId: string
  /** In order; at least one. */
  readonly wishes: readonly Wish[]
  readonly person: Person
  /** UUID chosen by the caller. */
  readonly key: string
  readonly language?: Language
  /** The contact this browser showed to be its own a short time ago, as hexadecimal digits of its hash. */
  readonly shownContact?: string | null
}

export interface Entered {
  readonly allowed: true
  readonly code: 'entered'
  readonly reference: string
  /** Opens the entry to its owner; derived, never stored. */
  readonly secret: string
  /** The entry waits to be confirmed, at least until then; null: it takes part. */
  readonly confirmUntil: Temporal.Instant | null
}

export type EnterOutcome = Entered | Refused<LotRefusal>

/** Days whose entries are taken now, and their release; null while no draw is open for the matter. */
export function openLot(
  book: RuleBook,
  office: Directory,
  serviceId: string,
  now: Temporal.Instant,
): { readonly release: Release; readonly closesAt: Temporal.Instant; readonly days: readonly Temporal.PlainDate[] } | null {
  const open = webDays(book, office, serviceId, now).byLot.filter(({ release }) => releaseStage(release, now, false) === 'by-lot')
  const release = open[0]?.release
  if (release?.lotUntil == null) return null
  return { release, closesAt: release.lotUntil, days: open.filter((each) => isSameDraw(each, release)).map(({ day }) => day) }
}

function isSameDraw({ release }: ComingDay, other: Release): boolean {
  return release.provision === other.provision && Temporal.Instant.compare(release.at, other.at) === 0
}

/** The days a draw gives times of, for a matter. */
export function daysOfDraw(
  book: RuleBook,
  office: Directory,
  serviceId: string,
  draw: { readonly provisionId: string; readonly opensAt: Temporal.Instant },
): readonly Temporal.PlainDate[] {
  const first = officeDay(draw.opensAt)
  return Array.from({ length: 70 }, (_, ahead) => first.add({ days: ahead })).filter((day) => {
    const release = releaseOf(book, office, serviceId, day)
    return release?.provision === draw.provisionId && Temporal.Instant.compare(release.at, draw.opensAt) === 0
  })
}

/** Enters a draw that takes entries now: one entry per contact, whatever the matter. Sent twice it is one entry. */
export async function enterLot(context: Context, command: EnterCommand): Promise<EnterOutcome> {
  const now = context.clock.now()
  const { key, shownContact = null, ...body } = command
  const hash = commandHash('enter-lot', body)
  const kept = await keptEntry(context, context.database.pool, key, hash)
  if (kept !== null) return kept
  const found = await bookable(context, { serviceId: command.serviceId })
  if (found === null || found.service.dropOff) return refuse('unknown-service')
  const lot = openLot(found.book, found.directory, found.service.id, now)
  const times: readonly NextStep[] = [{ kind: 'free-times', href: `/sprawy/${found.service.id}/terminy` }]
  if (lot === null) return refuse('lot-not-open', [], times)
  if (command.wishes.length === 0) return refuse('lot-wishes-missing')
  const draw = await drawOf(context, lot.release, lot.closesAt, now)
  if (draw === null) return refuse('lot-not-open', [], times)
  const contacts = contactsOf(context, command.person)
  const until = confirmUntil(draw, contacts, shownContact)
  if (until !== null && !reaches(context, command.person)) return refuse('contact-not-reached')
  const last = lot.days.at(-1) ?? officeDay(now)
  const reference = newReference()
  const written = await transaction(context.database, async (client) => {
    const entry = {
      drawId: draw.id,
      reference,
      serviceId: found.service.id,
      wishes: command.wishes,
      person: command.person,
      language: command.language ?? 'pl',
      contacts,
      now,
      eraseOn: last.add({ days: found.settings['erase-after-days'] }),
    }
    const confirmedAt = draw.confirmUntil === null ? null : now
    const result = await (until === null ? insertEntry(client, { ...entry, confirmedAt }) : insertPending(client, entry))
    const answer = { reference, ...(until === null ? {} : { confirmUntil: until.toString() }) }
    if (result === 'made') await keepAnswer(client, key, hash, { status: 201, answer }, now)
    return result
  })
  if (written === 'made') return entered(context, reference, until)
  // The contact may have entered by this very command, sent twice.
  const again = await keptEntry(context, context.database.pool, key, hash)
  if (again !== null) return again
  return written === 'over' ? refuse('lot-over', lot.release.basis, times) : refuse('lot-entered', [], [])
}

async function keptEntry(context: Context, database: Queryable, key: string, hash: Buffer): Promise<EnterOutcome | null> {
  const kept = await keptAnswer(database, key, hash)
  if (kept === null) return null
  if (kept === 'reused') return refuse('key-reused')
  const until = kept.answer['confirmUntil']
  return entered(context, String(kept.answer['reference']), typeof until === 'string' ? Temporal.Instant.from(until) : null)
}

function entered(context: Context, reference: string, until: Temporal.Instant | null): Entered {
  return { allowed: true, code: 'entered', reference, secret: context.secrets.secretOf(reference), confirmUntil: until }
}

/** Until when the entry is to be confirmed; null where that is not asked, or the browser has just shown one of the contacts. */
function confirmUntil(draw: Draw, contacts: readonly Buffer[], shownContact: string | null): Temporal.Instant | null {
  return contacts.some((contact) => contact.toString('hex') === shownContact) ? null : draw.confirmUntil
}

/** Takes an entry back before the draw; its contact may then enter again. */
export async function withdraw(
  context: Context,
  reference: string,
): Promise<{ readonly allowed: true; readonly code: 'withdrawn' } | Refused<LotRefusal>> {
  const now = context.clock.now()
  return transaction(context.database, async (client) => {
    const entry = await findEntry(client, reference)
    if (entry === null) return refuse('unknown-entry')
    const gone = await withdrawEntry(client, entry, now)
    return gone ? { allowed: true as const, code: 'withdrawn' as const } : refuse('entry-ended')
  })
}
