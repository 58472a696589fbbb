/**
 * What an act asks of those who carry it out, and how far it is: worked out where the program can see it,
 * said by a person where it cannot. Pure.
 */
import { deskOpenings, officeDate, type Absence, type Shift } from '../../calendar/index.js'
import type { Directory, Unit } from '../../directory/index.js'
import { hours, type Act, type Kind, type Provision, type RuleBook } from '../../regulation/index.js'
import type { Account } from '../../staff/index.js'
import type { Place } from './acts.js'
import { withoutContacts } from './compliance/rules.js'
import type { PosterUp } from './store.js'

export type Task =
  | { readonly kind: 'contacts'; readonly done: boolean; readonly phone: readonly Unit[]; readonly email: readonly Unit[] }
  /** Units none of whose desks is staffed on the day, though they are open. */
  | { readonly kind: 'desks'; readonly done: boolean; readonly day: Temporal.PlainDate; readonly without: readonly Unit[] }
  | { readonly kind: 'poster'; readonly done: boolean; readonly buildingId: string; readonly said: PosterUp | null }
  | { readonly kind: 'read'; readonly done: boolean; readonly read: number; readonly of: number }

/** What is told at the door of a building. */
export const posterKinds: readonly Kind[] = [
  'hours',
  'admission',
  'entry',
  'companions',
  'screening',
  'building-limit',
  'safety',
  'safety-exemption',
]
const deskKinds: readonly Kind[] = ['hours', 'admission', 'clients-per-desk', 'booking-channel']

export interface TaskWorld {
  readonly office: Directory
  readonly book: RuleBook
  readonly shifts: readonly Shift[]
  /** Of all days that may be asked about. */
  readonly absences: readonly Absence[]
  readonly posters: readonly PosterUp[]
  /** Who is to read it, and who has. */
  readonly accounts: readonly Account[]
  readonly readers: ReadonlyMap<number, Temporal.Instant>
}

/** Days looked at for the first on which anybody works. */
export const daysLookedAt = 14

/** The tasks of an act for the units of a head, or for the whole office. */
export function tasksOf(
  world: TaskWorld,
  act: Act,
  provisions: readonly Provision[],
  from: Temporal.PlainDate,
  place: Place | null,
): readonly Task[] {
  const rules = (kinds: readonly Kind[]): boolean => provisions.some(({ kind }) => kinds.includes(kind))
  const own = (unit: Unit): boolean => place === null || place.units.includes(unit.id)
  const publishes = provisions.some(({ kind, parameters }) => kind === 'publication' && parameters.place === 'contacts-bip')
  return [
    ...(publishes || rules(['booking-channel']) ? [contactsTask(world, own)] : []),
    ...(rules(deskKinds) ? desksTask(world, from, own) : []),
    ...(rules(posterKinds) ? posterTasks(world, act, place) : []),
    readTask(world, place),
  ]
}

function contactsTask({ office }: TaskWorld, own: (unit: Unit) => boolean): Task {
  const missing = withoutContacts(office)
  const [phone, email] = [missing.phone.filter(own), missing.email.filter(own)]
  return { kind: 'contacts', done: phone.length + email.length === 0, phone, email }
}

/** Nothing where no unit of theirs has desks that are open in two weeks. */
function desksTask({ office, book, shifts, absences }: TaskWorld, from: Temporal.PlainDate, own: (unit: Unit) => boolean): readonly Task[] {
  const desks = [...office.desks.values()].filter(({ closed }) => !closed)
  const units = [...office.units.values()].filter((unit) => !unit.closed && own(unit) && desks.some((desk) => desk.unitId === unit.id))
  for (let ahead = 0; ahead < daysLookedAt; ahead += 1) {
    const day = from.add({ days: ahead })
    const open = units.filter((unit) => hours(book, office, unit.id, day).intervals.length > 0)
    if (open.length === 0) continue
    const date = officeDate(day)
    const without = open.filter((unit) =>
      desks
        .filter((desk) => desk.unitId === unit.id)
        .every(
          ({ id }) =>
            deskOpenings(
              date,
              hours(book, office, unit.id, day).intervals,
              shifts.filter(({ deskId }) => deskId === id),
              absences.filter(({ deskId }) => deskId === id),
            ).length === 0,
        ),
    )
    return [{ kind: 'desks', done: without.length === 0, day, without }]
  }
  return []
}

function posterTasks({ office, posters }: TaskWorld, act: Act, place: Place | null): readonly Task[] {
  return [...office.buildings.keys()]
    .filter((id) => looksAfter(place, id, office))
    .map((buildingId): Task => {
      const said = posters.find((each) => each.actId === act.id && each.buildingId === buildingId) ?? null
      return { kind: 'poster', done: said !== null, buildingId, said }
    })
}

function readTask({ accounts, readers, office }: TaskWorld, place: Place | null): Task {
  const own = accounts.filter((account) => worksIn(account, office, place))
  const read = own.filter(({ id }) => readers.has(id)).length
  return { kind: 'read', done: read === own.length, read, of: own.length }
}

/** Does the person of the account work there: in one of the units, or, where an account names none, nowhere but the whole office? */
export function worksIn({ unitId, deskId }: Pick<Account, 'unitId' | 'deskId'>, office: Directory, place: Place | null): boolean {
  if (place === null) return true
  const unit = unitId ?? (deskId === null ? null : (office.desksById.get(deskId)?.unitId ?? null))
  return unit !== null && place.units.includes(unit)
}

/** True when somebody of that place may say that the poster of the building hangs: of one that is open, not of a closed one. */
export function looksAfter(place: Place | null, buildingId: string, { buildings }: Pick<Directory, 'buildings'>): boolean {
  return buildings.get(buildingId)?.closed === false && (place === null || place.buildings.includes(buildingId))
}
