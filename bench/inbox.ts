/**
 * Mails taken in a second from an IMAP server on loopback: fetched, read, kept with their thread and
 * acknowledgement, marked. One process, one mailbox, a thousand Polish mails of every shape in turn.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { ImapFlow } from 'imapflow'
import type pg from 'pg'
import { listen } from '../src/inbox/listen.js'
import { writeMailboxes } from '../src/inbox/store.js'
import { makeMail } from '../tests/support/mails/generate.js'
import { mailbox } from '../tests/support/mails/office.js'
import { lesznoActs, lesznoFile } from '../tests/support/office.js'
import { openBenchOffice } from './office.js'
import type { Figures } from './harness.js'

const mails = 600

export async function inboxBench(server: pg.ClientConfig): Promise<Figures> {
  const imap = new Worker(new URL('../tests/support/imap-server.js', import.meta.url))
  const [port] = (await once(imap, 'message')) as [number]
  const office = await openBenchOffice(server, 'inbox', {
    office: lesznoFile(),
    acts: lesznoActs(),
    now: Temporal.Instant.from('2020-05-25T05:20:00Z'),
    poolSize: 6,
  })
  try {
    const { context } = office
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      doSTARTTLS: false,
      auth: { user: 'ala', pass: 'kot' },
      logger: false,
    })
    await client.connect()
    for (let nth = 0; nth < mails; nth += 1) await client.append('INBOX', makeMail(nth).raw)
    await client.logout()
    const box = { ...mailbox, imap: { ...mailbox.imap, port } }
    await writeMailboxes(context.database.pool, [box])
    const stop = new AbortController()
    const all = Promise.withResolvers<number>()
    let taken = 0
    const begun = performance.now()
    const listening = listen(context, box, stop.signal, {
      at(point) {
        if (point === 'after-commit' && (taken += 1) === mails) all.resolve(performance.now() - begun)
      },
    })
    const took = await all.promise
    stop.abort()
    await listening
    return { intake_per_s: mails / (took / 1_000) }
  } finally {
    await office.close()
    await imap.terminate()
  }
}
