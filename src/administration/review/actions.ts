/**
 * Deciding on a visit of the review list: kept with a reason, moved, or cancelled with a message. The outcome is
 * written in the transaction that changes the visit, so that whoever gets no message is never forgotten.
 */
import type { Context } from '../../platform/context.js'
import { transaction } from '../../platform/database.js'
import { officeDay } from '../../platform/clock.js'
import { boardsUnder, cancel, daysAheadMax, move, type Along, type Because, type Outcome } from '../../booking/index.js'
import { loadShifts } from '../../calendar/index.js'
import { directory } from '../../directory/index.js'
import { reaches } from '../../messages/index.js'
import { ruleBook } from '../../regulation/index.js'
import type { Staff } from '../../staff/index.js'
import { lockVisit, recordEvent, type Actor, type Visit } from '../../visit/index.js'
import type { CallResult, KeepReason, ReviewItem } from './model.js'
import { earliestOf, proposals } from './proposals.js'
import { insertAttempt, markVisit, settleItem, writeTold } from './store.js'

/** Somebody else decided on it first. */
class Meanwhile extends Error {}

function actor({ accountId }: Staff): Actor {
  return `account:${accountId}`
}

/**
 * Keeps the visit as it stands: the door lets it in, whatever the hours say by then. False, as of the others,
 * when somebody decided on it meanwhile: nothing is changed then.
 */
export async function keepVisit(context: Context, staff: Staff, item: ReviewItem, reason: KeepReason): Promise<boolean> {
  const at = context.clock.now()
  return transaction(context.database, async (client): Promise<boolean> => {
    const visit = await lockVisit(client, item.visit.reference)
    if (visit === null || isOther(visit, item) || (visit.state !== 'booked' && visit.state !== 'pending')) return false
    const kept = await settleItem(client, item.id, { outcome: 'kept', reason, at, by: staff.accountId, told: null })
    if (!kept) return false
    await markVisit(client, visit.id, 'kept')
    await recordEvent(client, { at, visitId: visit.id, kind: 'review-kept', actor: actor(staff), channel: 'counter', reason })
    return true
  })
}

/** Its owner moved it since it was put on the list: what is decided here is of another time. */
function isOther(visit: Visit, { startsAt }: ReviewItem): boolean {
  return !visit.startsAt.equals(startsAt)
}

/** Moves the visit; the person is told why, or is to be called. False also when the time was taken meanwhile. */
export async function moveVisit(context: Context, staff: Staff, item: ReviewItem, start: Temporal.Instant): Promise<boolean> {
  const command = { reference: item.visit.reference, start, actor: actor(staff), channel: 'counter', because: why(item) } as const
  return decided(context, staff, item, 'moved', (along) => move(context, command, along))
}

/** Cancels the visit; the person is told why, or is to be called. */
export async function cancelVisit(context: Context, staff: Staff, item: ReviewItem): Promise<boolean> {
  const command = {
    reference: item.visit.reference,
    actor: actor(staff),
    channel: 'counter',
    reason: 'office-closed',
    because: why(item),
  } as const
  return decided(context, staff, item, 'cancelled', (along) => cancel(context, command, along))
}

function why({ code, basis }: ReviewItem): Because {
  return { code, basis }
}

async function decided(
  context: Context,
  staff: Staff,
  item: ReviewItem,
  outcome: 'moved' | 'cancelled',
  change: (along: Along) => Promise<Outcome>,
): Promise<boolean> {
  const at = context.clock.now()
  const told = reaches(context, item.visit.person) ? 'message' : 'call'
  try {
    const changed = await change(async (client, before) => {
      if (isOther(before, item) || !(await settleItem(client, item.id, { outcome, at, by: staff.accountId, told }))) throw new Meanwhile()
      if (outcome === 'cancelled') await markVisit(client, item.visit.id, null)
    })
    return changed.allowed
  } catch (thrown) {
    if (thrown instanceof Meanwhile) return false
    throw thrown
  }
}

/** The nearest times for each of the visits, by the law and the office of now. */
export async function proposeTimes(
  context: Context,
  visits: readonly Visit[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<number, readonly Temporal.Instant[]>> {
  const [office, book, shifts] = await Promise.all([directory(context), ruleBook(context), loadShifts(context)])
  const today = officeDay(now)
  const last = today.add({ days: Math.min(office.office.settings['booking-horizon-days'], daysAheadMax) })
  const boards = await boardsUnder(context, { book, directory: office, shifts }, today, last, now)
  return proposals(office, boards, visits, earliestOf(visits, now))
}

/** Keeps what came of ringing somebody; told or given up, the person leaves the call list. */
export async function noteCall(context: Context, staff: Staff, item: ReviewItem, result: CallResult): Promise<void> {
  const at = context.clock.now()
  await transaction(context.database, async (client) => {
    await insertAttempt(client, { itemId: item.id, at, by: staff.accountId, result })
    if (result === 'told' || result === 'given-up') await writeTold(client, item.id, result === 'told' ? 'done' : 'given-up')
  })
}
