/**
 * A kiosk can be heard: every sentence of its screens, in each language, has its clip; numbers and
 * tickets are joined from clips; what has none is not left out unnoticed.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { pairedDevice } from '../../tests/support/devices.js'
import { lesznoFile, testLeszno } from '../../tests/support/office.js'
import { bookedVisit } from '../../tests/support/visits.js'
import { projectFile } from '../platform/paths.js'
import { voiceLanguages } from '../platform/spoken.js'
import { directory } from '../directory/index.js'
import { kioskRoutes } from './routes.js'
import { namedIn, sentencesOf, speechClips, speechWords, type SpeechWords } from './speech.js'

type Part = { readonly clip: string } | { readonly text: string } | 'pause'
// What the browser is given is tried as it is given.
const { partsOf } = (await import(projectFile('dist/assets/reading.js'))) as {
  partsOf: (text: string, reading: SpeechWords) => readonly Part[]
}

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T05:30:00Z') })
const { context, clock } = office
const audio = projectFile('src/kiosk/audio')
const listed = speechClips(namedIn(lesznoFile()))

/** As it is heard: words of the clips, `|` for a breath, `<…>` for what no clip says. */
function heard(text: string, reading: SpeechWords): string {
  return partsOf(text, reading)
    .map((part) => {
      if (part === 'pause') return '|'
      if ('text' in part) return `<${part.text}>`
      return listed.get(part.clip.replace('kiosk/', ''))?.said ?? part.clip.replace(/^..\//, '')
    })
    .join(' ')
}

const read = async (language: 'pl' | 'en' | 'uk', text: string): Promise<string> =>
  heard(text, speechWords(await directory(context), language))
const tomorrow = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()

test('a sentence is heard as it is read: numbers, hours, tickets, ranges and days from clips of their own', async () => {
  assert.equal(await read('pl', 'Numerek D 041'), 'Numerek letter-d | 41')
  assert.equal(await read('pl', 'Za wcześnie. Wejście od 11:45.'), 'Za wcześnie | Wejście od 11 45')
  assert.equal(await read('pl', 'Umówiona godzina: 9:05'), 'Umówiona godzina | 9 0 5')
  assert.equal(await read('pl', 'Proszę czekać tutaj: pokój 4, parter'), 'Proszę czekać tutaj | pokój 4 parter')
  assert.equal(
    await read('pl', 'Wezwanie najpewniej za 5–15 min. To szacunek, a nie obietnica.'),
    'Wezwanie najpewniej za 5 do 15 minut To szacunek, a nie obietnica',
  )
  assert.equal(
    await read('pl', 'Pierwszy wolny termin: wtorek 26 maja 2020, godz. 8:00'),
    'Pierwszy wolny termin | wtorek 26 maja thousand-2 20 godzina 8 0 0',
  )
  assert.equal(
    await read('pl', 'Podstawa: § 1 ust. 5 zarządzenia nr K/219/2020'),
    'Podstawa | paragraf 1 ustęp 5 zarządzenia numer letter-k hundred-2 19 thousand-2 20',
  )
  assert.equal(await read('pl', '65 529 81 00'), '65 hundred-5 29 81 0 0')
  assert.equal(await read('en', 'You will likely be called in 5–15 minutes.'), 'You will likely be called in 5 to 15 minutes')
  assert.equal(await read('uk', 'Номерок D 012'), 'Номерок letter-d | 12')
  assert.equal(await read('pl', 'Numerek się drukuje. Coś nowego 5'), 'Numerek się drukuje | <Coś nowego> 5')
  assert.equal(await read('pl', 'Dalejże'), '<Dalejże>', 'half a word is none')
})

test('every sentence and name has a clip, of Opus and small; nothing else lies there', () => {
  const files = [...listed.keys()].map((clip) => `${clip}.opus`)
  for (const [clip, { said }] of listed) assert.ok(existsSync(`${audio}/${clip}.opus`), `no clip says “${said}”: npm run voice`)
  for (const file of files) {
    const bytes = readFileSync(`${audio}/${file}`)
    assert.deepEqual([bytes.toString('latin1', 0, 4), bytes.toString('latin1', 28, 36)], ['OggS', 'OpusHead'], file)
  }
  const found = readdirSync(audio, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.opus'))
  assert.deepEqual(found.toSorted(), files.toSorted())
  const bytes = files.reduce((sum, file) => sum + statSync(`${audio}/${file}`).size, 0)
  assert.ok(bytes < 3 * 1_024 * 1_024, `${bytes} bytes`)
  for (const language of voiceLanguages) assert.ok(sentencesOf(language).size > 150)
})

test('each screen, in each language, is heard whole', async () => {
  const now = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: tomorrow('09:00') })
  const early = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: tomorrow('12:00') })
  const elsewhere = await bookedVisit(office, { serviceId: 'podatki-lokalne', start: tomorrow('09:00') })
  const later = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: tomorrow('09:00').add({ hours: 24 }) })
  clock.moveTo(tomorrow('08:55'))
  const { cookie } = await pairedDevice(context, 'kiosk', 'walowa-5')
  const app = await testApp(context, kioskRoutes)
  const ask = async (url: string, fields?: Record<string, string>, jar = cookie): Promise<string> => {
    const { headers = {}, payload } = fields === undefined ? {} : form(fields)
    const sent = { url, ...(payload === undefined ? {} : { payload }), headers: { ...headers, cookie: jar } }
    const answer = await app.inject({ method: fields === undefined ? 'GET' : 'POST', ...sent })
    const { location } = answer.headers
    if (location === undefined) return answer.body
    return ask(location, undefined, [cookie, ...answer.cookies.map(({ name, value }) => `${name}=${value}`)].join('; '))
  }
  let sentences = 0
  for (const language of voiceLanguages) {
    const prefix = language === 'pl' ? '' : `/${language}`
    const words = (await app.inject({ url: `${prefix}/kiosk/mowa`, headers: { cookie } })).json<SpeechWords>()
    assert.equal(words.language, language)
    const screens = [
      await ask(`${prefix}/kiosk`),
      await ask(`${prefix}/kiosk/pomoc`),
      await ask(`${prefix}/kiosk/wizyta`),
      await ask(`${prefix}/kiosk/wizyta`, { kod: '' }),
      await ask(`${prefix}/kiosk/zapomniane`),
      await ask(`${prefix}/kiosk/zapomniane`, { godzina: 'x' }),
      await ask(`${prefix}/kiosk/zapomniane/telefon?godzina=900`),
      await ask(`${prefix}/kiosk/zapomniane/telefon`, { godzina: '900', telefon: '0000' }),
      await ask(`${prefix}/kiosk/sprawy`),
      await ask(`${prefix}/kiosk/sprawy?w=wydzial-komunikacji`),
      await ask(`${prefix}/kiosk/sprawy?w=wydzial-spraw-obywatelskich`),
      await ask(`${prefix}/kiosk/sprawa/dowody-osobiste`),
      ...(await Promise.all([now, early, elsewhere, later].map(({ reference }) => ask(`${prefix}/kiosk/wizyta`, { kod: reference })))),
      await ask(`${prefix}/kiosk/wizyta`, { kod: 'ZZZZ9999' }),
    ]
    for (const screen of screens)
      for (const text of textsOf(screen)) {
        sentences += 1
        const parts = partsOf(text, words)
        assert.ok(parts.length > 0, text)
        // An e-mail address is there to read.
        assert.ok(
          parts.every((part) => part === 'pause' || !('text' in part) || part.text.includes('@')),
          `${language}: ${text} → ${heard(text, words)}`,
        )
      }
  }
  assert.ok(sentences > 500, `${sentences} texts`)
})

/** Texts of a screen, element by element as browser/speech.ts reads them. */
function textsOf(html: string): string[] {
  const main = /<main[^>]*>(.*)<\/footer>/s.exec(html)?.[1] ?? ''
  return [...main.matchAll(/<(h1|h2|p|li|label|figcaption|a|button)\b[^>]*>((?:(?!<(?:p|li|a|button)\b).)*?)<\/\1>/gs)]
    .map(([, , inner = '']) =>
      inner
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&amp;', '&')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'"),
    )
    .filter((text) => text.trim() !== '')
}
