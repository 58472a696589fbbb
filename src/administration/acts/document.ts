/**
 * Acts as data: from the rule book or a draft to the document that acts files are made of, and back
 * from a document that another office made.
 *
 * What another office calls its places means nothing here: each is asked about, nothing is guessed.
 */
import type { Act, ActDocument, ActsDocument, Law, Provision, ProvisionDocument } from '../../regulation/index.js'
import { minuteTime } from '../../platform/words.js'
import type { Content, Draft } from './model.js'
import { byParagraph } from './rules.js'

/** An act of the rule book with its provisions, its own words and the conditions they hang on, as a document that can be imported. */
export function documentOfAct(law: Law, act: Act, text = ''): ActsDocument {
  const provisions = byParagraph(law.provisions.filter((each) => each.actId === act.id))
  const hung = new Set([act.conditionId, ...provisions.map((each) => each.conditionId)])
  const conditions = law.conditions
    .filter((each) => hung.has(each.id))
    .map((each) =>
      said({ id: each.id, title: each.title, from: each.from?.toString(), until: each.until?.toString(), source: each.source }),
    )
  return said({ conditions: filled(conditions), acts: [actDocument(act, provisions, text)] }) as ActsDocument
}

/**
 * A draft as a document. What is not signed yet carries the planned number, or none but its own row's;
 * a correction keeps number and day of the act it corrects.
 */
export function documentOfDraft(draft: Draft, law: Law): ActsDocument {
  const { number: planned, ...facts } = draft.content.act
  const own = draft.corrects === null ? draft.signed : null
  const number = own?.number ?? planned ?? `projekt ${draft.id}`
  const act = {
    ...facts,
    id: draft.signed?.actId ?? draft.corrects ?? number,
    number,
    ...(own === null ? {} : { signedOn: own.on.toString() }),
    ...(draft.text === '' ? {} : { text: draft.text }),
    provisions: draft.content.provisions,
  }
  return withConditions(act, draft.content, law)
}

/** The act with the conditions it hangs on: the office's own, and those that came with it. */
function withConditions(act: ActDocument, content: Content, law: Law): ActsDocument {
  const hung = new Set([act.condition, ...act.provisions.map((each) => each.condition)])
  const known = new Set(law.conditions.map((each) => each.id))
  const own = law.conditions
    .filter((each) => hung.has(each.id))
    .map((each) =>
      said({ id: each.id, title: each.title, from: each.from?.toString(), until: each.until?.toString(), source: each.source }),
    )
  const brought = (content.conditions ?? []).filter((each) => hung.has(each.id) && !known.has(each.id))
  return said({ conditions: filled([...own, ...brought]), acts: [act] }) as ActsDocument
}

/** The content of a draft that begins with what an act of the rule book says. */
export function contentOfAct(law: Law, act: Act): Content {
  return contentOf(documentOfAct(law, act))
}

/** The content of a draft from a document of one act, and the act's own words. */
export function contentOf(document: ActsDocument): Content {
  const { id: _id, text: _text, provisions, ...act } = document.acts[0] as ActDocument
  return { act, ...(document.conditions === undefined ? {} : { conditions: document.conditions }), provisions }
}

/** The own words of a document of one act; empty where it has none. */
export function textOfDocument({ acts }: ActsDocument): string {
  return acts[0]?.text ?? ''
}

function actDocument(act: Act, provisions: readonly Provision[], text: string): ActDocument {
  const named = (list: Act['repeals']): unknown => filled(list.map(({ reference, ...each }) => said({ ...each, reference })))
  const { id, number, title, issuer, rank } = act
  return said({
    id,
    number,
    title,
    issuer,
    rank,
    signedOn: act.signedOn?.toString(),
    from: act.from?.toString(),
    until: act.until?.toString(),
    condition: act.conditionId,
    repeals: named(act.repeals),
    upholds: named(act.upholds),
    legalBasis: filled(act.legalBasis),
    publication: filled(act.publication),
    executors: filled(act.executors),
    text: text === '' ? undefined : text,
    textHeld: act.textHeld ? undefined : false,
    assumed: filled(act.assumed),
    source: act.source,
    provisions: provisions.map(provisionDocument),
  }) as unknown as ActDocument
}

function provisionDocument(each: Provision): ProvisionDocument {
  return said({
    id: each.id.slice(each.id.indexOf('#') + 1),
    reference: each.reference,
    kind: each.kind,
    parameters: written(each.parameters),
    binding: each.binding ? undefined : false,
    scope: Object.keys(each.scope).length === 0 ? undefined : each.scope,
    from: each.from?.toString(),
    until: each.until?.toString(),
    condition: each.conditionId,
    assumed: filled(each.assumed),
  }) as unknown as ProvisionDocument
}

/** Minutes of the day become wall times again: `minute`, and the two ends of an interval wherever one stands. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written)
  if (typeof value !== 'object' || value === null) return value
  const { from, to, minute, ...others } = value as Readonly<Record<string, unknown>>
  return {
    ...Object.fromEntries(Object.entries(others).map(([name, each]) => [name, written(each)])),
    ...(typeof from === 'number' && typeof to === 'number' ? { from: padded(from), to: padded(to) } : said({ from, to })),
    ...(typeof minute === 'number' ? { at: padded(minute) } : {}),
  }
}

function padded(minute: number): string {
  return minuteTime(minute).padStart(5, '0')
}

/** Without what is not said. */
function said<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined && each !== null)) as Value
}

function filled<Item>(list: readonly Item[]): readonly Item[] | undefined {
  return list.length === 0 ? undefined : list
}

export type PlaceKind = 'building' | 'room' | 'unit' | 'service'
export const placeKinds: readonly PlaceKind[] = ['building', 'room', 'unit', 'service']

/** A place a document names and the office has not. */
export interface Stranger {
  readonly kind: PlaceKind
  readonly id: string
  /** Paragraphs whose rules name it. */
  readonly references: readonly string[]
}

export function strangersIn({ acts }: ActsDocument, has: (kind: PlaceKind, id: string) => boolean): readonly Stranger[] {
  const found = new Map<string, { kind: PlaceKind; id: string; references: string[] }>()
  for (const { provisions } of acts)
    for (const { scope, reference } of provisions)
      for (const kind of placeKinds)
        for (const id of scope?.[kind] ?? []) {
          if (has(kind, id)) continue
          const key = `${kind} ${id}`
          const stranger = found.get(key) ?? { kind, id, references: [] }
          if (!stranger.references.includes(reference)) stranger.references.push(reference)
          found.set(key, stranger)
        }
  return [...found.values()]
}

/** Which place of ours a foreign one is; null leaves it out. By kind and foreign id. */
export type PlaceMap = ReadonlyMap<string, string | null>

export function placeKey(kind: PlaceKind, id: string): string {
  return `${kind} ${id}`
}

/**
 * The document with our places. A rule that names only places left out is left out whole: without
 * them it would hold everywhere.
 */
export function withPlaces(document: ActsDocument, map: PlaceMap): ActsDocument {
  return { ...document, acts: document.acts.map((act) => ({ ...act, provisions: act.provisions.flatMap((each) => mapped(each, map)) })) }
}

function mapped(provision: ProvisionDocument, map: PlaceMap): readonly ProvisionDocument[] {
  const { scope } = provision
  if (scope === undefined) return [provision]
  const places: Partial<Record<PlaceKind, readonly string[]>> = {}
  for (const kind of placeKinds) {
    const foreign = scope[kind]
    if (foreign === undefined) continue
    const ours = foreign.flatMap((id) => {
      const own = map.get(placeKey(kind, id))
      return own === undefined ? [id] : own === null ? [] : [own]
    })
    if (ours.length === 0) return []
    places[kind] = [...new Set(ours)]
  }
  return [{ ...provision, scope: { ...scope, ...places } }]
}
