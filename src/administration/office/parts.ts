/**
 * The parts of the office as pages show them: their addresses, what their things are called, and what is
 * not asked in a form because it follows from the rest.
 */
import { officePart, onlyOne, thingIn, type OfficeFile } from '../../directory/index.js'

type Entry = Readonly<Record<string, unknown>>

export interface PartPage {
  readonly part: string
  /** Under /praca/urzad. */
  readonly slug: string
  /** Keys that follow from the rest, or that the program gives. */
  readonly hidden?: readonly string[]
  /** How a thing is called in a list. */
  name(file: OfficeFile, thing: Entry): string
  /** The id of a new thing; left out where the thing says it itself. */
  id?(file: OfficeFile, thing: Entry): string
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const named = (_file: OfficeFile, { name }: Entry): string => text(name)
const only = (): string => ''
const nameOf = (file: OfficeFile, part: string, id: unknown): string => nameOfThing(file, part, text(id))

export const partPages: readonly PartPage[] = [
  {
    part: 'desk',
    slug: 'stanowiska',
    hidden: ['slug'],
    name: (file, { roomId, label }) => [nameOf(file, 'room', roomId), text(label)].join(', '),
    id: (_file, { roomId, label }) => `${text(roomId)}/${slugOf(text(label))}`,
  },
  { part: 'service', slug: 'sprawy', hidden: ['id'], name: named, id: (_file, { name }) => slugOf(text(name)) },
  {
    part: 'unit',
    slug: 'jednostki',
    hidden: ['id'],
    name: named,
    id: (_file, { parentId, name }) => [...(text(parentId) === '' ? [] : [text(parentId)]), slugOf(text(name))].join('/'),
  },
  {
    part: 'room',
    slug: 'pokoje',
    hidden: ['id'],
    name: (file, { buildingId, number }) => [nameOf(file, 'building', buildingId), text(number)].join(', '),
    id: (_file, { buildingId, number }) => `${text(buildingId)}/${slugOf(text(number))}`,
  },
  { part: 'building', slug: 'budynki', hidden: ['id'], name: named, id: (_file, { name }) => slugOf(text(name)) },
  { part: 'office', slug: 'dane', hidden: ['id'], name: only },
  { part: 'contact', slug: 'kontakty', name: (_file, { purpose }) => text(purpose) },
  { part: 'elsewhere', slug: 'inne-urzedy', hidden: ['id'], name: named, id: (_file, { name }) => slugOf(text(name)) },
  {
    part: 'life-event',
    slug: 'sytuacje',
    hidden: ['id'],
    name: (_file, { name }) => text((name as Entry | undefined)?.['pl']),
    id: (_file, { name }) => slugOf(text((name as Entry | undefined)?.['pl'])),
  },
  { part: 'queue-group', slug: 'kolejki', name: (_file, { letter, name }) => `${text(letter)}: ${text(name)}` },
  {
    part: 'hours',
    slug: 'godziny',
    name: (file, { unit }) => (unit === null ? file.office.name : nameOf(file, 'unit', unit)),
  },
  { part: 'holiday', slug: 'swieta', name: named },
  { part: 'days-off', slug: 'dni-wolne', name: only },
  { part: 'payment-account', slug: 'rachunki', hidden: ['iban'], name: named },
  { part: 'rate', slug: 'stawki', name: (_file, { what }) => text(what) },
  { part: 'cash-desk', slug: 'kasa', name: only },
  { part: 'privacy', slug: 'dane-osobowe', name: only },
  { part: 'accessibility', slug: 'deklaracja', name: only },
  { part: 'settings', slug: 'ustawienia', name: only },
  { part: 'notes', slug: 'uwagi', name: only },
]

export function pageOf(part: string): PartPage | undefined {
  return partPages.find((each) => each.part === part)
}

export function pageAt(slug: string): PartPage | undefined {
  return partPages.find((each) => each.slug === slug)
}

/** Is there one of it in an office, and no list? */
export function isSingle(part: string): boolean {
  return ['office', 'days-off', 'cash-desk', 'privacy', 'accessibility', 'settings', 'notes'].includes(part)
}

/** What a thing of the file is called; its id where it is not there. */
export function nameOfThing(file: OfficeFile, part: string, subject: string): string {
  const thing = thingIn(file, part, subject)
  return thing === null ? subject : (pageOf(part)?.name(file, thing) ?? subject)
}

export function addressOf(part: string, subject: string): string {
  const slug = pageOf(part)?.slug ?? ''
  return isSingle(part) ? `/praca/urzad/${slug}` : `/praca/urzad/${slug}/${encodeURIComponent(subject)}`
}

/** The id of a thing: the one it says, or for a new one an id nothing of the office has, closed things included. */
export function subjectFor(file: OfficeFile, part: string, thing: Entry, taken: (id: string) => boolean): string {
  const page = pageOf(part)
  if (page?.id === undefined) return officePart(part)?.subjectOf(thing) ?? onlyOne
  const wanted = page.id(file, thing)
  for (let number = 1; ; number++) {
    const id = number === 1 ? wanted : `${wanted}-${number}`
    if (!taken(id)) return id
  }
}

/** "Wydział Spraw Obywatelskich" as `wydzial-spraw-obywatelskich`. */
export function slugOf(name: string): string {
  const plain = name.replaceAll('ł', 'l').replaceAll('Ł', 'L').normalize('NFD').replaceAll(/\p{M}/gu, '')
  const slug =
    plain
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('-') ?? ''
  return slug === '' ? 'bez-nazwy' : slug.slice(0, 60).replace(/-$/, '')
}
