/**
 * Hands over what is due, at least once and noted: claimed in one statement, said to the other side
 * with no transaction open, noted. Whoever dies between the other side's acceptance and the note
 * leaves a message in `sending`; once its time is up an e-mail is sent again under the same
 * Message-ID, an SMS is uncertain and is not.
 *
 * What waited for the morning, was put off or is sent again by somebody is looked at once more before
 * it leaves: of a visit moved, cancelled or lapsed since, only what says so goes out.
 *
 * A way whose other side is away is closed for a while (`message_circuit`), then one message tries
 * it: messages wait in the queue and cost nothing, and the other way goes on.
 */
import { machineClock, type Clock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { directory, type Office } from '../directory/index.js'
import { letterOf } from './letter.js'
import type { Delivery, Handed } from './model.js'
import { messageIdOf, smsReference } from './names.js'
import { failuresToOpen, isTooLate, leavesAt, openFor, quietHours, triesMax, waitAfter, type QuietHours } from './rules.js'
import {
  claimDue,
  closeUntil,
  dropLate,
  noteAccepted,
  noteAway,
  noteBack,
  noteEnded,
  putOff,
  stateOfWay,
  takeAbandoned,
  takeTrial,
  type Accepted,
  type ClaimedRow,
  type Held,
} from './sending-store.js'
import type { MessageRow } from './store.js'

/** Longest one message is worked on before its end is unknown. */
export const deliverMost = Temporal.Duration.from({ seconds: 45 })
/** Claimed at once by one of those who send side by side: what is not begun in time goes back. */
const claimedAtOnce = 5

/** Steps of sending one message, in their order: a test stops the process at each. */
export const sendingSteps = ['claimed', 'handing', 'accepted', 'noted'] as const
export type SendingStep = (typeof sendingSteps)[number]

export interface Sending {
  /** By it whoever sends is taken for dead: the office's clock is moved in a demonstration, which lengthens no conversation. */
  readonly machine?: Clock
  /** How long whoever claims a message has it. */
  readonly lease?: Temporal.Duration
  /** The program stops: nothing more is begun, and what is claimed goes back. */
  readonly stopping?: () => boolean
  /** Told of each step. */
  readonly at?: (step: SendingStep) => void
}

const usual: Required<Sending> = {
  machine: machineClock,
  lease: Temporal.Duration.from({ minutes: 3 }),
  stopping: () => false,
  at: () => undefined,
}

/** Hands over what is due by one way until nothing is, or the other side is away. */
export async function sendDue(context: Context, delivery: Delivery, sending: Sending = {}): Promise<void> {
  const { pool } = context.database
  const how = { ...usual, ...sending }
  const { way, repeatable } = delivery
  const now = context.clock.now()
  const state = await stateOfWay(pool, way, now, how.machine.now())
  if (state.late) await dropLate(pool, now)
  if (state.abandoned) await takeAbandoned(pool, way, repeatable, now, how.machine.now())
  if (!state.due && !state.abandoned) return
  const { office } = await directory(context)
  const run: Run = {
    context,
    delivery,
    office,
    quiet: quietHours(office.settings),
    how,
    note: noter((accepted) => noteAccepted(pool, accepted, context.clock.now())),
    troubled: state.failures > 0,
    away: false,
  }
  if (state.failures >= failuresToOpen) {
    // Until the trial has ended, nobody else begins one.
    if (!(await takeTrial(pool, way, now, now.add(openFor(state.failures, context.random()))))) return
    await sendSome(run, 1)
    if (run.troubled) return
  }
  await Promise.all(Array.from({ length: delivery.parallel }, () => sendAll(run)))
}

interface Run {
  readonly context: Context
  readonly delivery: Delivery
  readonly office: Office
  readonly quiet: QuietHours
  readonly how: Required<Sending>
  readonly note: (accepted: Accepted) => Promise<void>
  /** The other side was away, and has not answered since. */
  troubled: boolean
  /** So often that nobody goes on. */
  away: boolean
}

async function sendAll(run: Run): Promise<void> {
  // What cannot be said twice is claimed one by one: of one that is claimed nobody knows whether it was begun.
  const most = run.delivery.repeatable ? claimedAtOnce : 1
  while (!run.away && !run.how.stopping() && (await sendSome(run, most)) > 0);
}

async function sendSome(run: Run, most: number): Promise<number> {
  const { context, delivery, how } = run
  const until = how.machine.now().add(how.lease)
  const rows = await claimDue(context.database.pool, delivery.way, most, context.clock.now(), until)
  if (rows.length > 0) how.at('claimed')
  const notes: Promise<void>[] = []
  try {
    for (const row of rows) await sendOne(run, row, { id: row.id, until }, notes)
  } finally {
    await Promise.all(notes)
  }
  return rows.length
}

/** Sends one; that it was accepted is noted while the next is sent, and awaited before more are claimed. */
async function sendOne(run: Run, row: ClaimedRow, held: Held, notes: Promise<void>[]): Promise<void> {
  const { context, delivery, how } = run
  const { pool } = context.database
  const now = context.clock.now()
  const timing = { way: row.way, atOnce: row.at_once, usefulUntil: row.useful_until }
  if (row.overtaken) return noteEnded(pool, held, 'dropped', 'nothing-to-say', now)
  if (isTooLate(timing, now)) return noteEnded(pool, held, 'dropped', 'too-late', now)
  const from = leavesAt(timing, now, run.quiet)
  const hasTime = Temporal.Instant.compare(how.machine.now().add(deliverMost), held.until) <= 0
  if (run.away || how.stopping() || !hasTime || Temporal.Instant.compare(from, now) > 0) return putOff(pool, held, from, false)
  const letter = letterOf(context, row)
  if (letter === null) return noteEnded(pool, held, 'failed', 'erased', now)
  how.at('handing')
  const outgoing = { ...letter, messageId: messageIdOf(context, row.outbox_id), reference: smsReference(context, row.id, row.resent) }
  const handed = await withinTime(delivery.deliver(outgoing, run.office))
  if (handed.how === 'accepted') {
    how.at('accepted')
    const note = run.note({ id: row.id, providerId: handed.providerId }).then(() => how.at('noted'))
    // Heard of where it is awaited, which may be later.
    note.catch(() => undefined)
    notes.push(note)
  } else {
    context.log.warn({ message: row.id, delivery: delivery.name, how: handed.how, fault: handed.fault }, 'a message was not accepted')
    await noteNotAccepted(run, row, held, handed)
  }
  await noteOtherSide(run, handed)
}

async function noteNotAccepted(run: Run, row: MessageRow, held: Held, handed: Exclude<Handed, { how: 'accepted' }>): Promise<void> {
  const { context, delivery } = run
  const { pool } = context.database
  const now = context.clock.now()
  if (handed.how === 'refused') return noteEnded(pool, held, 'failed', handed.reason, now)
  if (handed.how === 'unknown' && !delivery.repeatable) return noteEnded(pool, held, 'uncertain', 'uncertain', now)
  // That nobody is there is not the message's fault: it waits as long as it takes.
  const inVain = handed.how !== 'away'
  const tries = row.tries + (inVain ? 1 : 0)
  if (tries >= triesMax) return noteEnded(pool, held, 'failed', 'gave-up', now)
  const again = now.add(waitAfter(Math.max(1, tries), context.random()))
  return putOff(pool, held, leavesAt({ way: row.way, atOnce: row.at_once, usefulUntil: row.useful_until }, again, run.quiet), inVain)
}

/** What the end of one message says of the other side. */
async function noteOtherSide(run: Run, { how, ...handed }: Handed): Promise<void> {
  const { context, delivery } = run
  const { pool } = context.database
  if (how === 'away' || how === 'unknown') {
    const now = context.clock.now()
    const failures = await noteAway(pool, delivery.way, 'fault' in handed ? handed.fault : how, now)
    run.troubled = true
    if (failures < failuresToOpen) return
    run.away = true
    await closeUntil(pool, delivery.way, now.add(openFor(failures, context.random())))
  } else if (run.troubled) {
    run.troubled = false
    await noteBack(pool, delivery.way)
  }
}

/** Notes what is accepted while the last note is written in one with the next: a note waits for the disk, an acceptance does not. */
function noter(write: (accepted: readonly Accepted[]) => Promise<void>): (accepted: Accepted) => Promise<void> {
  let waiting: Accepted[] = []
  let next: Promise<void> | null = null
  let last: Promise<unknown> = Promise.resolve()
  return (accepted) => {
    waiting.push(accepted)
    next ??= last.then(() => {
      const now = waiting
      waiting = []
      next = null
      const written = write(now)
      last = written.catch(() => undefined)
      return written
    })
    return next
  }
}

/** The end of a handing over; one that does not end in time is unknown, a fault of ours is the message's. */
async function withinTime(work: Promise<Handed>): Promise<Handed> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Handed>((resolve) => {
    timer = setTimeout(() => resolve({ how: 'unknown', fault: 'ETOOLONG' }), deliverMost.total('milliseconds'))
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    return { how: 'later', fault: (error as Error).name }
  } finally {
    clearTimeout(timer)
  }
}
