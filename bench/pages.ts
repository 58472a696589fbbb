/**
 * How many day-and-time pages a second one process answers over HTTP: kept in memory for everyone,
 * and made anew for each (the same page as it moves a visit, which also reads that visit).
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { createApp } from '../src/app.js'
import { book, timesOf } from '../src/booking/index.js'
import { directory } from '../src/directory/index.js'
import type { Context } from '../src/platform/context.js'
import { ruleBook } from '../src/regulation/index.js'
import { firstMorning, lesznoFile } from '../tests/support/office.js'
import { lesznoActs } from '../tests/support/rules.js'
import { httpLoad } from './harness.js'
import { openBenchOffice } from './office.js'

const serviceId = 'rejestracja-pojazdow'
const seconds = 3

/** `pages_per_s` and `pages_uncached_per_s`: absolute figures of this machine. */
export async function pagesBench(server: pg.ClientConfig): Promise<Record<string, number>> {
  const office = await openBenchOffice(server, 'bench_pages', {
    office: lesznoFile(),
    acts: lesznoActs(),
    now: firstMorning,
    poolSize: 8,
    demonstration: false,
  })
  const { context } = office
  const app = await createApp(context)
  await app.listen({ host: '127.0.0.1', port: 0 })
  try {
    const address = app.server.address()
    const load = { host: '127.0.0.1', port: typeof address === 'object' && address !== null ? address.port : 0, seconds }
    const visit = await oneVisit(context)
    const kept = await httpLoad({ ...load, path: `/sprawy/${serviceId}/terminy`, headers: { 'accept-encoding': 'gzip' } })
    const made = await httpLoad({
      ...load,
      path: `/wizyta/${visit.reference}/zmien`,
      headers: { cookie: `w_${visit.reference}=${visit.secret}` },
    })
    return { pages_per_s: kept, pages_uncached_per_s: made }
  } finally {
    await app.close()
    await office.close()
  }
}

async function oneVisit(context: Context): Promise<{ reference: string; secret: string }> {
  const office = await directory(context)
  const days = await timesOf(
    context,
    { directory: office, book: await ruleBook(context), service: office.services.get(serviceId) ?? null },
    { serviceId },
  )
  const start = days?.find((day) => day.starts.length > 0)?.starts[0]?.start
  if (start === undefined) throw new Error('the example has no free time')
  const person = { name: 'Jan Próbny', email: null, phone: '+48601234567' }
  const outcome = await book(context, { serviceId, start, channel: 'phone', person, actor: 'system', key: randomUUID() })
  if (!outcome.allowed) throw new Error(`not booked: ${outcome.code}`)
  return outcome
}
