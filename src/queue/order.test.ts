/**
 * The statement that claims a person and the rule that chooses one over a list are the same rule: asked
 * about random waiting rooms, both name the same person, as do the pages.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { officeDay } from '../platform/clock.js'
import { transaction } from '../platform/database.js'
import { testLeszno } from '../../tests/support/office.js'
import { waits } from '../../tests/support/waiting.js'
import type { CallScope } from './model.js'
import { inOrder, mayCallThis } from './rules.js'
import { claimFirst, readLine, readWaiting } from './store.js'

const office = await testLeszno()
const { context, clock, directory } = office
const { pool } = context.database
const now = clock.now()
const day = officeDay(now)
const services = ['rejestracja-pojazdow', 'wyrejestrowanie-pojazdu', 'wydanie-praw-jazdy', 'dowody-osobiste'] as const
const [deskA, deskB] = ['walowa-5/4/1', 'walowa-5/4/2'].map((slug) => directory.desks.get(slug)?.id ?? 0) as [number, number]

const minute = fc.integer({ min: -60, max: 60 })
const someone = fc.record({
  serviceId: fc.constantFrom(...services),
  more: fc.subarray([...services], { maxLength: 2 }),
  due: minute,
  came: minute,
  forDesk: fc.constantFrom(null, null, null, deskA, deskB),
})
const scope = fc
  .record({
    own: fc.subarray([...services]),
    helped: fc.array(fc.record({ ids: fc.subarray([...services], { minLength: 1 }), before: minute }), { maxLength: 2 }),
  })
  .map(({ own, helped }): CallScope => ({
    deskId: deskA,
    serviceIds: own,
    overflow: helped.map(({ ids, before }) => ({ serviceIds: ids, cameBefore: now.add({ minutes: before }) })),
  }))

/** Eight people wait; between the rooms they only change what they came for and when. */
const people = await Promise.all(Array.from({ length: 8 }, () => waits(context, { serviceId: services[0], arrivedAt: now })))

test('who is claimed first, second and third is who the rule puts there, whatever a desk handles or takes as overflow', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someone, { minLength: 8, maxLength: 8 }), scope, async (room, callScope) => {
      await pool.query(
        `update visit set service_id = each ->> 'serviceId', more_service_ids = array(select jsonb_array_elements_text(each -> 'more')),
           due_at = $2::timestamptz + make_interval(mins => (each ->> 'due')::int), arrived_at = $2::timestamptz + make_interval(mins => (each ->> 'came')::int),
           for_desk_id = (each ->> 'forDesk')::int
         from jsonb_array_elements($1::jsonb) with ordinality each (each, nth) where id = ($3::bigint[])[nth]`,
        [JSON.stringify(room), now, people.map(({ id }) => id)],
      )
      const line = { buildingId: 'walowa-5', day, scope: callScope }
      const rule = inOrder(await readWaiting(pool, 'walowa-5', day)).filter((each) => mayCallThis(callScope, each))
      const shown = await readLine(pool, line, 3)
      assert.equal(shown.count, rule.length)
      const expected = rule.slice(0, 3).map(({ id }) => id)
      assert.deepEqual(
        shown.first.map(({ id }) => id),
        expected,
      )
      const claimed: number[] = []
      await transaction(context.database, async (client) => {
        for (let nth = 0; nth < 3; nth += 1) {
          const visit = await claimFirst(client, line, claimed)
          if (visit !== null) claimed.push(visit.id)
        }
      })
      assert.deepEqual(claimed, expected)
    }),
    { numRuns: 150 },
  )
})
