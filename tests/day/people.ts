/**
 * Who comes on a simulated day, drawn from a seed: the punctual, the early and the late, those who
 * never come, those at the wrong door, papers to leave, couriers, and people without a booking.
 */

/** mulberry32: the same seed gives the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}

export type Habit =
  | 'punctual'
  | 'too-early'
  | 'late'
  | 'very-late'
  | 'no-show'
  | 'wrong-building'
  | 'cancels'
  | 'does-not-answer'
  | 'unbooked'
  | 'made-up-code'
  | 'drop-off'
  | 'drop-off-elsewhere'
  | 'courier'
  | 'companion'

/** How often each habit occurs, of a hundred. */
const shares: readonly (readonly [Habit, number])[] = [
  ['punctual', 34],
  ['too-early', 6],
  ['late', 7],
  ['very-late', 4],
  ['no-show', 9],
  ['wrong-building', 4],
  ['cancels', 5],
  ['does-not-answer', 5],
  ['unbooked', 8],
  ['made-up-code', 2],
  ['drop-off', 8],
  ['drop-off-elsewhere', 2],
  ['courier', 4],
  ['companion', 2],
]

export interface SimulatedPerson {
  readonly number: number
  readonly habit: Habit
  /** A name that must never be found in the history. */
  readonly name: string
  readonly serviceId: string
  /** How the person books: where the web has no times, by phone or by a request. */
  readonly channel: 'web' | 'phone' | 'request'
  /** Minute of the day the person would like, or comes at when nothing is booked. */
  readonly wishMinute: number
  /** Draws of this person's own, so that one person's luck does not move another's. */
  readonly luck: () => number
}

export function drawPeople(
  seed: number,
  count: number,
  matters: { readonly web: readonly string[]; readonly other: readonly string[] },
): readonly SimulatedPerson[] {
  const draw = seeded(seed)
  const oneOf = (ids: readonly string[]): string => ids[Math.floor(draw() * ids.length)] as string
  return Array.from({ length: count }, (_, number) => {
    let share = draw() * 100
    // The first have each habit once, so that none is missing from a day.
    const habit = (shares[number] ?? shares.find(([, width]) => (share -= width) < 0) ?? shares[0])?.[0] as Habit
    const onWeb = draw() < 0.5
    const channel = draw() < 0.5 ? 'phone' : onWeb ? 'web' : 'request'
    return {
      number,
      habit,
      name: `Osoba Przykładowa${number}`,
      serviceId: oneOf(onWeb ? matters.web : matters.other),
      channel,
      wishMinute: 7 * 60 + 30 + 10 * Math.floor(draw() * 45),
      luck: seeded(seed * 10_007 + number),
    }
  })
}
