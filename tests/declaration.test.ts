/** The accessibility declaration of an office that has said everything, and of one that has not; films and texts that are easy to read. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../src/app.js'
import { assertValidPage, textOf } from './support/html.js'
import { testLeszno } from './support/office.js'
import { languages } from '../src/platform/words.js'
import { inLanguage } from '../src/ui/index.js'

const said = await testLeszno({
  change: (file) =>
    Object.assign(file.accessibility, {
      publishedOn: '2020-05-01',
      updatedOn: '2020-05-20',
      preparedOn: '2020-05-21',
      reviewedOn: '2020-05-22',
      status: 'partly',
      person: 'Anna Próbna',
      signFilm: { address: 'https://film.example/urzad', captions: true, source: 'próba' },
      easyRead: { parts: [{ title: 'Co robi urząd', sentences: ['Urząd wydaje dowody.', 'Dowód to dokument.'] }], source: 'próba' },
    }),
})
const silent = await testLeszno()
const app = await createApp(said.context)
const other = await createApp(silent.context)
after(() => Promise.all([app.close(), other.close()]))

test('days stand in <time datetime> under their ids, the last review under both its names', async () => {
  for (const language of languages) {
    const { body } = await app.inject(inLanguage('/deklaracja-dostepnosci', language))
    await assertValidPage(body)
    for (const [id, day] of [
      ['data-publikacja', '2020-05-01'],
      ['data-aktualizacja', '2020-05-20'],
      ['data-sporzadzenie', '2020-05-21'],
      ['data-przeglad', '2020-05-22'],
      ['data-deklaracja-przeglad', '2020-05-22'],
    ])
      assert.ok(body.includes(`<time id="a11y-${id}" datetime="${day}">`), `${id} in ${language}`)
    assert.match(body, /<meta name="deklaracja-dostępności" content="\/deklaracja-dostepnosci"/)
    assert.match(body, /<span id="a11y-osoba">Anna Próbna/)
  }
})

test('a film in sign language and a text that is easy to read are linked from every page where the office has them', async () => {
  for (const language of languages) {
    for (const path of ['/', '/sprawy', '/deklaracja-dostepnosci']) {
      const { body } = await app.inject(inLanguage(path, language))
      assert.ok(body.includes('href="https://film.example/urzad"'), `${path} in ${language}`)
      assert.ok(body.includes(`href="${inLanguage('/latwy-tekst', language)}"`), `${path} in ${language}`)
    }
    const page = await app.inject(inLanguage('/latwy-tekst', language))
    assert.equal(page.statusCode, 200)
    await assertValidPage(page.body)
    assert.match(page.body, /<section lang="pl">/)
    assert.match(textOf(page.body), /Co robi urząd Urząd wydaje dowody\. Dowód to dokument\./)
  }
})

test('where the office has none, the declaration says so and nothing leads to them', async () => {
  const { body } = await other.inject('/deklaracja-dostepnosci')
  assert.match(textOf(body), /Urząd nie podał filmu w polskim języku migowym\. Urząd nie podał informacji w tekście łatwym do czytania\./)
  assert.doesNotMatch(body, /latwy-tekst/)
  assert.equal((await other.inject('/latwy-tekst')).statusCode, 404)
})
