/**
 * The guard's ticket where the act lets people come without a booking: number and entry together, once
 * for however many presses, and the last place of a full building given once.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testDatabase, testLeszno } from '../../tests/support/office.js'
import { rewritten } from '../../tests/support/race.js'
import { smallActs, smallOffice } from '../../tests/support/small-office.js'
import { signedIn } from '../../tests/support/staff.js'
import { staffDesks } from '../../tests/support/waiting.js'
import { importActs } from '../regulation/index.js'
import { entranceRoutes } from './routes.js'
import { mayHaveTicket, walkInAtDoor } from './walk-ins.js'

const office = await testDatabase({ poolSize: 12 })
await smallOffice(office, {}, { mode: 'booking-optional' })
const { context, clock } = office
const { pool } = context.database
clock.moveTo(Temporal.Instant.from('2020-05-25T09:00:00+02:00'))
await staffDesks(context, ['hall/1/1'])
const app = await testApp(context, entranceRoutes)
const guard = await signedIn(context, 'guard', { buildingId: 'hall' })
const door = '/praca/wejscie/hall'
const get = (url: string) => app.inject({ url, headers: guard.headers })
const post = (fields: Record<string, string>) => {
  const sent = form(fields)
  return app.inject({ method: 'POST', url: `${door}/pomoc`, payload: sent.payload, headers: { ...sent.headers, ...guard.headers } })
}
const count = async (what: string): Promise<number> =>
  (await pool.query<{ count: number }>(`select count(*) from ${what}`)).rows[0]?.count ?? 0

test('the guard asks for the matter, gives the number, and the person is inside', async () => {
  const asked = await get(`${door}?kod=brak`)
  assert.match(textOf(asked.body), /Wejście bez rezerwacji.*W jakiej sprawie/)
  const page = await get(`${door}?kod=brak&sprawa=short`)
  await assertValidPage(page.body)
  assert.match(page.body, /value="numerek"/)
  const key = /name="klucz" value="([0-9a-f-]{36})"/.exec(page.body)?.[1] ?? randomUUID()
  const answers = await Promise.all([1, 2, 3].map(() => post({ sprawa: 'short', kod: 'walk-in', co: 'numerek', klucz: key })))
  assert.deepEqual([...new Set(answers.map(({ statusCode }) => statusCode))], [303])
  assert.equal(new Set(answers.map(({ headers }) => headers.location)).size, 1)
  assert.deepEqual([await count('visit'), await count('entry')], [1, 1])
  const shown = await get(answers[0]?.headers.location ?? '')
  await assertValidPage(shown.body)
  assert.match(textOf(shown.body), /A 001/)
})

test('a full building gives no number; of many at once for its last places so many are let in, and none is counted for nothing', async () => {
  const limited = {
    id: 'P/2/2020',
    number: 'P/2/2020',
    title: 'w sprawie liczby osób',
    issuer: 'Prezydent',
    rank: 'ordinance' as const,
    from: '2020-05-01',
    provisions: [{ id: 'inside', reference: '§ 1', kind: 'building-limit' as const, parameters: { limit: 3, of: 'inside' as const } }],
  }
  const acts = JSON.parse(JSON.stringify({ acts: [...smallActs.acts, limited] }).replace('booking-only"}', 'booking-optional"}'))
  clock.moveTo(clock.now().add({ seconds: 1 }))
  assert.deepEqual(await importActs(context.database, acts, clock.now()), [])
  context.changes.publish('regulation')
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      walkInAtDoor(context, {
        buildingId: 'hall',
        by: { accountId: guard.accountId },
        serviceId: 'short',
        now: clock.now(),
        key: randomUUID(),
      }),
    ),
  )
  const refused = answers.flatMap((answer) => ('allowed' in answer ? [answer.code] : []))
  assert.deepEqual([answers.length - refused.length, [...new Set(refused)]], [2, ['building-full']])
  assert.deepEqual([await count('visit'), await count('entry'), await count("event where kind = 'ticket-taken'")], [3, 3, 3])
  const { rows } = await pool.query('select sum(given)::int as given from walk_in_counter')
  assert.deepEqual(rows, [{ given: 3 }])
  const page = await post({ sprawa: 'short', kod: 'walk-in', co: 'numerek', klucz: randomUUID() })
  assert.equal(page.statusCode, 409)
  assert.match(textOf(page.body), /§ 1 zarządzenia nr P\/2\/2020/)
})

test('without the building locked, guards at one instant let in more than it holds', async () => {
  await pool.query("update entry set left_at = at where building_id = 'hall'")
  const unlocked = rewritten(context, (text) => (text.includes('insert into occupancy') ? 'select $1::text, $2::date' : text))
  let most = 0
  for (let round = 0; round < 20 && most <= 3; round += 1) {
    await pool.query("update entry set left_at = at where building_id = 'hall'")
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        walkInAtDoor(unlocked, {
          buildingId: 'hall',
          by: { accountId: guard.accountId },
          serviceId: 'short',
          now: clock.now(),
          key: randomUUID(),
        }),
      ),
    )
    most = answers.filter((answer) => !('allowed' in answer)).length
  }
  assert.ok(most > 3, `${most}`)
})

test('where only the booked may come the guard has no number to give', async () => {
  const leszno = await testLeszno()
  assert.equal(await mayHaveTicket(leszno.context, { buildingId: 'walowa-5', serviceId: 'rejestracja-pojazdow', now: clock.now() }), false)
})
