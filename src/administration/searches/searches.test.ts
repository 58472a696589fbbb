/** Look-ups of people: each leaves who, when, where and how many, and nothing of whom; the administrator reads them. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { form, testApp } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { somebody } from '../../../tests/support/visits.js'
import { book, bookingRoutes } from '../../booking/index.js'
import { searchBySurname } from '../../entrance/index.js'
import { administrationRoutes } from '../index.js'

const office = await testLeszno()
const { context, clock } = office
const { pool } = context.database
const app = await testApp(context, (mounted, given) => {
  bookingRoutes(mounted, given)
  administrationRoutes(mounted, given)
})
const clerk = await signedIn(context, 'service-office')
const administrator = await signedIn(context, 'administrator')

const person = { ...somebody(), name: 'Kornelia Szukana', phone: '+48601777888' }
const start = Temporal.Instant.from('2020-05-26T09:00:00+02:00')
const visit = { serviceId: 'dowody-osobiste', start, channel: 'phone', actor: 'system' } as const
const booked = await book(context, { ...visit, person, key: randomUUID() })
assert.ok(booked.allowed)

async function search(szukane: string): Promise<number> {
  const sent = form({ szukane, dzien: '' })
  const answer = await app.inject({
    method: 'POST',
    url: '/praca/obsluga/szukaj',
    ...sent,
    headers: { ...sent.headers, ...clerk.headers },
  })
  return answer.statusCode
}
const page = async (query = '', as = administrator): Promise<{ status: number; html: string; text: string }> => {
  const answer = await app.inject({ url: `/praca/wyszukiwania${query}`, headers: as.headers })
  return { status: answer.statusCode, html: answer.payload, text: textOf(answer.payload) }
}

test('a search in the console or at a door stands in the history without anything of whom, and the administrator reads it', async () => {
  assert.match((await page()).text, /Nikt jeszcze nikogo nie szukał/)
  for (const typed of ['szukana', '601 777 888', booked.reference, 'nikogo takiego']) assert.equal(await search(typed), 200)
  assert.equal(await search('!'), 422)
  await searchBySurname(context, { surname: 'szukana', buildingId: 'karasia-15', accountId: clerk.accountId, now: clock.now() })

  const { rows } = await pool.query(
    `select actor, channel, visit_id, building_id, reason, details from event where kind = 'people-searched' order by id`,
  )
  const noted = (channel: string, by: string, found: number, buildingId: string | null = null): object => ({
    actor: `account:${clerk.accountId}`,
    channel,
    visit_id: null,
    building_id: buildingId,
    reason: null,
    details: { by, found },
  })
  assert.deepEqual(rows, [
    noted('phone', 'name', 1),
    noted('phone', 'phone', 1),
    noted('phone', 'reference', 1),
    noted('phone', 'name', 0),
    noted('door', 'name', 0, 'karasia-15'),
  ])

  const read = await page()
  await assertValidPage(read.html)
  assert.match(read.text, /Test service-office umawianie wizyt telefon 1/)
  assert.match(read.text, /Test service-office wejście: .* imię i nazwisko 0/)
  assert.doesNotMatch(read.text, /Szukana|601777888|Wcześniejsze/i)
  assert.notEqual((await page('', clerk)).status, 200)
})

test('a long history is read page by page', async () => {
  await pool.query(
    `insert into event (at, kind, actor, channel, details) select $1, 'people-searched', $2, 'phone', '{"by": "name", "found": 2}' from generate_series(1, 60)`,
    [clock.now(), `account:${clerk.accountId}`],
  )
  const [, before] = /przed=(\d+)/.exec((await page()).html) ?? []
  const older = await page(`?przed=${before}`)
  assert.match(older.text, /telefon 1/)
  assert.ok(!older.html.includes('rel="next"'))
})
