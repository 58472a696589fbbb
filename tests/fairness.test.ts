/** A small contest for the times of one release: the draw gives an actor with many contacts his part and no more. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contest } from '../bench/fairness-model.js'

const host = process.env['OKIENKO_TEST_SERVER']
if (host === undefined) throw new Error('run tests with npm test: it starts the database server')
const server = { host, user: 'okienko' }
const size = { citizens: 300, contacts: 15, desks: 1, seed: 3 } as const
const part = size.contacts / (size.contacts + size.citizens)

test('with nothing but the limits per contact the actor has as much as his contacts may have, before people have read the page', async () => {
  const { share, given, times } = await contest(server, `fair_off_${process.pid}`, 'limits-only', size)
  assert.equal(given, times)
  assert.ok(share > 0.5, `${share}`)
})

test('two thousand invented contacts take no place where an entry asks for its code, and most where it does not', async () => {
  const invented = 2_000
  const asked = { ...size, citizens: 150, invented }
  const { share, given, times } = await contest(server, `fair_code_${process.pid}`, 'lot', asked)
  assert.equal(given, times)
  assert.ok(share <= 2 * (size.contacts / (size.contacts + asked.citizens)), `${share}`)
  const unasked = await contest(server, `fair_none_${process.pid}`, 'lot', { ...size, citizens: 150, contacts: 400 })
  assert.ok(unasked.share > 0.5, `${unasked.share}`)
})

test('by lot he has at most twice his part of the contacts, and every time is given', async () => {
  const { share, given, times } = await contest(server, `fair_lot_${process.pid}`, 'lot', size)
  assert.equal(given, times)
  assert.ok(share <= 2 * part, `${share} of ${part}`)
})
