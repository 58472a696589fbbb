/**
 * The few words of ESC/POS that a ticket needs, as bytes. Pure.
 *
 * A ticket goes as a picture (`GS v 0`): code pages with Polish letters differ from printer to
 * printer, a bitmap does not. States are asked in real time (`DLE EOT`), which a printer answers
 * whatever it is doing; `GS r` is answered in its turn, so that its answer says that all before it
 * is done. Sources: Epson, "ESC/POS Command Reference", the pages of these commands.
 */
import type { DeviceTrouble } from '../../device/index.js'

/** A black-and-white picture: rows of bytes, eight dots each, the left one in the highest bit, 1 is black. */
export interface Bitmap {
  readonly bytesPerRow: number
  readonly rows: number
  readonly bits: Uint8Array
}

/** Dots across: 72 mm of 80 mm paper at 203 dots per inch. */
export const dotsAcross = 576
/** Rows sent in one command: few enough for the memory of a small printer. */
const rowsAtOnce = 256

/** Asks in real time: 1 for the printer, 2 for why it is offline, 4 for the paper. */
export function askState(which: 1 | 2 | 4): Buffer {
  return Buffer.from([0x10, 0x04, which])
}

/** Forgets what was sent and not printed: else it comes out when paper is put in, after the person has gone. */
export const forgetSent = Buffer.from([0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08])

/** A whole ticket: a fresh start, the picture, the cut, and the question whose answer says that it is done. */
export function ticketBytes({ bytesPerRow, rows, bits }: Bitmap): Buffer {
  const parts = [Buffer.from([0x1b, 0x40])]
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - from)
    parts.push(
      Buffer.from([0x1d, 0x76, 0x30, 0, bytesPerRow & 0xff, bytesPerRow >> 8, count & 0xff, count >> 8]),
      Buffer.from(bits.subarray(from * bytesPerRow, (from + count) * bytesPerRow)),
    )
  }
  // GS V 66: forward to the knife and cut, leaving a strip so that the ticket does not fall; GS r 1: the paper, in its turn.
  parts.push(Buffer.from([0x1d, 0x56, 66, 0, 0x1d, 0x72, 1]))
  return Buffer.concat(parts)
}

/** An answer of `DLE EOT` has bits 1 and 4 set and bits 0 and 7 clear; anything else is none. */
export function isState(byte: number): boolean {
  return (byte & 0b1001_0011) === 0b0001_0010
}

/** An answer of `GS r` has bits 4 and 7 clear. */
export function isPaperState(byte: number): boolean {
  return (byte & 0b1001_0000) === 0
}

/** What three answers say is wrong, the nearest reason; null when the printer can print. */
export function troubleOf(printer: number, offline: number, paper: number): DeviceTrouble | null {
  if ((offline & 0b0000_0100) !== 0) return 'cover-open'
  if ((paper & 0b0110_0000) !== 0 || (offline & 0b0010_0000) !== 0) return 'paper-out'
  return (printer & 0b0000_1000) !== 0 || (offline & 0b0100_0000) !== 0 ? 'printer-offline' : null
}

/** True when the paper ended with this ticket. */
export function paperEnded(byte: number): boolean {
  return (byte & 0b0000_1100) !== 0
}
