/**
 * One office with the places the variants speak of: a town hall with a hall, a service office, a cash
 * desk and an office behind; a branch with a hall of vehicles, a room of licences and a registry.
 */
import type { Directory, OfficeFile } from '../../src/directory/index.js'
import { directoryOf } from '../support/rules.js'
import { smallFile } from '../support/small-office.js'

const source = null

/** Desks of each room. */
const rooms: Readonly<Record<string, number>> = {
  'ratusz/hol': 3,
  'ratusz/bok': 2,
  'ratusz/kasa': 1,
  'ratusz/meldunki': 2,
  'ratusz/gabinet': 1,
  'filia/hol': 2,
  'filia/prawa-jazdy': 2,
  'filia/usc': 1,
}

/** Id of a unit, its room, and its own hours by weekday where it has some. */
const units: readonly (readonly [id: string, room: string])[] = [
  ['bok', 'ratusz/bok'],
  ['kasa', 'ratusz/kasa'],
  ['meldunki', 'ratusz/meldunki'],
  ['punkt', 'ratusz/hol'],
  ['wybory', 'ratusz/hol'],
  ['gabinet', 'ratusz/gabinet'],
  ['komunikacja', 'filia/hol'],
  ['prawa-jazdy', 'filia/prawa-jazdy'],
  ['usc', 'filia/usc'],
  ['zgony', 'filia/usc'],
]

/** Id of a matter, its unit, and whether the law wants the person there. */
const matters: readonly (readonly [id: string, unit: string, presence: 'yes' | 'no' | 'unknown'])[] = [
  ['pismo', 'bok', 'no'],
  ['informacja', 'bok', 'unknown'],
  ['oplata', 'kasa', 'no'],
  ['zameldowanie', 'meldunki', 'yes'],
  ['zaswiadczenie', 'meldunki', 'no'],
  ['dowod', 'punkt', 'yes'],
  ['wybory', 'wybory', 'yes'],
  ['dyzur-radnych', 'gabinet', 'unknown'],
  ['przyjecia-burmistrza', 'gabinet', 'unknown'],
  ['skargi', 'gabinet', 'unknown'],
  ['rejestracja-pojazdu', 'komunikacja', 'unknown'],
  ['odbior-dokumentu', 'komunikacja', 'yes'],
  ['prawo-jazdy', 'prawa-jazdy', 'yes'],
  ['odpis-aktu', 'usc', 'no'],
  ['zgon', 'zgony', 'yes'],
]

const unitOf = new Map(matters.map(([id, unit]) => [id, unit]))
const roomOf = new Map(units)
const buildingOf = (room: string): string => room.slice(0, room.indexOf('/'))

const [unit, desk, service, building] = [smallFile.units[0], smallFile.desks[0], smallFile.services[0], smallFile.buildings[0]]
if (!unit || !desk || !service || !building) throw new Error('the small office has nothing to copy')

const file: OfficeFile = {
  ...smallFile,
  buildings: [
    { ...building, id: 'ratusz', name: 'Ratusz', address: 'pl. Ratuszowy 1' },
    { ...building, id: 'filia', name: 'Filia', address: 'ul. Boczna 2' },
  ],
  rooms: Object.keys(rooms).map((id) => ({
    id,
    buildingId: buildingOf(id),
    number: id.slice(id.indexOf('/') + 1),
    floor: null,
    assumed: true,
    source,
  })),
  units: units.map(([id, room]) => ({ ...unit, id, name: id, buildingId: buildingOf(room), roomId: room })),
  desks: Object.entries(rooms).flatMap(([room, count]) =>
    Array.from({ length: count }, (_, index) => ({
      ...desk,
      slug: `${room}/${index + 1}`,
      label: String(index + 1),
      roomId: room,
      unitId: units.find(([, own]) => own === room)?.[0] ?? '',
      services: matters.filter(([id]) => roomOf.get(unitOf.get(id) ?? '') === room && id !== 'pismo').map(([id]) => id),
    })),
  ),
  services: matters.map(([id, unitId, presence]) => ({
    ...service,
    id,
    name: id,
    unitId,
    dropOff: id === 'pismo',
    presence: { value: presence, source },
    signature: { value: 'yes', source },
    caseKind: { value: 'kpa', source },
  })),
  hours: [
    ...smallFile.hours,
    { unit: 'zgony', weekdays: [6], intervals: [{ from: '08:00', to: '12:00' }], validFrom: null, season: null, asOf: null, source },
  ],
}

export function variantOffice(): Directory {
  return directoryOf(file)
}

/** Ids a scope of the acts may name here. */
export const places = {
  building: new Set(file.buildings.map(({ id }) => id)),
  room: new Set(file.rooms.map(({ id }) => id)),
  unit: new Set(file.units.map(({ id }) => id)),
  service: new Set(file.services.map(({ id }) => id)),
}
