/** What a clerk sees before sending is what is sent. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { clerkTimes, findRequest } from '../booking/index.js'
import { mailbox, taken } from '../../tests/support/mails/office.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { answerMail, inboxComposers, type Answer } from './index.js'
import { previewAnswer } from './preview.js'
import { keepUntilChoices } from './rules.js'
import { lastMailOf, threadOfRequest, writeMailboxes } from './store.js'

const { context, clock, directory: office } = await testLeszno()
const { pool } = context.database
await writeMailboxes(pool, [mailbox])
const clerk = await signedIn(context, 'service-office')
const actor = `account:${clerk.accountId}` as const
const serviceId = 'rejestracja-pojazdow'

let people = 0
async function came() {
  const from = `writes${(people += 1)}@poczta.example`
  await taken(context, { from, subject: 'Car', text: 'Good morning, I would like to register my car. When may I come to the office?' })
  const { rows } = await pool.query<{ reference: string }>('select reference from request where person_email = $1', [from])
  const reference = rows[0]?.reference ?? ''
  const request = (await findRequest(pool, reference)) ?? assert.fail('no request')
  const thread = (await threadOfRequest(pool, reference)) ?? assert.fail('no thread')
  return { reference, request, thread }
}

test('the preview is the mail that goes out: subject, sentences, times and links, in the language of whoever wrote', async () => {
  const keep = keepUntilChoices(clock.now())[1] as Temporal.Instant
  const { days } = await clerkTimes(context, { serviceId }, Temporal.PlainDate.from('2020-05-28'))
  const starts = days.flatMap((day) => day.starts.map(({ start }) => start)).slice(0, 2)
  const answers: Answer[] = [
    { kind: 'times', serviceId, starts: starts.toReversed(), keep },
    { kind: 'advice', serviceId },
    { kind: 'question' },
    { kind: 'closed', reason: 'not-our-matter' },
  ]
  for (const answer of answers) {
    const { reference, request, thread } = await came()
    assert.equal(request.language, 'en')
    const said = { own: 'One line.\nAnother.\n\nA paragraph.', answer }
    const seen = await lastMailOf(pool, thread.id)
    const preview = await previewAnswer(context, { request, thread }, said)
    assert.ok('lines' in preview)
    assert.equal(await lastMailOf(pool, thread.id), seen, 'nothing is written')
    assert.ok((await answerMail(context, { ...said, reference, actor, key: randomUUID(), seen })).allowed)
    const { rows } = await pool.query<{ kind: string; payload: Record<string, number> }>(
      'select kind, payload from outbox order by id desc limit 1',
    )
    const sent = await inboxComposers[rows[0]?.kind ?? '']?.(pool, rows[0]?.payload ?? {}, { now: clock.now(), office })
    assert.deepEqual(
      [preview.subject, ...preview.lines],
      [sent?.subject, ...(sent?.lines ?? [])].map((each) => each?.values?.['text']),
    )
    assert.equal(preview.links.length, answer.kind === 'times' ? 2 : 0)
    assert.equal([sent?.link ?? [], sent?.more ?? []].flat().length, preview.links.length)
  }
})

test('a time too soon to be answered is refused before it is sent', async () => {
  const answer = { kind: 'times', serviceId, starts: [clock.now().add({ hours: 1 })], keep: clock.now().add({ hours: 9 }) } as const
  const refused = await previewAnswer(context, await came(), { own: '', answer })
  assert.ok('code' in refused && refused.code === 'time-too-soon')
})
