/**
 * One actor with many working contacts and eight cores against citizens, for the times of one
 * release: through the real actions on a real database, on the office's clock, from a seed.
 *
 * Three ways: by nothing but the limits per contact; first come with proof of work; by lot. What
 * people and machines take is a model and stands here; what is given to whom is the program's.
 */
import { createHash, hash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import {
  confirmEntry,
  confirmHold,
  enterLot,
  hold,
  holdFairly,
  offeredDays,
  releaseHold,
  settleDraws,
  type Outcome,
} from '../src/booking/index.js'
import { challengeOf, hashesFor } from '../src/booking/fair/proof.js'
import { commitmentOf, type Wish } from '../src/booking/lot/rules.js'
import type { OfficeFile } from '../src/directory/index.js'
import type { Context } from '../src/platform/context.js'
import { standingClock } from '../src/platform/clock.js'
import { solution } from '../tests/support/proof.js'
import { releaseActs } from '../tests/support/release.js'
import { smallActs, smallFile } from '../tests/support/small-office.js'
import { openBenchOffice } from './office.js'

export interface Contest {
  readonly citizens: number
  /** Working contacts of the one actor. */
  readonly contacts: number
  /** Contacts the actor invents, of which nobody reads the code; with any, the office asks for codes. */
  readonly invented?: number
  /** Desks; each gives fifty times in the week that is released. */
  readonly desks: number
  readonly seed: number
}

export interface Result {
  /** Part of the given times the actor has. */
  readonly share: number
  readonly given: number
  readonly times: number
}

export type Way = 'limits-only' | 'proof' | 'lot'

const released = Temporal.Instant.from('2020-06-05T07:00:00+02:00')
const monday = Temporal.PlainDate.from('2020-06-08')
const tuesday = monday.add({ days: 1 })
/** What a program needs to ask and be answered, besides the work. */
const actorMs = 50
/** Cores that work for the actor. */
const actorCores = 8
/** Parts of one core of this machine that a citizen's phone has. */
const phonePart = 1 / 8
const attemptsMax = 5

/** Plays one release; the actor's part of what was given. */
export async function contest(server: pg.ClientConfig, name: string, way: Way, size: Contest): Promise<Result> {
  const clock = standingClock(released.subtract({ hours: 12 }))
  const opened = await openBenchOffice(server, name, {
    office: fairOffice(size.desks),
    acts: actsFor(way),
    now: clock.now(),
    poolSize: 8,
    demonstration: (size.invented ?? 0) > 0,
  })
  const random = mulberry(size.seed)
  const context: Context = { ...opened.context, clock, random }
  try {
    await (way === 'lot' ? playLot(context, clock, size, random) : playFirstCome(context, clock, size, random, way))
    const { rows } = await context.database.pool.query<{ actor: boolean; count: number }>(
      `select person_name = 'Actor' as actor, count(*) as count from visit where state = 'booked' group by 1`,
    )
    const [actor = 0, citizens = 0] = [true, false].map((each) => rows.find((row) => row.actor === each)?.count)
    return { share: actor / (actor + citizens), given: actor + citizens, times: size.desks * 50 }
  } finally {
    await opened.close()
  }
}

/** Hashes a second of one core here, by the machine's own SHA-256. */
export function hashesPerSecond(): number {
  const begun = performance.now()
  let hashes = 0
  while (performance.now() - begun < 500)
    for (let each = 0; each < 1_000; each += 1, hashes += 1) hash('sha256', `0123456789abcdef01234567?expires=1600000000&${hashes}`, 'hex')
  return (hashes * 1_000) / (performance.now() - begun)
}

type Clock = ReturnType<typeof standingClock>
type Random = () => number

/** Open Monday and Tuesday, twenty-five starts of fifteen minutes each day and desk. */
export function fairOffice(desks: number): OfficeFile {
  const slugs = Array.from({ length: desks }, (_, index) => `hall/1/${index + 1}`)
  return {
    ...smallFile,
    settings: { ...smallFile.settings, 'holds-without-proof': 1, 'confirm-minutes': 60 },
    desks: slugs.map((slug, index) => ({ ...(smallFile.desks[0] as OfficeFile['desks'][number]), slug, label: String(index + 1) })),
    services: smallFile.services.map((service) => ({ ...service, stepMinutes: 15 })),
    hours: smallFile.hours.map((each) => ({ ...each, weekdays: [1, 2], intervals: [{ from: '07:30', to: '13:45' }] })),
    shifts: [{ ...(smallFile.shifts[0] as OfficeFile['shifts'][number]), desks: slugs }],
  }
}

function actsFor(way: Way): unknown {
  const { acts } = releaseActs('weekly-lot', { service: ['short'] })
  const parameters = {
    rhythm: 'weekly',
    weekday: 5,
    at: '07:00',
    ...(way === 'lot' ? { way: 'lot', lotMinutes: 2 } : { way: 'first-come' }),
  }
  return {
    acts: [...smallActs.acts, ...acts.map((act) => ({ ...act, provisions: act.provisions.map((each) => ({ ...each, parameters })) }))],
  }
}

/** Everybody enters in the two minutes, and who reads the code confirms; then the duty draws. A citizen wishes up to three times or any, the actor any. */
async function playLot(context: Context, clock: Clock, size: Contest, random: Random): Promise<void> {
  const entries = [
    ...Array.from({ length: size.contacts + (size.invented ?? 0) }, (_, index) => ({
      at: Math.min(index * actorMs, 115_000),
      person: actor(index),
      wishes: [{ any: true }] as readonly Wish[],
    })),
    ...Array.from({ length: size.citizens }, (_, index) => ({
      at: Math.floor(random() * 115_000),
      person: citizen(index),
      wishes: wishesOf(random),
    })),
  ].toSorted((a, b) => a.at - b.at)
  for (const { at, person, wishes } of entries) {
    clock.moveTo(released.add({ milliseconds: at }))
    const outcome = await enterLot(context, { serviceId: 'short', wishes, person, key: randomUUID() })
    if (!outcome.allowed) throw new Error(`an entry was refused: ${outcome.code}`)
    const { reference, confirmUntil } = outcome
    if (confirmUntil !== null && !isInvented(person, size))
      await confirmEntry(context, { reference, proof: { code: context.secrets.confirmCode(reference, 1) } })
  }
  await fromSeed(context, size.seed)
  clock.moveTo(released.add({ minutes: 2 + smallFile.settings['lot-confirm-minutes'] }))
  await settleDraws(context, clock.now())
}

/** Seed and references by the contest's seed, so that a run repeats; the program's own are random. */
async function fromSeed({ database }: Context, number: number): Promise<void> {
  const seed = createHash('sha256').update(`draw ${number}`).digest()
  await database.pool.query('update lot_draw set seed = $1, seed_hash = $2 where settled_at is null', [
    seed,
    Buffer.from(commitmentOf(seed), 'hex'),
  ])
  await database.pool.query(`update lot_entry set reference = 'E' || lpad(id::text, 7, '0')`)
}

function wishesOf(random: Random): readonly Wish[] {
  if (random() < 0.3) return [{ any: true }]
  if (random() < 0.3) return [{ day: (random() < 0.5 ? monday : tuesday).toString() }]
  return [1, 2, 3].map(() => {
    const day = random() < 0.5 ? monday : tuesday
    const minutes = 450 + 15 * Math.floor(random() * 25)
    const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
    return { start: day.toZonedDateTime({ timeZone: 'Europe/Warsaw', plainTime: time }).toInstant().toString() }
  })
}

interface Attempt {
  readonly at: number
  readonly who: number
  readonly tries: number
}

/** Who comes first: citizens read, choose and send; the actor asks as fast as work and answers allow. */
async function playFirstCome(context: Context, clock: Clock, size: Contest, random: Random, way: 'limits-only' | 'proof'): Promise<void> {
  const perSecond = hashesPerSecond()
  const queue: Attempt[] = [{ at: actorMs, who: -1, tries: 0 }]
  for (let who = 0; who < size.citizens; who += 1) queue.push({ at: 5_000 - Math.log(1 - random()) * 40_000, who, tries: 0 })
  const recent: number[] = []
  let contact = 0
  while (queue.length > 0) {
    queue.sort((a, b) => b.at - a.at)
    const { at, who, tries } = queue.pop() as Attempt
    clock.moveTo(released.add({ milliseconds: Math.floor(at) }))
    recent.push(at)
    while ((recent[0] ?? at) < at - 60_000) recent.shift()
    const hashes = hashesFor({ perMinute: recent.length, waiting: 0 }, smallFile.settings['proof-hashes-max'])
    const start = await anyFree(context, random)
    if (start === null) continue
    const isActor = who < 0
    const outcome = await take(context, start, isActor ? actor(contact % size.contacts) : citizen(who), way)
    if (isActor) {
      contact += 1
      const work = way === 'proof' ? (hashes / (perSecond * actorCores)) * 1_000 : 0
      // Twice through all contacts: each may have a visit on each of the two days.
      if (contact < size.contacts * 4) queue.push({ at: at + actorMs + work, who, tries: 0 })
    } else if (!outcome.allowed && tries + 1 < attemptsMax) {
      const work = way === 'proof' ? (hashes / (perSecond * phonePart)) * 1_000 : 0
      queue.push({ at: at + Math.max(work, 4_000 + random() * 6_000), who, tries: tries + 1 })
    }
  }
}

async function anyFree(context: Context, random: Random): Promise<Temporal.Instant | null> {
  const question = { serviceId: 'short', from: monday, to: tuesday, now: context.clock.now() }
  const days = (await offeredDays(context, question, { channel: 'web', clerk: false })) ?? []
  const starts = days.flatMap((day) => day.starts)
  return starts[Math.floor(random() * starts.length)]?.start ?? null
}

async function take(
  context: Context,
  start: Temporal.Instant,
  person: ReturnType<typeof actor>,
  way: 'limits-only' | 'proof',
): Promise<Outcome> {
  const command = { serviceId: 'short', start }
  const held = await (way === 'proof' ? holdFairly(context, command, solvedTask(context)) : hold(context, command))
  if (!held.allowed) return held
  const confirmed = await confirmHold(context, { reference: held.reference, person, key: randomUUID() })
  // A limit of the contact stands against it: the time goes back.
  if (!confirmed.allowed) await releaseHold(context, { reference: held.reference })
  return confirmed
}

/** A real task of the least size, solved: what a real one costs is in the model's time. */
function solvedTask({ secrets }: Context): string {
  const now = Math.floor(Date.now() / 1_000)
  return solution(challengeOf(secrets, 1, now, { salt: randomUUID().replaceAll('-', '').slice(0, 24), part: 0.5 }))
}

/** Whose code nobody reads. */
function isInvented({ name, email }: ReturnType<typeof actor>, { contacts }: Contest): boolean {
  return name === 'Actor' && Number(/\d+/.exec(email)?.[0]) >= contacts
}

const actor = (index: number) => ({ name: 'Actor', email: `actor${index}@example.pl`, phone: null })
const citizen = (index: number) => ({ name: 'Citizen', email: `citizen${index}@example.pl`, phone: null })

/** mulberry32: the same numbers in every run. */
function mulberry(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}
