/** Mails: what is personal goes like the contact of their request; that they were there stays. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailbox, taken } from '../../tests/support/mails/office.js'
import { testLeszno } from '../../tests/support/office.js'
import { erasePersonalData } from './index.js'

test('what is personal of a mail is erased like its request’s contact', async () => {
  const { context, clock } = await testLeszno()
  const { pool } = context.database
  const count = async (text: string): Promise<number> => (await pool.query(text)).rowCount ?? 0
  await pool.query(`insert into mail_box (id, name, otherwise_id, address) values ($1, $2, $3, $4)`, [
    mailbox.id,
    mailbox.name,
    mailbox.otherwise,
    mailbox.address,
  ])
  await taken(context, { from: 'Anna <a@poczta.example>', file: 'wniosek.pdf' })
  const personal = 'select from mail where coalesce(person_name, person_email, subject, body) is not null'
  assert.equal(await count(personal), 2)
  await taken(context, { id: '<slub@anna.example>', from: 'Anna <a@poczta.example>', file: 'wniosek.pdf' })
  const { rows: named } = await pool.query<{ reference: string }>('select reference from request order by id desc limit 1')
  await erasePersonalData(context, clock.now().add({ hours: 24 * 200 }))
  assert.equal(await count(personal), 0)
  assert.equal(
    await count('select from mail where coalesce(message_id, files::text) is not null'),
    0,
    'what its sender called it, and its files',
  )
  assert.equal(await count('select from mail_thread where subject is not null or guess_words is not null'), 0)
  assert.equal(await count('select from mail_acknowledged'), 0)
  assert.equal(await count('select from mail'), 3)
  assert.equal(await taken(context, { id: '<slub@anna.example>', from: 'Anna <a@poczta.example>', file: 'wniosek.pdf' }), 'known')
  const subject = `Re: ślub [${named[0]?.reference ?? ''}]`
  const answer = { id: '<slub2@anna.example>', from: 'a@poczta.example', subject, answers: '<slub@anna.example>' }
  assert.equal(await taken(context, answer), 'thread', 'an answer to what is erased is a thread of its own')
})
