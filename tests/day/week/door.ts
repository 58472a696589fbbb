/**
 * The doors of the simulated week: guards and a kiosk at each building, one pass scanned by two
 * guards, tickets without an hour, papers, couriers, companions, who goes out, and what a guard takes back.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  addCompanion,
  answer as ask,
  dropOff,
  enter,
  leave,
  notClient,
  recordRefusal,
  undoEntry,
  type DoorAnswer,
} from '../../../src/entrance/index.js'
import { giveTime } from '../../../src/entrance/assisted/actions.js'
import { timeValue } from '../../../src/entrance/assisted/rules.js'
import { correctCount } from '../../../src/entrance/occupancy/actions.js'
import { countedNow } from '../../../src/entrance/occupancy/room.js'
import { checkIn } from '../../../src/kiosk/actions.js'
import { officeMinute } from '../../../src/platform/clock.js'
import { takeWalkIn } from '../../../src/queue/index.js'
import type { Booked } from './booking.js'
import { closes } from './office.js'
import type { Person } from './people.js'
import { count, instant, later, note, process, seconds, sent, speaksOf, type Week } from './world.js'

/** What the door did: the entry and the visit, as far as there are any. */
type Came = Pick<DoorAnswer, 'decision' | 'entry' | 'visit'>

const told = ({ entry, visit }: Came): string | null => (entry === null ? null : `entry ${entry.id} ${visit?.ticket ?? ''}`)
const guardOf = (week: Week, building: string, luck: () => number): number => {
  const guards = week.guards[building] ?? []
  return guards[Math.floor(luck() * guards.length)] as number
}

/** Comes to a door with a visit; full buildings and hours too early are tried again. Says the entry once there is one. */
export async function comes(week: Week, person: Person, booked: Booked, building: string, tries = 6): Promise<Came> {
  const { reference } = booked
  const { luck } = person
  const now = week.office.clock.now()
  speaksOf(week, reference)
  const came = person.byKiosk
    ? ((await checkIn(process(week, luck), kioskOf(week, building), reference)) as Came)
    : await scanned(week, person, reference, building)
  count(week, `door ${came.decision.code}`)
  if (came.entry !== null && came.visit !== null) {
    week.ledger.letIn.push({ reference, at: seconds(now) })
    note(week, building, reference, came.visit.state === 'arrived')
    return came
  }
  const { code } = came.decision
  if (came.entry === null && !came.decision.allowed) await sentAway(week, person, came as DoorAnswer, building, !person.byKiosk)
  if ((code === 'building-full' || code === 'line-full') && tries > 0)
    later(week, booked.day, officeMinute(now) + 4, async () => void (await comes(week, person, booked, building, tries - 1)))
  if (code === 'too-late') await helped(week, { ...person, byKiosk: false }, booked, building, came as DoorAnswer)
  return came
}

const kioskOf = (week: Week, building: string) => week.kiosks[building] ?? assert.fail(`no kiosk in ${building}`)

/** By one guard, whose scan may be sent twice, or by two guards at one moment. */
async function scanned(week: Week, { luck }: Person, code: string, buildingId: string): Promise<DoorAnswer> {
  const now = week.office.clock.now()
  const command = (accountId: number) => ({ buildingId, code, accountId, now, key: randomUUID() })
  if (luck() < 0.15) {
    count(week, 'two guards')
    const [one, two] = await Promise.all(
      (week.guards[buildingId] ?? []).map((guard, index) => enter(week.office.contexts[index % 2 === 0 ? 0 : 1], command(guard))),
    )
    return one?.entry ? one : (two as DoorAnswer)
  }
  const once = command(guardOf(week, buildingId, luck))
  return sent(week, luck, 'enter', (context) => enter(context, once), told)
}

async function sentAway(week: Week, { luck }: Person, answer: DoorAnswer, building: string, write: boolean): Promise<void> {
  if (write) await recordRefusal(process(week, luck), { answer, accountId: guardOf(week, building, luck) })
  week.ledger.sentAway.push({ reference: answer.visit?.reference ?? null, building, code: answer.decision.code, at: seconds(answer.at) })
}

/** Whoever is not let in gets a time of the same day on the spot, where one is free. */
async function helped(week: Week, person: Person, booked: Pick<Booked, 'day'>, building: string, refused: DoorAnswer): Promise<void> {
  const { luck, serviceId, name } = person
  const accountId = guardOf(week, building, luck)
  const now = officeMinute(week.office.clock.now())
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const minute = Math.ceil(now / 5) * 5 + 10 + 5 * Math.floor(luck() * 16)
    if (minute > closes - 20) continue
    const typed = { time: timeValue({ start: instant(booked.day, minute), buildingId: building }), name, phone: '', email: '' }
    const command = { accountId, key: randomUUID(), visit: refused.visit, serviceId: refused.visit?.serviceId ?? serviceId, typed }
    const given = await sent(
      week,
      luck,
      'time at the door',
      (context) => giveTime(context, command),
      (outcome) => ('allowed' in outcome && outcome.allowed ? outcome.reference : null),
    )
    assert.ok('allowed' in given, 'what a guard types is read')
    count(week, `time at the door ${given.code}`)
    if (!given.allowed) continue
    const { reference } = given
    if (reference !== refused.visit?.reference) week.ledger.visits.push({ reference, how: 'booked' })
    week.atDesk.set(reference, person.atDesk)
    const again = { reference, day: booked.day, minute }
    return later(week, booked.day, minute - 3, async () => void (await comes(week, person, again, building)))
  }
}

/** Comes without a booking to a guard: is helped, or sent away with a code nobody knows. */
export async function comesWithout(week: Week, person: Person): Promise<void> {
  const { luck, building, habit, serviceId } = person
  const at = week.office.clock.now()
  const code = habit === 'made-up-code' ? 'ZZZZZZZZ' : null
  const answer = await ask(process(week, luck), { buildingId: building, purpose: 'visit', code, at })
  count(week, `door ${answer.decision.code}`)
  await sentAway(week, person, answer, building, true)
  if (code === null && serviceId !== 'two') await helped(week, person, person, building, answer)
}

/** Takes a ticket without an hour, at the kiosk or from a clerk. */
export async function takesTicket(week: Week, person: Person): Promise<void> {
  const { building: buildingId, luck, serviceId, atDesk } = person
  const command = {
    serviceId,
    buildingId,
    now: week.office.clock.now(),
    ...(person.byKiosk
      ? ({ channel: 'kiosk', actor: 'citizen' } as const)
      : ({ channel: 'counter', actor: `account:${week.clerk}` } as const)),
    priority: person.prioritised ? ('small-child' as const) : null,
    key: randomUUID(),
  }
  const answer = await sent(
    week,
    luck,
    'ticket',
    (context) => takeWalkIn(context, command),
    (given) => (given.allowed ? given.visit.reference : null),
  )
  count(week, `ticket ${answer.code}`)
  if (!answer.allowed) return
  const { reference } = answer.visit
  week.ledger.visits.push({ reference, how: 'ticket' })
  week.atDesk.set(reference, atDesk)
  note(week, buildingId, reference, true)
}

export async function leavesPapers(week: Week, person: Person, buildingId: string): Promise<void> {
  const { luck } = person
  const command = { buildingId, accountId: guardOf(week, buildingId, luck), now: week.office.clock.now(), key: randomUUID() }
  const answer = await sent(week, luck, 'papers', (context) => dropOff(context, command), told)
  count(week, `papers ${answer.decision.code}`)
  if (answer.visit === null) return sentAway(week, person, answer, buildingId, true)
  const { reference } = answer.visit
  week.ledger.visits.push({ reference, how: 'papers' })
  week.ledger.letIn.push({ reference, at: seconds(command.now) })
  week.atDesk.set(reference, { ...person.atDesk, comes: 'first', goesOn: 'finish' })
  note(week, buildingId, reference, true)
  // Some envelopes turn out to be for another office: the guard takes the entry back.
  if (luck() < 0.15 && answer.entry !== null) await takenBack(week, person, buildingId, answer.entry.id, reference)
}

/** A guard takes an entry back, perhaps twice. True when the person is expected again. */
export async function takenBack(week: Week, { luck }: Person, buildingId: string, entryId: number, reference: string): Promise<boolean> {
  const command = { entryId, buildingId, accountId: guardOf(week, buildingId, luck), now: week.office.clock.now() }
  const undone = await sent(
    week,
    luck,
    'take back',
    (context) => undoEntry(context, command),
    (answer) => ('allowed' in answer ? null : `undone ${answer.id}`),
  )
  assert.ok(!('allowed' in undone), 'an entry just made is known')
  count(week, 'entries taken back')
  if (!undone.visitGoesOn) note(week, buildingId, reference, false)
  return !undone.visitGoesOn
}

/** Goes out for ten minutes and comes back with the same pass; a guard may have to say once more. */
export async function goesOut(week: Week, person: Person, booked: Booked, buildingId: string, entryId: number): Promise<void> {
  const { luck } = person
  const command = { entryId, buildingId, accountId: guardOf(week, buildingId, luck), now: week.office.clock.now() }
  await sent(
    week,
    luck,
    'leave',
    (context) => leave(context, command),
    (answer) => ('allowed' in answer ? null : `left ${answer.id}`),
  )
  count(week, 'went out')
  speaksOf(week, booked.reference)
  later(week, booked.day, officeMinute(command.now) + 6, async () => {
    speaksOf(week, booked.reference)
    const back = await scanned(week, person, booked.reference, buildingId)
    count(week, `back ${back.decision.code}`)
    if (back.entry === null && !back.decision.allowed) await sentAway(week, person, back, buildingId, true)
  })
}

export async function bringsCompanion(week: Week, { luck }: Person, buildingId: string, entryId: number): Promise<void> {
  const interpreter = luck() < 0.5
  const command = {
    entryId,
    buildingId,
    purpose: interpreter ? 'interpreter' : 'companion',
    notCounted: interpreter,
    // Each counted person takes a desk of the room, if one is staffed for them.
    atDesk: luck() < 0.8,
    accountId: guardOf(week, buildingId, luck),
    now: week.office.clock.now(),
    key: randomUUID(),
  } as const
  const entry = await sent(
    week,
    luck,
    'companion',
    (context) => addCompanion(context, command),
    (answer) => ('allowed' in answer ? null : `companion ${answer.id}`),
  )
  count(week, 'allowed' in entry ? `companion ${entry.code}` : 'companions')
}

export async function admitsCourier(week: Week, person: Person): Promise<void> {
  const { luck, building: buildingId, day } = person
  const command = {
    buildingId,
    accountId: guardOf(week, buildingId, luck),
    now: week.office.clock.now(),
    purpose: 'delivery',
    key: randomUUID(),
  } as const
  const answer = await sent(week, luck, 'courier', (context) => notClient(context, command), told)
  const { entry } = answer
  assert.ok(entry, 'a courier is always let in')
  count(week, 'couriers')
  later(week, day, officeMinute(command.now) + 5, async () => {
    await leave(process(week, luck), { entryId: entry.id, buildingId, accountId: command.accountId, now: week.office.clock.now() })
  })
}

/** A guard who counted heads puts the count right: now and then by one. */
export async function correctsCount(week: Week, buildingId: string, luck: () => number): Promise<void> {
  const context = process(week, luck)
  const now = week.office.clock.now()
  const { inside } = await countedNow(context.database.pool, buildingId, now)
  const difference = luck() < 0.5 ? -1 : 1
  await correctCount(context, {
    buildingId,
    inside: Math.max(0, inside + difference),
    reason: 'counted',
    accountId: guardOf(week, buildingId, luck),
    now,
  })
  count(week, 'counts put right')
}
