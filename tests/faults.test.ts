/** What is no fault is not logged as one: a log that cries at ordinary answers hides the real ones. */
import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { createApp } from '../src/app.js'
import { form } from './support/app.js'
import { testLeszno } from './support/office.js'
import { bookedVisit } from './support/visits.js'

const office = await testLeszno()
const lines: string[] = []
const log = pino({ level: 'warn' }, new Writable({ write: (line, _encoding, done) => (lines.push(String(line)), done()) }))
const context = { ...office.context, log }
const app = await createApp(context)
after(() => app.close())

test('an address nobody has, a hold that is over, a visit that is off: each is answered, none is a fault', async () => {
  const start = Temporal.Instant.from('2020-05-26T06:00:00Z')
  const visits = await Promise.all(
    ['booked', 'expired', 'cancelled'].map(async (state, nth) => {
      const visit = await bookedVisit(office, { serviceId: 'nabycie-zbycie-pojazdu', start: start.add({ minutes: 60 * nth }) })
      await context.database.pool.query('update visit set state = $2 where id = $1', [visit.id, state])
      return visit.reference
    }),
  )
  const cookie = visits.map((each) => `w_${each}=${context.secrets.secretOf(each)}`).join('; ')
  const statuses = new Set<number>()
  for (const reference of [...visits, 'ABCDEFGH', 'x']) {
    for (const path of [`/wizyta/${reference}`, `/rezerwacja/${reference}`, `/sprawy/dowody-osobiste/prosba/${reference}`]) {
      for (const page of ['', '/dane', '/sprawdz', '/druk', '/zmien', '/odwolaj', '/kalendarz.ics', '/stan', '/zwolnij']) {
        for (const method of ['GET', 'POST'] as const) {
          const { headers, payload } = form({})
          const answer = await app.inject(
            method === 'GET'
              ? { method, url: `${path}${page}`, headers: { cookie } }
              : { method, url: `${path}${page}`, headers: { ...headers, cookie }, payload },
          )
          statuses.add(answer.statusCode)
        }
      }
    }
  }
  assert.ok(
    [...statuses].every((status) => status < 500),
    [...statuses].join(),
  )
  assert.deepEqual(lines, [])
})
