import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstMorning } from '../../tests/support/office.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { languages } from '../platform/words.js'
import { Gallery } from './gallery.js'
import { assetBytes, CitizenPage, DisplayPage, DoorPage, makeShell, renderPage, StaffPage } from './index.js'
import { gzipSync } from 'node:zlib'

const office = { name: 'Urząd Miasta Leszna', phone: '+48655298100', email: 'um@leszno.example', bip: 'https://bip.leszno.pl' }
const shell = makeShell({
  language: 'pl',
  office,
  path: '/sprawy?q=dow%C3%B3d',
  clockAt: firstMorning,
  staff: { name: 'Anna Przykładowa', roles: ['desk'] },
})

test('the gallery of all components is a valid page', async () => {
  await assertValidPage(renderPage(<Gallery shell={shell} />))
})

test('each frame is a valid page with a skip link and one main', async () => {
  for (const Frame of [CitizenPage, StaffPage, DisplayPage, DoorPage]) {
    const html = renderPage(
      <Frame shell={shell} title="Próba">
        <h1>Próba</h1>
      </Frame>,
    )
    await assertValidPage(html)
    assert.match(html, /<a href="#main-content" class="govuk-skip-link"/)
    assert.match(textOf(html), /Wersja pokazowa, to nie jest strona urzędu; zegar urzędu: poniedziałek 25 maja 2020, 7:20/)
  }
})

test('a page without a demonstration mentions no clock', () => {
  const real = makeShell({ language: 'pl', office, path: '/', clockAt: null, staff: null })
  const html = renderPage(
    <CitizenPage shell={real} title="Próba">
      <h1>Próba</h1>
    </CitizenPage>,
  )
  assert.doesNotMatch(html, /pokaz/)
})

test('on errors "Błąd:" stands in front of the title and the summary links to the field', async () => {
  const html = renderPage(
    <CitizenPage shell={shell} title="Próba" errors={[{ field: 'main-content', message: 'ui.warning' }]}>
      <h1>Próba</h1>
    </CitizenPage>,
  )
  await assertValidPage(html)
  assert.match(html, /<title>Błąd: Próba – /)
  assert.match(html, /<a href="#main-content">Uwaga<\/a>/)
})

test('the language switch names each language in itself and keeps the page', async () => {
  for (const language of languages) {
    const html = renderPage(
      <CitizenPage shell={makeShell({ language, office, path: '/sprawy?q=a', clockAt: null, staff: null })} title="Próba">
        <h1>Próba</h1>
      </CitizenPage>,
    )
    await assertValidPage(html)
    assert.match(html, new RegExp(`<html lang="${language}"`))
    for (const name of ['Polski', 'English', 'Українська']) assert.ok(html.includes(name))
    if (language !== 'en') assert.ok(html.includes('href="/en/sprawy?q=a"'))
    if (language !== 'pl') assert.ok(html.includes('href="/sprawy?q=a"'))
    const home = { pl: '/', en: '/en', uk: '/uk' }[language]
    assert.ok(html.includes(`<a href="${home}" class="okienko-header__home">`), 'links of the page stay in its language')
  }
})

test('a first load weighs at most 60 kB', () => {
  const page = gzipSync(renderPage(<Gallery shell={shell} />)).length
  const fonts = ['latin-400', 'latin-700', 'latin-ext-400', 'latin-ext-700'].map(
    (each) => `fonts/atkinson-hyperlegible-next-${each}-normal.woff2`,
  )
  const bytes = ['okienko.css', 'okienko.js', 'mark.svg', ...fonts].reduce((sum, name) => sum + assetBytes(name), page)
  assert.ok(bytes <= 60_000, `${bytes} bytes`)
})
