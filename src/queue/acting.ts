/**
 * What every act at a desk shares: the visit locked and judged, desks of a room taken together, the
 * event, the hint after the commit, and the first answer for the same key.
 */
import type { Context } from '../platform/context.js'
import type { Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import { directory, type Desk, type Directory } from '../directory/index.js'
import { lockVisit, recordEvent, type EventKind, type Visit } from '../visit/index.js'
import { once } from './once.js'
import type { Acted, DeskAction, DeskCommand, QueueAnswer, QueueRefusal, VisitCommand, Waiting } from './model.js'
import { companionsOutside, desksNeeded, heldByAnother, mayDoAtDesk } from './rules.js'
import { shareSession } from './desk-store.js'
import { commandTransaction, readStaffed, takeDesk, writeOutside } from './store.js'

/** Free and staffed desks of the room; counted only for someone who needs more than one. */
export async function roomAround(
  client: Queryable,
  office: Directory,
  desk: Desk,
  waiting: Waiting,
): Promise<{ staffedDesks: number; freeDesks: number }> {
  if (desksNeeded(waiting) === 1) return { staffedDesks: 1, freeDesks: 1 }
  const staffed = await staffedIn(client, office, desk)
  return { staffedDesks: staffed.length, freeDesks: staffed.filter((each) => each.free).length }
}

function staffedIn(client: Queryable, office: Directory, desk: Desk): ReturnType<typeof readStaffed> {
  return readStaffed(
    client,
    office.desksIn(desk.roomId).map((each) => each.id),
  )
}

/**
 * Takes this desk, and for a visit of several counted persons as many free staffed desks of the
 * room besides; companions for whom the room has no staffed desk wait outside. Always in the order of the desks' numbers: two desks that want each other's never
 * wait for one another.
 */
export async function takeDesks(
  client: Queryable,
  office: Directory,
  desk: Desk,
  visit: Visit,
): Promise<{ readonly how: 'taken' | 'occupied' | 'too-few'; readonly outside: number }> {
  const around = desksNeeded(visit) === 1 ? [] : await staffedIn(client, office, desk)
  const outside = companionsOutside(visit, { staffedDesks: around.length })
  const others = around.filter((each) => each.free && each.deskId !== desk.id)
  let besides = desksNeeded(visit) - outside - 1
  for (const deskId of [desk.id, ...others.map((each) => each.deskId)].toSorted((a, b) => a - b)) {
    if (deskId === desk.id) {
      if (!(await takeDesk(client, deskId, visit.id, true))) return { how: 'occupied', outside: 0 }
    } else if (besides > 0 && (await takeDesk(client, deskId, visit.id, false))) {
      besides -= 1
    }
  }
  if (besides > 0) return { how: 'too-few', outside: 0 }
  if (outside > 0) await writeOutside(client, visit.id, outside)
  return { how: 'taken', outside }
}

/** Told with a call: how many companions wait outside, where any do. */
export function outsideDetails(outside: number): { readonly outside?: number } {
  return outside === 0 ? {} : { outside }
}

export type OnVisit = (client: Queryable, visit: Visit, desk: Desk, office: Directory) => Promise<QueueAnswer>

/** What every act on a visit shares: lock it, check what was seen, ask the rules, do it once. */
export async function onVisit(
  context: Context,
  action: DeskAction,
  command: VisitCommand & { readonly said?: unknown },
  act: OnVisit,
): Promise<QueueAnswer> {
  const office = await directory(context)
  const desk = office.desks.get(command.desk)
  if (desk === undefined) return refuse('unknown-desk')
  const answer = await commandTransaction(context.database, (client) =>
    once(client, { ...command, name: action }, async (): Promise<QueueAnswer> => {
      const held = command.holder === undefined ? null : heldByAnother(await shareSession(client, desk.id), command.holder)
      if (held !== null) return held
      const visit = await lockVisit(client, command.reference)
      if (visit === null || visit.buildingId !== desk.buildingId) return refuse('unknown-visit')
      const may = mayDoAtDesk(action, visit, desk.id, office.office.settings, command.now)
      if (!may.allowed) return withDesk(may, visit, office)
      if (may.code === 'repeated') return { ...acted(action, visit, visit.state), repeated: true }
      if (command.version !== undefined && command.version !== visit.version) return refuse('state-changed')
      return act(client, visit, desk, office)
    }),
  )
  return published(context, desk, answer)
}

/** "Numer A 041 wezwało stanowisko 3": a conflict names who has the person. */
function withDesk(refusal: Refused<QueueRefusal>, visit: Visit, office: Directory): Refused<QueueRefusal> {
  const holder = visit.deskId === null ? undefined : office.desksById.get(visit.deskId)
  return { ...refusal, values: { ...refusal.values, ticket: visit.ticket ?? '', desk: holder?.label ?? '' } }
}

export function acted(code: string, visit: Visit, state: Visit['state']): Acted {
  return { allowed: true, code, visit: { reference: visit.reference, ticket: visit.ticket ?? '', state }, repeated: false }
}

export function record(
  client: Queryable,
  kind: EventKind,
  visit: Visit,
  desk: Desk,
  command: DeskCommand,
  details: Readonly<Record<string, string | number>> | null = null,
  reason: string | null = null,
): Promise<void> {
  return recordEvent(client, {
    at: command.now,
    visitId: visit.id,
    kind,
    actor: command.actor,
    channel: 'desk',
    reason,
    buildingId: visit.buildingId,
    deskId: desk.id,
    details,
  })
}

/** Tells those who watch, once what they will read is committed. */
export function published(context: Context, desk: Desk, answer: QueueAnswer): QueueAnswer {
  if (answer.allowed && !answer.repeated && answer.visit !== null) {
    context.changes.publish(`queue:${desk.buildingId}`)
    context.changes.publish(`desk:${desk.slug}`)
  }
  return answer
}
