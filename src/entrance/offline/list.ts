/**
 * What a device holds of the day, so that the door goes on without the server: for every visit of the
 * building the answers of all the day, each drawn once. No name, no contact, no reference.
 *
 * Made again at every synchronisation; equal questions are asked once, and what was asked of the same
 * law and the same office stays known.
 */
import { createHmac } from 'node:crypto'
import { instantOf, machineClock, officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { refuse, setting, type Decision } from '../../platform/decision.js'
import { wallTime } from '../../platform/words.js'
import { matterNames, meetingPlace } from '../../booking/index.js'
import type { Directory } from '../../directory/index.js'
import { spacedTicket } from '../../queue/index.js'
import { mayEnter, type RoomLeft, type RuleBook } from '../../regulation/index.js'
import type { Shell } from '../../ui/index.js'
import { buildingCode, type Visit } from '../../visit/index.js'
import { dropOffService } from '../admissions.js'
import { world, type World } from '../facts.js'
import { doorEntries } from '../inside.js'
import { sameScanSeconds, type DoorAnswer } from '../model.js'
import { occupancy } from '../occupancy/room.js'
import { isInside } from '../rules.js'
import { initialsOf } from '../store.js'
import { unitsToChoose } from '../papers/rules.js'
import { toldEnvelope, toldOf, toldOnDevice } from './faces.js'
import type { DoorList, ListedVisit, Said, ToldAnswer, Turn } from './model.js'
import { guardProof } from './guard-proof.js'
import { visitsOfDay } from './store.js'
import { edgesOf, turnsOf, type DecidedTurn } from './turns.js'

/** Persons one visit may bring: an answer is drawn for each number of places fewer than that. */
const personsMax = 9
/** As `src/regulation/rules/entry.ts` has it: the same pass within this time may be two people. */
const samePassMs = 60_000

export async function doorList(
  context: Context,
  asked: { readonly shell: Shell; readonly buildingId: string; readonly accountId: number },
): Promise<DoorList> {
  const { shell, buildingId, accountId } = asked
  const now = context.clock.now()
  const machineAt = machineClock.now().epochMilliseconds
  const day = officeDay(now)
  const known = await world(context)
  const { pool } = context.database
  const [visits, { limits }, { entries }] = await Promise.all([
    visitsOfDay(pool, buildingId, day),
    occupancy(pool, known, buildingId, now),
    doorEntries(context, buildingId, { now, which: 'recent' }),
  ])
  const key = context.secrets.signatureOf('door-list', `${buildingId} ${day}`)
  const hashed = (text: string): string => createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url')
  const answers = drawer(shell, { at: now, buildingId })
  const turns = asking(known, day, buildingId)
  const listed = visits.map(({ visit, last }): ListedVisit => ({
    ...factsOf(known, visit),
    pass: hashed(context.secrets.passToken(visit.id)),
    reference: hashed(visit.reference),
    last: last?.epochMilliseconds ?? null,
    answers: turns(visit).map(({ from, decision, text }): Turn => [from, answers.of(decision, visit, text)]),
  }))
  const unbooked = turns(null)
  return {
    building: buildingId,
    guard: guardProof(context, { accountId, buildingId, day }),
    at: now.epochMilliseconds,
    machineAt,
    until: instantOf(day.add({ days: 1 }), 0).epochMilliseconds,
    time: wallTime(now),
    key: key.toString('base64url'),
    passKeys: context.secrets.passKeys,
    code: buildingCode(buildingId),
    elsewhere: elsewhere(known, answers, buildingId),
    sameScanMs: sameScanSeconds * 1_000,
    samePassMs,
    visits: listed,
    unbooked: unbooked.map(({ from, decision }): Turn => [from, answers.of(decision, null)]),
    documents: turns(null, 'drop-off').map(({ from, decision }): Turn => [
      from,
      decision.allowed ? answers.add(toldEnvelope(shell, decision)) : answers.of(decision, null),
    ]),
    units: unitsToChoose(known.office).map(({ id, name }) => ({ id, name })),
    sorts: sortingUnit(known, buildingId),
    inside: entries
      .filter((entry) => entry.leftAt === null && entry.undoneAt === null)
      .map((entry) => ({
        entry: entry.id,
        visit: entry.visitId,
        time: wallTime(entry.at),
        label: `${shell.t(`entrance-staff.purpose.${entry.purpose}`)} ${entry.ticket === null ? '' : spacedTicket(entry.ticket)}`.trim(),
        persons: entry.counted ? entry.persons : 0,
      })),
    room: limits.map((limit) => ({ left: limit.left, full: fullAnswers(answers, limit) })),
    said: saidAnswers(known, answers, shell, { buildingId, now }),
    answers: answers.all,
  }
}

interface AskedOfDay {
  readonly office: Directory
  readonly day: string
  readonly edges: readonly number[]
  readonly turns: Map<string, readonly DecidedTurn[]>
}

/** What was asked of a law, an office and a day: a cache, since the answers hang on nothing else. */
const askedOf = new WeakMap<RuleBook, AskedOfDay>()

function askedOfDay(known: World, day: Temporal.PlainDate): AskedOfDay {
  const before = askedOf.get(known.book)
  if (before !== undefined && before.office === known.office && before.day === day.toString()) return before
  const fresh = { office: known.office, day: day.toString(), edges: edgesOf(known, day), turns: new Map<string, readonly DecidedTurn[]>() }
  askedOf.set(known.book, fresh)
  return fresh
}

type Asking = (visit: Visit | null, purpose?: 'visit' | 'drop-off') => readonly DecidedTurn[]

/** Asks once for each kind of visit: one of the same matter, start and state is answered alike. */
function asking(known: World, day: Temporal.PlainDate, buildingId: string): Asking {
  const { edges, turns } = askedOfDay(known, day)
  return (visit, purpose = 'visit') => {
    const name = `${buildingId} ${visit === null ? purpose : `${visit.state} ${visit.serviceId} ${visit.startsAt.epochMilliseconds}`}`
    const made = turns.get(name) ?? turnsOf(known, { question: { buildingId, purpose, visit, last: null }, day, edges })
    turns.set(name, made)
    return made
  }
}

function factsOf({ office }: World, visit: Visit): Omit<ListedVisit, 'pass' | 'reference' | 'last' | 'answers'> {
  return {
    visit: visit.id,
    starts: visit.startsAt.epochMilliseconds,
    persons: visit.persons,
    time: wallTime(visit.startsAt),
    matter: matterNames(office, visit).join('; '),
    room: visit.roomId === null ? null : (office.rooms.get(visit.roomId)?.number ?? null),
    meeting: meetingPlace(office, visit),
    initials: visit.person.name === null ? null : initialsOf(visit.person.name),
    expected: visit.kind === 'booked' && (visit.state === 'booked' || visit.state === 'pending'),
    inside: isInside(visit.state),
  }
}

interface Drawer {
  readonly all: readonly ToldAnswer[]
  /** The index of the answer, drawn when it is new; `text` is the decision as text, where it is known. */
  of(decision: Decision, visit: Visit | null, text?: string): number
  add(answer: ToldAnswer): number
}

function drawer(shell: Shell, { at, buildingId }: { at: Temporal.Instant; buildingId: string }): Drawer {
  const all: ToldAnswer[] = []
  const drawn = new Map<string, number>()
  const add = (answer: ToldAnswer): number => all.push(answer) - 1
  return {
    all,
    add,
    of(decision, visit, text = JSON.stringify(decision)) {
      // The word of a missed visit hangs on whether it was called.
      const name = `${text} ${visit?.state === 'missed' && visit.calledCount > 0}`
      const answer: DoorAnswer = { decision, at, buildingId, purpose: 'visit', visit, entry: null, repeated: false }
      const index = drawn.get(name) ?? add(toldOf(shell, answer))
      drawn.set(name, index)
      return index
    },
  }
}

/** The unit that sorts envelopes left here, by name; empty where none are taken. */
function sortingUnit(known: World, buildingId: string): string {
  const service = dropOffService(known, buildingId)
  return service === null ? '' : (known.office.units.get(service.unitId)?.name ?? '')
}

/** Passes of the other buildings, by their code. */
function elsewhere({ office }: World, answers: Drawer, buildingId: string): Record<string, number> {
  const others = [...office.buildings.values()].filter(({ id }) => id !== buildingId)
  return Object.fromEntries(
    others.map(({ id, address }) => [
      buildingCode(id),
      answers.of(refuse('wrong-building', [], [{ kind: 'go-to', values: { address } }], { address }), null),
    ]),
  )
}

/** What is said with so many places left, from none to one fewer than the largest party needs. */
function fullAnswers(answers: Drawer, { of, limit, basis }: RoomLeft): number[] {
  const code = of === 'inside' ? 'building-full' : 'line-full'
  return Array.from({ length: personsMax }, (_, left) =>
    answers.of(
      refuse(code, basis, [{ kind: 'wait-outside', values: { places: left } }], { limit, inside: Math.max(0, limit - left), left }),
      null,
    ),
  )
}

function saidAnswers(
  { book, office }: World,
  answers: Drawer,
  shell: Shell,
  asked: { buildingId: string; now: Temporal.Instant },
): Record<Said, number> {
  const { buildingId, now } = asked
  // What is said to whoever is inside hangs on the minute of the last entry alone.
  const inside = (lastEntryAt: Temporal.Instant | null): number => {
    const visit = { state: 'arrived', serviceId: '', buildingId, startsAt: now, lastEntryAt }
    return answers.of(mayEnter(book, office, { buildingId, purpose: 'visit', at: now, visit }), null)
  }
  const onDevice = (code: string, shape: ToldAnswer['shape']): number => answers.add(toldOnDevice(shell, code, shape))
  const times = { time: '{time}', date: '{date}' }
  const minutes = office.office.settings['late-minutes']
  const ring = { kind: 'call-office', phone: office.office.phone }
  return {
    back: inside(null),
    twice: inside(now),
    signed: onDevice('signed', 'yes'),
    early: answers.of(refuse('too-early', [setting('entry-early-minutes')], [{ kind: 'come-back-at', values: times }], times), null),
    late: answers.of(refuse('too-late', [setting('late-minutes')], [ring], { minutes }), null),
    'coming-day': answers.of(refuse('another-day', [], [{ kind: 'come-that-day', values: times }], times), null),
    'past-day': answers.of(refuse('another-day', [], [ring], times), null),
    'not-listed': onDevice('not-listed', 'no'),
    unreadable: onDevice('unreadable', 'no'),
    changed: onDevice('changed', 'no'),
    surname: onDevice('surname', 'no'),
  }
}
