/**
 * What a person can do next: steps that lead somewhere real, in the order in which they help.
 * A number is the unit's own, else the office's; an e-mail likewise, and the step says which.
 */
import { officeDay } from '../../platform/clock.js'
import type { NextStep } from '../../platform/decision.js'
import { wallTime } from '../../platform/words.js'
import type { Directory, Service } from '../../directory/index.js'

/** The number to ring about a unit: its own, or the office's. */
export function callStep(directory: Directory, unitId: string | null): NextStep {
  const own = unitId === null ? undefined : phoneOf(directory, unitId)
  return own === undefined ? { kind: 'call-office', phone: directory.office.phone } : { kind: 'call', phone: own }
}

/** The address to write to: the unit's own, or the office's. */
export function emailStep(directory: Directory, unitId: string | null): NextStep {
  const own = unitId === null ? null : (directory.unitAndParents(unitId).find((unit) => unit.email !== null)?.email ?? null)
  return own === null ? { kind: 'email-office', email: directory.office.email } : { kind: 'email', email: own }
}

export function freeTimesStep(service: Service): NextStep {
  return { kind: 'web', href: `/sprawy/${service.id}/terminy` }
}

export function requestStep(service: Service): NextStep {
  return { kind: 'request', href: `/sprawy/${service.id}/prosba` }
}

/** To the advice of the matter; null where the law requires the person to come, which no advice can spare. */
export function adviceStep(service: Service): NextStep | null {
  return service.presence.value === 'yes' ? null : { kind: 'advice', href: `/sprawy/${service.id}` }
}

/** The building where papers are left, when the office has one. */
export function dropOffStep(directory: Directory): NextStep | null {
  const service = [...directory.services.values()].find((each) => each.dropOff && !each.closed)
  const building = service && directory.buildings.get(service.buildingId)
  return building ? { kind: 'drop-off', values: { address: building.address } } : null
}

/** A moment for a sentence in any language: the instant, "25.05.2020" and "9:05". */
export function momentValues(at: Temporal.Instant): { readonly at: string; readonly date: string; readonly time: string } {
  const day = officeDay(at)
  return { at: at.toString(), date: `${two(day.day)}.${two(day.month)}.${day.year}`, time: wallTime(at) }
}

function two(part: number): string {
  return String(part).padStart(2, '0')
}

export function present<Thing>(things: readonly (Thing | null | undefined)[]): readonly Thing[] {
  return things.filter((thing) => thing !== null && thing !== undefined)
}

function phoneOf(directory: Directory, unitId: string): string | undefined {
  return directory.unitAndParents(unitId).find((unit) => unit.phones.length > 0)?.phones[0]
}
