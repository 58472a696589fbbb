/**
 * Contacts and matters as a table, for whoever keeps them in a spreadsheet: columns with Polish names,
 * a row for each thing by its id, many answers in one cell divided by " | ". A column that is not there
 * leaves what it would say as it is. Pure.
 */
import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { officePart, thingIn, type OfficeFile, type Thing } from '../../directory/index.js'
import { columnsOf, offered, type CsvColumn, type CsvKind, type Entry } from './csv-columns.js'
import { edited } from './edit.js'
import { newFindings, placeOf } from './judge.js'
import type { Conflict } from './model.js'

/** Rows of one table. */
export const rowsMax = 1_000

/** What is wrong with one cell, or a line as a whole. */
export interface CellError {
  /** As an editor counts them: the names of the columns are line 1. */
  readonly line: number
  /** Its name; empty for the line. */
  readonly column: string
  readonly message: string
  readonly values: Readonly<Record<string, string | number>>
}

/** The office with the table in it, or everything wrong with the table. */
export interface CsvReading {
  readonly file: OfficeFile
  readonly errors: readonly CellError[]
  /** What would be wrong with other things of the office. */
  readonly conflicts: readonly Conflict[]
}

export interface CsvRights {
  /** May this thing be changed, or such a one be added? */
  readonly mayChange: (part: string, thing: NonNullable<Thing>) => boolean
  /** The matter of this id that is closed; null for none. */
  readonly closed: (id: string) => Thing
  /** Desks of which may be said whether they offer a matter. */
  readonly desks: readonly string[]
}

const say = 'administration-office-staff.csv.error'

/** Reads a table over the office. */
export function readCsv(file: OfficeFile, kind: CsvKind, text: string, rights: CsvRights): CsvReading {
  const wrong = (errors: readonly CellError[]): CsvReading => ({ file, errors, conflicts: [] })
  const table = rowsOf(text)
  if ('error' in table) return wrong([table.error])
  const [head, ...rows] = table.rows
  if (head === undefined || rows.length === 0) return wrong([error(1, '', 'empty')])
  if (rows.length > rowsMax) return wrong([error(head.line, '', 'too-many', { max: rowsMax })])
  const { columns, errors: headErrors } = columnsIn(kind, head)
  if (headErrors.length > 0) return wrong(headErrors)
  const part = kind === 'contacts' ? 'unit' : 'service'
  const lines = new Map<string, number>()
  const errors: CellError[] = []
  let then = file
  for (const row of rows) {
    const read = readRow(then, part, columns, row, { ...rights, seen: lines })
    if ('errors' in read) errors.push(...read.errors)
    else {
      lines.set(read.id, row.line)
      then = read.file
    }
  }
  const whole = judged(file, then, part, columns, lines)
  if (errors.length === 0) return whole
  // What could be read is judged too, so that nobody has to come back for the rest.
  return { file, errors: [...errors, ...whole.errors].toSorted((a, b) => a.line - b.line), conflicts: [] }
}

/** The table of what the office has now: what a person begins with. */
export function writeCsv(file: OfficeFile, kind: CsvKind): string {
  const columns = columnsOf(kind)
  const things = [
    ...(officePart(kind === 'contacts' ? 'unit' : 'service')
      ?.things(file)
      .values() ?? []),
  ]
  const rows = things.map((thing) => columns.map((column) => column.write(thing, file)))
  // The mark at the start lets spreadsheets see that it is UTF-8.
  return stringify([columns.map(({ name }) => name), ...rows], { bom: true, delimiter: ';', record_delimiter: 'windows' })
}

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

function rowsOf(text: string): { readonly rows: readonly Row[] } | { readonly error: CellError } {
  const [first = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)
  const delimiter = [';', '\t', ','].toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ';'
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as {
      readonly record: readonly string[]
      readonly info: { readonly lines: number }
    }[]
    const rows = records.map(({ record, info }) => ({
      // A record is counted where it ends; one whose cells have lines of their own begins earlier.
      line: info.lines - record.join('').split('\n').length + 1,
      cells: record,
    }))
    return { rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) }
  } catch (broken) {
    if (!(broken instanceof CsvError)) throw broken
    return { error: error(Number(broken['lines'] ?? 1), '', 'form') }
  }
}

function columnsIn(
  kind: CsvKind,
  { line, cells }: Row,
): { readonly columns: readonly (CsvColumn | null)[]; readonly errors: readonly CellError[] } {
  const known = columnsOf(kind)
  const names = cells.map((cell) => cell.toLowerCase())
  const columns = names.map((name) => known.find((each) => each.name === name) ?? null)
  return {
    columns,
    errors: [
      ...columns.flatMap((column, index) =>
        column === null ? [error(line, cells[index] ?? '', 'column', { columns: known.map((each) => each.name).join(', ') })] : [],
      ),
      ...names.flatMap((name, index) => (names.indexOf(name) < index ? [error(line, name, 'column-twice')] : [])),
      ...(names.includes('id') ? [] : [error(line, 'id', 'no-id')]),
    ],
  }
}

type RowRead = { readonly id: string; readonly file: OfficeFile } | { readonly errors: readonly CellError[] }

function readRow(
  file: OfficeFile,
  part: string,
  columns: readonly (CsvColumn | null)[],
  { line, cells }: Row,
  rights: CsvRights & { readonly seen: ReadonlyMap<string, number> },
): RowRead {
  const of = (name: string): string => cells[columns.findIndex((column) => column?.name === name)] ?? ''
  if (cells.length > columns.length) return { errors: [error(line, '', 'form')] }
  const id = of('id')
  if (id === '') return { errors: [error(line, 'id', 'id')] }
  if (rights.seen.has(id)) return { errors: [error(line, 'id', 'twice')] }
  const old = thingIn(file, part, id)
  if (old === null && part === 'unit') return { errors: [error(line, 'id', 'unknown', { id })] }
  if (old !== null && !rights.mayChange(part, old)) return { errors: [error(line, 'id', 'forbidden')] }
  // A closed matter is still its unit's: nobody else opens it again, or takes its id.
  const closed = old === null ? rights.closed(id) : null
  if (closed !== null && !rights.mayChange(part, closed)) return { errors: [error(line, 'id', 'forbidden')] }
  const errors: CellError[] = []
  let thing: Entry = old ?? { ...newService, id }
  let desks: readonly string[] | null = null
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? ''
    // A cell as it was written says nothing new, whatever other form the thing may have it in.
    if (column === null || column.name === 'id' || (old !== null && column.write(old, file) === cell)) continue
    const read = column.read(cell)
    if ('error' in read) errors.push(error(line, column.name, read.error, read.values))
    else if (column.path === undefined) desks = column.name === offered ? (read.value as readonly string[]) : desks
    else thing = put(thing, column.path, read.value)
  }
  for (const slug of desks ?? [])
    if (!file.desks.some((desk) => desk.slug === slug)) errors.push(error(line, offered, 'desk', { id: slug }))
  const missing = old === null ? columnsOf('services').filter(({ name, needed }) => needed === true && of(name) === '') : []
  errors.push(...missing.map(({ name }) => error(line, name, 'new')))
  if (errors.length > 0) return { errors }
  if (!rights.mayChange(part, thing)) return { errors: [error(line, 'id', 'forbidden')] }
  const offers = desks === null ? {} : { desks: { chosen: desks, asked: rights.desks } }
  // A new matter has the id the table gives it; one that was closed opens again.
  const placed = old === null ? (officePart(part)?.put(file, id, thing) ?? file) : file
  return { id, file: edited(placed, { part, subject: id, thing, ...offers }, () => false).file }
}

/** What would be wrong with the office as a whole, at the line and column it comes from. */
function judged(
  before: OfficeFile,
  after: OfficeFile,
  part: string,
  columns: readonly (CsvColumn | null)[],
  lines: ReadonlyMap<string, number>,
): CsvReading {
  const faults = newFindings(before, after).map((finding) => ({ finding, place: placeOf(after, finding) }))
  const inTable = faults.map(({ finding, place }) => {
    const line = place?.part === part ? lines.get(place.subject) : undefined
    const keys = (place?.rest ?? '').split('/').filter((key) => key !== '')
    const column = columns.find((each) => each?.path?.every((key, index) => keys[index] === key))
    return { finding, place, cell: line === undefined ? null : { line, column: column?.name ?? '' } }
  })
  return {
    file: after,
    errors: inTable.flatMap(({ finding, cell }) => (cell === null ? [] : [{ ...cell, message: finding.message, values: finding.values }])),
    conflicts: inTable.flatMap(({ finding, place, cell }): Conflict[] =>
      cell === null ? [{ thing: place, message: finding.message, values: finding.values }] : [],
    ),
  }
}

/** What a matter says of which the table says nothing. */
const newService: Entry = {
  summary: null,
  durationAssumed: false,
  stepMinutes: 15,
  persons: 1,
  dropOff: false,
  signature: { value: 'unknown', source: null },
  caseKind: { value: 'unknown', source: null },
  presence: { value: 'unknown', source: null },
  bring: [],
  bringSource: null,
  fees: [],
  timeLimit: null,
  facts: [],
  assumed: false,
  source: null,
}

/** Undefined takes a key away. */
function put(thing: Entry, [key = '', ...rest]: readonly string[], value: unknown): Entry {
  if (rest.length > 0) return { ...thing, [key]: put((thing[key] ?? {}) as Entry, rest, value) }
  const { [key]: _old, ...others } = thing
  return value === undefined ? others : { ...others, [key]: value }
}

function error(line: number, column: string, code: string, values: CellError['values'] = {}): CellError {
  return { line, column, message: `${say}.${code}`, values }
}
