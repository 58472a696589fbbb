/**
 * Compliance: what holds each paragraph up, and what was observed in a period. A figure is a count of
 * events by something (a code, a channel, a building); its events can be listed.
 */

/** First and last day, both included. */
export interface Period {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

/** Names a period among others. */
export function daysKey({ from, to }: Period): string {
  return `${from.toString()} ${to.toString()}`
}

/** Days shown when nobody says otherwise, today among them. */
export const usualDays = 30
/** Longest period at once: beyond, a page would read years of events. */
export const periodDaysMax = 92

/** Counted from the history of events; the last three are lists only: what happened at a desk, in a room, at a door. */
export const figures = ['bookings', 'urgent', 'without-booking', 'refusals', 'drop-offs', 'priorities', 'desk', 'room', 'inside'] as const
export type Figure = (typeof figures)[number]
/** Figures that are counts. */
export type Counted = Exclude<Figure, 'desk' | 'room' | 'inside'>

export interface Count {
  /** The code, channel, reason or building counted. */
  readonly what: string
  readonly count: number
}

/** The busiest moment of a desk; null where nobody was called. */
export interface DeskPeak {
  readonly visits: number
  readonly deskId: number
  readonly at: Temporal.Instant
}

/** The fullest moment of a room. */
export interface RoomPeak {
  readonly persons: number
  readonly staffedDesks: number
  readonly roomId: string
  readonly at: Temporal.Instant
}

/** The fullest moment of a building. */
export interface BuildingPeak {
  readonly persons: number
  readonly buildingId: string
  readonly at: Temporal.Instant
}

export interface Rooms {
  readonly peak: RoomPeak | null
  /** Moments at which a room held more counted persons than staffed desks: the fullest of them. */
  readonly over: readonly RoomPeak[]
  readonly overCount: number
}

export interface HistoryEvent {
  readonly id: number
  readonly at: Temporal.Instant
  readonly kind: string
  readonly reason: string | null
  /** Where it was, or is to be. */
  readonly buildingId: string | null
  readonly deskId: number | null
}

/** Events on one page of a list. */
export const eventsPerPage = 50
