/**
 * The program starts on anything it may find, and stops without leaving anything. One data folder
 * goes through all the accidents in turn, as it would in an office.
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { test } from 'node:test'
import { projectRoot } from '../../src/platform/paths.js'
import { deepFolder, isAlive, run, serverOf, start, temporaryFolder } from './program.js'

const base = temporaryFolder()
const data = path.join(base, 'd')
const settings = { OKIENKO_DATA: data }
const ordinaryUser = 54_321

async function isUp(url: string): Promise<boolean> {
  return (await fetch(`${url}/readyz`)).status === 200
}

function passwordsIn(printed: string): string[] {
  return printed.match(/[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/g) ?? []
}

test('the first start opens the demonstration and prints every screen and account; a stop leaves no server', async () => {
  const program = await start(settings)
  assert.ok(await isUp(program.url))
  for (const screen of ['/praca/obsluga', '/praca/wejscie/walowa-5', '/praca/stanowisko/walowa-5%2F4%2F1', '/ekran/walowa-5']) {
    assert.ok(program.printed().includes(`${program.url}${screen}\n`), screen)
  }
  assert.ok(passwordsIn(program.printed()).length > 10)
  assert.match(program.printed(), /zegar urzędu: 25 maja 2020, 7:2\d/)
  const server = serverOf(data)
  const { code, ms } = await program.stop('SIGINT')
  assert.equal(code, 0)
  assert.ok(ms < 5_000, `${ms} ms`)
  assert.equal(isAlive(server), false)
  assert.equal(existsSync(path.join(data, 'postgres/postmaster.pid')), false)
})

test('a second start on the same data goes on, with the same accounts; a second program on it is refused, one beside it is not', async () => {
  const program = await start(settings)
  const refused = run([], settings)
  assert.equal(refused.code, 1)
  assert.equal(refused.errors.trim().split('\n').length, 1)
  assert.match(refused.errors, /używa już inny uruchomiony program/)
  const beside = await start({ OKIENKO_DATA: path.join(base, 'e') })
  assert.ok(await isUp(program.url))
  assert.ok(await isUp(beside.url))
  assert.notDeepEqual(passwordsIn(program.printed()), passwordsIn(beside.printed()))
  assert.equal((await beside.stop()).code, 0)
  assert.equal((await program.stop()).code, 0)
})

test('a request that has begun is answered before the program ends', async () => {
  const program = await start(settings)
  const { port, hostname } = new URL(program.url)
  const socket = net.connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
  const body = 'krok=5-minut'
  socket.write(
    `POST /pokaz/zegar HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 4)}`,
  )
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
  // The request is in the program's hands once another one that came later was answered.
  assert.ok(await isUp(program.url))
  const stopped = program.stop()
  await refusesConnections(Number(port))
  socket.write(body.slice(4))
  await once(socket, 'close')
  assert.match(answer, /^HTTP\/1\.1 303 /)
  const { code, ms } = await stopped
  assert.equal(code, 0)
  assert.ok(ms < 4_000, `not cut off, and not waited for longer: ${ms} ms`)
})

test('after kill -9 of the program alone its server ends and the next start goes on', async () => {
  const program = await start(settings)
  await program.stop('SIGKILL')
  const next = await start(settings)
  assert.ok(await isUp(next.url))
  await next.stop()
})

test('after kill -9 of everything the next start recovers', async () => {
  const program = await start(settings)
  process.kill(serverOf(data), 'SIGKILL')
  await program.stop('SIGKILL')
  const next = await start(settings)
  assert.ok(await isUp(next.url))
  await next.stop()
})

test("a postmaster.pid that names somebody else's process is no obstacle, and the process is left alone", async () => {
  const other = spawn('sleep', ['60'], { stdio: 'ignore' })
  try {
    writeFileSync(path.join(data, 'postgres/postmaster.pid'), `${other.pid}\n${data}/postgres\n1590384000\n5432\n${data}\n\n  1 1\nready\n`)
    const program = await start(settings)
    assert.ok(await isUp(program.url))
    await program.stop()
    assert.ok(isAlive(other.pid as number))
  } finally {
    other.kill('SIGKILL')
  }
})

test('a server left running by a program that is gone is stopped and started anew', async (t) => {
  if (process.platform !== 'linux') return t.skip('no setpriv to leave out')
  // Without setpriv on the path nothing tells the server that its program died.
  const bare = path.join(base, 'bin')
  spawnSync('mkdir', ['-p', bare])
  for (const name of ['unshare', 'sh', 'id'])
    spawnSync('ln', ['-sf', spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(), path.join(bare, name)])
  const program = await start({ ...settings, PATH: bare })
  const left = serverOf(data)
  await program.stop('SIGKILL')
  assert.ok(isAlive(left))
  const next = await start(settings)
  assert.ok(await isUp(next.url))
  assert.notEqual(serverOf(data), left)
  await next.stop()
})

test('a server that is killed under the program is started again', async () => {
  const program = await start(settings)
  process.kill(serverOf(data), 'SIGKILL')
  while (!program.printed().includes('został uruchomiony ponownie')) await once(program.process.stderr as NodeJS.ReadableStream, 'data')
  assert.ok(await isUp(program.url))
  assert.equal((await program.stop()).code, 0)
})

test('a data folder with a path of 200 characters works', async () => {
  const program = await start({ OKIENKO_DATA: deepFolder(base, 200) })
  assert.ok(await isUp(program.url))
  assert.equal((await program.stop()).code, 0)
})

test('an ordinary user runs it on data of its own, and root on the same data after', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('this is the ordinary user')
  const as = ['setpriv', `--reuid=${ordinaryUser}`, `--regid=${ordinaryUser}`, '--clear-groups']
  if (spawnSync('setpriv', [...as.slice(1), 'test', '-r', path.join(projectRoot, 'dist/src/main.js')]).status !== 0)
    return t.skip('only root can enter this checkout')
  const own = temporaryFolder()
  spawnSync('chmod', ['711', path.dirname(own)])
  chownSync(own, ordinaryUser, ordinaryUser)
  const program = await start({ OKIENKO_DATA: own }, as)
  assert.ok(await isUp(program.url))
  assert.equal((await program.stop()).code, 0)
  const rooted = await start({ OKIENKO_DATA: own })
  assert.equal((await rooted.stop()).code, 0)
  const again = await start({ OKIENKO_DATA: own }, as)
  assert.equal((await again.stop()).code, 0)
})

test('the log of the server names no statement', () => {
  assert.doesNotMatch(readFileSync(path.join(data, 'postgres.log'), 'utf8'), /STATEMENT|DETAIL/)
})

async function refusesConnections(port: number): Promise<void> {
  for (;;) {
    const socket = net.connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      socket.destroy()
      await new Promise((resolve) => setTimeout(resolve, 20))
    } catch {
      return
    }
  }
}
