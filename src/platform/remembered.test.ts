/** What is kept in memory: read once, again after a hint, and never kept from before it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/support/office.js'
import { remembered } from './remembered.js'

const { context } = await testDatabase()

test('it is read once for all who ask, and again after a hint on its topic alone', async () => {
  let readings = 0
  const count = remembered('test-counted', async () => (readings += 1))
  assert.deepEqual(await Promise.all([count(context), count(context)]), [1, 1])
  context.changes.publish('test-other')
  assert.equal(await count(context), 1)
  context.changes.publish('test-counted')
  assert.deepEqual([await count(context), await count(context)], [2, 2])
})

test('what was being read when the hint came is not kept, and neither is a reading that failed', async () => {
  const begun: { resolve: (value: string) => void; reject: (error: Error) => void }[] = []
  const kept = remembered('test-slow', () => new Promise<string>((resolve, reject) => begun.push({ resolve, reject })))
  const early = kept(context)
  context.changes.publish('test-slow')
  const late = kept(context)
  begun[1]?.resolve('new')
  begun[0]?.resolve('old')
  assert.deepEqual([await early, await late, await kept(context)], ['old', 'new', 'new'])
  context.changes.publish('test-slow')
  const failing = kept(context)
  begun[2]?.reject(new Error('away'))
  await assert.rejects(failing, /away/)
  const again = kept(context)
  begun[3]?.resolve('back')
  assert.equal(await again, 'back')
})
