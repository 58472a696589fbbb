/** The page of a matter: what the office's pages say of it, where that is from, and what is not known. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { readQrCode } from '../../tests/support/qr-reader.js'
import { testLeszno } from '../../tests/support/office.js'
import { openProgram } from '../../tests/support/program.js'

const { context, directory, clock } = await testLeszno()
const app = await openProgram(context)
const page = async (path: string): Promise<string> => (await app.inject(path)).body
const text = async (path: string): Promise<string> => textOf(await page(path))

test('the page of every matter is valid in each language', async () => {
  const all = '&odpowiedz=tak&mam=epuap-account&mam=trusted-profile'
  for (const language of ['pl', 'en', 'uk'])
    for (const id of [...directory.services.keys(), ...directory.elsewhere.keys()])
      for (const answers of language === 'pl' ? ['', '&odpowiedz=tak', all] : [all])
        await assertValidPage(await page(`/sprawy/${id}?lang=${language}${answers}`))
})

test('every fact that holds today stands on the page of its matter', async () => {
  for (const service of directory.services.values())
    for (const fact of service.facts) assert.equal((await text(`/sprawy/${service.id}`)).includes(fact.text), fact.from === null, fact.text)
})

test('both persons are told to come to declare a marriage', async () => {
  assert.match(await text('/sprawy/usc-zaswiadczenie-do-malzenstwa'), /Ważne w tej sprawie Przychodzą obie osoby\./)
})

test('where the registry office asks not to pay before filing, that comes first, and the account is folded for later', async () => {
  const said = await text('/sprawy/usc-zaswiadczenie-o-stanie-cywilnym')
  assert.match(
    said,
    /Proszę nie płacić przed złożeniem wniosku\..*Dane do przelewu, gdy wniosek jest już złożony.*26 1020 3088 0000 8302 0005 7513/,
  )
  assert.doesNotMatch(await text('/sprawy/usuniecie-drzew'), /nie płacić/)
})

test('an amount says its kind and its year, or that no source gives one', async () => {
  assert.match(await text('/sprawy/usc-zaswiadczenie-o-stanie-cywilnym'), /38,00 zł \(opłata skarbowa, stan na 2020 r\.\)/)
  assert.match(await text('/sprawy/wydanie-praw-jazdy'), /100,50 zł \(opłata za dokument, data kwoty nie jest podana\)/)
})

test('a fee whose account nobody gave shows none, least of all another’s, but whom to ask', async () => {
  for (const id of ['wydanie-praw-jazdy', 'wymiana-prawa-jazdy', 'miedzynarodowe-prawo-jazdy']) {
    const html = await page(`/sprawy/${id}`)
    assert.doesNotMatch(html, /26102030880000830200057513|26 1020 3088|data-copy="\d{26}"/)
    assert.match(
      textOf(html),
      /Numeru rachunku dla tej opłaty \(opłata za dokument\) nie mamy w potwierdzonym źródle\. Poda go urząd: 65 547 68 53/,
    )
  }
  const mixed = await text('/sprawy/zgloszenie-budowy')
  assert.match(mixed, /Numeru rachunku dla tej opłaty \(inna opłata\) nie mamy/)
  assert.match(mixed, /pełnomocnik Rodzaj opłaty opłata skarbowa .* 26 1020 3088 0000 8302 0005 7513/)
})

test('the code for bank apps says what stands beside it, and is made only where all is known', async () => {
  const html = await page('/sprawy/usuniecie-drzew')
  const [svg] = /<div class="okienko-pass__code">(<svg[\s\S]*?<\/svg>)/.exec(html)?.slice(1) ?? []
  assert.equal(
    readQrCode(svg ?? ''),
    '6970020756|PL|26102030880000830200057513|001700|Urząd Miasta Leszna|opłata skarbowa, pełnomocnictwo|||',
  )
  for (const id of ['usc-zaswiadczenie-o-stanie-cywilnym', 'wydanie-praw-jazdy', 'zaswiadczenia-ewidencja-ludnosci'])
    assert.doesNotMatch(await page(`/sprawy/${id}`), /okienko-pass__code/)
})

test('without script nothing is lost: the copy buttons are hidden, what they copy stands in words', async () => {
  const html = await page('/sprawy/usuniecie-drzew')
  const buttons = [...html.matchAll(/<button[^>]*data-copy="([^"]*)"[^>]*>/g)]
  assert.deepEqual(
    buttons.map(([, copied]) => copied),
    ['26102030880000830200057513', 'opłata skarbowa, pełnomocnictwo'],
  )
  for (const [button] of buttons) assert.match(button, / hidden/)
})

test('what another office handles says so, and who does, with the way there', async () => {
  const said = await text('/sprawy/paszporty')
  assert.match(said, /Tej sprawy nie załatwia ten urząd\. Kto załatwia Wielkopolski Urząd Wojewódzki, Oddział Paszportów w Lesznie/)
  assert.match(said, /Pałac Sułkowskich w Lesznie .*65 511 82 13/)
  for (const path of ['terminy', 'wizyta', 'lista', 'losowanie', 'kontakt', 'prosba', 'bez-wizyty', 'bez-wizyty/poczta']) {
    let at = `/sprawy/paszporty/${path}`
    for (let hops = 0; hops < 2 && at !== '/sprawy/paszporty'; hops += 1) at = String((await app.inject(at)).headers.location)
    assert.equal(at, '/sprawy/paszporty', path)
    if (path !== 'bez-wizyty') assert.equal((await app.inject(`/sprawy/paszport-dla-psa/${path}`)).statusCode, 404, path)
  }
})

test('before anything is said the page asks what changes the advice; once it is, one way stands first', async () => {
  const before = await page('/sprawy/rejestracja-pojazdow')
  assert.deepEqual(
    [...before.matchAll(/<input[^>]*type="checkbox"[^>]*>/g)].map(([input]) => /value="([^"]*)"/.exec(input)?.[1]),
    ['epuap-account', 'trusted-profile'],
  )
  assert.match(textOf(before), /profil zaufany lub certyfikat kwalifikowany .*Gdy nic z tego nie pasuje Poczta/)
  assert.match(
    await text('/sprawy/rejestracja-pojazdow?odpowiedz=tak&mam=epuap-account&mam=trusted-profile'),
    /Proponowany sposób: ePUAP .*Załatwię to bez wizyty .*Można też inaczej Poczta/,
  )
  assert.match(await text('/sprawy/rejestracja-pojazdow?odpowiedz=tak'), /Proponowany sposób: Poczta/)
  assert.doesNotMatch(await page('/sprawy/pytanie-o-sprawe'), /type="checkbox"/)
})

test('the cash desk is where it was on the day', async () => {
  assert.match(await text('/sprawy/usuniecie-drzew'), /Zapłacić można też na miejscu: ul\. Kazimierza Karasia 15/)
})

test('a matter that costs nothing shows no amount and no account', async () => {
  const said = await text('/sprawy/zameldowanie-decyzja')
  assert.match(said, /rozpatrzenie wniosku: bez opłaty/)
  assert.doesNotMatch(said, /0,00|Numer rachunku|przelewem|na miejscu/)
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

const link = (id: string): RegExp =>
  new RegExp(`<a class="govuk-link" href="/sprawy/${id}">Można sprawdzić, czy sprawę da się załatwić bez wizyty</a>`)

test('who is refused a time, or finds none that suits, is led to the advice, except where the law wants the person there', async () => {
  for (const [path, status] of [
    ['terminy', 409],
    ['prosba', 200],
  ] as const) {
    const unknown = await app.inject(`/sprawy/podatki-lokalne/${path}`)
    assert.equal(unknown.statusCode, status)
    assert.match(unknown.body, link('podatki-lokalne'))
    assert.doesNotMatch((await app.inject(`/sprawy/dowody-osobiste/${path}`)).body, link('dowody-osobiste'))
  }
  assert.match(await page('/sprawy/rejestracja-pojazdow/terminy'), link('rejestracja-pojazdow'))
  const far = await app.inject({
    method: 'POST',
    url: '/sprawy/rejestracja-pojazdow/terminy',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ start: '2020-08-26T08:00:00+02:00' }).toString(),
  })
  assert.equal(far.statusCode, 409)
  assert.match(far.body, link('rejestracja-pojazdow'))
})

test('the e-mail address stands once in the sentence, as a link', async () => {
  assert.match(
    await text('/sprawy/pytanie-o-sprawe'),
    /Można napisać e-mail na adres um@leszno\.pl ?\. To ogólny adres urzędu\. (?!.*adres um@leszno)/,
  )
})

test('a room says its floor', async () => {
  assert.match(await text('/sprawy/wydanie-praw-jazdy'), /ul\. Wałowa 5, Leszno, pokój 21, II piętro/)
  assert.match(await text('/sprawy/wydanie-praw-jazdy?lang=uk'), /II поверх за польською нумерацією/)
})

test('rules of 2023 are told from their day on', async () => {
  clock.moveTo(Temporal.Instant.from('2023-07-01T10:00:00+02:00'))
  assert.match(await text('/sprawy/nabycie-zbycie-pojazdu'), /zawiadamia się w ciągu 30 dni/)
  assert.match(await text('/sprawy/usuniecie-drzew'), /Zapłacić można też na miejscu: agencja PKO, ul\. Wałowa 5/)
})
