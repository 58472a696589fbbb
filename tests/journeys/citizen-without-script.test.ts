/** The citizen's whole way without script: every page valid, in every language, nothing lost or doubled. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { languages } from '../../src/platform/words.js'
import { findVisit } from '../../src/visit/index.js'
import { typeCode } from '../support/confirming.js'
import { testLeszno } from '../support/office.js'
import { visitor, type Seen, type Visitor } from '../support/visitor.js'

const office = await testLeszno()
const { context } = office
const app = await createApp(context)
after(() => app.close())

const service = 'rejestracja-pojazdow'
const person = { name: 'Łucja Próbna-Żółć', phone: '601 234 567', email: '' }
let phones = 601_000_000

function starts(seen: Seen): string[] {
  return [...new Set([...seen.html.matchAll(/name="start"[^>]*value="([^"]+)"/g)].map((match) => match[1] as string))]
}

function referenceOf(seen: Seen): string {
  return /\/(?:rezerwacja|wizyta)\/([A-Z2-9]{8})/.exec(seen.path)?.[1] ?? assert.fail(`no reference in ${seen.path}`)
}

function sequence(seen: Seen): number {
  return Number(/SEQUENCE:(\d+)/.exec(seen.html)?.[1])
}

async function booked(citizen: Visitor, nth = 0): Promise<Seen> {
  const times = await citizen.open(`/sprawy/${service}/terminy`)
  await citizen.send({ start: starts(times)[nth] as string }, `/sprawy/${service}/terminy`)
  await citizen.send({ ...person, phone: String((phones += 1)), urgent: 'tak' })
  return typeCode(context, citizen, await citizen.send())
}

test('from the first page to a confirmed visit, in every language', async () => {
  for (const language of languages) {
    const citizen = visitor(app, language)
    const before = language === 'pl' ? '' : `/${language}`
    const home = await citizen.open('/')
    assert.match(home.html, new RegExp(`<html lang="${language}"`))
    const found = await citizen.open('/sprawy?q=rejestracja+POJAZD')
    assert.match(found.text, /Rejestracja pojazdów|Vehicle registration|Реєстрація транспортних засобів/)
    const advice = await citizen.open(`/sprawy/${service}`)
    assert.ok(advice.html.includes(`href="${before}/sprawy/${service}/terminy"`))
    const times = await citizen.open(`/sprawy/${service}/terminy`)
    assert.ok(starts(times).length > 20)
    const details = await citizen.send({ start: starts(times)[3] as string }, `/sprawy/${service}/terminy`)
    assert.match(details.path.slice(before.length), /^\/rezerwacja\/[A-Z2-9]{8}\/dane$/)
    const wrong = await citizen.send({ name: '<b>Ala</b>', phone: '12', email: 'a@' })
    assert.equal(wrong.status, 422)
    assert.match(wrong.html, /<title>[^<]*: /)
    assert.ok(wrong.html.includes('&lt;b>Ala') || wrong.html.includes('&lt;b&gt;Ala'), 'what was typed is kept, and only as text')
    const check = await citizen.send({ ...person, phone: String((phones += 1)), urgent: 'tak' })
    assert.match(check.path, /\/sprawdz$/)
    assert.match(check.text, /Łucja Próbna-Żółć/)
    assert.match(check.text, /§ 3 ust. 1/)
    const confirm = await citizen.send()
    assert.match(confirm.path.slice(before.length), /^\/wizyta\/[A-Z2-9]{8}\/potwierdz$/)
    assert.match(confirm.html, /<input[^>]*name="kod"[^>]*autocomplete="one-time-code"[^>]*inputmode="numeric"/)
    const empty = await citizen.send({ kod: '12 34' }, confirm.path.slice(before.length))
    assert.equal(empty.status, 422)
    assert.match(empty.html, /<title>[^<]*: /)
    const pass = await typeCode(context, citizen, empty)
    assert.match(pass.path.slice(before.length), /^\/wizyta\/[A-Z2-9]{8}$/)
    assert.match(pass.html, /<svg[^>]*role="img"/)
    const visit = await findVisit(context.database.pool, referenceOf(pass))
    assert.equal(visit?.state, 'booked')
    assert.equal(visit?.urgent, true)
    assert.equal(visit?.language, language)
    const printed = await citizen.open(`${pass.path.slice(before.length)}/druk`)
    assert.equal(printed.status, 200)
  }
})

test('a confirmation sent twice books once, and going back in the browser shows the visit', async () => {
  const citizen = visitor(app)
  const pass = await booked(citizen)
  const reference = referenceOf(pass)
  const back = await citizen.open(`/rezerwacja/${reference}/sprawdz`)
  assert.equal(back.path, `/wizyta/${reference}`)
  const { rows } = await context.database.pool.query(
    `select count(*) from event where kind in ('pending', 'confirmed') and visit_id = (select id from visit where reference = $1)`,
    [reference],
  )
  assert.deepEqual(rows, [{ count: 2 }])
})

test('change, calendar file, cancel: the same reference, a growing sequence', async () => {
  const citizen = visitor(app)
  const pass = await booked(citizen, 1)
  const first = await citizen.open(`${pass.path}/kalendarz.ics`)
  assert.match(first.html, /METHOD:PUBLISH/)
  assert.match(first.html, /SEQUENCE:\d+/)
  const times = await citizen.open(`${pass.path}/zmien`)
  const target = starts(times).at(-1) as string
  const moved = await citizen.send({ start: target }, `${pass.path}/zmien`)
  assert.match(moved.text, /Termin wizyty został zmieniony/)
  assert.equal((await findVisit(context.database.pool, referenceOf(pass)))?.startsAt.toString(), target)
  const second = await citizen.open(`${pass.path}/kalendarz.ics`)
  assert.ok(sequence(second) > sequence(first))
  assert.equal(/UID:(.*)/.exec(second.html)?.[1], /UID:(.*)/.exec(first.html)?.[1])
  await citizen.open(`${pass.path}/odwolaj`)
  const gone = await citizen.send({}, `${pass.path}/odwolaj`)
  assert.match(gone.text, /Wizyta została odwołana/)
  assert.match((await citizen.open(`${pass.path}/kalendarz.ics`)).html, /METHOD:CANCEL/)
})

test('by reference and contact, or by the secret link, the visit opens; otherwise it is unknown', async () => {
  const owner = visitor(app)
  const pass = await booked(owner, 2)
  const reference = referenceOf(pass)
  const link = /\/l\/[A-Z2-9]{8}-[\w-]{22}/.exec(pass.html)?.[0] as string
  const stranger = visitor(app)
  assert.equal((await stranger.open(`/wizyta/${reference}`)).status, 404)
  assert.equal((await stranger.open(`/l/${reference}-${'A'.repeat(22)}`)).status, 404)
  await stranger.open('/wizyta')
  assert.equal((await stranger.send({ reference, contact: '600 000 000' })).status, 404)
  await stranger.open('/wizyta')
  assert.equal((await stranger.send({ reference: '', contact: '' })).status, 422)
  const found = await stranger.send({ reference: `${reference.slice(0, 4).toLowerCase()} ${reference.slice(4)}`, contact: `+48 ${phones}` })
  assert.equal(found.path, `/wizyta/${reference}`)
  const other = visitor(app)
  assert.equal((await other.open(link)).path, `/wizyta/${reference}`)
  const answer = await app.inject({ url: link })
  assert.equal(answer.headers['referrer-policy'], 'no-referrer')
})

test('the address in the QR code says nothing about the visit', async () => {
  const citizen = visitor(app)
  const pass = await booked(citizen, 4)
  const visit = await findVisit(context.database.pool, referenceOf(pass))
  const code = await visitor(app).open(`/q/${context.secrets.passToken(visit?.id ?? 0)}`)
  assert.equal(code.status, 200)
  assert.ok(!code.text.includes('Próbna') && !code.text.includes(referenceOf(pass)) && !code.text.includes('pojazd'))
  assert.equal((await visitor(app).open('/q/AAAAAAAAAAAAAAAAAAAAAA')).status, 404)
})

test('a hold that ran out is a page with the way back, and nothing is booked', async () => {
  const citizen = visitor(app)
  const times = await citizen.open(`/sprawy/${service}/terminy`)
  const details = await citizen.send({ start: starts(times)[6] as string }, `/sprawy/${service}/terminy`)
  office.clock.moveTo(office.clock.now().add({ minutes: 9 }))
  await citizen.open(details.path)
  office.clock.moveTo(office.clock.now().add({ minutes: 9 }))
  const check = await citizen.send({ ...person, phone: '602 000 001' })
  assert.match(check.path, /sprawdz$/, 'each page renews the hold')
  office.clock.moveTo(office.clock.now().add({ minutes: 11 }))
  const late = await citizen.send()
  assert.equal(late.status, 409)
  assert.match(late.text, /Termin wrócił do puli/)
  assert.ok(late.html.includes(`href="/sprawy/${service}/terminy"`))
})

test('who chooses another time keeps what was typed, and the first time is free again', async () => {
  const citizen = visitor(app)
  const times = await citizen.open(`/sprawy/${service}/terminy`)
  const details = await citizen.send({ start: starts(times)[7] as string }, `/sprawy/${service}/terminy`)
  await citizen.send({ ...person, phone: '603 000 001' })
  await citizen.open(`/sprawy/${service}/terminy`)
  const again = await citizen.send({ start: starts(times)[8] as string }, `/sprawy/${service}/terminy`)
  assert.match(again.path, /sprawdz$/, 'with everything typed, the check comes next')
  assert.match(again.text, /Łucja Próbna-Żółć/)
  assert.equal((await findVisit(context.database.pool, referenceOf(details)))?.state, 'expired')
})

test('a time taken meanwhile is said with other times, a time off the grid or too far is answered', async () => {
  const citizen = visitor(app)
  await citizen.open(`/sprawy/${service}/terminy`)
  const offGrid = await citizen.send({ start: '2020-05-26T05:31:00Z' }, `/sprawy/${service}/terminy`)
  assert.equal(offGrid.status, 409)
  const far = await citizen.send({ start: '2020-08-26T08:00:00+02:00' }, `/sprawy/${service}/terminy`)
  assert.equal(far.status, 409)
  assert.match(far.text, /ustawienie urzędu/)
  await citizen.open(`/sprawy/${service}/terminy`)
  const none = await citizen.send({}, `/sprawy/${service}/terminy`)
  assert.equal(none.status, 422)
})

test('a unit without free times on the web is reached by phone and by a request form', async () => {
  const citizen = visitor(app)
  const advice = await citizen.open('/sprawy/dowody-osobiste')
  assert.match(advice.html, /href="tel:\+48/)
  assert.ok(!advice.html.includes('/sprawy/dowody-osobiste/terminy'))
  assert.equal((await citizen.open('/sprawy/dowody-osobiste/terminy')).status, 409)
  const empty = await citizen.open('/sprawy/dowody-osobiste/prosba')
  assert.equal(empty.status, 200)
  assert.equal((await citizen.send({ name: '' })).status, 422)
  const sent = await citizen.send({ ...person, days: ['2020-05-27', '2020-05-28'], parts: 'morning' })
  assert.match(sent.text, /Prośba została wysłana/)
  const { rows } = await context.database.pool.query('select state, days, unit_id from request')
  assert.equal(rows.length, 1)
  assert.deepEqual(rows[0].days, [
    { day: '2020-05-27', part: 'morning' },
    { day: '2020-05-28', part: 'morning' },
  ])
})

test('every matter has a valid page, with and without means, and none is answered with a fault', async () => {
  const citizen = visitor(app)
  for (const id of office.directory.services.keys()) {
    for (const query of ['', '?mam=epuap-account&mam=trusted-profile', '?mam=nonsense', '?lang=uk', '?lang=pl']) {
      assert.equal((await citizen.open(`/sprawy/${id}${query}`)).status, 200, id + query)
    }
  }
  for (const path of [
    '/sprawy/nie-ma',
    '/sprawy/%00',
    '/wizyta/AAAAAAAA',
    '/wizyta/x',
    '/rezerwacja/AAAAAAAA/dane',
    '/l/x',
    '/q/x',
    '/sprawy/nie-ma/prosba',
    '/sprawy/nie-ma/terminy',
  ]) {
    const { status } = await citizen.open(path)
    assert.ok(status >= 400 && status < 500, `${path}: ${status}`)
  }
})
