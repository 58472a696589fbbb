/** That the program's own figures are what the events add up to, and that people were told what happened. */
import type { Happened, History } from './history.js'
import { personsInside, wallAt, type World } from './state.js'

/** What the views said of a building at a moment at which nothing else happened. */
export interface SaidFigures {
  readonly at: number
  readonly building: string
  readonly inside: number
  readonly waiting: number
  readonly lines: readonly { readonly letter: string; readonly waiting: number; readonly desks: number; readonly current: string | null }[]
  readonly room: readonly { readonly letter: string; readonly waiting: number }[]
  readonly atDesks: readonly { readonly desk: string; readonly ticket: string | null; readonly state: string | null }[]
}

/** What people were told, beside the history. */
export interface Told {
  readonly visits: readonly { readonly reference: string; readonly how: 'booked' | 'ticket' | 'papers' }[]
  readonly letIn: readonly { readonly reference: string; readonly at: number }[]
  readonly sentAway: readonly { readonly reference: string | null; readonly building: string; readonly code: string; readonly at: number }[]
  readonly figures: readonly SaidFigures[]
  /** Who was spoken of by some command at a moment, whether or not it changed anything. */
  readonly spokenOf: readonly { readonly reference: string; readonly at: number }[]
  readonly disagreements: readonly string[]
  /** Names that must never be found in the history. */
  readonly names: readonly string[]
}

/** Counted persons inside by the events: in less out, put right by who counted heads. */
function insideNow(world: World, building: string, at: number): number {
  return Math.max(0, personsInside(world, building) + (world.corrections.get(`${building} ${wallAt(at).day}`) ?? 0))
}

export function figureProblems(world: World, said: SaidFigures): string[] {
  const { history, visits, staffed, lastCalled } = world
  const { building, at } = said
  const problems: string[] = []
  const differs = (what: string, figure: unknown, events: unknown): void => {
    if (figure !== events) problems.push(`${building} at ${at}: ${what} is ${String(figure)}, by the events ${String(events)}`)
  }
  differs('persons inside', said.inside, insideNow(world, building, at))
  differs('persons who wait', said.waiting, personsInside(world, building, 'waiting'))
  const waiting = new Map<string, number>()
  for (const [id, { where, service }] of visits) {
    const letter = history.services.get(service)?.letter ?? ''
    if (where === 'waiting' && history.visits.get(id)?.building === building) waiting.set(letter, (waiting.get(letter) ?? 0) + 1)
  }
  for (const { letter, waiting: figure } of said.room) differs(`line ${letter} of the live room`, figure, waiting.get(letter) ?? 0)
  for (const line of said.lines) {
    const { letter } = line
    differs(`line ${letter} of the open data`, line.waiting, waiting.get(letter) ?? 0)
    const desks = [...staffed].filter(([id, { paused }]) => {
      const desk = history.desks.get(id)
      return !paused && desk?.building === building && desk.services.some((each) => history.services.get(each)?.letter === letter)
    })
    differs(`number of desks of ${letter}`, line.desks, desks.length)
    const last = lastCalled.get(`${building} ${letter}`)
    const today = last !== undefined && wallAt(last.at).day === wallAt(at).day ? last : undefined
    if (today === undefined ? line.current !== null : !today.tickets.has(line.current ?? ''))
      problems.push(
        `${building} at ${at}: ${line.current} was called last of ${letter}, by the events ${[...(today?.tickets ?? [])].join(' or ')}`,
      )
  }
  for (const { desk: slug, ticket, state } of said.atDesks) {
    const desk = [...history.desks.values()].find((each) => each.slug === slug)
    const here = [...visits].find(([, each]) => each.desk === desk?.id && (each.where === 'called' || each.where === 'serving'))
    // The second person of a party sits at a desk that called nobody.
    if (here === undefined && ticket !== null && isParty(world, ticket, at)) continue
    differs(`number at desk ${slug}`, ticket, here === undefined ? null : (history.visits.get(here[0])?.ticket ?? null))
    differs(`state at desk ${slug}`, state, here?.[1].where ?? null)
  }
  return problems
}

function isParty({ history, visits }: World, ticket: string, at: number): boolean {
  const { day } = wallAt(at)
  return [...visits].some(
    ([id, { counted, where, arrived }]) =>
      history.visits.get(id)?.ticket === ticket &&
      wallAt(arrived).day === day &&
      counted > 1 &&
      (where === 'called' || where === 'serving'),
  )
}

/** Whoever counts heads is told what the events say. */
export function correctionProblems(world: World, event: Happened): string[] {
  const { kind, building, at, details } = event
  if (kind !== 'count-corrected' || building === null) return []
  const inside = insideNow(world, building, at)
  return details['from'] === inside
    ? []
    : [`${building} at ${at}: ${String(details['from'])} was put right, by the events ${inside} were inside`]
}

const messageOf: Readonly<Record<string, string>> = {
  pending: 'visit-pending',
  'code-sent': 'visit-pending',
  booked: 'visit-booked',
  confirmed: 'visit-booked',
  moved: 'visit-moved',
  cancelled: 'visit-cancelled',
}

/** One message for each change of a booked visit, and none for anything else. */
export function messageProblems({ events, visits, messages }: History): string[] {
  const due = new Map<string, number>()
  const count = (key: string, by: number): void => void due.set(key, (due.get(key) ?? 0) + by)
  for (const { kind, visit } of events) {
    const message = messageOf[kind]
    if (visit !== null && message !== undefined && visits.get(visit)?.kind === 'booked') count(`${message} of visit ${visit}`, 1)
  }
  for (const { kind, visit } of messages) if (Object.values(messageOf).includes(kind)) count(`${kind} of visit ${visit}`, -1)
  return [...due].filter(([, left]) => left !== 0).map(([what, left]) => `${what}: ${Math.abs(left)} ${left > 0 ? 'too few' : 'too many'}`)
}

const kindOf = { booked: 'booked', ticket: 'walk-in', papers: 'drop-off' } as const

/** Everybody who was told something has it, and nobody has what nobody was told. */
export function toldProblems({ history, visits }: World, told: Told): string[] {
  const problems = [...told.disagreements]
  const byReference = new Map([...history.visits.values()].map((visit) => [visit.reference, visit]))
  const known = new Map(told.visits.map(({ reference, how }) => [reference, how]))
  if (known.size !== told.visits.length) problems.push('two people were given the same visit')
  for (const [reference, how] of known) {
    const visit = byReference.get(reference)
    if (visit?.kind !== kindOf[how]) problems.push(`${reference} was ${how}, and is ${visit?.kind ?? 'nowhere'}`)
  }
  for (const { reference, kind, id } of history.visits.values()) {
    const lapsed = visits.get(id)?.end?.kind === 'expired'
    if (kind !== 'kept' && !known.has(reference) && !lapsed) problems.push(`visit ${id} (${kind}) is nobody’s`)
  }
  const arrivals = new Set(
    history.events.flatMap(({ kind, visit, at }) => (kind === 'entered' || kind === 'admitted' ? [`${visit} ${at}`] : [])),
  )
  for (const { reference, at } of told.letIn)
    if (!arrivals.has(`${byReference.get(reference)?.id} ${at}`)) problems.push(`${reference} was let in at ${at}, and nothing is written`)
  return [...problems, ...refusalProblems(history, told), ...nameProblems(history, told.names)]
}

const refusalKey = (reference: string | null, building: string | null, code: string | null, at: number): string =>
  `${reference} ${building} ${code} ${at}`

/** Whoever was sent away is in the history, with the code that was said. */
function refusalProblems({ events, visits }: History, { sentAway }: Told): string[] {
  const counted = new Map<string, number>()
  for (const each of sentAway)
    counted.set(
      refusalKey(each.reference, each.building, each.code, each.at),
      (counted.get(refusalKey(each.reference, each.building, each.code, each.at)) ?? 0) + 1,
    )
  for (const { kind, visit, building, reason, at } of events) {
    if (kind !== 'refused-entry') continue
    const what = refusalKey(visit === null ? null : (visits.get(visit)?.reference ?? ''), building, reason, at)
    counted.set(what, (counted.get(what) ?? 0) - 1)
  }
  return [...counted]
    .filter(([, left]) => left !== 0)
    .map(([what, left]) => `sent away ${left > 0 ? 'and not written' : 'by nobody'}: ${what}`)
}

function nameProblems({ events }: History, names: readonly string[]): string[] {
  const all = JSON.stringify(events)
  return names.filter((name) => all.includes(`${name}"`)).map((name) => `the history names ${name}`)
}
