/** What was typed into the fields of a schema → the value as a file has it, or what is wrong, each at its field. */
import type { FieldError } from '../../platform/decision.js'
import { formList, formText } from '../../platform/http/form.js'
import { readMinute, readWrittenDay } from '../../platform/typed-time.js'
import { minuteTime, words } from '../../platform/words.js'
import { fieldName, inRow, type Field, type Written } from './fields.js'

/** Characters of one field. */
export const fieldLengthMax = 2_000
/** Characters of a field of several lines. */
export const textLengthMax = 200_000

/** How many groups of means a form offers at least, and takes at most. */
export const groupsShown = 3
export const groupsMax = 10
/** How many rows a field of rows takes at most. */
export const rowsMax = 40
/** Chosen at most in one field. */
const chosenMax = 500

/** The name of one group's boxes. */
export function groupName(name: string, index: number): string {
  return `${name}-group-${index}`
}

/** What the fields say, those left out that say nothing; errors at the names of the fields. */
export function readFields(
  fields: readonly Field[],
  body: unknown,
): { readonly value: Record<string, unknown>; readonly errors: FieldError[] } {
  const value: Record<string, unknown> = {}
  const errors: FieldError[] = []
  for (const field of fields) {
    if (!asked(field, body)) continue
    const read = field.type === 'rows' ? readRows(field, body, errors) : readField(field, body)
    if ('error' in read) errors.push(wrong(fieldName(field), read.error))
    else if (read.value !== undefined) put(value, field.path, read.value)
  }
  return { value, errors }
}

/** A field that belongs to another answer is not read, whatever was left in it. */
function asked({ when }: Field, body: unknown): boolean {
  return when === null || when.values.includes(formText(body, when.field, fieldLengthMax))
}

type Read = { readonly value: unknown } | { readonly error: string }

/** Rows in which anything was typed or chosen; each is read as a form of its own. */
function readRows(field: Field & { readonly type: 'rows' }, body: unknown, errors: FieldError[]): Read {
  const rows = filledRows(field, body).map((index) => {
    const { value, errors: inside } = readFields(
      field.fields.map((each) => inRow(field, index, each)),
      body,
    )
    errors.push(...inside)
    return [...field.path, String(index)].reduce<unknown>((all, name) => (all as Record<string, unknown> | undefined)?.[name], value) ?? {}
  })
  return rows.length === 0 && !field.required ? { value: undefined } : { value: rows }
}

/** The numbers of the rows with anything in them: where the value's rows stand in the form. */
export function filledRows(field: Field & { readonly type: 'rows' }, body: unknown): readonly number[] {
  return Array.from({ length: rowsMax }, (_, index) => index).filter((index) =>
    field.fields.some((each) => {
      const name = fieldName(inRow(field, index, each))
      return formText(body, name, fieldLengthMax) !== '' || formList(body, name, chosenMax).some((one) => one !== '')
    }),
  )
}

function readField(field: Exclude<Field, { readonly type: 'rows' }>, body: unknown): Read {
  const name = fieldName(field)
  const text = formText(body, name, fieldLengthMax)
  const nothing: Read = field.required ? { error: 'needed' } : { value: undefined }
  switch (field.type) {
    case 'yes':
      // A box that must be answered and is not ticked says no.
      return { value: text === 'tak' ? true : field.required ? false : undefined }
    case 'choices': {
      const chosen = formList(body, name).filter((each) => field.values.includes(each))
      return chosen.length === 0 ? nothing : { value: field.numeric === true ? chosen.map(Number) : chosen }
    }
    case 'refs': {
      const chosen = formList(body, name, chosenMax).filter((each) => each !== '')
      return chosen.length === 0 && !field.required ? { value: undefined } : { value: chosen }
    }
    case 'groups': {
      const groups = Array.from({ length: groupsMax }, (_, index) =>
        formList(body, groupName(name, index)).filter((each) => field.values.includes(each)),
      ).filter((group) => group.length > 0)
      return groups.length === 0 && !field.required ? { value: undefined } : { value: groups }
    }
    case 'lines': {
      const lines = linesIn(body, name).map((line) => normal(line, field.as))
      return lines.length === 0 ? nothing : { value: lines }
    }
    case 'intervals':
      return text === '' ? nothing : readIntervals(text)
    case 'fixed':
      return { value: field.value }
    case 'text': {
      const own = formText(body, `${name}-other`, fieldLengthMax)
      const value = normal(own === '' ? text : own, field.as)
      return value === '' ? nothing : value.length > fieldLengthMax ? { error: 'too-long' } : { value }
    }
    case 'choice':
    case 'ref':
    case 'number':
    case 'time':
    case 'month-day':
    case 'day':
    case 'data':
      return text === '' ? nothing : readTyped(field, text)
  }
}

type Typed = Extract<Field, { readonly type: 'choice' | 'ref' | 'number' | 'time' | 'month-day' | 'day' | 'data' }>

function readTyped(field: Typed, text: string): Read {
  switch (field.type) {
    case 'choice':
      return field.values.includes(text) ? { value: field.numeric === true ? Number(text) : text } : { error: 'needed' }
    case 'ref':
      return { value: text }
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

/** "65 529 81 00" as +48655298100, an account without its spaces; what is no such number stays as it was typed, to be told of. */
export function normal(text: string, as: Written | undefined): string {
  if (as === undefined) return text
  const bare = text.replaceAll(/[\s().–-]/g, '')
  if (as === 'digits') return bare
  return /^\d{9}$/.test(bare) ? `+48${bare}` : bare.replace(/^00/, '+')
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
