/**
 * Signing in: the right person gets in, a guess does not, and nobody learns who works here.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/support/office.js'
import {
  accountOfLink,
  makeAccount,
  setPasswordByLink,
  signIn,
  signOut,
  whoIs,
  makeProgramToken,
  withdrawToken,
  closeAccount,
} from './actions.js'
import { hashPassword, isPassword, needsRehash } from './passwords.js'
import { localReturn } from './rules.js'
import { ensureAdministrator, makeDemonstrationAccounts } from './seeds.js'
import { listAccounts, listTokens, setPassword } from './store.js'

const { context } = await testDatabase()
const { pool } = context.database
const machineNow = Temporal.Instant.from('2026-01-05T08:00:00Z')
const password = 'okno na rynek 7'

async function madeAccount(login: string, roles: ('guard' | 'administrator' | 'desk')[] = ['guard']): Promise<number> {
  const made = await makeAccount(context, { login, name: 'Osoba', roles }, context.clock.now(), machineNow)
  assert.ok('link' in made)
  const token = made.link.split('/').at(-1) as string
  const set = await setPasswordByLink(context, token, password, machineNow)
  assert.ok('token' in set)
  return set.accountId
}

test('a password is kept as argon2id in PHC form and is never the same twice', async () => {
  const [one, two] = await Promise.all([hashPassword(password), hashPassword(password)])
  assert.match(one, /^\$argon2id\$v=19\$m=32768,t=3,p=1\$/)
  assert.notEqual(one, two)
  assert.equal(await isPassword(password, one), true)
  assert.equal(await isPassword(`${password} `, one), false)
  assert.equal(await isPassword(password, null), false)
  assert.equal(await isPassword(password, 'not a hash'), false)
  assert.equal(needsRehash(one), false)
  assert.equal(needsRehash(one.replace('m=32768', 'm=8192')), true)
})

test('the right password opens a session of twelve hours, the wrong one says the same as an unknown login', async () => {
  const accountId = await madeAccount('straznik')
  const session = await signIn(context, { login: ' Straznik ', password }, machineNow)
  assert.ok('token' in session)
  const cookie = session.token
  assert.equal((await whoIs(context, { cookie }, machineNow.add({ hours: 11, minutes: 59 })))?.accountId, accountId)
  assert.equal(await whoIs(context, { cookie }, machineNow.add({ hours: 12 })), null)
  assert.deepEqual(
    await signIn(context, { login: 'straznik', password: 'cos innego 123' }, machineNow),
    await signIn(context, { login: 'nikt-taki', password: 'cos innego 123' }, machineNow),
  )
  await signOut(context, cookie)
  assert.equal(await whoIs(context, { cookie }, machineNow), null)
})

test('an old hash is made anew at sign-in', async () => {
  const accountId = await madeAccount('dawny')
  const { argon2Sync } = await import('node:crypto')
  const salt = Buffer.alloc(16, 7)
  const old = argon2Sync('argon2id', { message: password, nonce: salt, parallelism: 1, tagLength: 32, memory: 8192, passes: 2 })
  const phc = `$argon2id$v=19$m=8192,t=2,p=1$${salt.toString('base64').replaceAll('=', '')}$${Buffer.from(old).toString('base64').replaceAll('=', '')}`
  await setPassword(pool, accountId, phc)
  assert.ok('token' in (await signIn(context, { login: 'dawny', password }, machineNow)))
  const { rows } = await pool.query('select password from account where id = $1', [accountId])
  assert.match(rows[0].password, /m=32768/)
})

test('the sixth guess within a quarter of an hour waits, however many come at once, and then passes again', async () => {
  await madeAccount('ofiara')
  const later = machineNow.add({ hours: 2 })
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => signIn(context, { login: 'ofiara', password: 'zgaduj zgadula' }, later)),
  )
  const judged = answers.filter((each) => 'code' in each && each.code === 'wrong-password')
  assert.ok(judged.length <= 5, `${judged.length} guesses were judged`)
  for (let more = judged.length; more < 5; more += 1) await signIn(context, { login: 'ofiara', password: 'zgaduj zgadula' }, later)
  const waits = await signIn(context, { login: 'ofiara', password }, later)
  assert.ok('code' in waits && waits.code === 'too-many-guesses')
  assert.ok('token' in (await signIn(context, { login: 'straznik', password }, later)), 'others are not held up')
  assert.ok('token' in (await signIn(context, { login: 'ofiara', password }, later.add({ minutes: 16 }))))
})

test('a one-time link sets the password once, of two at once too, and ends', async () => {
  const made = await makeAccount(context, { login: 'nowa', name: 'Nowa Osoba', roles: ['desk'] }, context.clock.now(), machineNow)
  assert.ok('link' in made)
  const token = made.link.split('/').at(-1) as string
  assert.equal(await accountOfLink(context, token, machineNow.add({ hours: 49 })), null)
  assert.equal((await accountOfLink(context, token, machineNow))?.login, 'nowa')
  const both = await Promise.all([
    setPasswordByLink(context, token, password, machineNow),
    setPasswordByLink(context, token, password, machineNow),
  ])
  assert.equal(both.filter((each) => 'token' in each).length, 1)
  assert.equal(await accountOfLink(context, token, machineNow), null)
  const again = await makeAccount(context, { login: 'nowa', name: 'Druga', roles: ['desk'] }, context.clock.now(), machineNow)
  assert.ok('code' in again && again.code === 'login-taken')
})

test('a program signs in with a bearer token until it is withdrawn', async () => {
  const accountId = await madeAccount('program')
  const token = await makeProgramToken(context, { accountId, name: 'kiosk' }, machineNow)
  assert.ok(typeof token === 'string')
  assert.deepEqual((await whoIs(context, { bearer: token }, machineNow))?.via, 'token')
  const listed = (await listTokens(pool)).find((each) => each.accountId === accountId)
  assert.ok(listed)
  await withdrawToken(context, listed.id)
  assert.equal(await whoIs(context, { bearer: token }, machineNow), null)
})

test('a closed account is out at once, and the last administrator cannot be closed', async () => {
  const accountId = await madeAccount('odchodzi')
  const session = await signIn(context, { login: 'odchodzi', password }, machineNow)
  assert.ok('token' in session)
  assert.equal(await closeAccount(context, accountId, context.clock.now()), 'closed')
  assert.equal(await whoIs(context, { cookie: session.token }, machineNow), null)
  const [one, two] = [await madeAccount('admin-1', ['administrator']), await madeAccount('admin-2', ['administrator'])]
  const both = await Promise.all([closeAccount(context, one, context.clock.now()), closeAccount(context, two, context.clock.now())])
  assert.equal(both.filter((each) => each === 'closed').length, 1)
})

test('a sign-in leads back only to a page of the staff', () => {
  for (const good of ['/praca', '/praca/wejscie/karasia-15', '/praca/stanowisko/walowa-5%2F4%2F1', '/praca/obsluga?dzien=2020-05-25'])
    assert.equal(localReturn(good), good)
  for (const bad of [
    'https://zly.example',
    '//zly.example',
    '/praca//zly',
    '/\\zly',
    '/praca\t/x',
    '/pracax',
    '/',
    7,
    null,
    '/praca/wyloguj',
    '/praca/logowanie?powrot=/praca',
  ]) {
    assert.equal(localReturn(bad), '/praca')
  }
})

test('a real office starts with one link for its administrator; the demonstration prints the same passwords each time', async () => {
  const { context: fresh } = await testDatabase()
  const first = await ensureAdministrator(fresh, machineNow)
  const second = await ensureAdministrator(fresh, machineNow)
  assert.ok(first && second && first.link !== second.link)
  const token = second.link.split('/').at(-1) as string
  assert.equal(await accountOfLink(fresh, first.link.split('/').at(-1) as string, machineNow), null, 'the older link ended')
  assert.ok('token' in (await setPasswordByLink(fresh, token, password, machineNow)))
  assert.equal(await ensureAdministrator(fresh, machineNow), null)

  const document = {
    demonstration: {
      accounts: [{ login: 'biuro', name: 'Biuro Obsługi', roles: ['service-office'], unitId: null, desk: null, buildingId: null }],
    },
  }
  const printed = await makeDemonstrationAccounts(fresh, document)
  assert.deepEqual(await makeDemonstrationAccounts(fresh, document), printed)
  assert.ok('token' in (await signIn(fresh, { login: 'biuro', password: printed[0]?.password ?? '' }, machineNow)))
  assert.equal((await listAccounts(fresh.database.pool)).length, 2)
  await assert.rejects(makeDemonstrationAccounts({ ...fresh, demonstration: false }, document))
})
