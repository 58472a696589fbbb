/** That whoever is called was due first of all whom the desk may call, or that a reason is recorded. */
import type { Told } from './figures.js'
import type { DeskFacts, Happened, History } from './history.js'
import { wallAt, type Standing, type World } from './state.js'
import { inRoom } from './steps.js'

/** What else happens at a moment: the program may have seen it before or after. */
export interface Moments {
  readonly visits: ReadonlyMap<number, ReadonlySet<number>>
  /** Desks that anything happened at, with how often. */
  readonly desks: ReadonlyMap<number, readonly number[]>
}

export function momentsOf({ events, visits: facts }: History, spokenOf: Told['spokenOf']): Moments {
  const visits = new Map<number, Set<number>>()
  const byReference = new Map([...facts.values()].map(({ id, reference }) => [reference, id]))
  for (const { reference, at } of spokenOf) visits.set(at, (visits.get(at) ?? new Set()).add(byReference.get(reference) ?? -1))
  const desks = new Map<number, number[]>()
  for (const { at, visit, desk } of events) {
    if (visit !== null) visits.set(at, (visits.get(at) ?? new Set()).add(visit))
    if (desk !== null) desks.set(at, [...(desks.get(at) ?? []), desk])
  }
  return { visits, desks }
}

const pickReasons = new Set(['continues-here', 'agreed', 'hard-to-wait', 'office-error'])

export function orderProblems(world: World, event: Happened, moments: Moments): string[] {
  const { visit: id, desk: deskId, kind, at, details } = event
  const person = world.visits.get(id ?? -1)
  const desk = world.history.desks.get(deskId ?? -1)
  if (kind !== 'called' || id === null || person === undefined || desk === undefined) return []
  const why = details['why']
  if (why === 'back')
    return person.where === 'parked' && person.desk === desk.id ? [] : [`visit ${id} was called back by a desk that had not sent it aside`]
  if (why === 'picked') return pickReasons.has(event.reason ?? '') ? [] : [`visit ${id} was called out of turn without a reason`]
  const problems: string[] = []
  if (why !== person.dueWhy) problems.push(`visit ${id} was called as ${String(why)} and is due as ${person.dueWhy}`)
  const due = Date.parse(String(details['due'])) / 1_000
  if (due !== person.due) problems.push(`visit ${id} was called as due ${due} and is due ${person.due}`)
  if (details['as'] !== asWhat(desk, person)) problems.push(`visit ${id} was called as ${String(details['as'])} of desk ${desk.slug}`)
  if (!mayCall(world, desk, person, at)) problems.push(`desk ${desk.slug} called visit ${id}, which it does not handle`)
  for (const [other, ahead] of world.visits) {
    if (ahead.where !== 'waiting' || other === id || !isBefore(other, ahead, id, person)) continue
    if (world.history.visits.get(other)?.building !== desk.building || !mayCall(world, desk, ahead, at)) continue
    // Something else was done with that person at the same moment: whoever has the row is passed by.
    if (moments.visits.get(at)?.has(other)) continue
    if (ahead.counted > 1 && partyMayWait(world, desk, ahead, at, moments)) continue
    problems.push(
      `desk ${desk.slug} called visit ${id} (due ${person.due}) at ${wallAt(at).minute} before visit ${other} (due ${ahead.due})`,
    )
  }
  return problems
}

/** A companion waits outside only where the room has no desk for them, and nobody else does. */
export function outsideProblems(world: World, { visit: id, desk: deskId, at, details }: Happened, moments: Moments): string[] {
  const outside = Number(details['outside'] ?? 0)
  const desk = world.history.desks.get(deskId ?? -1)
  if (outside === 0 || desk === undefined) return []
  const { counted = 1, accompanied = 0 } = world.visits.get(id ?? -1) ?? {}
  const { desks } = inRoom(world, desk.room)
  if (outside <= accompanied && (counted - outside === desks || somethingBeside(world, desk, at, moments))) return []
  return [`${outside} of ${accompanied} companions of visit ${id} were sent outside room ${desk.room} of ${desks} desks`]
}

/** Another desk of the room did something at the same moment: it may have been seen before or after. */
function somethingBeside({ history }: World, desk: DeskFacts, at: number, moments: Moments): boolean {
  return (moments.desks.get(at) ?? []).some((id) => id !== desk.id && history.desks.get(id)?.room === desk.room)
}

function isBefore(other: number, ahead: Standing, id: number, person: Standing): boolean {
  return (ahead.due - person.due || ahead.arrived - person.arrived || other - id) < 0
}

function mayCall({ history }: World, desk: DeskFacts, { forDesk, service, more, arrived }: Standing, at: number): boolean {
  if (forDesk !== null) return forDesk === desk.id
  const waitedFor = desk.overflow.filter(({ afterMinutes }) => arrived <= at - 60 * afterMinutes)
  const letters = new Set(waitedFor.map(({ letter }) => letter))
  return [service, ...more].every((each) => desk.services.includes(each) || letters.has(history.services.get(each)?.letter ?? ''))
}

/** Sent to the desk, one of its own people, or another group's. */
function asWhat(desk: DeskFacts, { forDesk, service }: Standing): string {
  if (forDesk !== null) return 'sent-on'
  return desk.services.includes(service) ? 'own' : 'overflow'
}

/** A party that needs several desks may be passed over while they are not free, but not for ever: a quarter of an hour after its minute the room waits for it. */
function partyMayWait(world: World, desk: DeskFacts, person: Standing, at: number, moments: Moments): boolean {
  if (somethingBeside(world, desk, at, moments)) return true
  const { persons, desks, resting, free } = inRoom(world, desk.room)
  // Whom the room has no staffed desk for waits outside, if the matter does not need them.
  const counted = Math.max(1, person.counted - Math.min(person.accompanied, Math.max(0, person.counted - desks)))
  if (desks - resting - persons >= counted) return false
  return free >= counted || person.due + 15 * 60 > at || desks < counted
}
