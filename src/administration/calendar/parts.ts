/**
 * Shifts, absences and special days as the history reads and writes them, so that a change of them can
 * be taken back. What is taken back keeps its number.
 */
import { deleteAbsence, deleteShift, lockDesk, readAbsence, readShift, writeAbsence, writeShift } from '../../calendar/index.js'
import { type Thing, loadSpecialDays, lockSpecialDays, writeSpecialDay } from '../../directory/index.js'
import type { Queryable } from '../../platform/database.js'
import { absenceOfThing, absenceThing, shiftOfThing, shiftThing, specialDayOfThing, specialDayThing } from './things.js'

export interface CalendarPart {
  readonly part: string
  /** The thing as it is now; null when there is none. `lock`: for whoever takes a change of it back. */
  read(client: Queryable, subject: string, lock: boolean): Promise<Thing>
  /** Writes it instead of the one there is; null takes it away. */
  write(client: Queryable, subject: string, thing: Thing, at: Temporal.Instant): Promise<void>
  /** Where it is looked at and changed. */
  path(subject: string, thing: Thing): string
}

export const calendarParts: readonly CalendarPart[] = [
  {
    part: 'shift',
    async read(client, subject, lock) {
      const shift = await lockedDesk(client, () => readShift(client, Number(subject)), lock)
      return shift === null ? null : { ...shiftThing(await slugOf(client, shift.deskId), shift) }
    },
    async write(client, subject, thing) {
      const [desk = ''] = (thing?.['desks'] as readonly string[] | undefined) ?? []
      if (thing === null) await deleteShift(client, Number(subject))
      else await writeShift(client, shiftOfThing(await idOf(client, desk), thing), Number(subject))
    },
    path: () => '/praca/grafik',
  },
  {
    part: 'absence',
    async read(client, subject, lock) {
      const absence = await lockedDesk(client, () => readAbsence(client, Number(subject)), lock)
      return absence === null ? null : absenceThing(await slugOf(client, absence.deskId), absence)
    },
    async write(client, subject, thing) {
      if (thing === null) await deleteAbsence(client, Number(subject))
      else await writeAbsence(client, absenceOfThing(await idOf(client, String(thing['desk'])), thing), Number(subject))
    },
    path: () => '/praca/grafik',
  },
  {
    part: 'special-day',
    async read(client, subject, lock) {
      if (lock) await lockSpecialDays(client)
      const day = (await loadSpecialDays(client)).find(({ id, removedAt }) => id === subject && removedAt === null)
      return day === undefined ? null : specialDayThing(day)
    },
    async write(client, subject, thing, at) {
      await writeSpecialDay(client, subject, thing === null ? null : specialDayOfThing(thing), at)
    },
    path: (_subject, thing) => `/praca/grafik/kalendarz${thing === null ? '' : `?rok=${specialDayOfThing(thing).from.year}`}`,
  },
]

/** What is read, and with `lock` read again once nobody else plans its desk. */
async function lockedDesk<Kept extends { readonly deskId: number }>(
  client: Queryable,
  read: () => Promise<Kept | null>,
  lock: boolean,
): Promise<Kept | null> {
  const found = await read()
  if (found === null || !lock) return found
  await lockDesk(client, found.deskId)
  return read()
}

async function slugOf(client: Queryable, deskId: number): Promise<string> {
  const { rows } = await client.query<{ slug: string }>('select slug from desk where id = $1', [deskId])
  return rows[0]?.slug ?? ''
}

/** Desks are closed and never deleted: what stood at one can be written again. */
async function idOf(client: Queryable, slug: string): Promise<number> {
  const { rows } = await client.query<{ id: number }>('select id from desk where slug = $1', [slug])
  return rows[0]?.id ?? 0
}
