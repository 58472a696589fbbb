/**
 * Leaving papers in person, where an act says how: the box or counter, its hours, the receipt, how
 * long what is left lies before anybody takes it up, and how often a box is emptied.
 */
import type { Basis } from '../../platform/decision.js'
import type { DropOffRule, RemoteChannel, RuleBook, RuleOf } from '../model.js'
import { applying, basesOf, type Subject } from './combine.js'
import type { Standing } from './force.js'

export interface PapersLeftBy {
  readonly rule: DropOffRule
  /** Hours before what is left is taken up; null where no act lets it lie. */
  readonly quarantineHours: number | null
  readonly basis: readonly Basis[]
}

/** The ways to leave papers at a place of which an act says more than that they may be left. */
export function dropOffRules(book: RuleBook, subject: Subject, known?: Temporal.Instant): readonly PapersLeftBy[] {
  return applying(book, 'remote-channel', subject, known).flatMap((each): readonly PapersLeftBy[] => {
    const { dropOff, quarantineHours = null, withdrawn } = each.provision.parameters
    return dropOff === undefined || withdrawn === true ? [] : [{ rule: dropOff, quarantineHours, basis: basesOf([each]) }]
  })
}

/** True when papers are taken at that minute of the day. */
export function isTakenAt({ hours = [] }: DropOffRule, minute: number): boolean {
  return hours.some(({ from, to }) => from <= minute && minute < to)
}

/** What those who choose a way are told of it besides the address; nothing where no act says more. */
export interface WayFacts {
  readonly quarantineHours?: number
  readonly dropOff?: readonly DropOffRule[]
}

export function wayFacts(given: readonly Standing<RuleOf<'remote-channel'>>[]): WayFacts {
  const rules: readonly RemoteChannel[] = given.map(({ provision }) => provision.parameters)
  const hours = rules.flatMap(({ quarantineHours }) => quarantineHours ?? [])
  const left = rules.flatMap(({ dropOff }) => dropOff ?? [])
  return { ...(hours.length === 0 ? {} : { quarantineHours: Math.max(...hours) }), ...(left.length === 0 ? {} : { dropOff: left }) }
}
