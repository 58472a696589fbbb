/**
 * A paragraph is cited only for what it says: which kinds of provision may ground which answers.
 *
 * Every decision of the slice passes here before it is given, in tests and in service. Kinds that
 * ground nothing (safety, requests, remote channels, exemptions) can refuse nobody: advice and
 * requests never do.
 */
import type { Decision } from '../../platform/decision.js'
import type { Kind, RuleBook } from '../model.js'

/** Codes of decisions that a provision of the kind may be named for. */
export const grounds: Readonly<Record<Kind, readonly string[]>> = {
  hours: ['closed-that-day', 'outside-hours', 'building-closed'],
  'day-off': ['day-off', 'building-closed'],
  admission: ['admission-suspended', 'walk-in'],
  'booking-channel': ['may-book', 'channel-not-offered'],
  entry: ['come-in', 'come-in-late', 'no-booking', 'drop-off', 'drop-off-elsewhere', 'drop-off-not-booked'],
  'clients-per-desk': ['may-call', 'desk-busy'],
  'not-counted': [],
  safety: [],
  'safety-exemption': [],
  request: [],
  'remote-channel': [],
  publication: [],
  task: [],
}

const kinds = new WeakMap<RuleBook, ReadonlyMap<string, Kind>>()

/** The decision itself; throws when it names a provision for what that does not say. */
export function honest<Given extends Decision>(book: RuleBook, decision: Given): Given {
  let ofBook = kinds.get(book)
  if (ofBook === undefined) kinds.set(book, (ofBook = new Map(book.provisions.map((each) => [each.id, each.kind]))))
  for (const basis of decision.basis) {
    if (basis.kind === 'setting') continue
    const kind = ofBook.get(basis.provision)
    if (kind === undefined || !grounds[kind].includes(decision.code)) {
      throw new Error(`"${decision.code}" must not rest on ${basis.provision}`)
    }
  }
  return decision
}
