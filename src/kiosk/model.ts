/**
 * A kiosk: a person alone with a screen that is everybody's. What it knows of the person is kept in
 * two cookies for as long as the person stands there: how the screen is to look, and which visit.
 */
import type { Decision } from '../platform/decision.js'
import type { Visit } from '../visit/index.js'

/** How the screen is met, as the person chose: larger text, strong contrast, everything in the lower half, read aloud. */
export const viewKeys = ['larger', 'contrast', 'low', 'spoken'] as const
export type ViewKey = (typeof viewKeys)[number]
export type View = Readonly<Record<ViewKey, boolean>>

/** Choices on a screen at most; of more matters than that the last choice leads on. */
export const choicesMax = 6
/** After so long without a touch the person is asked, and after as long again everything is cleared. */
export const askAfterSeconds = 30
export const clearAfterSeconds = 30

/** Tries to be found by hour and phone at one kiosk within the window. */
export const triesMax = 10
export const tryWindowMinutes = 15

/** What the kiosk does for a person who came. */
export interface CheckedIn {
  readonly decision: Decision
  readonly visit: Visit | null
}

/** What a person can choose on the way to a matter. */
export interface Branch {
  readonly kind: 'unit' | 'group' | 'matter' | 'more'
  /** Unit, letter, service, or the number of the next page. */
  readonly id: string
  /** Null for "other matters". */
  readonly name: string | null
}
