/** What a waiting room's screen shows: numbers and desks, never people. */
import type { Building } from '../directory/index.js'
import type { Clip, VoiceLanguage } from '../platform/spoken.js'

export interface CalledNumber {
  readonly ticket: string
  readonly deskId: number
  readonly state: 'called' | 'serving'
  readonly calledCount: number
  readonly calledAt: Temporal.Instant
}

/** How a screen is laid out: for a hall, for a corridor with doors, for the wall over one desk. */
export const layouts = ['hall', 'corridor', 'desk'] as const
export type Layout = (typeof layouts)[number]

/** From this hour of the day on, so loud: 0 to 100. */
export interface Volume {
  readonly from: number
  readonly percent: number
}

/** What a screen is set to; it stands in the screen's address. */
export interface DisplaySettings {
  readonly layout: Layout
  /** From how far it is read, and how high the picture is. */
  readonly metres: number
  readonly panelMm: number
  /** Rooms whose calls are shown; empty: all of the building. */
  readonly rooms: readonly string[]
  /** Letters of tickets that are shown; empty: all. */
  readonly letters: readonly string[]
  /** The desk a single-desk screen hangs over. */
  readonly desk: string | null
  /** Spoken in this order; empty: the screen is silent. */
  readonly voices: readonly VoiceLanguage[]
  /** By hour, the first from 0. */
  readonly volumes: readonly Volume[]
  /** A button that says the latest calls once more, for who cannot see them. */
  readonly again: boolean
}

/** What one screen shows. */
export interface Asked {
  readonly building: Building
  readonly settings: DisplaySettings
  /** Equal for equal screens. */
  readonly key: string
}

export interface BoardRow {
  /** "A 041": spaced as it is spoken. */
  readonly number: string
  /** Label of the desk, as on the sign over it. */
  readonly desk: string
  /** What stands on the door of the room; null when the building serves in one room only. */
  readonly room: string | null
  /** Of the call; a recall is another one. */
  readonly id: string
  readonly state: 'called' | 'serving'
}

/** A call that nobody has answered yet, to be said aloud. */
export interface Announcement {
  readonly id: string
  /** Office time in milliseconds. */
  readonly at: number
  /** Clips, language by language. */
  readonly say: readonly (readonly Clip[])[]
}

export interface Board {
  readonly layout: Layout
  /** The call on top: the latest of those not yet at their desk. In a corridor none stands out. */
  readonly call: BoardRow | null
  readonly rows: readonly BoardRow[]
  /** In how many columns the rows stand; more columns, smaller rows. */
  readonly columns: 1 | 2 | 3
  /** Set in the larger signs that a far distance asks for; when more people are called than fit so, in the usual ones. */
  readonly far: boolean
  /** Every call that nobody has answered, the latest first. */
  readonly announcements: readonly Announcement[]
}

/**
 * Rows below the call by columns. One column is read from ten metres on 55 inches; whoever was
 * called and has not come yet is shown even when there are more, then smaller.
 */
export const boardRowsMax = { 1: 5, 2: 10, 3: 21 } as const
/** A corridor has no large call, so there is room for more. */
export const corridorRowsMax = { 1: 7, 2: 14, 3: 21 } as const
