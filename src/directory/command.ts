/**
 * `npm run import FILE`: reads an office file, names everything wrong with it by line and column,
 * and only a file without errors is written. Nothing here decides what is right: see check.ts and
 * offices/office.schema.json.
 */
import { readFileSync, statSync } from 'node:fs'
import { transaction, type Database, type Queryable } from '../platform/database.js'
import { compileSchema, parseDocument, schemaFindings, type DocumentProblem, type Finding } from '../platform/documents.js'
import { words } from '../platform/words.js'
import { checkOffice } from './check.js'
import type { OfficeFile } from './file.js'
import { loadOffice, type OfficeDifferences } from './save.js'
import { officeSchema } from './schema.js'
import { readWhole, officeText } from './whole.js'

/** A file without errors, or all its errors. */
export type OfficeReading =
  | { readonly office: OfficeFile; readonly problems: readonly [] }
  | { readonly office: null; readonly problems: readonly DocumentProblem[] }

let validate: ReturnType<typeof compileSchema> | undefined

/** Reads the text of an office file. Errors against the schema come first; what the schema cannot say only when it fits. */
export function readOffice(text: string): OfficeReading {
  const { document, problems } = parseDocument(text)
  if (document === null) return { office: null, problems }
  const findings = officeFindings(document.value)
  if (findings.length > 0)
    return {
      office: null,
      problems: findings.map((each) => document.place(each)).toSorted((a, b) => a.line - b.line || a.column - b.column),
    }
  return { office: document.value as OfficeFile, problems: [] }
}

/** Everything wrong with what should be an office file; empty when it is one. */
export function officeFindings(value: unknown): readonly Finding[] {
  validate ??= compileSchema(JSON.parse(officeSchema()) as object)
  const against = schemaFindings(validate, value)
  return against.length > 0 ? against : checkOffice(value as OfficeFile)
}

export interface ImportOptions {
  readonly now: Temporal.Instant
  readonly demonstration: boolean
  /** Who loads it; left out at the command line. */
  readonly accountId?: number
  /** Work of later slices on the same file, in the same transaction: its hours as settings, say. */
  readonly also?: (client: Queryable, office: OfficeFile) => Promise<void>
}

/** Writes a checked office file over what is there, whole or not at all, and tells running processes. Gives what it changed. */
export async function importOffice(database: Database, office: OfficeFile, options: ImportOptions): Promise<OfficeDifferences> {
  const { now, demonstration, accountId = null } = options
  return transaction(database, async (client) => {
    const changed = await loadOffice(client, office, { at: now, accountId, demonstration })
    await options.also?.(client, office)
    return changed
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
  const { things, shifts } = await importOffice(database, office, options)
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
      ...[...things, ...shifts.map((each) => ({ ...each, subject: each.desk }))].map(({ part, subject, before, after }) =>
        say(`directory-staff.import.${before === null ? 'added' : after === null ? 'gone' : 'changed'}`, {
          what: `${say(`directory-staff.part.${part}`)} ${subject}`,
        }),
      ),
    ],
  }
}

/** The whole office as the text of a file; null when there is none. */
export async function exportOffice(database: Database): Promise<string | null> {
  const whole = await readWhole(database.pool)
  return whole === null ? null : officeText(whole.file)
}
