/**
 * Taking a save back: every change of it gets what it was before, where the thing still is what the save
 * made of it. The whole is judged as any edit is; other slices' things are read and written there.
 */
import type { Context } from '../../platform/context.js'
import { brokenConstraint, transaction, type Queryable } from '../../platform/database.js'
import {
  directory,
  lockWhole,
  officeChanges,
  officeFileOf,
  officePart,
  readWhole,
  recordOfficeChange,
  sameThing,
  saveOffice,
  thingIn,
  type Directory,
  type KeptOfficeChange,
  type OfficeFile,
} from '../../directory/index.js'
import type { Staff } from '../../staff/index.js'
import type { DryRun } from '../dry-run/model.js'
import { afterChange, felt, runOf } from './actions.js'
import { foreignPart } from './foreign.js'
import { isRight, judge } from './judge.js'
import type { Conflict } from './model.js'
import { mayUndo } from './rules.js'

/** Changes of one save that are shown and taken back together; a loaded file may have many. */
export const togetherMax = 5_000

export type Undone =
  | { readonly kind: 'undone' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'already' }
  /** Somebody changed it since, or nobody can take such a thing back here. */
  | { readonly kind: 'later'; readonly changes: readonly KeptOfficeChange[] }
  | { readonly kind: 'foreign'; readonly changes: readonly KeptOfficeChange[] }
  | { readonly kind: 'wrong'; readonly conflicts: readonly Conflict[] }

/** All changes of the save of this number, the first one first; empty when there is none. */
export async function savedTogether(database: Queryable, id: number): Promise<readonly KeptOfficeChange[]> {
  return (await officeChanges(database, { save: id, limit: togetherMax })).toReversed()
}

export async function undoSave(context: Context, staff: Staff, id: number): Promise<Undone> {
  const at = context.clock.now()
  const office = await directory(context)
  try {
    const outcome = await transaction(context.database, (client) => undoIn(client, staff, office, id, at))
    if (outcome.kind === 'undone') await afterChange(context)
    return outcome
  } catch (error) {
    // Two people at once: the second one finds it done.
    if (brokenConstraint(error) === 'office_change_undone_once') return { kind: 'already' }
    throw error
  }
}

/** What would be felt if a save were taken back: found by taking it back and letting go of that. Null for nothing, or where it cannot be. */
export async function foreseeUndo(context: Context, staff: Staff, id: number): Promise<DryRun | null> {
  const office = await directory(context)
  const [before, after] = await transaction(context.database, async (client) => {
    const whole = await readWhole(client)
    await client.query('savepoint before')
    const outcome = await undoIn(client, staff, office, id, context.clock.now())
    const then = outcome.kind === 'undone' ? await readWhole(client) : null
    await client.query('rollback to savepoint before')
    return [whole, then]
  })
  return before === null || after === null ? null : felt(office, await runOf(context, before, after.file))
}

async function undoIn(client: Queryable, staff: Staff, office: Directory, id: number, at: Temporal.Instant): Promise<Undone> {
  const whole = await lockWhole(client)
  const changes = await savedTogether(client, id)
  if (whole === null || changes.length === 0) return { kind: 'gone' }
  if (!mayUndo(staff, office, changes)) return { kind: 'forbidden' }
  if (changes.some(({ undoneBy }) => undoneBy !== null)) return { kind: 'already' }
  const foreign = changes.filter(({ part }) => officePart(part) === undefined)
  const unknown = foreign.filter(({ part }) => foreignPart(part) === undefined)
  if (unknown.length > 0) return { kind: 'foreign', changes: unknown }
  const later = changes.filter(
    (each) => officePart(each.part) !== undefined && !sameThing(thingIn(whole.file, each.part, each.subject), each.after),
  )
  for (const each of foreign)
    if (!sameThing((await foreignPart(each.part)?.read(client, each.subject, true)) ?? null, each.after)) later.push(each)
  if (later.length > 0) return { kind: 'later', changes: later }
  // What was added goes before the desk it belongs to, what was taken away comes after it.
  const added = foreign.filter(({ before }) => before === null)
  const gone = new Set(added.map(({ part, subject }) => `${part} ${subject}`))
  const shifts = whole.shifts.filter(({ id: row }) => !gone.has(`shift ${row}`))
  const dated = {
    absences: whole.dated.absences.filter(({ id: row }) => !gone.has(`absence ${row}`)),
    specialDays: whole.dated.specialDays.filter(({ id: day }) => !gone.has(`special-day ${day}`)),
  }
  const left = { ...whole, shifts, dated, file: officeFileOf(whole.rows, shifts, dated) }
  const file = changes.toReversed().reduce(takenBack, left.file)
  await client.query('savepoint undoing')
  const faults = judge(whole.file, file, null)
  if (!isRight(faults)) return { kind: 'wrong', conflicts: faults.conflicts }
  let savedWith: number | null = null
  const write = async (each: KeptOfficeChange): Promise<void> => {
    await foreignPart(each.part)?.write(client, each.subject, each.before, at)
    const change = {
      at,
      accountId: staff.accountId,
      part: each.part,
      subject: each.subject,
      before: each.after,
      after: each.before,
      undoes: each.id,
    }
    const kept = await recordOfficeChange(client, { ...change, ...(savedWith === null ? {} : { savedWith }) })
    savedWith ??= kept
  }
  for (const each of added) await write(each)
  const undoes = new Map(changes.map((each) => [`${each.part} ${each.subject}`, each.id]))
  savedWith = await saveOffice(client, left, file, {
    at,
    accountId: staff.accountId,
    undoes,
    ...(savedWith === null ? {} : { savedWith }),
  })
  for (const each of foreign) if (each.before !== null) await write(each)
  // What stood in rows of its own is judged once it stands there again: beside it there may be something new.
  const then = foreign.length === 0 ? null : await readWhole(client)
  const beside = then === null ? [] : judge(whole.file, then.file, null).conflicts
  if (beside.length === 0) return { kind: 'undone' }
  await client.query('rollback to savepoint undoing')
  return { kind: 'wrong', conflicts: beside }
}

function takenBack(file: OfficeFile, { part, subject, before }: KeptOfficeChange): OfficeFile {
  return officePart(part)?.put(file, subject, before) ?? file
}
