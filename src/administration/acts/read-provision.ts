/**
 * What was typed into the form of a provision → the provision as an acts file has it, or what is
 * wrong, each at its field.
 */
import type { FieldError } from '../../platform/decision.js'
import { formList, formText } from '../../platform/http/form.js'
import { readWrittenDay } from '../../platform/typed-time.js'
import type { ProvisionDocument } from '../../regulation/index.js'
import { dayAt, readFields, readMonthDay, wrong } from '../form/read.js'
import { fieldsByKind } from './fields.js'
import { placeKinds } from './document.js'

export interface ProvisionRead {
  readonly provision: ProvisionDocument
  readonly errors: readonly FieldError[]
}

/** Reads the whole form. `old` keeps what the form does not ask: sources and what no source settles. */
export function readProvision(body: unknown, kind: string, id: string, old: ProvisionDocument | null): ProvisionRead {
  const { value: parameters, errors } = readFields(fieldsByKind().get(kind) ?? [], body)
  const reference = formText(body, 'reference', 200)
  if (reference === '') errors.push(wrong('reference', 'reference'))
  const scope = readScope(body, errors)
  const [from, until] = [dayAt(body, 'from', errors), dayAt(body, 'until', errors)]
  if (from !== undefined && until !== undefined && until < from) errors.push(wrong('until', 'ends-before'))
  const condition = formText(body, 'condition', 200)
  const provision = {
    id,
    reference,
    kind,
    parameters,
    ...(formText(body, 'binding', 10) === 'nie' ? { binding: false } : {}),
    ...(Object.keys(scope).length === 0 ? {} : { scope }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(condition === '' ? {} : { condition }),
    ...(old?.assumed === undefined ? {} : { assumed: old.assumed }),
    ...(old?.source === undefined ? {} : { source: old.source }),
  } as ProvisionDocument
  return { provision, errors }
}

function readScope(body: unknown, errors: FieldError[]): Record<string, unknown> {
  const scope: Record<string, unknown> = {}
  for (const kind of placeKinds) {
    const chosen = formList(body, `scope-${kind}`, 500)
    if (chosen.length > 0) scope[kind] = chosen
  }
  const weekdays = formList(body, 'scope-weekday', 7).filter((each) => /^[1-7]$/.test(each))
  if (weekdays.length > 0) scope['weekday'] = weekdays.map(Number).toSorted((a, b) => a - b)
  const season = pair(body, 'season', errors, readMonthDay, 'month-day')
  if (season !== null) scope['season'] = season
  const dates = pair(body, 'dates', errors, (text) => readWrittenDay(text)?.toString() ?? null, 'day')
  if (dates !== null && dates.until < dates.from) errors.push(wrong('dates-until', 'ends-before'))
  if (dates !== null) scope['dates'] = dates
  return scope
}

/** Two days that belong together: both or neither. */
function pair(
  body: unknown,
  name: string,
  errors: FieldError[],
  read: (text: string) => string | null,
  error: string,
): { readonly from: string; readonly until: string } | null {
  const ends = (['from', 'until'] as const).map((end) => formText(body, `${name}-${end}`, 30))
  if (ends.every((text) => text === '')) return null
  const [from, until] = ends.map(read)
  if (from == null) errors.push(wrong(`${name}-from`, error))
  if (until == null) errors.push(wrong(`${name}-until`, error))
  return from == null || until == null ? null : { from, until }
}
