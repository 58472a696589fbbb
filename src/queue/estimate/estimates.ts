/**
 * What is said of waiting: read from the building as it stands, played through, kept for a few
 * seconds for all who ask, and written down once for each visit, so that it can be held against what
 * happened.
 */
import type { Context } from '../../platform/context.js'
import { instantOf, officeDay } from '../../platform/clock.js'
import { isOn, loadAbsences, loadShifts } from '../../calendar/index.js'
import { directory, type Directory, type QueueGroup } from '../../directory/index.js'
import { inOrder } from '../rules.js'
import { readWaiting } from '../store.js'
import { expectedCalls, meanOf, paceOf, seeded, spreadOf, type Expected, type PersonInLine, type Scene, type Spread } from './rules.js'
import { readComing, readDesks, readLearned, readServed, readTimes, readUnsaid, writeLearned, writeSaid } from './store.js'

/** How likely a booked person comes. */
const comesLikely = 0.85
/** People looked at: whoever stands behind them is told that it takes long. */
const lookedAtMax = 150
/** Booked people who come within so many minutes are counted on. */
const comingMinutes = 180
/** A break without a named end is thought to last so long. */
const breakMinutes = 15
/** Between one person and the next at a desk. */
const gapMinutes = 0.5
/** Everybody gets the same answer for so long, in milliseconds. */
const keptMs = 3_000

export interface Estimate {
  readonly lowAt: Temporal.Instant
  readonly aboutAt: Temporal.Instant
  readonly highAt: Temporal.Instant
}

/** What is said of a building: of each visit that waits, by its number, and of whoever joins the end of a line, by its letter. */
export interface Said {
  readonly visits: ReadonlyMap<number, Estimate>
  readonly groups: ReadonlyMap<string, Estimate>
}

interface Kept {
  readonly madeAt: number
  readonly minute: number
  readonly answer: Promise<Said>
}

const kept = new WeakMap<Context, Map<string, Kept>>()

/** When each person who waits in a building will be called, and who joins a line now; whom no desk at work calls is left out. */
export function estimates(context: Context, buildingId: string, now: Temporal.Instant): Promise<Said> {
  const ofContext = kept.get(context) ?? new Map<string, Kept>()
  kept.set(context, ofContext)
  const minute = Math.floor(now.epochMilliseconds / 15_000)
  const before = ofContext.get(buildingId)
  if (before !== undefined && before.minute === minute && performance.now() - before.madeAt < keptMs) return before.answer
  const answer = work(context, buildingId, now)
  ofContext.set(buildingId, { madeAt: performance.now(), minute, answer })
  answer.catch(() => ofContext.delete(buildingId))
  return answer
}

async function work(context: Context, buildingId: string, now: Temporal.Instant): Promise<Said> {
  const office = await directory(context)
  const scene = await readScene(context, office, buildingId, now)
  const groups = groupsAt(office, scene)
  const asking = groups.map((group, index) => joining(group, index, scene))
  const said = expectedCalls({ ...scene, people: [...scene.people, ...asking] }, seeded(Math.floor(now.epochMilliseconds / 1_000)))
  const all = new Map(said.map((each) => [each.id, atInstants(each, now)]))
  const ofGroups = groups.flatMap(({ letter }, index) => {
    const estimate = all.get(asked(index))
    return estimate === undefined ? [] : [[letter, estimate] as const]
  })
  return { visits: new Map([...all].filter(([id]) => id > 0)), groups: new Map(ofGroups) }
}

/** Groups of which a desk at work handles a matter. */
function groupsAt(office: Directory, { desks }: Scene): QueueGroup[] {
  return [...office.queueGroups.values()].filter((group) =>
    group.serviceIds.some((id) => desks.some((desk) => desk.serviceIds.includes(id))),
  )
}

/** Numbers of visits begin at 1: below are the questions of groups. */
const asked = (index: number): number => -1 - index

/** Somebody who joins the end of a group's line, for the first of its matters that is handled now. */
function joining({ serviceIds }: QueueGroup, index: number, { people, desks }: Scene): PersonInLine {
  const line = people.filter((person) => person.comesIn <= 0 && serviceIds.includes(person.serviceIds[0] ?? ''))
  const handled = serviceIds.filter((id) => desks.some((desk) => desk.serviceIds.includes(id)))
  // After the last of them, whose minute it may share.
  const due = Math.max(0, ...line.map((person) => person.due)) + 0.001
  return { id: asked(index), serviceIds: handled.slice(0, 1), due, comesIn: 0, forDeskId: null, comes: 1, asks: true }
}

function atInstants({ low, about, high }: Expected, now: Temporal.Instant): Estimate {
  const at = (minutes: number): Temporal.Instant => now.add({ seconds: Math.round(minutes * 60) })
  return { lowAt: at(low), aboutAt: at(about), highAt: at(high) }
}

/** The building as the estimate sees it. */
export async function readScene(context: Context, office: Directory, buildingId: string, now: Temporal.Instant): Promise<Scene> {
  const { pool } = context.database
  const day = officeDay(now)
  const desks = [...office.desks.values()].filter((desk) => desk.buildingId === buildingId && !desk.closed)
  const late = now.subtract({ minutes: office.office.settings['late-minutes'] })
  const [atWork, waiting, coming, served, learned, absences, shifts] = await Promise.all([
    readDesks(
      pool,
      desks.map(({ id }) => id),
    ),
    readWaiting(pool, buildingId, day),
    readComing(pool, buildingId, day, late, now.add({ minutes: comingMinutes })),
    readServed(pool, buildingId, day),
    readLearned(pool),
    loadAbsences(context, now, now.add({ hours: 12 })),
    loadShifts(context),
  ])
  const spread = (serviceId: string): Spread =>
    learned.get(serviceId) ?? spreadOf([], office.services.get(serviceId)?.durationMinutes ?? 10)
  const minutesTo = (at: Temporal.Instant): number => at.since(now).total('minutes')
  // A desk that is to close today, by its shift or an absence still to come: known before it happens.
  const closing = (deskId: number): number | null => {
    const ends = shifts.filter((shift) => shift.deskId === deskId && isOn(shift, day)).map(({ endsMinute }) => endsMinute)
    const shiftEnd = ends.length === 0 || ends.includes(null) ? [] : [instantOf(day, Math.max(...(ends as number[])))]
    const leaves = absences.filter((absence) => absence.deskId === deskId).map(({ from }) => from)
    const ahead = [...shiftEnd, ...leaves].map(minutesTo).filter((minutes) => minutes > 0)
    return ahead.length === 0 ? null : Math.min(...ahead)
  }
  const here = inOrder(waiting)
    .slice(0, lookedAtMax)
    .map((each): PersonInLine => ({
      id: each.id,
      serviceIds: [each.serviceId, ...each.moreServiceIds],
      due: minutesTo(each.dueAt),
      comesIn: 0,
      forDeskId: each.forDeskId,
      comes: 1,
    }))
  const toCome = coming.map(({ id, serviceIds, startsAt }): PersonInLine => {
    const due = minutesTo(startsAt)
    return { id, serviceIds, due, comesIn: Math.max(due - 5, 0.1), forDeskId: null, comes: due < 0 ? comesLikely / 2 : comesLikely }
  })
  return {
    desks: atWork.map(({ deskId, paused, pausedUntil, calledAt, serviceIds }) => ({
      id: deskId,
      serviceIds: office.desksById.get(deskId)?.serviceIds ?? [],
      restsFor: paused ? Math.max(1, pausedUntil === null ? breakMinutes : minutesTo(pausedUntil)) : 0,
      closesIn: closing(deskId),
      busy: calledAt === null ? null : { sinceMinutes: -minutesTo(calledAt), serviceIds },
    })),
    people: [...here, ...toCome],
    spread,
    ...paceOf(
      served.map(({ serviceIds, minutes }) => ({ minutes, expected: serviceIds.reduce((sum, id) => sum + meanOf(spread(id)), 0) })),
    ),
    gapMinutes,
  }
}

/** Learns how long each matter takes, from the services of the last ninety days. */
export async function learnTimes(context: Context, now: Temporal.Instant): Promise<void> {
  const office = await directory(context)
  const day = officeDay(now)
  for (const service of office.services.values()) {
    const seen = await readTimes(context.database.pool, service.id, day)
    if (seen.length > 0) await writeLearned(context.database.pool, service.id, spreadOf(seen, service.durationMinutes), seen.length, day)
  }
}

/** Writes down what is said of everybody who waits and of whom nothing was said yet. */
export async function noteEstimates(context: Context, now: Temporal.Instant): Promise<void> {
  const { buildings } = await directory(context)
  for (const id of buildings.keys()) {
    const unsaid = new Set(await readUnsaid(context.database.pool, id, officeDay(now)))
    if (unsaid.size === 0) continue
    const { visits } = await estimates(context, id, now)
    const said = [...visits].filter(([visitId]) => unsaid.has(visitId)).map(([visitId, estimate]) => ({ visitId, ...estimate }))
    if (said.length > 0) await writeSaid(context.database.pool, said, now)
  }
}
