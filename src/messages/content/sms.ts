/** A letter as an SMS: what is said shortly, else its subject and first link. */
import type { Letter } from '../model.js'

export function smsOf({ short, subject, links }: Letter): string {
  return (short ?? [subject, ...links.slice(0, 1).map(({ href }) => href)]).join(' ')
}
