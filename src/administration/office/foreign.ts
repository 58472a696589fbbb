/**
 * Parts of the office that stand in rows of other slices and not in the office's own file of facts:
 * who staffs a desk, absences, days unlike others. The history shows them and takes them back all the same.
 */
import { readShifts, writeShift, type ShiftEntry, type Thing } from '../../directory/index.js'
import type { Queryable } from '../../platform/database.js'

export interface ForeignPart {
  readonly part: string
  /** The thing as it is now; null when there is none. `lock`: for whoever takes a change of it back. */
  read(client: Queryable, subject: string, lock: boolean): Promise<Thing>
  /** Writes it instead of the one there is, or takes it away; gives its id where that is another one. */
  write(client: Queryable, subject: string, thing: Thing, at: Temporal.Instant): Promise<unknown>
}

const shift: ForeignPart = {
  part: 'shift',
  read: async (client, subject, lock) => {
    if (lock) await client.query('select from shift where id = $1 for update', [Number(subject)])
    return ((await readShifts(client)).find(({ id }) => String(id) === subject)?.entry as Thing | undefined) ?? null
  },
  write: async (client, subject, thing) => {
    const held = (await client.query('select from shift where id = $1', [Number(subject)])).rowCount === 1
    const [desk = ''] = (thing as ShiftEntry | null)?.desks ?? []
    return String(await writeShift(client, { id: held ? Number(subject) : null, desk, after: thing }))
  },
}

const foreignParts: readonly ForeignPart[] = [shift]

export function foreignPart(part: string): ForeignPart | undefined {
  return foreignParts.find((each) => each.part === part)
}
