/** What stands in the fields of a form: as it was typed, or as a saved value would be typed. */
import { formList, formText } from '../../platform/http/form.js'
import { fieldName, inRow, type Field } from './fields.js'
import { closedWord, fieldLengthMax, groupName, textLengthMax } from './read.js'

export interface Typed {
  text(name: string): string
  list(name: string): readonly string[]
}

export const nothingTyped: Typed = { text: () => '', list: () => [] }

/** As it came over the wire, lines kept. */
export function typedIn(body: unknown): Typed {
  return {
    text: (name) => {
      const value = typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : ''
      return typeof value === 'string' && value.includes('\n') ? value.slice(0, textLengthMax) : formText(body, name, fieldLengthMax)
    },
    list: (name) => formList(body, name, 500),
  }
}

/** Given names and their answers. */
export function typedOf(fields: ReadonlyMap<string, string | readonly string[]>): Typed {
  return {
    text: (name) => {
      const value = fields.get(name)
      return typeof value === 'string' ? value : (value?.[0] ?? '')
    },
    list: (name) => {
      const value = fields.get(name)
      return typeof value === 'string' ? [value] : (value ?? [])
    },
  }
}

/** The answers of these fields as they would be typed; `value` is what they were read from, or nothing. */
export function fillFields(typed: Map<string, string | readonly string[]>, fields: readonly Field[], value: unknown): void {
  for (const field of fields) fill(typed, field, valueAt(value, field.path))
}

function fill(fields: Map<string, string | readonly string[]>, field: Field, value: unknown): void {
  const name = fieldName(field)
  if (value === undefined || value === null) return
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  switch (field.type) {
    case 'yes':
      fields.set(name, value === true ? ['tak'] : [])
      return
    case 'choices':
    case 'refs':
      fields.set(name, (value as readonly unknown[]).map(String))
      return
    case 'rows':
      for (const [index, row] of (value as readonly unknown[]).entries())
        for (const each of field.fields) fill(fields, inRow(field, index, each), valueAt(row, each.path))
      return
    case 'groups':
      for (const [index, group] of (value as readonly (readonly string[])[]).entries()) fields.set(groupName(name, index), group)
      return
    case 'fixed':
      return
    case 'lines':
      fields.set(name, (value as readonly string[]).join('\n'))
      return
    case 'intervals':
      fields.set(name, intervalsText(value as readonly { readonly from: string; readonly to: string }[]))
      return
    case 'month-day':
      fields.set(name, text.split('-').toReversed().join('.'))
      return
    case 'day':
      fields.set(name, written(text))
      return
    case 'text':
      fields.set(field.codes.length > 0 && !field.codes.includes(text) ? `${name}-other` : name, text)
      return
    case 'choice':
    case 'ref':
    case 'number':
    case 'time':
    case 'data':
      fields.set(name, text)
  }
}

function intervalsText(intervals: readonly { readonly from: string; readonly to: string }[]): string {
  return intervals.length === 0 ? closedWord() : intervals.map(({ from, to }) => `${from}–${to}`).join(', ')
}

function valueAt(parameters: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined),
    parameters,
  )
}

/** "25.05.2020" for 2020-05-25, as days are typed. */
export function written(day: string | undefined): string {
  return day === undefined ? '' : day.split('-').toReversed().join('.')
}
