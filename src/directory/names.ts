/**
 * What the office calls its matters and units, as a page or a message says it: in the language of the
 * page where the office file gives it so, else in Polish, marked as such (docs/decisions/0012-languages.md).
 * Each function gives text for a sentence, a title or an element alike. Staff read Polish: `name`.
 */
import type { Translate } from '../platform/words.js'
import type { Directory, Named, Service, Translations, Unit } from './model.js'

/** The name, in one language. */
export function nameIn(t: Translate, of: Named): string {
  return inLanguage(t, of)?.name ?? t.polish(of.name)
}

/** The name and the Polish one, for what is shown or told at the office: "Identity card / Dowód osobisty". */
export function fullName(t: Translate, of: Named): string {
  return withPolish(nameIn(t, of), polishName(t, of))
}

/** The Polish name where `nameIn` gives another; null where it is the same. */
export function polishName(t: Translate, of: Named): string | null {
  return inLanguage(t, of) === undefined ? null : t.polish(of.name)
}

/** What a matter is about in a few words; null where its name alone says it. */
export function summaryIn(t: Translate, service: Service): string | null {
  return service.summary === null ? null : (inLanguage(t, service)?.summary ?? t.polish(service.summary))
}

/** What to bring, each with its Polish name: a paper is asked for by it elsewhere. */
export function bringIn(t: Translate, service: Service): readonly string[] {
  const own = inLanguage(t, service)?.bring
  return service.bring.map((polish, index) => (own === undefined ? t.polish(polish) : withPolish(own[index] ?? '', t.polish(polish))))
}

/** "Wydział Komunikacji – Prawa jazdy": a section says little without its department. */
export function unitName(t: Translate, directory: Directory, unitId: string): string {
  return path(directory, unitId, (unit) => nameIn(t, unit))
}

/** The same and its Polish name, for who looks for it or asks the way. */
export function fullUnitName(t: Translate, directory: Directory, unitId: string): string {
  const translated = directory.unitAndParents(unitId).some((unit) => inLanguage(t, unit) !== undefined)
  return withPolish(unitName(t, directory, unitId), translated ? t.polish(path(directory, unitId, ({ name }) => name)) : null)
}

function path(directory: Directory, unitId: string, say: (unit: Unit) => string): string {
  return directory.unitAndParents(unitId).toReversed().map(say).join(' – ')
}

function inLanguage<Words>({ language }: Translate, of: { readonly translations?: Translations<Words> | undefined }): Words | undefined {
  return language === 'pl' ? undefined : of.translations?.[language]
}

function withPolish(own: string, polish: string | null): string {
  return polish === null ? own : `${own} / ${polish}`
}
