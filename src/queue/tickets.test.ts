/**
 * Tickets are unique in a day however many doors ask at once; each letter and day starts at 001.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transaction } from '../platform/database.js'
import { testDatabase } from '../../tests/support/office.js'
import { issueTicket, spacedTicket } from './tickets.js'

const { context } = await testDatabase()
const day = Temporal.PlainDate.from('2020-05-25')

test('tickets are a letter and three digits, from 001 each day and letter', async () => {
  const issue = (letter: string, on = day): Promise<string> => issueTicket(context.database.pool, { day: on, letter })
  assert.equal(await issue('A'), 'A001')
  assert.equal(await issue('A'), 'A002')
  assert.equal(await issue('B'), 'B001')
  assert.equal(await issue('A', day.add({ days: 1 })), 'A001')
  assert.equal(spacedTicket('A041'), 'A 041')
})

test('forty tickets asked for at once are forty numbers without a gap', async () => {
  const issued = await Promise.all(
    Array.from({ length: 40 }, () => transaction(context.database, (client) => issueTicket(client, { day, letter: 'K' }))),
  )
  assert.deepEqual(
    issued.toSorted(),
    Array.from({ length: 40 }, (_, index) => `K${String(index + 1).padStart(3, '0')}`),
  )
})
