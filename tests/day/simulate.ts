/**
 * A working day of the Leszno office, minute by minute, through the real actions: bookings on the
 * Monday before (on the web, by phone, and by a clerk from a request), the doors of both buildings,
 * and every desk.
 *
 * One thing happens at a time, so that a seed gives the same day again; what happens when two press
 * at once is the business of the race tests. Every button is now and then pressed twice.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { book, bookFromRequest, cancel, confirmHold, hold, makeRequest, type Outcome } from '../../src/booking/index.js'
import { answer as ask, dropOff, enter, notClient, recordRefusal } from '../../src/entrance/index.js'
import { instantOf } from '../../src/platform/clock.js'
import { callNext, finish, missed, openDesk, recall, start } from '../../src/queue/index.js'
import { closeDay } from '../../src/visit/index.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import { confirmed } from '../support/confirming.js'
import { drawPeople, type SimulatedPerson } from './people.js'

/** The web gives times from the first day of the ordinance on (§ 1 ust. 3); people book then for a week later. */
const weekBefore = Temporal.PlainDate.from('2020-05-25')
const monday = Temporal.PlainDate.from('2020-06-01')
const doorsOpen = 7 * 60 + 15
const lastMinute = 17 * 60
/** Matters at Wałowa 5 that people of the simulated day come for; one takes two persons. Three are booked on the web (§ 1 ust. 3). */
const matters = {
  web: ['rejestracja-pojazdow', 'nabycie-zbycie-pojazdu', 'wydanie-praw-jazdy'],
  other: ['dowody-osobiste', 'zaswiadczenia-ewidencja-ludnosci', 'usc-zaswiadczenie-do-malzenstwa'],
} as const

/** The test office of a simulated day. */
type Office = Awaited<ReturnType<typeof testLeszno>>

export interface SimulatedDay {
  readonly office: Office
  readonly people: readonly SimulatedPerson[]
  /** What each person met, in order, as codes: the plan against which the history is read. */
  readonly diary: ReadonlyMap<number, readonly string[]>
  /** Reference of each person's visit, once there is one. */
  readonly references: ReadonlyMap<number, string>
}

interface Day {
  readonly office: Office
  readonly guard: number
  readonly clerk: number
  readonly diary: Map<number, string[]>
  readonly references: Map<number, string>
  readonly atMinute: Map<number, (() => Promise<void>)[]>
  readonly answersCalls: Map<string, boolean>
  /** People let in and not yet called: a clerk looks at the list before calling. */
  waiting: number
}

export async function simulateDay(seed: number, count: number): Promise<SimulatedDay> {
  const office = await testLeszno({ at: instantOf(weekBefore, 9 * 60) })
  const people = drawPeople(seed, count, matters)
  const day: Day = {
    office,
    guard: (await signedIn(office.context, 'guard')).accountId,
    clerk: (await signedIn(office.context, 'service-office')).accountId,
    diary: new Map(people.map((person) => [person.number, []])),
    references: new Map(),
    atMinute: new Map(),
    answersCalls: new Map(),
    waiting: 0,
  }
  for (const person of people) await plan(day, person)
  office.clock.moveTo(instantOf(monday, doorsOpen))
  const desks = await openDesks(day)
  for (let minute = doorsOpen; minute <= lastMinute; minute++) {
    office.clock.moveTo(instantOf(monday, minute))
    for (const act of day.atMinute.get(minute) ?? []) await act()
    for (const desk of desks) await desk(minute)
  }
  await closeDay(office.context, monday, office.clock.now())
  return { office, people, diary: day.diary, references: day.references }
}

/** Books where the person books, and puts what the person will do on the calendar of the day. */
async function plan(day: Day, person: SimulatedPerson): Promise<void> {
  const { habit, wishMinute, luck } = person
  const write = (line: string): void => void day.diary.get(person.number)?.push(line)
  const later = (minute: number, act: () => Promise<void>): void => {
    const at = Math.min(Math.max(minute, doorsOpen), lastMinute)
    day.atMinute.set(at, [...(day.atMinute.get(at) ?? []), act])
  }
  const door = (minute: number, building: string): void => later(minute, () => comeToDoor(day, person, building, write))
  switch (habit) {
    case 'courier':
    case 'companion':
      return later(wishMinute, () => admitOther(day, habit, write))
    case 'drop-off':
      return later(wishMinute, () => leavePapers(day, 'karasia-15', write))
    case 'drop-off-elsewhere':
      return later(wishMinute, () => leavePapers(day, 'walowa-5', write))
    case 'unbooked':
    case 'made-up-code':
      return door(wishMinute, 'walowa-5')
    case 'punctual':
    case 'too-early':
    case 'late':
    case 'very-late':
    case 'no-show':
    case 'wrong-building':
    case 'cancels':
    case 'does-not-answer':
  }
  const minute = await bookSomeTime(day, person, write)
  if (minute === null) return
  day.answersCalls.set(day.references.get(person.number) as string, habit !== 'does-not-answer')
  switch (habit) {
    case 'no-show':
      return
    case 'cancels':
      return later(minute - 60, () => cancelVisit(day, person, write))
    case 'too-early':
      door(minute - 40, 'walowa-5')
      return door(minute - 5, 'walowa-5')
    case 'late':
      return door(minute + 8, 'walowa-5')
    case 'very-late':
      return door(minute + 25, 'walowa-5')
    case 'wrong-building':
      door(minute - 10, 'karasia-15')
      return door(minute, 'walowa-5')
    case 'punctual':
    case 'does-not-answer':
      return door(minute - Math.floor(luck() * 12), 'walowa-5')
  }
}

async function bookSomeTime(day: Day, person: SimulatedPerson, write: (line: string) => void): Promise<number | null> {
  const request = person.channel === 'request' ? await sendRequest(day, person) : null
  for (let attempt = 0; attempt < 30; attempt++) {
    const minute = attempt === 0 ? person.wishMinute : 7 * 60 + 30 + 10 * Math.floor(person.luck() * 44)
    const outcome = await bookTime(day, person, instantOf(monday, minute), request)
    if (outcome.allowed) {
      day.references.set(person.number, outcome.reference)
      write(`booked ${minute}`)
      return minute
    }
    write(`not-booked ${outcome.code}`)
  }
  return null
}

/** By the channel of the person: hold and confirm on the web, a clerk with the caller or with the request. */
async function bookTime(day: Day, person: SimulatedPerson, at: Temporal.Instant, request: string | null): Promise<Outcome> {
  const { context } = day.office
  const { serviceId, name, channel, number } = person
  const actor = `account:${day.clerk}` as const
  if (request !== null) return bookFromRequest(context, { reference: request, start: at, actor, key: randomUUID() })
  if (channel === 'web') {
    const held = await hold(context, { serviceId, start: at })
    if (!held.allowed) return held
    const owner = { name, email: `osoba${number}@example.pl`, phone: null }
    const waiting = await confirmHold(context, { reference: held.reference, person: owner, key: randomUUID() })
    return waiting.allowed ? confirmed(context, held.reference) : waiting
  }
  return book(context, { serviceId, start: at, channel: 'phone', person: { name, email: null, phone: null }, actor, key: randomUUID() })
}

async function sendRequest(day: Day, { serviceId, name, number }: SimulatedPerson): Promise<string> {
  const person = { name, email: `osoba${number}@example.pl`, phone: null }
  const sent = await makeRequest(day.office.context, { serviceId, times: [], person, key: randomUUID() })
  assert.ok(sent.allowed, `a request is always taken, not ${sent.code}`)
  return sent.reference
}

async function cancelVisit(day: Day, person: SimulatedPerson, write: (line: string) => void): Promise<void> {
  const outcome = await cancel(day.office.context, {
    reference: day.references.get(person.number) as string,
    actor: 'citizen',
    reason: 'citizen-wish',
    channel: 'web',
  })
  write(outcome.allowed ? 'cancelled' : outcome.code)
}

/** Comes to a door with what the person has; a guard lets in or writes down that nobody was let in. Some passes are scanned twice. */
async function comeToDoor(day: Day, person: SimulatedPerson, buildingId: string, write: (line: string) => void): Promise<void> {
  const { context } = day.office
  const now = context.clock.now()
  const code = day.references.get(person.number) ?? (person.habit === 'made-up-code' ? 'ZZZZZZZZ' : null)
  const command = { buildingId, code: code ?? '', accountId: day.guard, now }
  const answer = code === null ? await ask(context, { buildingId, purpose: 'visit', code, at: now }) : await enter(context, command)
  if (answer.entry !== null) day.waiting += 1
  if (answer.decision.allowed && person.luck() < 0.2) await enter(context, command)
  if (!answer.decision.allowed) await recordRefusal(context, { answer, accountId: day.guard })
  write(`door ${buildingId} ${answer.decision.code}`)
}

async function leavePapers(day: Day, buildingId: string, write: (line: string) => void): Promise<void> {
  const { context } = day.office
  const answer = await dropOff(context, { buildingId, accountId: day.guard, now: context.clock.now(), key: randomUUID() })
  if (!answer.decision.allowed) await recordRefusal(context, { answer, accountId: day.guard })
  if (answer.visit !== null) {
    day.answersCalls.set(answer.visit.reference, true)
    day.waiting += 1
  }
  write(`door ${buildingId} ${answer.decision.code}`)
}

async function admitOther(day: Day, habit: 'courier' | 'companion', write: (line: string) => void): Promise<void> {
  const { context } = day.office
  const purpose = habit === 'courier' ? 'delivery' : 'companion'
  const answer = await notClient(context, {
    buildingId: 'walowa-5',
    accountId: day.guard,
    now: context.clock.now(),
    purpose,
    key: randomUUID(),
  })
  write(`door walowa-5 ${answer.decision.code}`)
}

/** Opens every desk of both buildings; what comes back is what each desk does in a minute. */
async function openDesks(day: Day): Promise<readonly ((minute: number) => Promise<void>)[]> {
  const { context, directory } = day.office
  const desks = [...directory.desks.values()].filter((desk) => ['walowa-5', 'karasia-15'].includes(desk.buildingId))
  const acts: ((minute: number) => Promise<void>)[] = []
  for (const desk of desks.toSorted((a, b) => (a.slug < b.slug ? -1 : 1))) {
    const { accountId } = await signedIn(context, 'desk', { deskId: desk.id })
    const command = { desk: desk.slug, actor: `account:${accountId}` as const }
    await openDesk(context, { ...command, accountId, now: context.clock.now() })
    acts.push(deskWork(day, command))
  }
  return acts
}

type Work =
  | { readonly kind: 'free' }
  | { readonly kind: 'called'; readonly reference: string; readonly since: number; readonly again: boolean }
  | { readonly kind: 'serving'; readonly reference: string; readonly until: number }

/** What a clerk does: call, wait a minute, call again, give up; or serve for some minutes, and press now and then twice. */
function deskWork(day: Day, command: { readonly desk: string; readonly actor: `account:${number}` }): (minute: number) => Promise<void> {
  const { context } = day.office
  let work: Work = { kind: 'free' }
  let turns = 0
  return async (minute) => {
    const now = context.clock.now()
    turns += 1
    switch (work.kind) {
      case 'free': {
        if (day.waiting === 0) return
        const answer = await callNext(context, { ...command, now, key: randomUUID() })
        if (!answer.allowed || answer.visit === null) return
        day.waiting -= 1
        work = { kind: 'called', reference: answer.visit.reference, since: minute, again: false }
        return
      }
      case 'called': {
        const { reference, since, again } = work
        if (day.answersCalls.get(reference) !== false) {
          await start(context, { ...command, now, reference })
          if (turns % 3 === 0) await start(context, { ...command, now, reference })
          work = { kind: 'serving', reference, until: minute + 4 + ((turns * 7) % 15) }
        } else if (!again && minute > since) {
          await recall(context, { ...command, now, reference })
          work = { kind: 'called', reference, since: minute, again: true }
        } else if (again && minute > since) {
          await missed(context, { ...command, now, reference })
          work = { kind: 'free' }
        }
        return
      }
      case 'serving':
        if (minute < work.until) return
        await finish(context, { ...command, now, reference: work.reference })
        if (turns % 2 === 0) await finish(context, { ...command, now, reference: work.reference })
        work = { kind: 'free' }
    }
  }
}
