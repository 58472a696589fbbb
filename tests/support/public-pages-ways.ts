/** The ways to the citizens' pages, for the table of them (public-pages.ts): what a person does to see each. */
import assert from 'node:assert/strict'
import type { Context } from '../../src/platform/context.js'
import type { Language } from '../../src/platform/words.js'
import { codeOf } from './confirming.js'
import type { Seen, Visitor } from './visitor.js'

/** `full` has what can be on it, `empty` nothing found or filled in, `error` a wrong field, `refused` an answer that is no. */
export type PageState = 'full' | 'empty' | 'error' | 'refused'

export interface PublicPage {
  readonly name: string
  readonly state: PageState
  /** Anybody's first page: nothing of a person on it; its weight is limited. */
  readonly first?: true
  readonly reach: (person: Visitor, tools: PageTools) => Promise<Seen>
  /** Shows letters: plain text, which cannot mark the names of the office as Polish. */
  readonly letters?: true
  /** The status its answer has. */
  readonly status?: number
}

export interface PageTools {
  readonly context: Context
  readonly language: Language
  /** A phone number nobody else in the test has. */
  readonly phone: () => string
  /** Changes a visit as the door and the desks would. */
  readonly change: (reference: string, set: string) => Promise<void>
}

export const times = '/sprawy/rejestracja-pojazdow/terminy'
export const request = '/sprawy/dowody-osobiste/prosba'
// A name is in no language: one without Polish letters, so that those found are the page's own.
export const somebody = { name: 'Jan Nowak', email: '' }

/** A page that is reached by its address. */
export const at =
  (path: string): PublicPage['reach'] =>
  (person) =>
    person.open(path)

export function startsOn(seen: Seen): readonly string[] {
  return [...new Set([...seen.html.matchAll(/name="start"[^>]*value="([^"]+)"/g)].map((match) => match[1] as string))]
}

export function referenceIn(path: string): string {
  return /\/(?:rezerwacja|wizyta)\/([A-Z2-9]{8})/.exec(path)?.[1] ?? assert.fail(`no reference in ${path}`)
}

export async function held(person: Visitor, _tools?: PageTools, path = times): Promise<Seen> {
  const starts = startsOn(await person.open(path))
  return person.send({ start: starts[Math.floor(starts.length / 2)] as string }, path)
}

export async function checked(person: Visitor, tools: PageTools, path?: string): Promise<Seen> {
  await held(person, tools, path)
  const { phone } = tools
  return person.send({ ...somebody, phone: phone(), urgent: 'tak' })
}

/** Sent on the web: the page of the code. */
export async function pending(person: Visitor, tools: PageTools, path?: string): Promise<Seen> {
  await checked(person, tools, path)
  return person.send()
}

export async function booked(person: Visitor, tools: PageTools, path?: string): Promise<string> {
  const reference = referenceIn((await pending(person, tools, path)).path)
  await person.send({ kod: await codeOf(tools.context, reference) }, `/wizyta/${reference}/potwierdz`)
  return reference
}

export const ofVisit =
  (rest: string): PublicPage['reach'] =>
  async (person, tools) =>
    person.open(`/wizyta/${await booked(person, tools)}${rest}`)

export const whenVisit =
  (set: string): PublicPage['reach'] =>
  async (person, tools) => {
    const reference = await booked(person, tools)
    await tools.change(reference, set)
    return person.open(`/wizyta/${reference}`)
  }
