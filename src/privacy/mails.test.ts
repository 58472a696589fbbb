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
  await erasePersonalData(context, clock.now().add({ hours: 24 * 200 }))
  assert.equal(await count(personal), 0)
  assert.equal(await count('select from mail_thread where subject is not null'), 0)
  assert.equal(await count('select from mail_acknowledged'), 0)
  assert.equal(await count('select from mail'), 2)
})
