/**
 * A paragraph is cited only for what it says: which rules may ground which answers.
 *
 * Every answer of the slice passes here before it is given, in tests and in service. What is asked
 * or advised ("zaleca się", "proszone są") grounds advice and requests and no refusal.
 */
import type { Basis } from '../../platform/decision.js'
import type { CountLimit, EntryRule, Law, RemoteChannel, Rule, RuleBook } from '../model.js'
import { asKnown } from './force.js'

/** Codes of answers a rule may be named for; of a matter of many modes only those of its own. */
export function groundsOf(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case 'hours':
      return ['open', 'closed', 'closed-that-day', 'outside-hours', 'building-closed']
    case 'day-off':
      return rule.parameters.working === true ? ['open', 'outside-hours', 'building-closed'] : ['day-off', 'building-closed']
    case 'admission': {
      const { mode, matters } = rule.parameters
      return matters === undefined ? admissionGrounds[mode] : [...admissionGrounds[mode], 'presence-not-needed']
    }
    case 'booking-channel':
      // It gives ways and closes none: that another way is not open rests on no paragraph.
      return ['may-book']
    case 'release':
      return ['not-yet-released', 'by-lot', 'lot-being-drawn']
    case 'entry':
      return entryGrounds(rule.parameters)
    case 'companions':
      return ['companion-stays-out']
    case 'screening':
      return ['screening', 'screened-out']
    case 'clients-per-desk':
      return ['counted', 'may-call', 'desk-busy', 'companion-takes-desk', 'companion-no-desk']
    case 'building-limit':
      return ['room-left', ...limitGrounds(rule.parameters)]
    case 'not-counted':
      return ['not-counted']
    case 'safety':
      return ['safety']
    case 'safety-exemption':
      return ['exempt']
    case 'priority':
      return ['priority']
    case 'request':
      return [rule.parameters.what]
    case 'remote-channel':
      return rule.parameters.withdrawn === true ? ['channel-withdrawn'] : remoteGrounds(rule.parameters)
    case 'publication':
    case 'task':
      return []
  }
}

const admissionGrounds = {
  'booking-only': ['no-booking'],
  'booking-optional': ['walk-in'],
  'booking-advised': ['walk-in'],
  suspended: ['admission-suspended'],
} as const

/** A full building or area is met at its door; a limit of a room closes desks. */
function limitGrounds({ of, per }: CountLimit): readonly string[] {
  if (of === 'waiting') return ['line-full']
  const room = 'desk-over-limit'
  return per === undefined ? ['building-full', room] : [per === 'room' ? room : `${per}-full`]
}

/** What an act says of leaving papers besides that they may be left. */
function remoteGrounds({ dropOff }: RemoteChannel): readonly string[] {
  const own = ['settle-remotely', 'means-missing']
  return dropOff === undefined ? own : [...own, 'drop-off', ...(dropOff.hours === undefined ? [] : ['drop-off-closed'])]
}

function entryGrounds({ purpose, only }: EntryRule): readonly string[] {
  if (purpose === 'walk-in') return ['walk-in']
  const own = purpose === 'visit' ? ['come-in', 'come-in-late'] : ['drop-off', 'drop-off-not-booked']
  const shut = purpose === 'visit' ? ['no-booking', 'drop-off-elsewhere'] : ['drop-off-elsewhere']
  return only ? [...own, ...shut] : own
}

const rules = new WeakMap<Law, ReadonlyMap<string, Rule>>()

/** The answer itself; throws when it names a provision for what that does not say. */
export function honest<Given extends { readonly code: string; readonly basis: readonly Basis[] }>(
  book: RuleBook,
  answer: Given,
  known?: Temporal.Instant,
): Given {
  cites(book, answer.code, answer.basis, known)
  return answer
}

/** The basis itself, when every provision in it may be named for the code. */
export function cites<Of extends readonly Basis[]>(book: RuleBook, code: string, basis: Of, known?: Temporal.Instant): Of {
  const law = asKnown(book, known)
  let ofLaw = rules.get(law)
  if (ofLaw === undefined) rules.set(law, (ofLaw = new Map(law.provisions.map((each) => [each.id, each]))))
  for (const each of basis) {
    if (each.kind === 'setting') continue
    const rule = ofLaw.get(each.provision)
    if (rule === undefined || !groundsOf(rule).includes(code)) throw new Error(`"${code}" must not rest on ${each.provision}`)
  }
  return basis
}
