/** How people of the simulated week book, move and cancel: on the web and by phone, some days before. */
import { randomUUID } from 'node:crypto'
import { book, cancel, confirmHold, hold, move, type Outcome } from '../../../src/booking/index.js'
import type { Context } from '../../../src/platform/context.js'
import { confirmed } from '../../support/confirming.js'
import { days, opens } from './office.js'
import type { Person } from './people.js'
import { count, instant, process, sent, type Week } from './world.js'

/** A booked visit, as the person knows it. */
export interface Booked {
  readonly reference: string
  readonly day: number
  readonly minute: number
}

const told = (outcome: Outcome): string | null => (outcome.allowed ? outcome.reference : null)

/** Tries a few times; null when none is free. */
export async function bookSomeTime(week: Week, person: Person): Promise<Booked | null> {
  let { day, minute } = person
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const outcome = await bookTime(week, person, instant(day, minute))
    count(week, `book ${outcome.code}`)
    if (outcome.allowed) {
      week.ledger.visits.push({ reference: outcome.reference, how: 'booked' })
      week.atDesk.set(outcome.reference, person.atDesk)
      return maybeMoved(week, person, { reference: outcome.reference, day, minute })
    }
    ;[day, minute] = anyTime(person)
  }
  return null
}

const anyTime = ({ luck }: Person): [number, number] => [Math.floor(luck() * days), opens + 5 * Math.floor(luck() * 26)]

async function bookTime(week: Week, person: Person, start: Temporal.Instant): Promise<Outcome> {
  const { serviceId, moreServiceIds, name, number, luck, channel } = person
  const key = randomUUID()
  const wish = { serviceId, moreServiceIds, start }
  const owner = { name, email: `osoba${number}@example.pl`, phone: null }
  if (channel === 'phone') {
    const command = { ...wish, channel, person: owner, actor: `account:${week.clerk}` as const, key }
    return sent(week, luck, 'book', (context) => book(context, command), told)
  }
  const held = await hold(process(week, luck), wish)
  if (!held.allowed) return held
  const { reference } = held
  const pending = await sent(week, luck, 'confirm', (context) => confirmHold(context, { reference, person: owner, key }), told)
  return pending.allowed ? confirmTwice(week, person, reference) : pending
}

/** By the code of the message; the link of the same message may be opened too, by a program that looks at mail. */
async function confirmTwice(week: Week, { luck }: Person, reference: string): Promise<Outcome> {
  const confirm = (context: Context): Promise<Outcome> => confirmed(context, reference)
  if (luck() >= 0.1) return confirm(process(week, luck))
  const [one, two] = await Promise.all(week.office.contexts.map(confirm))
  return one?.allowed ? one : (two as Outcome)
}

async function maybeMoved(week: Week, person: Person, booked: Booked): Promise<Booked> {
  if (person.habit !== 'moves') return booked
  const [day, minute] = anyTime(person)
  const { reference } = booked
  const command = { reference, start: instant(day, minute), actor: 'citizen', channel: 'web', key: randomUUID() } as const
  const outcome = await sent(week, person.luck, 'move', (context) => move(context, command), told)
  count(week, `move ${outcome.code}`)
  return outcome.allowed ? { reference, day, minute } : booked
}

export async function cancelVisit(week: Week, person: Person, { reference }: Booked): Promise<void> {
  const command = { reference, actor: 'citizen', reason: 'citizen-wish', channel: 'web', key: randomUUID() } as const
  const outcome = await sent(week, person.luck, 'cancel', (context) => cancel(context, command), told)
  count(week, `cancel ${outcome.code}`)
}
