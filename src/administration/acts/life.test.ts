/**
 * The life of an act over its pages: written by one, checked by another, signed, published, in force,
 * corrected, repealed. Nothing answers by it before its publication, nothing of it changes after its signature.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openChanges } from '../../platform/changes.js'
import { brokenConstraint } from '../../platform/database.js'
import { checkActs, ruleBook } from '../../regulation/index.js'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { signedIn, type SignedInHeaders } from '../../../tests/support/staff.js'

const { context, clock, connection } = await testLeszno()
const app = await openProgram(context)
const secretary = await signedIn(context, 'secretary')
const administrator = await signedIn(context, 'administrator')
const head = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })

const get = (url: string, who: SignedInHeaders = secretary, program: FastifyInstance = app) => program.inject({ url, headers: who.headers })
const post = (url: string, fields: Readonly<Record<string, string | readonly string[]>>, who: SignedInHeaders = secretary) => {
  const { headers, payload } = form(fields)
  return app.inject({ method: 'POST', url, headers: { ...headers, ...who.headers }, payload })
}
const asked = async (url: string): Promise<string> => textOf((await app.inject(url)).body)
const seenOn = (page: string): string => /name="seen" value="(\d+)"/.exec(page)?.[1] ?? ''

/** Begins an act that shortens Mondays, and gives the address of its draft. */
async function begin(more: Record<string, string> = {}, who = secretary): Promise<string> {
  const answer = await post(
    '/praca/akty/nowy',
    { title: 'w sprawie godzin pracy w poniedziałki', issuer: 'Prezydent Miasta Leszna', rank: 'ordinance', from: '8.06.2020', ...more },
    who,
  )
  assert.equal(answer.statusCode, 303)
  return answer.headers.location as string
}

const mondays = { kind: 'hours', reference: '§ 1', 'p-intervals': '7:30–13:00', 'scope-weekday': '1', do: 'zapisz' }

async function toSigned(address: string, number: string): Promise<void> {
  const page = await get(address, administrator)
  assert.equal((await post(address, { do: 'sprawdz', seen: seenOn(page.body) }, administrator)).statusCode, 303)
  const signed = await post(`${address}/podpis`, { number, signedOn: '25.05.2020', signedBy: 'Prezydent Miasta Jan Przykładowy' })
  assert.equal(signed.statusCode, 303, textOf(signed.body))
}

const publication = {
  places: 'Biuletyn Informacji Publicznej\nIntranet',
  publishedOn: '25.05.2020',
  publishedAt: '7:00',
  responsible: 'Sekretarz Miasta Anna Przykładowa',
}

/** The draft that goes all the way. */
let lived = ''

test('only those who keep the rules come in', async () => {
  const clerk = await signedIn(context, 'desk')
  for (const url of ['/praca/akty', '/praca/akty/nowy', '/praca/akty/1', '/praca/akty/1.json', '/praca/akty/wczytaj']) {
    assert.equal((await get(url, clerk)).headers.location, '/praca?brak-uprawnien=1', url)
    assert.match((await app.inject(url)).headers.location ?? '', /logowanie/)
  }
  assert.equal((await get('/praca/akty/99')).statusCode, 404)
  assert.equal((await get('/praca/akty/x')).statusCode, 404)
  await assertValidPage((await get('/praca/akty')).body)
})

test('an act from its draft to its end, with who and when at each step', async () => {
  const second = { ...context, changes: await openChanges(connection, context.database.pool) }
  after(() => second.changes.close())
  const other = await openProgram(second)
  await ruleBook(second)
  const before = JSON.stringify(await ruleBook(context))
  const address = (lived = await begin({
    'repeals-0-act': 'K/187/2020',
    'repeals-0-reference': '§ 2',
    publication: 'Biuletyn Informacji Publicznej',
  }))

  // Shown as a sentence before anything is saved.
  const shown = await post(`${address}/przepis/`, { ...mondays, seen: '1', do: 'pokaz' })
  assert.equal(shown.statusCode, 200)
  await assertValidPage(shown.body)
  assert.match(textOf(shown.body), /Poniedziałek: godziny pracy 7:30–13:00\. \(§ 1\)/)
  assert.doesNotMatch(textOf((await get(address)).body), /7:30–13:00/)
  assert.equal((await post(`${address}/przepis/`, { ...mondays, seen: '1' })).statusCode, 303)
  assert.equal(
    (await post(`${address}/tresc`, { text: '§ 1\nW poniedziałki urząd pracuje do 13:00.\n§ 2\nTraci moc …', seen: '1' })).statusCode,
    303,
  )
  const draft = await get(address)
  await assertValidPage(draft.body)
  assert.match(draft.body, /href="#par-1"/)
  assert.match(textOf(draft.body), /Projekt sprawdza inna osoba/)

  // The author may not check, on the page or past it.
  assert.match(textOf((await post(address, { do: 'sprawdz', seen: seenOn(draft.body) })).body), /Projekt sprawdza inna osoba/)
  const id = Number(address.split('/').at(-1))
  const past = context.database.pool.query(
    `update act_draft set state = 'checked', checked_by = author_id, checked_at = made_at where id = $1`,
    [id],
  )
  await assert.rejects(past, (error) => brokenConstraint(error) === 'act_draft_second_person')

  // Who checks has read what is there now.
  assert.equal((await post(address, { do: 'sprawdz', seen: '1' }, administrator)).statusCode, 409)
  assert.equal((await post(`${address}/podpis`, { number: 'K/1/2020', signedOn: '25.05.2020', signedBy: 'X' })).statusCode, 409)
  assert.equal(JSON.stringify(await ruleBook(context)), before, 'a draft changes nothing')
  await toSigned(address, 'K/230/2020')
  assert.equal(JSON.stringify(await ruleBook(context)), before, 'nor does a signature')
  assert.match(textOf((await get(address)).body), /Akt nie jest ogłoszony/)
  assert.equal((await app.inject('/akty/k-230-2020')).statusCode, 404)

  // A head records neither signature nor publication.
  assert.equal((await post(`${address}/publikacja`, publication, head)).statusCode, 409)
  const wrong = await post(`${address}/publikacja`, { ...publication, publishedOn: '26.05.2020', places: '' })
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  assert.equal((await post(`${address}/publikacja`, { ...publication, publishedOn: '26.05.2020' })).statusCode, 409, 'not in the future')
  assert.equal((await post(`${address}/publikacja`, publication)).statusCode, 303)

  // From its first day on, on every process, with no restart.
  assert.match(await asked('/akty/k-230-2020'), /wejdzie w życie/)
  assert.match(await asked('/zasady?dzien=2020-06-08'), /7:30–13:00.*§ 1 zarządzenia nr K\/230\/2020/)
  assert.doesNotMatch(await asked('/zasady?dzien=2020-06-07'), /7:30–13:00/)
  for (let tries = 0; (await other.inject('/akty/k-230-2020')).statusCode === 404; tries++) {
    assert.ok(tries < 300, 'the other process was not told')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
})

test('nothing is edited in place after the signature, whatever writes', async () => {
  const address = await begin()
  await toSigned(address, 'K/231/2020')
  const id = Number(address.split('/').at(-1))
  const { pool } = context.database
  for (const statement of [
    `update act_draft set content = '{}' where id = $1`,
    `update act_draft set text = 'x' where id = $1`,
    `update act_draft set register_number = 'x' where id = $1`,
    `update act_draft set state = 'draft' where id = $1`,
    'delete from act_draft where id = $1',
  ])
    await assert.rejects(pool.query(statement, [id]), (error) => brokenConstraint(error) === 'act_draft_kept', statement)
  for (const [path, fields] of [
    ['/dane', { title: 'x', issuer: 'y', seen: '99' }],
    ['/tresc', { text: 'x', seen: '99' }],
    ['/przepis/', { ...mondays, seen: '99' }],
  ] as const) {
    const answer = await post(`${address}${path}`, fields)
    assert.equal(answer.statusCode, 409, path)
    assert.match(textOf(answer.body), /Akt jest podpisany i nie można go zmienić/)
  }
  assert.match(textOf((await post(address, { do: 'wycofaj' })).body), /Akt jest podpisany/)
  // With the guard away the same statement goes through: it is the guard that refuses.
  await pool.query('alter table act_draft disable trigger act_draft_kept')
  assert.equal((await pool.query(`update act_draft set text = text where id = $1`, [id])).rowCount, 1)
  await pool.query('alter table act_draft enable trigger act_draft_kept')
})

test('a correction is a version with a number of its own, and an act learned of late is marked', async () => {
  const address = await begin({ from: '4.05.2020', title: 'w sprawie krótkich piątków' })
  const friday = { ...mondays, 'scope-weekday': '5', seen: '1' }
  assert.equal((await post(`${address}/przepis/`, friday)).statusCode, 303)
  await toSigned(address, 'K/232/2020')
  assert.equal((await post(`${address}/publikacja`, publication)).statusCode, 303)
  assert.match(textOf((await get(address)).body), /wprowadzony po pierwszym dniu/)
  assert.match(await asked('/akty/k-232-2020'), /wprowadzono do systemu 25 maja 2020, po jego pierwszym dniu/)

  clock.moveTo(Temporal.Instant.from('2020-05-25T06:20:00Z'))
  const begun = await post('/praca/akty/sprostowanie', { act: 'K/232/2020' })
  const correction = begun.headers.location as string
  assert.equal((await post('/praca/akty/sprostowanie', { act: 'K/232/2020' }, head)).headers.location, correction, 'one at a time')
  assert.equal((await post(`${correction}/przepis/hours`, { ...friday, 'p-intervals': '7:30–14:00' })).statusCode, 303)
  const page = await get(correction, administrator)
  await post(correction, { do: 'sprawdz', seen: seenOn(page.body) }, administrator)
  const twice = await post(`${correction}/podpis`, { number: 'K/232/2020', signedOn: '25.05.2020', signedBy: 'Prezydent' })
  assert.equal(twice.statusCode, 409)
  assert.match(textOf(twice.body), /Ten numer ma już inny akt/)
  assert.equal(
    (await post(`${correction}/podpis`, { number: 'K/233/2020', signedOn: '25.05.2020', signedBy: 'Prezydent' })).statusCode,
    303,
  )
  assert.match(await asked('/akty/k-232-2020'), /7:30–13:00/)
  assert.equal((await post(`${correction}/publikacja`, publication)).statusCode, 303)

  const newest = await asked('/akty/k-232-2020')
  assert.match(newest, /K\/232\/2020 w sprawie krótkich piątków/)
  assert.match(newest, /7:30–14:00/)
  assert.match(newest, /wersja 2, w systemie od 25 maja 2020 \(sprostowanie nr K\/233\/2020\)/)
  assert.match(await asked('/akty/k-232-2020?wersja=1'), /7:30–13:00.*Najnowsza wersja|Najnowsza wersja.*7:30–13:00/)
  assert.equal((await app.inject('/akty/k-232-2020?wersja=3')).statusCode, 404)
  assert.match(textOf((await get(address)).body), /zastąpiony sprostowaniem/)
})

test('two people who change the same thing: the second is told, and both texts are shown', async () => {
  const address = await begin()
  await post(`${address}/przepis/`, { ...mondays, seen: '1' })
  const [mine, theirs] = [await get(`${address}/przepis/hours`), await get(`${address}/przepis/hours`, head)]
  assert.equal(
    (await post(`${address}/przepis/hours`, { ...mondays, 'p-intervals': '8:00–12:00', seen: seenOn(theirs.body) }, head)).statusCode,
    303,
  )
  const late = await post(`${address}/przepis/hours`, { ...mondays, 'p-intervals': '9:00–11:00', seen: seenOn(mine.body) })
  assert.equal(late.statusCode, 409)
  await assertValidPage(late.body)
  assert.match(textOf(late.body), /8:00–12:00/)
  assert.match(late.body, /value="9:00–11:00"/)
  assert.match(textOf((await get(address)).body), /8:00–12:00/)
  // Whoever then insists has seen what the other wrote.
  assert.equal(
    (await post(`${address}/przepis/hours`, { ...mondays, 'p-intervals': '9:00–11:00', seen: seenOn(late.body) })).statusCode,
    303,
  )

  // Different parts do not meet; two who add at once add two.
  const seen = seenOn((await get(`${address}/tresc`)).body)
  assert.equal((await post(`${address}/tresc`, { text: 'pierwsza', seen })).statusCode, 303)
  assert.equal((await post(`${address}/dane`, { title: 'w sprawie', issuer: 'Prezydent', rank: 'ordinance', seen }, head)).statusCode, 303)
  const text = await post(`${address}/tresc`, { text: 'druga', seen }, head)
  assert.equal(text.statusCode, 409)
  assert.match(textOf(text.body), /pierwsza.*druga/)
  const facts = await post(`${address}/dane`, { title: 'w innej sprawie', issuer: 'Prezydent', rank: 'ordinance', seen })
  assert.equal(facts.statusCode, 409)
  await assertValidPage(facts.body)
  assert.match(textOf(facts.body), /Zapisane jest teraz: Tytuł w sprawie/)
  const [one, two] = await Promise.all([
    post(`${address}/przepis/`, { ...mondays, 'scope-weekday': '2', seen }),
    post(`${address}/przepis/`, { ...mondays, 'scope-weekday': '3', seen }, head),
  ])
  assert.deepEqual([one.statusCode, two.statusCode], [303, 303])
  const all = textOf((await get(address)).body)
  assert.match(all, /Wtorek: godziny pracy/)
  assert.match(all, /Środa: godziny pracy/)

  // Taken out under somebody's hands.
  const open = await get(`${address}/przepis/hours`)
  assert.equal((await post(`${address}/przepis/hours`, { do: 'usun', seen: seenOn(open.body) }, head)).statusCode, 303)
  const gone = await post(`${address}/przepis/hours`, { ...mondays, seen: seenOn(open.body) })
  assert.equal(gone.statusCode, 409)
  assert.match(textOf(gone.body), /Ten przepis usunięto/)
})

test('who waits for another to finish saving is not lost', async () => {
  const address = await begin()
  const id = Number(address.split('/').at(-1))
  const { pool } = context.database
  const other = await pool.connect()
  await other.query('begin')
  await other.query('update act_draft set edited_by = $2 where id = $1', [id, head.accountId])
  const saving = post(`${address}/tresc`, { text: '§ 1', seen: '1' })
  for (;;) {
    const { rows } = await pool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
    if (rows.length > 0) break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await other.query('commit')
  other.release()
  assert.equal((await saving).statusCode, 303)
  assert.match((await get(address)).body, /id="par-1"/)
})

test('what is wrong in a form is said at its field, on a page that is whole', async () => {
  const address = await begin()
  for (const [path, fields, said] of [
    ['/dane', { title: '', issuer: '', from: 'jutro', seen: '1' }, /Proszę wpisać tytuł aktu\..*Proszę wpisać dzień/],
    ['/przepis/', { ...mondays, 'p-intervals': 'rano', seen: '1' }, /Proszę wpisać godziny/],
    ['/przepis/', { ...mondays, 'p-intervals': '', seen: '1' }, /Proszę odpowiedzieć na to pytanie/],
    [
      '/przepis/',
      { kind: 'release', reference: '§ 1', 'p-rhythm': 'rolling', 'p-daysAhead': '900', 'p-way': 'first-come', seen: '1' },
      /za mała lub za duża/,
    ],
    [
      '/przepis/',
      { kind: 'release', reference: '§ 1', 'p-rhythm': 'rolling', 'p-daysAhead': '9', 'p-way': 'lot', seen: '1' },
      /Proszę odpowiedzieć/,
    ],
    ['/przepis/', { ...mondays, 'scope-building': 'pałac', seen: '1' }, /Tego urząd nie ma/],
  ] as const) {
    const answer = await post(`${address}${path}`, fields)
    assert.equal(answer.statusCode, 422, path)
    assert.match(textOf(answer.body), said)
    await assertValidPage(answer.body)
  }
  assert.equal((await post(`${address}/przepis/`, { kind: 'nie-ma', seen: '1' })).statusCode, 404)
  for (const path of ['/dane', '/tresc', '/przepis', '/przepis?rodzaj=remote-channel', '/przepis?rodzaj=safety', '/przepis?rodzaj=release'])
    await assertValidPage((await get(`${address}${path}`)).body)
})

test('an act goes out as data and comes into another office, whose places are asked about', async () => {
  const exported = await app.inject('/akty/k-219-2020.json')
  const document = JSON.parse(exported.body) as { acts: { provisions: { scope?: Record<string, string[]> }[] }[] }
  assert.deepEqual(checkActs(document), [])
  const foreign = exported.body.replaceAll('karasia-15', 'rynek-1').replaceAll('wydzial-komunikacji', 'wk')
  const asks = await post('/praca/akty/wczytaj', { json: foreign })
  assert.equal(asks.statusCode, 200)
  await assertValidPage(asks.body)
  assert.match(textOf(asks.body), /Budynek „rynek-1” Wymienia go: § 1 ust\. 5/)
  const named = (/name="asked" value="([^"]*)"/.exec(asks.body)?.[1] ?? '').replaceAll('&#10;', '\n')
  const order = named.split('\n').map((each) => each.split(' ')[1])
  const half = await post('/praca/akty/wczytaj', { json: foreign, asked: named, [`place-${order.indexOf('wk')}`]: 'usc' })
  assert.equal(half.statusCode, 422)
  assert.match(textOf(half.body), /Proszę wskazać, co odpowiada „rynek-1”/)
  const taken = await post('/praca/akty/wczytaj', {
    json: foreign,
    asked: named,
    [`place-${order.indexOf('wk')}`]: 'usc',
    [`place-${order.indexOf('rynek-1')}`]: '-',
  })
  assert.equal(taken.statusCode, 303, textOf(taken.body))
  const page = textOf((await get(taken.headers.location as string)).body)
  assert.match(page, /Urząd Stanu Cywilnego: wizytę umawia się/i)
  assert.doesNotMatch(page, /osoby składające dokumenty przez biuro obsługi/)
  assert.match(page, /wczytanie z danych/)
  const asData = await get(`${taken.headers.location}.json`)
  assert.deepEqual(checkActs(JSON.parse(asData.body)), [])

  for (const [json, said] of [
    ['{', /nie można odczytać jako danych JSON/],
    ['{}', /brakuje: acts/],
    [exported.body.replace('"limit": 1', '"limit": "jeden"'), /\/acts\/0\/provisions\/4\/parameters\/limit : zły rodzaj wartości/],
    [exported.body.replace('"mode": "booking-only"', '"mode": "booking-never"'), /wartość spoza listy/],
    [JSON.stringify({ acts: [] }), /Plik ma 0 aktów/],
  ] as const) {
    const answer = await post('/praca/akty/wczytaj', { json })
    assert.equal(answer.statusCode, 422)
    assert.match(textOf(answer.body), said)
    await assertValidPage(answer.body)
  }
  // The act's own words go along.
  const withWords = JSON.stringify({ ...document, acts: [{ ...document.acts[0], text: '§ 1\nWizyty umawia się.' }] })
  const worded = await post('/praca/akty/wczytaj', { json: withWords })
  assert.match(textOf((await get(worded.headers.location as string)).body), /Wizyty umawia się\./)
  const back = JSON.parse((await get(`${worded.headers.location}.json`)).body) as { acts: { text?: string }[] }
  assert.equal(back.acts[0]?.text, '§ 1\nWizyty umawia się.')
  // A program sends the document itself.
  const program = await app.inject({ method: 'POST', url: '/praca/akty/wczytaj', headers: secretary.headers, payload: document })
  assert.equal(program.statusCode, 201)
  const refused = await app.inject({
    method: 'POST',
    url: '/praca/akty/wczytaj',
    headers: secretary.headers,
    payload: JSON.parse(foreign) as object,
  })
  assert.equal(refused.statusCode, 422)
  assert.match(refused.body, /tego urząd nie ma: rynek-1/)
})

test('acts for everybody: pages in three languages, a feed, data and what a bulletin takes in', async () => {
  for (const language of ['pl', 'en', 'uk'])
    for (const path of ['/akty', '/akty/k-219-2020', '/akty/k-187-2020', '/akty/dz-u-2020-poz-878'])
      await assertValidPage((await app.inject(`${path}?lang=${language}`)).body)
  assert.equal((await app.inject('/akty/nie-ma')).statusCode, 404)
  const feed = await app.inject('/akty.atom')
  assert.match(String(feed.headers['content-type']), /^application\/atom\+xml/)
  assertWellFormed(feed.body)
  assert.match(feed.body, /<entry><title>K\/232\/2020 w sprawie krótkich piątków<\/title>/)
  assert.match(feed.body, /Wersja 2\. Obowiązuje od 4 maja 2020\./)
  const list = JSON.parse((await app.inject('/akty.json')).body) as {
    acts: { id: string; stage: string; versions: { register: string | null }[] }[]
  }
  assert.deepEqual(
    list.acts.find(({ id }) => id === 'K/232/2020')?.versions.map(({ register }) => register),
    ['K/232/2020', 'K/233/2020'],
  )
  const xml = await app.inject('/akty/k-232-2020.xml')
  assertWellFormed(xml.body)
  assert.match(xml.body, /<infoOwner>Urząd Miasta Leszna<\/infoOwner><responsible>Sekretarz Miasta Anna Przykładowa<\/responsible>/)
  assert.match(xml.body, /<publishedAt>2020-05-25T07:00:00\+02:00<\/publishedAt>/)
  const fragment = (await app.inject('/akty/k-232-2020.html')).body
  assert.match(fragment, /^<article lang="pl"><h2>K\/232\/2020/)
  assert.doesNotMatch(fragment, /<script|class=|style=/)
})

test('on its first day it is in force, and what it repeals is not', async () => {
  clock.moveTo(Temporal.Instant.from('2020-06-08T06:00:00Z'))
  const page = await app.inject('/akty/k-230-2020')
  await assertValidPage(page.body)
  const said = textOf(page.body)
  assert.match(said, /K\/230\/2020 w sprawie godzin pracy w poniedziałki obowiązuje/)
  assert.match(said, /Traci moc K\/187\/2020 \(§ 2\)/)
  assert.match(said, /Kto odpowiada za treść Sekretarz Miasta Anna Przykładowa/)
  assert.match(said, /Kto wprowadził Test secretary/)
  assert.match(page.body, /<a class="govuk-link" href="#par-1">/)
  assert.match(await asked('/akty/k-187-2020'), /uchylony/)
  const history = textOf((await get(lived)).body)
  for (const step of ['początek projektu', 'zmiana: przepis § 1', 'zmiana: treść', 'sprawdzenie', 'zapis podpisania', 'zapis ogłoszenia'])
    assert.ok(history.includes(step), step)
  assert.match(history, /Podpisano 25 maja 2020, nr K\/230\/2020: Prezydent Miasta Jan Przykładowy/)
})

/** Every element opened is closed, in order. */
function assertWellFormed(xml: string): void {
  const open: string[] = []
  for (const [, closing, name, empty] of xml.replace(/^<\?xml[^>]*\?>/, '').matchAll(/<(\/?)([A-Za-z]+)[^>]*?(\/?)>/g)) {
    if (closing === '/') assert.equal(open.pop(), name)
    else if (empty !== '/') open.push(name as string)
  }
  assert.deepEqual(open, [])
  assert.doesNotMatch(xml.replaceAll(/&(?:amp|lt|gt|quot);/g, ''), /&/)
}
