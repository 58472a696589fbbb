/**
 * A JSON file a person wrote, with the place of every value, so that an error can be named by line
 * and column. Checked against a JSON Schema; what the schema cannot say is checked by its slice.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'

/** One thing wrong with a file: where, and the key of the sentence that says what. */
export interface DocumentProblem {
  /** JSON pointer, as `/units/3/email`; empty is the whole file. */
  readonly pointer: string
  readonly line: number
  readonly column: number
  /** Key of a message. */
  readonly message: string
  readonly values: Readonly<Record<string, string | number>>
}

/** A problem before its place is known. */
export type Finding = Omit<DocumentProblem, 'line' | 'column'>

export interface Document {
  readonly value: unknown
  /** Adds line and column; a value that is missing is placed at what should hold it. */
  place(finding: Finding): DocumentProblem
}

/** Reads JSON without comments. Returns the document, or what is wrong with its form. */
export function parseDocument(text: string): { document: Document; problems: [] } | { document: null; problems: DocumentProblem[] } {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)]
  const at = (offset: number): { line: number; column: number } => {
    const line = starts.findLastIndex((start) => start <= offset)
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const broken = errors.map((error) => ({
    pointer: '',
    ...at(error.offset),
    message: 'platform-staff.document.syntax',
    values: { what: printParseErrorCode(error.error) },
  }))
  if (broken.length > 0 || root === undefined) {
    return {
      document: null,
      problems: broken.length > 0 ? broken : [{ pointer: '', line: 1, column: 1, message: 'platform-staff.document.empty', values: {} }],
    }
  }
  const twice = doubledKeys(root, '').map(({ pointer, node, key }) => ({
    pointer,
    ...at(node.offset),
    message: 'platform-staff.document.key-twice',
    values: { key },
  }))
  if (twice.length > 0) return { document: null, problems: twice }
  return {
    document: { value: getNodeValue(root), place: (finding) => ({ ...finding, ...at(nodeAt(root, finding.pointer).offset) }) },
    problems: [],
  }
}

/** Compiles a JSON Schema of draft 2020-12. */
export function compileSchema(schema: object): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    verbose: true,
  })
  formats.default(ajv)
  return ajv.compile(schema)
}

/** What the schema finds wrong, one finding per value: that the whole of a choice failed is left out where its part says more. */
export function schemaFindings(validate: ValidateFunction, value: unknown): Finding[] {
  if (validate(value)) return []
  const errors = (validate.errors ?? []).filter((error) => !['anyOf', 'oneOf', 'if', 'propertyNames'].includes(error.keyword))
  const findings = new Map<string, Finding>()
  for (const error of errors) {
    // "… or null": the other branch says more.
    if (
      error.keyword === 'type' &&
      error.params['type'] === 'null' &&
      errors.some((other) => other !== error && other.instancePath === error.instancePath)
    )
      continue
    const finding = findingOf(error)
    const key = `${finding.pointer} ${finding.message} ${JSON.stringify(finding.values)}`
    if (!findings.has(key)) findings.set(key, finding)
  }
  return [...findings.values()]
}

function findingOf(error: ErrorObject): Finding {
  const { keyword, instancePath: pointer } = error
  const params = error.params as Record<string, string | number | readonly string[]>
  const say = (message: string, values: Record<string, string | number> = {}): Finding => ({
    pointer,
    message: `platform-staff.document.${message}`,
    values,
  })
  switch (keyword) {
    case 'required':
      return say('missing', { key: String(params['missingProperty']) })
    case 'additionalProperties':
      return {
        ...say('unknown-key', { key: String(params['additionalProperty']) }),
        pointer: `${pointer}/${escapePointer(String(params['additionalProperty']))}`,
      }
    case 'type':
      return say('type', { type: [params['type']].flat().join(' / ') })
    case 'enum': {
      const { propertyName } = error
      return {
        ...say('enum', { values: (params['allowedValues'] as readonly string[]).join(', ') }),
        // A wrong name of a field stands at the field.
        pointer: propertyName === undefined ? pointer : `${pointer}/${escapePointer(propertyName)}`,
      }
    }
    case 'pattern':
    case 'format':
      return say('form', { form: String(params['pattern'] ?? params['format']) })
    default:
      return say('limit', { keyword, limit: String(params['limit'] ?? params['multipleOf'] ?? '') })
  }
}

/** "a/b" as a step of a JSON pointer. */
export function escapePointer(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}

function nodeAt(root: Node, pointer: string): Node {
  let node = root
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    const next: Node | undefined =
      node.type === 'array'
        ? node.children?.[Number(key)]
        : node.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1]
    if (next === undefined) return node
    node = next
  }
  return node
}

function doubledKeys(node: Node, pointer: string): { pointer: string; node: Node; key: string }[] {
  const children = node.children ?? []
  if (node.type === 'array') return children.flatMap((child, index) => doubledKeys(child, `${pointer}/${index}`))
  if (node.type !== 'object') return []
  const seen = new Set<string>()
  return children.flatMap((property) => {
    const [name, value] = property.children ?? []
    if (name === undefined || value === undefined) return []
    const key = String(name.value)
    const here = `${pointer}/${escapePointer(key)}`
    const twice = seen.has(key) ? [{ pointer: here, node: name, key }] : []
    seen.add(key)
    return [...twice, ...doubledKeys(value, here)]
  })
}
