/**
 * The screens of a measurement, in a process of their own: each holds its event stream over a socket
 * of its own, and at a hint asks for the new state over another that it keeps, as a browser does.
 * Told over IPC what to do; answers with milliseconds of the machine's clock that both processes share.
 */
import { connect, type Socket } from 'node:net'

export interface LiveOrder {
  readonly port: number
  readonly screens: number
  readonly events: string
  readonly state: string
}

/** All at once would be a rush, which is another measurement. */
const opening = 50
/** A browser's own time from an event to the request. */
const browserMs = 40

interface Screen {
  readonly stream: Socket
  readonly asking: Socket
  hintAt: number
  stateAt: number
  /** Bytes of the answer that are still to come; null while its head is not whole. */
  missing: number | null
  text: string
}

const now = (): number => performance.timeOrigin + performance.now()
const { port, screens: count, events, state } = JSON.parse(process.argv[2] ?? '{}') as LiveOrder
const screens: Screen[] = []
/** What the new state shows; until it is told, hints are not answered. */
let wanted: string | null = null
let open = 0
let hint = ''
/** Screens that have the new state. */
let seen = 0

for (let from = 0; from < count; from += opening)
  await Promise.all(Array.from({ length: Math.min(opening, count - from) }, async () => screens.push(await openScreen())))
process.send?.({ kind: 'open', screens: open })

process.on('message', ({ expect }: { expect: string }) => {
  for (const screen of screens) Object.assign(screen, { hintAt: 0, stateAt: 0 })
  wanted = expect
  seen = 0
  process.send?.({ kind: 'ready' })
})

async function openScreen(): Promise<Screen> {
  const [stream, asking] = await Promise.all([dial(), dial()])
  const screen: Screen = { stream, asking, hintAt: 0, stateAt: 0, missing: null, text: '' }
  const heard = Promise.withResolvers<void>()
  stream.on('data', (text: string) => {
    if (text.includes('retry:')) {
      open += 1
      heard.resolve()
    }
    if (!text.includes('data: queue:') || wanted === null || screen.hintAt !== 0) return
    screen.hintAt = now()
    hint = /^id: (\S+)\ndata: queue:/m.exec(text)?.[1] ?? ''
    setTimeout(ask, browserMs, screen)
  })
  asking.on('data', (text: string) => read(screen, text))
  stream.write(request(events, 'text/event-stream'))
  await heard.promise
  // The page has been looked at before: the connection it asks by is there.
  const looked = Promise.withResolvers<void>()
  asking.once('data', () => looked.resolve())
  ask(screen)
  await looked.promise
  return screen
}

function ask(screen: Screen): void {
  screen.missing = null
  screen.text = ''
  screen.asking.write(request(state, 'text/html'))
}

function read(screen: Screen, text: string): void {
  screen.text += text
  const head = screen.text.indexOf('\r\n\r\n')
  if (head < 0) return
  const length = Number(/content-length: (\d+)/i.exec(screen.text)?.[1] ?? Number.NaN)
  if (!screen.text.startsWith('HTTP/1.1 200') || Number.isNaN(length))
    throw new Error(`a screen was answered: ${screen.text.slice(0, 200)}`)
  if (Buffer.byteLength(screen.text) < head + 4 + length || wanted === null) return
  if (!screen.text.includes(wanted)) throw new Error('a screen was given the state from before the call')
  screen.stateAt = now()
  seen += 1
  if (seen === screens.length)
    process.send?.({ kind: 'done', hints: screens.map((each) => each.hintAt), states: screens.map((each) => each.stateAt) })
}

function request(path: string, accept: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: ${accept}\r\nSec-Fetch-Site: same-origin\r\nokienko-hint: ${hint}\r\n\r\n`
}

function dial(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket))
    socket.setEncoding('utf8')
    socket.on('error', reject)
  })
}
