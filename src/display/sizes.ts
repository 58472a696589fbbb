/**
 * How large the signs of a screen are, from how far it is read and how high its picture is. Pure.
 *
 * Capitals of the number just called are at least 17 mm for each metre of distance, those of a row
 * 5 mm (building guidance: distance / 250 × 1.25). At ten metres on a picture of 685 mm, 55 inches,
 * that is a quarter and a fourteenth of the height; nearer or larger screens keep these shares.
 */
import { boardRowsMax, corridorRowsMax, type DisplaySettings } from './model.js'

const usualMetres = 10
const usualPanelMm = 685
/** Shares of the height at the usual distance, in percent: size of the letters, capitals are 0.67 of it. */
const callSize = 37.5
const rowSize = 11
/** A row with its line, and what is neither call nor rows. */
const rowHeight = 1.03 * rowSize + 0.2
const rest = 9.8
/** Beyond, a number with its desk is wider than the picture. */
const ratioMax = 1.4
export interface Sizes {
  /** Letters of the call and of a row, in percent of the height. */
  readonly call: number
  readonly row: number
  /** Larger than usual: room and desk then stand under the number instead of beside it. */
  readonly far: boolean
  /** Rows that fit in one column at this size. */
  readonly rows: number
}

type Seen = Pick<DisplaySettings, 'layout' | 'metres' | 'panelMm'>

/** The sizes; null when the picture is too low for that distance. */
export function sizesOf(seen: Seen): Sizes | null {
  const ratio = Math.max(1, (seen.metres * usualPanelMm) / (usualMetres * seen.panelMm))
  if (ratio > ratioMax) return null
  const far = ratio > 1
  const call = callSize * ratio
  const row = rowSize * ratio
  const callHeight = seen.layout === 'corridor' ? 0 : 0.8 * call + 1.2 + (far ? 1.1 * row : 0)
  const fit = Math.floor((100 - rest - callHeight) / (rowHeight * ratio))
  const most = seen.layout === 'corridor' ? corridorRowsMax[1] : boardRowsMax[1]
  return { call, row, far, rows: Math.max(1, Math.min(most, fit)) }
}

/** The lowest picture, in whole millimetres, that is read from so far. */
export function panelMmFor(metres: number): number {
  return Math.ceil((metres * usualPanelMm) / (usualMetres * ratioMax))
}

/** The sizes as a style sheet: an address of its own, since pages carry no style. */
export function sizesSheet({ call, row }: Sizes): string {
  return `.okienko-display{--okienko-call:${share(call)}cqh;--okienko-row:${share(row)}cqh;--okienko-row-wide:${share(0.57 * row)}cqw}\n`
}

function share(value: number): string {
  return String(Math.round(value * 100) / 100)
}
