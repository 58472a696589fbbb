/**
 * The example's rule book and office without a database, for tests of rules.
 */
import { readFileSync } from 'node:fs'
import { buildDirectory, type Directory, type OfficeFile } from '../../src/directory/index.js'
import { projectFile } from '../../src/platform/paths.js'
import { bookFrom, type ActsDocument, type RuleBook } from '../../src/regulation/index.js'

/** When the example's acts are taken to have been entered. */
export const actsEntered = Temporal.Instant.from('2020-05-22T12:00:00Z')

export function lesznoActs(): ActsDocument {
  return JSON.parse(readFileSync(projectFile('offices', 'leszno-acts.json'), 'utf8')) as ActsDocument
}

/** The acts of the Leszno example; `change` makes another law of them. */
export function lesznoRules(change: (acts: ActsDocument) => ActsDocument = (acts) => acts): RuleBook {
  return bookFrom(change(lesznoActs()), actsEntered)
}

export function lesznoFile(): OfficeFile {
  return JSON.parse(readFileSync(projectFile('offices', 'leszno.json'), 'utf8')) as OfficeFile
}

/** The Leszno office built from its file; `change` makes another office of it. Desk numbers are their order. */
export function lesznoDirectory(change: (file: OfficeFile) => OfficeFile = (file) => file): Directory {
  return directoryOf(change(lesznoFile()))
}

/** The office of a file as the slices see it, without a database. */
export function directoryOf(file: OfficeFile): Directory {
  const { office, contacts, payments, privacy, settings, hours, holidays, elsewhere = [] } = file
  return buildDirectory({
    office: { slug: office.id, demonstration: true, facts: { office, contacts, payments, privacy, settings, hours, holidays, elsewhere } },
    buildings: file.buildings.map(({ id, ...facts }) => ({ id, facts })),
    rooms: file.rooms.map(({ id, ...facts }) => ({ id, facts })),
    units: file.units.map(({ id, ...facts }) => ({ id, facts })),
    services: file.services.map(({ id, ...facts }) => ({ id, facts, closed: false })),
    desks: file.desks.map(({ slug, ...facts }, index) => ({ id: index + 1, slug, facts, closed: false })),
  })
}
