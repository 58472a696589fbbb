/** Forms of an act: its facts, its signature and its publication → values, or what is wrong at which field. */
import { instantOf } from '../../platform/clock.js'
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { readWrittenDay } from '../../platform/typed-time.js'
import type { Rank } from '../../regulation/index.js'
import type { ActFacts, Published, Signed } from './model.js'
import { dayAt, fieldLengthMax, linesIn, wrong } from '../form/read.js'
import { typedOf, written, type Typed } from '../form/typed.js'

export const ranks: readonly Rank[] = ['ordinance', 'regulation', 'statute']
/** Facts that are a list, one in a line. */
export const listFacts = ['legalBasis', 'publication', 'executors'] as const
/** Facts that name other acts. */
export const namingFacts = ['repeals', 'upholds'] as const
export const namedRowsMax = 20
/** Lists of the schema take no more. */
const linesMax = 50

type Named = Exclude<NonNullable<ActFacts['repeals']>[number], string>

/** `old` keeps what the form does not ask; a number is asked of a new act only. */
export function readFacts(body: unknown, old: ActFacts): { readonly facts: ActFacts; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const needed = (name: 'title' | 'issuer'): string => {
    const text = formText(body, name, fieldLengthMax)
    if (text === '') errors.push(wrong(name, `needed.${name}`))
    if (text.length > fieldLengthMax) errors.push(wrong(name, 'too-long'))
    return text
  }
  const [title, issuer] = [needed('title'), needed('issuer')]
  const number = formText(body, 'number', 200)
  const rank = ranks.find((each) => each === formText(body, 'rank', 20)) ?? old.rank
  const [from, until] = [dayAt(body, 'from', errors), dayAt(body, 'until', errors)]
  if (from !== undefined && until !== undefined && until < from) errors.push(wrong('until', 'ends-before'))
  const condition = formText(body, 'condition', 200)
  const lists = listFacts.flatMap((name) => {
    const lines = linesIn(body, name)
    if (lines.length > linesMax || lines.some((line) => line.length > fieldLengthMax)) errors.push(wrong(name, 'too-many'))
    return lines.length === 0 ? [] : [[name, lines] as const]
  })
  const naming = namingFacts.flatMap((name) => {
    const rows = readNamed(body, name, old[name] ?? [], errors)
    return rows.length === 0 ? [] : [[name, rows] as const]
  })
  const kept = { textHeld: old.textHeld, assumed: old.assumed, source: old.source, signedOn: old.signedOn }
  const facts = {
    ...(number === '' ? (old.number === undefined || asksFor(body, 'number') ? {} : { number: old.number }) : { number }),
    title,
    issuer,
    rank,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(condition === '' ? {} : { condition }),
    ...Object.fromEntries([...naming, ...lists]),
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
  } as ActFacts
  return { facts, errors }
}

/** Was the field on the form at all? One left empty is, one not asked is not. */
function asksFor(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
}

function readNamed(
  body: unknown,
  name: (typeof namingFacts)[number],
  old: NonNullable<ActFacts['repeals']>,
  errors: FieldError[],
): Named[] {
  return Array.from({ length: namedRowsMax }, (_, index) => index).flatMap((index): readonly Named[] => {
    const act = formText(body, `${name}-${index}-act`, 300)
    const reference = formText(body, `${name}-${index}-reference`, 200)
    if (act === '') {
      if (reference !== '') errors.push(wrong(`${name}-${index}-act`, 'which-act'))
      return []
    }
    const before = old[index]
    const [id = '', provision] = act.split('#')
    // What the form does not ask of the same act stays.
    const rest = typeof before === 'object' && before.act === id ? before : {}
    return [said({ ...rest, act: id, reference: reference === '' ? undefined : reference, provision })]
  })
}

function said(value: Record<string, unknown>): Named {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as unknown as Named
}

export function typedFacts(facts: ActFacts): Typed {
  return typedOf(
    new Map<string, string | readonly string[]>([
      ['number', facts.number ?? ''],
      ['title', facts.title],
      ['issuer', facts.issuer],
      ['rank', facts.rank],
      ['from', written(facts.from)],
      ['until', written(facts.until)],
      ['condition', facts.condition ?? ''],
      ...listFacts.map((name) => [name, (facts[name] ?? []).join('\n')] as const),
      ...namingFacts.flatMap((name) =>
        (facts[name] ?? []).flatMap((each, index) => [
          [`${name}-${index}-act`, namedValue(each)] as const,
          [`${name}-${index}-reference`, typeof each === 'string' ? '' : (each.reference ?? '')] as const,
        ]),
      ),
    ]),
  )
}

/** The act, or one provision of it, as the picker names it: `K/219/2020` or `K/219/2020#one-per-desk`. */
export function namedValue(each: NonNullable<ActFacts['repeals']>[number]): string {
  if (typeof each === 'string') return each
  const { act, provision } = each as Named & { readonly provision?: string }
  return provision === undefined ? act : `${act}#${provision}`
}

export function readSignature(body: unknown): Omit<Signed, 'actId'> | { readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const number = formText(body, 'number', 100)
  const by = formText(body, 'signedBy', 200)
  const on = readWrittenDay(formText(body, 'signedOn', 30))
  // Of a number without letters or digits nothing could be made that stands in an address.
  if (!/[\p{L}\d]/u.test(number)) errors.push(wrong('number', 'needed.number'))
  if (on === null) errors.push(wrong('signedOn', 'day'))
  if (by === '') errors.push(wrong('signedBy', 'needed.signedBy'))
  return errors.length > 0 || on === null ? { errors } : { number, on, by }
}

export function readPublication(
  body: unknown,
): Pick<Published, 'at' | 'places' | 'responsible'> | { readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const places = linesIn(body, 'places')
  const responsible = formText(body, 'responsible', 200)
  const day = readWrittenDay(formText(body, 'publishedOn', 30))
  const time = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(formText(body, 'publishedAt', 10))
  if (places.length === 0) errors.push(wrong('places', 'needed.places'))
  if (day === null) errors.push(wrong('publishedOn', 'day'))
  if (time === null) errors.push(wrong('publishedAt', 'time'))
  if (responsible === '') errors.push(wrong('responsible', 'needed.responsible'))
  if (errors.length > 0 || day === null || time === null) return { errors }
  return { places, responsible, at: instantOf(day, Number(time[1]) * 60 + Number(time[2])) }
}
