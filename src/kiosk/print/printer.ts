/**
 * Talks with a network printer: asks whether it can print, sends one ticket, and waits until it is
 * done. Everything ends: a printer that accepts and never answers is given up in seconds.
 *
 * Three ends are kept apart. `printed`: it said so. `failed`: nothing came out, so it may be asked
 * again by a person. `unsure`: the connection broke after the ticket was sent; only somebody who
 * looks knows, so nothing sends it again by itself.
 */
import { connect, type Socket } from 'node:net'
import type { DeviceTrouble, Printer } from '../../device/index.js'
import { askState, forgetSent, isPaperState, isState, paperEnded, ticketBytes, troubleOf, type Bitmap } from './escpos.js'

export type PrintEnd =
  /** `after`: what the printer said once it was done, as that the paper has now ended. */
  | { readonly state: 'printed'; readonly after: DeviceTrouble | null }
  | { readonly state: 'failed' | 'unsure'; readonly trouble: DeviceTrouble }

export interface Patience {
  /** Until a connection stands. */
  readonly connectMs: number
  /** Until a question about the state is answered. */
  readonly answerMs: number
  /** Until a ticket that was sent is printed and cut. */
  readonly printMs: number
}

export const usualPatience: Patience = { connectMs: 2_000, answerMs: 1_500, printMs: 8_000 }

/** Prints one ticket. Never throws, and ends within the sum of the patience. */
export async function printTicket(printer: Printer, picture: Bitmap, patience: Patience = usualPatience): Promise<PrintEnd> {
  const line = await open(printer, patience.connectMs)
  if (line === null) return { state: 'failed', trouble: 'printer-refused' }
  try {
    const before = await stateOf(line, patience.answerMs)
    if (before !== null) return { state: 'failed', trouble: before }
    line.write(ticketBytes(picture))
    const done = await line.answer(isPaperState, patience.printMs)
    if (done !== null) return { state: 'printed', after: paperEnded(done) ? 'paper-out' : null }
    if (line.closed()) return { state: 'unsure', trouble: 'printer-lost' }
    const now = await stateOf(line, patience.answerMs)
    if (now === null || now === 'printer-silent') return { state: 'unsure', trouble: 'printer-lost' }
    line.write(forgetSent)
    return { state: 'failed', trouble: now }
  } finally {
    line.end()
  }
}

/** What is wrong with the printer now; null when nothing is. */
async function stateOf(line: Line, answerMs: number): Promise<DeviceTrouble | null> {
  const answers: number[] = []
  for (const which of [1, 2, 4] as const) {
    line.write(askState(which))
    const answer = await line.answer(isState, answerMs)
    if (answer === null) return 'printer-silent'
    answers.push(answer)
  }
  const [printer, offline, paper] = answers as [number, number, number]
  return troubleOf(printer, offline, paper)
}

/** A connection as a place to write, and to wait for one byte that answers. */
interface Line {
  write(bytes: Buffer): void
  /** The next byte that is such an answer; null when none came in time or the connection ended. */
  answer(is: (byte: number) => boolean, withinMs: number): Promise<number | null>
  closed(): boolean
  end(): void
}

function open(printer: Printer, withinMs: number): Promise<Line | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: printer.host, port: printer.port })
    const timer = setTimeout(() => socket.destroy(), withinMs)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(lineOf(socket))
    })
    socket.once('error', () => undefined)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve(null)
    })
  })
}

function lineOf(socket: Socket): Line {
  let heard: number[] = []
  let closed = false
  let wake: (() => void) | null = null
  socket.setNoDelay(true)
  socket.on('data', (bytes: Buffer) => {
    heard.push(...bytes)
    wake?.()
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    closed = true
    wake?.()
  })
  return {
    write(bytes) {
      if (!closed) socket.write(bytes)
    },
    async answer(is, withinMs) {
      const until = performance.now() + withinMs
      for (;;) {
        const at = heard.findIndex(is)
        if (at >= 0) {
          const byte = heard[at] as number
          heard = heard.slice(at + 1)
          return byte
        }
        const left = until - performance.now()
        if (closed || left <= 0) return null
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
    closed: () => closed,
    end() {
      socket.end()
      // What does not close by itself is closed: a printer that never answers keeps no socket.
      setTimeout(() => socket.destroy(), 500).unref()
    },
  }
}
