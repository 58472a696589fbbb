/**
 * The backup file: gzip over lines. The first line describes the backup; then for each table a
 * line that names it, its rows in the text form of COPY, and a line `\.`; the last line holds the
 * sequences and says how many rows there were. Without that line, or with a wrong count or check
 * sum, a file is not a backup.
 */
import type { Sequence, Table } from './catalogue.js'

export const formatName = 'okienko-backup'
export const formatVersion = 1
/** Ends the rows of a table; COPY never writes it as a row. */
export const endOfRows = '\\.'

export interface Header {
  readonly format: typeof formatName
  readonly version: number
  /** ISO instant by the machine's clock. */
  readonly takenAt: string
  /** Migrations the database had, in order. */
  readonly migrations: readonly string[]
}

export type TableLine = Table

export interface Footer {
  readonly sequences: readonly Sequence[]
  readonly tables: number
  readonly rows: number
}

export function isHeader(value: unknown): value is Header {
  const header = value as Partial<Header> | null
  return (
    typeof header === 'object' &&
    header?.format === formatName &&
    typeof header.version === 'number' &&
    typeof header.takenAt === 'string' &&
    Array.isArray(header.migrations)
  )
}

export function isTableLine(value: unknown): value is TableLine {
  const line = value as Partial<TableLine> | null
  return typeof line === 'object' && typeof line?.name === 'string' && Array.isArray(line.columns)
}

export function isFooter(value: unknown): value is Footer {
  const footer = value as Partial<Footer> | null
  return (
    typeof footer === 'object' && Array.isArray(footer?.sequences) && typeof footer.rows === 'number' && typeof footer.tables === 'number'
  )
}
