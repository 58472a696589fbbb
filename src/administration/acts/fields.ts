/**
 * The fields of each kind of provision, read from the published schema of acts, so that a kind or
 * parameter added to the schema has a form at once.
 */
import { actsSchemaText } from '../../regulation/index.js'
import { readMessages } from '../../platform/words.js'
import { fieldsOf, resolved, type Field, type Schema } from '../form/fields.js'

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
    const { $defs: definitions } = JSON.parse(actsSchemaText()) as { $defs: Record<string, Schema> }
    kinds = new Map(
      (definitions['provision']?.oneOf ?? []).map((each) => {
        const { kind, parameters } = resolved(each, definitions).properties ?? {}
        const name = String(kind?.const)
        const codes = (path: readonly string[]): readonly string[] => {
          const prefix = codesOf[`${name}.${path.join('.')}`]
          return prefix === undefined ? [] : wordCodes(prefix)
        }
        return [name, parameters === undefined ? [] : fieldsOf(parameters, { definitions, codesOf: codes })]
      }),
    )
  }
  return kinds
}

/** Can a single provision be named, where another act is? */
export function namesProvisions(): boolean {
  const schema = JSON.parse(actsSchemaText()) as { $defs: Record<string, Schema> }
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
