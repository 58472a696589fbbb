/** The page of a matter: what the office's pages say of it, where that is from, and what is not known. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { openProgram } from '../../tests/support/program.js'

const { context, directory, clock } = await testLeszno()
const app = await openProgram(context)
const page = async (path: string): Promise<string> => (await app.inject(path)).body
const text = async (path: string): Promise<string> => textOf(await page(path))

test('the page of every matter is valid in each language', async () => {
  for (const language of ['pl', 'en', 'uk'])
    for (const id of directory.services.keys()) await assertValidPage(await page(`/sprawy/${id}?lang=${language}`))
})

test('every fact that holds today stands on the page of its matter', async () => {
  for (const service of directory.services.values())
    for (const fact of service.facts) assert.equal((await text(`/sprawy/${service.id}`)).includes(fact.text), fact.from === null, fact.text)
})

test('both persons are told to come to declare a marriage', async () => {
  assert.match(await text('/sprawy/usc-zaswiadczenie-do-malzenstwa'), /Ważne w tej sprawie Przychodzą obie osoby\./)
})

test('the account stands beside what the registry office asks of who pays', async () => {
  assert.match(
    await text('/sprawy/usc-zaswiadczenie-o-stanie-cywilnym'),
    /26 1020 3088 0000 8302 0005 7513 Urząd Stanu Cywilnego prosi, żeby nie płacić przed złożeniem wniosku\./,
  )
})

test('a matter that costs nothing shows no amount and no account', async () => {
  const said = await text('/sprawy/zameldowanie-decyzja')
  assert.match(said, /rozpatrzenie wniosku: bez opłaty/)
  assert.doesNotMatch(said, /0,00|Numer rachunku|przelewem/)
})

test('where no fee is known none is presumed, and no transfer advised', async () => {
  const said = await text('/sprawy/dowody-osobiste')
  assert.match(said, /Nie mamy potwierdzonej informacji, czy i ile się płaci\./)
  assert.doesNotMatch(said, /Numer rachunku|przelewem/)
})

test('what the office knows is folded on the page with its source, and what it does not know with a number', async () => {
  const html = await page('/sprawy/zgloszenie-budowy')
  const said = textOf(html)
  assert.match(said, /Co wiemy o tej sprawie i skąd/)
  assert.match(said, /Podpis nie wiadomo; można zapytać: 65 529 81 00/)
  assert.match(said, /Rodzaj sprawy sprawa administracyjna \(Kodeks postępowania administracyjnego\) źródło: bip\.leszno\.pl/)
  assert.ok(html.includes('href="http://bip.leszno.pl/sprawa-do-zalatwienia/711/'))
})

test('leaving papers needs no booking: where, until when and why, and nothing to ring, bring or pay first', async () => {
  const said = await text('/sprawy/skladanie-dokumentow')
  assert.match(said, /Dokumenty można zostawić bez umawiania wizyty w biurze obsługi: ul\. Kazimierza Karasia 15, 64-100 Leszno/)
  assert.match(said, /Podstawa: § 1 ust\. 5 zarządzenia nr K\/219\/2020/)
  assert.match(said, /Godziny dziś 7:30–15:30/)
  assert.doesNotMatch(said, /zadzwonić:|Opłaty|listy dokumentów|Wybierz termin/)
})

test('times for leaving papers are answered by where to leave them, not by other ways to book', async () => {
  const answer = await app.inject('/sprawy/skladanie-dokumentow/terminy')
  assert.equal(answer.statusCode, 409)
  const said = textOf(answer.body)
  assert.match(said, /Dokumenty można zostawić bez umawiania wizyty\./)
  assert.match(said, /§ 1 ust\. 5/)
  assert.match(said, /w biurze obsługi: ul\. Kazimierza Karasia 15/)
  assert.doesNotMatch(said, /W tej sprawie nie umawia się/)
})

test('the e-mail address stands once in the sentence, as a link', async () => {
  assert.match(await text('/sprawy/pytanie-o-sprawe'), /Można napisać e-mail na adres um@leszno\.pl ?\. (?!um@)/)
})

test('a room says its floor', async () => {
  assert.match(await text('/sprawy/wydanie-praw-jazdy'), /ul\. Wałowa 5, Leszno, pokój 21, II piętro/)
  assert.match(await text('/sprawy/wydanie-praw-jazdy?lang=uk'), /II поверх за польською нумерацією/)
})

test('rules of 2023 are told from their day on', async () => {
  clock.moveTo(Temporal.Instant.from('2023-07-01T10:00:00+02:00'))
  assert.match(await text('/sprawy/nabycie-zbycie-pojazdu'), /zawiadamia się w ciągu 30 dni/)
})
