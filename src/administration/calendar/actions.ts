/**
 * Changes of the plan, each one transaction: lock, compare with what was shown, write, and keep the
 * change in the history. Afterwards every process computes its openings anew, and booked visits that
 * do not fit any more go to the review list: none is cancelled.
 */
import type { Context } from '../../platform/context.js'
import { transaction, type Queryable } from '../../platform/database.js'
import {
  calendarTopic,
  deleteAbsence,
  deleteShift,
  readAbsence,
  readAbsences,
  readShifts,
  writeAbsence,
  writeShift,
  type Absence,
  type KeptShift,
  type Shift,
} from '../../calendar/index.js'
import {
  directory,
  recordOfficeChange,
  type Directory,
  type Thing,
  loadSpecialDays,
  lockSpecialDays,
  writeSpecialDay,
  type SpecialDayFacts,
} from '../../directory/index.js'
import type { Staff } from '../../staff/index.js'
import { reviewVisits } from '../review/index.js'
import { wrong, type Outcome } from './model.js'
import { changeSteps, endSteps, meeting, type ShiftStep } from './rules.js'
import { meetingDay } from './special.js'
import { lockPlan, lockPlannedDesk } from './store.js'
import { absenceThing, seenText, shiftThing, specialDayThing } from './things.js'

const gone: Outcome = { saved: false, why: 'gone' }
const conflict: Outcome = { saved: false, why: 'conflict' }
const saved: Outcome = { saved: true }

/** What all shifts of a desk look like: whoever changes one has seen the others. */
export function seenShifts(office: Directory, shifts: readonly KeptShift[], deskId: number): string {
  const desk = slugOf(office, deskId)
  return seenText(shifts.filter((each) => each.deskId === deskId).map((each) => shiftThing(desk, each)))
}

function slugOf(office: Directory, deskId: number): string {
  return office.desksById.get(deskId)?.slug ?? ''
}

export interface ShiftChange {
  readonly deskId: number
  /** The shift that is changed; null for one more. */
  readonly shiftId: number | null
  readonly seen: string
  /** The shift as it is to be, or the last day of the one there is. */
  readonly to: Shift | Temporal.PlainDate
}

/** Adds, changes or ends a shift. */
export async function changeShift(context: Context, staff: Staff, { deskId, shiftId, seen, to }: ShiftChange): Promise<Outcome> {
  const office = await directory(context)
  const desk = slugOf(office, deskId)
  return change(context, calendarTopic, async (client, now) => {
    if (!(await lockPlannedDesk(client, deskId, office.desksById.get(deskId)?.unitId))) return gone
    const held = await readShifts(client, deskId)
    const old = shiftId === null ? null : (held.find(({ id }) => id === shiftId) ?? null)
    if (shiftId !== null && old === null) return gone
    if (seen !== seenShifts(office, held, deskId)) return conflict
    const steps = stepsOf(old, to)
    const met = to instanceof Temporal.PlainDate ? null : meetingAfter(held, steps, to)
    if (met !== null) return { saved: false, why: 'wrong', errors: [wrong('od', 'meets')] }
    // A change from a day on is one save: it is taken back whole.
    let savedWith: number | undefined
    for (const { id, before, after } of steps) {
      const kept = after === null ? (await deleteShift(client, id ?? 0), id) : await writeShift(client, after, id)
      const entry = await recordOfficeChange(client, {
        ...(savedWith === undefined ? {} : { savedWith }),
        at: now,
        accountId: staff.accountId,
        part: 'shift',
        subject: String(kept),
        before: before === null ? null : { ...shiftThing(desk, before) },
        after: after === null ? null : { ...shiftThing(desk, after) },
      })
      savedWith ??= entry
    }
    return saved
  })
}

export function stepsOf(old: KeptShift | null, to: Shift | Temporal.PlainDate): readonly ShiftStep[] {
  if (!(to instanceof Temporal.PlainDate)) return changeSteps(old, to)
  return old === null ? [] : endSteps(old, to)
}

/** Another shift of the desk that would stand at the same time as the wanted one. */
export function meetingAfter(held: readonly KeptShift[], steps: readonly ShiftStep[], wanted: Shift): Shift | null {
  const touched = new Map(steps.map(({ id, after }) => [id, after]))
  return meeting(
    wanted,
    held.flatMap((each): Shift[] => {
      const after = touched.get(each.id)
      return after === undefined ? [each] : after === null || after === wanted ? [] : [after]
    }),
  )
}

export interface AbsenceChange {
  readonly deskId: number
  readonly absenceId: number | null
  readonly seen: string
  /** Null takes it back. */
  readonly to: Absence | null
}

/** Adds, changes or takes back an absence. */
export async function changeAbsence(context: Context, staff: Staff, { deskId, absenceId, seen, to }: AbsenceChange): Promise<Outcome> {
  const office = await directory(context)
  const desk = slugOf(office, deskId)
  return change(context, calendarTopic, async (client, now) => {
    if (!(await lockPlannedDesk(client, deskId, office.desksById.get(deskId)?.unitId))) return gone
    const old = absenceId === null ? null : await readAbsence(client, absenceId)
    if (absenceId !== null && old?.deskId !== deskId) return gone
    const before = old === null ? null : absenceThing(desk, old)
    if (seen !== seenText(before)) return conflict
    if (to !== null) {
      const others = await readAbsences(client, to.from, to.until)
      if (others.some((each) => each.deskId === deskId && each.id !== absenceId))
        return { saved: false, why: 'wrong', errors: [wrong('od', 'absence-meets')] }
    }
    const id = to === null ? absenceId : await writeAbsence(client, to, absenceId)
    if (to === null && absenceId !== null) await deleteAbsence(client, absenceId)
    return keep(
      client,
      { at: now, accountId: staff.accountId, part: 'absence', subject: String(id) },
      before,
      to === null ? null : absenceThing(desk, to),
    )
  })
}

export interface SpecialDayChange {
  readonly id: string | null
  readonly seen: string
  readonly to: SpecialDayFacts | null
}

/** Adds, changes or takes back a special day; the version before stays known. */
export async function changeSpecialDay(context: Context, staff: Staff, { id, seen, to }: SpecialDayChange): Promise<Outcome> {
  return change(context, 'regulation', async (client, now) => {
    await lockPlan(client)
    await lockSpecialDays(client)
    const all = await loadSpecialDays(client)
    const old = id === null ? undefined : all.find((each) => each.id === id && each.removedAt === null)
    if (id !== null && old === undefined) return gone
    const before = old === undefined ? null : specialDayThing(old)
    if (seen !== seenText(before)) return conflict
    const met = to === null ? null : meetingDay(to, all)
    if (met !== null) return { saved: false, why: 'wrong', errors: [wrong('od', 'day-meets', { what: met.reason })] }
    const subject = id ?? freshId(to, new Set(all.map((each) => each.id)))
    const facts = to === null ? null : { ...to, id: subject }
    const after = facts === null ? null : specialDayThing(facts)
    if (seenText(before) !== seenText(after)) await writeSpecialDay(client, subject, facts, now)
    return keep(client, { at: now, accountId: staff.accountId, part: 'special-day', subject }, before, after)
  })
}

/** `closure-2026-06-12`, and the next with a number behind. */
function freshId(facts: SpecialDayFacts | null, taken: ReadonlySet<string>): string {
  const plain = facts === null ? '' : `${facts.kind}-${facts.from}`
  let id = plain
  for (let count = 2; taken.has(id); count += 1) id = `${plain}-${count}`
  return id
}

/** Keeps a change in the history, where it is one. */
async function keep(
  client: Queryable,
  facts: { readonly at: Temporal.Instant; readonly accountId: number; readonly part: string; readonly subject: string },
  before: Thing,
  after: Thing,
): Promise<Outcome> {
  if (seenText(before) !== seenText(after)) await recordOfficeChange(client, { ...facts, before, after })
  return saved
}

/** The transaction, and what follows once it is there. */
async function change(
  context: Context,
  topic: string,
  work: (client: Queryable, now: Temporal.Instant) => Promise<Outcome>,
): Promise<Outcome> {
  const now = context.clock.now()
  const outcome = await transaction(context.database, (client) => work(client, now))
  if (!outcome.saved) return outcome
  context.changes.publish(topic)
  await reviewVisits(context, now)
  return outcome
}
