import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '../../../tests/support/office.js'
import { solution } from '../../../tests/support/proof.js'
import { projectFile } from '../../platform/paths.js'
import { challengeOf, challengeSeconds, hashesFor, isCalm, readProof } from './proof.js'

const { context } = await testDatabase()
const { secrets } = context
const script = (await import(pathToFileURL(projectFile('dist', 'assets', 'sha256.js')).href)) as {
  sha256(text: string): Uint32Array
  solve(salt: string, challenge: string, most: number): number | null
}
const now = 1_600_000_000
const random = { salt: '0123456789abcdef01234567', part: 0.42 }

test('the browser’s SHA-256 is SHA-256', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{0,200}$/), (text) => {
      const hex = [...script.sha256(text)].map((word) => word.toString(16).padStart(8, '0')).join('')
      assert.equal(hex, createHash('sha256').update(text).digest('hex'))
    }),
    { numRuns: 500 },
  )
})

test('a challenge is solved by the browser’s script and read back once solved, under one name', () => {
  const challenge = challengeOf(secrets, 1_000, now, random)
  const number = script.solve(challenge.salt, challenge.challenge, challenge.maxnumber)
  assert.equal(number, Math.floor(0.42 * 2_001))
  const sent = solution(challenge)
  const name = readProof(secrets, sent, now)
  assert.match(name ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  assert.equal(readProof(secrets, sent, now + challengeSeconds), name)
  assert.equal(readProof(secrets, sent, now + challengeSeconds + 1), null, 'out of time')
})

test('what was not given by the office, or not solved, is no proof', () => {
  const challenge = challengeOf(secrets, 1_000, now, random)
  const right = JSON.parse(Buffer.from(solution(challenge), 'base64').toString()) as Record<string, unknown>
  const sent = (change: Record<string, unknown>): string => Buffer.from(JSON.stringify({ ...right, ...change })).toString('base64')
  assert.ok(readProof(secrets, sent({}), now))
  const later = String(right['salt']).replace(/expires=\d+/, `expires=${now + 99_999_999}`)
  const own = createHash('sha256').update(`${later}7`).digest('hex')
  for (const change of [
    { number: Number(right['number']) + 1 },
    { number: -1 },
    { number: '840' },
    { salt: later },
    { salt: later, number: 7, challenge: own },
    { signature: '00'.repeat(32) },
    { signature: '' },
    { algorithm: 'SHA-1' },
    { salt: '' },
  ])
    assert.equal(readProof(secrets, sent(change), now), null, JSON.stringify(change))
  for (const text of ['', 'x', '{}', 'bnVsbA==', 'A'.repeat(1_001)]) assert.equal(readProof(secrets, text, now), null, text)
  fc.assert(fc.property(fc.string(), (text) => readProof(secrets, text, now) === null))
})

test('the work rises with the load and never falls with it; calm costs a thousand hashes', () => {
  const load = fc.record({ perMinute: fc.nat(20_000), waiting: fc.nat(2_000) })
  fc.assert(
    fc.property(load, load, (a, b) => {
      const both = { perMinute: Math.max(a.perMinute, b.perMinute), waiting: Math.max(a.waiting, b.waiting) }
      assert.ok(hashesFor(both, 64_000) >= hashesFor(a, 64_000))
      assert.ok(hashesFor(a, 4_000) <= 4_000)
      assert.equal(isCalm(a), hashesFor(a, 64_000) === 1_000)
    }),
  )
  assert.equal(hashesFor({ perMinute: 0, waiting: 0 }, 64_000), 1_000)
  assert.equal(hashesFor({ perMinute: 10_000, waiting: 0 }, 64_000), 64_000)
})

test('on average the work is what it says', () => {
  let sum = 0
  const rounds = 400
  for (let round = 0; round < rounds; round += 1) {
    const challenge = challengeOf(secrets, 50, now, { salt: random.salt, part: round / rounds })
    sum += script.solve(challenge.salt, challenge.challenge, challenge.maxnumber) ?? Number.NaN
  }
  assert.ok(Math.abs(sum / rounds - 50) < 2, `${sum / rounds}`)
})
