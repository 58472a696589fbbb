/**
 * `npm run import FILE`: reads an office file, names everything wrong with it by line and column,
 * and only a file without errors is written. Nothing here decides what is right: see check.ts and
 * offices/office.schema.json.
 */
import { readFileSync, statSync } from 'node:fs'
import { transaction, type Database, type Queryable } from '../platform/database.js'
import { notifyChange } from '../platform/changes.js'
import { compileSchema, parseDocument, schemaFindings, type DocumentProblem } from '../platform/documents.js'
import { projectFile } from '../platform/paths.js'
import { words } from '../platform/words.js'
import { checkOffice } from './check.js'
import type { OfficeFile } from './file.js'
import { writeOffice } from './store.js'

/** A file without errors, or all its errors. */
export type OfficeReading =
  | { readonly office: OfficeFile; readonly problems: readonly [] }
  | { readonly office: null; readonly problems: readonly DocumentProblem[] }

let validate: ReturnType<typeof compileSchema> | undefined

/** The published JSON Schema of office files, as text. */
export function officeSchema(): string {
  return readFileSync(projectFile('offices/office.schema.json'), 'utf8')
}

/** Reads the text of an office file. Errors against the schema come first; what the schema cannot say only when it fits. */
export function readOffice(text: string): OfficeReading {
  const { document, problems } = parseDocument(text)
  if (document === null) return { office: null, problems }
  validate ??= compileSchema(JSON.parse(officeSchema()) as object)
  const against = schemaFindings(validate, document.value)
  const findings = against.length > 0 ? against : checkOffice(document.value as OfficeFile)
  if (findings.length > 0)
    return {
      office: null,
      problems: findings.map((each) => document.place(each)).toSorted((a, b) => a.line - b.line || a.column - b.column),
    }
  return { office: document.value as OfficeFile, problems: [] }
}

export interface ImportOptions {
  readonly now: Temporal.Instant
  readonly demonstration: boolean
  /** Work of later slices on the same file, in the same transaction: its hours as settings, say. */
  readonly also?: (client: Queryable, office: OfficeFile) => Promise<void>
}

/** Writes a checked office file over what is there, whole or not at all, and tells running processes. */
export async function importOffice(database: Database, office: OfficeFile, options: ImportOptions): Promise<void> {
  await transaction(database, async (client) => {
    await writeOffice(client, office, options.now, options.demonstration)
    await options.also?.(client, office)
    await notifyChange(client, ['directory', 'regulation'])
  })
}

/** The whole command. Returns what to print and the exit code: 0, or 1 with nothing changed. */
export async function importCommand(
  database: Database,
  file: string,
  options: ImportOptions,
): Promise<{ readonly code: 0 | 1; readonly lines: readonly string[] }> {
  const say = words('pl')
  // What is not a file is the caller's mistake, not a fault of the program.
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    return { code: 1, lines: [say('directory-staff.import.no-file', { file })] }
  const { office, problems } = readOffice(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  if (office === null) {
    const lines = problems.map(({ line, column, pointer, message, values }) =>
      say('directory-staff.import.place', {
        file,
        line: String(line),
        column: String(column),
        pointer: pointer === '' ? '/' : pointer,
        what: say(message, values),
      }),
    )
    return { code: 1, lines: [...lines, say('directory-staff.import.nothing-changed', { count: problems.length })] }
  }
  await importOffice(database, office, options)
  const { buildings, units, desks, services } = office
  return {
    code: 0,
    lines: [
      say('directory-staff.import.done', {
        name: office.office.name,
        buildings: buildings.length,
        units: units.length,
        desks: desks.length,
        services: services.length,
      }),
    ],
  }
}
