/**
 * The minutes of all desks over the days that are read together, one row of bits after another in a
 * single array: whatever has to be done for every row of a month is done here, on integers.
 */
import { noMinutes, type Minutes } from './minutes.js'
import type { TakenPlaces } from './store.js'

export interface Timeline {
  readonly minutes: Minutes
  /** By number of desk: the bit at which its row begins. Row 0 belongs to nobody: there goes what is of no interest. */
  readonly rows: Int32Array
  /** Minutes of a row. */
  readonly length: number
}

/** Rows of that many minutes for the desks, none of them free. */
export function timelineOf(deskIds: readonly number[], length: number): Timeline {
  const rows = new Int32Array(Math.max(0, ...deskIds) + 1)
  // Whole words, and one between rows that stays empty: a run of free minutes ends with its row.
  const rowBits = (Math.ceil(length / 32) + 1) * 32
  deskIds.forEach((deskId, index) => (rows[deskId] = (1 + index) * rowBits))
  return { minutes: noMinutes((1 + deskIds.length) * rowBits), rows, length }
}

/**
 * Takes the minutes of places, in any order. Every row of a month passes this loop: it asks for no
 * day and no map, and makes nothing.
 *
 * @param midnight minutes from the epoch to the first minute of the timeline
 */
export function takePlaces({ minutes, rows, length }: Timeline, midnight: number, taken: TakenPlaces): void {
  for (let at = 0, end = taken.length - 2; at < end; at += 3) {
    // A desk that came after the timeline was made is beyond the rows: nobody's.
    const row = rows[taken[at]!]! | 0
    let from = taken[at + 1]! - midnight
    let until = taken[at + 2]! - midnight
    if ((from | (length - until)) < 0) {
      // Begins before the first day or ends after the last.
      from = Math.max(from, 0)
      until = Math.min(until, length)
      if (from >= until) continue
    }
    const lastBit = (row + until - 1) | 0
    const last = lastBit >> 5
    let word = (row + from) >> 5
    let run = -1 << (row + from)
    for (; word < last; word++, run = -1) minutes[word]! &= ~run
    minutes[last]! &= ~(run & (-1 >>> (31 - (lastBit & 31))))
  }
}
