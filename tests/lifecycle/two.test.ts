/**
 * Two processes on one database, with a proxy before them: a call made on one is on the screens of
 * the other at once; one is killed, its screens come back to the other, and nothing that was answered
 * is lost.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { firstMorning, testLeszno } from '../support/office.js'
import { openProxy } from '../support/proxy.js'
import { signedIn } from '../support/staff.js'
import { waits } from '../support/waiting.js'
import { start, temporaryFolder, type Program } from './program.js'

const office = await testLeszno()
const { context, connection } = office
const url = new URL('postgres://localhost')
url.username = connection.user ?? ''
url.pathname = `/${connection.database ?? ''}`
url.searchParams.set('host', connection.host ?? '')
if (connection.port !== undefined) url.searchParams.set('port', String(connection.port))
const settings = { DATABASE_URL: url.href, OKIENKO_CLOCK: firstMorning.toString() }
const one = await start({ ...settings, OKIENKO_DATA: temporaryFolder() })
const other = await start({ ...settings, OKIENKO_DATA: temporaryFolder() })
after(() => Promise.all([one.stop('SIGKILL'), other.stop()]))
const portOf = (program: Program): number => Number(new URL(program.url).port)
const proxy = await openProxy([portOf(one), portOf(other)])

const desks = ['walowa-5/4/1', 'walowa-5/4/2', 'walowa-5/4/3']
const clerks = new Map<string, string>()
for (const desk of desks) {
  const { headers } = await signedIn(context, 'desk', { deskId: office.directory.desks.get(desk)?.id ?? 0 })
  clerks.set(desk, headers.cookie)
}
for (let count = 0; count < 8; count += 1) await waits(context, { serviceId: 'dowody-osobiste', arrivedAt: context.clock.now() })

/** A clerk's press; `at`: the process, or the proxy. */
async function press(
  at: string,
  path: string,
  cookie: string,
  body: object = {},
): Promise<{ visit: { reference: string; ticket: string } }> {
  const answer = await fetch(`${at}/api/v1/${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  })
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.json() as never
}

async function call(at: string, desk: string): Promise<string> {
  const cookie = clerks.get(desk) ?? ''
  const { visit } = await press(at, `desks/${encodeURIComponent(desk)}/next`, cookie)
  return `${visit.ticket.slice(0, 1)} ${visit.ticket.slice(1)} ${visit.reference}`
}

/** A screen as its script does it: listens, looks at each hint, and comes back when the stream ends. */
class Screen {
  shown = ''
  streams = 0
  #stopped = false
  constructor() {
    void this.#run()
  }
  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        const answer = await fetch(`${proxy.url}/ekran/walowa-5/na-zywo`)
        this.streams += 1
        for await (const part of answer.body ?? []) {
          const hint = new TextDecoder()
            .decode(part)
            .match(/(?<=^id: )\S+/gm)
            ?.at(-1)
          if (hint !== undefined) await this.#look(hint)
        }
      } catch {
        // The process is gone, or the proxy found nobody.
      }
      await pause(100)
    }
  }
  async #look(hint: string): Promise<void> {
    const answer = await fetch(`${proxy.url}/ekran/walowa-5/stan`, { headers: { connection: 'close', 'okienko-hint': hint } })
    if (answer.ok) this.shown = await answer.text()
  }
  stop(): void {
    this.#stopped = true
  }
}

const screens = Array.from({ length: 12 }, () => new Screen())
after(() => {
  for (const screen of screens) screen.stop()
})

async function allShow(number: string, withinMs: number): Promise<number> {
  const began = performance.now()
  while (screens.some(({ shown }) => !shown.includes(number))) {
    const took = performance.now() - began
    assert.ok(took < withinMs, `${screens.filter(({ shown }) => !shown.includes(number)).length} screens do not show ${number}`)
    await pause(10)
  }
  return performance.now() - began
}

test('a call made on one process is on the screens of both within a second', async () => {
  for (let look = 0; look < 500 && screens.some(({ streams }) => streams === 0); look += 1) await pause(10)
  assert.ok(proxy.open(portOf(one)) >= 5 && proxy.open(portOf(other)) >= 5, 'screens hang on both')
  for (const [program, desk] of [
    [one, desks[0]],
    [other, desks[1]],
  ] as const) {
    const called = await call(program.url, desk as string)
    await allShow(called.slice(0, 5), 1_000)
  }
})

test('one is killed: what it answered stays, its screens come back to the other and miss nothing', async () => {
  const calling = call(one.url, desks[2] as string)
  const last = await calling
  const { ms } = await one.stop('SIGKILL')
  assert.ok(ms < 5_000)
  // Answered before the end, perhaps never told to the other process: whoever comes back sees it.
  await allShow(last.slice(0, 5), 20_000)
  assert.equal(proxy.open(portOf(one)), 0)
  assert.ok(
    screens.every(({ streams }) => streams >= 1) && screens.some(({ streams }) => streams >= 2),
    'those of the killed one came again',
  )

  // The clerk whose process died goes on, through the proxy, where the other left off.
  const cookie = clerks.get(desks[2] as string) ?? ''
  const reference = last.slice(6)
  await press(proxy.url, `visits/${reference}/start`, cookie, { desk: desks[2] })
  await press(proxy.url, `visits/${reference}/finish`, cookie, { desk: desks[2] })
  const next = await call(proxy.url, desks[2] as string)
  await allShow(next.slice(0, 5), 1_000)
  const { rows } = await context.database.pool.query<{ count: number }>(
    `select count(*)::int as count from (select from event where kind = 'called' group by visit_id having count(*) > 1) twice`,
  )
  assert.equal(rows[0]?.count, 0, 'nobody is called twice')
  const called = await context.database.pool.query(`select from event where kind = 'called'`)
  assert.equal(called.rowCount, 4, 'and nobody answered for is lost')
})
