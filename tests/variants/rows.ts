/** The shapes of the files of the variants. */
import type { ActsDocument, AskedChannel, Counts } from '../../src/regulation/index.js'

export interface Variant {
  /** As numbered among the rules that were gathered. */
  readonly number: number
  readonly office: string
  /** What is special about it. */
  readonly variant: string
  readonly acts: ActsDocument
  readonly answers: readonly Row[]
}

export interface CountsRow extends Counts {
  readonly roomId?: string
  readonly rooms?: Readonly<Record<string, Counts>>
}

interface Answered {
  readonly title: string
  readonly code: string
  /** Paragraphs and settings. */
  readonly basis: readonly string[]
}

interface Place {
  readonly title: string
  readonly day: string
  readonly building?: string
  readonly roomId?: string
  readonly anyRoom?: boolean
}

/** Times are of the office's wall, as `2020-05-25T09:00`. */
export type Row =
  | (Answered & {
      readonly ask: 'enter'
      readonly building: string
      readonly at: string
      readonly purpose?: 'drop-off'
      readonly service?: string
      readonly booked?: { readonly service: string; readonly start: string }
      readonly room?: CountsRow
      readonly screened?: 'stays-out'
      /** The first next steps. */
      readonly next?: readonly string[]
    })
  | (Answered & {
      readonly ask: 'book'
      readonly service: string
      readonly channel: AskedChannel
      readonly start: string
      readonly now: string
    })
  | (Answered & { readonly ask: 'call'; readonly desk: string; readonly at: string; readonly busy?: boolean; readonly of?: string })
  | {
      readonly ask: 'room'
      readonly title: string
      readonly building: string
      readonly day: string
      readonly roomId?: string
      readonly counts: CountsRow
      readonly limits: readonly string[]
    }
  | { readonly ask: 'desks'; readonly title: string; readonly room: string; readonly day: string; readonly desks: readonly string[] }
  | {
      readonly ask: 'counted'
      readonly title: string
      readonly service: string
      readonly at: string
      readonly counted: number
      readonly basis: readonly string[]
    }
  | {
      readonly ask: 'hours'
      readonly title: string
      readonly day: string
      readonly unit?: string
      readonly service?: string
      readonly hours: string
      readonly basis: readonly string[]
    }
  | (Place & { readonly ask: 'safety'; readonly obligations: readonly string[] })
  | (Place & { readonly ask: 'screening'; readonly looks: readonly string[] })
  | {
      readonly ask: 'advice'
      readonly title: string
      readonly service: string
      readonly at: string
      readonly code: string
      /** Channel and address. */
      readonly ways: readonly string[]
      /** Hours that each way lies before anybody takes it up. */
      readonly quarantine?: number
      /** Sentences that a person is told. */
      readonly says?: readonly string[]
    }
  | {
      readonly ask: 'payment'
      readonly title: string
      readonly service: string
      readonly at: string
      readonly only?: boolean
      readonly attachProof?: boolean
      readonly basis: readonly string[]
    }
