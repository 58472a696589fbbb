/** The matters of the units a person of the staff sees, and those that fit what was typed. */
import type { Context } from '../platform/context.js'
import { directory, type Service } from '../directory/index.js'
import { unitsOf, type Staff } from '../staff/index.js'
import { mattersFor } from './clerk-rules.js'
import type { FoundMatter } from './search.js'

/** Matters this person may book that fit what was typed, and what another office handles. */
export async function mattersOf(context: Context, staff: Staff, typed: string): Promise<readonly FoundMatter[]> {
  const own = new Set(await servicesOf(context, staff))
  return mattersFor(await directory(context), typed).filter((found) => found.kind === 'elsewhere' || own.has(found.service))
}

/** Matters of the units this person sees, also those nobody is offered any more. */
export async function servicesOf(context: Context, staff: Staff): Promise<readonly Service[]> {
  const office = await directory(context)
  const units = unitsOf(staff, office)
  return [...office.services.values()].filter((service) => units === null || units.includes(service.unitId))
}
