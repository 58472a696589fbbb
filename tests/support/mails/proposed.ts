/** A time proposed in a mail and kept, for pages and pictures. */
import assert from 'node:assert/strict'
import { answerMail } from '../../../src/inbox/index.js'
import { keepUntilChoices } from '../../../src/inbox/rules.js'
import { lastMailOf, threadOfRequest, writeMailboxes } from '../../../src/inbox/store.js'
import { clerkTimes } from '../../../src/booking/index.js'
import type { Context } from '../../../src/platform/context.js'
import { signedIn } from '../staff.js'
import { mailbox, taken } from './office.js'

const serviceId = 'rejestracja-pojazdow'

/** The path of the link that was sent, and the reference of the kept time. */
export async function proposedTime(context: Context): Promise<{ readonly link: string; readonly reference: string }> {
  const { pool } = context.database
  await writeMailboxes(pool, [mailbox])
  const email = `nowak.${crypto.randomUUID().slice(0, 8)}@poczta.example`
  await taken(context, { id: `<${email}>`, from: `Jan Nowak <${email}>` })
  const { rows } = await pool.query<{ reference: string }>('select reference from request where person_email = $1', [email])
  const request = rows[0]?.reference ?? assert.fail('the mail is a request')
  const { accountId } = await signedIn(context, 'service-office')
  const starts = (await clerkTimes(context, { serviceId }, null)).days.flatMap((day) => day.starts.map(({ start }) => start)).slice(-2)
  const keep = keepUntilChoices(context.clock.now()).at(0) ?? assert.fail('there is always an hour')
  const seen = await lastMailOf(pool, (await threadOfRequest(pool, request))?.id ?? 0)
  const answer = { kind: 'times', serviceId, starts, keep } as const
  const outcome = await answerMail(context, {
    reference: request,
    actor: `account:${accountId}`,
    key: crypto.randomUUID(),
    own: '',
    answer,
    seen,
  })
  assert.equal(outcome.code, 'done')
  const kept = await pool.query<{ reference: string }>(
    `select v.reference from mail_time mt join visit v on v.id = mt.visit_id order by mt.id desc limit 1`,
  )
  const reference = kept.rows[0]?.reference ?? assert.fail('a time is kept')
  return { link: `/t/${reference}-${context.secrets.confirmToken(reference, 0)}`, reference }
}
