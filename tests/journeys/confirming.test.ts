/** The pages and messages of a booking that waits to be confirmed, without a browser and without a script. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApp } from '../../src/app.js'
import { composers } from '../../src/composers.js'
import { readOutbox } from '../../src/messages/index.js'
import { findVisit } from '../../src/visit/index.js'
import { form } from '../support/app.js'
import { codeOf, typeCode } from '../support/confirming.js'
import { assertValidPage, textOf } from '../support/html.js'
import { testLeszno } from '../support/office.js'
import { signedIn } from '../support/staff.js'
import type { Language } from '../../src/platform/words.js'
import { visitor, type Seen, type Visitor } from '../support/visitor.js'

const office = await testLeszno()
const { context, clock } = office
const app = await createApp(context)
after(() => app.close())
const service = 'rejestracja-pojazdow'
const times = `/sprawy/${service}/terminy`
let people = 0

/** Somebody who booked on the web and sees the page of the code. */
async function waiting(
  language: Language = 'pl',
  nth = (people += 1),
): Promise<{ citizen: Visitor; page: Seen; reference: string; email: string }> {
  const citizen = visitor(app, language)
  const page = await citizen.open(times)
  const starts = [...page.html.matchAll(/name="start"[^>]*value="([^"]+)"/g)].map((match) => match[1] as string)
  await citizen.send({ start: starts[nth] as string }, times)
  const email = `osoba${nth}@example.org`
  await citizen.send({ name: 'Łucja <Próbna>'.replaceAll(/[<>]/g, ''), phone: '', email })
  const sent = await citizen.send()
  assert.ok(sent.text.includes('o•••@example.org') && !sent.html.includes(email), 'where the code went, as its owner knows it')
  return { citizen, page: sent, reference: /\/wizyta\/([A-Z2-9]{8})\/potwierdz$/.exec(sent.path)?.[1] ?? assert.fail(sent.path), email }
}

interface Letter {
  readonly text: string
  readonly links: readonly string[]
}

/** What somebody was sent, the newest first, as the mailbox shows it. */
async function lettersTo(email: string): Promise<Letter[]> {
  await readOutbox(context, composers)
  const answer = await app.inject({ method: 'POST', url: '/skrzynka', ...form({ adresat: email }) })
  await assertValidPage(answer.body)
  return [...answer.body.matchAll(/<article[\s\S]*?<\/article>/g)].map(([html]) => ({
    text: textOf(html),
    links: [...html.matchAll(/href="([^"]+)"/g)].map((match) => (match[1] as string).replace(context.publicUrl, '')),
  }))
}

/** The newest of them. */
async function newest(email: string): Promise<Letter> {
  return (await lettersTo(email))[0] ?? assert.fail(`nothing was sent to ${email}`)
}

const state = async (reference: string): Promise<string | undefined> => (await findVisit(context.database.pool, reference))?.state

test('from the code to the cancelled visit every message says what is so, in the language of the visit, and cancels in one step', async () => {
  for (const [language, subjects] of [
    ['pl', ['Proszę potwierdzić wizytę', 'Wizyta umówiona', 'Nowy termin wizyty', 'Wizyta odwołana']],
    ['en', ['Please confirm your visit', 'Your visit is booked', 'New time of your visit', 'Visit cancelled']],
    ['uk', ['Просимо підтвердити візит', 'Візит заброньовано', 'Новий час візиту', 'Візит скасовано']],
  ] as const) {
    const { citizen, page, reference, email } = await waiting(language)
    const before = language === 'pl' ? '' : `/${language}`
    assert.ok(page.text.includes(`${email[0]}•••${email.slice(email.indexOf('@'))}`) && !page.text.includes(email), page.text)
    const first = await newest(email)
    assert.ok(first.text.includes(subjects[0]) && first.text.includes(await codeOf(context, reference)), first.text)
    assert.equal((await typeCode(context, citizen, page)).path, `${before}/wizyta/${reference}`)
    const booked = await newest(email)
    assert.ok(booked.text.includes(subjects[1]) && booked.text.includes(`${reference.slice(0, 4)} ${reference.slice(4)}`))
    assert.ok(booked.text.includes('Rejestracja pojazdów') && booked.text.includes('Wałowa 5'))
    assert.ok(booked.links.includes(`${before}/sprawy/${service}`))
    const change = await citizen.open(`/wizyta/${reference}/zmien`)
    const start = [...change.html.matchAll(/name="start"[^>]*value="([^"]+)"/g)].at(-1 - people)?.[1] as string
    await citizen.send({ start }, `/wizyta/${reference}/zmien`)
    const moved = await newest(email)
    assert.ok(moved.text.includes(subjects[2]), moved.text)
    for (const letter of [first, booked, moved]) {
      const link = letter.links.find((each) => each.endsWith('/odwolaj')) ?? assert.fail('a link that cancels')
      assert.equal((await visitor(app).open(link)).path, `${before}/wizyta/${reference}/odwolaj`)
    }
    assert.equal(await state(reference), 'booked', 'looking at the links cancelled nothing')
    const other = visitor(app)
    await other.open(moved.links.find((each) => each.endsWith('/odwolaj')) as string)
    await other.send()
    assert.equal(await state(reference), 'cancelled')
    const letters = await lettersTo(email)
    assert.equal(letters.length, 4)
    assert.ok(letters[0]?.text.includes(subjects[3]))
  }
})

test('the link shows a page, and its button confirms from another device; an older link says there is a newer', async () => {
  const { citizen, page, reference, email } = await waiting()
  const old = (await newest(email)).links[0] as string
  assert.match(old, /^\/p\/[A-Z2-9]{8}-[\w-]{22}$/)
  const again = await citizen.send({}, `${page.path}/wyslij`)
  assert.match(again.text, /Wysłaliśmy nowy kod/)
  const letter = await newest(email)
  const link = letter.links[0] as string
  assert.notEqual(link, old)
  const phone = visitor(app)
  const older = await phone.open(old)
  assert.deepEqual([older.status, /nowszy/.test(older.text)], [409, true])
  assert.equal((await phone.open(`${link.slice(0, -4)}AAAA`)).status, 404)
  assert.equal((await phone.open('/p/x')).status, 404)
  const shown = await phone.open(link)
  assert.match(shown.text, /Potwierdzenie wizyty/)
  assert.ok(!shown.text.includes('Łucja'), 'what was typed is for whoever typed it')
  assert.equal(shown.headers['x-robots-tag'], 'noindex')
  assert.equal(await state(reference), 'pending', 'a program that looks at links confirms nothing')
  const pass = await phone.send({}, link)
  assert.deepEqual([pass.path, await state(reference)], [`/wizyta/${reference}`, 'booked'])
  assert.equal((await citizen.open(page.path)).path, `/wizyta/${reference}`)
  await citizen.open(`/wizyta/${reference}/odwolaj`)
  await citizen.send({}, `/wizyta/${reference}/odwolaj`)
  const late = await visitor(app).open(link)
  assert.match(late.text, /Wizyta została odwołana/)
  const replay = await app.inject({ method: 'POST', url: link, ...form({}) })
  assert.deepEqual([replay.statusCode, await state(reference)], [303, 'cancelled'])
})

test('a message asked for again overtakes the one not yet made: one is sent, with the code that is valid', async () => {
  const { citizen, page, reference, email } = await waiting()
  await citizen.send({}, `${page.path}/wyslij`)
  const letters = await lettersTo(email)
  assert.equal(letters.length, 1)
  assert.ok(letters[0]?.text.includes(context.secrets.confirmCode(reference, 2)))
})

test('wrong codes are counted and said, then a new one is offered, then the office', async () => {
  const { citizen, page, reference } = await waiting()
  for (let round = 1; round <= 3; round += 1) {
    const wrong = String((Number(context.secrets.confirmCode(reference, round)) + 1) % 1_000_000).padStart(6, '0')
    for (let left = 4; left >= 0; left -= 1) {
      const answer = await citizen.send({ kod: wrong }, page.path)
      assert.equal(answer.status, 422)
      assert.match(answer.text, left > 0 ? /To nie jest kod z ostatniej wiadomości\. Został/ : /(Za dużo błędnych kodów|już trzy kody)/)
    }
    if (round < 3) assert.match((await citizen.send({}, `${page.path}/wyslij`)).text, /Wysłaliśmy nowy kod/)
  }
  const end = await citizen.open(page.path)
  assert.ok(!end.html.includes('name="kod"'))
  assert.match(end.text, /Wizytę potwierdzi urząd przez telefon: 65 529 81 00/)
})

test('nobody else sees the page of the code, nor sends one', async () => {
  const { page, reference } = await waiting()
  const stranger = visitor(app)
  assert.equal((await stranger.open(page.path)).status, 404)
  for (const path of ['potwierdz', 'potwierdz/wyslij', 'ponownie'])
    assert.equal(
      (await app.inject({ method: 'POST', url: `/wizyta/${reference}/${path}`, ...form({ kod: await codeOf(context, reference) }) }))
        .statusCode,
      303,
    )
  assert.equal(await state(reference), 'pending')
})

test('a clerk sees until when a visit waits, and confirms it in the person’s word', async () => {
  const { reference, email } = await waiting()
  const clerk = await signedIn(context, 'service-office')
  const url = `/praca/obsluga/wizyta/${reference}`
  const shown = await app.inject({ url, headers: clerk.headers })
  assert.match(textOf(shown.body), /nie jest jeszcze potwierdzona\. Termin czeka do godziny 8:20\. (F8 )?Potwierdź/)
  const sent = form({})
  const pressed = await app.inject({
    method: 'POST',
    url: `${url}/potwierdz`,
    headers: { ...sent.headers, ...clerk.headers },
    payload: sent.payload,
  })
  assert.equal(pressed.headers.location, `${url}?co=confirmed`)
  const told = await app.inject({ url: `${url}?co=confirmed`, headers: clerk.headers })
  assert.match(textOf(told.body), /Wizyta jest potwierdzona/)
  assert.ok(!told.body.includes(`${url}/potwierdz`))
  assert.ok((await newest(email)).text.includes('Wizyta umówiona'))
})

test('the mailbox is the demonstration’s alone; names and addresses stand in it as text', async () => {
  const { email } = await waiting()
  await newest(email)
  await context.database.pool.query(`insert into outbox (at, kind, payload) values ($1, 'sly', '{}')`, [clock.now()])
  const sly = { to: { email: '<i>@x', phone: null }, language: 'pl', link: null, visitId: null } as const
  await readOutbox(context, {
    sly: async () => ({ ...sly, subject: { key: 'booking-messages.service', values: { service: '<script>1</script>' } }, lines: [] }),
  })
  const all = await app.inject('/skrzynka')
  assert.ok(!all.body.includes('<script>1') && !all.body.includes('<i>@x'))
  assert.ok(all.body.includes(email))
  assert.ok((await app.inject('/wizyta')).body.includes('href="/skrzynka"'), 'the bar leads there')
  const real = await createApp({ ...context, demonstration: false })
  assert.equal((await real.inject('/skrzynka')).statusCode, 404)
  assert.equal((await real.inject({ method: 'POST', url: '/skrzynka', ...form({}) })).statusCode, 404)
  await real.close()
})

// Last: the clock never goes back.
test('after the hour code, link and page say so, and the same time is taken once more with what was typed', async () => {
  const { citizen, page, reference, email } = await waiting()
  const link = (await newest(email)).links[0] as string
  clock.moveTo(clock.now().add({ minutes: 60 }))
  const late = await citizen.send({ kod: await codeOf(context, reference) }, page.path)
  assert.equal(late.path, `/wizyta/${reference}`)
  assert.match(late.html, /<h1[^>]*>Czas na potwierdzenie minął/)
  assert.match(late.text, /ustawienie urzędu: ile czasu jest na potwierdzenie wizyty/)
  assert.equal((await visitor(app).open(link)).path, `/wizyta/${reference}`)
  const lapsed = await newest(email)
  assert.ok(lapsed.text.includes('Wizyta nie jest umówiona'))
  const phone = visitor(app)
  assert.match((await phone.open(lapsed.links[0] as string)).text, /Można zarezerwować go jeszcze raz/)
  const check = await phone.send({}, `/wizyta/${reference}/ponownie`)
  assert.match(check.path, /\/sprawdz$/)
  assert.match(check.text, /Łucja Próbna/)
  const twice = await citizen.send({}, `/wizyta/${reference}/ponownie`).catch(() => null)
  assert.ok(twice !== null)
  const waitingAgain = await phone.send()
  assert.match(waitingAgain.path, /\/potwierdz$/)
})
