/**
 * What a clerk on the phone needs computed: the matter from a few typed words, the times of the
 * first free days, and a search read from one line. Pure.
 */
import { parseReference } from '../platform/references.js'
import type { FreeDay } from './availability/board.js'
import { readPhone } from './forms.js'
import { folded, isQuestion, openServices, searchMatters, serviceFound, type FoundMatter, type SearchedOffice } from './search.js'

/** Days shown at once: enough to choose, few enough to read out. */
export const daysShown = 3

/** Matters a clerk may book that fit what was typed, and what another office handles; all matters when nothing is typed. */
export function mattersFor(office: SearchedOffice, typed: string): readonly FoundMatter[] {
  const found = isQuestion(typed) ? searchMatters(office, typed) : openServices(office).map(serviceFound)
  return found.filter((each) => each.kind === 'elsewhere' || !each.service.dropOff)
}

/** The first days that have free starts. */
export function firstFreeDays(days: readonly FreeDay[]): readonly FreeDay[] {
  return days.filter((day) => day.starts.length > 0).slice(0, daysShown)
}

/** What a typed line may be: a reference, a phone, or part of a name. */
export interface Search {
  readonly reference: string | null
  readonly phone: string | null
  /** Beginnings of words of a name, folded, with single spaces; null when the line holds no two letters together. */
  readonly name: string | null
}

/** What was searched by, as the history says it: never what was typed. */
export function searchedBy({ reference, phone }: Search): 'reference' | 'phone' | 'name' {
  return reference !== null ? 'reference' : phone !== null ? 'phone' : 'name'
}

export function readSearch(typed: string): Search {
  const name = folded(typed)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return { reference: parseReference(typed), phone: readPhone(typed), name: /\p{L}{2}/u.test(name) ? name : null }
}
