/**
 * A change of the office, saved: what differs is written, each thing of it stands in the history, and
 * running processes hear of it. What is saved at once is one save there, and taken back at once.
 *
 * The row of the office is the lock: who changes the office waits for whoever does.
 */
import type { Queryable } from '../platform/database.js'
import { notifyChange } from '../platform/changes.js'
import { recordOfficeChange } from './change-log.js'
import type { OfficeFile } from './file.js'
import { datedDifferences, writeDated } from './dated.js'
import { shiftDifferences, writeShift, type ShiftDifference } from './shifts.js'
import { lockOffice, writeDifferences, writeOffice } from './store.js'
import { differences, type Difference } from './things.js'
import { readWhole, type WholeOffice } from './whole.js'

export interface Saving {
  readonly at: Temporal.Instant
  /** Null: a file loaded at the command line. */
  readonly accountId: number | null
  /** By `part subject`: the change each takes back. */
  readonly undoes?: ReadonlyMap<string, number>
  /** The save this is a part of. */
  readonly savedWith?: number
}

/** What a file would change. */
export interface OfficeDifferences {
  readonly things: readonly Difference[]
  /** Of shifts, absences and special days: they stand in rows of their own. */
  readonly shifts: readonly ShiftDifference[]
}

/** Locks the office and reads it whole; null when there is none. The caller holds the transaction. */
export async function lockWhole(client: Queryable): Promise<WholeOffice | null> {
  return (await lockOffice(client)) ? readWhole(client) : null
}

/** What is otherwise in this file than in the office. */
export function officeDifferences(whole: WholeOffice, file: OfficeFile): OfficeDifferences {
  return {
    things: differences(whole.file, file),
    shifts: [...shiftDifferences(whole.shifts, file), ...datedDifferences(whole.dated, file)],
  }
}

/** Writes what differs, keeps it in the history and tells running processes; gives the number of the save, or null for none. */
export async function saveOffice(client: Queryable, whole: WholeOffice, file: OfficeFile, saving: Saving): Promise<number | null> {
  const { things, shifts } = officeDifferences(whole, file)
  await writeDifferences(client, file, things)
  const save = await keep(client, { things, shifts }, saving)
  await tell(client)
  return save
}

/** Writes a whole file, for the first time or over what is there. The first one is where the history begins, and is not kept in it. */
export async function loadOffice(
  client: Queryable,
  file: OfficeFile,
  { demonstration, ...saving }: Saving & { readonly demonstration: boolean },
): Promise<OfficeDifferences> {
  const whole = await lockWhole(client)
  await writeOffice(client, file, saving.at, demonstration)
  const changed =
    whole === null
      ? { things: [], shifts: [...shiftDifferences([], file), ...datedDifferences(noneDated, file)] }
      : officeDifferences(whole, file)
  if (whole === null) for (const each of changed.shifts) await writeRow(client, each, saving.at)
  else await keep(client, changed, saving)
  await tell(client)
  return whole === null ? { things: [], shifts: [] } : changed
}

async function keep(client: Queryable, { things, shifts }: OfficeDifferences, saving: Saving): Promise<number | null> {
  const { at, accountId, undoes } = saving
  let savedWith = saving.savedWith
  const record = async ({ part, before, after }: Difference, subject: string): Promise<void> => {
    const undone = undoes?.get(`${part} ${subject}`)
    const change = { at, accountId, part, subject, before, after }
    const id = await recordOfficeChange(client, {
      ...change,
      ...(undone === undefined ? {} : { undoes: undone }),
      ...(savedWith === undefined ? {} : { savedWith }),
    })
    savedWith ??= id
  }
  for (const each of things) await record(each, each.subject)
  // A desk of the file has its row by now.
  for (const each of shifts) await record(each, await writeRow(client, each, at))
  return savedWith ?? null
}

const noneDated = { absences: [], specialDays: [] }

/** Writes what stands in a row of its own, and gives its id. */
async function writeRow(client: Queryable, each: ShiftDifference, at: Temporal.Instant): Promise<string> {
  return each.part === 'shift' ? String(await writeShift(client, each)) : writeDated(client, each, at)
}

/** Openings are made anew of another directory, so shifts need no hint of their own. */
async function tell(client: Queryable): Promise<void> {
  await notifyChange(client, ['directory', 'regulation', 'calendar'])
}
