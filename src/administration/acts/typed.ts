/** A saved provision as it would be typed into its form. */
import type { ProvisionDocument } from '../../regulation/index.js'
import { fillFields, typedOf, written, type Typed } from '../form/typed.js'
import { fieldsByKind } from './fields.js'
import { placeKinds } from './document.js'

export function typedProvision(provision: ProvisionDocument): Typed {
  const fields = new Map<string, string | readonly string[]>([
    ['reference', provision.reference],
    ['from', written(provision.from)],
    ['until', written(provision.until)],
    ['condition', provision.condition ?? ''],
    ['binding', provision.binding === false ? 'nie' : 'tak'],
  ])
  const { scope = {} } = provision
  for (const kind of placeKinds) fields.set(`scope-${kind}`, scope[kind] ?? [])
  fields.set('scope-weekday', (scope.weekday ?? []).map(String))
  for (const end of ['from', 'until'] as const) {
    fields.set(`season-${end}`, scope.season === undefined ? '' : (scope.season[end].split('-').toReversed().join('.') ?? ''))
    fields.set(`dates-${end}`, written(scope.dates?.[end]))
  }
  fillFields(fields, fieldsByKind().get(provision.kind) ?? [], provision.parameters)
  return typedOf(fields)
}
