/**
 * Files the office gives besides its office file: a film in sign language with its captions and
 * picture, pictograms of the text that is easy to read. They lie in one folder (OKIENKO_MEDIA), are
 * served from there and from nowhere else, and only those the office file names.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessibilityDeclaration } from './model.js'

const types: ReadonlyMap<string, string> = new Map([
  ['.mp4', 'video/mp4'],
  ['.webm', 'video/webm'],
  ['.vtt', 'text/vtt; charset=utf-8'],
  ['.jpg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.webp', 'image/webp'],
  ['.svg', 'image/svg+xml'],
])

/** Address of a file of the office. */
export function mediaUrl(name: string): string {
  return `/media/${encodeURIComponent(name)}`
}

/** What kind of file it is by its name; undefined for one that is never served. */
export function mediaType(name: string): string | undefined {
  return types.get(path.extname(name))
}

/** The files an office file names. */
export function namedFiles({ signFilm, easyRead }: Pick<AccessibilityDeclaration, 'signFilm' | 'easyRead'>): readonly string[] {
  const film = signFilm?.film ?? null
  const given = film === null ? [] : [film.video, film.captions, film.poster]
  const pictures = (easyRead?.parts ?? []).map(({ picture }) => picture)
  return [...given, ...pictures].filter((name): name is string => typeof name === 'string')
}

/** Size of a file of the folder in bytes; null when it is not there. */
export async function mediaBytes(folder: string, name: string): Promise<number | null> {
  const found = await stat(path.join(folder, name)).catch(() => null)
  return found?.isFile() ? found.size : null
}

/**
 * Sends a file that is named, or the part of it that a player asks for: without parts a film could
 * not be moved through, and some browsers would not play it at all (RFC 9110, 14.2).
 */
export async function sendMedia(request: FastifyRequest, reply: FastifyReply, folder: string, name: string): Promise<FastifyReply> {
  const size = await mediaBytes(folder, name)
  const type = mediaType(name)
  if (size === null || type === undefined) {
    reply.callNotFound()
    return reply
  }
  reply.type(type).header('accept-ranges', 'bytes').header('cache-control', 'public, max-age=3600')
  const asked = request.headers.range === undefined ? null : partOf(request.headers.range, size)
  if (asked === 'beyond') return reply.code(416).header('content-range', `bytes */${size}`).send()
  const { first, last } = asked ?? { first: 0, last: size - 1 }
  if (asked !== null) reply.code(206).header('content-range', `bytes ${first}-${last}/${size}`)
  reply.header('content-length', last - first + 1)
  return size === 0 ? reply.send('') : reply.send(createReadStream(path.join(folder, name), { start: first, end: last }))
}

/** The one part a `Range` header asks for; null for what is no such header and is passed over, or asks for several. */
export function partOf(range: string, size: number): { readonly first: number; readonly last: number } | 'beyond' | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? []
  if (from === '' && to === '') return null
  // "-500": the last five hundred.
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(to) < first) return null
  return first >= size || (from === '' && Number(to) === 0) ? 'beyond' : { first, last }
}
