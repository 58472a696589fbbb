/** Our proof of work against another's: ALTCHA's own library as solver, issuer and verifier. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createChallenge, extractParams, solveChallenge, verifySolution } from 'altcha-lib/v1'
import { testLeszno } from '../../../tests/support/office.js'
import type { Task } from '../../../tests/support/proof.js'
import { machineClock } from '../../platform/clock.js'
import { projectFile } from '../../platform/paths.js'
import { newChallenge } from './gate.js'
import { challengeOf, challengeSeconds, proofKey, readProof } from './proof.js'

const { context } = await testLeszno()
const { secrets } = context
const key = proofKey(secrets)
const script = (await import(pathToFileURL(projectFile('dist', 'assets', 'sha256.js')).href)) as {
  solve(salt: string, challenge: string, most: number): number | null
}
const seconds = (): number => Math.floor(machineClock.now().epochMilliseconds / 1_000)
const sent = (task: Task, number: number): string =>
  Buffer.from(
    JSON.stringify({ algorithm: task.algorithm, challenge: task.challenge, number, salt: task.salt, signature: task.signature }),
  ).toString('base64')

test('ALTCHA’s solver solves our challenge, and our gate takes what it found', async () => {
  const task = await newChallenge(context)
  const found = await solveChallenge(task.challenge, task.salt, task.algorithm, task.maxnumber).promise
  assert.ok(found !== null)
  assert.notEqual(readProof(secrets, sent(task, found.number), seconds()), null)
})

test('what our browser’s script finds, ALTCHA’s verifier takes with our key and with no other', async () => {
  const task = await newChallenge(context)
  const number = script.solve(task.salt, task.challenge, task.maxnumber)
  assert.ok(number !== null)
  assert.equal(await verifySolution(sent(task, number), key), true)
  assert.equal(await verifySolution(sent(task, number), `${key}0`), false)
  assert.equal(Number(extractParams(task)['expires']) - seconds() > challengeSeconds - 60, true, 'its verifier reads until when')
})

test('a challenge ALTCHA issues with our key is taken by our gate', async () => {
  const expires = new Date((seconds() + 600) * 1_000)
  const issued = await createChallenge({ hmacKey: key, maxnumber: 500, expires })
  const task = { ...issued, maxnumber: 500 }
  const number = script.solve(task.salt, task.challenge, 500)
  assert.ok(number !== null)
  assert.notEqual(readProof(secrets, sent(task, number), seconds()), null)
  assert.equal(readProof(secrets, sent(task, number), seconds() + 601), null)
})

test('both refuse what was changed, is out of time, or moves digits from the number into the salt', async () => {
  const task = challengeOf(secrets, 1_000, seconds(), { salt: '00112233445566778899aabb', part: 0.42 })
  const number = script.solve(task.salt, task.challenge, task.maxnumber) ?? assert.fail()
  const late = challengeOf(secrets, 1_000, seconds() - challengeSeconds - 1, { salt: '00112233445566778899aabb', part: 0.42 })
  const digits = String(number)
  const wrong: readonly [Task, number][] = [
    [task, number + 1],
    [{ ...task, signature: '00'.repeat(32) }, number],
    [{ ...task, salt: task.salt.replace('expires=', 'expires=9') }, number],
    [{ ...task, salt: task.salt + digits.slice(0, 1) }, Number(digits.slice(1))],
    [late, script.solve(late.salt, late.challenge, late.maxnumber) ?? assert.fail()],
  ]
  for (const [each, found] of wrong) {
    assert.equal(readProof(secrets, sent(each, found), seconds()), null)
    assert.equal(await verifySolution(sent(each, found), key), false)
  }
})
