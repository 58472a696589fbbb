/**
 * Minutes in a row as bits, 1 = free: those of one desk over a day, or over as many days as are read
 * together. A visit clears a run of bits and a start asks for one, in a word or two each; nothing is
 * sorted, and no day has to be found for a row.
 */
export type Minutes = Int32Array

/** That many minutes, none of them free. */
export function noMinutes(count: number): Minutes {
  return new Int32Array((count + 31) >>> 5)
}

/** Makes the minutes from `from` to before `to` free. */
export function setFree(minutes: Minutes, from: number, to: number): void {
  const first = from < 0 ? 0 : from
  const end = Math.min(to, minutes.length * 32)
  if (first >= end) return
  const last = (end - 1) >> 5
  let word = first >> 5
  let run = -1 << (first & 31)
  for (; word < last; word++, run = -1) minutes[word]! |= run
  minutes[last]! |= run & (-1 >>> (31 - ((end - 1) & 31)))
}

/** Takes them; what lies outside is nobody's. */
export function setTaken(minutes: Minutes, from: number, to: number): void {
  const first = from < 0 ? 0 : from
  const most = minutes.length << 5
  const end = to > most ? most : to
  if (first >= end) return
  const last = (end - 1) >> 5
  let word = first >> 5
  let run = -1 << (first & 31)
  for (; word < last; word++, run = -1) minutes[word]! &= ~run
  minutes[last]! &= ~(run & (-1 >>> (31 - ((end - 1) & 31))))
}

/** Are all of them free? False when any lies outside. */
export function areFree(minutes: Minutes, from: number, to: number): boolean {
  if (from < 0 || to > minutes.length << 5 || from >= to) return false
  let word = from >> 5
  const last = (to - 1) >> 5
  const head = -1 << (from & 31)
  const tail = -1 >>> (31 - ((to - 1) & 31))
  if (word === last) return (~minutes[word]! & head & tail) === 0
  if ((~minutes[word]! & head) !== 0) return false
  while (++word < last) if (minutes[word] !== -1) return false
  return (~minutes[last]! & tail) === 0
}

/** How many minutes from `minute` on are free without a break. */
export function freeFrom(minutes: Minutes, minute: number): number {
  const end = minutes.length << 5
  for (let at = minute; at < end; at = (at | 31) + 1) {
    const taken = ~minutes[at >> 5]! >>> (at & 31)
    // The lowest set bit is the first taken minute of the word.
    if (taken !== 0) return Math.min(at + 31 - Math.clz32(taken & -taken), end) - minute
  }
  return Math.max(end - minute, 0)
}

/** How many minutes right before `minute` are free without a break. */
export function freeBefore(minutes: Minutes, minute: number): number {
  for (let at = minute - 1; at >= 0; at = (at & ~31) - 1) {
    const taken = ~minutes[at >> 5]! << (31 - (at & 31))
    if (taken !== 0) return minute - 1 - (at - Math.clz32(taken))
  }
  return minute
}
