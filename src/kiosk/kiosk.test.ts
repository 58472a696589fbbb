/**
 * A person alone at a kiosk: checked in by the door's own decision, once whatever is pressed; found
 * without a code but never told about; given a ticket where the act lets one walk in, else told why
 * not and what helps. Nothing of one person is left for the next.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { machineClock } from '../platform/clock.js'
import { form, testApp } from '../../tests/support/app.js'
import { pairedDevice } from '../../tests/support/devices.js'
import { testDatabase, testLeszno } from '../../tests/support/office.js'
import { testPrinter } from '../../tests/support/printer.js'
import { smallOffice } from '../../tests/support/small-office.js'
import { signedIn } from '../../tests/support/staff.js'
import { bookedVisit } from '../../tests/support/visits.js'
import { staffDesks } from '../../tests/support/waiting.js'
import { bookingRoutes, cancel } from '../booking/index.js'
import { deviceRoutes } from '../device/index.js'
import { enter } from '../entrance/index.js'
import { findVisit } from '../visit/index.js'
import { checkIn, checkInByPhone } from './actions.js'
import { choicesMax, triesMax, tryWindowMinutes } from './model.js'
import { branches, kioskAddress, meantVisit, pressed, readHour, readLastDigits, readView } from './rules.js'
import { askForPaper, printingDone } from './print/jobs.js'
import { kioskRoutes } from './routes.js'

const office = await testLeszno({ at: Temporal.Instant.from('2020-05-25T05:30:00Z') })
const { context, clock } = office
const { pool } = context.database
const tomorrow = (time: string): Temporal.Instant => Temporal.ZonedDateTime.from(`2020-05-26T${time}[Europe/Warsaw]`).toInstant()
const book = (time: string, change: object = {}) => bookedVisit(office, { serviceId: 'dowody-osobiste', start: tomorrow(time), ...change })
const phoned = (phone: string) => ({ person: { name: 'Anna Próbna', email: null, phone } })
const visits = {
  now: await book('09:00'),
  again: await book('09:00'),
  raced: await book('09:00'),
  early: await book('12:00'),
  elsewhere: await bookedVisit(office, { serviceId: 'podatki-lokalne', start: tomorrow('09:00') }),
  cancelled: await book('10:00'),
  phone: await bookedVisit(office, { serviceId: 'rejestracja-pojazdow', start: tomorrow('09:00'), ...phoned('+48601234567') }),
  twin: await book('09:15', phoned('+48601118888')),
  otherTwin: await bookedVisit(office, { serviceId: 'rejestracja-pojazdow', start: tomorrow('09:15'), ...phoned('+48502228888') }),
}
await cancel(context, { reference: visits.cancelled.reference, actor: 'citizen', reason: 'citizen-wish', key: crypto.randomUUID() })
clock.moveTo(tomorrow('08:55'))
const { device, cookie } = await pairedDevice(context, 'kiosk', 'walowa-5')
const app = await testApp(context, kioskRoutes)

/** One person's turn at the kiosk: keeps cookies as a browser does, and follows where it is led. */
class Turn {
  readonly jar = new Map<string, string>()
  async get(url: string): Promise<{ url: string; status: number; body: string }> {
    return this.#ask({ method: 'GET', url })
  }
  async post(url: string, fields: Record<string, string>): Promise<{ url: string; status: number; body: string }> {
    return this.#ask({ method: 'POST', url, ...form(fields) })
  }
  async #ask(asked: {
    method: 'GET' | 'POST'
    url: string
    headers?: Record<string, string>
    payload?: string
  }): Promise<{ url: string; status: number; body: string }> {
    const held = [cookie, ...[...this.jar].map(([name, value]) => `${name}=${value}`)].join('; ')
    const answer = await app.inject({ ...asked, headers: { ...asked.headers, cookie: held } })
    for (const { name, value } of answer.cookies) {
      if (name.startsWith('okienko_kiosk'))
        if (value === '') this.jar.delete(name)
        else this.jar.set(name, value)
    }
    const { location } = answer.headers
    return location === undefined
      ? { url: asked.url, status: answer.statusCode, body: answer.body.replaceAll(/\s+/g, ' ') }
      : this.#ask({ method: 'GET', url: location })
  }
}

const said = (body: string): string => /govuk-error-message[^>]*>.*?<\/p>/.exec(body)?.[0] ?? ''
const heading = (body: string): string => /<h1[^>]*>([^<]*)</.exec(body)?.[1] ?? ''
const eventsOf = async (id: number): Promise<{ kind: string; channel: string; actor: string }[]> =>
  (
    await pool.query<{ kind: string; channel: string; actor: string }>(
      `select kind, channel, actor from event where visit_id = $1 and kind in ('entered', 'admitted', 'refused-entry') order by id`,
      [id],
    )
  ).rows

test('a code checks in: number, matter, hour, room, place in line, basis and a code for the phone; no name, no reference', async () => {
  const turn = new Turn()
  const shown = await turn.post('/kiosk/wizyta', { kod: `${context.publicUrl}/q/${context.secrets.passToken(visits.now.id)}` })
  assert.equal(shown.url, '/kiosk/numerek')
  for (const part of ['D 001', 'Dowody osobiste', 'Umówiona godzina: 9:00', 'pokój 4, parter', 'Nikt nie czeka', '§ 1 ust. 5', '<svg'])
    assert.ok(shown.body.includes(part), part)
  assert.ok(!shown.body.includes(visits.now.reference) && !shown.body.includes('Jan Próbny'))
  assert.deepEqual(await eventsOf(visits.now.id), [{ kind: 'entered', channel: 'kiosk', actor: 'citizen' }])
  const { rows } = await pool.query('select account_id, device_id from entry where visit_id = $1', [visits.now.id])
  assert.deepEqual(rows, [{ account_id: null, device_id: device.id }])
  // A phone that follows, and the same code again, find the same ticket and write nothing.
  clock.moveTo(clock.now().add({ minutes: 2 }))
  const again = await new Turn().post('/kiosk/wizyta', { kod: visits.now.reference.toLowerCase() })
  assert.ok(again.body.includes('D 001'))
  assert.equal((await eventsOf(visits.now.id)).length, 1)
})

test('two kiosks and a guard at one moment: one arrival, one ticket', async () => {
  const guard = await signedIn(context, 'guard', { buildingId: 'walowa-5' })
  const other = await pairedDevice(context, 'kiosk', 'walowa-5')
  const { raced } = visits
  await Promise.all([
    checkIn(context, device, raced.reference),
    checkIn(context, other.device, raced.reference),
    enter(context, { buildingId: 'walowa-5', code: raced.reference, accountId: guard.accountId, now: clock.now() }),
  ])
  const entered = (await eventsOf(raced.id)).filter(({ kind }) => kind === 'entered')
  assert.equal(entered.length, 1)
  const { rows } = await pool.query('select count(*)::int as given from visit where ticket = (select ticket from visit where id = $1)', [
    raced.id,
  ])
  assert.deepEqual(rows, [{ given: 1 }])
})

test('every answer of the door has its screen, with why and what to do, and is written down once', async () => {
  for (const [visit, title, parts] of [
    [visits.early, 'Za wcześnie. Wejście od 11:45.', ['ustawienie urzędu', 'Proszę wrócić o 11:45']],
    [visits.elsewhere, 'Wizyta jest umówiona w innym budynku: ul. Kazimierza Karasia 15, 64-100 Leszno.', ['Właściwy budynek']],
    [visits.cancelled, 'Ta wizyta została odwołana.', ['Pierwszy wolny termin', '<svg']],
  ] as const) {
    const turn = new Turn()
    const shown = await turn.post('/kiosk/wizyta', { kod: visit.reference })
    assert.equal(shown.url, '/kiosk/odpowiedz')
    assert.equal(heading(shown.body), title)
    for (const part of [...parts, 'Potrzebuję pomocy', 'Można zapytać osobę przy wejściu'])
      assert.ok(shown.body.includes(part), `${part} in ${shown.body}`)
    assert.ok(!shown.body.includes(visit.reference))
    await turn.post('/kiosk/wizyta', { kod: visit.reference })
    assert.deepEqual(await eventsOf(visit.id), [{ kind: 'refused-entry', channel: 'kiosk', actor: 'citizen' }])
  }
  const unknown = await new Turn().post('/kiosk/wizyta', { kod: 'ZZZZ9999' })
  assert.equal(heading(unknown.body), 'Nie znamy tego kodu.')
  assert.ok(!unknown.body.includes('poszukać wizyty po nazwisku'), 'that is for a guard')
  const english = await new Turn().post('/en/kiosk/wizyta', { kod: visits.early.reference })
  assert.match(heading(english.body), /11:45/)
  assert.match(english.body, /lang="en"/)
})

test('an empty or endless code is an answer, not a fault', async () => {
  for (const kod of ['', ' ', 'x'.repeat(5_000), '\u0000\ud800', '<b>']) {
    const { status } = await new Turn().post('/kiosk/wizyta', { kod })
    assert.ok(status < 500, `${status} for ${kod.slice(0, 10)}`)
  }
})

test('who forgot the code is found by hour and phone, and a wrong one learns nothing', async () => {
  const turn = new Turn()
  const asked = await turn.post('/kiosk/zapomniane', { godzina: '9:00' })
  assert.equal(asked.url, '/kiosk/zapomniane/telefon?godzina=900')
  const wrong = await turn.post('/kiosk/zapomniane/telefon', { godzina: '900', telefon: '0000' })
  assert.equal(wrong.status, 422)
  const nobody = await turn.post('/kiosk/zapomniane/telefon', { godzina: '1333', telefon: '4567' })
  assert.equal(said(wrong.body), said(nobody.body), 'wrong digits and a wrong hour are told alike')
  const twins = await turn.post('/kiosk/zapomniane/telefon', { godzina: '915', telefon: '8888' })
  assert.equal(said(twins.body), said(wrong.body), 'and so are two who end alike')
  const right = await turn.post('/kiosk/zapomniane/telefon', { godzina: '0900', telefon: '45 67' })
  assert.equal(right.url, '/kiosk/numerek')
  assert.ok(!right.body.includes('Anna') && !right.body.includes('601'))
  assert.equal((await findVisit(pool, visits.phone.reference))?.state, 'arrived')
})

test('tries are limited for each kiosk, right ones too, and the window ends', async () => {
  const { device: other } = await pairedDevice(context, 'kiosk', 'walowa-5')
  const now = machineClock.now()
  const attempt = (digits: string, at = now) => checkInByPhone(context, other, { minute: 9 * 60, digits }, at)
  for (let count = 0; count < triesMax; count += 1) await attempt(count === 3 ? '4567' : String(1000 + count))
  const spent = await attempt('4567')
  assert.equal('code' in spent && spent.code, 'too-many-tries')
  assert.ok('decision' in (await checkInByPhone(context, device, { minute: 9 * 60, digits: '4567' }, now)), 'another kiosk goes on')
  assert.ok('decision' in (await attempt('4567', now.add({ minutes: tryWindowMinutes, seconds: 1 }))))
})

test('the end clears everything: the next finds Polish, the usual look, and no ticket', async () => {
  const turn = new Turn()
  await turn.post('/kiosk/wizyta', { kod: visits.again.reference })
  const larger = await turn.post('/kiosk/widok', { co: 'larger', powrot: '/kiosk/numerek' })
  assert.equal(larger.url, '/kiosk/numerek')
  assert.ok(larger.body.includes('okienko-kiosk--larger'))
  const both = await turn.post('/en/kiosk/widok', { co: 'contrast', powrot: '/kiosk/numerek' })
  assert.ok(both.url === '/en/kiosk/numerek' && both.body.includes('okienko-kiosk--larger okienko-kiosk--contrast'))
  assert.equal(turn.jar.size, 2)
  const over = await turn.get('/en/kiosk/koniec?lang=pl')
  assert.equal(over.url, '/kiosk')
  assert.equal(turn.jar.size, 0)
  assert.ok(!over.body.includes('okienko-kiosk--larger') && !over.body.includes('refresh'), 'the start as everybody finds it')
  assert.equal((await turn.get('/kiosk/numerek')).url, '/kiosk', 'the ticket is gone')
})

test('without script keys of the screen write into the field, and each page but the start ends by itself', async () => {
  const turn = new Turn()
  const shown = await turn.post('/kiosk/wizyta', { kod: 'K7', znak: 'M' })
  assert.ok(shown.body.includes('value="K7M"'))
  assert.ok(shown.body.includes('content="60; url=/kiosk/koniec?lang=pl"'))
  assert.ok((await turn.post('/kiosk/zapomniane', { godzina: '09', znak: 'usun' })).body.includes('value="0"'))
})

test('where the act lets only the booked come, the kiosk says so by its paragraph, with the first free time and whom to ring', async () => {
  const shown = await new Turn().get('/kiosk/sprawa/dowody-osobiste')
  assert.equal(heading(shown.body), 'Nie można teraz wejść bez umówionej wizyty.')
  for (const part of ['§ 1 ust. 5', 'K/219/2020', 'Pierwszy wolny termin', '65 5', '<svg']) assert.ok(shown.body.includes(part), part)
  assert.ok(!/<a [^>]*href="\/(?!kiosk|en\/kiosk|uk\/kiosk|pl\/kiosk|#)/.test(shown.body), 'no link leads out of the kiosk')
  const before = await pool.query(`select count(*) from visit where kind = 'walk-in'`)
  const pressedAnyway = await new Turn().post('/kiosk/sprawa/dowody-osobiste', {
    'idempotency-key': crypto.randomUUID(),
    klucz: crypto.randomUUID(),
  })
  assert.ok(pressedAnyway.status < 500)
  assert.deepEqual((await pool.query(`select count(*) from visit where kind = 'walk-in'`)).rows, before.rows)
  assert.equal((await new Turn().get('/kiosk/sprawa/podatki-lokalne')).url, '/kiosk/sprawy', 'a matter of another building')
})

test('the tree of matters has at most six choices on a screen, and leads to every matter', () => {
  const { directory } = office
  for (const buildingId of directory.buildings.keys()) {
    const reached = new Set<string>()
    const walk = (way: Parameters<typeof branches>[2], depth: number): void => {
      assert.ok(depth < 8)
      const choices = branches(directory, buildingId, way)
      assert.ok(choices.length <= choicesMax, `${choices.length} choices`)
      assert.equal(new Set(choices.map(({ name }) => name)).size, choices.length, 'no two are called alike')
      for (const { kind, id } of choices) {
        if (kind === 'matter') reached.add(id)
        else
          walk(
            { unit: kind === 'unit' ? id : way.unit, letter: kind === 'group' ? id : way.letter, page: kind === 'more' ? Number(id) : 1 },
            depth + 1,
          )
      }
    }
    walk({ unit: null, letter: null, page: 1 }, 0)
    const all = [...directory.services.values()].filter(
      (each) => each.buildingId === buildingId && !each.dropOff && !each.closed && directory.desksOf(each.id).length > 0,
    )
    assert.deepEqual([...reached].toSorted(), all.map(({ id }) => id).toSorted())
  }
})

test('where the act lets one walk in, a ticket is taken by one press, and twice is once', async () => {
  const small = await testDatabase()
  await smallOffice(small, {}, { mode: 'booking-optional' })
  small.clock.moveTo(Temporal.Instant.from('2020-05-25T07:00:00Z'))
  await staffDesks(small.context, ['hall/1/1'])
  const kiosk = await pairedDevice(small.context, 'kiosk', 'hall')
  const its = await testApp(small.context, kioskRoutes)
  const headers = { cookie: kiosk.cookie }
  const tree = await its.inject({ url: '/kiosk/sprawy', headers })
  assert.ok(tree.body.includes('/kiosk/sprawa/short'), 'one unit alone is passed over')
  const question = await its.inject({ url: '/kiosk/sprawa/short', headers })
  const [, name = '', key = ''] =
    /<input type="hidden" name="([a-z-]*klucz[a-z-]*|[a-z-]*key[a-z-]*)" value="([^"]+)"/.exec(question.body) ?? []
  assert.notEqual(key, '')
  const sent = form({ [name]: key })
  const take = () => its.inject({ method: 'POST', url: '/kiosk/sprawa/short', ...sent, headers: { ...sent.headers, ...headers } })
  const [one, two] = await Promise.all([take(), take()])
  for (const answer of [one, two]) assert.equal(answer.headers.location, '/kiosk/numerek')
  const { rows } = await small.context.database.pool.query('select ticket, channel, state from visit')
  assert.deepEqual(rows, [{ ticket: 'A001', channel: 'kiosk', state: 'arrived' }])
  const visit = one.cookies.find(({ name: each }) => each === 'okienko_kiosk_wizyta')
  const ticket = await its.inject({ url: '/kiosk/numerek', headers: { cookie: `${kiosk.cookie}; okienko_kiosk_wizyta=${visit?.value}` } })
  assert.ok(ticket.body.includes('A 001'))
  const later = await its.inject({ method: 'POST', url: '/kiosk/sprawa/short', ...form({}), headers: { ...form({}).headers, ...headers } })
  assert.equal(later.headers.location, '/kiosk/sprawa/short', 'without a key the question is asked again')
})

test('nobody but a paired kiosk opens any of it, and a ticket of another building is not shown', async () => {
  for (const url of [
    '/kiosk',
    '/kiosk/wizyta',
    '/kiosk/numerek',
    '/kiosk/sprawy',
    '/kiosk/na-zywo',
    '/kiosk/numerek/wydruk',
    '/kiosk/koniec',
  ])
    assert.equal((await app.inject({ url })).headers.location, '/urzadzenie?dlaczego=not-a-device', url)
  const screen = await pairedDevice(context, 'display', 'walowa-5')
  const answer = await app.inject({ url: '/kiosk', headers: { cookie: screen.cookie } })
  assert.equal(answer.headers.location, '/urzadzenie?dlaczego=device-of-another-kind')
  const there = await pairedDevice(context, 'kiosk', 'karasia-15')
  const held = `${there.cookie}; okienko_kiosk_wizyta=${context.secrets.passToken(visits.now.id)}`
  assert.equal((await app.inject({ url: '/kiosk/numerek', headers: { cookie: held } })).headers.location, '/kiosk/koniec?lang=pl')
})

test('the staff see what a kiosk printed and what is wrong with it, on its page, among devices and at the service office; and ask for a copy', async () => {
  const clerk = await signedIn(context, 'service-office')
  const printer = await testPrinter('paper-out')
  const kiosk = await pairedDevice(context, 'kiosk', 'walowa-5', { printer: { host: printer.host, port: printer.port } })
  const staffApp = await testApp(context, kioskRoutes, deviceRoutes, bookingRoutes)
  await askForPaper(context, kiosk.device, { visitId: visits.now.id, language: 'uk' })
  await printingDone(context)
  const page = async (url: string): Promise<string> => (await staffApp.inject({ url, headers: clerk.headers })).body
  const prints = `/praca/urzadzenia/${kiosk.device.id}/wydruki`
  for (const url of ['/praca/urzadzenia', '/praca/obsluga', prints]) assert.match(await page(url), /skończył się papier/, url)
  printer.behaviour = 'works'
  const job = /name="wydruk" value="(\d+)"/.exec(await page(prints))?.[1] ?? ''
  const sent = form({ wydruk: job })
  const asked = await staffApp.inject({ method: 'POST', url: prints, ...sent, headers: { ...sent.headers, ...clerk.headers } })
  assert.equal(asked.headers.location, `${prints}?said=zlecono`)
  await printingDone(context)
  assert.equal(printer.printed.length, 1)
  assert.match(await page(prints), /wydrukowany/)
  for (const url of ['/praca/urzadzenia', '/praca/obsluga']) assert.doesNotMatch(await page(url), /skończył się papier/, url)
  const guard = await signedIn(context, 'guard')
  assert.equal((await staffApp.inject({ url: prints, headers: guard.headers })).headers.location, '/praca?brak-uprawnien=1')
  assert.equal((await staffApp.inject({ url: '/praca/urzadzenia/999999/wydruki', headers: clerk.headers })).statusCode, 404)
  await printer.close()
})

test('a kiosk whose browser prints is told to print once', async () => {
  const { device: kiosk, cookie: held } = await pairedDevice(context, 'kiosk', 'walowa-5', { browserPrints: true })
  assert.equal(await askForPaper(context, kiosk, { visitId: visits.again.id, language: 'pl' }), 'browser')
  assert.equal(await askForPaper(context, kiosk, { visitId: visits.again.id, language: 'pl' }), 'browser-before')
  const turn = `${held}; okienko_kiosk_wizyta=${context.secrets.passToken(visits.again.id)}`
  const [now, later] = await Promise.all(
    ['/kiosk/numerek?druk=1', '/kiosk/numerek'].map(async (url) => (await app.inject({ url, headers: { cookie: turn } })).body),
  )
  assert.ok(now?.includes('data-kiosk-print') && later?.includes('data-kiosk-print') === false)
})

test('what is typed and asked for, read', () => {
  assert.deepEqual(['910', '0910', '9:10', '24:00', '9', '', '960'].map(readHour), [550, 550, 550, null, null, null, null])
  assert.deepEqual(['45 67', '456', '45678', 'abcd'].map(readLastDigits), ['4567', null, null, null])
  assert.equal(pressed('ABCDEFGH', 'J', 8), 'ABCDEFGH')
  assert.equal(pressed('AB', '<', 8), 'AB')
  assert.deepEqual(readView('wkg'), { larger: true, contrast: true, low: false, spoken: true })
  assert.deepEqual(readView('wkd'.repeat(9)), { larger: false, contrast: false, low: false, spoken: false })
  for (const no of ['//zly.example', 'https://zly.example', '/praca', '/kiosk/widok', '/kiosk\\x', '/kioskx'])
    assert.equal(kioskAddress(no), '/kiosk')
  assert.equal(kioskAddress('/kiosk/sprawy?w=usc&s=2'), '/kiosk/sprawy?w=usc&s=2')
  assert.equal(meantVisit([{ id: 1, phone: '7' }], '4567'), null)
  assert.equal(
    meantVisit(
      [
        { id: 1, phone: '+48601234567' },
        { id: 2, phone: '+48601234568' },
      ],
      '4567',
    ),
    1,
  )
})
