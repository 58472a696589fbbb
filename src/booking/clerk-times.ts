/**
 * The times a clerk's form shows: the first free days from the day asked for, and always the day of
 * the time already chosen. The days are asked for by buttons of the same form, so that nothing
 * typed is lost and nothing of a person stands in an address.
 */
import type { Context } from '../platform/context.js'
import { officeDay, officeMinute } from '../platform/clock.js'
import { formText } from '../platform/http/form.js'
import { readDay, readInstant, readWrittenDay } from '../platform/typed-time.js'
import { directory } from '../directory/index.js'
import { bookableDays } from '../regulation/index.js'
import type { FreeDay } from './availability/board.js'
import { firstFreeDays } from './clerk-rules.js'
import { freeStarts } from './free-starts.js'
import type { Wished } from './wish.js'

export interface TimesShown {
  readonly days: readonly FreeDay[]
  /** Where the days shown begin, when not with the first there are. */
  readonly from: Temporal.PlainDate | null
  /** Where the days after those shown begin; null at the horizon. */
  readonly nextFrom: Temporal.PlainDate | null
  /** The days a clerk may book, for the field of the day. */
  readonly bookable: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate }
}

export interface DaysAsked {
  readonly from: Temporal.PlainDate | null
  /** True when the form was sent to see other days, and nothing else. */
  readonly only: boolean
}

/** What a sent form says of the days: a button of its own, or Enter in the field of the day. */
export function readDaysAsked(body: unknown): DaysAsked {
  const shown = readDay(formText(body, 'od', 10))
  const typed = readWrittenDay(formText(body, 'dzien', 10))
  const pressed = formText(body, 'pokaz', 10)
  if (pressed === 'pierwsze') return { from: null, only: true }
  if (pressed !== '') return { from: readDay(pressed) ?? typed, only: true }
  // Enter in a field presses the form's first button: a day just typed is what was meant.
  if (typed !== null && !(shown !== null && typed.equals(shown))) return { from: typed, only: true }
  return { from: shown, only: false }
}

/**
 * The first free days from the day asked for, today for a clerk, up to the horizon; `chosen` are the
 * starts of the form, `kept` one that is offered to nobody since it is kept for this caller.
 */
export async function timesOf(
  context: Context,
  wished: Wished,
  asked: Temporal.PlainDate | null,
  chosen: string | readonly string[] = '',
  kept: Temporal.Instant | null = null,
): Promise<TimesShown> {
  const now = context.clock.now()
  const bookable = bookableDays(await directory(context), now, true)
  const from = asked !== null && Temporal.PlainDate.compare(asked, bookable.from) > 0 ? asked : null
  const free = (await freeStarts(context, { ...wished, from: bookable.from, to: bookable.to, now })) ?? []
  const all = kept === null ? free : free.map((day) => withKept(day, kept))
  const shown = firstFreeDays(from === null ? all : all.filter((day) => Temporal.PlainDate.compare(day.day, from) >= 0))
  const last = shown.at(-1)?.day
  const later = last !== undefined && all.some((day) => day.starts.length > 0 && Temporal.PlainDate.compare(day.day, last) > 0)
  const chosenDays = new Set([chosen].flat().flatMap((start) => dayOf(start) ?? []))
  const beside = all.filter((day) => day.starts.length > 0 && chosenDays.has(day.day.toString()) && !shown.includes(day))
  return {
    days: [...beside, ...shown].toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day)),
    from,
    nextFrom: later && last !== undefined ? last.add({ days: 1 }) : null,
    bookable,
  }
}

function dayOf(typed: string): string | null {
  const start = readInstant(typed)
  return start === null ? null : officeDay(start).toString()
}

function withKept(day: FreeDay, kept: Temporal.Instant): FreeDay {
  if (!day.day.equals(officeDay(kept)) || day.starts.some(({ start }) => start.equals(kept))) return day
  const starts = [...day.starts, { start: kept, minute: officeMinute(kept), desks: [] }]
  return { ...day, starts: starts.toSorted((a, b) => Temporal.Instant.compare(a.start, b.start)) }
}
