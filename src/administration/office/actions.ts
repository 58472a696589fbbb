/**
 * Changes of the office, each one transaction: lock, compare with what was shown, judge, write, and keep
 * the change in the history. Afterwards every process reads the office again, and booked visits that do
 * not fit any more go to the review list: none is cancelled.
 */
import { createHash } from 'node:crypto'
import type { Context } from '../../platform/context.js'
import { transaction, type Queryable } from '../../platform/database.js'
import {
  buildDirectory,
  directory,
  lockWhole,
  officeDifferences,
  officePart,
  readWhole,
  rowsWith,
  sameThing,
  saveOffice,
  thingIn,
  type Directory,
  type OfficeFile,
  type Thing,
  type WholeOffice,
} from '../../directory/index.js'
import { ruleBook } from '../../regulation/index.js'
import type { Staff } from '../../staff/index.js'
import { dryRunOfOffice } from '../dry-run/read.js'
import type { DryRun, UnitDay } from '../dry-run/model.js'
import { reviewVisits } from '../review/index.js'
import { withSpecialDays } from '../calendar/special.js'
import { absenceOfThing, shiftOfThing } from '../calendar/things.js'
import { edited, shownOf, twinOf } from './edit.js'
import { isRight, judge, type Focus } from './judge.js'
import type { Edit, Outcome } from './model.js'
import { nameOfThing } from './parts.js'
import { mayAdd, mayChange, mayRemove, beyondOwn } from './rules.js'

/** The office whole; throws when none was imported. */
export async function wholeOffice(database: Queryable): Promise<WholeOffice> {
  const whole = await readWhole(database)
  if (whole === null) throw new Error('no office was imported: run npm run import FILE')
  return whole
}

/** What a thing looked like when its form was shown. */
export function seenOf(file: OfficeFile, part: string, subject: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(shownOf(file, part, subject))))
    .digest('hex')
    .slice(0, 16)
}

/** Ids of things that are closed, and so are given to no new one. */
export function takenIn({ rows }: WholeOffice, part: string): (id: string) => boolean {
  const known: Readonly<Record<string, readonly string[]>> = {
    building: rows.buildings.map(({ id }) => id),
    room: rows.rooms.map(({ id }) => id),
    unit: rows.units.map(({ id }) => id),
    service: rows.services.map(({ id }) => id),
    desk: rows.desks.map(({ slug }) => slug),
  }
  const ids = new Set(known[part] ?? [])
  return (id) => ids.has(id)
}

/** A matter that is closed, as it was then; null where none has the id. */
export function closedService({ rows }: WholeOffice, id: string): Thing {
  const row = rows.services.find((each) => each.id === id && each.closed)
  return row === undefined ? null : { ...row.facts, id }
}

export interface Change {
  readonly edit: Edit
  /** What was shown. */
  readonly seen: string
  /** The form, for the places of errors. */
  readonly form: Pick<Focus, 'fields' | 'body'>
}

/** What the edit comes to, without saving: the office as it would be, or why not. */
export async function foresee(
  context: Context,
  staff: Staff,
  change: Change,
): Promise<Exclude<Outcome, { readonly kind: 'saved' }> | { readonly kind: 'right'; readonly effects: DryRun | null }> {
  const whole = await wholeOffice(context.database.pool)
  const now = await directory(context)
  const step = next(whole, staff, now, change)
  if (step.kind !== 'right') return step
  const run = await runOf(context, whole, step.file)
  return { kind: 'right', effects: felt(now, run) }
}

/** What somebody would feel of a change; null for nothing. A unit that is new has hours and touches nobody by them. */
export function felt(now: Directory, run: DryRun): DryRun | null {
  const days = run.days.filter(
    ({ unitId, before, after }) => before.starts !== after.starts || (now.units.get(unitId)?.closed === false && !sameHours(before, after)),
  )
  return days.length === 0 && run.touched.length === 0 ? null : { ...run, days }
}

/** What the office of this file would change of hours, free times and visits. */
export async function runOf(context: Context, whole: WholeOffice, file: OfficeFile): Promise<DryRun> {
  const then = buildDirectory(rowsWith(whole.rows, file))
  const deskId = (slug: string): number => then.desks.get(slug)?.id ?? 0
  const changed = new Set(officeDifferences(whole, file).shifts.map(({ part }) => part))
  const now = context.clock.now()
  return dryRunOfOffice(
    context,
    {
      directory: then,
      shifts: file.shifts.flatMap((entry) => entry.desks.map((slug) => shiftOfThing(deskId(slug), { ...entry }))),
      ...(changed.has('absence') ? { absences: (file.absences ?? []).map((each) => absenceOfThing(deskId(each.desk), { ...each })) } : {}),
      ...(changed.has('special-day') ? { book: withSpecialDays(await ruleBook(context), file.specialDays ?? [], now) } : {}),
    },
    now,
  )
}

function sameHours(one: UnitDay, other: UnitDay): boolean {
  return JSON.stringify(one.intervals) === JSON.stringify(other.intervals)
}

/** Saves the edit, if it is right and nobody changed the thing meanwhile. */
export async function changeOffice(context: Context, staff: Staff, change: Change): Promise<Outcome> {
  const office = await directory(context)
  const now = context.clock.now()
  const outcome = await transaction(context.database, async (client): Promise<Outcome> => {
    const whole = await lockWhole(client)
    if (whole === null) return { kind: 'gone' }
    const step = next(whole, staff, office, change)
    if (step.kind !== 'right') return step
    await saveOffice(client, whole, step.file, { at: now, accountId: staff.accountId })
    return { kind: 'saved', subject: step.subject }
  })
  if (outcome.kind === 'saved') await afterChange(context)
  return outcome
}

/** Saves a whole file somebody was shown the differences of. Null when the office is otherwise than it was then. */
export async function loadFile(context: Context, staff: Staff, file: OfficeFile, seen: string): Promise<number | null | 'meanwhile'> {
  const at = context.clock.now()
  const saved = await transaction(context.database, async (client) => {
    const whole = await lockWhole(client)
    if (whole === null || seenFile(whole.file) !== seen) return 'meanwhile'
    return saveOffice(client, whole, file, { at, accountId: staff.accountId })
  })
  if (saved !== 'meanwhile' && saved !== null) await afterChange(context)
  return saved
}

/** What the whole office looked like. */
export function seenFile(file: OfficeFile): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(file)))
    .digest('hex')
    .slice(0, 16)
}

/** This process hears of its own change at once, others by the hint of the transaction. */
export async function afterChange(context: Context): Promise<void> {
  for (const topic of ['directory', 'regulation', 'calendar']) context.changes.publish(topic)
  await reviewVisits(context, context.clock.now())
}

const say = 'administration-office-staff'

type Next = Exclude<Outcome, { readonly kind: 'saved' }> | { readonly kind: 'right'; readonly file: OfficeFile; readonly subject: string }

function next(whole: WholeOffice, staff: Staff, office: Directory, { edit, seen, form }: Change): Next {
  const { file } = whole
  const { part } = edit
  const old = edit.subject === null ? null : thingIn(file, part, edit.subject)
  if (edit.subject !== null && old === null) return { kind: 'gone' }
  if (old !== null && !mayChange(staff, office, part, old)) return { kind: 'forbidden' }
  // The page shows no button for it; whoever sends it all the same is told so here.
  if (edit.thing === null ? !mayRemove(staff, part) : edit.subject === null && !mayAdd(staff, part)) return { kind: 'forbidden' }
  const twin = edit.subject === null ? twinOf(file, edit) : undefined
  // Pressed twice, or by two people: it is there.
  if (twin !== undefined) return { kind: 'same', subject: twin }
  const then = edited(file, edit, takenIn(whole, part))
  const thing = thingIn(then.file, part, then.subject)
  if (thing !== null && !mayChange(staff, office, part, thing)) return { kind: 'forbidden' }
  if (edit.subject !== null && seen !== seenOf(file, part, edit.subject))
    return { kind: 'meanwhile', now: old, seen: seenOf(file, part, edit.subject), file }
  if (part === 'desk' && thing !== null) {
    const { services, room } = beyondOwn(staff, office, file, old, thing)
    const what = services.map((id) => nameOfThing(file, 'service', id)).join(', ')
    const errors = [
      ...(services.length === 0 ? [] : [{ field: 'p-services', message: `${say}.foreign-services`, values: { what } }]),
      ...(room === null ? [] : [{ field: 'p-roomId', message: `${say}.foreign-room`, values: { what: nameOfThing(file, 'room', room) } }]),
    ]
    if (errors.length > 0) return { kind: 'wrong', faults: { errors, conflicts: [] }, file }
  }
  // A new thing of an id that says what it is, such as the purpose of a contact, takes nobody's place.
  const twice = edit.subject !== then.subject && officePart(part)?.things(file).has(then.subject) === true
  const faults = judge(file, then.file, { part, subject: then.subject, ...form })
  if (twice || !isRight(faults)) {
    const conflict = { thing: { part, subject: then.subject }, message: 'directory-staff.import.twice', values: { id: then.subject } }
    return { kind: 'wrong', faults: twice ? { ...faults, conflicts: [...faults.conflicts, conflict] } : faults, file }
  }
  if (sameFile(file, then.file)) return { kind: 'same', subject: then.subject }
  return { kind: 'right', ...then }
}

function sameFile(one: OfficeFile, other: OfficeFile): boolean {
  return sameThing({ ...one }, { ...other })
}

/** Keys by the alphabet, so that the same is the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
