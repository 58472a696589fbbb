/**
 * Files the office gives: its film in sign language is played from our own address, its pictograms
 * stand in the text that is easy to read, and nothing else of the folder, or of the machine, is sent.
 */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { createApp } from '../src/app.js'
import { partOf } from '../src/directory/media.js'
import { readOffice } from '../src/directory/index.js'
import { inLanguage } from '../src/ui/index.js'
import { assertValidPage, textOf } from './support/html.js'
import { lesznoFile, testLeszno } from './support/office.js'

const folder = mkdtempSync(path.join(os.tmpdir(), 'okienko-media-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const film = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251))
writeFileSync(path.join(folder, 'urzad.mp4'), film)
writeFileSync(path.join(folder, 'urzad.vtt'), 'WEBVTT\n\n00:00.000 --> 00:02.000\nDzień dobry\n')
writeFileSync(path.join(folder, 'urzad.jpg'), 'picture')
writeFileSync(path.join(folder, 'dowod.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
writeFileSync(path.join(folder, 'inny.mp4'), 'of nobody')
mkdirSync(path.join(folder, 'pusty.mp4'))

const files = { video: 'urzad.mp4', captions: 'urzad.vtt', poster: 'urzad.jpg', transcript: ['Dzień dobry. To jest urząd.'] }
const easyRead = { parts: [{ title: 'Dowód', sentences: ['Urząd wydaje dowody.'], picture: 'dowod.svg' }], source: null }
const office = (signFilm: object) =>
  testLeszno({
    change: (file) => {
      file.accessibility = { ...file.accessibility, signFilm, easyRead }
    },
  })
const { context } = await office({ captions: true, film: files, source: null })
const app = await createApp(context, { mediaFolder: folder })
const empty = await createApp(context, { mediaFolder: path.join(folder, 'nothing') })
const linked = await createApp((await office({ address: 'https://film.example/a', captions: true, film: files, source: null })).context, {
  mediaFolder: path.join(folder, 'nothing'),
})
after(() => Promise.all([app.close(), empty.close(), linked.close()]))

test('the film has a page with the buttons of the browser, captions, a picture and its text, and nothing of others', async () => {
  for (const language of ['pl', 'en', 'uk'] as const) {
    const { body, headers } = await app.inject(inLanguage('/jezyk-migowy', language))
    await assertValidPage(body)
    assert.match(body, /<video[^>]* controls[^>]* preload="none"[^>]* poster="\/media\/urzad\.jpg"/)
    assert.match(body, /<source src="\/media\/urzad\.mp4" type="video\/mp4"/)
    assert.match(body, /<track kind="captions" src="\/media\/urzad\.vtt" srclang="pl"[^>]* default/)
    assert.match(textOf(body), /Dzień dobry\. To jest urząd\./)
    assert.doesNotMatch(body, /<(?:video|source|track|img|iframe)[^>]*(?:src|poster)="https?:/)
    assert.match(String(headers['content-security-policy']), /default-src 'self'/)
    assert.ok((await app.inject(inLanguage('/', language))).body.includes(`href="${inLanguage('/jezyk-migowy', language)}"`))
    assert.ok((await app.inject(inLanguage('/deklaracja-dostepnosci', language))).body.includes(inLanguage('/jezyk-migowy', language)))
  }
})

test('a player fetches the film in parts', async () => {
  const whole = await app.inject('/media/urzad.mp4')
  assert.deepEqual([whole.statusCode, whole.headers['content-type'], whole.headers['accept-ranges']], [200, 'video/mp4', 'bytes'])
  assert.ok(whole.rawPayload.equals(film))
  const part = await app.inject({ url: '/media/urzad.mp4', headers: { range: 'bytes=1000-1999' } })
  assert.deepEqual([part.statusCode, part.headers['content-range']], [206, 'bytes 1000-1999/5000'])
  assert.ok(part.rawPayload.equals(film.subarray(1000, 2000)))
  const end = await app.inject({ url: '/media/urzad.mp4', headers: { range: 'bytes=-10' } })
  assert.ok(end.rawPayload.equals(film.subarray(4990)))
  assert.equal((await app.inject({ url: '/media/urzad.mp4', headers: { range: 'bytes=5000-' } })).statusCode, 416)
  const head = await app.inject({ method: 'HEAD', url: '/media/urzad.mp4' })
  assert.deepEqual([head.statusCode, head.headers['content-length'], head.payload], [200, '5000', ''])
})

test('a part is what RFC 9110 says', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['bytes=0-', { first: 0, last: 99 }],
    ['bytes=10-19', { first: 10, last: 19 }],
    ['bytes=90-500', { first: 90, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
    ['bytes=-0', 'beyond'],
    ['bytes=100-', 'beyond'],
    ['bytes=20-10', null],
    ['bytes=0-1,5-6', null],
    ['bytes=-', null],
    ['pages=1-2', null],
  ]
  for (const [range, part] of cases) assert.deepEqual(partOf(range, 100), part, range)
})

test('only what the office file names is sent', async () => {
  for (const name of ['inny.mp4', '..%2F..%2Fpackage.json', '%2Fetc%2Fpasswd', '.', 'pusty.mp4', 'urzad.mp4%00', 'URZAD.MP4'])
    assert.equal((await app.inject(`/media/${name}`)).statusCode, 404, name)
})

test('a pictogram stands in the easy text, only where the office gives one', async () => {
  const { body } = await app.inject('/latwy-tekst')
  await assertValidPage(body)
  assert.match(body, /<img class="okienko-pictogram" src="\/media\/dowod\.svg" alt(?:="")?\/>/)
  assert.equal((await app.inject('/media/dowod.svg')).headers['content-type'], 'image/svg+xml')
})

test('without its file the film is its link, else nothing', async () => {
  const answer = await linked.inject('/jezyk-migowy')
  assert.deepEqual([answer.statusCode, answer.headers['location']], [303, 'https://film.example/a'])
  assert.equal((await empty.inject('/jezyk-migowy')).statusCode, 404)
  assert.equal((await empty.inject('/media/urzad.mp4')).statusCode, 404)
})

const problems = (signFilm: unknown) =>
  readOffice(JSON.stringify(lesznoFile((file) => Object.assign(file.accessibility, { signFilm })))).problems.length

test('an office file names films by plain names of files, and a film is a link, files or both', () => {
  const known = { captions: true, source: null }
  assert.equal(problems({ ...known, film: files }), 0)
  assert.equal(problems({ ...known, address: 'https://film.example/a' }), 0)
  assert.equal(problems({ ...known, address: 'https://film.example/a', film: files }), 0)
  for (const wrong of [
    known,
    { ...known, address: null },
    { ...known, film: { ...files, video: '../a.mp4' } },
    { ...known, film: { video: 'a.mp4' } },
  ])
    assert.ok(problems(wrong) > 0, JSON.stringify(wrong))
})
