/** Who comes in a simulated week and what each of them does, drawn from a seed. */
import { seeded } from '../people.js'
import { closes, days, opens } from './office.js'

export const habits = [
  ['punctual', 26],
  ['too-early', 4],
  ['late', 6],
  ['very-late', 5],
  ['no-show', 4],
  ['cancels', 4],
  ['moves', 5],
  ['wrong-building', 3],
  ['goes-home', 4],
  ['goes-out', 3],
  ['entered-twice', 3],
  ['with-companion', 4],
  ['walk-in', 20],
  ['unbooked', 6],
  ['made-up-code', 2],
  ['papers', 5],
  ['papers-elsewhere', 2],
  ['courier', 4],
] as const
export type Habit = (typeof habits)[number][0]

/** What happens once the person is called. */
export interface AtDesk {
  /** After which call the person comes; `undone`: only when it was written that nobody came; `never`: not at all. */
  readonly comes: 'first' | 'second' | 'undone' | 'never'
  readonly minutes: number
  readonly goesOn: 'finish' | 'park' | 'to-desk' | 'to-matter'
}

export interface Person {
  readonly number: number
  readonly habit: Habit
  /** A name that must never be found in the history. */
  readonly name: string
  readonly day: number
  readonly minute: number
  readonly serviceId: string
  readonly moreServiceIds: readonly string[]
  readonly building: 'hall' | 'annex'
  readonly channel: 'web' | 'phone'
  readonly byKiosk: boolean
  readonly prioritised: boolean
  readonly atDesk: AtDesk
  /** Draws of this person's own, so that one person's luck does not move another's. */
  readonly luck: () => number
}

const sum = habits.reduce((all, [, share]) => all + share, 0)

export function drawPeople(seed: number, count: number): readonly Person[] {
  return Array.from({ length: count }, (_, number) => drawPerson(number, seeded(seed * 10_007 + number)))
}

function drawPerson(number: number, luck: () => number): Person {
  let share = luck() * sum
  // The first have each habit once, so that none is missing from a week.
  const habit = (habits[number] ?? habits.find(([, width]) => (share -= width) < 0) ?? habits[0])[0]
  const drawn = luck()
  const building = drawn < 0.8 ? 'hall' : 'annex'
  const withTwo = habit !== 'walk-in' && drawn < 0.08
  const serviceId = drawn < 0.08 ? (withTwo ? 'two' : 'short') : drawn < 0.5 ? 'short' : drawn < 0.8 ? 'long' : 'cash'
  const twoMatters = serviceId === 'short' && luck() < 0.12
  const comes = luck()
  const after = luck()
  // Whoever has no hour comes in bursts: in the morning, later on, and shortly before closing.
  const burst = ([8 * 60 + 20, 9 * 60 + 10, closes - 25] as const)[Math.floor(luck() * 3)] as number
  const anyMinute = opens + 5 * Math.floor(luck() * 28)
  return {
    number,
    habit,
    name: `Osoba Przykładowa${number}`,
    day: habit === 'walk-in' ? (luck() < 0.2 ? 0 : 2 + Math.floor(luck() * 3)) : Math.floor(luck() * days),
    minute: habit === 'walk-in' ? burst + Math.floor(luck() * 15) : anyMinute,
    serviceId,
    moreServiceIds: twoMatters ? ['long'] : [],
    building,
    channel: luck() < 0.5 ? 'web' : 'phone',
    byKiosk: luck() < 0.35,
    prioritised: luck() < 0.08,
    atDesk: {
      comes: comes < 0.82 ? 'first' : comes < 0.9 ? 'second' : comes < 0.95 ? 'undone' : 'never',
      minutes: 5 + Math.floor(luck() * 18),
      goesOn: after < 0.8 || twoMatters ? 'finish' : after < 0.88 ? 'park' : after < 0.95 ? 'to-desk' : 'to-matter',
    },
    luck,
  }
}
