/**
 * A draw, pure: in which order the entries of a draw are answered, and what an entry may wish.
 *
 * Whoever knows the seed can work the order out again. The seed is chosen before the first entry and
 * committed to by its hash, so that nobody can choose it afterwards to suit an entry.
 */
import { createHash, createHmac } from 'node:crypto'
import { readDay, readInstant } from '../../platform/typed-time.js'

/** Bytes of a seed: 256 bits. */
export const seedBytes = 32

/** Wishes of one entry at most. */
export const wishesMax = 3

/** A time, any time of a day, or any time the draw gives. */
export type Wish = { readonly start: string } | { readonly day: string } | { readonly any: true }

/** What is published while entries are taken: 64 hexadecimal digits. */
export function commitmentOf(seed: Buffer): string {
  return createHash('sha256').update(seed).digest('hex')
}

/** The entries in the order in which their wishes are met: ascending HMAC-SHA256 of the reference under the seed. */
export function draw(seed: Buffer, references: readonly string[]): readonly string[] {
  return references
    .map((reference) => ({ reference, number: createHmac('sha256', seed).update(reference).digest('hex') }))
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
    .map(({ reference }) => reference)
}

/** When the draw was held or will be at the latest: it waits for entries to be confirmed, where that is asked. */
export function heldAt(held: {
  readonly closesAt: Temporal.Instant
  readonly confirmUntil: Temporal.Instant | null
  readonly orderedAt: Temporal.Instant | null
}): Temporal.Instant {
  return held.orderedAt ?? held.confirmUntil ?? held.closesAt
}

/** What stands for a wish in a form: an instant, `day:2020-06-09`, `any`; empty for none. */
export function wishText(wish: Wish): string {
  return 'start' in wish ? wish.start : 'day' in wish ? `day:${wish.day}` : 'any'
}

/** Typed wishes, each once and in order; null when one cannot be read or is of another time than the draw's. */
export function readWishes(
  typed: readonly string[],
  isDrawn: (day: Temporal.PlainDate) => boolean,
  dayOf: (at: Temporal.Instant) => Temporal.PlainDate,
): readonly Wish[] | null {
  const wishes: Wish[] = []
  for (const text of new Set(typed.filter((each) => each !== ''))) {
    const wish = readWish(text, isDrawn, dayOf)
    if (wish === null) return null
    wishes.push(wish)
  }
  return wishes.length <= wishesMax ? wishes : null
}

function readWish(
  text: string,
  isDrawn: (day: Temporal.PlainDate) => boolean,
  dayOf: (at: Temporal.Instant) => Temporal.PlainDate,
): Wish | null {
  if (text === 'any') return { any: true }
  if (text.startsWith('day:')) {
    const day = readDay(text.slice(4))
    return day !== null && isDrawn(day) ? { day: day.toString() } : null
  }
  const start = readInstant(text)
  return start !== null && isDrawn(dayOf(start)) ? { start: start.toString() } : null
}
