/**
 * Pages that are the same for everybody, kept in memory ready to be sent. Nothing personal and no key
 * is on them; in a demonstration the bar, which shows the time, is put in for each reader.
 */
import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { acceptsCoding } from '../platform/http/accept.js'
import { DemonstrationBar, demonstrationSlot } from './demonstration-bar.js'
import { renderFragment, renderPage, sendPacked, sendPublicPage } from './send.js'
import type { Shell } from './shell.js'
import { WordsContext } from './words-context.js'

export interface KeptPage {
  readonly html: string
  /** Each made when it is first asked for: most pages that are not kept are asked for once. */
  readonly plain: Buffer
  readonly zipped: Buffer
  readonly brotli: Buffer
  readonly etag: string
}

/** The shell of a page for everybody at one address: nobody is signed in, and the bar is left out. */
export function sharedShell(shell: Shell, path: string): Shell {
  return { ...shell, path, staff: null, clockText: shell.clockText && demonstrationSlot }
}

/** A page ready to be sent. */
export function keepPage(html: string): KeptPage {
  let plain: Buffer | undefined
  let zipped: Buffer | undefined
  let brotli: Buffer | undefined
  let etag: string | undefined
  const bytes = (): Buffer => (plain ??= Buffer.from(html))
  return {
    html,
    get plain() {
      return bytes()
    },
    get zipped() {
      return (zipped ??= gzipSync(bytes(), { level: 9 }))
    },
    get brotli() {
      return (brotli ??= brotliCompressSync(bytes(), { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }))
    },
    get etag() {
      return (etag ??= `"${createHash('sha256').update(bytes()).digest('base64url').slice(0, 22)}"`)
    },
  }
}

/** Sends it to a reader, or says that the one he has is still right. The language stands in the address: nothing else of a reader matters. */
export function sendKept(request: FastifyRequest, reply: FastifyReply, page: KeptPage, vary = 'accept-encoding'): FastifyReply {
  const { shell } = request
  if (shell.clockText !== null) {
    const bar = renderFragment(
      <WordsContext.Provider value={shell.t}>
        <DemonstrationBar shell={shell} />
      </WordsContext.Provider>,
      shell.language,
    )
    return sendPacked(
      reply.header('cache-control', 'no-store'),
      page.html.replace(demonstrationSlot, () => bar),
    )
  }
  reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'public, max-age=0, must-revalidate')
    .header('vary', vary)
    .header('etag', page.etag)
  return request.headers['if-none-match'] === page.etag ? reply.code(304).send() : sendInCoding(request, reply, page)
}

/** Sends it to who sent a form, as all are told who sent the like: the browser keeps it for its Back button, nobody else does. */
export function sendKeptAgain(request: FastifyRequest, reply: FastifyReply, page: KeptPage): FastifyReply {
  reply.type('text/html; charset=utf-8').header('cache-control', 'private, no-cache').header('vary', 'accept-encoding')
  return sendInCoding(request, reply, page)
}

function sendInCoding(request: FastifyRequest, reply: FastifyReply, page: KeptPage): FastifyReply {
  const accepted = request.headers['accept-encoding']
  if (acceptsCoding(accepted, 'br')) return reply.header('content-encoding', 'br').send(page.brotli)
  if (acceptsCoding(accepted, 'gzip')) return reply.header('content-encoding', 'gzip').send(page.zipped)
  return reply.send(page.plain)
}

interface Entry {
  readonly madeOf: readonly unknown[]
  readonly page: KeptPage
}

/** Beyond, the one not asked for longest is made again: some tens of megabytes. */
const pagesMax = 500

/**
 * Pages kept as long as what they were made of: whoever sends one names those things, such as the
 * office in memory and the day, and another one makes another page. So nobody has to tell of a change.
 */
export class KeptPages {
  readonly #entries = new Map<string, Entry>()

  /** `path`: the address of the page, with those names of its query that make it what it is. */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    { path, madeOf, page }: { readonly path: string; readonly madeOf: readonly unknown[]; readonly page: (shell: Shell) => VNode },
  ): FastifyReply {
    const { shell } = request
    // Whoever works here is shown the way back to work.
    if (shell.staff !== null) return sendPublicPage(reply, page(shell))
    const key = `${shell.language} ${path}`
    const kept = this.#entries.get(key)
    this.#entries.delete(key)
    const rests = [shell.office, ...madeOf]
    const entry =
      kept !== undefined && rests.every((each, index) => Object.is(each, kept.madeOf[index]))
        ? kept
        : { madeOf: rests, page: keepPage(renderPage(page(sharedShell(shell, path)))) }
    this.#entries.set(key, entry)
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > pagesMax && oldest !== undefined) this.#entries.delete(oldest)
    return sendKept(request, reply, entry.page)
  }
}
