/** The parts of the page without the network: its elements, its words, and how acts are made and told. */
import { deviceNow, officeNow, type Kept } from './door-kept.js'
import type { Act, ListedVisit } from './door-lookup.js'
import { receiptOf } from './door-receipt.js'

export const frame = document.querySelector<HTMLElement>('[data-door-offline]')!
export const base = frame.dataset['doorOffline']!
export const building = frame.dataset['building']!
export const wall = new Intl.DateTimeFormat('pl', { timeZone: 'Europe/Warsaw', hour: 'numeric', minute: '2-digit' })
export const longDay = new Intl.DateTimeFormat('pl', {
  timeZone: 'Europe/Warsaw',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** Visits of the lists of this page, by their row. */
export const seen = new Map<number, ListedVisit>()

export const part = (name: string): DocumentFragment =>
  frame.querySelector<HTMLTemplateElement>(`template[data-part="${name}"]`)!.content.cloneNode(true) as DocumentFragment
export const words = (selector: string): string =>
  frame.querySelector<HTMLTemplateElement>(`template${selector}`)?.content.textContent ?? ''
export const one = (selector: string): HTMLElement => frame.querySelector<HTMLElement>(selector)!
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)

/** One thing after the other: a second scan waits until the first is kept. */
let turn: Promise<unknown> = Promise.resolve()
export function inTurn(work: () => Promise<void>): Promise<void> {
  const next = turn.then(work)
  turn = next.catch((error: unknown) => console.error(error))
  return next
}

export function newAct(list: Kept, act: Omit<Act, 'key' | 'building' | 'at' | 'deviceAt' | 'guard'>): Act {
  return { ...act, key: crypto.randomUUID(), building, at: officeNow(list), deviceAt: deviceNow(), guard: list.guard }
}

/** A press is once: the button is gone, or says what is wrong. */
export function press(place: ParentNode, act: string, work: () => Promise<void>): void {
  const button = place.querySelector<HTMLButtonElement>(`[data-act="${act}"]`)!
  let pressed = false
  button.addEventListener('click', () => {
    if (pressed) return
    pressed = true
    void inTurn(work).finally(() => (pressed = !button.isConnected))
  })
}

export function pick({ matter, meeting, time, room, initials }: ListedVisit): Record<string, string | null> {
  return { matter, meeting, time, room, initials }
}

/** Nothing moves under the pointer: a list is put in place only when it says something new. */
export function replaceUnlessSame(place: HTMLElement, items: readonly HTMLElement[]): void {
  if (markup(place.children) === markup(items)) return
  place.replaceChildren(...items)
}

function markup(elements: Iterable<Element>): string {
  return Array.from(elements, (each) => each.outerHTML).join('')
}

/** When and what, with what tells one person from the next: the hour and the initials of a listed visit. */
export function lineText(kind: 'ticket' | 'plain' | 'conflict' | 'unreadable', act: Act, ticket = ''): string {
  const admitted = fill(words(`[data-admitted="${act.purpose}"]`), { time: wall.format(act.at) })
  const visit = seen.get(act.visit ?? 0)
  const facts = visit === undefined ? [] : [visit.time, visit.initials].filter((fact) => fact !== null)
  const number = act.number === undefined ? [] : [receiptOf(act.number, act.at)]
  const what = [act.kind === 'admitted' ? admitted : words(`[data-kind="${act.kind}"]`), ...facts, ...number].join(', ')
  return fill(words(`[data-line="${kind}"]`), { time: wall.format(act.at), what, ticket })
}

export function line(kind: 'ticket' | 'plain' | 'conflict' | 'unreadable', act: Act, ticket?: string): HTMLElement {
  const item = document.createElement('li')
  item.textContent = lineText(kind, act, ticket)
  return item
}

/** The same sentence again is not said again. */
export function say(place: HTMLElement, sentence: string): void {
  if (place.textContent !== sentence) place.textContent = sentence
}

/** The facts of a visit, those there are. */
export function factsOf(visit: ListedVisit, enteredAt: number | null): DocumentFragment {
  const facts = part('facts')
  const values: Record<string, string | null> = { ...pick(visit), 'entered-at': enteredAt === null ? null : wall.format(enteredAt) }
  for (const row of facts.querySelectorAll<HTMLElement>('[data-fact]')) {
    const value = values[row.dataset['fact']!] ?? null
    if (value === null) row.remove()
    else row.querySelector('dd')!.textContent = value
  }
  return facts
}
