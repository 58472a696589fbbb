/** What the parts, fields and answers of the office are called, what a thing says in words, and what is wrong with it. */
import type { OfficeFile, Thing } from '../../directory/index.js'
import { officeDay } from '../../platform/clock.js'
import { minuteTime, wallTime, type Translate } from '../../platform/words.js'
import type { FieldWords } from '../form/field.js'
import { fieldName, inRow, type Field } from '../form/fields.js'
import { fillFields, typedOf, type Typed } from '../form/typed.js'
import { fieldsOfPart } from './fields.js'
import { nameOfThing, pageOf } from './parts.js'

const prefix = 'administration-office-staff'

export function partLabel(t: Translate, part: string): string {
  return firstOf(t, [`directory-staff.part.${part}`]) ?? part
}

/** "stanowisko: Wałowa 5, 22, 1"; a thing there is one of, by its part alone. */
export function thingLabel(t: Translate, file: OfficeFile, part: string, subject: string, thing: Thing = null): string {
  const name = thing === null ? nameOfThing(file, part, subject) : (pageOf(part)?.name(file, thing) ?? subject)
  return name === '' || (name === subject && pageOf(part)?.name(file, thing ?? {}) === '')
    ? partLabel(t, part)
    : `${partLabel(t, part)}: ${name}`
}

export function wordsOfPart(t: Translate, part: string): FieldWords {
  return {
    label: (field) => keyLabel(t, part, nameOf(field)),
    hint: (field) =>
      firstOf(t, [`${prefix}.hint.${part}.${nameOf(field)}`, `${prefix}.hint.${nameOf(field)}`, `${prefix}.hint.type.${field.type}`]) ??
      undefined,
    value: (field, value) => valueLabel(t, nameOf(field), value),
  }
}

function keyLabel(t: Translate, part: string, name: string): string {
  return firstOf(t, [`${prefix}.field.${part}.${name}`, `${prefix}.field.${name}`]) ?? name
}

function valueLabel(t: Translate, name: string, value: string): string {
  const [last = '', before = ''] = name.split('.').toReversed()
  const weekday = last.startsWith('weekday') ? [`regulation.weekday.${value}`] : []
  return firstOf(t, [`${prefix}.value.${before}.${value}`, `${prefix}.value.${last}.${value}`, ...weekday]) ?? value
}

/** The path without the numbers of rows. */
function nameOf({ path }: Field): string {
  return path.filter((each) => !/^\d+$/.test(each)).join('.')
}

export interface Said {
  readonly label: string
  readonly text: string
}

/** A thing in words, key by key; what it does not say is left out. */
export function sayThing(t: Translate, file: OfficeFile, part: string, thing: Thing): readonly Said[] {
  if (thing === null) return []
  if (pageOf(part) === undefined) return sayForeign(t, file, part, thing)
  const fields = fieldsOfPart(part)
  const typed = new Map<string, string | readonly string[]>()
  fillFields(typed, fields, thing)
  return fields.flatMap((field) => sayField(t, file, part, field, typedOf(typed)))
}

function sayField(t: Translate, file: OfficeFile, part: string, field: Field, typed: Typed): readonly Said[] {
  if (field.type === 'rows') {
    const rows = Array.from({ length: 40 }, (_, index) =>
      field.fields.flatMap((each) => sayField(t, file, part, inRow(field, index, each), typed)),
    ).filter((row) => row.length > 0)
    const said = rows.map((row) => row.map(({ label, text }) => `${label}: ${text}`).join('; '))
    return said.length === 0 ? [] : [{ label: keyLabel(t, part, nameOf(field)), text: said.join('\n') }]
  }
  const text = answerText(t, file, field, typed)
  return text === '' ? [] : [{ label: keyLabel(t, part, nameOf(field)), text }]
}

function answerText(t: Translate, file: OfficeFile, field: Field, typed: Typed): string {
  const name = fieldName(field)
  switch (field.type) {
    case 'yes':
      return typed.list(name).includes('tak') ? t(`${prefix}.yes`) : ''
    case 'choice':
      return typed.text(name) === '' ? '' : valueLabel(t, nameOf(field), typed.text(name))
    case 'choices':
      return typed
        .list(name)
        .map((value) => valueLabel(t, nameOf(field), value))
        .join(', ')
    case 'ref':
      return typed.text(name) === '' ? '' : nameOfThing(file, field.to, typed.text(name))
    case 'refs':
      return typed
        .list(name)
        .map((id) => nameOfThing(file, field.to, id))
        .join('\n')
    case 'text':
    case 'number':
    case 'time':
    case 'month-day':
    case 'day':
    case 'intervals':
    case 'lines':
    case 'data':
    case 'groups':
    case 'rows':
    case 'fixed':
      return typed.text(name)
  }
}

/** Things of other slices: shifts, absences, days unlike others. */
function sayForeign(t: Translate, file: OfficeFile, part: string, thing: NonNullable<Thing>): readonly Said[] {
  return Object.entries(thing).flatMap(([key, value]) => {
    const text = foreignText(t, file, key, value)
    return text === '' || key === 'id' ? [] : [{ label: keyLabel(t, part, key), text }]
  })
}

function foreignText(t: Translate, file: OfficeFile, key: string, value: unknown): string {
  if (value === null || value === undefined || value === false) return ''
  if (value === true) return t(`${prefix}.yes`)
  if (Array.isArray(value)) return value.map((each) => foreignText(t, file, key, each)).join(', ')
  if (typeof value === 'number') return key.endsWith('Minute') ? minuteTime(value) : valueLabel(t, key, String(value))
  if (typeof value === 'object') {
    const { from, to, letter, afterMinutes } = value as Readonly<Record<string, unknown>>
    if (typeof from === 'number' && typeof to === 'number') return `${minuteTime(from)}–${minuteTime(to)}`
    return [letter, afterMinutes].filter((each) => typeof each === 'string' || typeof each === 'number').join(' ')
  }
  const text = typeof value === 'string' ? value : ''
  const named = { desk: 'desk', desks: 'desk', buildings: 'building', units: 'unit' }[key]
  if (named !== undefined) return nameOfThing(file, named, text)
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) {
    const at = Temporal.Instant.from(text)
    return `${foreignText(t, file, key, officeDay(at).toString())}, ${wallTime(at)}`
  }
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.split('-').toReversed().join('.') : valueLabel(t, key, text)
}

/** A sentence for what is wrong, of a finding of the file or of a field. */
export function faultSentence(t: Translate, message: string, values: Readonly<Record<string, string | number>> = {}): string {
  const code = message.replace(/^.*\./, '')
  const { keyword, form } = values
  const wanted = [...(code === 'limit' ? [String(keyword)] : []), ...(code === 'form' ? [`form.${formOf(String(form))}`] : []), code]
  return (
    firstOf(
      t,
      wanted.map((each) => `${prefix}.fault.${each}`),
      values,
    ) ?? t(message, values)
  )
}

function formOf(form: string): string {
  if (form.startsWith('^\\+')) return 'phone'
  if (form.startsWith('^[A-H')) return 'letter'
  return form.startsWith('^https?') ? 'uri' : form
}

function firstOf(t: Translate, keys: readonly string[], values: Readonly<Record<string, string | number>> = {}): string | null {
  const key = keys.find((each) => t.has(each))
  return key === undefined ? null : t(key, values)
}
