/** "You are next": who is told, once, however many processes look. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantOf, officeDay } from '../../platform/clock.js'
import { composed } from '../../../tests/support/letters.js'
import { testLeszno } from '../../../tests/support/office.js'
import { staffDesks, waits } from '../../../tests/support/waiting.js'
import { smsOf, smsParts } from '../../messages/index.js'
import { callNext } from '../index.js'
import { tellNext } from './duty.js'

const office = await testLeszno()
const { context, clock } = office
const { pool } = context.database
const service = 'dowody-osobiste'
const desk = 'walowa-5/4/1'
clock.moveTo(instantOf(officeDay(clock.now()), 9 * 60))

async function told(): Promise<readonly (string | null)[]> {
  await Promise.all([1, 2, 3].map(() => tellNext(context, clock.now())))
  return (await composed(context, ['visit-next'])).map(({ message }) => message?.to.phone ?? message?.to.email ?? null)
}

test('whoever waits is told once, by SMS where there is a number, when it is nearly their turn; never who is called already', async () => {
  const people = []
  for (let nth = 0; nth < 6; nth += 1)
    people.push(await waits(context, { serviceId: service, arrivedAt: clock.now().add({ seconds: nth }) }))
  const [first, second, third, last] = [people[0], people[1], people[2], people.at(-1)]
  await pool.query(`update visit set person_phone = '+48601234567', person_email = 'a@example.pl' where id = $1`, [second?.id])
  await pool.query(`update visit set person_email = 'ostatnia@example.pl' where id = $1`, [last?.id])
  await pool.query(`update visit set person_email = 'pierwsza@example.pl' where id = $1`, [first?.id])
  await staffDesks(context, [desk])
  clock.moveTo(clock.now().add({ minutes: 2 }))
  assert.deepEqual(await told(), [], 'whoever came in just now knows')
  assert.ok((await callNext(context, { desk, actor: 'system', now: clock.now() })).allowed)
  assert.deepEqual(await told(), [], 'a whole matter is still before them')
  clock.moveTo(clock.now().add({ minutes: 8 }))
  await tellNext(context, clock.now())
  const [only, ...others] = await composed(context, ['visit-next'])
  assert.equal(others.length, 0, 'not the one called, nor who waits long')
  assert.deepEqual(only?.message?.to, { email: 'a@example.pl', phone: '+48601234567' }, 'where no SMS is sent it goes by e-mail')
  assert.equal(only?.message?.first, 'sms')
  assert.ok(only?.message?.atOnce && only.message.usefulUntil?.equals(clock.now().add({ minutes: 5 })) && only.letter)
  assert.match(smsOf(only.letter), /^Zaraz wezwiemy numer [A-Z] \d{3}/)
  assert.equal(smsParts(smsOf(only.letter)).parts, 1)
  assert.deepEqual(await told(), [], 'once')
  await pool.query(`update visit set person_email = 'trzecia@example.pl', due_at = due_at - interval '1 hour' where id = $1`, [third?.id])
  clock.moveTo(clock.now().add({ minutes: 1 }))
  assert.deepEqual(await told(), ['trzecia@example.pl'], 'three processes at once tell once')
})
