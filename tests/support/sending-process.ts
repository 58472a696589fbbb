/** What a process that sends does once: reads the outbox, sends by every way, tells each step. */
import type { Context } from '../../src/platform/context.js'
import { deliveriesOf } from '../../src/messages/deliveries.js'
import { readOutbox, type Composers } from '../../src/messages/index.js'

/** How long whoever claims a message has it here: a test does not wait for minutes. */
export const testLease = Temporal.Duration.from({ seconds: 46 })

/** Each row of the outbox tells one person, by both ways. */
export const tellBoth: Composers = {
  'told-twice': async (_database, payload) => ({
    to: { email: `osoba${payload['n']}@example.pl`, phone: `+48600${String(payload['n']).padStart(6, '0')}` },
    language: 'pl',
    subject: { key: 'booking-messages.booked.subject', values: { when: `dzień ${payload['n']}` } },
    lines: [],
    link: null,
    visitId: null,
    both: true,
    atOnce: true,
  }),
}

/** Steps of reading, before and after those of sending. */
export async function startReaderOnce(context: Context, at: (step: string) => void): Promise<void> {
  const told: Composers = {
    'told-twice': async (database, payload, facts) => {
      at('composing')
      at(`composing ${payload['n']}`)
      return (await tellBoth['told-twice']?.(database, payload, facts)) ?? null
    },
  }
  const deliveries = deliveriesOf(context)
  await readOutbox(context, told, deliveries, { lease: testLease, at })
  for (const delivery of deliveries) delivery.close?.()
}
