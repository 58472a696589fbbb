/**
 * What was typed into the form of a provision → the provision as an acts file has it, or what is
 * wrong, each at its field.
 */
import type { FieldError } from '../../platform/decision.js'
import { formList, formText } from '../../platform/http/form.js'
import { readMinute, readWrittenDay } from '../../platform/typed-time.js'
import { minuteTime, words } from '../../platform/words.js'
import type { ProvisionDocument } from '../../regulation/index.js'
import { fieldLengthMax } from './model.js'
import { fieldName, fieldsByKind, type Field } from './fields.js'
import { placeKinds } from './document.js'

/** How many groups of means a form offers at least, and takes at most. */
export const groupsShown = 3
export const groupsMax = 10

/** The name of one group's boxes. */
export function groupName(name: string, index: number): string {
  return `${name}-group-${index}`
}

export interface ProvisionRead {
  readonly provision: ProvisionDocument
  readonly errors: readonly FieldError[]
}

/** Reads the whole form. `old` keeps what the form does not ask: sources and what no source settles. */
export function readProvision(body: unknown, kind: string, id: string, old: ProvisionDocument | null): ProvisionRead {
  const errors: FieldError[] = []
  const fields = fieldsByKind().get(kind) ?? []
  const parameters: Record<string, unknown> = {}
  for (const field of fields) {
    const read = asked(field, body) ? readField(field, body) : { value: undefined }
    if ('error' in read) errors.push(wrong(fieldName(field), read.error))
    else if (read.value !== undefined) put(parameters, field.path, read.value)
  }
  const reference = formText(body, 'reference', 200)
  if (reference === '') errors.push(wrong('reference', 'reference'))
  const scope = readScope(body, errors)
  const [from, until] = [dayAt(body, 'from', errors), dayAt(body, 'until', errors)]
  if (from !== undefined && until !== undefined && until < from) errors.push(wrong('until', 'ends-before'))
  const condition = formText(body, 'condition', 200)
  const provision = {
    id,
    reference,
    kind,
    parameters,
    ...(formText(body, 'binding', 10) === 'nie' ? { binding: false } : {}),
    ...(Object.keys(scope).length === 0 ? {} : { scope }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(condition === '' ? {} : { condition }),
    ...(old?.assumed === undefined ? {} : { assumed: old.assumed }),
    ...(old?.source === undefined ? {} : { source: old.source }),
  } as ProvisionDocument
  return { provision, errors }
}

/** A field that belongs to another answer is not read, whatever was left in it. */
function asked({ when }: Field, body: unknown): boolean {
  return when === null || when.values.includes(formText(body, when.field, fieldLengthMax))
}

type Read = { readonly value: unknown } | { readonly error: string }

function readField(field: Field, body: unknown): Read {
  const name = fieldName(field)
  const text = formText(body, name, fieldLengthMax)
  const nothing: Read = field.required ? { error: 'needed' } : { value: undefined }
  switch (field.type) {
    case 'yes':
      // A box that must be answered and is not ticked says no.
      return { value: text === 'tak' ? true : field.required ? false : undefined }
    case 'choices': {
      const chosen = formList(body, name).filter((each) => field.values.includes(each))
      return chosen.length === 0 ? nothing : { value: chosen }
    }
    case 'groups': {
      const groups = Array.from({ length: groupsMax }, (_, index) =>
        formList(body, groupName(name, index)).filter((each) => field.values.includes(each)),
      ).filter((group) => group.length > 0)
      return groups.length === 0 && !field.required ? { value: undefined } : { value: groups }
    }
    case 'lines': {
      const lines = linesIn(body, name)
      return lines.length === 0 ? nothing : { value: lines }
    }
    case 'intervals':
      return text === '' ? nothing : readIntervals(text)
    case 'fixed':
      return { value: field.value }
    case 'text': {
      const own = formText(body, `${name}-other`, fieldLengthMax)
      const value = own === '' ? text : own
      return value === '' ? nothing : value.length > fieldLengthMax ? { error: 'too-long' } : { value }
    }
    case 'choice':
    case 'number':
    case 'time':
    case 'month-day':
    case 'day':
    case 'data':
      return text === '' ? nothing : readTyped(field, text)
  }
}

type Typed = Extract<Field, { readonly type: 'choice' | 'number' | 'time' | 'month-day' | 'day' | 'data' }>

function readTyped(field: Typed, text: string): Read {
  switch (field.type) {
    case 'choice':
      return field.values.includes(text) ? { value: text } : { error: 'needed' }
    case 'number': {
      const value = Number(text.replace(',', '.'))
      return Number.isFinite(value) && (!field.whole || Number.isInteger(value)) ? { value } : { error: 'number' }
    }
    case 'time': {
      const time = readTime(text)
      return time === null ? { error: 'time' } : { value: time }
    }
    case 'month-day': {
      const day = readMonthDay(text)
      return day === null ? { error: 'month-day' } : { value: day }
    }
    case 'day': {
      const day = readWrittenDay(text)
      return day === null ? { error: 'day' } : { value: day.toString() }
    }
    case 'data':
      return readData(text)
  }
}

/** "7:30–15:30, 16:00–18:00", or the word for closed. */
function readIntervals(text: string): Read {
  if (text.toLowerCase() === closedWord()) return { value: [] }
  const intervals = text.split(/[,;]/).map((part) => {
    const [from = '', to = '', ...more] = part.split(/[-–—]/).map((each) => readTime(each.trim()))
    return from !== null && to !== null && from !== '' && to !== '' && more.length === 0 && from < to ? { from, to } : null
  })
  return intervals.includes(null) ? { error: 'intervals' } : { value: intervals }
}

/** What is typed for no hours at all. */
export function closedWord(): string {
  return words('pl')('regulation.hours.closed')
}

/** `07:30` for 7:30, 7.30 or 07:30; `24:00` is the end of a day, where the schema takes it. */
function readTime(text: string): string | null {
  const minute = text === '24:00' ? 24 * 60 : readMinute(text)
  return minute === null ? null : minuteTime(minute).padStart(5, '0')
}

/** `07-01` for 1.07: every year, so 29 February is one. */
export function readMonthDay(text: string): string | null {
  const parts = /^(\d{1,2})\.(\d{1,2})\.?$/.exec(text)
  const day = parts === null ? null : readWrittenDay(`${parts[1]}.${parts[2]}.2024`)
  return day === null ? null : day.toString().slice(5)
}

function readData(text: string): Read {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { error: 'data' }
  }
}

function readScope(body: unknown, errors: FieldError[]): Record<string, unknown> {
  const scope: Record<string, unknown> = {}
  for (const kind of placeKinds) {
    const chosen = formList(body, `scope-${kind}`, 500)
    if (chosen.length > 0) scope[kind] = chosen
  }
  const weekdays = formList(body, 'scope-weekday', 7).filter((each) => /^[1-7]$/.test(each))
  if (weekdays.length > 0) scope['weekday'] = weekdays.map(Number).toSorted((a, b) => a - b)
  const season = pair(body, 'season', errors, readMonthDay, 'month-day')
  if (season !== null) scope['season'] = season
  const dates = pair(body, 'dates', errors, (text) => readWrittenDay(text)?.toString() ?? null, 'day')
  if (dates !== null && dates.until < dates.from) errors.push(wrong('dates-until', 'ends-before'))
  if (dates !== null) scope['dates'] = dates
  return scope
}

/** Two days that belong together: both or neither. */
function pair(
  body: unknown,
  name: string,
  errors: FieldError[],
  read: (text: string) => string | null,
  error: string,
): { readonly from: string; readonly until: string } | null {
  const ends = (['from', 'until'] as const).map((end) => formText(body, `${name}-${end}`, 30))
  if (ends.every((text) => text === '')) return null
  const [from, until] = ends.map(read)
  if (from == null) errors.push(wrong(`${name}-from`, error))
  if (until == null) errors.push(wrong(`${name}-until`, error))
  return from == null || until == null ? null : { from, until }
}

/** A day that may be left out; a wrong one is an error. */
export function dayAt(body: unknown, name: string, errors: FieldError[]): string | undefined {
  const text = formText(body, name, 30)
  if (text === '') return undefined
  const day = readWrittenDay(text)
  if (day === null) errors.push(wrong(name, 'day'))
  return day?.toString()
}

/** Lines of a field of several, without empty ones. */
export function linesIn(body: unknown, name: string): string[] {
  const value = typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : ''
  return (typeof value === 'string' ? value : '')
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trim())
    .filter((line) => line !== '')
}

export function wrong(field: string, code: string, values?: FieldError['values']): FieldError {
  return { field, message: `administration-staff.error.${code}`, ...(values === undefined ? {} : { values }) }
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path as [string, ...string[]]
  if (rest.length === 0) target[first] = value
  else {
    const inner = (target[first] ?? {}) as Record<string, unknown>
    target[first] = inner
    put(inner, rest, value)
  }
}
