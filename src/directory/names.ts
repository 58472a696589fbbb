/**
 * What the office calls its matters and units, as a page or a message says it: in the language of the
 * page where the office file gives it so, else in Polish, marked as such (docs/decisions/0012-languages.md).
 * Each function gives text for a sentence, a title or an element alike. Staff read Polish: `name`.
 */
import type { Translate } from '../platform/words.js'
import type { Directory, Named, Service, Translations, Unit } from './model.js'

/** Words in the language of the page, and the Polish ones; null where those are the same. */
export interface Both {
  readonly own: string
  readonly polish: string | null
}

/** The name, in one language. */
export function nameIn(t: Translate, of: Named): string {
  return inLanguage(t, of)?.name ?? t.polish(of.name)
}

/** The name, and the Polish one by which it is known at the office. */
export function fullName(t: Translate, of: Named): Both {
  return both(t, inLanguage(t, of)?.name, of.name)
}

/** "Identity cards / Dowody osobiste", where both must be one text. */
export function bothText({ own, polish }: Both): string {
  return polish === null ? own : `${own} / ${polish}`
}

/** What a matter is about in a few words; null where its name alone says it. */
export function summaryIn(t: Translate, service: Service): string | null {
  return service.summary === null ? null : (inLanguage(t, service)?.summary ?? t.polish(service.summary))
}

/** What to bring; a paper is asked for elsewhere by its Polish name. */
export function bringIn(t: Translate, service: Service): readonly Both[] {
  const own = inLanguage(t, service)?.bring
  return service.bring.map((polish, index) => both(t, own?.[index], polish))
}

/** "Wydział Komunikacji – Prawa jazdy": a section says little without its department. */
export function unitName(t: Translate, directory: Directory, unitId: string): string {
  return unitPath(directory, unitId, (unit) => nameIn(t, unit))
}

/** The same, and as it stands on signs. */
export function fullUnitName(t: Translate, directory: Directory, unitId: string): Both {
  const isTranslated = directory.unitAndParents(unitId).some((unit) => inLanguage(t, unit) !== undefined)
  return both(
    t,
    isTranslated ? unitName(t, directory, unitId) : undefined,
    unitPath(directory, unitId, ({ name }) => name),
  )
}

function unitPath(directory: Directory, unitId: string, say: (unit: Unit) => string): string {
  return directory.unitAndParents(unitId).toReversed().map(say).join(' – ')
}

function inLanguage<Words>({ language }: Translate, of: { readonly translations?: Translations<Words> | undefined }): Words | undefined {
  return language === 'pl' ? undefined : of.translations?.[language]
}

function both(t: Translate, own: string | undefined, polish: string): Both {
  return own === undefined ? { own: t.polish(polish), polish: null } : { own, polish: t.polish(polish) }
}
