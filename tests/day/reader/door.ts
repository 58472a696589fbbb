/** That nobody comes in whom the acts of the day do not let in, and nobody is sent away whom they do; tickets and papers. */
import type { Happened, History, ProvisionFacts } from './history.js'
import { wallAt, type World } from './state.js'

/** People who are no clients. */
const others = new Set(['staff', 'delivery', 'emergency', 'official', 'companion', 'interpreter'])

/** The rule of a kind that holds for a matter on a day: of the newest act that speaks of it. */
function ruleOf({ provisions }: History, kind: string, day: string, service: string | null): ProvisionFacts | undefined {
  return provisions
    .filter(
      ({ kind: own, from, scope }) => own === kind && from <= day && (scope.service === undefined || scope.service.includes(service ?? '')),
    )
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
}

const withoutBooking = (history: History, day: string, service: string): boolean =>
  ruleOf(history, 'admission', day, service)?.parameters['mode'] === 'booking-optional'

export function doorProblems(world: World, event: Happened): string[] {
  switch (event.kind) {
    case 'entered':
      return entered(world, event)
    case 'ticket-taken':
      return ticketTaken(world, event)
    case 'admitted':
      return event.visit !== null || others.has(event.reason ?? '')
        ? []
        : [`somebody was admitted at ${event.building} without a visit or a purpose`]
    case 'refused-entry':
      return refused(world, event)
    default:
      return []
  }
}

function entered({ history, visits }: World, { visit: id, building, at, reason, details }: Happened): string[] {
  const visit = history.visits.get(id ?? -1)
  if (visit === undefined) return [`somebody entered ${building} without a visit`]
  const problems: string[] = []
  const { day, minute } = wallAt(at)
  if (visit.building !== building) problems.push(`visit ${visit.id} of ${visit.building} entered ${building}`)
  if (visit.kind === 'drop-off') {
    const open = history.hours
    if (!history.services.get(visit.service)?.dropOff) problems.push(`visit ${visit.id} leaves papers where none are taken`)
    if (minute < open.from || minute >= open.to) problems.push(`papers of visit ${visit.id} were taken at minute ${minute}`)
    return problems
  }
  if (visit.kind !== 'booked') return [`visit ${visit.id} entered as ${visit.kind}`]
  // A guard who lets in against the answer says why.
  if (details['override'] === true) return reason === null ? [`visit ${visit.id} was let in against the answer without a reason`] : problems
  if (wallAt(visit.startsAt).day !== day) problems.push(`visit ${visit.id} of ${wallAt(visit.startsAt).day} entered on ${day}`)
  const early = visit.startsAt - at
  const service = visits.get(visit.id)?.service ?? visit.service
  if (early > 60 * (history.settings['entry-early-minutes'] ?? 0)) problems.push(`visit ${visit.id} entered ${early} seconds early`)
  if (-early > 60 * (history.settings['late-minutes'] ?? 0) && !withoutBooking(history, day, service))
    problems.push(`visit ${visit.id} entered ${-early} seconds late`)
  return problems
}

function ticketTaken({ history, visits }: World, { visit: id, at, building }: Happened): string[] {
  const visit = history.visits.get(id ?? -1)
  const matters = visits.get(id ?? -1)
  if (visit === undefined || matters === undefined || visit.kind !== 'walk-in') return [`a ticket was taken at ${building} without a visit`]
  const { day, minute } = wallAt(at)
  const open = history.hours
  const takes = [matters.service, ...matters.more].reduce((sum, each) => sum + (history.services.get(each)?.minutes ?? 0), 0)
  const problems: string[] = []
  if (visit.building !== building) problems.push(`a ticket of ${visit.building} was taken at ${building}`)
  if (!withoutBooking(history, day, matters.service))
    problems.push(`visit ${visit.id} took a ticket for ${matters.service} on ${day}, when only the booked come in`)
  if (minute < open.from || minute + takes > open.to)
    problems.push(`visit ${visit.id} took a ticket at minute ${minute}, too late for the day`)
  return problems
}

/** Nobody is sent away as too early or too late who is neither, nor from a full building that has room. */
function refused({ history, visits }: World, { visit: id, reason, at }: Happened): string[] {
  const visit = history.visits.get(id ?? -1)
  if (reason === 'wrong-building' && visit === undefined) return ['somebody without a visit was sent to another building']
  if (reason !== 'too-early' && reason !== 'too-late') return []
  if (visit === undefined) return [`somebody without a visit was ${reason}`]
  // The visit may have been moved since, by the guard who gave another time.
  const { where } = visits.get(visit.id) ?? {}
  if (reason === 'too-late' || where !== 'planned') return []
  const early = visit.startsAt - at
  return early > 60 * (history.settings['entry-early-minutes'] ?? 0)
    ? []
    : [`visit ${visit.id} was too early ${early} seconds before its time`]
}

/** Tickets: each once a day, in the range of its letter, none left out; no more without an hour than the day has. */
export function ticketProblems({ history, visits }: World, firstServices: ReadonlyMap<number, string>): string[] {
  const problems: string[] = []
  const given = new Map<string, number[]>()
  const walkIns = new Map<string, number>()
  const owner = new Map<string, number>()
  for (const { kind, visit: id, at, details } of history.events) {
    const ticket = details['ticket']
    if ((kind !== 'entered' && kind !== 'ticket-taken') || typeof ticket !== 'string' || id === null) continue
    const { day } = wallAt(at)
    const letter = ticket.charAt(0)
    const before = owner.get(`${day} ${ticket}`)
    if (before !== undefined && before !== id) problems.push(`ticket ${ticket} of ${day} was given to visits ${before} and ${id}`)
    const own = history.services.get(firstServices.get(id) ?? '')?.letter
    if (own !== letter) problems.push(`visit ${id} has ticket ${ticket}, its letter is ${own}`)
    if (history.visits.get(id)?.ticket !== ticket)
      problems.push(`visit ${id} was given ${ticket} and has ${history.visits.get(id)?.ticket}`)
    if (before === undefined) given.set(`${day} ${letter}`, [...(given.get(`${day} ${letter}`) ?? []), Number(ticket.slice(1))])
    owner.set(`${day} ${ticket}`, id)
    if (kind === 'ticket-taken') walkIns.set(`${day} ${letter}`, (walkIns.get(`${day} ${letter}`) ?? 0) + 1)
  }
  for (const [key, numbers] of given) problems.push(...seriesProblems(history, key, numbers))
  for (const [key, count] of walkIns) {
    const [day, letter] = key.split(' ')
    const most = history.groups.find((group) => group.letter === letter)?.walkInsPerDay ?? Infinity
    const counted = history.walkIns.find((each) => each.day === day && each.letter === letter)?.given
    if (count > most) problems.push(`${count} tickets ${letter} without an hour on ${day}, of ${most}`)
    if (counted !== count) problems.push(`${count} tickets ${letter} without an hour on ${day}, the counter has ${counted}`)
  }
  for (const [id, { arrived }] of visits)
    if (arrived > 0 && history.visits.get(id)?.ticket === null) problems.push(`visit ${id} waited without a ticket`)
  return problems
}

function seriesProblems({ groups, lastTickets }: History, key: string, numbers: readonly number[]): string[] {
  const [day, letter] = key.split(' ')
  const { from = 1, to = 999 } = groups.find((group) => group.letter === letter) ?? {}
  const most = Math.max(...numbers)
  const problems = numbers
    .filter((each) => each < from || each > to)
    .map((each) => `ticket ${letter}${each} of ${day} is outside ${from}–${to}`)
  if (most - from + 1 !== numbers.length) problems.push(`tickets ${letter} of ${day}: ${numbers.length} up to ${most}, from ${from}`)
  const last = lastTickets.find((each) => each.day === day && each.letter === letter)?.last
  if (last !== most) problems.push(`tickets ${letter} of ${day}: the last is ${most}, the counter has ${last}`)
  return problems
}

/** Each envelope has one receipt, filed at the minute it was left. */
export function paperProblems({ history, visits }: World): string[] {
  const problems: string[] = []
  const receipts = new Set<unknown>()
  for (const { kind, visit: id, at, details } of history.events) {
    if (kind !== 'receipt-given' || id === null) continue
    if (receipts.has(details['receipt'])) problems.push(`receipt ${String(details['receipt'])} was given twice`)
    receipts.add(details['receipt'])
    const filed = history.papers.find(({ visit }) => visit === id)?.filedAt
    const undone = visits.get(id)?.end?.kind === 'cancelled'
    if (!undone && filed !== at) problems.push(`papers of visit ${id} were left at ${at} and filed at ${filed}`)
    if (undone && filed !== undefined) problems.push(`papers of visit ${id} were taken back and are filed`)
  }
  return problems
}
