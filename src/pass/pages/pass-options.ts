/** What the page of a visit is given, and what of it several of its parts ask. */
import type { Directory, Service } from '../../directory/index.js'
import type { PlaceInLine } from '../../queue/index.js'
import type { AskedOf, AtTheDoor, SafetyObligation } from '../../regulation/index.js'
import type { Shell } from '../../ui/index.js'
import { isLapsed, type Visit, type VisitTime } from '../../visit/index.js'

export interface PassPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  readonly visit: Visit
  /** Where the visit stands against its hour. */
  readonly time: VisitTime
  /** True on the day of the visit: the page then keeps itself up to date. */
  readonly today: boolean
  /** What the QR code says: an address, and signed facts for a door without a network; nothing personal. */
  readonly passText: string
  /** Whole address that opens this page from anywhere: a secret of its owner. */
  readonly secretUrl: string
  /** Whole address where a visit is found by reference and contact. */
  readonly lookupUrl: string
  readonly obligations: readonly SafetyObligation[]
  /** What the acts say of coming in: which door, and what to say there. */
  readonly door: AtTheDoor
  readonly symptoms: AskedOf | null
  readonly mayChange: boolean
  /** True when its owner may stand in line for an earlier time. */
  readonly mayWait: boolean
  /** Who is called before; null unless the person waits to be called. */
  readonly line: PlaceInLine | null
  /** True just after a change of time. */
  readonly moved: boolean
  /** The visit was not confirmed in time, and its time is still free. */
  readonly freeAgain: boolean
}

/** The state of the visit in a few words: the title of the page, and its heading. */
export function titleOf({ shell, visit, time }: PassPageOptions): string {
  if (isLapsed(visit)) return shell.t('booking-pages.lapsed.title')
  if (!isBooked(visit)) return shell.t(`pass.state.${visit.state}`)
  if (time !== 'ahead') return shell.t('pass.late.title')
  return shell.t(visit.state === 'pending' ? 'pass.pending' : 'pass.booked')
}

/** True while there is a pass that opens a door, or will. */
export function hasPass({ visit, time }: Pick<PassPageOptions, 'visit' | 'time'>): boolean {
  return visit.state === 'booked' ? time !== 'past' : visit.state === 'pending' && time === 'ahead'
}

export function isBooked(visit: Visit): boolean {
  return visit.state === 'booked' || visit.state === 'pending'
}

export function isInside(visit: Visit): boolean {
  return visit.state === 'arrived' || visit.state === 'called' || visit.state === 'serving' || visit.state === 'parked'
}
