/**
 * Whoever comes to leave papers: in a box, or where the office takes them.
 */
import { officeDay, officeMinute } from '../../platform/clock.js'
import { allow, refuse, type Basis, type NextStep } from '../../platform/decision.js'
import { minuteTime } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import type { DropOffRule, Interval, RuleBook } from '../model.js'
import { admissionOf } from './booking.js'
import { applying, basesOf, type Subject } from './combine.js'
import { dropOffRules, isTakenAt, type PapersLeftBy } from './drop-off.js'
import type { EntryDecision, EntryFacts } from './entry.js'
import { hours, isOpenAt, type DayHours } from './hours.js'
import { callStep, dropOffStep, present } from './steps.js'

/** Leaving papers needs no booking: in a box while the act has it open, else where they are taken, while its service office is open. */
export function leavePapers(book: RuleBook, directory: Directory, facts: EntryFacts): EntryDecision {
  const day = officeDay(facts.at)
  const subject = { buildingId: facts.buildingId, day }
  const rules = dropOffRules(book, subject, facts.known)
  const boxes = rules.filter(({ rule }) => rule.hours !== undefined)
  // A box needs nobody inside: neither the office's hours nor its suspension close it.
  if (boxes.length > 0) return intoBox(directory, facts, boxes)
  const desk = [...directory.services.values()].find((each) => each.dropOff && !each.closed && each.buildingId === facts.buildingId)
  const { allowed, ruled, basis } = permissions(book, subject, 'drop-off', facts.known)
  if (desk === undefined || (ruled && !allowed)) {
    // Only the building that the act names is named by it; the address is that of the service office.
    const there = dropOffStep(directory)
    return refuse('drop-off-elsewhere', basis, present([there]), { address: there?.values?.['address'] ?? '' })
  }
  const admission = admissionOf(book, { ...subject, serviceId: desk.id }, facts.known)
  if (admission.mode === 'suspended') return refuse('admission-suspended', admission.basis, [callStep(directory, desk.unitId)])
  if (admission.mode === 'unknown') return refuse('rules-not-held', [], [callStep(directory, desk.unitId)], { act: admission.acts })
  const open = hours(book, directory, desk.unitId, day, facts.known)
  if (!isOpenAt(open, officeMinute(facts.at)))
    return refuse('building-closed', open.basis, [callStep(directory, desk.unitId)], openingValues(open))
  const steps = rules.length === 0 ? [{ kind: 'take-receipt' }] : rules.flatMap(({ rule }) => dropOffSteps(rule))
  return allow('drop-off', [...basis, ...rules.flatMap((each) => each.basis)], steps)
}

function intoBox(directory: Directory, { at }: EntryFacts, boxes: readonly PapersLeftBy[]): EntryDecision {
  const open = boxes.filter(({ rule }) => isTakenAt(rule, officeMinute(at)))
  const basis = (open.length > 0 ? open : boxes).flatMap((each) => each.basis)
  if (open.length > 0)
    return allow(
      'drop-off',
      basis,
      open.flatMap(({ rule }) => dropOffSteps(rule)),
    )
  const times = boxes.flatMap(({ rule }) => rule.hours ?? [])
  return refuse('drop-off-closed', basis, [callStep(directory, null)], { hours: intervalsOf(times) })
}

/** How a receipt is had, and what those who leave papers are asked for. */
function dropOffSteps({ receipt, asks = [] }: DropOffRule): readonly NextStep[] {
  const proof: Readonly<Record<DropOffRule['receipt'], string>> = {
    always: 'take-receipt',
    'on-request': 'ask-for-receipt',
    none: 'no-receipt',
  }
  return [
    { kind: proof[receipt] },
    ...asks.map((what): NextStep =>
      what === 'phone' || what === 'wrapped' ? { kind: `papers-${what}` } : { kind: 'papers-other', values: { what } },
    ),
  ]
}

/** Permissions add up, unless one says "only": then what none names is shut, in any building. */
function permissions(
  book: RuleBook,
  subject: Subject,
  purpose: 'visit' | 'drop-off',
  known?: Temporal.Instant,
): { allowed: boolean; ruled: boolean; basis: readonly Basis[] } {
  const here = applying(book, 'entry', subject, known)
  const own = here.filter(({ provision }) => provision.parameters.purpose === purpose)
  const only = here.filter(({ provision }) => provision.parameters.only)
  return { allowed: own.length > 0, ruled: only.length > 0, basis: basesOf(own.length > 0 ? own : only) }
}

/** When it is open that day, for the sentence that it is not now. */
export function openingValues(open: DayHours): Readonly<Record<string, string | number>> {
  return { hours: intervalsOf(open.intervals) }
}

function intervalsOf(intervals: readonly Interval[]): string {
  return intervals.map(({ from, to }) => `${minuteTime(from)}–${minuteTime(to)}`).join(', ') || '–'
}
