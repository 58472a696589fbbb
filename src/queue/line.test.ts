import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeInLine } from './line.js'
import type { Waiting } from './model.js'
import { dueOf } from './rules.js'

const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-26T${time}:00Z`)
const policy = { 'late-minutes': 10, 'priority-minutes': 15 }
/** One desk offers a and b, another b and c, a third d alone. */
const desks = [['a', 'b'], ['b', 'c'], ['d']].map((serviceIds) => ({ serviceIds }))
const office = { desksOf: (id: string) => desks.filter(({ serviceIds }) => serviceIds.includes(id)) } as never

let ids = 0
function waits(serviceId: string, facts: { booked?: string; came: string; persons?: number }): Waiting {
  ids += 1
  const arrivedAt = at(facts.came)
  const came = {
    kind: facts.booked === undefined ? ('walk-in' as const) : ('booked' as const),
    startsAt: facts.booked === undefined ? arrivedAt : at(facts.booked),
    arrivedAt,
    priority: null,
  }
  const due = dueOf(came, 0, policy)
  return {
    ...came,
    dueAt: due.at,
    dueWhy: due.why,
    forDeskId: null,
    id: ids,
    reference: `R${ids}`,
    ticket: `A${ids}`,
    serviceId,
    moreServiceIds: [],
    persons: facts.persons ?? 1,
    counted: facts.persons ?? 1,
    accompanied: 0,
  }
}

test('those are before whom a desk for the same matter calls first, by booked hour and not by arrival', () => {
  const me = waits('a', { booked: '09:20', came: '09:05' })
  const earlierHour = waits('b', { booked: '09:10', came: '09:15' })
  const laterHour = waits('a', { booked: '09:40', came: '09:00' })
  const party = waits('a', { booked: '09:00', came: '08:55', persons: 2 })
  const otherDesks = waits('d', { booked: '08:00', came: '08:00' })
  // Its matter is offered beside b, but at no desk that offers a.
  const nextDoor = waits('c', { booked: '08:00', came: '08:00' })
  const all = [me, earlierHour, laterHour, party, otherDesks, nextDoor]
  assert.deepEqual(placeInLine(all, me.id, office), { before: 3, why: 'booked-due' })
  assert.deepEqual(placeInLine([me, laterHour], me.id, office), { before: 0, why: 'booked-due' })
})

test('who came late or without a booking waits by the time of coming in, and it is said', () => {
  const late = waits('a', { booked: '08:00', came: '09:00' })
  const booked = waits('a', { booked: '08:50', came: '08:40' })
  const walkIn = waits('a', { came: '08:45' })
  const all = [late, booked, walkIn]
  assert.deepEqual(placeInLine(all, late.id, office), { before: 2, why: 'came-late' })
  assert.deepEqual(placeInLine(all, walkIn.id, office), { before: 0, why: 'by-arrival' })
  assert.equal(placeInLine(all, 9_999, office), null)
})
