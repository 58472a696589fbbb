/** Ways in which a history can be wrong, each put into a right one, with what a reader must say of it. */
import type { Happened, History, Told } from './reader/index.js'

export interface Read {
  readonly history: History
  readonly told: Told
}

export interface Damage {
  readonly name: string
  /** Null where the week has no such event. */
  readonly does: (read: Read) => Read | null
  readonly says: RegExp
}

type Which = (event: Happened) => boolean
const isKind =
  (...kinds: readonly string[]): Which =>
  ({ kind }) =>
    kinds.includes(kind)

/** The last event of the sort: what comes before it was right. */
function last({ events }: History, which: Which): Happened | null {
  return events.findLast(which) ?? null
}

const events =
  (change: (history: History) => readonly Happened[] | null) =>
  (read: Read): Read | null => {
    const all = change(read.history)
    return all === null ? null : { ...read, history: { ...read.history, events: all } }
  }
const without = (which: Which): Damage['does'] =>
  events((history) => {
    const gone = last(history, which)
    return gone && history.events.filter((event) => event !== gone)
  })
const changed = (which: Which, change: (event: Happened, history: History) => Partial<Happened>): Damage['does'] =>
  events((history) => {
    const found = last(history, which)
    return found && history.events.map((event) => (event === found ? { ...event, ...change(event, history) } : event))
  })
const withHistory =
  (change: (history: History) => Partial<History>) =>
  (read: Read): Read => ({
    ...read,
    history: { ...read.history, ...change(read.history) },
  })
const withTold =
  (change: (told: Told) => Partial<Told>) =>
  (read: Read): Read => ({ ...read, told: { ...read.told, ...change(read.told) } })
const group = (letter: string, change: object) =>
  withHistory(({ groups }) => ({ groups: groups.map((each) => (each.letter === letter ? { ...each, ...change } : each)) }))
const inTurn: Which = ({ kind, details }) => kind === 'called' && details['why'] !== 'picked' && details['why'] !== 'back'
const ofVisit = (event: Happened): boolean => event.visit !== null

export const damages: readonly Damage[] = [
  { name: 'an end is missing', does: without(isKind('finished')), says: /is lost/ },
  {
    name: 'somebody waits until the day is closed',
    does: changed(isKind('finished'), () => ({ kind: 'left', reason: 'day-closed' })),
    says: /left while serving/,
  },
  {
    name: 'somebody who came in is forgotten',
    does: changed(
      (event) => event.kind === 'left' && event.reason === 'went-home',
      () => ({ reason: 'day-closed' }),
    ),
    says: /was forgotten until the day was closed/,
  },
  {
    name: 'somebody is called twice',
    does: events((history) => {
      const called = last(history, inTurn)
      return called && history.events.flatMap((event) => (event === called ? [event, event] : [event]))
    }),
    says: /called while called/,
  },
  { name: 'a desk has two people', does: events(twoAtOneDesk), says: /while visit \d+ was there/ },
  {
    name: 'a desk calls that nobody opened',
    does: events((history) => {
      const called = last(history, inTurn)
      return called && history.events.filter(({ kind, desk }) => kind !== 'desk-opened' || desk !== called.desk)
    }),
    says: /nobody worked there/,
  },
  {
    name: 'a desk calls on a break',
    does: events((history) => {
      const called = last(history, inTurn)
      return (
        called && history.events.flatMap((event) => (event === called ? [{ ...event, kind: 'desk-paused', visit: null }, event] : [event]))
      )
    }),
    says: /on a break/,
  },
  {
    name: 'a room has more people than desks',
    does: withHistory(({ visits }) => ({ visits: new Map([...visits].map(([id, visit]) => [id, { ...visit, persons: 5 }])) })),
    says: /\d+ persons at \d+ desks/,
  },
  {
    name: 'a companion waits outside a room that has a desk',
    does: changed(
      ({ kind, details }) => kind === 'called' && Number(details['outside'] ?? 0) > 0,
      ({ details }) => ({ details: { ...details, outside: 9 } }),
    ),
    says: /companions of visit \d+ were sent outside/,
  },
  {
    name: 'another desk serves',
    does: changed(isKind('started'), ({ desk }, { desks }) => ({ desk: [...desks.keys()].find((id) => id !== desk) ?? null })),
    says: /while desk \d+ has it/,
  },
  { name: 'somebody is called before their turn', does: events(outOfTurn), says: /before visit \d+/ },
  {
    name: 'a call out of turn has no reason',
    does: changed(
      (event) => event.kind === 'called' && event.details['why'] === 'picked',
      () => ({ reason: null }),
    ),
    says: /out of turn without a reason/,
  },
  {
    name: 'a call says another reason',
    does: changed(inTurn, ({ details }) => ({ details: { ...details, why: 'priority!' } })),
    says: /was called as priority!/,
  },
  {
    name: 'a call says another minute',
    does: changed(inTurn, ({ details }) => ({ details: { ...details, due: '2020-01-01T00:00:00Z' } })),
    says: /was called as due/,
  },
  {
    name: 'a desk calls for what it does not handle',
    does: withHistory(({ desks }) => ({ desks: new Map([...desks].map(([id, desk]) => [id, { ...desk, services: [], overflow: [] }])) })),
    says: /which it does not handle/,
  },
  {
    name: 'a call is repeated too soon',
    does: withHistory(({ settings }) => ({ settings: { ...settings, 'call-again-after-seconds': 900 } })),
    says: /seconds after the call/,
  },
  {
    name: 'an end is taken back too late',
    does: withHistory(({ settings }) => ({ settings: { ...settings, 'missed-undo-seconds': 5 } })),
    says: /taken back, but missed ended it/,
  },
  {
    name: 'somebody comes in without a visit',
    does: changed(isKind('entered'), () => ({ visit: null })),
    says: /entered \w+ without a visit/,
  },
  {
    name: 'somebody is admitted for nothing',
    does: changed(
      (event) => event.kind === 'admitted' && !ofVisit(event),
      () => ({ reason: 'passing-by' }),
    ),
    says: /without a visit or a purpose/,
  },
  {
    name: 'somebody comes in at another building',
    does: changed(isKind('entered'), ({ building }) => ({ building: building === 'hall' ? 'annex' : 'hall' })),
    says: /of \w+ entered/,
  },
  {
    name: 'somebody comes in early',
    does: withHistory(({ settings }) => ({ settings: { ...settings, 'entry-early-minutes': 0 } })),
    says: /entered \d+ seconds early/,
  },
  {
    name: 'somebody comes in late',
    does: withHistory(({ settings }) => ({ settings: { ...settings, 'late-minutes': 0 }, provisions: [] })),
    says: /entered \d+ seconds late/,
  },
  {
    name: 'somebody is sent away as too early who is not',
    does: withHistory(({ settings }) => ({ settings: { ...settings, 'entry-early-minutes': 600 } })),
    says: /was too early \d+ seconds before/,
  },
  {
    name: 'a ticket is taken on a day of bookings',
    does: withHistory(({ provisions }) => ({ provisions: provisions.filter(({ scope }) => scope.service === undefined) })),
    says: /when only the booked come in/,
  },
  {
    name: 'more tickets are taken than a day has',
    does: group('A', { walkInsPerDay: 1 }),
    says: /tickets A without an hour on .*, of 1$/m,
  },
  {
    name: 'a ticket is taken after closing',
    does: withHistory(({ hours }) => ({ hours: { ...hours, to: hours.from + 15 } })),
    says: /too late for the day/,
  },
  {
    name: 'a ticket is given twice',
    does: changed(isKind('entered'), ({ details, at }, history) => ({ details: { ...details, ticket: firstTicket(history, at) } })),
    says: /was given to visits/,
  },
  { name: 'a ticket is out of its range', does: group('B', { to: 201 }), says: /is outside 201–201/ },
  { name: 'a number is left out', does: group('A', { from: 0 }), says: /tickets A of .*, from 0/ },
  {
    name: 'the day’s counter counts otherwise',
    does: withHistory(({ walkIns }) => ({ walkIns: walkIns.map((each) => ({ ...each, given: each.given + 1 })) })),
    says: /the counter has/,
  },
  {
    name: 'papers are filed at another minute',
    does: withHistory(({ papers }) => ({ papers: papers.map((each) => ({ ...each, filedAt: each.filedAt + 60 })) })),
    says: /and filed at/,
  },
  { name: 'a correction of the count is missing', does: withoutFirst(isKind('count-corrected')), says: /persons inside is/ },
  {
    name: 'a correction says another count',
    does: changed(isKind('count-corrected'), ({ details }) => ({ details: { ...details, from: 99 } })),
    says: /99 was put right/,
  },
  {
    name: 'somebody who went out is still counted',
    does: withTold(({ figures }) => ({ figures: figures.map((each) => ({ ...each, inside: each.inside + 1 })) })),
    says: /persons inside is/,
  },
  {
    name: 'the open data have another line',
    does: withTold(({ figures }) => ({
      figures: figures.map((each) => ({ ...each, lines: each.lines.map((line) => ({ ...line, waiting: line.waiting + 1 })) })),
    })),
    says: /line A of the open data/,
  },
  {
    name: 'the open data have more desks',
    does: withTold(({ figures }) => ({
      figures: figures.map((each) => ({ ...each, lines: each.lines.map((line) => ({ ...line, desks: line.desks + 1 })) })),
    })),
    says: /number of desks of A/,
  },
  {
    name: 'the open data say another number',
    does: withTold(({ figures }) => ({
      figures: figures.map((each) => ({ ...each, lines: each.lines.map((line) => ({ ...line, current: 'A999' })) })),
    })),
    says: /A999 was called last/,
  },
  {
    name: 'the live room has another line',
    does: withTold(({ figures }) => ({
      figures: figures.map((each) => ({ ...each, room: each.room.map((line) => ({ ...line, waiting: line.waiting + 1 })) })),
    })),
    says: /line A of the live room/,
  },
  {
    name: 'the live room shows another number',
    does: withTold(({ figures }) => ({
      figures: figures.map((each) => ({ ...each, atDesks: each.atDesks.map((desk) => ({ ...desk, ticket: 'A998' })) })),
    })),
    says: /number at desk/,
  },
  { name: 'a message is missing', does: withHistory(({ messages }) => ({ messages: messages.slice(1) })), says: /1 too few/ },
  {
    name: 'a message is written twice',
    does: withHistory(({ messages }) => ({ messages: [...messages, ...messages.slice(0, 1)] })),
    says: /1 too many/,
  },
  { name: 'a booking is made that nobody asked for', does: withTold(({ visits }) => ({ visits: visits.slice(1) })), says: /is nobody’s/ },
  {
    name: 'a booking somebody was told of is nowhere',
    does: withTold(({ visits }) => ({ visits: [...visits, { reference: 'AAAAAAAA', how: 'booked' }] })),
    says: /AAAAAAAA was booked, and is nowhere/,
  },
  {
    name: 'two people have one visit',
    does: withTold(({ visits }) => ({ visits: [...visits, ...visits.slice(0, 1)] })),
    says: /two people were given the same visit/,
  },
  {
    name: 'somebody was let in and it is not written',
    does: changed(isKind('entered'), ({ at }) => ({ at: at - 1 })),
    says: /and nothing is written/,
  },
  { name: 'somebody was sent away and it is not written', does: without(isKind('refused-entry')), says: /sent away and not written/ },
  {
    name: 'a desk is staffed after the week',
    does: withHistory(({ left }) => ({ left: { ...left, sessions: 1 } })),
    says: /1 desks are staffed/,
  },
  {
    name: 'the history names somebody',
    does: changed(isKind('finished'), ({ details }) => ({ details: { ...details, who: 'Osoba Przykładowa1' } })),
    says: /the history names/,
  },
]

function withoutFirst(which: Which): Damage['does'] {
  return events((history) => {
    const gone = history.events.find(which)
    return history.events.filter((event) => event !== gone)
  })
}

/** One of two people at two desks at once is said to be at the other's. */
function twoAtOneDesk({ events: all }: History): readonly Happened[] | null {
  const at = new Map<number, number>()
  for (const [index, event] of all.entries()) {
    const { kind, desk, visit } = event
    if (visit === null || desk === null) continue
    if (inTurn(event)) {
      const [other] = [...at].find(([busy]) => busy !== desk) ?? []
      if (other !== undefined) return all.with(index, { ...event, desk: other })
      at.set(desk, visit)
    } else if (kind !== 'started' && kind !== 'recalled') at.delete(desk)
  }
  return null
}

/** Two people whom one desk called, the second of whom had been waiting: each takes the other's place from there on. */
function outOfTurn({ events: all, visits }: History): readonly Happened[] | null {
  const since = new Map<number, number>()
  const isAlone = ({ visit, details }: Happened): boolean => details['as'] === 'own' && visits.get(visit ?? -1)?.persons === 1
  const calls: { readonly index: number; readonly event: Happened }[] = []
  for (const [index, event] of all.entries()) {
    const { kind, visit, at, desk } = event
    if (visit === null) continue
    if (kind === 'entered' || kind === 'ticket-taken') since.set(visit, at)
    if (!inTurn(event)) continue
    // Called before and sent on: the person did not wait all the while.
    const again = calls.some((each) => each.event.visit === visit)
    const cameAt = again ? Infinity : (since.get(visit) ?? Infinity)
    const before = calls.find((each) => each.event.desk === desk && each.event.at > cameAt && isAlone(each.event))
    calls.push({ index, event })
    const first = before?.event
    if (before === undefined || first === undefined || !isAlone(event) || first.visit === visit) continue
    const other = first.visit
    return all.map((each, position) => {
      if (position < before.index || (each.visit !== other && each.visit !== visit)) return each
      return { ...each, visit: each.visit === other ? visit : other }
    })
  }
  return null
}

function firstTicket({ events: all }: History, at: number): string {
  const day = Math.floor(at / 86_400)
  const entered = all.find(
    (event) => event.kind === 'entered' && Math.floor(event.at / 86_400) === day && typeof event.details['ticket'] === 'string',
  )
  return String(entered?.details['ticket'])
}
