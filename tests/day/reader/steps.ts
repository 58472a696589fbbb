/** What may happen to a visit as it stands; that nobody is lost; that nobody has two desks, or a desk two people. */
import type { Happened } from './history.js'
import type { Where, World } from './state.js'

/** Beside a visit's path: somebody asked at the door, came back, went out, or took an entry back. */
const beside = ['refused-entry', 'admitted', 'went-out', 'entry-undone']

const mayHappen: Readonly<Record<Where, readonly string[]>> = {
  nowhere: ['held', 'pending', 'booked', 'entered', 'ticket-taken', 'kept'],
  kept: ['expired', 'cancelled'],
  held: ['renewed', 'pending', 'booked', 'expired'],
  planned: ['code-sent', 'confirmed', 'moved', 'cancelled', 'entered', 'missed', 'expired', 'refused-entry'],
  waiting: ['called', 'receipt-given', 'transferred', 'prioritised', 'returned', 'left', 'cancelled', ...beside],
  called: ['recalled', 'started', 'missed', 'parked', 'transferred', 'returned', 'left', ...beside],
  serving: ['finished', 'parked', 'transferred', 'matter-done', ...beside],
  parked: ['returned', 'called', 'transferred', 'prioritised', 'left', ...beside],
  over: ['missed-undone', 'refused-entry', 'went-out', 'entry-undone'],
}

export function stepProblems(world: World, event: Happened): string[] {
  const { visit: id, kind } = event
  if (id === null) return []
  const standing = world.visits.get(id)
  if (standing === undefined) return [`event ${event.id} speaks of visit ${id}, which is nowhere`]
  const { where, end } = standing
  if (!mayHappen[where].includes(kind)) return [`visit ${id}: ${kind} while ${where}${end === null ? '' : ` (${end.kind})`}`]
  if (kind === 'missed-undone') {
    const late = end?.kind !== 'missed' || event.at - end.at > (world.history.settings['missed-undo-seconds'] ?? 0)
    return late ? [`visit ${id}: taken back, but ${end?.kind ?? 'nothing'} ended it ${event.at - (end?.at ?? 0)} seconds before`] : []
  }
  if (kind === 'recalled' || (kind === 'missed' && where === 'called')) {
    const after = world.history.settings['call-again-after-seconds'] ?? 0
    if (event.at - standing.calledAt < after) return [`visit ${id}: ${kind} ${event.at - standing.calledAt} seconds after the call`]
  }
  if (where === 'planned' && kind === 'cancelled' && event.at >= (world.history.visits.get(id)?.startsAt ?? 0))
    return [`visit ${id}: cancelled after it began`]
  return whoseDesk(world, event)
}

/** A person at a desk is that desk's: no other does anything. */
function whoseDesk({ visits }: World, { visit: id, desk, kind }: Happened): string[] {
  const standing = visits.get(id ?? -1)
  const ofDesk = standing?.where === 'called' || standing?.where === 'serving'
  if (!ofDesk || desk === null || standing.desk === desk) return []
  return [`visit ${id}: ${kind} by desk ${desk}, while desk ${standing.desk} has it`]
}

/** At each call: the desk is staffed and has nobody, and the room no more persons at desks than desks at work. */
export function deskProblems(world: World, event: Happened): string[] {
  const { kind, desk: id, visit, details } = event
  const { history, staffed, visits } = world
  const desk = id === null ? undefined : history.desks.get(id)
  if (id === null || desk === undefined) return []
  const there = [...visits].find(([, standing]) => atDesk(standing.where) && standing.desk === id)
  if (kind === 'desk-closed') {
    const sent = [...visits].find(([, standing]) => standing.forDesk === id && standing.where === 'waiting')
    return [
      ...(there === undefined ? [] : [`desk ${desk.slug} closed while visit ${there[0]} was there`]),
      ...(sent === undefined ? [] : [`desk ${desk.slug} closed while visit ${sent[0]} waits for it alone`]),
    ]
  }
  const brings = kind === 'called' || (kind === 'missed-undone' && details['to'] === 'called')
  if (!brings || visit === null) return []
  const problems: string[] = []
  const session = staffed.get(id)
  if (session === undefined) problems.push(`desk ${desk.slug} called visit ${visit} while nobody worked there`)
  if (session?.paused && kind === 'called') problems.push(`desk ${desk.slug} called visit ${visit} on a break`)
  if (there !== undefined) problems.push(`desk ${desk.slug} called visit ${visit} while visit ${there[0]} was there`)
  const { persons, desks } = inRoom(world, desk.room)
  const come = Math.max(1, (visits.get(visit)?.counted ?? 1) - Number(details['outside'] ?? 0))
  if (persons + come > desks) problems.push(`room ${desk.room}: ${persons + come} persons at ${desks} desks with visit ${visit}`)
  return problems
}

const atDesk = (where: Where): boolean => where === 'called' || where === 'serving'

export function inRoom(
  { history, staffed, visits }: World,
  room: string,
): { persons: number; desks: number; resting: number; free: number } {
  const here = [...staffed].filter(([id]) => history.desks.get(id)?.room === room)
  const present = [...visits.values()].filter(({ where, desk }) => atDesk(where) && history.desks.get(desk ?? -1)?.room === room)
  const taken = new Set(present.map(({ desk }) => desk))
  return {
    persons: present.reduce((sum, { counted }) => sum + Math.max(1, counted), 0),
    desks: here.length,
    resting: here.filter(([, { paused }]) => paused).length,
    // Nobody was called to these; the second person of a party may sit there.
    free: here.filter(([id, { paused }]) => !paused && !taken.has(id)).length,
  }
}

/** When all is over: whoever came in was served, went home or did not answer. */
export function endProblems({ history, visits }: World): string[] {
  const problems: string[] = []
  for (const [id, { where, end, arrived, service, more, counted, forDesk }] of visits) {
    const matters = `${[service, ...more].join(' ')}, ${counted} counted${forDesk === null ? '' : `, sent to desk ${forDesk}`}`
    const { reference, kind } = history.visits.get(id) ?? { reference: '', kind: '' }
    if (where !== 'over' || end === null) problems.push(`visit ${id} (${reference}) is lost: it ends ${where}`)
    else if (arrived > 0 && end.reason === 'day-closed')
      problems.push(`visit ${id} (${reference}) came in and was forgotten until the day was closed: ${matters}`)
    else if (end.kind === 'finished' && end.reason === null) problems.push(`visit ${id} was served without an outcome`)
    else if (arrived > 0 && !['finished', 'left', 'missed'].includes(end.kind) && kind !== 'drop-off' && end.kind !== 'cancelled')
      problems.push(`visit ${id} came in and was ${end.kind}`)
  }
  const { sessions, atDesks, places } = history.left
  if (sessions + atDesks + places > 0)
    problems.push(`after the week ${sessions} desks are staffed, ${atDesks} have somebody, ${places} are planned`)
  return problems
}
