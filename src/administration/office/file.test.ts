/** The office as a file and as tables, on pages: taken, loaded, broken in every way, and nothing done that was not shown. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { signedIn, type SignedInHeaders } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { directory, exportOffice, officeChanges, readOffice } from '../../directory/index.js'

const office = await testLeszno()
const { context } = office
const app = await openProgram(context)
const administrator = await signedIn(context, 'administrator')
const secretary = await signedIn(context, 'secretary')
const head = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })
const at = (url: string, who: SignedInHeaders = administrator) => app.inject({ url, headers: who.headers })
const send = (url: string, fields: Record<string, string>, who: SignedInHeaders = administrator) => {
  const { headers, payload } = form(fields)
  return app.inject({ method: 'POST', url, headers: { ...headers, ...who.headers }, payload })
}
const seenIn = (html: string): string => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? ''
const changed = async (change: (file: any) => void): Promise<string> => {
  const file = JSON.parse((await at('/praca/urzad/plik.json')).body) as object
  change(file)
  return JSON.stringify(file)
}
const changesKept = async () => (await officeChanges(context.database.pool, { limit: 1000 })).length

test('the whole office is taken as a file, and loading it back changes nothing', async () => {
  const answer = await at('/praca/urzad/plik.json')
  assert.equal(answer.body, await exportOffice(context.database))
  assert.match(answer.headers['content-disposition'] as string, /um-leszno\.json/)
  assert.deepEqual(readOffice(answer.body).problems, [])
  const same = await send('/praca/urzad/plik', { plik: answer.body, do: 'sprawdz' })
  assert.equal(same.statusCode, 422)
  assert.match(textOf(same.body), /Plik mówi to samo, co urząd teraz/)
  await assertValidPage((await at('/praca/urzad/plik')).body)
})

test('what a file changes is shown with the visits it touches, and done only then', async () => {
  const visit = await bookedVisit(office, { serviceId: 'dowody-osobiste', start: Temporal.Instant.from('2020-05-29T09:00:00+02:00') })
  const plik = await changed((file) => {
    file.office.website = 'https://nowa.example.pl'
    for (const shift of file.shifts) shift.weekdays = [1, 2, 3, 4]
  })
  const shown = await send('/praca/urzad/plik', { plik, do: 'sprawdz' })
  assert.equal(shown.statusCode, 200)
  await assertValidPage(shown.body)
  const text = textOf(shown.body)
  assert.match(text, /Zmieniono: dane urzędu .*https:\/\/www\.leszno\.pl https:\/\/nowa\.example\.pl/)
  assert.match(text, /29 maja 2020, 9:00/)
  assert.equal(await changesKept(), 0)
  const unseen = await send('/praca/urzad/plik', { plik, do: 'wczytaj', seen: 'nie' })
  assert.equal(unseen.statusCode, 409)
  assert.equal(await changesKept(), 0)
  const done = await send('/praca/urzad/plik', { plik, do: 'wczytaj', seen: seenIn(shown.body) })
  assert.equal(done.statusCode, 303, textOf(done.body))
  assert.equal((await directory(context)).office.website, 'https://nowa.example.pl')
  const { rows } = await context.database.pool.query('select from review_item where visit_id = $1', [visit.id])
  assert.equal(rows.length, 1)
  const again = await send('/praca/urzad/plik', { plik, do: 'sprawdz' })
  assert.match(textOf(again.body), /Plik mówi to samo/)
})

test('broken files change nothing and say where they are broken', async () => {
  const before = await exportOffice(context.database)
  const good = JSON.stringify(JSON.parse(before ?? ''), null, 1)
  const broken: readonly (readonly [string, RegExp])[] = [
    ['', /Proszę wkleić plik/],
    ['{', /wiersz 1, znak/],
    ['{"office": {}}', /brakuje pola „settings”/],
    ['[]', /Plik ma błędy/],
    ['null', /Plik ma błędy/],
    [good.slice(0, -20), /wiersz \d+, znak \d+/],
    [good.replace('"settings":', '"ustawienia":'), /\/ustawienia/],
    [await changed((file) => (file.desks[0].roomId = 'nie-ma')), /\/desks\/0\/roomId ?: Nie ma pokoju „nie-ma”/],
    [await changed((file) => (file.services[0].durationMinutes = 7)), /dzieli się przez 5/],
    [await changed((file) => file.units.push(file.units[0])), /„biuro-obslugi” już jest/],
    ['\u0000\uFFFF<script>', /Plik ma błędy/],
  ]
  for (const [plik, said] of broken)
    for (const action of ['sprawdz', 'wczytaj']) {
      const answer = await send('/praca/urzad/plik', { plik, do: action, seen: 'x' })
      assert.equal(answer.statusCode, 422, plik.slice(0, 40))
      assert.match(textOf(answer.body), said)
      await assertValidPage(answer.body)
    }
  assert.ok((await exportOffice(context.database)) === before)
})

test('the secretary loads no technical settings, a head no file at all', async () => {
  const plik = await changed((file) => (file.settings['proof-hashes-max'] = 5000))
  assert.equal((await send('/praca/urzad/plik', { plik, do: 'sprawdz' }, secretary)).statusCode, 403)
  assert.equal((await send('/praca/urzad/plik', { plik, do: 'sprawdz' })).statusCode, 200)
  for (const url of ['/praca/urzad/plik', '/praca/urzad/plik.json']) assert.equal((await at(url, head)).statusCode, 303)
  assert.equal((await send('/praca/urzad/plik', { plik, do: 'wczytaj' }, head)).statusCode, 303)
})

const table = (rows: string, kind = 'contacts', who?: SignedInHeaders, more: Record<string, string> = {}) =>
  send('/praca/urzad/tabela', { rodzaj: kind, tabela: rows, do: 'sprawdz', ...more }, who)

test('the tables as they are taken change nothing when they are put back', async () => {
  for (const [word, kind] of [
    ['kontakty', 'contacts'],
    ['sprawy', 'services'],
  ] as const) {
    const csv = (await at(`/praca/urzad/tabela/${word}.csv`)).body
    assert.ok(csv.startsWith('\uFEFFid;'))
    for (const rows of [csv, csv.slice(1), csv.replaceAll('\r\n', '\n')]) {
      const answer = await table(rows, kind)
      assert.match(textOf(answer.body), /Plik mówi to samo/, textOf(answer.body).slice(600, 1600))
    }
  }
  await assertValidPage((await at('/praca/urzad/tabela')).body)
})

test('contacts come in with commas, semicolons or tabs, are shown first, and stand in the history', async () => {
  for (const [index, mark] of [',', ';', '\t'].entries()) {
    const rows = [
      `id${mark}Telefony${mark}E-mail`,
      `usc${mark}65 529 81 0${index} | 65 529 82 0${index}${mark}usc${index}@example.pl`,
    ].join('\n')
    const shown = await table(rows)
    assert.equal(shown.statusCode, 200, textOf(shown.body))
    await assertValidPage(shown.body)
    const done = await table(rows, 'contacts', administrator, { do: 'wczytaj', seen: seenIn(shown.body) })
    assert.equal(done.statusCode, 303)
    const unit = (await directory(context)).units.get('usc')
    assert.deepEqual([unit?.phones, unit?.email], [[`+4865529810${index}`, `+4865529820${index}`], `usc${index}@example.pl`])
  }
  const [last] = await officeChanges(context.database.pool, { limit: 1 })
  assert.deepEqual([last?.part, last?.subject, last?.accountId], ['unit', 'usc', administrator.accountId])
})

test('a new matter and a changed one come in as a table', async () => {
  const letter = (await directory(context)).services.get('rejestracja-pojazdow')?.letter.toLowerCase()
  const rows = [
    'id;nazwa;jednostka;czas w minutach;litera;przyjęte;stanowiska;co przynieść',
    `karta-rowerowa;"Karta rowerowa; dla dzieci";wydzial-komunikacji;15;${letter};tak;walowa-5/22/1 | walowa-5/22/2;rower`,
  ].join('\n')
  const shown = await table(rows, 'services')
  assert.equal(shown.statusCode, 200, textOf(shown.body))
  assert.equal((await table(rows, 'services', administrator, { do: 'wczytaj', seen: seenIn(shown.body) })).statusCode, 303)
  const now = await directory(context)
  assert.equal(now.services.get('karta-rowerowa')?.name, 'Karta rowerowa; dla dzieci')
  assert.deepEqual(
    now.desksOf('karta-rowerowa').map(({ slug }) => slug),
    ['walowa-5/22/1', 'walowa-5/22/2'],
  )
})

const faults = async (rows: string, kind = 'contacts', who?: SignedInHeaders): Promise<string> => {
  const answer = await table(rows, kind, who)
  assert.equal(answer.statusCode, 422, rows)
  await assertValidPage(answer.body)
  return textOf(answer.body).split('Co poprawić')[1] ?? ''
}

test('a head opens no closed matter of another unit by its id', async () => {
  await context.database.pool.query(
    `insert into service (id, unit_id, facts, closed) select 'dawna-sprawa', 'usc', facts || '{"unitId": "usc"}', true from service where id = 'dowody-osobiste'`,
  )
  const letter = (await directory(context)).services.get('rejestracja-pojazdow')?.letter.toLowerCase()
  const rows = [
    'id;nazwa;jednostka;czas w minutach;litera;przyjęte;stanowiska;co przynieść',
    `dawna-sprawa;Dawna sprawa;wydzial-komunikacji;15;${letter};tak;walowa-5/22/1;rower`,
  ].join('\n')
  assert.match(await faults(rows, 'services', head), /2 id Tej pozycji nie może zmienić to konto/)
  assert.equal((await table(rows, 'services', secretary)).statusCode, 200)
})

test('every fault of a table is told by its line and column, and nothing is written', async () => {
  const before = await exportOffice(context.database)
  assert.match(await faults(''), /1 Tabela jest pusta/)
  assert.match(await faults('id;e-mail'), /1 Tabela jest pusta/)
  assert.match(await faults('id;faks2\nusc;1'), /1 faks2 Takiej kolumny nie ma/)
  assert.match(await faults('id;id\nusc;usc'), /1 id Ta kolumna występuje dwa razy/)
  assert.match(await faults('e-mail\na@example.pl'), /1 id Brakuje kolumny „id”/)
  assert.match(await faults('id;e-mail\nusc;"a@example.pl'), /\d Tego wiersza nie można odczytać/)
  assert.match(await faults('id;e-mail\nusc;a@example.pl;x'), /2 Tego wiersza nie można odczytać/)
  const many = await faults('id;e-mail;telefony\nusc;nie-adres;65\n\nnie-ma;;\nusc;;\n;;x')
  assert.match(many, /2 e-mail Proszę wpisać adres e-mail/)
  assert.match(many, /4 id Nie ma jednostki „nie-ma”/)
  assert.match(many, /5 id Wiersz z tym id jest już wyżej/)
  assert.match(many, /6 id Proszę wpisać id/)
  const forms = await faults('id;e-mail;telefony\nusc;nie-adres;65')
  assert.match(forms, /2 e-mail Proszę wpisać adres e-mail/)
  assert.match(forms, /2 telefony Proszę wpisać numer telefonu/)
  assert.match(await faults('id;e-mail\nusc;a@example.pl', 'contacts', head), /2 id Tej pozycji nie może zmienić to konto/)
  const matters = await faults('id;czas w minutach;podpis;stanowiska\ndowody-osobiste;krótko;może;nie-ma\nnowa;10;tak;', 'services')
  assert.match(matters, /2 czas w minutach Proszę wpisać liczbę/)
  assert.match(matters, /2 podpis Proszę wpisać jedno z: tak, nie, nie wiadomo/)
  assert.match(matters, /2 stanowiska Nie ma stanowiska „nie-ma”/)
  assert.match(matters, /3 nazwa Nowa sprawa potrzebuje tej kolumny/)
  assert.match(
    await faults('id;czas w minutach\ndowody-osobiste;7', 'services'),
    /2 czas w minutach Proszę wpisać liczbę, która dzieli się przez 5/,
  )
  assert.ok((await exportOffice(context.database)) === before)
})
