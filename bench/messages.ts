/**
 * Messages: how many a process composes and sends in a second through an SMTP server on this machine,
 * and what a booking costs while ten thousand wait.
 */
import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import { composers } from '../src/composers.js'
import { directory } from '../src/directory/index.js'
import { messageIdOf, readOutbox, startReader, type Composers, type Delivery } from '../src/messages/index.js'
import { letterOf } from '../src/messages/letter.js'
import { sentMessages } from '../src/messages/store.js'
import { smtp } from '../src/messages/ways/smtp.js'
import { noWaysOut, type MailSettings } from '../src/platform/config-messages.js'
import type { Context } from '../src/platform/context.js'
import { ready } from '../tests/support/sending.js'
import { freshStarts, rate } from './booking.js'
import { benchOffice } from './booking-office.js'
import { median, ratioOf, type Figures } from './harness.js'

const rounds = Number(process.env['ROUNDS'] ?? 3)
const messagesARound = 1_000
const waiting = 10_000
const bookingsARound = 300

export async function messagesBench(server: pg.ClientConfig): Promise<Figures> {
  return { ...(await sending(server)), ...(await besideBooking(server)) }
}

/** From the row of the outbox to the note that the server has it. */
async function sending(server: pg.ClientConfig): Promise<Figures> {
  const office = await benchOffice(server, 'bench_messages', 2)
  const worker = new Worker(new URL('./mail-server.js', import.meta.url))
  try {
    const settings = await new Promise<MailSettings>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    const way = smtp(settings)
    const perSecond: number[] = []
    const bare: number[] = []
    for (let round = -1; round < rounds; round += 1) {
      await post(office.context, messagesARound)
      const begun = performance.now()
      await readOutbox(office.context, told, [way])
      if (round >= 0) perSecond.push((messagesARound * 1_000) / (performance.now() - begun))
      await checkAllSent(office.context)
      const said = await sayOnly(office.context, way)
      if (round >= 0) bare.push(said)
    }
    way.close?.()
    return {
      messages_per_s: median(perSecond),
      messages_vs_smtp_alone: median(perSecond.map((each, round) => each / (bare[round] ?? Number.NaN))),
    }
  } finally {
    await worker.terminate()
    await office.close()
  }
}

/** The same e-mails said to the server a second, with no database: what sending costs whoever does it. */
async function sayOnly(context: Context, way: Delivery): Promise<number> {
  const { office } = await directory(context)
  const [row] = await sentMessages(context.database.pool, ['email'], { before: null, to: null, most: 1 })
  const letter = row === undefined ? null : letterOf(context, row)
  if (letter === null) throw new Error('no message was sent')
  const outgoing = { ...letter, messageId: messageIdOf(context, letter.id), reference: '' }
  let left = messagesARound
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: way.parallel }, async () => {
      while (left > 0) {
        left -= 1
        await way.deliver(outgoing, office)
      }
    }),
  )
  return (messagesARound * 1_000) / (performance.now() - begun)
}

/** A message like a confirmation: a few lines, two links. */
const told: Composers = {
  told: async (_database, payload) => ({
    to: { email: `osoba${payload['n']}@example.pl`, phone: null },
    language: 'pl',
    subject: { key: 'booking-messages.booked.subject', values: { when: 'środa, 27 maja, 9:15' } },
    lines: Array.from({ length: 6 }, () => ({ key: 'booking-messages.service', values: { service: 'Dowód osobisty' } })),
    link: { href: { secret: 'visit-link', reference: 'K7MPQX2D' }, label: { key: 'booking-messages.link.visit' } },
    more: [{ href: { secret: 'cancel-link', reference: 'K7MPQX2D' }, label: { key: 'booking-messages.link.visit' } }],
    visitId: null,
  }),
}

async function post(context: Context, count: number): Promise<void> {
  await context.database.pool.query('truncate message, message_resend, outbox')
  await context.database.pool.query(
    `insert into outbox (at, kind, payload) select $1, 'told', jsonb_build_object('n', n) from generate_series(1, $2::int) as n`,
    [context.clock.now(), count],
  )
}

async function checkAllSent({ database }: Context): Promise<void> {
  const { rows } = await database.pool.query<{ count: number }>(`select count(*)::int as count from message where state = 'sent'`)
  if (rows[0]?.count !== messagesARound) throw new Error(`of ${messagesARound} messages ${rows[0]?.count} were sent`)
}

/** Bookings of two offices whose mail server is away, in turn: ten thousand messages wait in one of them. */
async function besideBooking(server: pg.ClientConfig): Promise<Figures> {
  const names = ['none', 'many'] as const
  const away: MailSettings = {
    host: '127.0.0.1',
    port: 9,
    tls: 'none',
    ca: null,
    user: null,
    password: null,
    connections: 5,
    from: 'a@b.pl',
    dkim: null,
  }
  const opened = await Promise.all(
    names.map(async (name) => {
      const office = await benchOffice(server, `bench_messages_${name}`, 20)
      const context: Context = { ...office.context, demonstration: false, waysOut: { ...noWaysOut, email: away } }
      if (name === 'many') for (let left = waiting; left > 0; left -= 1_000) await ready(context, { count: 1_000 })
      await context.database.pool.query('analyze message')
      const stop = startReader(context, composers)
      return { office, stop, fresh: freshStarts(context, 20) }
    }),
  )
  const times: Record<(typeof names)[number], number[]> = { none: [], many: [] }
  for (const { fresh } of opened) await fresh.warm()
  for (let round = 0; round < rounds * 3; round += 1)
    for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
      const { fresh } = opened[index] as (typeof opened)[number]
      times[names[index] as 'none' | 'many'].push(1 / (await rate(bookingsARound, () => fresh.book())))
    }
  for (const { office, stop } of opened) {
    await stop()
    await office.close()
  }
  return { booking_beside_messages: ratioOf(times.many, times.none) }
}
