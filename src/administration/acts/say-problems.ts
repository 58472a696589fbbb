/**
 * What is wrong with an act as data, said to an official: the place as people would find it, and the
 * fault in Polish. The validator speaks English and of paths; a fault not known here is given as it is.
 */
import type { FieldError } from '../../platform/decision.js'
import type { Translate } from '../../platform/words.js'
import type { ActDocument } from '../../regulation/index.js'
import { fieldName } from '../form/fields.js'
import { wrong } from '../form/read.js'
import { fieldsByKind } from './fields.js'
import { fieldLabel, kindLabel } from './labels.js'

export interface Problem {
  readonly place: string
  readonly sentence: string
}

const faults: readonly (readonly [RegExp, string])[] = [
  [/^must have required property '(.+)'$/, 'missing'],
  [/^must be (?:string|integer|number|boolean|object|array)/, 'type'],
  [/^must match (?:pattern|format)/, 'pattern'],
  [/^must be equal to (?:one of the allowed values|constant)/, 'choice'],
  [/^(?:value of tag|tag) /, 'kind'],
  [/^must NOT have additional properties/, 'unknown'],
  [/^boolean schema is false/, 'unasked'],
  [/^must be [<>]=? /, 'range'],
  [/^must NOT have (?:fewer|more) than/, 'count'],
  [/^must match (?:exactly one|a) schema/, 'shape'],
  [/^must match "(?:then|else)" schema/, 'shape'],
  [/ stands twice$/, 'twice'],
  [/^no condition "(.+)"/, 'condition'],
  [/^ends before it begins/, 'ends-before'],
  [/^the office has no \w+ "(.+)"/, 'place'],
]

/** The same as sentences, each place with the fault once. */
export function sayProblems(t: Translate, errors: readonly FieldError[], act?: Pick<ActDocument, 'provisions'>): readonly Problem[] {
  const said = errors.map((error) => ({ place: placeOf(t, error, act), sentence: faultOf(t, error) }))
  const seen = new Set<string>()
  return said.filter(({ place, sentence }) => !seen.has(`${place} ${sentence}`) && seen.add(`${place} ${sentence}`))
}

/** `/acts/0/provisions/3/parameters/limit` as "§ 2 (limit osób), najwięcej osób", where the act is known; else the path. */
function placeOf(t: Translate, { field, values }: FieldError, act: Pick<ActDocument, 'provisions'> | undefined): string {
  const path = String(values?.['place'] ?? field)
  const parts = /^\/acts\/0\/provisions\/(\d+)\/?(.*)$/.exec(path)
  const provision = parts === null ? undefined : act?.provisions[Number(parts[1])]
  if (act === undefined) return path
  if (provision === undefined) return path.replace(/^\/acts\/0\/?/, '') || t('administration-staff.facts')
  const inside = (parts?.[2] ?? '').replace(/^parameters\/?/, '')
  const known = fieldsByKind()
    .get(provision.kind)
    ?.find((each) => each.path.join('/') === inside)
  const what = known === undefined ? inside : fieldLabel(t, provision.kind, known)
  return [`${provision.reference} (${kindLabel(t, provision.kind)})`, what].filter((each) => each !== '').join(', ')
}

function faultOf(t: Translate, { message, values }: FieldError): string {
  const text = String(values?.['text'] ?? t(message, values))
  for (const [pattern, key] of faults) {
    const found = pattern.exec(text)
    if (found !== null) return t(`administration-staff.fault.${key}`, { what: found[1] ?? '' })
  }
  return text
}

/** A fault of one provision as errors at the fields of its form. */
export function provisionErrors(errors: readonly FieldError[], kind: string): readonly FieldError[] {
  const names = (fieldsByKind().get(kind) ?? []).map(fieldName)
  return errors.map((error) => {
    const path = String(error.values?.['place'] ?? '').replace(/^\/acts\/0\/provisions\/\d+\/?/, '')
    const missing = /^must have required property '(.+)'$/.exec(String(error.values?.['text'] ?? ''))?.[1]
    const inside = [...path.split('/'), ...(missing === undefined ? [] : [missing])].filter((each) => each !== 'parameters' && each !== '')
    // The most precise field there is: of a list its group, of a lost field the first.
    const name = inside.map((_, index) => `p-${inside.slice(0, inside.length - index).join('-')}`).find((each) => names.includes(each))
    const field = name ?? (path.startsWith('scope/') ? path.split('/').slice(0, 2).join('-') : (names[0] ?? 'reference'))
    return wrong(field, `fault.${faultKey(error)}`)
  })
}

function faultKey(error: FieldError): string {
  const text = String(error.values?.['text'] ?? '')
  return faults.find(([pattern]) => pattern.test(text))?.[1] ?? 'other'
}
