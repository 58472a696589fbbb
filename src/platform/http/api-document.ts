/**
 * The OpenAPI document: every route under /api/v1, and no page.
 *
 * A route's zod schemas give parameters, bodies and first answers; its `config.api` notes say the
 * rest: who may ask, which problems it answers, and answers the program writes itself. What every
 * route may answer (a body that cannot be read, an outage) is added here once.
 */
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { basisSchema, stepSchema, valuesSchema } from '../decision-schema.js'

/** Who may ask: `visit` has its secret, `staff` a session or token; `anyone-or-staff` is open, and staff may do more. */
export type Access = 'anyone' | 'anyone-or-staff' | 'visit' | 'staff'

export interface ApiNotes {
  readonly access: Access
  /** Statuses of refusals, each with what it means. */
  readonly problems?: Readonly<Record<number, string>>
  /** Whether `Idempotency-Key` must be sent; the route reads it itself. */
  readonly key?: 'required' | 'optional'
  /** 200 answers that no serializer checks, by content type. */
  readonly answers?: Readonly<Record<string, z.ZodType>>
  /** Headers of requests besides `Idempotency-Key`; all optional. */
  readonly asks?: Readonly<Record<string, string>>
  /** Headers of answers, by status. */
  readonly headers?: Readonly<Record<number, Readonly<Record<string, string>>>>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Notes for the OpenAPI document; every route under /api/v1 has them. */
    api?: ApiNotes
  }
}

export const problemSchema = z.object({
  type: z.string().describe('urn:okienko: and the code'),
  title: z.string().describe('a sentence for a person'),
  status: z.int(),
  code: z.string().describe('stable; programs decide by it'),
  detail: z.string().optional(),
  basis: z
    .array(basisSchema)
    .describe('what the answer rests on: act and paragraph, or a setting of the office; empty where facts suffice'),
  next: z.array(stepSchema).min(1).describe('what can be done instead'),
  errors: z
    .array(z.object({ field: z.string(), code: z.string(), detail: z.string() }))
    .optional()
    .describe('what is wrong with the input, field by field'),
  values: valuesSchema.optional(),
})

const securitySchemes = {
  visitSecret: { type: 'http', scheme: 'bearer', description: 'The secret of the visit, given when it was booked' },
  staffToken: { type: 'http', scheme: 'bearer', description: 'A token the administrator made for a program of the office' },
  staffSession: { type: 'apiKey', in: 'cookie', name: 'okienko_staff', description: 'The session of somebody signed in' },
} as const

const security: Readonly<Record<Access, readonly Readonly<Record<string, readonly string[]>>[]>> = {
  anyone: [],
  'anyone-or-staff': [{}, { staffToken: [] }, { staffSession: [] }],
  visit: [{ visitSecret: [] }, { staffToken: [] }, { staffSession: [] }],
  staff: [{ staffToken: [] }, { staffSession: [] }],
}

const keyParameter = {
  type: 'string',
  format: 'uuid',
  description:
    'Made anew for every command and sent again with a repetition: the same key and body give the first answer, another body 422 key-reused',
}

interface ApiDocument {
  /** Given to @fastify/swagger: pages are left out, headers are those of the notes. */
  readonly transform: typeof jsonSchemaTransform
  /** The document with problems, security and the answers only notes know. */
  readonly finish: (document: object) => object
}

export function apiDocument(): ApiDocument {
  const notesOf = new Map<string, ApiNotes>()
  const transform: typeof jsonSchemaTransform = (given) => {
    if (!given.url.startsWith('/api/v1/')) return { schema: { hide: true }, url: given.url }
    const { method, config } = (given as unknown as { route: { method: string | string[]; config?: { api?: ApiNotes } } }).route
    const made = jsonSchemaTransform(given)
    const schema = made.schema as Record<string, unknown>
    if (schema['hide'] === true) return made
    const operationId = nameOf([method].flat()[0] ?? '', given.url)
    const notes = config?.api ?? { access: 'anyone' as const }
    notesOf.set(operationId, notes)
    schema['operationId'] = operationId
    schema['headers'] = askedHeaders(notes)
    return { ...made, schema }
  }
  return { transform, finish: (document) => finish(document, notesOf) }
}

/** `POST /api/v1/visits/:reference/move` is `post-visits-reference-move`. */
function nameOf(method: string, url: string): string {
  return `${method.toLowerCase()}-${url.replace('/api/v1/', '').replaceAll(':', '').replaceAll('/', '-')}`
}

function askedHeaders(notes: ApiNotes): object {
  const others = Object.entries(notes.asks ?? {}).map(([name, description]) => [name, { type: 'string', description }])
  const key = notes.key === undefined ? [] : [['Idempotency-Key', keyParameter]]
  return {
    type: 'object',
    properties: Object.fromEntries([...key, ...others]),
    required: notes.key === 'required' ? ['Idempotency-Key'] : [],
  }
}

interface Operation {
  operationId?: string
  security?: unknown
  requestBody?: unknown
  parameters?: unknown[]
  responses: Record<string, Record<string, unknown>>
}

type Document = Record<string, unknown> & { paths?: Record<string, Record<string, Operation>>; components?: Record<string, unknown> }

function finish(given: object, notesOf: ReadonlyMap<string, ApiNotes>): Document {
  const document = structuredClone(given) as Document
  for (const operations of Object.values(document.paths ?? {}))
    for (const [method, operation] of Object.entries(operations)) {
      complete(operation, method, notesOf.get(operation.operationId ?? '') ?? { access: 'anyone' })
    }
  document.components = { ...document.components, securitySchemes, schemas: { Problem: jsonSchema(problemSchema) } }
  return document
}

function complete(operation: Operation, method: string, notes: ApiNotes): void {
  operation.security = security[notes.access]
  if (notes.answers !== undefined) {
    const content = Object.fromEntries(Object.entries(notes.answers).map(([type, schema]) => [type, { schema: jsonSchema(schema) }]))
    operation.responses['200'] = { content }
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    response['description'] = successes[status] ?? 'Done'
    response['headers'] = headersOf(notes, status)
  }
  for (const [status, meaning] of Object.entries({ ...commonProblems(operation, method, notes), ...notes.problems })) {
    operation.responses[status] = {
      description: meaning,
      headers: headersOf(notes, status),
      ...(status === '304' ? {} : { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }),
    }
  }
}

const successes: Readonly<Record<string, string>> = {
  200: 'The answer',
  201: 'Made; the address of what was made is in Location where it has one',
}

/** What any route of its kind may answer. */
function commonProblems(operation: Operation, method: string, notes: ApiNotes): Record<string, string> {
  const staff = notes.access === 'staff' ? { 401: 'not-signed-in', 403: 'not-your-role' } : {}
  const writes = method === 'get' ? {} : { 403: 'not-your-role; foreign-origin: sent by a page of another site' }
  const body =
    operation.requestBody === undefined
      ? {}
      : { 400: 'bad-request: the body cannot be read', 413: 'too-large', 415: 'unsupported-type', 422: 'invalid-input' }
  const input = operation.parameters === undefined ? {} : { 400: 'bad-request: the address cannot be read', 422: 'invalid-input' }
  return {
    ...staff,
    ...writes,
    ...input,
    ...body,
    500: 'fault: ours; its number is in the title',
    503: 'outage or busy: try again after Retry-After seconds',
  }
}

function headersOf(notes: ApiNotes, status: string): Record<string, unknown> {
  const common: Record<string, string> = {
    ...(status === '401' ? { 'WWW-Authenticate': 'Bearer, with the realm' } : {}),
    ...(status === '503' ? { 'Retry-After': 'seconds' } : {}),
  }
  const all = { ...common, ...notes.headers?.[Number(status)] }
  return Object.fromEntries(Object.entries(all).map(([name, description]) => [name, { description, schema: { type: 'string' } }]))
}

function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'output' })
  return rest
}
