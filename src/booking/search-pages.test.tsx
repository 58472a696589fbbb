/** The pages of finding a matter, as a person without script gets them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { openProgram } from '../../tests/support/program.js'
import { languages, words } from '../platform/words.js'
import { makeShell, renderPage } from '../ui/index.js'
import { ServicesPage } from './pages/services.js'
import { searchCharactersMax, searchServices, type SearchedOffice } from './search.js'

const { context, directory } = await testLeszno()
const app = await openProgram(context)
const get = async (path: string): Promise<{ status: number; html: string; text: string }> => {
  const { statusCode, body } = await app.inject(path)
  return { status: statusCode, html: body, text: textOf(body) }
}
const find = (typed: string) => get(`/sprawy?q=${encodeURIComponent(typed)}`)
/** Addresses of matters on a page, in order. */
const mattersOn = (html: string): string[] =>
  [...(/<main[\s\S]*<\/main>/.exec(html)?.[0].matchAll(/href="(?:\/en|\/uk)?\/sprawy\/([a-z0-9-]+)"/g) ?? [])].map(
    (match) => match[1] as string,
  )

test('what was found stands in the order of the search, each with its unit and summary, and is counted', async () => {
  const { html, text } = await find('rejestracja samochodu')
  const expected = searchServices(directory, 'rejestracja samochodu').map((service) => service.id)
  assert.deepEqual(mattersOn(html), expected)
  assert.equal(expected[0], 'rejestracja-pojazdow')
  assert.match(text, /Rejestracja pojazdów pojazd nowy albo używany, kupiony w kraju Wydział Komunikacji/)
  assert.match(html, new RegExp(`<p class="govuk-body" role="status">Znaleziono ${expected.length} `))
  assert.match(html, /<input[^>]*name="q"[^>]*value="rejestracja samochodu"/)
})

test('what another office handles is linked in its place and names that office, in each language', async () => {
  const unknown = { where: null, phone: null, website: null, source: 'https://example.pl' }
  const book = { id: 'ksiazeczka', name: 'Książeczka wojskowa', keywords: ['military'], who: 'Wojskowe Centrum Rekrutacji', ...unknown }
  const office: SearchedOffice = { ...directory, elsewhere: new Map([[book.id, book]]) }
  for (const language of languages) {
    const shell = makeShell({ language, office: directory.office, path: '/sprawy', clockAt: null, staff: null })
    const html = renderPage(<ServicesPage shell={shell} directory={office} typed="ksiazeczka wojskowa" />)
    await assertValidPage(html)
    assert.equal(mattersOn(html)[0], 'ksiazeczka')
    assert.ok(textOf(html).includes(`${words(language)('booking-search.elsewhere')} Wojskowe Centrum Rekrutacji`))
  }
})

test('a question that fits a life event leads to it', async () => {
  const { html } = await find('biorę ślub')
  assert.ok(html.includes('href="/sytuacje/slub"'))
})

test('where nothing is found the page says so and what to do: another word, all matters, a call, contacts', async () => {
  const { status, html, text } = await find('zzzzqq')
  assert.equal(status, 200)
  assert.match(html, /role="status">Nic nie znaleziono</)
  assert.match(text, /Nie znaleźliśmy sprawy o takiej nazwie\./)
  assert.deepEqual(mattersOn(html), [])
  for (const href of ['/sprawy', `tel:${directory.office.phone}`, '/kontakt'])
    assert.ok(/<main[\s\S]*<\/main>/.exec(html)?.[0].includes(`href="${href}"`), href)
})

test('nothing typed: life events first, then units, then every matter under its unit', async () => {
  for (const path of ['/sprawy', '/sprawy?q=', '/sprawy?q=%20%3F']) {
    const { html } = await get(path)
    assert.deepEqual(new Set(mattersOn(html)), new Set(directory.services.keys()), path)
    const places = ['href="/sytuacje/slub"', 'href="#wydzial-usc"', 'id="wydzial-usc"'].map((part) => html.indexOf(part))
    assert.ok(places.every((place) => place > 0))
    assert.deepEqual(
      places.toSorted((a, b) => a - b),
      places,
    )
    assert.doesNotMatch(html, /role="status"/)
  }
})

test('the first page leads to every life event', async () => {
  const { html } = await get('/')
  for (const id of directory.lifeEvents.keys()) assert.ok(html.includes(`href="/sytuacje/${id}"`), id)
})

test('a life event has a page with its matters in its order, valid and named in each language', async () => {
  for (const event of directory.lifeEvents.values())
    for (const language of languages) {
      const { html } = await get(`/sytuacje/${event.id}?lang=${language}`)
      await assertValidPage(html)
      assert.deepEqual(mattersOn(html), event.serviceIds)
      assert.ok(textOf(html).includes(event.name[language]))
    }
})

test('a unit has an address with its matters and those of its sections', async () => {
  const { html } = await get('/sprawy?wydzial=wydzial-komunikacji')
  const own = [...directory.services.values()].filter((service) => service.unitId.startsWith('wydzial-komunikacji'))
  assert.deepEqual(
    mattersOn(html),
    own.map((service) => service.id),
  )
  const section = await get(`/sprawy?wydzial=${encodeURIComponent('wydzial-komunikacji/prawa-jazdy')}`)
  assert.equal(mattersOn(section.html).length, 3)
  assert.equal(mattersOn((await get('/sprawy?wydzial=nie-ma')).html).length, directory.services.size)
})

test('a unit without matters says so and leads to its contact', async () => {
  const { html, text } = await get('/sprawy?wydzial=biuro-prawne')
  assert.match(text, /Ta jednostka nie ma spraw/)
  assert.ok(html.includes('href="/kontakt#unit-biuro-prawne"'))
})

test('an unknown life event is not found, and the page leads to all matters, as does the address without one', async () => {
  const short = await app.inject({ url: '/sytuacje' })
  assert.deepEqual([short.statusCode, short.headers.location], [303, '/sprawy'])
  const { status, html } = await get('/sytuacje/nie-ma')
  assert.equal(status, 404)
  assert.ok(html.includes('href="/sprawy"'))
})

test('pages are valid in each language, found, not found and not asked', async () => {
  for (const language of languages)
    for (const path of [
      '/?',
      '/sprawy?',
      '/sprawy?q=auto&',
      '/sprawy?q=zzzzqq&',
      '/sprawy?wydzial=usc&',
      '/sprawy?wydzial=biuro-prawne&',
    ]) {
      const { html } = await get(`${path}lang=${language}`)
      await assertValidPage(html)
      assert.ok(html.includes(words(language)('booking-pages.search')) || path.includes('wydzial'), path)
    }
})

test('a typed text however long or odd is answered, and cut at the longest there can be', async () => {
  const long = `dowód ${'x'.repeat(5_000)}`
  const { status, html } = await find(long)
  assert.equal(status, 200)
  assert.equal(/<input[^>]*name="q"[^>]*value="([^"]*)"/.exec(html)?.[1]?.length, searchCharactersMax)
  assert.equal(mattersOn(html)[0], 'dowody-osobiste')
  for (const query of [
    'q=%00',
    'q=%F0%9F%98%80',
    'q=<script>',
    'q[]=a&q[]=b',
    'q=a&q=b',
    `q=${'%25'.repeat(500)}`,
    'wydzial=__proto__',
    'q=%ED%A0%80',
  ]) {
    const answer = await get(`/sprawy?${query}`)
    assert.ok(answer.status < 500, query)
    assert.ok(!answer.html.includes('<script>'), query)
  }
})
