/**
 * The database goes away while people book: killed once, told to stop once. Nobody is left without
 * an answer, what was answered "booked" is there exactly once, and a retry with the same key settles
 * the rest. Beside it, requests that are cut off.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import path from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { connectionToRunning } from '../../src/platform/embedded/server.js'
import { solution, type Task } from '../support/proof.js'
import { serverOf, start, temporaryFolder } from './program.js'

const data = path.join(temporaryFolder(), 'd')
const program = await start({ OKIENKO_DATA: data })
after(() => program.stop())
const serviceId = 'rejestracja-pojazdow'
/** An answer takes no longer, whatever happens behind it. */
const answerWithinMs = 10_000

interface Wish {
  readonly key: string
  readonly start: string
  readonly email: string
  /** A solved task: who has none is soon asked for one. */
  readonly proof: string
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: { code?: string; reference?: string; next?: unknown[]; secret?: string }
}

/** Tasks are asked for while the database is there; each pays for one booking, however often it is sent. */
async function solved(count: number): Promise<string[]> {
  return (await Promise.all(Array.from({ length: count }, newTask))).map(solution)
}

async function newTask(): Promise<Task> {
  return (await (await fetch(`${program.url}/api/v1/proof`)).json()) as Task
}

async function ask({ key, start: at, email, proof }: Wish): Promise<Answer> {
  const answer = await fetch(`${program.url}/api/v1/visits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ service: serviceId, start: at, channel: 'web', person: { name: 'Jan Próbny', email }, proof }),
    signal: AbortSignal.timeout(answerWithinMs),
  })
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: (await answer.json()) as Answer['body'] }
}

/** Fails unless the answer is one of three: booked, taken by another, or "away for now" with what to do. */
function judge({ status, type, body }: Answer): void {
  if (status === 201) return
  assert.match(type, /^application\/problem\+json/)
  assert.ok((body.next?.length ?? 0) > 0, 'nobody is left with a bare no')
  assert.equal(`${status} ${body.code}`, status === 503 ? '503 outage' : '409 slot-taken')
}

async function settled(wish: Wish, onAway: () => void): Promise<Answer> {
  for (;;) {
    const answer = await ask(wish)
    judge(answer)
    if (answer.status !== 503) return answer
    onAway()
    // As whoever was told to try again does, only sooner; too often within the same minute, a contact is told to wait.
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
}

async function inDatabase<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client(connectionToRunning(data) ?? {})
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

const restarts = (): number => program.printed().split('został uruchomiony ponownie').length - 1

/** Eight people in turn book one time after another, and the server ends under them. */
async function bookThrough(signal: NodeJS.Signals): Promise<void> {
  const free = (await (await fetch(`${program.url}/api/v1/services/${serviceId}/free`)).json()) as { start: string }[]
  const proofs = await solved(free.length)
  const settledWishes: { readonly wish: Wish; readonly answer: Answer }[] = []
  const before = restarts()
  let away = 0
  let killed = false
  let bookedSince = 0
  let next = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (bookedSince < 16) {
        const slot = free[(next * 3) % free.length]
        const wish = {
          key: randomUUID(),
          start: slot?.start ?? '',
          email: `${signal}.${next}@example.org`.toLowerCase(),
          proof: proofs[next] ?? '',
        }
        next += 1
        assert.ok(next < free.length, 'there are times enough')
        const answer = await settled(wish, () => (away += 1))
        settledWishes.push({ wish, answer })
        if (answer.status === 201 && restarts() > before) bookedSince += 1
        if (killed || settledWishes.length < 24) continue
        killed = true
        process.kill(serverOf(data), signal)
      }
    }),
  )
  assert.ok(away > 0, 'people were told that it is away')
  await assertWritten(settledWishes)
}

async function assertWritten(settledWishes: readonly { readonly wish: Wish; readonly answer: Answer }[]): Promise<void> {
  const rows = await inDatabase<{ email: string; reference: string; places: number; events: number; jobs: number; kept: string }>(
    `select v.person_email as email, v.reference,
       (select count(*)::int from place p where p.visit_id = v.id and p.active and lower(p.during) = v.starts_at) as places,
       (select count(*)::int from event e where e.visit_id = v.id and e.kind in ('booked', 'pending')) as events,
       (select count(*)::int from outbox o where (o.payload->>'visit')::bigint = v.id)
         + (select count(*)::int from message m where m.visit_id = v.id) as jobs,
       (select string_agg(k.key::text, ' ') from idempotency_key k where k.answer->>'reference' = v.reference) as kept
     from visit v where v.person_email = any($1)`,
    [settledWishes.map(({ wish }) => wish.email)],
  )
  const booked = settledWishes.filter(({ answer }) => answer.status === 201)
  assert.equal(rows.length, booked.length, 'as many visits as were answered "booked"')
  for (const { wish, answer } of booked) {
    assert.deepEqual(
      rows.filter((row) => row.email === wish.email),
      [{ email: wish.email, reference: answer.body.reference, places: 1, events: 1, jobs: 1, kept: wish.key }],
    )
    assert.equal((await ask(wish)).body.reference, answer.body.reference, 'the same key is the same visit')
  }
  const doubles = await inDatabase(
    'select from place a join place b on a.desk_id = b.desk_id and a.during && b.during and a.visit_id < b.visit_id where a.active and b.active and a.visit_id > $1',
    [0],
  )
  assert.equal(doubles.length, 0)
}

/** Begins to book and sends only half of the body. */
async function halfSent(email: string): Promise<net.Socket> {
  const body = JSON.stringify({ service: serviceId, channel: 'web', person: { name: 'Jan Próbny', email } })
  const { hostname, port } = new URL(program.url)
  const socket = net.connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
  await once(socket, 'connect')
  socket.write(
    `POST /api/v1/visits HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nIdempotency-Key: ${randomUUID()}\r\nContent-Length: ${body.length + 1}\r\n\r\n${body.slice(0, 40)}`,
  )
  return socket
}

async function answersOfServerFaults(): Promise<number> {
  const metrics = await (await fetch(`${program.url}/metrics`)).text()
  return [...metrics.matchAll(/okienko_http_seconds_count\{.*status="5xx".*\} (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
}

test('a connection cut in the middle of a request is no fault and no visit, and the next is answered', async () => {
  for (let round = 0; round < 20; round += 1) (await halfSent('urwane@example.org')).destroy()
  for (let round = 0; round < 20; round += 1) (await halfSent('urwane@example.org')).resetAndDestroy()
  assert.equal((await fetch(`${program.url}/readyz`)).status, 200)
  assert.equal(await answersOfServerFaults(), 0)
  assert.equal((await inDatabase('select from visit where person_email = $1', ['urwane@example.org'])).length, 0)
})

test('the database is killed while people book: each is told, and each booking answered is there once', () => bookThrough('SIGKILL'))

test('the database is told to stop while people book: the same', () => bookThrough('SIGINT'))
