/** What stands in the fields of a form: as it was typed, or as a saved provision would be typed. */
import { formList, formText } from '../../platform/http/form.js'
import type { ProvisionDocument } from '../../regulation/index.js'
import { fieldName, fieldsByKind, type Field } from './fields.js'
import { placeKinds } from './document.js'
import { fieldLengthMax, textLengthMax } from './model.js'
import { closedWord, groupName } from './read-provision.js'

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

/** A saved provision as it would be typed. */
export function typedProvision(provision: ProvisionDocument): Typed {
  const fields = new Map<string, string | readonly string[]>([
    ['reference', provision.reference],
    ['from', written(provision.from)],
    ['until', written(provision.until)],
    ['condition', provision.condition ?? ''],
    ['binding', provision.binding === false ? 'nie' : 'tak'],
  ])
  const { scope = {} } = provision
  for (const kind of placeKinds) fields.set(`scope-${kind}`, scope[kind] ?? [])
  fields.set('scope-weekday', (scope.weekday ?? []).map(String))
  for (const end of ['from', 'until'] as const) {
    fields.set(`season-${end}`, scope.season === undefined ? '' : (scope.season[end].split('-').toReversed().join('.') ?? ''))
    fields.set(`dates-${end}`, written(scope.dates?.[end]))
  }
  for (const field of fieldsByKind().get(provision.kind) ?? []) fill(fields, field, valueAt(provision.parameters, field.path))
  return typedOf(fields)
}

function fill(fields: Map<string, string | readonly string[]>, field: Field, value: unknown): void {
  const name = fieldName(field)
  if (value === undefined) return
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  switch (field.type) {
    case 'yes':
      fields.set(name, value === true ? ['tak'] : [])
      return
    case 'choices':
      fields.set(name, value as readonly string[])
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
    case 'number':
    case 'time':
    case 'data':
      fields.set(name, text)
  }
}

function intervalsText(intervals: readonly { readonly from: string; readonly to: string }[]): string {
  return intervals.length === 0 ? closedWord() : intervals.map(({ from, to }) => `${from}–${to}`).join(', ')
}

function valueAt(parameters: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined),
    parameters,
  )
}

/** "25.05.2020" for 2020-05-25, as days are typed. */
export function written(day: string | undefined): string {
  return day === undefined ? '' : day.split('-').toReversed().join('.')
}
