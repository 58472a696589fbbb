/**
 * Style, fonts, sound and browser scripts: read once at the start, compressed once, when first asked for,
 * served from memory under an address that changes whenever any of them does, so that browsers may
 * keep them a year.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { acceptsCoding } from '../platform/http/accept.js'
import { projectFile } from '../platform/paths.js'

interface Asset {
  readonly type: string
  readonly plain: Buffer
  /** By the name of the content coding, smallest first; fonts and sound are compressed already. */
  readonly packed: () => readonly Packed[]
}

type Packed = readonly [coding: string, body: Buffer]

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.opus': 'audio/ogg; codecs=opus',
}

const assets = readAssets()
const version = createHash('sha256')
for (const [name, asset] of assets) version.update(name).update(asset.plain)
const hash = version.digest('hex').slice(0, 12)

/** Address of an asset, such as `okienko.css`. */
export function assetUrl(name: string): string {
  return `/assets/${hash}/${name}`
}

/** Size a browser fetches, in bytes; for the budget of the first load. */
export function assetBytes(name: string): number {
  const asset = assets.get(name)
  if (asset === undefined) throw new Error(`no asset "${name}"`)
  return (asset.packed()[0]?.[1] ?? asset.plain).length
}

/** An asset on an address of its own, such as a worker that controls pages beside it. */
export function sendAsset(reply: FastifyReply, name: string): FastifyReply {
  const asset = assets.get(name)
  if (asset === undefined) throw new Error(`no asset "${name}"`)
  return reply.type(asset.type).send(asset.plain)
}

export function assetRoutes(app: FastifyInstance): void {
  app.get<{ Params: { hash: string; '*': string } }>('/assets/:hash/*', { logLevel: 'warn' }, async (request, reply) => {
    const asset = assets.get(request.params['*'])
    if (asset === undefined) return reply.callNotFound()
    // During an update an older page may ask a newer process: it gets the file, but keeps it not.
    const current = request.params.hash === hash
    reply
      .type(asset.type)
      .header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
      .header('vary', 'accept-encoding')
    const accepted = request.headers['accept-encoding'] ?? ''
    const packed = asset.packed().find(([coding]) => acceptsCoding(accepted, coding))
    if (packed === undefined) return reply.send(asset.plain)
    return reply.header('content-encoding', packed[0]).send(packed[1])
  })
}

function readAssets(): Map<string, Asset> {
  const folder = projectFile('dist', 'assets')
  const found = new Map<string, Asset>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[path.extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = path.join(entry.parentPath, entry.name)
    const plain = readFileSync(file)
    let kept: readonly Packed[] | undefined = /^(?:font|audio)\//.test(type) ? [] : undefined
    const packed = (): readonly Packed[] =>
      (kept ??= [
        ['br', brotliCompressSync(plain)],
        ['gzip', gzipSync(plain, { level: 9 })],
      ])
    found.set(path.relative(folder, file).replaceAll(path.sep, '/'), { type, plain, packed })
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
