/**
 * Requests that no route can be found for, because their address or their first lines cannot be
 * read: they too get an answer in the form of the rest, not the framework's own.
 */
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { stepsAfter, type Problem } from '../problem.js'
import { words } from '../words.js'

/** Where a request whose address cannot be read is led; the edge answers 400 there. */
const unreadable = 'nieczytelny-adres'

/** The address the router is given: the path of a whole URL, and one of ours where decoding would fail. */
export function readableAddress({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const path = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/]*/i, '') || '/'
  if (path.startsWith('/') && isDecodable(path)) return path
  return path.startsWith('/api/') ? `/api/${unreadable}` : `/${unreadable}`
}

export function isUnreadable(address: string): boolean {
  return address.endsWith(`/${unreadable}`)
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path.split('?', 1)[0] as string)
    return true
  } catch {
    return false
  }
}

/** Answers a connection whose request cannot be read as HTTP, is too long or came too slowly, and ends it. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const problem: Problem = {
    type: 'urn:okienko:bad-request',
    title: words('pl')('platform.problem.bad-request'),
    status,
    code: 'bad-request',
    basis: [],
    next: stepsAfter('bad-request'),
  }
  const body = JSON.stringify(problem)
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
