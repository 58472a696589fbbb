/**
 * The form of a thing of the office, made of the published schema: its fields, what stands in them, and
 * the thing that was typed. What a form does not ask stays as it was.
 */
import { officeParts, officeSchema, type Thing } from '../../directory/index.js'
import type { FieldError } from '../../platform/decision.js'
import { fieldName, fieldsOf, inRow, resolved, takesNull, type Field, type Schema } from '../form/fields.js'
import { filledRows, readFields } from '../form/read.js'
import { fillFields, typedOf, type Typed } from '../form/typed.js'
import { pageOf } from './parts.js'

type Value = Readonly<Record<string, unknown>>
type Definitions = Readonly<Record<string, Schema>>

/** Which things a key names. */
const refs: Readonly<Record<string, string>> = {
  buildingId: 'building',
  roomId: 'room',
  unitId: 'unit',
  parentId: 'unit',
  unit: 'unit',
  services: 'service',
}

/** Keys of the file that stand in no list and in no thing of their own. */
const pickedKeys: Readonly<Record<string, readonly string[]>> = { notes: ['about', 'unknown'], 'days-off': ['act', 'sundaysAreFree'] }

interface PartSchema {
  readonly schema: Schema
  readonly definitions: Definitions
  readonly fields: readonly Field[]
}

let parts: ReadonlyMap<string, PartSchema> | null = null

function partSchema(part: string): PartSchema {
  if (parts === null) {
    const file = JSON.parse(officeSchema()) as Schema & { readonly $defs: Definitions }
    const definitions = file.$defs
    const reading = { definitions, refOf: (path: readonly string[]) => refs[path.at(-1) ?? ''] ?? null }
    parts = new Map(
      officeParts.map((each) => {
        const schema = schemaAt(file, definitions, each.pointer, pickedKeys[each.part])
        return [each.part, { schema, definitions, fields: fieldsOf(schema, reading) }]
      }),
    )
  }
  const found = parts.get(part)
  if (found === undefined) throw new Error(`an office has no ${part}`)
  return found
}

/** The schema of one thing of a list, or of what stands once. */
function schemaAt(file: Schema, definitions: Definitions, pointer: string, picked: readonly string[] | undefined): Schema {
  const at = pointer
    .split('/')
    .filter((name) => name !== '')
    .reduce<Schema>((schema, name) => resolved(schema.properties?.[name] ?? {}, definitions), file)
  if (picked === undefined) return at.items === undefined ? at : resolved(at.items, definitions)
  const properties = Object.fromEntries(Object.entries(at.properties ?? {}).filter(([name]) => picked.includes(name)))
  return { type: 'object', properties, required: (at.required ?? []).filter((name) => picked.includes(name)) }
}

/** The fields of a thing that this form asks. */
export function fieldsOfPart(part: string, asks: (key: string) => boolean = () => true): readonly Field[] {
  const hidden = pageOf(part)?.hidden ?? []
  return partSchema(part)
    .fields.filter(({ path: [key = ''] }) => !hidden.includes(key) && asks(key))
    .toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** What every thing has comes behind what is its own. */
function placeOf({ path: [key = ''] }: Field): number {
  return ['translations', 'keywords', 'contactSource', 'assumed', 'source'].indexOf(key)
}

/** A thing as it would be typed; an empty form for none. */
export function typedThing(fields: readonly Field[], thing: Thing, more: ReadonlyMap<string, readonly string[]> = new Map()): Typed {
  const typed = new Map<string, string | readonly string[]>(more)
  fillFields(typed, fields, thing ?? {})
  return typedOf(typed)
}

/** The thing that was typed: what is asked from the form, the rest from `old`. */
export function readThing(
  part: string,
  fields: readonly Field[],
  body: unknown,
  old: Thing,
): { readonly thing: Value; readonly errors: readonly FieldError[] } {
  const { value, errors } = readFields(fields, body)
  const { schema, definitions } = partSchema(part)
  const bare = fields.reduce<Value>((rest, { path }) => without(rest, path), old ?? {})
  const thing = complete(merged(bare, value), schema, definitions, old ?? undefined) as Value
  // The same number in its international form.
  const { account } = thing
  const iban = part === 'payment-account' && typeof account === 'string' ? { iban: `PL${account}` } : {}
  return { thing: { ...thing, ...iban }, errors }
}

/**
 * What a form leaves open as a file says it: null, an empty list or "no" where the schema wants an answer;
 * where it wants none, the nothing that stood there before, so that a form saved as it was shown changes nothing.
 */
function complete(value: unknown, given: Schema, definitions: Definitions, old: unknown): unknown {
  const schema = resolved(given, definitions)
  if (Array.isArray(value)) {
    const items = schema.items ?? {}
    return value.map((each, index) => complete(each, items, definitions, Array.isArray(old) ? old[index] : undefined))
  }
  if (typeof value !== 'object' || value === null || schema.properties === undefined) return value
  const before = (typeof old === 'object' && old !== null ? old : {}) as Value
  const said = value as Value
  const keys = [...new Set([...Object.keys(schema.properties), ...Object.keys(said)])]
  return Object.fromEntries(
    keys.flatMap((key) => {
      const own = schema.properties?.[key] ?? {}
      const answer = isEmpty(said[key]) ? undefined : said[key]
      if (answer !== undefined) return [[key, complete(answer, own, definitions, before[key])]]
      if ((schema.required ?? []).includes(key)) {
        const nothing = nothingOf(own, definitions)
        return nothing === undefined ? [] : [[key, nothing]]
      }
      return key in before && saysNothing(before[key]) ? [[key, before[key]]] : []
    }),
  )
}

/** Nothing, as the schema lets a key say it; undefined where it must be answered. */
function nothingOf(given: Schema, definitions: Definitions): unknown {
  const schema = resolved(given, definitions)
  if (takesNull(given) || takesNull(schema) || takesNull(definitions[given.$ref?.replace('#/$defs/', '') ?? ''] ?? {})) return null
  if (schema.type === 'array') return []
  return schema.type === 'boolean' ? false : undefined
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isEmpty))
  )
}

function saysNothing(value: unknown): boolean {
  if (value === null || value === false) return true
  return typeof value === 'object' && Object.values(value).every(saysNothing)
}

function without(value: Value, path: readonly string[]): Value {
  const [key = '', ...rest] = path
  const { [key]: inner, ...others } = value
  if (rest.length === 0 || typeof inner !== 'object' || inner === null) return others
  return { ...others, [key]: without(inner as Value, rest) }
}

function merged(one: Value, other: Value): Value {
  const result: Record<string, unknown> = { ...one }
  for (const [key, value] of Object.entries(other)) {
    const own = result[key]
    const both = [own, value].every((each) => typeof each === 'object' && each !== null && !Array.isArray(each))
    result[key] = both ? merged(own as Value, value as Value) : value
  }
  return result
}

/** The field of the form a place within the thing belongs to; null for the thing as a whole. */
export function fieldAt(fields: readonly Field[], rest: string, body: unknown): string | null {
  const keys = rest.split('/').filter((key) => key !== '')
  const field = nearest(fields, keys)
  if (field === undefined) return null
  if (field.type !== 'rows') return fieldName(field)
  const [index, ...inside] = keys.slice(field.path.length)
  const row = filledRows(field, body)[Number(index)]
  const inner = nearest(field.fields, inside) ?? field.fields[0]
  return index === undefined || row === undefined || inner === undefined ? fieldName(field) : fieldName(inRow(field, row, inner))
}

/** The field whose path leads there, or the first one beyond. */
function nearest(fields: readonly Field[], keys: readonly string[]): Field | undefined {
  const before = fields.filter(({ path }) => leads(path, keys)).toSorted((a, b) => b.path.length - a.path.length)
  return before[0] ?? fields.find(({ path }) => leads(keys, path))
}

function leads(path: readonly string[], to: readonly string[]): boolean {
  return path.length > 0 && path.every((key, index) => to[index] === key)
}
