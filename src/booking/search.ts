/**
 * Finding a matter as people speak, for a citizen and for a clerk on the phone alike: by everyday
 * words in any of the languages, in any form, without Polish letters, with errors of typing.
 *
 * A pure function of the office and what was typed; the index is kept per office. What the office
 * does not handle is found too and says so. See search/catalogue.ts for the order.
 */
import type { Directory, LifeEvent, Named, Service, Unit } from '../directory/index.js'
import { buildCatalogue, type Catalogue, type Entry } from './search/catalogue.js'

export { folded } from './search/stems.js'

/** Longest text that is searched for: the longest name there can be; what is longer is cut. */
export const searchCharactersMax = 200

/** What people look for here and another office handles: passports, say. */
export interface Elsewhere extends Named {
  readonly id: string
  readonly keywords?: readonly string[] | undefined
  /** Name of the office that handles it. */
  readonly who: string
}

/** An office as the search reads it; one that names nothing handled elsewhere has none. */
export type SearchedOffice = Directory & { readonly elsewhere?: { values(): Iterable<Elsewhere> } }

export type FoundMatter =
  | { readonly kind: 'service'; readonly service: Service }
  | { readonly kind: 'elsewhere'; readonly elsewhere: Elsewhere }

/** A matter as if it was found. */
export function serviceFound(service: Service): FoundMatter {
  return { kind: 'service', service }
}

/** What fits best of the open matters and of what is handled elsewhere, the best first; nothing when nothing was typed. */
export function searchMatters(office: SearchedOffice, typed: string): readonly FoundMatter[] {
  return cataloguesOf(office).matters.find(typed.slice(0, searchCharactersMax))
}

/** The open matters among them. */
export function searchServices(office: SearchedOffice, typed: string): readonly Service[] {
  return searchMatters(office, typed).flatMap((found) => (found.kind === 'service' ? [found.service] : []))
}

/** Life events that fit, the best first; nothing when nothing was typed. */
export function searchLifeEvents(office: SearchedOffice, typed: string): readonly LifeEvent[] {
  return cataloguesOf(office).lifeEvents.find(typed.slice(0, searchCharactersMax))
}

/** Open units that fit by their own names, by what they handle, or by everyday words for it, the best first. */
export function searchUnits(office: SearchedOffice, typed: string): readonly Unit[] {
  return cataloguesOf(office).units.find(typed.slice(0, searchCharactersMax))
}

/** Was anything typed that can be searched for? Blanks and signs alone cannot. */
export function isQuestion(typed: string): boolean {
  return /[\p{L}\p{N}]/u.test(typed.slice(0, searchCharactersMax))
}

/** Matters people can be offered, in the order of the office file. */
export function openServices(directory: Directory): readonly Service[] {
  return [...directory.services.values()].filter((service) => !service.closed)
}

interface Catalogues {
  readonly matters: Catalogue<FoundMatter>
  readonly lifeEvents: Catalogue<LifeEvent>
  readonly units: Catalogue<Unit>
}

const kept = new WeakMap<Directory, Catalogues>()

/** Built at the first question; the same until the office changes. */
function cataloguesOf(office: SearchedOffice): Catalogues {
  let catalogues = kept.get(office)
  if (catalogues === undefined) {
    const services = openServices(office).map((service) => serviceEntry(office, service))
    const elsewhere = [...(office.elsewhere?.values() ?? [])].map(elsewhereEntry)
    const lifeEvents = [...office.lifeEvents.values()].map(lifeEventEntry)
    const units = [...office.units.values()].filter(({ closed }) => !closed).map((unit) => unitEntry(office, unit))
    catalogues = {
      matters: buildCatalogue([...services, ...elsewhere]),
      lifeEvents: buildCatalogue(lifeEvents),
      units: buildCatalogue(units),
    }
    kept.set(office, catalogues)
  }
  return catalogues
}

function serviceEntry(directory: Directory, service: Service): Entry<FoundMatter> {
  const units = directory.unitAndParents(service.unitId).flatMap((unit) => [...namesOf(unit), ...unit.keywords])
  const summaries = [service, ...Object.values(service.translations ?? {})].map(({ summary }) => summary ?? '')
  return {
    thing: serviceFound(service),
    names: namesOf(service),
    keywords: service.keywords,
    summary: summaries.join(' '),
    unit: units.join(' '),
  }
}

function unitEntry(office: Directory, unit: Unit): Entry<Unit> {
  const handled = openServices(office).filter(({ unitId }) => unitId === unit.id)
  return {
    thing: unit,
    names: namesOf(unit),
    keywords: [...unit.keywords, ...handled.flatMap((service) => [...namesOf(service), ...service.keywords])],
    summary: handled.map(({ summary }) => summary ?? '').join(' '),
    unit: office
      .unitAndParents(unit.id)
      .slice(1)
      .flatMap((each) => namesOf(each))
      .join(' '),
  }
}

function elsewhereEntry(elsewhere: Elsewhere): Entry<FoundMatter> {
  const { keywords = [] } = elsewhere
  return { thing: { kind: 'elsewhere', elsewhere }, names: namesOf(elsewhere), keywords, summary: '', unit: '' }
}

/** In every language: people type the word they know, whatever the language of the page. */
function namesOf({ name, translations = {} }: Named): readonly string[] {
  return [name, ...Object.values(translations).map((each) => each.name)]
}

function lifeEventEntry(event: LifeEvent): Entry<LifeEvent> {
  return { thing: event, names: Object.values(event.name), keywords: event.keywords, summary: '', unit: '' }
}
