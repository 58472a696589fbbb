/**
 * What an address says before any route is found: its language, which stands in front of the path
 * (`/en/kontakt`; Polish has none), and whether it can be read at all. Requests that cannot, or whose
 * first lines cannot, get an answer in the form of the rest, not the framework's own.
 */
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { stepsAfter, type Problem } from '../problem.js'
import { isLanguage, words, type Language } from '../words.js'

/** Where a request whose address cannot be read is led; the edge answers 400 there. */
const unreadable = 'nieczytelny-adres'

/** The language in front of an address of a citizen's page; Polish when there is none. */
export function addressLanguage(url: string): Language {
  const named = prefix.exec(pathOf(url))?.[1]
  return isLanguage(named) ? named : 'pl'
}

/** `/en`, `/en?q=a` and `/en/kontakt`, but nothing of what has no language or is Polish always. */
const prefix = /^\/(en|uk)(?=$|[/?])(?!\/(?:praca|api|assets|healthz|readyz|metrics|en|uk)(?:$|[/?]))/

function pathOf(url: string): string {
  return url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/]*/i, '') || '/'
}

/** The address the router is given: the path of a whole URL without its language, and one of ours where decoding would fail. */
export function readableAddress({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const path = pathOf(url)
    .replace(prefix, '')
    .replace(/^(?=\?|$)/, '/')
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
