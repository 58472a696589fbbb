/** The pages of a draw, as a person without script sees them. */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { createApp } from '../src/app.js'
import { testDatabase } from './support/office.js'
import { smallOfficeByLot } from './support/release.js'
import { visitor } from './support/visitor.js'
import { composers } from '../src/composers.js'
import { settleDraws } from '../src/booking/index.js'
import { readOutbox } from '../src/messages/index.js'
import { somebody } from './support/visits.js'

const office = await testDatabase({ at: Temporal.Instant.from('2020-06-04T18:00:00+02:00') })
await smallOfficeByLot(office)
const app = await createApp(office.context)
await app.ready()
const at = (time: string): void => office.clock.moveTo(Temporal.Instant.from(`2020-06-05T${time}+02:00`))

const anna = visitor(app)
const other = visitor(app)
let entry = ''
let lot = ''

test('the day before, the page of times says when the week is shown', async () => {
  const page = await anna.open('/sprawy/short/terminy')
  assert.match(
    page.text,
    /poniedziałek 8 czerwca 2020 – piątek 12 czerwca 2020 ?: Terminy na te dni pokażemy w piątek 5 czerwca 2020 o 7:00\./,
  )
  assert.match(page.text, /§ 1 W\/1\/2020|§ 1 zarządzenia nr W\/1\/2020/)
  assert.ok(!page.text.includes('sobota 13 czerwca'), 'a day on which nothing is open is not announced')
  assert.equal((await anna.open('/sprawy/short/losowanie')).status, 409)
  const releases = (await app.inject('/api/v1/services/short/releases')).json<{ day: string; stage: string; at: string }[]>()
  assert.deepEqual(
    releases.filter((each) => each.day === '2020-06-09').map(({ stage, at: when }) => [stage, when]),
    [['not-yet-released', '2020-06-05T07:00:00+02:00']],
  )
  assert.equal((await app.inject('/api/v1/services/none/releases')).statusCode, 404)
  assert.deepEqual((await app.inject('/api/v1/services/long/releases')).json(), [])
})

test('in the time of the draw the page leads to the form; what is missing is said at its field', async () => {
  at('07:00:30')
  const page = await anna.open('/sprawy/short/terminy')
  assert.match(page.text, /rozdzieli losowanie. Zgłoszenia przyjmujemy do 7:02/)
  const form = await anna.open('/sprawy/short/losowanie')
  assert.equal(form.status, 200)
  assert.match(form.text, /[0-9a-f]{64}/)
  const empty = await anna.send({ name: '', wishes: ['', '', ''] }, '/sprawy/short/losowanie')
  assert.equal(empty.status, 422)
  for (const text of ['Proszę wybrać co najmniej jeden termin']) assert.ok(empty.text.includes(text))
  const wrong = await anna.send({ name: 'Anna', email: 'anna@example.pl', wishes: ['2020-06-23T09:00:00Z'] }, '/sprawy/short/losowanie')
  assert.equal(wrong.status, 422)
  const done = await anna.send(
    { name: 'Anna Próbna', email: 'anna@example.pl', wishes: ['2020-06-09T07:00:00Z', 'any', ''] },
    '/sprawy/short/losowanie',
  )
  assert.match(done.path, /^\/losowanie\/[A-Z0-9]{8}$/)
  assert.match(done.text, /Zgłoszenie przyjęte/)
  assert.match(done.text, /Losowanie odbędzie się w piątek 5 czerwca 2020 o 7:02/)
  entry = done.path
  lot = /href="\/losowania\/(\d+)"/.exec(done.html)?.[1] ?? ''
})

test('an entry is its owner’s: others find nothing, the secret link opens it', async () => {
  assert.equal((await other.open(entry)).status, 404)
  assert.equal((await other.open(`${entry}/AAAAAAAAAAAAAAAAAAAAAA`)).status, 404)
  const secret = office.context.secrets.secretOf(entry.slice(-8))
  assert.equal((await other.open(`${entry}/${secret}`)).path, entry)
})

test('after the draw the owner sees the visit, and everybody the seed and the order', async () => {
  at('07:02:30')
  const drawing = await anna.open('/sprawy/short/terminy')
  assert.match(drawing.text, /Trwa losowanie/)
  const before = (await app.inject(`/api/v1/lots/${lot}`)).json<{ seed: string | null; seedHash: string; order: unknown[] }>()
  assert.deepEqual([before.seed, before.order], [null, []])
  await settleDraws(office.context, office.clock.now())
  const page = await anna.open(entry)
  assert.match(page.text, /Termin wylosowany/)
  assert.match(page.text, /wtorek 9 czerwca 2020, 9:00/)
  const visit = /href="(\/wizyta\/[A-Z0-9]{8})"/.exec(page.html)?.[1] ?? ''
  assert.equal((await anna.open(visit)).status, 200)
  const published = await other.open(`/losowania/${lot}`)
  assert.match(published.text, /Kolejność zgłoszeń jest wylosowana/)
  const number = entry.slice(-8)
  assert.match(published.text, new RegExp(`1\\. ${number.slice(0, 4)} ${number.slice(4)} dostało termin`), 'the order, to be read')
  assert.match(published.html, new RegExp(`href="/api/v1/lots/${lot}" type="application/json">Do samodzielnego sprawdzenia`))
  assert.match((await other.open(`/losowania/${lot}?od=999`)).text, /dostało termin/, 'past the last place the last are shown')
  const drawn = (await app.inject(`/api/v1/lots/${lot}`)).json<{ seed: string; seedHash: string; order: { reference: string }[] }>()
  assert.equal(createHash('sha256').update(Buffer.from(drawn.seed, 'hex')).digest('hex'), before.seedHash)
  const numbers = drawn.order.map(({ reference }) => createHmac('sha256', Buffer.from(drawn.seed, 'hex')).update(reference).digest('hex'))
  assert.deepEqual(numbers, numbers.toSorted())
  assert.match((await anna.open('/sprawy/short/terminy')).text, /wtorek 9 czerwca 2020 – 94 wolne terminy/)
  assert.equal((await app.inject('/losowania/99')).statusCode, 404)
  assert.equal((await app.inject('/api/v1/lots/99')).statusCode, 404)
})

test('where bookings are confirmed, so is an entry: by its code or by the button of its link; the draw waits for it', async () => {
  const asking = await testDatabase({ at: Temporal.Instant.from('2020-06-05T07:00:30+02:00') })
  await smallOfficeByLot(asking, 60)
  const { context } = asking
  const own = await createApp(context)
  await own.ready()
  const [ola, phone] = [visitor(own), visitor(own)]
  const enter = async (person = somebody()) => {
    const form = await ola.open('/sprawy/short/losowanie')
    assert.match(form.text, /Kod trzeba wpisać najpóźniej do 7:32/)
    const page = await ola.send({ name: person.name, email: person.email, wishes: ['any', '', ''] }, '/sprawy/short/losowanie')
    return { page, reference: /\/losowanie\/([A-Z0-9]{8})\/potwierdz$/.exec(page.path)?.[1] ?? assert.fail(page.path) }
  }
  const { page, reference } = await enter()
  assert.match(page.text, /Zgłoszenie czeka na potwierdzenie do godziny 7:32/)
  assert.equal((await ola.open(`/losowanie/${reference}`)).path, page.path)
  assert.equal((await phone.open(page.path)).status, 404, 'it is its owner’s')
  const wrong = await ola.send({ kod: '12' }, page.path)
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /Proszę wpisać sześć cyfr/)
  const done = await ola.send({ kod: context.secrets.confirmCode(reference, 1) }, page.path)
  assert.match(done.text, /Zgłoszenie przyjęte/)
  assert.match(done.text, /Losowanie odbędzie się najpóźniej w piątek 5 czerwca 2020 o 7:32/)

  const second = await enter()
  await ola.send({}, `${second.page.path}/wyslij`)
  await readOutbox(context, composers)
  const letters = await phone.open('/skrzynka')
  const link =
    /href="[^"]*(\/losowanie\/[A-Z0-9]{8}\/potwierdz\/[^"]+)"/.exec(letters.html)?.[1] ?? assert.fail('the newest message has a link')
  assert.ok(link.includes(second.reference))
  assert.equal((await phone.open(`${link.slice(0, -1)}x`)).status, 404, 'another link opens nothing')
  const button = await phone.open(link)
  assert.match(button.text, /Dowolny termin z tego losowania/)
  assert.equal(
    (await ola.open(`/losowanie/${second.reference}`)).path,
    `/losowanie/${second.reference}/potwierdz`,
    'looking confirms nothing',
  )
  assert.equal((await phone.send({}, link)).path, `/losowanie/${second.reference}`)
  assert.equal((await phone.open(link)).path, `/losowanie/${second.reference}`)

  const third = await enter()
  asking.clock.moveTo(Temporal.Instant.from('2020-06-05T07:32:00+02:00'))
  await settleDraws(context, asking.clock.now())
  const lost = await ola.open(third.page.path)
  assert.match(lost.text, /nie wzięło w nim udziału, bo nikt go nie potwierdził/)
  assert.match((await ola.open(`/losowanie/${second.reference}`)).text, /Termin wylosowany/)
  await readOutbox(context, composers)
  assert.match((await phone.open('/skrzynka')).text, /Zgłoszenie nie wzięło udziału w losowaniu/)
  await own.close()
})
