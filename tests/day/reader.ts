/**
 * Reads a day's history and says what is wrong with it. Shares no code with the program: it knows
 * the tables and the ordinance, not how the program decides.
 */
import type pg from 'pg'

interface HistoryEvent {
  readonly id: number
  readonly at: string
  readonly visit: number | null
  readonly kind: string
  readonly desk: number | null
  readonly building: string | null
  readonly reason: string | null
  readonly details: Record<string, unknown> | null
}

interface VisitFacts {
  readonly reference: string
  readonly id: number
  readonly state: string
  readonly kind: string
  readonly counted: number
  readonly building: string
  readonly startsAt: number
  readonly ticket: string | null
  readonly receipt: string | null
}

export interface History {
  readonly events: readonly HistoryEvent[]
  readonly visits: ReadonlyMap<number, VisitFacts>
  readonly deskRooms: ReadonlyMap<number, string>
  /** Minutes the office lets people in before their time, and after it. */
  readonly earlyMinutes: number
  readonly lateMinutes: number
}

/** What may follow what in one visit's history. */
const follows: Readonly<Record<string, readonly string[]>> = {
  '(nothing)': ['booked', 'held', 'entered'],
  held: ['booked', 'pending', 'expired'],
  pending: ['confirmed', 'code-sent', 'moved', 'cancelled', 'expired'],
  'code-sent': ['confirmed', 'code-sent', 'moved', 'cancelled', 'expired'],
  confirmed: ['moved', 'cancelled', 'entered', 'missed'],
  booked: ['request-booked', 'moved', 'cancelled', 'entered', 'missed'],
  'request-booked': ['moved', 'cancelled', 'entered', 'missed'],
  moved: ['moved', 'cancelled', 'entered', 'missed'],
  entered: ['receipt-given', 'called', 'left'],
  'receipt-given': ['called', 'left'],
  called: ['recalled', 'started', 'missed', 'left'],
  recalled: ['recalled', 'started', 'missed', 'left'],
  started: ['finished'],
  finished: [],
  missed: [],
  cancelled: [],
  left: [],
  expired: [],
}
/** Events beside a visit's path: somebody asked at the door, or came back. */
const beside = new Set(['refused-entry', 'admitted'])
const ends = new Set(['finished', 'missed', 'cancelled', 'left', 'expired'])

export async function readHistory(database: Pick<pg.Pool, 'query'>): Promise<History> {
  const events = await database.query(
    `select id, to_char(at at time zone 'Europe/Warsaw', 'YYYY-MM-DD HH24:MI:SS') as at, visit_id as visit, kind, desk_id as desk,
            building_id as building, reason, details from event where id > $1 order by id`,
    [0],
  )
  const visits = await database.query(
    `select id, reference, state, kind, counted, building_id as building, extract(epoch from starts_at)::int8 as "startsAt", ticket, receipt from visit where id > $1`,
    [0],
  )
  const desks = await database.query('select id, room_id as room from desk where id > $1', [0])
  const { rows: settings } = await database.query(
    `select (facts->'settings'->>'entry-early-minutes')::int as early, (facts->'settings'->>'late-minutes')::int as late from office where slug <> $1`,
    [''],
  )
  const { early, late } = settings[0] as { early: number; late: number }
  return {
    earlyMinutes: early,
    lateMinutes: late,
    events: events.rows as HistoryEvent[],
    visits: new Map((visits.rows as VisitFacts[]).map((visit) => [visit.id, visit])),
    deskRooms: new Map((desks.rows as { id: number; room: string }[]).map((desk) => [desk.id, desk.room])),
  }
}

/** Every sentence is something that must not be. */
export function problemsIn(history: History, names: readonly string[]): string[] {
  return [
    ...pathProblems(history),
    ...deskProblems(history),
    ...doorProblems(history),
    ...numberProblems(history),
    ...personalProblems(history, names),
  ]
}

function pathProblems({ events, visits }: History): string[] {
  const problems: string[] = []
  const last = new Map<number, string>()
  for (const event of events) {
    if (event.visit === null || beside.has(event.kind)) continue
    const before = last.get(event.visit) ?? '(nothing)'
    if (!(follows[before] ?? []).includes(event.kind)) problems.push(`visit ${event.visit}: ${event.kind} after ${before}`)
    last.set(event.visit, event.kind)
  }
  for (const visit of visits.keys()) {
    const end = last.get(visit)
    if (end === undefined || !ends.has(end)) problems.push(`visit ${visit} is lost: its history ends with ${end ?? 'nothing'}`)
  }
  return problems
}

/** One client per desk, and in a room never more counted persons than desks at work (§ 1 ust. 4). */
function deskProblems({ events, visits, deskRooms }: History): string[] {
  const problems: string[] = []
  const atDesk = new Map<number, number>()
  const atWork = new Map<string, number>()
  for (const event of events) {
    const room = event.desk === null ? null : (deskRooms.get(event.desk) ?? null)
    if (event.kind === 'desk-opened' && room !== null) atWork.set(room, (atWork.get(room) ?? 0) + 1)
    if (event.visit === null || event.desk === null || room === null) {
      if (event.visit !== null && ends.has(event.kind)) for (const [desk, visit] of atDesk) if (visit === event.visit) atDesk.delete(desk)
      continue
    }
    if (event.kind === 'called') {
      const there = atDesk.get(event.desk)
      if (there !== undefined) problems.push(`desk ${event.desk} called visit ${event.visit} while visit ${there} was there`)
      if ([...atDesk.values()].includes(event.visit)) problems.push(`visit ${event.visit} was called by two desks`)
      atDesk.set(event.desk, event.visit)
      const persons = [...atDesk]
        .filter(([desk]) => deskRooms.get(desk) === room)
        .reduce((sum, [, visit]) => sum + (visits.get(visit)?.counted ?? 1), 0)
      if (persons > (atWork.get(room) ?? 0))
        problems.push(`room ${room}: ${persons} persons at ${atWork.get(room) ?? 0} desks at ${event.at}`)
    }
    if (ends.has(event.kind)) atDesk.delete(event.desk)
  }
  return problems
}

/** Only people with a visit here and now come in as clients; papers are left at Karasia 15 alone (§ 1 ust. 5). */
function doorProblems({ events, visits, earlyMinutes, lateMinutes }: History): string[] {
  const problems: string[] = []
  for (const event of events) {
    if (event.kind === 'refused-entry') problems.push(...refusalProblems(event, { visits, earlyMinutes, lateMinutes }))
    if (event.kind !== 'entered') continue
    const visit = event.visit === null ? undefined : visits.get(event.visit)
    if (visit === undefined) {
      problems.push(`somebody entered ${event.building} at ${event.at} without a visit`)
      continue
    }
    if (visit.building !== event.building) problems.push(`visit ${visit.id} of ${visit.building} entered ${event.building}`)
    if (visit.kind === 'drop-off') {
      if (event.building !== 'karasia-15') problems.push(`papers were left at ${event.building}`)
      if (visit.receipt === null) problems.push(`papers of visit ${visit.id} have no receipt`)
      continue
    }
    const start = wallStart(visit)
    if (start.slice(0, 10) !== event.at.slice(0, 10)) problems.push(`visit ${visit.id} of ${start} entered at ${event.at}`)
    const early = minutes(start) - minutes(event.at)
    if (early > earlyMinutes) problems.push(`visit ${visit.id} entered ${early} minutes early`)
    if (-early > lateMinutes) problems.push(`visit ${visit.id} entered ${-early} minutes late`)
  }
  return problems
}

/** Nobody is sent away as too early or too late who is neither. */
function refusalProblems(
  event: HistoryEvent,
  { visits, earlyMinutes, lateMinutes }: Pick<History, 'visits' | 'earlyMinutes' | 'lateMinutes'>,
): string[] {
  const visit = event.visit === null ? undefined : visits.get(event.visit)
  if (event.reason !== 'too-early' && event.reason !== 'too-late') return []
  if (visit === undefined) return [`somebody without a visit was ${event.reason}`]
  const early = minutes(wallStart(visit)) - minutes(event.at)
  const rightly = event.reason === 'too-early' ? early > earlyMinutes : -early > lateMinutes
  return rightly ? [] : [`visit ${visit.id} was called ${event.reason} ${early} minutes before its time`]
}

function wallStart(visit: VisitFacts): string {
  return new Date(visit.startsAt * 1000).toLocaleString('sv-SE', { timeZone: 'Europe/Warsaw' })
}

function minutes(wall: string): number {
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16))
}

function numberProblems({ visits }: History): string[] {
  const problems: string[] = []
  for (const field of ['ticket', 'receipt'] as const) {
    const seen = new Set<string>()
    for (const visit of visits.values()) {
      const value = visit[field]
      if (value === null) continue
      if (seen.has(value)) problems.push(`${field} ${value} was given twice`)
      seen.add(value)
    }
  }
  return problems
}

function personalProblems({ events }: History, names: readonly string[]): string[] {
  const text = JSON.stringify(events)
  return names.filter((name) => text.includes(name)).map((name) => `the history names ${name}`)
}
