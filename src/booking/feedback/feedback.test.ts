/** Feedback: who is asked, once; what is kept of an answer; what heads see. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { composed } from '../../../tests/support/letters.js'
import { testDatabase } from '../../../tests/support/office.js'
import { at } from '../../../tests/support/race.js'
import { smallOffice } from '../../../tests/support/small-office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import type { Visit } from '../../visit/index.js'
import { bookingRoutes } from '../index.js'
import { askFeedback } from './duties.js'

const office = await testDatabase()
await smallOffice(office, { 'feedback-minutes': 60 })
const { context, clock } = office
const { pool } = context.database
const app = await testApp(context, bookingRoutes)
let tickets = 0

async function served(start: Temporal.Instant, wish: object = {}): Promise<Visit> {
  const visit = await bookedVisit(office, { serviceId: 'short', start, ...wish })
  tickets += 1
  await pool.query(`update visit set state = 'served', ended_at = $2, ticket = $3 where id = $1`, [
    visit.id,
    start.add({ minutes: 10 }),
    `A${tickets}`,
  ])
  return visit
}

/** The links of those asked now. */
async function asked(): Promise<readonly string[]> {
  await askFeedback(context, clock.now())
  return (await composed(context, ['visit-feedback'])).map(({ letter }) => new URL(letter?.links[0]?.href ?? '').pathname)
}

const answer = (url: string, payload: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(payload).toString(),
  })

test('whoever was served is asked once, an hour later; not who left no contact, did not come, or never showed the contact to be theirs', async () => {
  await served(at(26, '09:00'))
  await served(at(26, '09:30'), { person: { name: 'Bez kontaktu', email: null, phone: null } })
  const unproven = await served(at(26, '10:00'))
  await pool.query(`update visit set channel = 'web' where id = $1`, [unproven.id])
  await bookedVisit(office, { serviceId: 'short', start: at(26, '09:30') })
  clock.moveTo(at(26, '10:09'))
  assert.equal((await asked()).length, 0)
  clock.moveTo(at(26, '12:00'))
  assert.equal((await asked()).length, 1)
  assert.equal((await asked()).length, 0)
  await Promise.all([served(at(26, '13:00')), served(at(26, '13:15'))])
  clock.moveTo(at(26, '14:30'))
  await Promise.all([askFeedback(context, clock.now()), askFeedback(context, clock.now()), askFeedback(context, clock.now())])
  assert.equal((await composed(context, ['visit-feedback'])).length, 2, 'each once, whoever runs the duty')
})

test('an answer is counted once and says nothing of the visit; what is missing is said, and no other link opens', async () => {
  await served(at(27, '08:00'))
  clock.moveTo(at(27, '10:00'))
  const [url = ''] = await asked()
  const page = await app.inject({ url })
  assert.equal(page.statusCode, 200)
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Przez 14 dni pamiętamy jeszcze, że odpowiedź już jest/, 'what the invitation keeps')
  assert.match(textOf(page.body), /Jak oceniają Państwo czas czekania\?/)
  const wrong = await answer(url, { zalatwione: 'yes', czekanie: 'never', ocena: '6' })
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  assert.match(textOf(wrong.body), /Proszę wybrać, jak oceniają Państwo czas czekania/)
  const answers = await Promise.all([1, 2, 3].map(() => answer(url, { zalatwione: 'yes', czekanie: 'short', ocena: '5' })))
  assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200]))
  const { rows } = await pool.query('select service_id, unit_id, settled, wait, grade, answers from feedback_sum')
  assert.deepEqual(rows, [{ service_id: 'short', unit_id: 'unit', settled: 'yes', wait: 'short', grade: 5, answers: 1 }])
  assert.match(textOf((await app.inject({ url })).body), /Dziękujemy/)
  const gone = await app.inject({ url: `${url.slice(0, -3)}abc` })
  assert.equal(gone.statusCode, 404)
  await assertValidPage(gone.body)
})

test('sums of a unit are shown from five answers on; links are forgotten after 14 days', async () => {
  const { headers } = await signedIn(context, 'head', { unitId: 'unit' })
  const seen = async (): Promise<string> => {
    const { statusCode, body } = await app.inject({ url: '/praca/opinie', headers })
    assert.equal(statusCode, 200)
    await assertValidPage(body)
    return textOf(body)
  }
  assert.match(await seen(), /Żaden wydział nie ma jeszcze tylu odpowiedzi/)
  await pool.query(`update feedback_sum set answers = 4`)
  assert.match(await seen(), /Żaden wydział/)
  await pool.query(
    `insert into feedback_sum (day, service_id, unit_id, settled, wait, grade, answers) values ('2020-05-27', 'long', 'unit', 'no', 'long', 1, 1)`,
  )
  assert.match(await seen(), /Wydział Próbny 5 80% 0% 20% 4,2/)
  clock.moveTo(at(31, '12:00').add({ hours: 24 * 14 }))
  await askFeedback(context, clock.now())
  assert.equal((await pool.query('select from feedback_invitation')).rowCount, 0)
})
