/**
 * May the office say it so? An ICU message with the places of the program's own sentence, all of
 * them and no others; in an SMS not longer than an SMS may be. Pure.
 */
import { IntlMessageFormat } from 'intl-messageformat'
import type { Language, Values } from '../../platform/words.js'
import { smsOf, smsParts, type SmsRules } from '../content/sms.js'

export const charactersMax = 600

export interface WordingProblem {
  readonly code: 'empty' | 'too-long' | 'syntax' | 'tag' | 'missing' | 'unknown' | 'kind' | 'sms-long'
  readonly names?: string
}

type Ast = ReturnType<IntlMessageFormat['getAst']>
/** Types of the parser's elements: its enum is not exported by the package that is used. */
const type = { literal: 0, argument: 1, tag: 8 } as const

interface Place {
  readonly name: string
  readonly type: number
}

/** The places of a message, wherever they are nested. */
function placesOf(ast: Ast): readonly Place[] {
  return ast.flatMap((element): readonly Place[] => {
    const kind: number = element.type
    if (!('value' in element) || kind === type.literal) return []
    const own = { name: element.value, type: kind }
    if ('children' in element) return [own, ...placesOf(element.children)]
    if ('options' in element) return [own, ...Object.values(element.options).flatMap((option) => placesOf(option.value))]
    return [own]
  })
}

function parsed(text: string, language: Language): Ast | null {
  try {
    return new IntlMessageFormat(text, language).getAst()
  } catch {
    return null
  }
}

/** Names of the places a sentence of the program has, in their order. */
export function placeNames(original: string, language: Language): readonly string[] {
  return [...new Set(placesOf(parsed(original, language) ?? []).map(({ name }) => name))]
}

/** A sentence with its places filled; null where it cannot be said. */
export function saidSo(text: string, language: Language, values: Values): string | null {
  try {
    return new IntlMessageFormat(text, language).format(values) as string
  } catch {
    return null
  }
}

/** Names of places, once each, but for those of others. */
function names(from: readonly Place[], without: readonly Place[]): string {
  return [...new Set(from.map(({ name }) => name))].filter((name) => !without.some((each) => each.name === name)).join(', ')
}

export function checkWording(
  text: string,
  { original, language, examples, sms }: { original: string; language: Language; examples: Values; sms: SmsRules | null },
): WordingProblem | null {
  if (text.trim() === '') return { code: 'empty' }
  if (text.length > charactersMax) return { code: 'too-long' }
  const ast = parsed(text, language)
  if (ast === null) return { code: 'syntax' }
  const [own, theirs] = [placesOf(ast), placesOf(parsed(original, language) ?? [])]
  if (own.some((place) => place.type === type.tag)) return { code: 'tag' }
  const [missing, unknown] = [names(theirs, own), names(own, theirs)]
  if (missing !== '') return { code: 'missing', names: missing }
  if (unknown !== '') return { code: 'unknown', names: unknown }
  // A place is filled as it stands, or in the forms in which the program's own sentence has it.
  const strange = own.filter(
    (place) => place.type !== type.argument && !theirs.some((each) => each.name === place.name && each.type === place.type),
  )
  if (strange.length > 0) return { code: 'kind', names: names(strange, []) }
  const said = saidSo(text, language, examples)
  if (said === null) return { code: 'syntax' }
  if (sms !== null && smsParts(smsOf({ subject: '', links: [], short: [said] }, { ...sms, partsMax: 99 })).parts > sms.partsMax)
    return { code: 'sms-long' }
  return null
}
