/**
 * The seeded day of the demonstration: bookings of the Friday before and the first minutes of the
 * ordinance, calls, mails of the weekend, lived through the real actions with a clock of their own, so
 * that the history is whole.
 *
 * On Monday at 7:20 every desk is staffed, people wait, one is called and one served, and there is
 * a visit in every state. People are made up. States that no action leads to yet are written here.
 *
 * No visit is older than Monday: the rules of the days before are not held, and booking refuses them.
 * So what is over at 7:20 was over before the hours of § 4 began, as the rules allow: people are let
 * in from 7:15, and a free desk may call them. Only a certificate that lay ready is handed over by
 * then; and who did not answer two calls had gone out again.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { book, cancel, confirmHold, expireHolds, hold, makeRequest } from '../booking/index.js'
import { directory } from '../directory/index.js'
import { enter, leave } from '../entrance/index.js'
import { instantOf, standingClock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { transaction } from '../platform/database.js'
import { callNext, finish, openDesk, recall, start, missed } from '../queue/index.js'
import { endVisit, lockVisit, type Ending } from '../visit/index.js'
import { askBack, writeBeforeOpening } from './mail/seed.js'
import { accountNumbers, forgetOutbox, writePark } from './store.js'

const friday = Temporal.PlainDate.from('2020-05-22')
const monday = Temporal.PlainDate.from('2020-05-25')

const firstNames = ['Anna', 'Jan', 'Maria', 'Piotr', 'Zofia', 'Tomasz', 'Ewa', 'Józef', 'Halina', 'Oksana', 'Łucja', 'Stefan']
const surnames = [
  'Przykładowa',
  'Wzorowy',
  'Testowa',
  'Pokazowy',
  'Zmyślona',
  'Umowny',
  'Niebyła',
  'Próbny',
  'Ćwiczebna',
  'Świerczewska-Zmyślona',
  'Żaden',
  'Ólbricht',
]

/** What is booked for Monday: matter and minutes of the day. */
const mondayVisits: readonly (readonly [string, readonly number[]])[] = [
  ['rejestracja-pojazdow', [450, 450, 450, 480, 510, 540, 540, 600, 630, 660, 720, 780, 840]],
  ['nabycie-zbycie-pojazdu', [450, 495, 525, 570, 615, 690, 750]],
  ['wydanie-praw-jazdy', [450, 465, 500, 540, 600, 660, 705, 810]],
  ['dowody-osobiste', [450, 450, 480, 510, 555, 600, 645, 700, 760, 820]],
  ['zaswiadczenia-ewidencja-ludnosci', [450, 480, 540, 600, 660, 720]],
  ['usc-zaswiadczenie-do-malzenstwa', [480, 600]],
  ['usc-zaswiadczenie-o-stanie-cywilnym', [450, 540, 660]],
  ['zameldowanie-decyzja', [480, 600]],
  ['podatki-lokalne', [480, 570, 660]],
  ['usuniecie-drzew', [540]],
  ['zgloszenie-budowy', [510, 630]],
]

interface Seeding {
  readonly context: Context
  readonly clock: ReturnType<typeof standingClock>
  readonly accounts: ReadonlyMap<string, number>
  people: number
}

/**
 * Fills an imported example office whose accounts and mailboxes exist. Who booked by phone was told so
 * there: only what happens after Friday is left to be sent. Ends at Monday 25 May 2020, 7:20.
 */
export async function seedDay(context: Context): Promise<void> {
  const clock = standingClock(instantOf(friday, 8 * 60))
  const seeding: Seeding = { context: { ...context, clock }, clock, accounts: await accountNumbers(context.database.pool), people: 0 }
  const coming = await bookAhead(seeding)
  await settleOtherwise(seeding)
  await takeCalls(seeding)
  await forgetOutbox(context.database.pool, instantOf(friday.add({ days: 1 }), 0))
  await writeBeforeOpening(seeding, monday)
  await letHoldLapse(seeding)
  await askBack(seeding, monday, account(seeding, 'obsluga'))
  await openAllDesks(seeding)
  await liveMorning(seeding, coming)
}

function account(seeding: Seeding, login: string): number {
  const number = seeding.accounts.get(login)
  assert(number !== undefined, `the example has no account ${login}`)
  return number
}

/** Books by phone at that minute, or at the next free one after it. */
async function bookAt(seeding: Seeding, serviceId: string, day: Temporal.PlainDate, minute: number): Promise<string | null> {
  const number = seeding.people++
  const name = `${firstNames[number % firstNames.length]} ${surnames[(number * 5) % surnames.length]}`
  for (let at = minute; at < minute + 60; at += 5) {
    const outcome = await book(seeding.context, {
      serviceId,
      start: instantOf(day, at),
      channel: 'phone',
      person: { name, email: null, phone: `+4855500${String(number).padStart(4, '0')}` },
      actor: `account:${account(seeding, 'obsluga')}`,
      key: randomUUID(),
      urgent: true,
    })
    if (outcome.allowed) return outcome.reference
  }
  return null
}

async function bookAhead(seeding: Seeding): Promise<ReadonlyMap<string, readonly string[]>> {
  const coming = new Map<string, string[]>()
  for (const [serviceId, minutes] of mondayVisits) {
    for (const minute of minutes) {
      const reference = await bookAt(seeding, serviceId, monday, minute)
      if (reference !== null) coming.set(`${serviceId} ${minute}`, [...(coming.get(`${serviceId} ${minute}`) ?? []), reference])
    }
    await bookAt(seeding, serviceId, monday.add({ days: 1 }), 540)
    await bookAt(seeding, serviceId, monday.add({ days: 2 }), 600)
  }
  return coming
}

/** A booking cancelled by its owner, and one settled by e-mail. */
async function settleOtherwise(seeding: Seeding): Promise<void> {
  const { context } = seeding
  const cancelled = await bookAt(seeding, 'wymiana-prawa-jazdy', monday, 560)
  if (cancelled !== null) await cancel(context, { reference: cancelled, actor: 'citizen', reason: 'citizen-wish', channel: 'phone' })
  const redirected = await bookAt(seeding, 'wtornik-dowodu-rejestracyjnego', monday, 700)
  if (redirected !== null)
    await endOne(seeding, redirected, {
      state: 'redirected',
      actor: `account:${account(seeding, 'obsluga')}`,
      channel: 'email',
      reason: 'settled-otherwise',
    })
}

/** Two who rang on Friday and are to be rung back: one about a matter, one whose matter nobody understood. */
async function takeCalls(seeding: Seeding): Promise<void> {
  const { context, clock } = seeding
  const by = { actor: `account:${account(seeding, 'obsluga')}`, channel: 'phone' } as const
  for (const { minute, about, name, phone, ringAt } of [
    { minute: 14 * 60 + 10, about: { serviceId: 'dowody-osobiste' }, name: 'Maria Ćwiczebna', phone: '+48655510001', ringAt: 8 * 60 },
    {
      minute: 14 * 60 + 25,
      about: { serviceId: null, unitId: 'biuro-obslugi' },
      name: 'Jan Niebyły',
      phone: '+48655510002',
      ringAt: 13 * 60,
    },
  ]) {
    clock.moveTo(instantOf(friday, minute))
    const outcome = await makeRequest(context, {
      ...about,
      times: [],
      person: { name, email: null, phone },
      key: randomUUID(),
      by,
      callBack: { wish: 'call', ringAt: instantOf(monday, ringAt) },
    })
    assert(outcome.allowed, `the example notes a call, not ${outcome.code}`)
  }
}

/** A time held on the web and let go. */
async function letHoldLapse({ context, clock }: Seeding): Promise<void> {
  // The web opens for bookings with the ordinance.
  clock.moveTo(instantOf(monday, 6 * 60 + 45))
  await hold(context, { serviceId: 'miedzynarodowe-prawo-jazdy', start: instantOf(monday.add({ days: 1 }), 600) })
  clock.moveTo(clock.now().add({ minutes: 15 }))
  await expireHolds(context, clock.now())
}

/** Somebody who booked on the web this minute and has yet to confirm it. */
async function bookUnconfirmed({ context }: Seeding): Promise<void> {
  const held = await hold(context, { serviceId: 'wymiana-prawa-jazdy', start: instantOf(monday.add({ days: 3 }), 540) })
  assert(held.allowed, `the example holds a time, not ${held.code}`)
  const person = { name: 'Adam Niepotwierdzony', email: 'adam.niepotwierdzony@example.pl', phone: null }
  await confirmHold(context, { reference: held.reference, person, key: randomUUID(), urgent: true })
}

async function openAllDesks(seeding: Seeding): Promise<void> {
  const { clock, context } = seeding
  clock.moveTo(instantOf(monday, 7 * 60 + 12))
  const byDesk = await accountNumbers(context.database.pool, 'desk')
  for (const desk of (await directory(context)).desks.values()) {
    const accountId = byDesk.get(String(desk.id))
    if (accountId !== undefined) await openDesk(context, { desk: desk.slug, actor: `account:${accountId}`, accountId, now: clock.now() })
  }
}

/** From 7:15: people of the first hour come in at Wałowa 5, and by 7:20 each state has somebody. */
async function liveMorning(seeding: Seeding, coming: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const { context, clock } = seeding
  const guard = account(seeding, 'wejscie-walowa-5')
  clock.moveTo(instantOf(monday, 7 * 60 + 15))
  const early = [
    'rejestracja-pojazdow',
    'nabycie-zbycie-pojazdu',
    'wydanie-praw-jazdy',
    'dowody-osobiste',
    'zaswiadczenia-ewidencja-ludnosci',
    'usc-zaswiadczenie-o-stanie-cywilnym',
  ]
  const inside = early.flatMap((serviceId) => coming.get(`${serviceId} 450`) ?? [])
  const entries = new Map<string, number>()
  for (const code of inside) {
    const { entry } = await enter(context, { buildingId: 'walowa-5', code, accountId: guard, now: clock.now() })
    if (entry !== null) entries.set(code, entry.id)
  }
  await firstCalls(seeding, async (reference) => {
    const entryId = entries.get(reference)
    if (entryId !== undefined) await leave(context, { entryId, buildingId: 'walowa-5', accountId: guard, now: clock.now() })
  })
  const [home] = coming.get('dowody-osobiste 450') ?? []
  if (home !== undefined) await endOne(seeding, home, { state: 'left', actor: `account:${guard}`, channel: 'door', reason: 'went-home' })
  const [parked] = coming.get('zaswiadczenia-ewidencja-ludnosci 450') ?? []
  if (parked !== undefined) await writePark(context.database, parked, clock.now())
  await hold(context, { serviceId: 'rejestracja-pojazdow', start: instantOf(monday.add({ days: 1 }), 600) })
  await bookUnconfirmed(seeding)
  clock.moveTo(instantOf(monday, 7 * 60 + 20))
}

/**
 * Room 19 hands over a certificate; somebody goes out and does not answer two calls of room 22, which
 * serves another; room 21 calls somebody.
 */
async function firstCalls(seeding: Seeding, goOut: (reference: string) => Promise<void>): Promise<void> {
  const { context, clock } = seeding
  const certificate = await callTo(seeding, 'walowa-5/19/1', 'pokoj19-1')
  if (certificate !== null) await start(context, { ...certificate, now: clock.now() })
  const absent = await callTo(seeding, 'walowa-5/22/2', 'pokoj22-2')
  if (absent !== null) await goOut(absent.reference)
  clock.moveTo(clock.now().add({ seconds: 70 }))
  if (absent !== null) await recall(context, { ...absent, now: clock.now() })
  clock.moveTo(clock.now().add({ seconds: 90 }))
  if (absent !== null) await missed(context, { ...absent, now: clock.now() })
  if (certificate !== null) await finish(context, { ...certificate, now: clock.now() })
  const next = await callTo(seeding, 'walowa-5/22/1', 'pokoj22-1')
  clock.moveTo(clock.now().add({ seconds: 50 }))
  if (next !== null) await start(context, { ...next, now: clock.now() })
  await callTo(seeding, 'walowa-5/21/1', 'pokoj21-1')
}

async function endOne(seeding: Seeding, reference: string, ending: Omit<Ending, 'at'>): Promise<void> {
  await transaction(seeding.context.database, async (client) => {
    const visit = await lockVisit(client, reference)
    assert(visit !== null)
    await endVisit(client, visit, { ...ending, at: seeding.clock.now() })
  })
}

async function callTo(
  seeding: Seeding,
  desk: string,
  login: string,
): Promise<{ desk: string; actor: `account:${number}`; reference: string } | null> {
  const actor = `account:${account(seeding, login)}` as const
  const answer = await callNext(seeding.context, { desk, actor, now: seeding.clock.now() })
  return answer.allowed && answer.visit !== null ? { desk, actor, reference: answer.visit.reference } : null
}
