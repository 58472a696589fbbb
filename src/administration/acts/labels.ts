/** What the fields and answers of a provision are called on the forms of the staff. */
import type { Translate } from '../../platform/words.js'
import type { FieldWords } from '../form/field.js'
import type { Field } from '../form/fields.js'

/** Answers that the words of the rules name already. */
const namedElsewhere: Readonly<Record<string, string>> = {
  channels: 'channel',
  channel: 'way',
  caseKinds: 'case',
  needs: 'means',
  lacking: 'means',
  obligation: 'safety',
  place: 'place',
}
const codesElsewhere: Readonly<Record<string, string>> = {
  'not-counted': 'who',
  'safety-exemption': 'exempt',
  task: 'task',
  priority: 'priority',
}

export function kindLabel(t: Translate, kind: string): string {
  return firstOf(t, [`administration-staff.kind.${kind}`]) ?? kind
}

/** What the form of a kind says. */
export function wordsOfKind(t: Translate, kind: string): FieldWords {
  return {
    label: (field) => fieldLabel(t, kind, field),
    hint: (field) => fieldHint(t, kind, field),
    value: (field, value) => valueLabel(t, kind, field, value),
  }
}

/** The question; where no words are known for it, the name the schema has. */
export function fieldLabel(t: Translate, kind: string, { path }: Field): string {
  const name = path.join('.')
  return firstOf(t, [`administration-staff.field.${kind}.${name}`, `administration-staff.field.${name}`]) ?? name
}

function fieldHint(t: Translate, kind: string, field: Field): string | undefined {
  const name = field.path.join('.')
  const own = firstOf(t, [`administration-staff.hint.${kind}.${name}`, `administration-staff.hint.${name}`])
  const byType = firstOf(t, [`administration-staff.hint.type.${field.type}`])
  return own ?? byType ?? undefined
}

function valueLabel(t: Translate, kind: string, { path }: Field, value: string): string {
  const name = path.at(-1) ?? ''
  const elsewhere = name === 'who' ? codesElsewhere[kind] : namedElsewhere[name]
  return (
    firstOf(t, [
      `administration-staff.value.${kind}.${name}.${value}`,
      `administration-staff.value.${name}.${value}`,
      ...(elsewhere === undefined ? [] : [`regulation.${elsewhere}.${value}`]),
    ]) ?? value
  )
}

function firstOf(t: Translate, keys: readonly string[]): string | null {
  const key = keys.find((each) => t.has(each))
  return key === undefined ? null : t(key)
}
