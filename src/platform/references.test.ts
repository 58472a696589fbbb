import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/support/office.js'
import { newReference, parseReference } from './references.js'

test('a reference read out with spaces and small letters is understood', () => {
  const reference = newReference()
  assert.equal(parseReference(` ${reference.slice(0, 4).toLowerCase()}-${reference.slice(4)} `), reference)
})

test('a reference with O, I, U, 0 or 1 is none', () => {
  for (const bad of ['AAAAAAAO', 'AAAAAAAI', 'AAAAAAAU', 'AAAAAAA0', 'AAAAAAA1', 'AAAAAAA', 'AAAAAAAAA', ''])
    assert.equal(parseReference(bad), null)
})

test('a pass token leads back to its visit and a made-up one to none', async () => {
  const { context } = await testDatabase()
  assert.equal(context.secrets.visitOfPass(context.secrets.passToken(123456)), 123456)
  assert.equal(context.secrets.visitOfPass('AAAAAAAAAAAAAAAAAAAAAA'), null)
})

test('a secret opens its own reference only', async () => {
  const { context } = await testDatabase()
  const secret = context.secrets.secretOf('ABCDEFGH')
  assert.equal(context.secrets.isSecretOf('ABCDEFGH', secret), true)
  assert.equal(context.secrets.isSecretOf('ABCDEFGJ', secret), false)
})
