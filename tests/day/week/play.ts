/**
 * A week of a small office, minute by minute, through the real actions on a real database, by two
 * processes at once: web and phone, kiosks and guards, desks that rest, close and hand over, lost
 * answers and double presses.
 *
 * A seed gives the same people and the same luck; which of two that happen at one moment is first is
 * left to the database. What must hold holds either way: `tests/day/reader` says what.
 */
import { seeded } from '../people.js'
import { learnTimes, noteEstimates } from '../../../src/queue/estimate/estimates.js'
import { readError, type EstimateError } from '../../../src/queue/estimate/store.js'
import { closeDay } from '../../../src/visit/index.js'
import { pairedDevice } from '../../support/devices.js'
import { signedIn } from '../../support/staff.js'
import { bookSomeTime, cancelVisit, type Booked } from './booking.js'
import { deskDay, givesPriority, goesHome, type Crew } from './desks.js'
import * as door from './door.js'
import { figuresOf } from './figures.js'
import { closes, days, monday, openWeekOffice, type WeekOffice } from './office.js'
import { drawPeople, type Person } from './people.js'
import { instant, later, lastPlanned, newLedger, type Ledger, type Week } from './world.js'

export interface PlayedWeek {
  readonly office: WeekOffice
  readonly ledger: Ledger
  readonly people: readonly Person[]
  /** What was said of waiting on one day against what happened; null where nobody waited. */
  readonly estimates: EstimateError | null
}

/** The day of which estimates are written down: Thursday, when three days are learned from and people come without an hour. */
const estimatedDay = 3
/** At the latest the last person is served by then. */
const lastMinute = closes + 180

/** Plays the week of a seed on the server; whoever asked closes its office. */
export async function playWeek(host: string, seed: number, count = 70): Promise<PlayedWeek> {
  const office = await openWeekOffice(host, seeded(seed))
  try {
    const week = await newWeek(office, seed)
    const crews = await hireCrews(week, seed)
    const people = drawPeople(seed, count)
    await inBatches(people, 10, (person) => plan(week, person))
    for (let day = 0; day < days; day += 1) await playDay(week, crews, day)
    const estimated = monday.add({ days: estimatedDay })
    const estimates = await readError(office.contexts[0].database.pool, 'hall', estimated, estimated)
    return { office, ledger: week.ledger, people, estimates }
  } catch (error) {
    await office.close()
    throw error
  }
}

async function newWeek(office: WeekOffice, seed: number): Promise<Week> {
  const [context] = office.contexts
  const account = async (role: 'guard' | 'service-office'): Promise<number> => (await signedIn(context, role)).accountId
  return {
    office,
    ledger: newLedger(),
    luck: seeded(seed + 77),
    plans: new Map(),
    waiting: new Map(['hall', 'annex'].map((id) => [id, new Set<string>()])),
    atDesk: new Map(),
    twoMatters: new Set(),
    guards: { hall: [await account('guard'), await account('guard')], annex: [await account('guard'), await account('guard')] },
    clerk: await account('service-office'),
    kiosks: {
      hall: (await pairedDevice(context, 'kiosk', 'hall')).device,
      annex: (await pairedDevice(context, 'kiosk', 'annex')).device,
    },
    desks: new Map(),
  }
}

async function hireCrews({ office }: Week, seed: number): Promise<readonly Crew[]> {
  const { rows } = await office.contexts[0].database.pool.query<{ id: number; slug: string }>('select id, slug from desk order by slug')
  return Promise.all(
    rows.map(async ({ id, slug }, index) => ({
      slug,
      building: slug.slice(0, slug.indexOf('/')),
      accounts: [
        (await signedIn(office.contexts[0], 'desk', { deskId: id })).accountId,
        (await signedIn(office.contexts[0], 'desk', { deskId: id })).accountId,
      ],
      always: !['hall/1/3', 'hall/2/1', 'annex/1/2'].includes(slug),
      luck: seeded(seed * 31 + index),
    })),
  )
}

async function inBatches<Item>(items: readonly Item[], size: number, act: (item: Item) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += size) await Promise.all(items.slice(from, from + size).map(act))
}

/** Books where the person books, and puts what the person will do on the calendar of the week. */
async function plan(week: Week, person: Person): Promise<void> {
  const { habit, day, minute, building, luck } = person
  const at = (when: number, act: () => Promise<void>): void => later(week, day, when, act)
  switch (habit) {
    case 'walk-in':
      return at(minute, () => door.takesTicket(week, person))
    case 'unbooked':
    case 'made-up-code':
      return at(minute, () => door.comesWithout(week, person))
    case 'papers':
      return at(minute, () => door.leavesPapers(week, person, 'annex'))
    case 'papers-elsewhere':
      return at(minute, () => door.leavesPapers(week, person, 'hall'))
    case 'courier':
      return at(minute, () => door.admitsCourier(week, person))
    case 'punctual':
    case 'too-early':
    case 'late':
    case 'very-late':
    case 'no-show':
    case 'cancels':
    case 'moves':
    case 'wrong-building':
    case 'goes-home':
    case 'goes-out':
    case 'entered-twice':
    case 'with-companion':
  }
  const booked = await bookSomeTime(week, person)
  if (booked === null) return
  if (person.moreServiceIds.length > 0) week.twoMatters.add(booked.reference)
  planVisit(week, person, booked, building, luck)
}

function planVisit(week: Week, person: Person, booked: Booked, building: string, luck: () => number): void {
  const { habit } = person
  const come = (minutes: number, where = building): void =>
    later(week, booked.day, booked.minute + minutes, () => comesIn(week, person, booked, where))
  switch (habit) {
    case 'no-show':
      return
    case 'cancels':
      return later(week, booked.day, booked.minute - 60, () => cancelVisit(week, person, booked))
    case 'too-early':
      come(-40)
      return come(-5)
    case 'late':
      return come(1 + Math.floor(luck() * 9))
    case 'very-late':
      return come(12 + Math.floor(luck() * 15))
    case 'wrong-building':
      come(-10, building === 'hall' ? 'annex' : 'hall')
      return come(-1)
    case 'punctual':
    case 'moves':
    case 'goes-home':
    case 'goes-out':
    case 'entered-twice':
    case 'with-companion':
    case 'walk-in':
    case 'unbooked':
    case 'made-up-code':
    case 'papers':
    case 'papers-elsewhere':
    case 'courier':
      return come(-Math.floor(luck() * 12))
  }
}

/** Comes to the door, and whatever else this person does once inside. */
async function comesIn(week: Week, person: Person, booked: Booked, building: string): Promise<void> {
  const { habit, luck } = person
  const { reference, day } = booked
  const came = await door.comes(week, person, booked, building)
  if (came.entry === null || came.visit === null) return
  const entryId = came.entry.id
  const minute = minuteOf(week)
  if (habit === 'entered-twice' && (await door.takenBack(week, person, building, entryId, reference)))
    return later(week, day, minute + 2, async () => void (await door.comes(week, person, booked, building)))
  if (habit === 'with-companion') await door.bringsCompanion(week, person, building, entryId)
  if (habit === 'goes-out') later(week, day, minute + 2, () => door.goesOut(week, person, booked, building, entryId))
  if (habit === 'goes-home') later(week, day, minute + 3, () => goesHome(week, building, reference, luck))
  if (person.prioritised) later(week, day, minute + 1, () => givesPriority(week, building, reference, luck))
}

function minuteOf(week: Week): number {
  const wall = week.office.clock.now().toZonedDateTimeISO('Europe/Warsaw')
  return wall.hour * 60 + wall.minute
}

async function playDay(week: Week, crews: readonly Crew[], day: number): Promise<void> {
  const { clock, contexts } = week.office
  const desks = crews.map((crew) => deskDay(week, crew, day))
  const headsCounted = ['hall', 'annex'].map((building) => ({ building, minute: 8 * 60 + Math.floor(week.luck() * 150) }))
  for (let minute = 7 * 60 + 40; minute <= lastMinute; minute += 1) {
    clock.moveTo(instant(day, minute))
    const planned = [...(week.plans.get(`${day} ${minute}`) ?? [])]
    const clerks = desks.map((desk) => () => desk.turn(minute))
    // Some minutes all press at one moment, doors and desks alike; in the others the desks are a little later.
    const together = week.luck() < 0.3
    await atOnce(together ? [...planned, ...clerks] : planned)
    if (day === estimatedDay && planned.length > 0) await noteEstimates(contexts[0], clock.now())
    if (!together) {
      clock.moveTo(instant(day, minute).add({ seconds: 20 }))
      await atOnce(clerks)
    }
    clock.moveTo(instant(day, minute).add({ seconds: 40 }))
    for (const { building, minute: at } of headsCounted) if (at === minute) await door.correctsCount(week, building, week.luck)
    if (minute % 20 === 0) week.ledger.figures.push(...(await figuresOf(week)))
    const nobodyWaits = [...week.waiting.values()].every(({ size }) => size === 0) && desks.every((desk) => !desk.busy())
    if (minute > lastPlanned && nobodyWaits) break
  }
  clock.moveTo(clock.now().add({ minutes: 1 }))
  for (const desk of desks) await desk.leave()
  clock.moveTo(clock.now().add({ minutes: 1 }))
  await closeDay(contexts[0], monday.add({ days: day }), clock.now())
  if (day < estimatedDay) await learnTimes(contexts[0], clock.now())
}

async function atOnce(acts: readonly (() => Promise<void>)[]): Promise<void> {
  await Promise.all(acts.map((act) => act()))
}
