/**
 * Minutes of one day as bits, 1 = free: 47 words hold the 1500 minutes of the longest day.
 *
 * A visit clears a run of bits and a start asks for one, in a word or two each; nothing is sorted.
 */
export type Minutes = Uint32Array

/** Enough for the day of 25 hours. */
export const minutesMax = 1500
const words = Math.ceil(minutesMax / 32)

export function noMinutes(): Minutes {
  return new Uint32Array(words)
}

/** Makes the minutes from `from` to before `to` free. */
export function setFree(minutes: Minutes, from: number, to: number): void {
  const first = Math.max(from, 0)
  const end = Math.min(to, minutesMax)
  for (let at = first; at < end; at = (at | 31) + 1) minutes[at >>> 5]! |= run(at, end)
}

/** Takes them. What lies outside the day is not of this day. */
export function setTaken(minutes: Minutes, from: number, to: number): void {
  const first = from < 0 ? 0 : from
  const end = to > minutesMax ? minutesMax : to
  for (let at = first; at < end; at = (at | 31) + 1) minutes[at >>> 5]! &= ~run(at, end)
}

/** Are all of them free? False when any lies outside the day. */
export function areFree(minutes: Minutes, from: number, to: number): boolean {
  if (from < 0 || to > minutesMax) return false
  for (let at = from; at < to; at = (at | 31) + 1) {
    const wanted = run(at, to)
    if ((minutes[at >>> 5]! & wanted) !== wanted) return false
  }
  return true
}

/** How many minutes from `minute` on are free without a break. */
export function freeFrom(minutes: Minutes, minute: number): number {
  let at = minute
  while (at < minutesMax) {
    const taken = ~minutes[at >>> 5]! >>> (at & 31)
    // The lowest set bit is the first taken minute of the word.
    if (taken !== 0) return Math.min(at + 31 - Math.clz32(taken & -taken), minutesMax) - minute
    at = (at | 31) + 1
  }
  return minutesMax - minute
}

/** How many minutes right before `minute` are free without a break. */
export function freeBefore(minutes: Minutes, minute: number): number {
  let at = minute - 1
  while (at >= 0) {
    const taken = ~minutes[at >>> 5]! << (31 - (at & 31))
    if (taken !== 0) return minute - 1 - (at - Math.clz32(taken))
    at = (at & ~31) - 1
  }
  return minute
}

/** The bits of one word from `at` up to `to` or the end of the word. */
function run(at: number, to: number): number {
  const from = at & 31
  const upTo = to - (at - from)
  return (upTo >= 32 ? -1 << from : (-1 << from) & ~(-1 << upTo)) | 0
}
