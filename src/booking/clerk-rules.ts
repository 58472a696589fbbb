/**
 * What a clerk on the phone needs computed: the matter from a few typed words, the times of the
 * first free days, and a search read from one line. Pure.
 */
import { parseReference } from '../platform/references.js'
import type { Service } from '../directory/index.js'
import type { FreeDay } from './availability/board.js'
import { readPhone } from './forms.js'

/** Days shown at once: enough to choose, few enough to read out. */
export const daysShown = 3

/** Letters without marks, small: "Żółć" as "zolc", so that a clerk may type fast. */
export function folded(text: string): string {
  return text.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replaceAll(/\p{M}/gu, '')
}

/** Matters whose name or summary holds the beginning of every word typed; all when nothing is typed. */
export function mattersFor(services: Iterable<Service>, typed: string): readonly Service[] {
  const wanted = folded(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
  return [...services].filter((service) => {
    if (service.closed || service.dropOff) return false
    const words = folded(`${service.name} ${service.summary ?? ''}`).split(/[^\p{L}\p{N}]+/u)
    return wanted.every((start) => words.some((word) => word.startsWith(start)))
  })
}

/** The first days that have free starts. */
export function firstFreeDays(days: readonly FreeDay[]): readonly FreeDay[] {
  return days.filter((day) => day.starts.length > 0).slice(0, daysShown)
}

/** What a typed line may be: a reference, a phone, or part of a name. */
export interface Search {
  readonly reference: string | null
  readonly phone: string | null
  /** Folded part of a name; null when the line holds no letters. */
  readonly name: string | null
}

export function readSearch(typed: string): Search {
  const name = folded(typed).trim().replaceAll(/\s+/g, ' ')
  return { reference: parseReference(typed), phone: readPhone(typed), name: /\p{L}{2}/u.test(name) ? name : null }
}
