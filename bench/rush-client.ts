/**
 * The citizens of a rush, in a process of their own: plain sockets, one for each citizen as each has a
 * browser of his own, and no more parsing than they need. Prints one line of JSON at the end.
 *
 * Each opens the page of times, lets the machine work while reading, sends a time, and either goes on
 * to the booking or looks at what is left, three times at most.
 */
import { connect, type Socket } from 'node:net'
import { brotliDecompressSync } from 'node:zlib'
import { solution, type Task } from '../tests/support/proof.js'

export interface RushOrder {
  readonly port: number
  readonly citizens: number
  readonly path: string
  readonly seconds: number
  readonly deskPath: string
  readonly deskCookie: string
  readonly seed: number
}

export interface RushReport {
  /** Milliseconds from sending to the whole answer, of every request of citizens. */
  readonly ms: readonly number[]
  /** Milliseconds by which requests were sent later than meant: the generator's own. */
  readonly late: readonly number[]
  readonly desk: readonly number[]
  readonly statuses: Readonly<Record<string, number>>
  readonly booked: number
  readonly turnedAway: number
  readonly unanswered: number
}

interface Answer {
  readonly status: number
  readonly head: string
  readonly body: string
}

const order = JSON.parse(process.argv[2] ?? '{}') as RushOrder
const ms: number[] = []
const late: number[] = []
const desk: number[] = []
const statuses: Record<string, number> = {}
let [booked, turnedAway, unanswered] = [0, 0, 0]
let state = order.seed
const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
const warmRounds = 500
let begun = performance.now()
const until = async (at: number): Promise<void> => {
  const wait = at - (performance.now() - begun)
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
  late.push(Math.max(0, performance.now() - begun - at))
}

/** How long people take, at least and at most, in milliseconds; the quickest there are. */
const choosingMs = [2_000, 8_000] as const
const typingMs = [6_000, 20_000] as const
const checkingMs = [2_000, 6_000] as const

const pause = ([least, most]: readonly [number, number]): Promise<void> =>
  until(performance.now() - begun + least + random() * (most - least))

/** One citizen's connection: sends and waits for the whole answer. */
class Line {
  readonly #socket: Socket
  readonly #connected: Promise<void>
  readonly #cookies = new Map<string, string>()
  #received = ''
  #answer: PromiseWithResolvers<Answer> | null = null

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.setNoDelay(true)
    this.#connected = new Promise((resolve, reject) => {
      this.#socket.once('connect', resolve)
      this.#socket.once('error', reject)
    })
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk.toString('latin1')))
    this.#socket.on('error', (error) => this.#answer?.reject(error))
    this.#socket.on('close', () => this.#answer?.reject(new Error('closed')))
  }

  async ask(path: string, form?: Readonly<Record<string, string>>): Promise<Answer> {
    const sent = performance.now()
    await this.#connected
    const body = form === undefined ? '' : new URLSearchParams(form).toString()
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const head = [
      `${form === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${order.port}`,
      'Accept-Encoding: gzip, deflate, br',
      ...(cookie === '' ? [] : [`Cookie: ${cookie}`]),
      ...(form === undefined ? [] : ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${Buffer.byteLength(body)}`]),
    ]
    this.#answer = Promise.withResolvers<Answer>()
    this.#socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
    const answer = await this.#answer.promise
    ms.push(performance.now() - sent)
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    for (const [, name, value] of answer.head.matchAll(/^set-cookie: ([^=]+)=([^;\r]*)/gim))
      this.#cookies.set(name as string, value as string)
    return answer
  }

  setCookie(text: string): void {
    const [name = '', value = ''] = text.split('=')
    this.#cookies.set(name, value)
  }

  close(): void {
    this.#answer = null
    this.#socket.destroy()
  }

  #take(text: string): void {
    this.#received += text
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.slice(0, end)
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
    if (this.#received.length < end + 4 + length) return
    const body = this.#received.slice(end + 4, end + 4 + length)
    this.#received = this.#received.slice(end + 4 + length)
    this.#answer?.resolve({ status: Number(head.slice(9, 12)), head, body })
  }
}

async function citizen(number: number, at: number): Promise<void> {
  await until(at)
  const line = new Line(order.port)
  try {
    let page = await line.ask(order.path)
    for (let tries = 0; tries < 3; tries += 1) {
      const starts = startsOn(page)
      if (starts.length === 0) break
      const task = JSON.parse((await line.ask('/api/v1/proof')).body) as Task
      const proof = solution(task)
      await pause(choosingMs)
      page = await line.ask(order.path, { start: starts[Math.floor(random() * starts.length)] as string, proof })
      if (page.status !== 303) continue
      const details = locationOf(page)
      await line.ask(details)
      await pause(typingMs)
      const check = await line.ask(details, { name: 'Jan Próbny', email: `osoba${number}@example.pl`, phone: '' })
      const checked = await line.ask(locationOf(check))
      const [, name = '', value = ''] = /<input type="hidden" name="([^"]*)" value="([0-9a-f-]{36})"/.exec(checked.body) ?? []
      await pause(checkingMs)
      const done = await line.ask(locationOf(check), { [name]: value })
      if (done.status === 303 && locationOf(done).startsWith('/wizyta/')) booked += 1
      else unanswered += 1
      return
    }
    turnedAway += 1
  } catch {
    unanswered += 1
  } finally {
    line.close()
  }
}

const read = new Map<string, readonly string[]>()

/** The times a page offers. Many are given the same page: what it says is read once. */
function startsOn({ head, body }: Answer): readonly string[] {
  let starts = read.get(body)
  if (starts === undefined) {
    const text = /^content-encoding: br/im.test(head) ? brotliDecompressSync(Buffer.from(body, 'latin1')).toString() : body
    starts = [...text.matchAll(/name="start" id="[^"]*" value="([^"]*)"/g)].map((match) => match[1] as string)
    read.set(body, starts)
  }
  return starts
}

function locationOf({ head }: Answer): string {
  return /^location: *(\S+)/im.exec(head)?.[1] ?? '/'
}

/** The clerk's console, looked at each second. */
async function clerk(): Promise<void> {
  const line = new Line(order.port)
  line.setCookie(order.deskCookie)
  for (let second = 0; second < order.seconds; second += 1) {
    const wait = second * 1_000 - (performance.now() - begun)
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const sent = performance.now()
    const answer = await line.ask(order.deskPath)
    // Not one of the citizens' answers.
    ms.pop()
    if (answer.status === 200) statuses[200] = (statuses[200] ?? 0) - 1
    desk.push(performance.now() - sent)
  }
  line.close()
}

/** The program has run since the night before: what it does most is compiled. */
async function warmUp(): Promise<void> {
  const line = new Line(order.port)
  for (let round = 0; round < warmRounds; round += 1) {
    await line.ask(order.path)
    await line.ask('/api/v1/proof')
    await line.ask(order.path, { start: '' })
  }
  line.setCookie(order.deskCookie)
  for (let round = 0; round < warmRounds / 10; round += 1) await line.ask(order.deskPath)
  line.close()
}

await warmUp()
begun = performance.now()
ms.length = 0
for (const status of Object.keys(statuses)) delete statuses[status]
// A third in the first sixth of the time.
const soon = Math.floor(order.citizens / 3)
const span = order.seconds * 1_000
const arrivals = Array.from({ length: order.citizens }, (_, index) =>
  index < soon ? (random() * span) / 6 : span / 6 + (random() * span * 5) / 6,
)
await Promise.all([clerk(), ...arrivals.map((at, number) => citizen(number, at))])
const report: RushReport = { ms, late, desk, statuses, booked, turnedAway, unanswered }
process.stdout.write(`${JSON.stringify(report)}\n`)
