/** What a waiting room's screen shows: numbers and desks, never people. */

export interface CalledNumber {
  readonly ticket: string
  readonly deskId: number
  readonly state: 'called' | 'serving'
  readonly calledCount: number
}

export interface BoardRow {
  /** "A 041": spaced as it is spoken. */
  readonly number: string
  /** Label of the desk, as on the sign over it. */
  readonly desk: string
  /** What stands on the door of the room; null when the building serves in one room only. */
  readonly room: string | null
}

export interface Board {
  /** The call on top: the latest of those not yet at their desk. */
  readonly call: (BoardRow & { readonly id: string }) | null
  readonly rows: readonly BoardRow[]
  /** In how many columns the rows stand; more columns, smaller rows. */
  readonly columns: 1 | 2 | 3
}

/**
 * Rows below the call by columns. One column is read from ten metres on 55 inches; whoever was
 * called and has not come yet is shown even when there are more, then smaller.
 */
export const boardRowsMax = { 1: 5, 2: 10, 3: 21 } as const
