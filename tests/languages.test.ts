/** The language stands in the address: a link opens as it was copied, whoever opens it, and nothing else decides. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../src/app.js'
import { addressLanguage, readableAddress } from '../src/platform/http/address.js'
import { languages, pageWords, words } from '../src/platform/words.js'
import { inLanguage } from '../src/ui/index.js'
import { localAddress, localHtml, markPolish } from '../src/ui/languages.js'
import { officeOfPages, publicPages, reachPage } from './support/public-pages.js'
import { visitor } from './support/visitor.js'

const office = await officeOfPages()
const app = await createApp(office.context)
after(() => app.close())

const languageOf = (html: string): string | undefined => /<html lang="(\w+)"/.exec(html)?.[1]

test('an address has one language, and the router sees it without', () => {
  for (const [address, language, path] of [
    ['/', 'pl', '/'],
    ['/en', 'en', '/'],
    ['/uk/', 'uk', '/'],
    ['/en?q=a', 'en', '/?q=a'],
    ['/uk/sprawy?q=a', 'uk', '/sprawy?q=a'],
    ['http://urzad.example/en/kontakt', 'en', '/kontakt'],
    ['/english', 'pl', '/english'],
    ['/de/kontakt', 'pl', '/de/kontakt'],
    ['/en/praca', 'pl', '/en/praca'],
    ['/en/api/v1/services', 'pl', '/en/api/v1/services'],
    ['/en/uk/kontakt', 'pl', '/en/uk/kontakt'],
    ['/en//example.org', 'en', '//example.org'],
  ] as const) {
    assert.equal(addressLanguage(address), language, address)
    if (!path.startsWith('//')) assert.equal(readableAddress({ url: address }), path, address)
  }
})

test('links and forms of a page are led to its language, and only they', () => {
  assert.equal(inLanguage('/', 'en'), '/en')
  assert.equal(inLanguage('/?a=b', 'en'), '/en?a=b')
  assert.equal(inLanguage('/praca/wyloguj', 'en'), '/praca/wyloguj')
  assert.equal(localAddress('/pl/sprawy?q=a', 'en'), '/sprawy?q=a')
  assert.equal(localAddress('/pl', 'en'), '/')
  assert.equal(localAddress('/uk/sprawy', 'en'), '/uk/sprawy')
  assert.equal(localAddress('//example.org', 'en'), '//example.org')
  assert.equal(
    localHtml(
      '<a href="/sprawy">href=&quot;/sprawy&quot;</a><a href="#a"></a><form action="/pokaz/zegar"><link href="/assets/1/a.css"/>',
      'uk',
    ),
    '<a href="/uk/sprawy">href=&quot;/sprawy&quot;</a><a href="#a"></a><form action="/uk/pokaz/zegar"><link href="/assets/1/a.css"/>',
  )
})

test('Polish words in other languages are marked on pages, and stand bare where nothing can be marked', () => {
  const polish = pageWords('en').polish('Wydział Spraw')
  assert.equal(markPolish(`<p>at ${polish}.</p>`), '<p>at <span lang="pl">Wydział Spraw</span>.</p>')
  assert.equal(
    markPolish(`<a aria-label="${polish}"><title>${polish}</title>`),
    '<a aria-label="Wydział Spraw"><title>Wydział Spraw</title>',
  )
  assert.equal(markPolish(`<p>${polish.slice(0, 3)}<b>${polish.slice(3)}</b></p>`), '<p>Wy<b>dział Spraw</b></p>')
  assert.equal(pageWords('pl').polish('Wydział'), 'Wydział')
  assert.equal(words('en').polish('Wydział'), 'Wydział', 'programs are given bare words')
  assert.doesNotMatch(words('en')('regulation.way.e-delivery'), /[[\]]/)
})

test('a link opens in the language it was copied in, whatever the one who opens it saw before or prefers', async () => {
  for (const page of publicPages.filter(({ first }) => first)) {
    for (const language of languages) {
      const { path } = await reachPage(office, app, page, language)
      const opened = await app.inject({ url: path, headers: { cookie: 'jezyk=uk', 'accept-language': 'uk' } })
      assert.equal(languageOf(opened.body), language, path)
      assert.equal(opened.headers['set-cookie'], undefined, `${path} remembers nothing`)
    }
  }
})

test('the switch keeps the page and its query, and every link of a page stays in its language', async () => {
  for (const page of publicPages) {
    for (const language of ['en', 'uk'] as const) {
      const { html, path, method } = await reachPage(office, app, page, language)
      const foreign = [...html.matchAll(/ (?:href|action)="(\/[^"]*)"/g)]
        .map(([link, to]) => [link, to as string] as const)
        .filter(([, to]) => !to.startsWith(`/${language}/`) && to !== `/${language}` && !/^\/(?:assets|praca|api)\//.test(to))
      // What is left are the other languages' own: twice on a page, in its head and its switch.
      const bare = inLanguagePl(path)
      if (method === 'GET')
        assert.deepEqual(
          new Set(
            foreign.map(([, to]) =>
              to
                .replaceAll('&amp;', '&')
                .replace(/^\/(?:en|uk)(?=\/|$|\?)/, '')
                .replace(/^(?!\/)/, '/'),
            ),
          ),
          new Set([bare]),
          `${page.name} in ${language}`,
        )
      for (const [, to] of foreign) assert.ok(!/[?&]lang=/.test(to))
    }
  }
})

/** The same page in Polish. */
function inLanguagePl(path: string): string {
  return path.replace(/^\/(?:en|uk)(?=[/?]|$)/, '').replace(/^(?!\/)/, '/')
}

test('an answer that leads on stays in the language, also of a demonstration’s clock; staff are led to Polish', async () => {
  const citizen = visitor(app, 'uk')
  await citizen.open('/sprawy/rejestracja-pojazdow/terminy')
  const start = /name="start"[^>]*value="([^"]+)"/.exec((await citizen.open('/sprawy/rejestracja-pojazdow/terminy')).html)?.[1] as string
  const details = await citizen.send({ start }, '/sprawy/rejestracja-pojazdow/terminy')
  assert.match(details.path, /^\/uk\/rezerwacja\//)
  assert.equal(languageOf(details.html), 'uk')
  const clock = await app.inject({
    method: 'POST',
    url: '/en/pokaz/zegar',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'krok=5-minut&powrot=%2Fkontakt',
  })
  assert.equal(clock.headers.location, '/en/kontakt')
  assert.equal((await app.inject('/praca/obsluga')).headers.location?.toString().startsWith('/praca/logowanie'), true)
})

test('an address that looks like another site leads nowhere but here, whatever language stands before it', async () => {
  for (const url of [
    '//example.org/a',
    '/pl//example.org',
    '/en//example.org',
    '/uk//example.org',
    '/\\example.org',
    '/pl/\\example.org',
    '///example.org',
  ]) {
    const { body, headers } = await app.inject({ url })
    const away = [...body.matchAll(/ (?:href|action|formaction|src)="([^"]*)"/g)].filter(([, to]) => /^[/\\]{2}/.test(to ?? ''))
    assert.deepEqual(away, [], url)
    assert.equal(headers.location, undefined, url)
  }
  for (const path of ['/pl//example.org', '/pl/\\example.org']) assert.equal(localAddress(path, 'en'), '/example.org')
})

test('an address with any letters or the end of a line in it leads on, and its letters stay in the path', async () => {
  for (const typed of ['%C4%85', '%0d%0aSet-Cookie:%20a=b', '%00', '%E2%80%AE', 'a%20b']) {
    const answer = await app.inject({ method: 'POST', url: `/sprawy/${typed}/kontakt/ABCD2345`, payload: {} })
    assert.equal(answer.statusCode, 303, typed)
    assert.match(String(answer.headers.location), /^\/sprawy\/[!-~]+\/kontakt$/)
    assert.equal(answer.headers['set-cookie'], undefined)
  }
})

test('a form sent back with errors changes its language with everything that was typed', async () => {
  for (const [address, page] of [['/sprawy/dowody-osobiste/prosba', 'request']] as const) {
    const citizen = visitor(app)
    await citizen.open(address)
    const wrong = await citizen.send({ name: 'Ян "Новак"', phone: '12', email: '', days: ['2020-05-27', '2020-05-28'] }, address)
    assert.equal(wrong.status, 422, page)
    const form = /<form method="post" class="okienko-languages__form"[\s\S]*?<\/form>/.exec(wrong.html)?.[0] as string
    const fields = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
      name as string,
      (value as string).replaceAll('&quot;', '"'),
    ])
    const to = /formaction="([^"]*)" name="([^"]*)" value="uk"/.exec(form)
    assert.ok(to?.[1] !== undefined)
    assert.equal(to[1], inLanguage(address, 'uk'))
    const again = await app.inject({
      method: 'POST',
      url: to[1],
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams([...fields, [to[2], 'uk']] as [string, string][]).toString(),
    })
    assert.equal(again.statusCode, 200)
    assert.equal(languageOf(again.body), 'uk')
    assert.ok(again.body.includes('value="Ян &quot;Новак&quot;"') && again.body.includes('value="12"'))
    assert.equal(again.body.match(/value="2020-05-2[78]"[^>]* checked|checked[^>]*value="2020-05-2[78]"/g)?.length, 2)
    const { rows } = await office.context.database.pool.query<{ count: number }>(
      `select count(*) from request where person_name like 'Ян%'`,
    )
    assert.equal(Number(rows[0]?.count), 0, 'nothing was sent by it')
  }
})
