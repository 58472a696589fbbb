/**
 * The live room of a building: its lines, how long people wait against the target, what each desk
 * does, and how right what was said of waiting has been. Read whole at each look.
 */
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import { directory, type Building, type Desk } from '../../directory/index.js'
import { accountsOf, worksAt } from '../../staff/index.js'
import { estimates } from '../estimate/estimates.js'
import { readError, type EstimateError } from '../estimate/store.js'
import { waitOf, type PlaceInLine } from '../line.js'
import type { DeskOverflow } from '../model.js'
import { readWaiting } from '../store.js'
import { clerkRoles } from './staffing.js'
import { readDesksAtWork, readOverflows, type DeskAtWork } from './store.js'

/** One line: the people whose tickets share a letter. */
export interface LineNow {
  readonly letter: string
  readonly name: string
  readonly waiting: number
  /** Whole minutes the first of them has waited. */
  readonly longestMinutes: number
  readonly targetMinutes: number
  /** People whose minute has passed. */
  readonly overdue: number
  /** What somebody who joins the line now is told; null while no desk at work handles it. */
  readonly wait: PlaceInLine['wait']
  /** Somebody waits longer than the office means to let anybody wait. */
  readonly alarm: boolean
  /** Somebody waits and no desk at work handles it. */
  readonly nobodyHandles: boolean
}

export interface DeskInRoom {
  readonly desk: Desk
  readonly room: string
  readonly work: DeskAtWork | null
  /** A break that should be over. */
  readonly breakOver: boolean
  readonly overflow: readonly DeskOverflow[]
  /** Who may be seated there, with the desk each has now. */
  readonly clerks: readonly { readonly accountId: number; readonly name: string; readonly at: string | null }[]
}

export interface LiveRoom {
  readonly building: Building
  readonly lines: readonly LineNow[]
  readonly desks: readonly DeskInRoom[]
  /** Of the last thirty days. */
  readonly error: EstimateError | null
}

/** Null when there is no such building. */
export async function readLiveRoom(context: Context, buildingId: string, now: Temporal.Instant): Promise<LiveRoom | null> {
  const office = await directory(context)
  const building = office.buildings.get(buildingId)
  if (building === undefined) return null
  const { pool } = context.database
  const day = officeDay(now)
  const desks = [...office.desks.values()].filter((desk) => desk.buildingId === buildingId && !desk.closed)
  const deskIds = desks.map(({ id }) => id)
  const [waiting, atWork, overflows, said, error, clerks] = await Promise.all([
    readWaiting(pool, buildingId, day),
    readDesksAtWork(pool, deskIds),
    readOverflows(pool, deskIds),
    estimates(context, buildingId, now),
    readError(pool, buildingId, day.subtract({ days: 30 }), day),
    accountsOf(context, clerkRoles),
  ])
  const handled = new Set(desks.filter(({ id }) => atWork.has(id)).flatMap(({ serviceIds }) => serviceIds))
  const ofLetter = Map.groupBy(waiting, ({ serviceId }) => office.services.get(serviceId)?.letter ?? '')
  const groups = [...office.queueGroups.values()].filter(({ serviceIds }) =>
    desks.some((desk) => serviceIds.some((id) => desk.serviceIds.includes(id))),
  )
  const deskOf = (accountId: number): string | null => desks.find(({ id }) => atWork.get(id)?.accountId === accountId)?.label ?? null
  return {
    building,
    lines: groups.map(({ letter, name, targetWaitMinutes }): LineNow => {
      const line = ofLetter.get(letter) ?? []
      const waits = line.map(({ arrivedAt }) => now.since(arrivedAt).total('minutes'))
      const longest = Math.floor(Math.max(0, ...waits))
      return {
        letter,
        name,
        waiting: line.length,
        longestMinutes: longest,
        targetMinutes: targetWaitMinutes,
        overdue: line.filter(({ dueAt }) => Temporal.Instant.compare(dueAt, now) < 0).length,
        wait: waitOf(said.groups.get(letter), now),
        alarm: line.some(({ dueAt }) => now.since(dueAt).total('minutes') > targetWaitMinutes),
        nobodyHandles: line.some(({ serviceId, moreServiceIds }) => ![serviceId, ...moreServiceIds].every((id) => handled.has(id))),
      }
    }),
    desks: desks.map((desk): DeskInRoom => {
      const work = atWork.get(desk.id) ?? null
      const until = work?.pausedUntil ?? null
      return {
        desk,
        room: office.rooms.get(desk.roomId)?.number ?? '',
        work,
        breakOver: work !== null && work.paused && until !== null && Temporal.Instant.compare(until, now) < 0,
        overflow: overflows.get(desk.id) ?? [],
        clerks: clerks.filter((clerk) => worksAt(clerk, office, desk)).map(({ id, name }) => ({ accountId: id, name, at: deskOf(id) })),
      }
    }),
    error,
  }
}
