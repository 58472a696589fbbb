/**
 * Reads a backup file line by line, as parts: the header, tables with their rows, the footer.
 * Rows stay bytes: nothing of them is decoded.
 */
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { pipeline } from 'node:stream'
import { endOfRows, isFooter, isHeader, isTableLine, type Footer, type Header, type TableLine } from './format.js'

export type Part =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'table'; readonly table: TableLine }
  /** Whole rows, each ended by a line feed. */
  | { readonly kind: 'rows'; readonly rows: Buffer; readonly count: number }
  | { readonly kind: 'table-end' }
  | { readonly kind: 'footer'; readonly footer: Footer }

/** A file that is no whole backup; the message says why, in a word or two. */
export class BrokenBackup extends Error {}

const lineFeed = 10
const endLine = Buffer.from(endOfRows)

/** The parts of a backup in order; throws BrokenBackup where the file stops making sense. */
export async function* readParts(file: string): AsyncGenerator<Part> {
  let inRows = false
  let started = false
  let ended = false
  for await (const lines of wholeLines(file)) {
    let from = 0
    let rowsFrom = 0
    let count = 0
    while (from < lines.length) {
      const end = lines.indexOf(lineFeed, from)
      const text = lines.subarray(from, end)
      if (inRows && !text.equals(endLine)) {
        count += 1
        from = end + 1
        continue
      }
      if (count > 0) yield { kind: 'rows', rows: lines.subarray(rowsFrom, from), count }
      count = 0
      if (inRows) {
        inRows = false
        yield { kind: 'table-end' }
      } else {
        if (ended) throw new BrokenBackup('more after the end')
        const part = partOf(text, started)
        started = true
        inRows = part.kind === 'table'
        ended = part.kind === 'footer'
        yield part
      }
      from = end + 1
      rowsFrom = from
    }
    if (count > 0) yield { kind: 'rows', rows: lines.subarray(rowsFrom), count }
  }
  if (!ended) throw new BrokenBackup('cut short')
}

function partOf(text: Buffer, started: boolean): Part {
  let value: unknown
  try {
    value = JSON.parse(text.toString('utf8'))
  } catch {
    throw new BrokenBackup('not a backup')
  }
  if (!started) {
    if (isHeader(value)) return { kind: 'header', header: value }
    throw new BrokenBackup('not a backup')
  }
  if (isTableLine(value)) return { kind: 'table', table: value }
  if (isFooter(value)) return { kind: 'footer', footer: value }
  throw new BrokenBackup('not a backup')
}

/** The unpacked file in pieces that end with a line feed. */
async function* wholeLines(file: string): AsyncGenerator<Buffer> {
  // A damaged file ends the reading with zlib's error, which the reader sees below.
  const unpacked = pipeline(createReadStream(file), createGunzip(), () => undefined)
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of unpacked) {
      const all = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
      const end = all.lastIndexOf(lineFeed) + 1
      if (end > 0) yield all.subarray(0, end)
      rest = all.subarray(end)
    }
  } catch (error) {
    const { code = '' } = error as { code?: string }
    throw code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE' ? new BrokenBackup('damaged') : error
  }
  if (rest.length > 0) throw new BrokenBackup('cut short')
}
