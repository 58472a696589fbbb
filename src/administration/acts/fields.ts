/**
 * The fields of each kind of provision, read from the published schema of acts: one description drives
 * the form, its reader and its errors, so that a kind or parameter added to the schema has a form at
 * once. What the schema asks in a shape no field is made for is asked for as data.
 */
import { actsSchemaText } from '../../regulation/index.js'
import { readMessages } from '../../platform/words.js'

interface FieldBase {
  /** Where the answer goes in the parameters. */
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
  (
    | { readonly type: 'choice'; readonly values: readonly string[] }
    | { readonly type: 'choices'; readonly values: readonly string[] }
    | { readonly type: 'groups'; readonly values: readonly string[] }
    | { readonly type: 'number'; readonly whole: boolean }
    /** `codes`: what the office's words know, for a field that takes any text. */
    | { readonly type: 'text'; readonly codes: readonly string[] }
    /** Has one answer only, and so is not asked. */
    | { readonly type: 'fixed'; readonly value: unknown }
    | { readonly type: 'yes' }
    | { readonly type: 'time' }
    | { readonly type: 'month-day' }
    | { readonly type: 'day' }
    | { readonly type: 'intervals' }
    | { readonly type: 'lines' }
    | { readonly type: 'data' }
  )

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly format?: string
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly oneOf?: readonly Schema[]
}

/** Fields whose free text is one of the codes the words know. */
const codesOf: Readonly<Record<string, string>> = {
  'not-counted.who': 'who',
  'safety.obligation': 'safety',
  'safety-exemption.obligation': 'safety',
  'safety-exemption.who': 'exempt',
  'publication.place': 'place',
  'task.who': 'task',
  'priority.who': 'priority',
}

let kinds: ReadonlyMap<string, readonly Field[]> | null = null

/** Kind → its fields, in the order of the schema. */
export function fieldsByKind(): ReadonlyMap<string, readonly Field[]> {
  if (kinds === null) {
    const schema = JSON.parse(actsSchemaText()) as { $defs: Record<string, Schema> }
    const alternatives = schema.$defs['provision']?.oneOf ?? []
    kinds = new Map(
      alternatives.map((each) => {
        const { kind, parameters } = resolved(each, schema.$defs).properties ?? {}
        const name = String(kind?.const)
        return [name, parameters === undefined ? [] : fieldsOf(parameters, schema.$defs, name, [], true, null)]
      }),
    )
  }
  return kinds
}

/** The name of a field in a form. */
export function fieldName({ path }: Pick<Field, 'path'>): string {
  return `p-${path.join('-')}`
}

type Definitions = Readonly<Record<string, Schema>>

function resolved(schema: Schema, definitions: Definitions): Schema {
  const name = schema.$ref?.replace('#/$defs/', '')
  return name === undefined ? schema : resolved(definitions[name] ?? {}, definitions)
}

function fieldsOf(
  given: Schema,
  definitions: Definitions,
  kind: string,
  path: readonly string[],
  required: boolean,
  when: When | null,
): readonly Field[] {
  const schema = resolved(given, definitions)
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([name, each]) =>
      fieldsOf(each, definitions, kind, [...path, name], required && (schema.required ?? []).includes(name), when),
    )
  }
  if (schema.oneOf !== undefined) return variantsOf(schema.oneOf, definitions, kind, path, required)
  const base = { path, required, when }
  if (schema.const !== undefined) return required ? [{ ...base, type: 'fixed', value: schema.const }] : []
  if (schema.enum !== undefined) return [{ ...base, type: 'choice', values: schema.enum }]
  switch (schema.type) {
    case 'integer':
    case 'number':
      return [{ ...base, type: 'number', whole: schema.type === 'integer' }]
    case 'boolean':
      return [{ ...base, type: 'yes' }]
    case 'string':
      return [textField(schema, base, kind)]
    case 'array':
      return [listField(resolved(schema.items ?? {}, definitions), base, definitions)]
    case undefined:
    default:
      return [{ ...base, type: 'data' }]
  }
}

function textField(schema: Schema, base: FieldBase, kind: string): Field {
  if (schema.format === 'date') return { ...base, type: 'day' }
  if (schema.pattern?.includes(':[0-5]')) return { ...base, type: 'time' }
  if (schema.pattern?.startsWith('^(0[1-9]|1[0-2])-')) return { ...base, type: 'month-day' }
  const prefix = codesOf[`${kind}.${base.path.join('.')}`]
  return { ...base, type: 'text', codes: prefix === undefined ? [] : wordCodes(prefix) }
}

function listField(items: Schema, base: FieldBase, definitions: Definitions): Field {
  if (items.enum !== undefined) return { ...base, type: 'choices', values: items.enum }
  if (items.type === 'string') return { ...base, type: 'lines' }
  const inner = items.items === undefined ? null : resolved(items.items, definitions)
  if (inner?.enum !== undefined) return { ...base, type: 'groups', values: inner.enum }
  const names = Object.keys(items.properties ?? {}).toSorted()
  const times = names.every((name) => items.properties?.[name]?.pattern?.includes(':[0-5]'))
  return { ...base, type: names.join() === 'from,to' && times ? 'intervals' : 'data' }
}

/**
 * Shapes told apart by the answer to one field (`rhythm`, `type`): that field becomes a choice, and
 * each other field is asked once, for the answers whose shape has it.
 */
function variantsOf(
  shapes: readonly Schema[],
  definitions: Definitions,
  kind: string,
  path: readonly string[],
  required: boolean,
): readonly Field[] {
  const objects = shapes.map((each) => resolved(each, definitions))
  const first = objects[0]?.properties ?? {}
  const teller = Object.keys(first).find((name) => objects.every((each) => each.properties?.[name]?.const !== undefined))
  if (teller === undefined) return [{ path, required, when: null, type: 'data' }]
  const valueOf = (each: Schema): string => String(each.properties?.[teller]?.const)
  const all = objects.map(valueOf)
  const tellerPath = [...path, teller]
  const fields = new Map<string, Field>()
  for (const each of objects) {
    for (const field of fieldsOf(each, definitions, kind, path, true, null)) {
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

/** Can a single provision be named, where another act is? */
export function namesProvisions(): boolean {
  const schema = JSON.parse(actsSchemaText()) as { $defs: Record<string, { anyOf?: readonly Schema[] }> }
  return (schema.$defs['named']?.anyOf ?? []).some((each) => each.properties?.['provision'] !== undefined)
}

/** The codes the words know under `regulation.PREFIX`, as they stand in the file. */
function wordCodes(prefix: string): readonly string[] {
  const start = `regulation.${prefix}.`
  return [...readMessages('pl').keys()]
    .filter((key) => key.startsWith(start) && key !== 'regulation.safety.title')
    .map((key) => key.slice(start.length))
    .filter((code) => !code.includes('.'))
}
