/**
 * The fields of a form, read from a published JSON Schema: one description drives the form, its reader
 * and its errors, so that a key added to the schema has a field at once. What the schema asks in a shape
 * no field is made for is asked for as data.
 */

interface FieldBase {
  /** Where the answer goes in what is asked for. */
  readonly path: readonly string[]
  readonly required: boolean
  /** Asked only when this other field has one of these answers. */
  readonly when: When | null
}
export interface When {
  readonly field: string
  readonly values: readonly string[]
}

export type Field = FieldBase &
  /** `numeric`: the answers are numbers. */
  (
    | { readonly type: 'choice'; readonly values: readonly string[]; readonly numeric?: boolean }
    | { readonly type: 'choices'; readonly values: readonly string[]; readonly numeric?: boolean }
    | { readonly type: 'groups'; readonly values: readonly string[] }
    /** One or some of the things the office has, by id: what is to be chosen from stands in the view. */
    | { readonly type: 'ref'; readonly to: string }
    | { readonly type: 'refs'; readonly to: string }
    | { readonly type: 'number'; readonly whole: boolean }
    /** `codes`: what the office's words know, for a field that takes any text. `as`: how people may write what is kept in one form. */
    | { readonly type: 'text'; readonly codes: readonly string[]; readonly as?: Written }
    /** Has one answer only, and so is not asked. */
    | { readonly type: 'fixed'; readonly value: unknown }
    | { readonly type: 'yes' }
    | { readonly type: 'time' }
    | { readonly type: 'month-day' }
    | { readonly type: 'day' }
    | { readonly type: 'intervals' }
    | { readonly type: 'lines'; readonly as?: Written }
    /** Some of the same, each with fields of its own; their paths begin at the row. */
    | { readonly type: 'rows'; readonly fields: readonly Field[] }
    | { readonly type: 'data' }
  )

/** A phone may be written with spaces and without its country, a number of a register or account with spaces and dashes. */
export type Written = 'phone' | 'digits'

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly (string | number | null)[]
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
}

export interface Reading {
  readonly definitions: Readonly<Record<string, Schema>>
  /** Codes the words know for a field of free text. */
  readonly codesOf?: (path: readonly string[]) => readonly string[]
  /** Of what the thing is that a field names by id; null for an id of its own. */
  readonly refOf?: (path: readonly string[]) => string | null
}

/** The name of a field in a form. */
export function fieldName({ path }: Pick<Field, 'path'>): string {
  return `p-${path.join('-')}`
}

/** A field of one row of a field of rows. */
export function inRow(rows: Pick<Field, 'path'>, index: number, field: Field): Field {
  return { ...field, path: [...rows.path, String(index), ...field.path] }
}

/** What a name in the schema stands for; of "this or nothing", this. */
export function resolved(schema: Schema, definitions: Reading['definitions']): Schema {
  const name = schema.$ref?.replace('#/$defs/', '')
  if (name !== undefined) return resolved(definitions[name] ?? {}, definitions)
  const shapes = (schema.anyOf ?? []).filter((each) => each.type !== 'null')
  const [only] = shapes
  return schema.properties === undefined && shapes.length === 1 && only !== undefined ? resolved(only, definitions) : schema
}

/** Does the schema take null? */
export function takesNull(schema: Schema): boolean {
  return (
    (schema.anyOf ?? []).some((each) => each.type === 'null') || [schema.type].flat().includes('null') || (schema.enum ?? []).includes(null)
  )
}

export function fieldsOf(
  given: Schema,
  reading: Reading,
  path: readonly string[] = [],
  required = true,
  when: When | null = null,
): readonly Field[] {
  const schema = resolved(given, reading.definitions)
  if (schema.properties !== undefined) {
    const asked = required && !takesNull(given) && !takesNull(schema)
    return Object.entries(schema.properties).flatMap(([name, each]) =>
      fieldsOf(each, reading, [...path, name], asked && (schema.required ?? []).includes(name), when),
    )
  }
  if (schema.oneOf !== undefined) return variantsOf(schema.oneOf, reading, path, required)
  const base = { path, required: required && !takesNull(given) && !takesNull(schema), when }
  if (schema.const !== undefined) return required ? [{ ...base, type: 'fixed', value: schema.const }] : []
  if (schema.enum !== undefined) {
    const values = schema.enum.filter((each) => each !== null)
    return [{ ...base, type: 'choice', values: values.map(String), numeric: values.every((each) => typeof each === 'number') }]
  }
  switch ([schema.type].flat().find((each) => each !== 'null')) {
    case 'integer':
    case 'number':
      return [{ ...base, type: 'number', whole: [schema.type].flat().includes('integer') }]
    case 'boolean':
      return [{ ...base, type: 'yes' }]
    case 'string':
      return [textField(schema, base, reading, namesId(given, reading.definitions))]
    case 'array':
      return [listField(schema, base, reading)]
    case undefined:
    default:
      return [{ ...base, type: 'data' }]
  }
}

/** Does it name a thing by its id? */
function namesId(given: Schema, definitions: Reading['definitions']): boolean {
  if (given.$ref !== undefined)
    return given.$ref === '#/$defs/id' || namesId(definitions[given.$ref.replace('#/$defs/', '')] ?? {}, definitions)
  return (given.anyOf ?? []).some((each) => namesId(each, definitions))
}

function textField(schema: Schema, base: FieldBase, reading: Reading, isId: boolean): Field {
  if (schema.format === 'date') return { ...base, type: 'day' }
  if (schema.pattern?.includes(':[0-5]')) return { ...base, type: 'time' }
  if (schema.pattern?.startsWith('^(0[1-9]|1[0-2])-')) return { ...base, type: 'month-day' }
  const to = isId ? (reading.refOf?.(base.path) ?? null) : null
  if (to !== null) return { ...base, type: 'ref', to }
  return { ...base, type: 'text', codes: reading.codesOf?.(base.path) ?? [], ...writtenAs(schema) }
}

function writtenAs({ pattern = '' }: Schema): { readonly as?: Written } {
  if (pattern.startsWith('^\\+')) return { as: 'phone' }
  return /^\^(PL)?\[0-9\]\{\d+\}\$$/.test(pattern) ? { as: 'digits' } : {}
}

function listField(list: Schema, base: FieldBase, reading: Reading): Field {
  const given = list.items ?? {}
  const items = resolved(given, reading.definitions)
  if (items.enum !== undefined) return { ...base, type: 'choices', values: items.enum.map(String) }
  const to = namesId(given, reading.definitions) ? (reading.refOf?.(base.path) ?? null) : null
  if (to !== null) return { ...base, type: 'refs', to }
  // A list that may have nothing in it need not be filled.
  const filled = (list.minItems ?? 0) > 0
  if (items.type === 'string') return { ...base, required: base.required && filled, type: 'lines', ...writtenAs(items) }
  if (items.type === 'integer' && items.minimum !== undefined && items.maximum !== undefined) {
    const { minimum, maximum } = items
    const values = Array.from({ length: maximum - minimum + 1 }, (_, index) => String(minimum + index))
    return { ...base, type: 'choices', values, numeric: true }
  }
  const inner = items.items === undefined ? null : resolved(items.items, reading.definitions)
  if (inner?.enum !== undefined) return { ...base, type: 'groups', values: inner.enum.map(String) }
  const names = Object.keys(items.properties ?? {}).toSorted()
  const times = names.every((name) => resolved(items.properties?.[name] ?? {}, reading.definitions).pattern?.includes(':[0-5]'))
  if (names.join() === 'from,to' && times) return { ...base, type: 'intervals' }
  return items.properties === undefined ? { ...base, type: 'data' } : { ...base, type: 'rows', fields: fieldsOf(items, reading) }
}

/**
 * Shapes told apart by the answer to one field (`rhythm`, `type`): that field becomes a choice, and
 * each other field is asked once, for the answers whose shape has it.
 */
function variantsOf(shapes: readonly Schema[], reading: Reading, path: readonly string[], required: boolean): readonly Field[] {
  const objects = shapes.map((each) => resolved(each, reading.definitions))
  const first = objects[0]?.properties ?? {}
  const teller = Object.keys(first).find((name) => objects.every((each) => each.properties?.[name]?.const !== undefined))
  if (teller === undefined) return [{ path, required, when: null, type: 'data' }]
  const valueOf = (each: Schema): string => String(each.properties?.[teller]?.const)
  const all = objects.map(valueOf)
  const tellerPath = [...path, teller]
  const fields = new Map<string, Field>()
  for (const each of objects) {
    for (const field of fieldsOf(each, reading, path)) {
      const name = fieldName(field)
      if (field.type === 'fixed' && field.path.at(-1) === teller) continue
      const values = [...(fields.get(name)?.when?.values ?? []), valueOf(each)]
      fields.set(name, { ...(fields.get(name) ?? field), when: { field: fieldName({ path: tellerPath }), values } })
    }
  }
  const rest = [...fields.values()].map((field) =>
    field.when?.values.length === all.length && required ? { ...field, when: null } : field,
  )
  return [{ path: tellerPath, required, when: null, type: 'choice', values: all }, ...rest]
}
