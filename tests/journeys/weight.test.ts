/**
 * How much a first view of any public page weighs: what holds up the first paint, the page and its
 * style, fits into the first 14 kB a server may send without waiting; all of it stays under 60 kB.
 * Measured over the wire, as a browser asks that takes Brotli, and without script.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import { createApp } from '../../src/app.js'
import { officeOfPages, publicPages, reachPage } from '../support/public-pages.js'

const firstBytesMax = 14 * 1024
const allBytesMax = 60_000

const office = await officeOfPages()
const app = await createApp(office.context)
after(() => app.close())

async function weigh(url: string): Promise<{ bytes: number; coding: string; body: Buffer }> {
  const answer = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
  return { bytes: answer.rawPayload.length, coding: answer.headers['content-encoding'] ?? 'plain', body: answer.rawPayload }
}

/** What the page makes a browser without script load. Its letters decide about fonts: Latin ones in both weights, the rest as they occur. */
function loads(html: string): { blocking: string[]; later: string[] } {
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"( media="print")?/g)]
  const blocking = sheets.filter(([, , print]) => print === undefined).map(([, href]) => href as string)
  const icons = [...html.matchAll(/<link rel="icon" href="([^"]+)"/g)].map(([, href]) => href as string)
  const pictures = [...html.matchAll(/<img[^>]* src="(\/[^"]+)"/g)].map(([, src]) => src as string)
  const folder = (blocking[0] ?? '').replace(/[^/]+$/, '')
  const fonts = ['latin-400', 'latin-700', 'latin-ext-400', 'latin-ext-700'].map(
    (each) => `${folder}fonts/atkinson-hyperlegible-next-${each}-normal.woff2`,
  )
  const print = sheets.filter(([, , media]) => media !== undefined).map(([, href]) => href as string)
  return { blocking, later: [...icons, ...pictures, ...fonts, ...print] }
}

const sum = (weights: readonly { bytes: number }[]): number => weights.reduce((all, each) => all + each.bytes, 0)

test('the page of times kept for all who ask is sent compressed, and not at all to who has it', async () => {
  const real = await createApp({ ...office.context, demonstration: false })
  after(() => real.close())
  for (const url of ['/sprawy/rejestracja-pojazdow/terminy', '/uk/sprawy/rejestracja-pojazdow/terminy']) {
    const answer = await real.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    assert.equal(answer.headers['content-encoding'], 'br')
    assert.equal(answer.headers['vary'], 'accept-encoding')
    assert.match(String(answer.headers['cache-control']), /^public/)
    assert.match(brotliDecompressSync(answer.rawPayload).toString(), new RegExp(`<html lang="${url.startsWith('/uk') ? 'uk' : 'pl'}"`))
    const again = await real.inject({ url, headers: { 'if-none-match': String(answer.headers['etag']), cookie: 'any=thing' } })
    assert.equal(again.statusCode, 304)
  }
})

for (const page of publicPages.filter(({ first }) => first)) {
  test(`a first view of ${page.name} weighs at most 14 kB until it is painted and 60 kB in all`, async () => {
    const weights: string[] = []
    for (const language of ['pl', 'en', 'uk'] as const) {
      const seen = await reachPage(office, app, page, language)
      assert.equal(seen.method, 'GET', 'a first page is asked for by its address')
      const html = await weigh(seen.path)
      assert.equal(html.coding, 'br', 'a page with nothing of anybody’s on it is sent compressed')
      const { blocking, later } = loads(seen.html)
      assert.ok(blocking.length > 0)
      const first = html.bytes + sum(await Promise.all(blocking.map(weigh)))
      const all = first + sum(await Promise.all(later.map(weigh)))
      weights.push(`${language} ${html.bytes} + style = ${first}, all ${all}`)
      assert.ok(first <= firstBytesMax, `${language}: ${first} bytes until the first paint, ${html.bytes} of them the page`)
      assert.ok(all <= allBytesMax, `${language}: ${all} bytes in all`)
    }
    if (process.env['OKIENKO_WEIGHTS'] !== undefined) console.log(`${page.name}: ${weights.join('; ')}`)
  })
}
