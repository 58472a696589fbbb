/**
 * From a tree of components to an answer: doctype, type, and a cache header unless the route chose
 * its own. Pages are private and not kept by default.
 */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { acceptsCoding } from '../platform/http/accept.js'
import { isLanguage, type Language } from '../platform/words.js'
import { localHtml, markPolish } from './languages.js'
import type { Shell } from './shell.js'

/** The whole page as text, its links led to the language it says it is in. */
export function renderPage(page: VNode): string {
  const html = renderToString(page)
  const said = /^<html lang="([a-z]+)"/.exec(html)?.[1]
  return `<!DOCTYPE html>${markPolish(localHtml(html, isLanguage(said) ? said : 'pl'))}`
}

/** A part of a page as text: what a live region fetches. */
export function renderFragment(part: VNode, language: Language): string {
  return markPolish(localHtml(renderToString(part), language))
}

export function sendPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', isStepBack(reply, status) ? 'private, no-cache' : 'no-store')
  return reply.code(status).type('text/html; charset=utf-8').send(renderPage(page))
}

/**
 * A citizen's form sent back with what is wrong: the browser keeps it for its own Back button, else
 * going back to it ends at "form resubmission" instead of the form. Nobody else may keep it, nor may
 * the browser show it again without asking. Pages of staff are never kept.
 */
function isStepBack({ request }: FastifyReply, status: number): boolean {
  return request.method === 'POST' && status >= 400 && status < 500 && !request.url.startsWith('/praca')
}

/**
 * A page with nothing of anybody's on it, compressed. Others are not: a page that shows a secret
 * beside what an address said would give the secret away by its length (BREACH).
 */
export function sendPublicPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  // What answers a form says what was typed, and the browser keeps it for its Back button.
  if (reply.request.method === 'POST') return sendPage(reply, page, status)
  reply.code(status).header('cache-control', 'no-store')
  return sendPacked(reply, renderPage(page))
}

/** A text with nothing of anybody's in it, in the smallest form the browser takes. */
export function sendPacked(reply: FastifyReply, html: string): FastifyReply {
  const accepted = reply.request.headers['accept-encoding']
  reply.header('vary', 'accept-encoding').type('text/html; charset=utf-8')
  // The middle levels: a page is made for each who asks, and the higher ones take ten times as long for a twentieth less.
  if (acceptsCoding(accepted, 'br')) {
    const packed = brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
    return reply.header('content-encoding', 'br').send(packed)
  }
  if (acceptsCoding(accepted, 'gzip')) return reply.header('content-encoding', 'gzip').send(gzipSync(html, { level: 6 }))
  return reply.send(html)
}

/** Header by which a fragment says what the bar of a demonstration says now: URI-encoded JSON. */
export const clockHeader = 'okienko-clock'

/** The office's clock as a fragment tells it; nothing outside a demonstration. */
export function clockHeaders({ clockText, t }: Shell): Record<string, string> {
  if (clockText === null) return {}
  const clock = { sentence: t('ui.demo.sentence', { time: clockText }), time: clockText.split(', ').at(-1) }
  return { [clockHeader]: encodeURIComponent(JSON.stringify(clock)) }
}

/** A part of a page, for a live region. In a demonstration the office's clock goes with it, since the bar stands outside. */
export function sendFragment(reply: FastifyReply, part: VNode): FastifyReply {
  return reply
    .headers(clockHeaders(reply.request.shell))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(renderFragment(part, reply.request.shell.language))
}
