/**
 * The acts file: from what people write (offices/*-acts.json, checked by its published JSON Schema)
 * to a rule book.
 */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { FieldError } from '../platform/decision.js'
import { projectFile } from '../platform/paths.js'
import type { Act, Condition, Interval, NamedAct, Provision, Rank, Rule, RuleBook, Scope } from './model.js'

export interface ActsDocument {
  readonly conditions?: readonly { id: string; title: string; from?: string; until?: string; source?: string }[]
  readonly acts: readonly ActDocument[]
}

export interface ActDocument {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly issuer: string
  readonly rank: Rank
  readonly signedOn?: string
  readonly from?: string
  readonly until?: string
  readonly condition?: string
  readonly repeals?: readonly NamedDocument[]
  readonly upholds?: readonly NamedDocument[]
  readonly legalBasis?: readonly string[]
  readonly publication?: readonly string[]
  readonly executors?: readonly string[]
  /** The act's own words, one line for each paragraph; no answer rests on them. */
  readonly text?: string
  readonly textHeld?: boolean
  readonly assumed?: readonly string[]
  readonly source?: string
  readonly provisions: readonly ProvisionDocument[]
}

/** The id of another act, or of one provision in it, with the paragraph that names it where one does. */
export type NamedDocument = string | { readonly act: string; readonly reference?: string; readonly provision?: string }

export interface ProvisionDocument {
  readonly id: string
  readonly reference: string
  readonly kind: string
  readonly parameters: Record<string, unknown>
  readonly binding?: boolean
  readonly scope?: Scope
  readonly from?: string
  readonly until?: string
  readonly condition?: string
  readonly assumed?: readonly string[]
  readonly source?: string
}

/** What is wrong with an acts file, each with its place; empty when nothing is. */
export function checkActs(document: unknown): readonly FieldError[] {
  const validate = actsSchema()
  if (!validate(document)) {
    return (validate.errors ?? []).map((error) => wrong(error.instancePath || '/', error.message ?? error.keyword))
  }
  const { acts, conditions = [] } = document as ActsDocument
  const errors: FieldError[] = []
  const ids = new Set<string>()
  const known = new Set(conditions.map((each) => each.id))
  for (const [index, act] of acts.entries()) {
    const place = `/acts/${index}`
    if (ids.has(act.id)) errors.push(wrong(`${place}/id`, `act "${act.id}" stands twice`))
    ids.add(act.id)
    const words = act.provisions.map((each) => each.id)
    for (const [at, provision] of act.provisions.entries()) {
      const here = `${place}/provisions/${at}`
      if (words.indexOf(provision.id) !== at) errors.push(wrong(`${here}/id`, `provision "${provision.id}" stands twice`))
      if (provision.condition !== undefined && !known.has(provision.condition))
        errors.push(wrong(`${here}/condition`, `no condition "${provision.condition}"`))
      if (provision.from !== undefined && provision.until !== undefined && provision.until < provision.from)
        errors.push(wrong(`${here}/until`, 'ends before it begins'))
      errors.push(...wrongParameters(provision).map(({ where, text }) => wrong(`${here}/parameters/${where}`, text)))
    }
    if (act.condition !== undefined && !known.has(act.condition))
      errors.push(wrong(`${place}/condition`, `no condition "${act.condition}"`))
    if (act.from !== undefined && act.until !== undefined && act.until < act.from)
      errors.push(wrong(`${place}/until`, 'ends before it begins'))
  }
  return [...errors, ...namedInVain(acts)]
}

interface WrongParameter {
  readonly where: string
  readonly text: string
}

/** What a schema cannot say: breaks and hours of leaving papers that end before they begin, a floor too small for one person. */
function wrongParameters({ kind, parameters }: ProvisionDocument): readonly WrongParameter[] {
  switch (kind) {
    case 'hours':
      return backwards('breaks', parameters['breaks'])
    case 'remote-channel':
      return backwards('dropOff/hours', (parameters['dropOff'] as { hours?: unknown } | undefined)?.hours)
    case 'building-limit':
      return limitOf(parameters) < 1 ? [{ where: 'squareMetres', text: 'has room for nobody' }] : []
    default:
      return []
  }
}

function backwards(where: string, intervals: unknown): readonly WrongParameter[] {
  return ((intervals ?? []) as readonly { from: string; to: string }[]).flatMap(({ from, to }, index) =>
    to > from ? [] : [{ where: `${where}/${index}/to`, text: 'ends before it begins' }],
  )
}

/** Single provisions that are repealed or upheld, of acts that stand in the file without them. */
function namedInVain(acts: readonly ActDocument[]): readonly FieldError[] {
  const words = new Map(acts.map((act) => [act.id, new Set(act.provisions.map((each) => each.id))]))
  return acts.flatMap((act, index) =>
    (['repeals', 'upholds'] as const).flatMap((key) =>
      (act[key] ?? []).flatMap((other, at) => {
        if (typeof other === 'string' || other.provision === undefined) return []
        const known = words.get(other.act)
        const place = `/acts/${index}/${key}/${at}/provision`
        return known === undefined || known.has(other.provision)
          ? []
          : [wrong(place, `act "${other.act}" has no provision "${other.provision}"`)]
      }),
    ),
  )
}

/** Ids of the office a scope may name. */
export type KnownPlaces = Readonly<Record<'building' | 'room' | 'unit' | 'service', ReadonlySet<string>>>

/** Scopes that name what the office does not have. */
export function checkPlaces({ acts }: ActsDocument, places: KnownPlaces | null): readonly FieldError[] {
  if (places === null) return []
  return acts.flatMap((act, actIndex) =>
    act.provisions.flatMap((provision, index) =>
      (Object.keys(places) as (keyof KnownPlaces)[]).flatMap((kind) =>
        (provision.scope?.[kind] ?? []).flatMap((id, at) =>
          places[kind].has(id)
            ? []
            : [wrong(`/acts/${actIndex}/provisions/${index}/scope/${kind}/${at}`, `the office has no ${kind} "${id}"`)],
        ),
      ),
    ),
  )
}

/**
 * The rule book of a checked acts file, entered at `now`. The file itself never says when it was
 * learned of: what was answered before must not depend on what is written later.
 */
export function bookFrom(document: ActsDocument, now: Temporal.Instant): RuleBook {
  return {
    replaced: [],
    specialDays: [],
    conditions: (document.conditions ?? []).map(
      (each) =>
        ({
          id: each.id,
          title: each.title,
          from: day(each.from),
          until: day(each.until),
          enteredAt: now,
          source: each.source ?? null,
        }) satisfies Condition,
    ),
    acts: document.acts.map((each) => actFrom(each, now)),
    provisions: document.acts.flatMap((act) => act.provisions.map((each) => provisionFrom(act.id, each))),
  }
}

/** The published JSON Schema of acts files. */
export function actsSchemaText(): string {
  return readFileSync(projectFile('offices', 'acts.schema.json'), 'utf8')
}

let schema: ReturnType<Ajv2020['compile']> | null = null

function actsSchema(): ReturnType<Ajv2020['compile']> {
  if (schema === null) {
    // Compiled for one file: a program made to be quick, and a schema proved anew, take longer than all it
    // is asked. That the schema itself is right is asked by the tests.
    const quickly = { validateSchema: false, meta: false, inlineRefs: false, code: { optimize: false } } as const
    const ajv = new Ajv2020({ allErrors: true, strict: false, discriminator: true, ...quickly })
    ;(formats as unknown as (ajv: Ajv2020) => void)(ajv)
    schema = ajv.compile(JSON.parse(actsSchemaText()))
  }
  return schema
}

function wrong(field: string, text: string): FieldError {
  return { field, message: 'regulation.import.wrong', values: { place: field, text } }
}

function actFrom(act: ActDocument, now: Temporal.Instant): Act {
  return {
    id: act.id,
    number: act.number,
    title: act.title,
    issuer: act.issuer,
    rank: act.rank,
    signedOn: day(act.signedOn),
    from: day(act.from),
    until: day(act.until),
    conditionId: act.condition ?? null,
    enteredAt: now,
    repeals: (act.repeals ?? []).map(named),
    upholds: (act.upholds ?? []).map(named),
    legalBasis: act.legalBasis ?? [],
    publication: act.publication ?? [],
    executors: act.executors ?? [],
    textHeld: act.textHeld ?? true,
    assumed: act.assumed ?? [],
    source: act.source ?? null,
  }
}

function named(other: NamedDocument): NamedAct {
  if (typeof other === 'string') return { act: other, reference: null }
  const { act, reference = null, provision } = other
  return { act, reference, ...(provision === undefined ? {} : { provision }) }
}

function provisionFrom(actId: string, each: ProvisionDocument): Provision {
  const rule = { kind: each.kind, parameters: parametersOf(each) } as unknown as Rule
  return {
    ...rule,
    id: `${actId}#${each.id}`,
    actId,
    reference: each.reference,
    binding: each.binding ?? true,
    scope: each.scope ?? {},
    from: day(each.from),
    until: day(each.until),
    conditionId: each.condition ?? null,
    assumed: each.assumed ?? [],
  }
}

/** Wall times become minutes of the day, floor areas persons. */
function parametersOf({ kind, parameters }: ProvisionDocument): unknown {
  switch (kind) {
    case 'hours': {
      const { intervals = [], breaks, ...others } = parameters
      return { ...others, intervals: inMinutes(intervals), ...(breaks === undefined ? {} : { breaks: inMinutes(breaks) }) }
    }
    case 'release': {
      const { at, ...others } = parameters
      return typeof at === 'string' ? { ...others, minute: minutesOf(at) } : parameters
    }
    case 'building-limit':
      return { ...parameters, limit: limitOf(parameters) }
    case 'remote-channel': {
      const dropOff = parameters['dropOff'] as { hours?: unknown } | undefined
      return dropOff?.hours === undefined ? parameters : { ...parameters, dropOff: { ...dropOff, hours: inMinutes(dropOff.hours) } }
    }
    default:
      return parameters
  }
}

/** The smaller of the number given and of the persons the floor has room for. */
function limitOf({ limit, squareMetres, squareMetresEach }: Record<string, unknown>): number {
  const byArea = squareMetres === undefined ? Infinity : Math.floor(Number(squareMetres) / Number(squareMetresEach))
  return Math.min(limit === undefined ? Infinity : Number(limit), byArea)
}

function inMinutes(intervals: unknown): readonly Interval[] {
  return (intervals as readonly { from: string; to: string }[]).map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
}

/** 450 for `07:30`. */
export function minutesOf(text: string): number {
  const [hour, minute] = text.split(':').map(Number) as [number, number]
  return hour * 60 + minute
}

function day(text: string | undefined): Temporal.PlainDate | null {
  return text === undefined ? null : Temporal.PlainDate.from(text)
}
