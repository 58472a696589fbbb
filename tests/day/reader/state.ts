/** How the office stands after each event, worked out from the events and the tables of facts alone. */
import type { Happened, History } from './history.js'

export type Where = 'nowhere' | 'kept' | 'held' | 'planned' | 'waiting' | 'called' | 'serving' | 'parked' | 'over'

export interface Standing {
  where: Where
  service: string
  more: readonly string[]
  /** Persons who take a desk each, companions at the desk among them. */
  counted: number
  /** Of these, companions; none of them once asked to wait outside. */
  accompanied: number
  due: number
  dueWhy: string
  arrived: number
  /** The desk the person was sent to. */
  forDesk: number | null
  /** The desk that has the person, or let the person wait apart. */
  desk: number | null
  favoured: boolean
  calledAt: number
  /** What ended it, and when. */
  end: Happened | null
}

export interface EntryState {
  readonly building: string
  readonly visit: number | null
  readonly persons: number
  readonly counted: boolean
  readonly with: number | null
  readonly atDesk: boolean
  readonly order: number
  gone: boolean
}

export interface World {
  readonly history: History
  readonly visits: Map<number, Standing>
  readonly staffed: Map<number, { paused: boolean }>
  readonly entries: Map<number, EntryState>
  /** By building and day: what whoever counted heads put right. */
  readonly corrections: Map<string, number>
  /** By building and letter: who was called last, with those called at the same moment. */
  readonly lastCalled: Map<string, { at: number; readonly tickets: Set<string> }>
}

const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw', dateStyle: 'short', timeStyle: 'short' })
/** Day and minute of the office at a second. */
export function wallAt(at: number): { readonly day: string; readonly minute: number } {
  const text = wall.format(at * 1_000)
  return { day: text.slice(0, 10), minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)) }
}

export function beginning(history: History): World {
  const visits = new Map<number, Standing>()
  for (const visit of history.visits.values())
    visits.set(visit.id, {
      where: 'nowhere',
      ...firstMatters(history, visit.id),
      counted: visit.persons,
      accompanied: 0,
      due: 0,
      dueWhy: '',
      arrived: 0,
      forDesk: null,
      desk: null,
      favoured: false,
      calledAt: 0,
      end: null,
    })
  return { history, visits, staffed: new Map(), entries: new Map(), corrections: new Map(), lastCalled: new Map() }
}

/** The matters a visit came with: from those it ended with, back through what was done and where it was sent. */
function firstMatters({ events, visits }: History, id: number): Pick<Standing, 'service' | 'more'> {
  let { service = '', more = [] } = visits.get(id) ?? {}
  for (const { visit, kind, details } of events.toReversed()) {
    if (visit !== id || typeof details['service'] !== 'string') continue
    if (kind === 'matter-done') [service, more] = [details['service'], [service, ...more]]
    if (kind === 'transferred') service = details['service']
  }
  return { service, more }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)

export function deskBySlug({ desks }: History, slug: unknown): number | null {
  return [...desks.values()].find((desk) => desk.slug === slug)?.id ?? null
}

/** The minute from which somebody is due who comes in now. */
function dueNow({ history }: World, id: number, standing: Standing, at: number): Pick<Standing, 'due' | 'dueWhy'> {
  const { settings, visits, services, groups } = history
  const visit = visits.get(id)
  const letter = services.get(standing.service)?.letter
  const target = groups.find((group) => group.letter === letter)?.targetWaitMinutes ?? settings['target-wait-minutes'] ?? 0
  const onTime = visit?.kind === 'booked' && at <= visit.startsAt + 60 * (settings['late-minutes'] ?? 0)
  const due = onTime ? visit.startsAt : visit?.kind === 'drop-off' ? at : at + 60 * target
  const why = onTime ? 'booked-due' : visit?.kind === 'booked' ? 'came-late' : 'by-arrival'
  return standing.favoured ? { due: due - 60 * (settings['priority-minutes'] ?? 0), dueWhy: 'priority' } : { due, dueWhy: why }
}

/** Moves the world on by one event. */
export function apply(world: World, event: Happened): void {
  const { kind, visit: id, desk, at, details } = event
  if (desk !== null) applyDesk(world, desk, kind)
  applyDoor(world, event)
  const standing = id === null ? undefined : world.visits.get(id)
  if (id === null || standing === undefined) return
  const wait = (forDesk: number | null): void => void Object.assign(standing, { where: 'waiting', forDesk, desk: null })
  switch (kind) {
    case 'kept':
      standing.where = 'kept'
      return
    case 'held':
      standing.where = 'held'
      return
    case 'pending':
    case 'booked':
      standing.where = 'planned'
      return
    case 'entered':
    case 'ticket-taken':
      if (kind === 'ticket-taken') standing.favoured = event.reason !== null
      Object.assign(standing, { where: 'waiting', arrived: at, ...dueNow(world, id, standing, at) })
      return
    case 'called':
    case 'recalled':
      sendOutside(standing, details['outside'])
      Object.assign(standing, { where: 'called', desk, calledAt: at })
      noteCalled(world, id, at)
      return
    case 'started':
      standing.where = 'serving'
      return
    case 'parked':
      Object.assign(standing, { where: 'parked', desk })
      return
    case 'returned':
      return wait(event.reason === 'desk-closed' ? null : standing.forDesk)
    case 'transferred': {
      const to = text(details['to'])
      if (details['service'] === undefined) return wait(deskBySlug(world.history, to))
      Object.assign(standing, { service: to, more: standing.more.filter((each) => each !== to) })
      return wait(null)
    }
    case 'matter-done':
      Object.assign(standing, { service: standing.more[0] ?? standing.service, more: standing.more.slice(1) })
      return
    case 'prioritised':
      if (!standing.favoured) standing.due -= 60 * (world.history.settings['priority-minutes'] ?? 0)
      Object.assign(standing, { favoured: true, dueWhy: 'priority' })
      return
    case 'missed-undone':
      standing.end = null
      sendOutside(standing, details['outside'])
      if (details['to'] === 'called') Object.assign(standing, { where: 'called', desk })
      else Object.assign(standing, { where: 'waiting', desk: null })
      return
    case 'cancelled':
    case 'expired':
    case 'finished':
    case 'missed':
    case 'left':
      Object.assign(standing, { where: 'over', desk: null, end: event })
  }
}

function sendOutside(standing: Standing, companions: unknown): void {
  standing.counted -= number(companions) ?? 0
  standing.accompanied -= number(companions) ?? 0
}

function noteCalled({ history, lastCalled }: World, id: number, at: number): void {
  const visit = history.visits.get(id)
  if (visit?.ticket == null) return
  const key = `${visit.building} ${visit.ticket.charAt(0)}`
  const last = lastCalled.get(key)
  if (last !== undefined && last.at === at) last.tickets.add(visit.ticket)
  else lastCalled.set(key, { at, tickets: new Set([visit.ticket]) })
}

function applyDesk({ staffed }: World, desk: number, kind: string): void {
  if (kind === 'desk-opened') staffed.set(desk, { paused: false })
  if (kind === 'desk-closed') staffed.delete(desk)
  if (kind === 'desk-paused' || kind === 'desk-resumed') staffed.set(desk, { paused: kind === 'desk-paused' })
}

function applyDoor(world: World, event: Happened): void {
  const { kind, visit: id, building, at, details, reason } = event
  const { entries, visits, history } = world
  const entry = number(details['entry'])
  if (building === null) return
  if (kind === 'count-corrected') {
    world.corrections.set(`${building} ${wallAt(at).day}`, (number(details['to']) ?? 0) - personsInside(world, building))
    return
  }
  if (entry === null) return
  if (kind === 'entered' || kind === 'admitted') {
    const beside = number(details['with'])
    const client = id !== null && beside === null
    const counted = client || details['counted'] === true
    const atDesk = details['atDesk'] === true
    const persons = client ? (history.visits.get(id)?.persons ?? 1) : 1
    entries.set(entry, {
      building,
      visit: id,
      persons,
      counted: counted && reason !== 'delivery',
      with: beside,
      atDesk,
      order: entry,
      gone: false,
    })
    const main = id === null ? undefined : visits.get(id)
    if (atDesk && main !== undefined) Object.assign(main, { counted: main.counted + 1, accompanied: main.accompanied + 1 })
  }
  if (kind === 'entry-undone' || kind === 'went-out') leaves(world, entry, kind === 'went-out')
}

/** Out by an entry: with everybody who came by it or with it; out of the door also by every other entry of the same visit. */
function leaves({ entries, visits }: World, entryId: number, all: boolean): void {
  const entry = entries.get(entryId)
  if (entry === undefined || entry.gone) return
  const standing = entry.visit === null ? undefined : visits.get(entry.visit)
  const before = standing?.where
  const own =
    entry.visit === null || entry.with !== null ? [] : [...entries].filter(([, each]) => each.visit === entry.visit && each.with === null)
  const going = new Set([entryId, ...(all ? own.map(([id]) => id) : [])])
  const mains = new Set([entryId, ...own.map(([id]) => id)])
  for (const [id, each] of entries) {
    const companion = each.with !== null && mains.has(each.with)
    if ((!going.has(id) && !companion) || each.gone) continue
    each.gone = true
    const waits = before === 'waiting' || before === 'parked'
    if (each.atDesk && waits && standing !== undefined && standing.accompanied > 0) sendOutside(standing, 1)
  }
  const stands = own.some(([, each]) => !each.gone)
  if (!all && !stands && standing?.where === 'waiting') Object.assign(standing, { where: 'planned', forDesk: null })
}

/** Counted persons whose entries stand and whose visits go on. */
export function personsInside({ entries, visits }: World, building: string, of: 'all' | 'waiting' = 'all'): number {
  const seen = new Set<number>()
  let persons = 0
  for (const entry of [...entries.values()].toSorted((a, b) => a.order - b.order)) {
    const where = entry.visit === null ? null : (visits.get(entry.visit)?.where ?? null)
    const inside = where === null || where === 'waiting' || where === 'called' || where === 'serving' || where === 'parked'
    if (entry.gone || !entry.counted || entry.building !== building || !inside) continue
    if (of === 'waiting' && where !== 'waiting' && where !== 'parked') continue
    if (entry.visit !== null && entry.with === null) {
      if (seen.has(entry.visit)) continue
      seen.add(entry.visit)
    }
    persons += entry.persons
  }
  return persons
}
