/** The poster at a door: what it says on a day, from when to when, and that it is one sheet; and the feed programs find. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { languages } from '../../../platform/words.js'
import { projectFile } from '../../../platform/paths.js'
import { bookFrom, importActs, ruleBook, type ActsDocument } from '../../../regulation/index.js'
import { makeShell, renderPage } from '../../../ui/index.js'
import { openBrowser, openPerson } from '../../../../tests/support/browser.js'
import { assertValidPage, textOf } from '../../../../tests/support/html.js'
import { lesznoActs, testLeszno } from '../../../../tests/support/office.js'
import { openProgram } from '../../../../tests/support/program.js'
import { signedIn } from '../../../../tests/support/staff.js'
import { variantOffice } from '../../../../tests/variants/office.js'
import { PosterPage } from './page.js'
import { posterOf } from './rules.js'

const office = await testLeszno()
const { context, clock, directory } = office
const app = await openProgram(context)
const secretary = await signedIn(context, 'secretary')
const read = async (url: string): Promise<string> => textOf((await app.inject(url)).body)
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)

test('the poster says hours by units, who may come in, what must be worn, how to book, and on what it rests', async () => {
  const page = await app.inject('/plakat/walowa-5')
  assert.equal(page.statusCode, 200)
  await assertValidPage(page.body)
  const text = textOf(page.body)
  assert.match(text, /Urząd Stanu Cywilnego poniedziałek: 7:30–15:30 wtorek–piątek: 7:30–14:30/)
  assert.match(text, /Pozostałe wydziały w tym budynku poniedziałek–piątek: 7:30–15:30/)
  assert.match(text, /Wydział Komunikacji: wizytę umawia się:.* w internecie/)
  assert.match(text, /Zasłonięcie nosa i ust Rękawiczki ochronne/)
  assert.match(text, /http:\/\/okienko\.test\/sprawy Telefon urzędu: 65 529 81 00/)
  assert.match(text, /Podstawa: .*K\/219\/2020 w sprawie zasad/)
  assert.doesNotMatch(text, /Architektury/)
  // Units of another building are told at its own door; where papers are left at every one.
  const other = await read('/plakat/karasia-15')
  assert.doesNotMatch(other, /Wydział Komunikacji/)
  for (const one of [text, other]) assert.match(one, /Karasia 15, 64-100 Leszno: bez umówionej wizyty wchodzą osoby składające dokumenty/)
})

test('the poster of every building is one sheet of A4 and of A3 in every language', async () => {
  const browser = await openBrowser()
  after(() => browser.close())
  const page = await openPerson(browser, await app.listen({ port: 0, host: '127.0.0.1' }))
  const sheets = async (url: string): Promise<number> => {
    await page.goto(url)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
  }
  // The building with most to say in each language; the others in the longest one.
  for (const language of languages) assert.equal(await sheets(`/${language}/plakat/walowa-5`), 1, language)
  for (const { id } of directory.buildings.values()) assert.equal(await sheets(`/uk/plakat/${id}`), 1, id)
  assert.equal(await sheets('/plakat/walowa-5?wydanie=a3'), 1)
  assert.ok((await sheets('/plakat/walowa-5?wydanie=duzy')) > 1)
})

test('it holds from the day the act begins to the day before something changes, and says days that differ', async () => {
  const book = await ruleBook(context)
  const first = posterOf(book, directory, 'walowa-5', day('2020-05-25'))
  assert.equal(first.from, '2020-05-25')
  // On the day after its last one it says something else.
  const said = (at: Temporal.PlainDate): string => JSON.stringify({ ...posterOf(book, directory, 'walowa-5', at), day: null, hours: null })
  assert.ok(first.until !== null)
  assert.equal(posterOf(book, directory, 'walowa-5', day(first.until)).from, first.from)
  assert.notEqual(said(day(first.until).add({ days: 1 })), said(day(first.until)))
  const june = posterOf(book, directory, 'walowa-5', day('2020-06-01'))
  assert.ok(june.hours.every(({ except }) => except.some((each) => each.day.toString() === '2020-06-11' && each.hours.code === 'day-off')))
  assert.equal(posterOf(book, directory, 'walowa-5', day('2020-05-24')).safety.length, 0)
})

test('a rule for some dates and one weekday is told as such, one of another time is not', async () => {
  const acts = lesznoActs() as any
  acts.acts
    .find((act: any) => act.id === 'K/219/2020')
    .provisions.push(
      {
        id: 'fridays',
        reference: '§ 9',
        kind: 'entry',
        parameters: { purpose: 'walk-in', only: false },
        scope: { weekday: [5], building: ['walowa-5'] },
      },
      {
        id: 'elections',
        reference: '§ 10',
        kind: 'building-limit',
        parameters: { of: 'inside', limit: 7 },
        scope: { building: ['walowa-5'], dates: { from: '2020-06-15', until: '2020-06-23' } },
      },
    )
  clock.moveTo(clock.now().add({ minutes: 1 }))
  assert.deepEqual(await importActs(context.database, acts, clock.now()), [])
  context.changes.publish('regulation')
  const page = await read('/plakat/walowa-5')
  assert.match(page, /piątek: /)
  assert.doesNotMatch(page, /najwyżej 7/)
  assert.match(await read('/plakat/walowa-5?dzien=16.06.2020'), /najwyżej 7 .*Tak jest od 15 czerwca 2020 do 23 czerwca 2020\./)
})

test('what was typed wrong is told, and a building nobody has is not found', async () => {
  const wrong = await app.inject('/plakat/walowa-5?dzien=31.06.2020')
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  assert.equal((await app.inject('/plakat/ratusz')).statusCode, 404)
})

test('acts of other offices make posters too: each sentence in every language, and days that hold', () => {
  const other = variantOffice()
  const folder = projectFile('tests/variants')
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  assert.equal(files.length, 16)
  for (const file of files) {
    const { acts } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as { acts: ActsDocument }
    const book = bookFrom(acts, clock.now())
    const first = day(acts.acts[0]?.from ?? '2020-06-01')
    for (const building of other.buildings.values()) {
      const poster = posterOf(book, other, building.id, first)
      assert.ok(
        (poster.from ?? '') <= first.toString() && first.toString() <= (poster.until ?? '9999'),
        `${file} ${poster.from} ${poster.until}`,
      )
      for (const language of languages) {
        const facts = { language, office: other.office, path: '/plakat/x', clockAt: null, staff: null }
        const view = { office: other, building, edition: 'a4' as const, poster, day: '', errors: [], publicUrl: 'https://okienko.test' }
        const html = renderPage(<PosterPage shell={makeShell(facts)} view={view} />)
        assert.doesNotMatch(html, /regulation\.[a-z]+\.|undefined/, `${file} ${language}`)
      }
    }
  }
})

test('programs find the feed of acts on the pages that speak of them, and the staff the posters on an act', async () => {
  const link = '<link rel="alternate" type="application/atom+xml" href="/akty.atom"'
  for (const url of ['/', '/akty', '/akty/k-219-2020', '/zasady']) assert.ok((await app.inject(url)).body.includes(link), url)
  assert.ok((await app.inject('/en/akty')).body.includes(link.replace('/akty', '/en/akty')))
  assert.match(String((await app.inject('/en/akty.atom')).headers['content-type']), /^application\/atom\+xml/)
  const act = '/akty/k-219-2020'
  assert.doesNotMatch((await app.inject(act)).body, /\/plakat\//)
  assert.match((await app.inject({ url: act, headers: secretary.headers })).body, /href="\/plakat\/walowa-5"/)
})
