/** The server on its own: who may run it, what a start finds, and that data has one owner. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { clearLeftovers } from './leftover.js'
import { lockData } from './lock.js'
import type { Way } from './runner.js'
import { startEmbeddedServer } from './server.js'
import { socketFolder } from './socket.js'

const base = mkdtempSync(path.join(process.env['OKIENKO_TEST_FOLDER'] ?? os.tmpdir(), 'server-'))
after(() => rmSync(base, { recursive: true, force: true }))
const data = path.join(base, 'data')
const isRoot = process.getuid?.() === 0

/** Starts, adds a row, counts the rows, stops. */
async function rowsAfterOneMore(ways?: readonly Way[]): Promise<number> {
  const server = await startEmbeddedServer(data, { safe: false, ...(ways ? { ways } : {}) })
  try {
    const client = new pg.Client(server.connection)
    await client.connect()
    await client.query('create table if not exists row (n int)')
    await client.query('insert into row values (1)')
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from row')
    await client.end()
    return rows[0]?.n ?? 0
  } finally {
    await server.stop()
  }
}

function works([command = 'true', ...words]: string[]): boolean {
  return spawnSync(command, words).status === 0
}

test('a first start cut short leaves nothing in the way', async () => {
  mkdirSync(path.join(data, 'postgres.new'), { recursive: true })
  writeFileSync(path.join(data, 'postgres.new/PG_VERSION'), '18\n')
  assert.equal(await rowsAfterOneMore(), 1)
  assert.equal(existsSync(path.join(data, 'postgres.new')), false)
})

test('root runs it with less, whichever way there is, and may change the way on the same data', async (t) => {
  if (!isRoot) return t.skip('for root only')
  let rows = 1
  if (works(['unshare', '--user', 'true'])) assert.equal(await rowsAfterOneMore(['unshare']), (rows += 1))
  if (works(['setpriv', '--reuid=65534', '--inh-caps=+dac_override', '--ambient-caps=+dac_override', 'true'])) {
    assert.equal(await rowsAfterOneMore(['setpriv']), (rows += 1))
    assert.equal(statSync(path.join(data, 'postgres')).uid, 65_534)
  }
  assert.equal(await rowsAfterOneMore(), rows + 1)
})

test('root without any way is told to use an ordinary user or DATABASE_URL', async (t) => {
  if (!isRoot) return t.skip('for root only')
  await assert.rejects(startEmbeddedServer(path.join(base, 'none'), { safe: false, ways: [] }), { key: 'no-runner' })
})

test('data has one owner at a time, and is free again when the owner lets go', async () => {
  const lock = lockData(base)
  assert.ok(lock !== null)
  assert.equal(lockData(base), null)
  await assert.rejects(startEmbeddedServer(base, { safe: false }), { key: 'data-used' })
  lock.release()
  lockData(base)?.release()
})

test('a socket folder that someone else took first is not used', () => {
  const deep = path.join(base, 'x'.repeat(100))
  mkdirSync(deep)
  const runner = { native: '', cluster: '', owner: process.getuid?.() ?? 0, prefix: [], as: null }
  const folder = socketFolder(deep, runner)
  assert.ok(Buffer.byteLength(folder) < 90)
  assert.equal(statSync(folder).mode & 0o777, 0o700)
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
  assert.throws(() => socketFolder(deep, runner), { key: 'socket-folder' })
  rmSync(folder)
})

test('a postmaster.pid of another live process is made ours to overrule; one of a dead process is left to PostgreSQL', async () => {
  const cluster = path.join(base, 'cluster')
  mkdirSync(cluster)
  const file = path.join(cluster, 'postmaster.pid')
  const other = spawn('sleep', ['30'], { stdio: 'ignore' })
  writeFileSync(file, `${other.pid}\n${cluster}\n1\n5432\n\n\n  17  4\nready\n`)
  await clearLeftovers(cluster)
  assert.equal(readFileSync(file, 'utf8'), `${process.pid}\n${cluster}\n1\n5432\n\n\n  17  4\nready\n`)
  assert.equal(other.exitCode, null)
  other.kill()
  const dead = spawnSync('true').pid
  writeFileSync(file, `${dead}\nrest`)
  await clearLeftovers(cluster)
  assert.equal(readFileSync(file, 'utf8'), `${dead}\nrest`)
})
