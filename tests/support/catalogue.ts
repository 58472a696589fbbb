/**
 * A made-up catalogue of 500 matters of a city with the rights of a county, and 400 questions as
 * people type them with the answers a clerk would give. The first half of the questions (`dev`) may
 * be looked at while the search is worked on; the second (`test`) was written apart, is never read
 * and only counted.
 */
import { readFileSync } from 'node:fs'
import { buildDirectory, type Directory, type OfficeFile } from '../../src/directory/index.js'
import { projectFile } from '../../src/platform/paths.js'
import { lesznoFile } from './office.js'

export interface Question {
  readonly q: string
  /** Ids of matters, any of which is a right answer. */
  readonly expect: readonly string[]
  /** `typo`, `inflected`, `sentence`, … */
  readonly kind: string
}

interface CatalogueMatter {
  readonly id: string
  readonly name: string
  readonly summary: string | null
  readonly keywords: readonly string[]
  readonly unit: string
  readonly lifeEvents: readonly string[]
}

export function questions(set: 'dev' | 'test'): readonly Question[] {
  return read(`queries-${set}`) as readonly Question[]
}

/** The catalogue as an office: the facts of the example's first matter and building, 500 matters. */
export function catalogueDirectory(): Directory {
  const file = lesznoFile()
  const { office, contacts, payments, privacy, settings, hours, holidays } = file
  const matters = read('catalogue') as readonly CatalogueMatter[]
  const units = read('units') as readonly { id: string; name: string; keywords: readonly string[] }[]
  const events = read('life-events') as readonly { id: string; name: string; nameEn: string; nameUk: string }[]
  const { id: _matter, translations: _words, ...matterFacts } = file.services[0] as OfficeFile['services'][number]
  const { id: _unit, translations: _names, ...unitFacts } = file.units[0] as OfficeFile['units'][number]
  return buildDirectory({
    office: {
      slug: 'catalogue',
      demonstration: true,
      facts: {
        office,
        contacts,
        payments,
        privacy,
        settings,
        hours,
        holidays,
        lifeEvents: events.map(({ id, name: pl, nameEn: en, nameUk: uk }) => ({
          id,
          name: { pl, en, uk },
          services: matters.filter((matter) => matter.lifeEvents.includes(id)).map((matter) => matter.id),
        })),
      },
    },
    buildings: file.buildings.map(({ id, ...facts }) => ({ id, facts })),
    rooms: file.rooms.map(({ id, ...facts }) => ({ id, facts })),
    units: units.map(({ id, name, keywords }) => ({ id, facts: { ...unitFacts, name, keywords } })),
    desks: [],
    services: matters.map(({ id, name, summary, keywords, unit: unitId }) => ({
      id,
      closed: false,
      facts: { ...matterFacts, name, summary, keywords, unitId },
    })),
  })
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(projectFile('tests', 'catalogue', `${name}.json`), 'utf8'))
}
