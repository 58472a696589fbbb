/**
 * When a person who waits will be called: the rest of the day played through many times, each time
 * with service times drawn from those the office has had, scaled by how today goes.
 *
 * Desks call as they really do: who is due earliest among those whose matter the desk handles. Pure:
 * the moment, what is known and the chance are arguments. Times are minutes from now.
 */

/** How long a matter keeps a desk, from the call to the end: the nine deciles and the ends, in minutes, rising. */
export type Spread = readonly number[]

export interface DeskNow {
  readonly id: number
  readonly serviceIds: readonly string[]
  /** Calls nobody before so many minutes from now: a break; 0 for none. */
  readonly restsFor: number
  /** Calls nobody from so many minutes from now on: its shift ends; null: as long as somebody waits. */
  readonly closesIn: number | null
  /** Whom it has now: minutes since the call, and the matters. */
  readonly busy: { readonly sinceMinutes: number; readonly serviceIds: readonly string[] } | null
}

export interface PersonInLine {
  readonly id: number
  readonly serviceIds: readonly string[]
  /** The minute at which they are due, from now. */
  readonly due: number
  /** When they come in; 0 and less: here already. */
  readonly comesIn: number
  readonly forDeskId: number | null
  /** How likely a booked person comes at all; 1 for who is here. */
  readonly comes: number
  /** Nobody, only the question when somebody in this place would be called: no desk is busy with it. */
  readonly asks?: boolean
}

export interface Scene {
  readonly desks: readonly DeskNow[]
  readonly people: readonly PersonInLine[]
  readonly spread: (serviceId: string) => Spread
  /** How much longer than learned matters take today: 1 as learned. */
  readonly pace: number
  /** How sure that is: the relative deviation of the pace. */
  readonly paceDeviation: number
  /** Minutes between one person and the next at a desk. */
  readonly gapMinutes: number
}

export interface Expected {
  readonly id: number
  /** Minutes from now: likely not sooner, about, likely not later. */
  readonly low: number
  readonly about: number
  readonly high: number
}

/** The day is played so often. */
export const playsMax = 100

/** Of a hundred plays so many lie below the range and as many above it. */
const outsidePercent = 10

/** When each person who is here will be called; nobody for whom no desk at work calls. */
export function expectedCalls(scene: Scene, random: () => number, plays = playsMax): Expected[] {
  const callsOf = new Map<number, number[]>()
  for (const { id, comesIn } of scene.people) if (comesIn <= 0) callsOf.set(id, [])
  for (let play = 0; play < plays; play += 1) playOnce(scene, random, (id, at) => callsOf.get(id)?.push(at))
  return [...callsOf].flatMap(([id, times]) => {
    if (times.length < plays / 2) return []
    const sorted = times.toSorted((a, b) => a - b)
    const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] as number
    return [{ id, low: at(outsidePercent / 100), about: at(0.5), high: at(1 - outsidePercent / 100) }]
  })
}

function playOnce(
  { desks, people, spread, pace: likely, paceDeviation, gapMinutes }: Scene,
  random: () => number,
  called: (id: number, at: number) => void,
): void {
  const pace = likely * Math.exp(paceDeviation * bell(random))
  const takes = (serviceIds: readonly string[]): number =>
    serviceIds.reduce((sum, id) => sum + drawn(spread(id), random) * pace, 0) + gapMinutes
  const free = desks.map((desk) => ({ desk, at: Math.max(desk.restsFor, desk.busy === null ? 0 : restOf(desk.busy, takes)) }))
  const line = people
    .filter(({ comes }) => comes >= 1 || random() < comes)
    .toSorted((a, b) => a.due - b.due || a.comesIn - b.comesIn || a.id - b.id)
  const waiting = new Set(line)
  while (waiting.size > 0) {
    const next = soonest(free, waiting)
    if (next === null) return
    const { slot, person, at } = next
    waiting.delete(person)
    called(person.id, at)
    slot.at = person.asks ? at : at + takes(person.serviceIds)
  }
}

interface Slot {
  readonly desk: DeskNow
  at: number
}

/** The next call of all: the desk that can make one first, and whom it calls then. */
function soonest(free: readonly Slot[], waiting: ReadonlySet<PersonInLine>): { slot: Slot; person: PersonInLine; at: number } | null {
  let best: { slot: Slot; person: PersonInLine; at: number } | null = null
  for (const slot of free) {
    const closes = slot.desk.closesIn ?? Infinity
    if (slot.at >= closes) continue
    if (best !== null && slot.at >= best.at) continue
    let first: PersonInLine | null = null
    let firstAt = Infinity
    for (const person of waiting) {
      if (!calls(slot.desk, person)) continue
      const at = Math.max(slot.at, person.comesIn)
      // In the order of their minutes: the first who is here when the desk is free is called; else who comes first.
      if (at < firstAt) {
        first = person
        firstAt = at
      }
      if (at <= slot.at) break
    }
    if (first !== null && firstAt < closes && (best === null || firstAt < best.at)) best = { slot, person: first, at: firstAt }
  }
  return best
}

function calls(desk: DeskNow, person: PersonInLine): boolean {
  if (person.forDeskId !== null) return person.forDeskId === desk.id
  return person.serviceIds.every((id) => desk.serviceIds.includes(id))
}

/** What is left of a service that has gone on for a while: drawn anew until it is longer than that. */
function restOf({ sinceMinutes, serviceIds }: NonNullable<DeskNow['busy']>, takes: (serviceIds: readonly string[]) => number): number {
  for (let tries = 0; tries < 12; tries += 1) {
    const whole = takes(serviceIds)
    if (whole > sinceMinutes) return whole - sinceMinutes
  }
  return 2
}

/** A number near 0 of deviation 1, as twelve even chances add up to. */
function bell(random: () => number): number {
  let sum = -6
  for (let nth = 0; nth < 12; nth += 1) sum += random()
  return sum
}

/** Numbers from 0 to below 1 that a seed repeats (mulberry32): the same question gives the same answer. */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A time drawn from a spread, between its deciles. */
export function drawn(times: Spread, random: () => number): number {
  const place = random() * (times.length - 1)
  const below = Math.floor(place)
  const [from, to] = [times[below] ?? 0, times[below + 1] ?? times[below] ?? 0]
  return from + (to - from) * (place - below)
}

export function meanOf(spread: Spread): number {
  const steps = spread.slice(1).map((to, index) => (to + (spread[index] ?? to)) / 2)
  return steps.reduce((sum, each) => sum + each, 0) / Math.max(1, steps.length)
}

/** The spread of times seen; of few, and of none, what is planned widens it. */
export function spreadOf(seen: readonly number[], plannedMinutes: number): Spread {
  // As many as a careful guess weighs: what services of offices usually vary by about the planned time.
  const guess = usual.map((factor) => factor * plannedMinutes)
  const all = [...seen, ...(seen.length >= 30 ? [] : guess)].toSorted((a, b) => a - b)
  return Array.from({ length: 11 }, (_, decile) => {
    const place = (decile / 10) * (all.length - 1)
    const below = Math.floor(place)
    const [from, to] = [all[below] ?? plannedMinutes, all[below + 1] ?? all[below] ?? plannedMinutes]
    return from + (to - from) * (place - below)
  })
}

const usual = [0.35, 0.5, 0.62, 0.73, 0.84, 0.95, 1.08, 1.22, 1.42, 1.85]

/** How much longer than learned today's matters take, and how sure that is; a few say little, so that one long matter changes nothing much. */
export function paceOf(seen: readonly { readonly minutes: number; readonly expected: number }[]): { pace: number; paceDeviation: number } {
  const took = seen.reduce((sum, { minutes }) => sum + minutes, 0)
  const expected = seen.reduce((sum, each) => sum + each.expected, 0)
  const typical = seen.length === 0 ? 1 : expected / seen.length
  const pace = (took + asLearned * typical) / (expected + asLearned * typical)
  return { pace: Math.min(3, Math.max(0.4, pace)), paceDeviation: 0.4 / Math.sqrt(seen.length + asLearned) }
}

/** A day is taken to go as learned with the weight of so many services. */
const asLearned = 6
