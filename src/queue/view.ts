/**
 * What a desk's page shows: who is here, who is next, what can be done. Read whole at each look;
 * the decisions beside the buttons are those the handlers will ask again.
 */
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { directory, type Desk, type Directory } from '../directory/index.js'
import { matterNames, meetingPlace } from '../booking/index.js'
import type { DueWhy, Visit, VisitSettings } from '../visit/index.js'
import { lawOfCalling } from './law.js'
import { directMatters } from './walk-direct.js'
import type { CallingDesk, DeskAction, DeskDecision, Waiting } from './model.js'
import { chooseNext, desksToTake, mayCallAnyone, mayDoAtDesk, scopeOf } from './rules.js'
import { readOverflow, readSession, type DeskSession } from './desk-store.js'
import { lastMissed, parkedBy, readLine, readStaffed, visitAtDesk } from './store.js'

/** People shown of those who wait; the rest is a number. */
export const nextShownMax = 5

/** People looked at for who comes next: more parties than that are never passed over at once. */
const lookedAtMax = 25

export interface NextPerson {
  readonly ticket: string
  readonly service: string
  readonly why: DueWhy
  readonly startsAt: Temporal.Instant
  /** Whole minutes since the person came in. */
  readonly waitMinutes: number
  /** Desks the matter takes when more than one. */
  readonly desks: number
}

/** What is done with the person at the desk. */
const atDesk = ['recall', 'start', 'finish', 'miss', 'park', 'transfer', 'next-matter'] as const satisfies readonly DeskAction[]
type AtDesk = (typeof atDesk)[number]

function mayOf(visit: Visit, deskId: number, settings: VisitSettings, now: Temporal.Instant): Record<AtDesk, DeskDecision> {
  const answers = atDesk.map((action) => [action, mayDoAtDesk(action, visit, deskId, settings, now)] as const)
  return Object.fromEntries(answers) as Record<AtDesk, DeskDecision>
}

export interface DeskView {
  readonly desk: Desk
  /** What stands on the door of the room. */
  readonly room: string
  readonly session: DeskSession | null
  readonly here: {
    readonly visit: Visit
    /** Names of everything the visit is for. */
    readonly matters: readonly string[]
    /** Where the person waits who cannot come to the desk; null for anyone else. */
    readonly meeting: string | null
    readonly caller: boolean
    readonly callerDesk: string
  } | null
  readonly next: readonly NextPerson[]
  /** Everyone who waits for what this desk offers. */
  readonly waiting: number
  /** Someone due before everyone else needs more free desks than there are. */
  readonly needsDesks: { readonly ticket: string; readonly desks: number } | null
  readonly mayCall: DeskDecision
  readonly may: Readonly<Record<AtDesk, DeskDecision>> | null
  /** The person who did not come, while that can be taken back. */
  readonly undo: Visit | null
  /** People this desk asked to wait apart. */
  readonly parked: readonly Visit[]
  /** Where the person at the desk can be sent: values of a list. */
  readonly targets: readonly { readonly value: string; readonly text: string }[]
  /** Matters for which somebody who stands at the free desk gets a number at once. */
  readonly direct: readonly { readonly value: string; readonly text: string }[]
  /** Whoever looks may call out of turn. */
  readonly mayPick: boolean
}

export async function readDeskView(context: Context, desk: Desk, now: Temporal.Instant, mayPick = false): Promise<DeskView> {
  const office = await directory(context)
  const { settings } = office.office
  const { pool } = context.database
  const day = officeDay(now)
  const scope = scopeOf(desk, await readOverflow(pool, desk.id), office, now)
  const [session, present, line, missed, staffed, law] = await Promise.all([
    readSession(pool, desk.id),
    visitAtDesk(pool, desk.id),
    readLine(pool, { buildingId: desk.buildingId, day, scope }, lookedAtMax),
    lastMissed(pool, desk.id, day, now.subtract({ seconds: settings['missed-undo-seconds'] })),
    readStaffed(
      pool,
      office.desksIn(desk.roomId).map((each) => each.id),
    ),
    lawOfCalling(context, desk, now),
  ])
  const free = { ...scope, staffedDesks: staffed.length, freeDesks: staffed.filter((each) => each.free).length }
  const choice = chooseNext(line.first, free, now)
  return {
    desk,
    room: office.rooms.get(desk.roomId)?.number ?? '',
    session,
    here: present && {
      ...present,
      matters: matterNames(office, present.visit),
      meeting: meetingPlace(office, present.visit),
      callerDesk: office.desksById.get(present.visit.deskId ?? 0)?.label ?? '',
    },
    next: line.first.slice(0, nextShownMax).map((each) => nextPerson(office, each, free, now)),
    waiting: line.count,
    needsDesks:
      present === null && choice.kind === 'more-desks' ? { ticket: choice.first.ticket, desks: desksToTake(choice.first, free) } : null,
    mayCall: mayCallAnyone({ id: desk.id, open: session !== null, paused: session?.paused ?? false, occupied: present !== null }, law),
    may: present?.caller ? mayOf(present.visit, desk.id, settings, now) : null,
    undo: missed,
    parked: await parkedBy(pool, desk.id, day),
    targets: present?.caller ? await targetsOf(context, office, desk, present.visit) : [],
    direct: session !== null && present === null && !session.paused ? await directOf(context, office, desk, now) : [],
    mayPick,
  }
}

async function directOf(context: Context, office: Directory, desk: Desk, now: Temporal.Instant): Promise<DeskView['direct']> {
  const ids = await directMatters(context, desk, now)
  return ids.map((id) => ({ value: id, text: office.services.get(id)?.name ?? id }))
}

/** Desks at work in the building, then matters of it that others handle. */
async function targetsOf(context: Context, office: Directory, desk: Desk, visit: Visit): Promise<{ value: string; text: string }[]> {
  const desks = [...office.desks.values()].filter((each) => each.buildingId === desk.buildingId && each.id !== desk.id && !each.closed)
  const staffed = await readStaffed(
    context.database.pool,
    desks.map(({ id }) => id),
  )
  const atWork = desks.filter(({ id }) => staffed.some(({ deskId }) => deskId === id))
  const matters = [...office.services.values()].filter(
    (each) =>
      each.buildingId === desk.buildingId &&
      !each.closed &&
      !each.dropOff &&
      each.id !== visit.serviceId &&
      office.desksOf(each.id).some(({ id }) => id !== desk.id),
  )
  return [
    ...atWork.map((each) => ({ value: `stanowisko:${each.slug}`, text: deskName(office, each) })),
    ...matters.map((each) => ({ value: `sprawa:${each.id}`, text: each.name })),
  ]
}

const deskName = (office: Directory, { label, roomId }: Desk): string => `${office.rooms.get(roomId)?.number ?? ''} / ${label}`

function nextPerson(office: Directory, person: Waiting, free: Pick<CallingDesk, 'staffedDesks'>, now: Temporal.Instant): NextPerson {
  return {
    ticket: person.ticket,
    service: matterNames(office, person).join('; '),
    why: person.dueWhy,
    startsAt: person.dueWhy === 'booked-due' ? person.startsAt : person.arrivedAt,
    waitMinutes: Math.max(0, Math.floor(now.since(person.arrivedAt).total('minutes'))),
    desks: desksToTake(person, free),
  }
}
