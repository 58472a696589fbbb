/**
 * A network printer as a test needs it: speaks as much ESC/POS as the program does, keeps what it
 * printed, and misbehaves on demand.
 *
 * `silent` accepts and never answers; `mute` prints and does not say so; `drops` closes the
 * connection in the middle of a ticket; `ends` runs out of paper with the ticket that it prints;
 * `jams` runs out in the middle of it and answers nothing that waits in its buffer.
 */
import { createServer, type Server, type Socket } from 'node:net'

export type Behaviour = 'works' | 'silent' | 'mute' | 'drops' | 'paper-out' | 'cover-open' | 'offline' | 'ends' | 'jams'

export interface PrintedTicket {
  readonly bytesPerRow: number
  readonly rows: number
  readonly bits: Buffer
}

export interface TestPrinter {
  readonly host: string
  readonly port: number
  behaviour: Behaviour
  /** Tickets that came out, each cut once. */
  readonly printed: PrintedTicket[]
  /** Milliseconds a ticket takes. */
  printMs: number
  /** Connections made. */
  connections: number
  /** Most tickets sent to it at one moment: it would print them into each other. */
  atOnceMost: number
  /** Times it was told to forget what it had not printed. */
  forgotten: number
  close(): Promise<void>
}

const stateOk = 0b0001_0010

export async function testPrinter(behaviour: Behaviour = 'works'): Promise<TestPrinter> {
  const sockets = new Set<Socket>()
  const busy = new Set<Socket>()
  const server: Server = createServer((socket) => {
    printer.connections += 1
    socket.unref()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    serve(socket, printer, busy)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  // A test that fails before it closes its printer must not keep the others waiting.
  server.unref()
  const address = server.address() as { port: number }
  const printer: TestPrinter = {
    host: '127.0.0.1',
    port: address.port,
    behaviour,
    printed: [],
    printMs: 0,
    connections: 0,
    atOnceMost: 0,
    forgotten: 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
  return printer
}

function serve(socket: Socket, printer: TestPrinter, busy: Set<Socket>): void {
  let waiting = Buffer.alloc(0)
  let rows: Buffer[] = []
  let bytesPerRow = 0
  let jammed = false
  const say = (byte: number): void => {
    if (printer.behaviour !== 'silent' && !socket.destroyed) socket.write(Buffer.from([byte]))
  }
  const take = (count: number): void => {
    waiting = waiting.subarray(count)
  }
  /** Does one command; false while more of it must come. */
  const step = (): boolean => {
    const [first, second, third] = waiting
    if (first === undefined || second === undefined) return false
    if (first === 0x10 && second === 0x04) {
      if (third === undefined) return false
      take(3)
      say(stateOf(third, jammed ? 'paper-out' : printer.behaviour))
      return true
    }
    if (first === 0x10 && second === 0x14) {
      if (waiting.length < 10) return false
      take(10)
      printer.forgotten += 1
      return true
    }
    if (first === 0x1b && second === 0x40) {
      take(2)
      rows = []
      busy.add(socket)
      printer.atOnceMost = Math.max(printer.atOnceMost, busy.size)
      return true
    }
    if (first === 0x1d && second === 0x76) {
      if (waiting.length < 8) return false
      const across = (waiting[4] as number) + 256 * (waiting[5] as number)
      const count = (waiting[6] as number) + 256 * (waiting[7] as number)
      if (printer.behaviour === 'drops') {
        socket.destroy()
        return false
      }
      if (printer.behaviour === 'jams') jammed = true
      if (waiting.length < 8 + across * count) return false
      rows.push(Buffer.from(waiting.subarray(8, 8 + across * count)))
      bytesPerRow = across
      take(8 + across * count)
      return true
    }
    if (first === 0x1d && second === 0x56) {
      if (waiting.length < 4) return false
      take(4)
      const bits = Buffer.concat(rows)
      if (!jammed) printer.printed.push({ bytesPerRow, rows: bits.length / bytesPerRow, bits })
      return true
    }
    if (first === 0x1d && second === 0x72) {
      if (waiting.length < 3) return false
      take(3)
      const { behaviour } = printer
      if (behaviour !== 'mute' && !jammed) {
        setTimeout(() => {
          busy.delete(socket)
          say(behaviour === 'ends' ? 0b0000_1100 : 0)
        }, printer.printMs)
      }
      return true
    }
    throw new Error(`the printer was sent what it does not know: ${first.toString(16)} ${second.toString(16)}`)
  }
  socket.on('data', (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes])
    while (!socket.destroyed && step());
  })
}

function stateOf(which: number, behaviour: Behaviour): number {
  if (which === 1) return behaviour === 'paper-out' || behaviour === 'cover-open' || behaviour === 'offline' ? stateOk | 0b1000 : stateOk
  if (which === 2) return behaviour === 'cover-open' ? stateOk | 0b100 : behaviour === 'paper-out' ? stateOk | 0b10_0000 : stateOk
  return behaviour === 'paper-out' ? stateOk | 0b110_0000 : stateOk
}
