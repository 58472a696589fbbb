/**
 * The office as a file, the inverse of loading it: what was loaded or changed on pages since, whole, in
 * one order, so that two offices alike give the same bytes and a change is a small difference in git.
 */
import type { Queryable } from '../platform/database.js'
import type { OfficeFile } from './file.js'
import type { DirectoryRows } from './rules.js'
import { officeSchema } from './schema.js'
import { datedInFile, readDated, type KeptDated } from './dated.js'
import { groupedShifts, readShifts, type KeptShift } from './shifts.js'
import { factsOf, readDirectory } from './store.js'
import { officePart } from './things.js'

/** The office as it stands: its rows, its shifts, and the file of both. */
export interface WholeOffice {
  readonly rows: DirectoryRows
  readonly shifts: readonly KeptShift[]
  readonly dated: KeptDated
  readonly file: OfficeFile
}

/** Null when there is no office. */
export async function readWhole(database: Queryable): Promise<WholeOffice | null> {
  const rows = await readDirectory(database)
  if (rows === null) return null
  const shifts = await readShifts(database)
  const dated = await readDated(database)
  return { rows, shifts, dated, file: officeFileOf(rows, shifts, dated) }
}

/** The file of these rows; what is closed is not in it, nor are people of a demonstration. */
export function officeFileOf(rows: DirectoryRows, shifts: readonly KeptShift[], dated: KeptDated): OfficeFile {
  const desks = rows.desks.filter(({ closed }) => !closed).map(({ slug, facts }) => ({ slug, ...facts }))
  const buildings = rows.buildings.flatMap(opened)
  const units = rows.units.flatMap(opened)
  return {
    ...rows.office.facts,
    buildings,
    rooms: rows.rooms.flatMap(opened),
    units,
    desks,
    services: rows.services.filter(({ closed }) => !closed).map(({ id, facts }) => ({ id, ...facts })),
    shifts: groupedShifts(
      desks.map(({ slug }) => slug),
      shifts,
    ),
    ...datedInFile(dated, { desks, buildings, units }),
  }
}

/** The rows as they would be with this file; what it does not name is closed, and a new desk has a number no row has. */
export function rowsWith(rows: DirectoryRows, file: OfficeFile): DirectoryRows {
  const numbers = new Map(rows.desks.map(({ slug, id }) => [slug, id]))
  let free = Math.max(0, ...numbers.values())
  const kept = <Row extends { readonly id: string; readonly facts: object }>(old: readonly Row[], part: string): readonly Row[] => {
    const things = officePart(part)?.things(file) ?? new Map<string, { readonly id?: unknown }>()
    return [
      ...[...things].map(([id, { id: _id, ...facts }]) => ({ id, facts, closed: false }) as unknown as Row),
      ...old.filter(({ id }) => !things.has(id)).map((row) => ({ ...row, closed: true, facts: { ...row.facts, closed: true } })),
    ]
  }
  return {
    office: { ...rows.office, slug: file.office.id, facts: factsOf(file) },
    buildings: kept(rows.buildings, 'building'),
    rooms: kept(rows.rooms, 'room'),
    units: kept(rows.units, 'unit'),
    services: kept(rows.services, 'service'),
    desks: [
      ...file.desks.map(({ slug, ...facts }) => ({ id: numbers.get(slug) ?? (free += 1), slug, facts, closed: false })),
      ...rows.desks.filter(({ slug }) => !file.desks.some((desk) => desk.slug === slug)).map((row) => ({ ...row, closed: true })),
    ],
  }
}

/** The text of the file: keys in the order of the schema, two spaces, a line end at the end. */
export function officeText(file: OfficeFile): string {
  const schema = JSON.parse(officeSchema()) as Schema
  const { $schema: _own, ...rest } = file as OfficeFile & { readonly $schema?: string }
  return `${JSON.stringify({ $schema: './office.schema.json', ...(inOrder(rest, [schema], schema.$defs ?? {}) as object) }, null, 2)}\n`
}

interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
}

/** A value with its keys in the order in which one of the shapes names them; what none names comes behind, by the alphabet. */
function inOrder(value: unknown, shapes: readonly Schema[], definitions: Readonly<Record<string, Schema>>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const shape = shapes.map((each) => resolved(each, definitions)).flatMap(({ anyOf = [], ...own }) => [own, ...anyOf])
  const known = shape.map((each) => resolved(each, definitions))
  if (Array.isArray(value)) {
    const items = known.flatMap((each) => each.items ?? [])
    return value.map((each) => inOrder(each, items, definitions))
  }
  const properties = known.find((each) => each.properties !== undefined)?.properties ?? {}
  const given = value as Readonly<Record<string, unknown>>
  const keys = [
    ...Object.keys(properties).filter((key) => given[key] !== undefined),
    ...Object.keys(given)
      .filter((key) => properties[key] === undefined && given[key] !== undefined)
      .toSorted(),
  ]
  return Object.fromEntries(keys.map((key) => [key, inOrder(given[key], [properties[key] ?? {}], definitions)]))
}

function resolved(schema: Schema, definitions: Readonly<Record<string, Schema>>): Schema {
  const name = schema.$ref?.replace('#/$defs/', '')
  return name === undefined ? schema : resolved(definitions[name] ?? {}, definitions)
}

function opened<Facts extends { readonly closed?: boolean }>({
  id,
  facts: { closed = false, ...facts },
}: {
  readonly id: string
  readonly facts: Facts
}): readonly (Omit<Facts, 'closed'> & { readonly id: string })[] {
  return closed ? [] : [{ id, ...facts }]
}
