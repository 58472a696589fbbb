/**
 * The pages of signing in, as a browser without script meets them.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { ensureAdministrator } from './seeds.js'
import { machineClock } from '../platform/clock.js'
import { staffRoutes } from './routes.js'

const { context } = await testLeszno()
const app = await testApp(context, staffRoutes)
const cookiesOf = (answer: { cookies: { name: string; value: string }[] }): string =>
  answer.cookies.map((each) => `${each.name}=${each.value}`).join('; ')

test('the first administrator sets a password by the link, works, and the link is worth nothing afterwards', async () => {
  const made = await ensureAdministrator(context, machineClock.now())
  assert.ok(made)
  const opened = await app.inject(made.link.replace(context.publicUrl, ''))
  assert.equal(opened.statusCode, 303)
  assert.equal(opened.headers.location, '/praca/haslo', 'the secret leaves the address at once')
  const headers = { cookie: cookiesOf(opened) }
  const page = await app.inject({ url: '/praca/haslo', headers })
  assert.equal(page.statusCode, 200)
  await assertValidPage(page.body)
  const short = await app.inject({
    method: 'POST',
    url: '/praca/haslo',
    ...form({ password: 'krótkie', repeated: 'krótkie' }),
    headers: { ...form({}).headers, ...headers },
  })
  assert.equal(short.statusCode, 422)
  assert.match(short.body, /co najmniej 12 znaków/)
  const set = await app.inject({
    method: 'POST',
    url: '/praca/haslo',
    payload: form({ password: 'okno na rynek 7', repeated: 'okno na rynek 7' }).payload,
    headers: { ...form({}).headers, ...headers },
  })
  assert.equal(set.statusCode, 303)
  const menu = await app.inject({ url: '/praca', headers: { cookie: cookiesOf(set) } })
  assert.match(menu.body, /\/praca\/konta/)
  assert.equal((await app.inject({ url: '/praca/haslo', headers })).statusCode, 410)
})

test('a page of the staff leads a stranger to the sign-in and back again; the cookie is kept from scripts', async () => {
  const away = await app.inject('/praca/konta')
  assert.equal(away.statusCode, 303)
  assert.equal(away.headers.location, '/praca/logowanie?powrot=%2Fpraca%2Fkonta')
  const page = await app.inject(away.headers.location)
  await assertValidPage(page.body)
  const wrong = await app.inject({
    method: 'POST',
    url: '/praca/logowanie',
    ...form({ login: 'administrator', password: 'nie to hasło', powrot: '/praca/konta' }),
  })
  assert.equal(wrong.statusCode, 422)
  assert.ok(!wrong.body.includes('nie to hasło'))
  const right = await app.inject({
    method: 'POST',
    url: '/praca/logowanie',
    ...form({ login: 'administrator', password: 'okno na rynek 7', powrot: '/praca/konta' }),
  })
  assert.equal(right.headers.location, '/praca/konta')
  const cookie = right.cookies.find((each) => each.name === 'okienko_staff')
  assert.ok(cookie?.httpOnly && cookie.sameSite === 'Lax' && cookie.path === '/')
  const elsewhere = await app.inject({
    method: 'POST',
    url: '/praca/logowanie',
    ...form({ login: 'administrator', password: 'okno na rynek 7', powrot: 'https://zly.example/praca' }),
  })
  assert.equal(elsewhere.headers.location, '/praca')
  const out = await app.inject({ method: 'POST', url: '/praca/wyloguj', headers: { cookie: cookiesOf(right) } })
  assert.equal(out.headers.location, '/praca/logowanie')
  assert.equal((await app.inject({ url: '/praca', headers: { cookie: cookiesOf(right) } })).statusCode, 303)
})

test('only an administrator makes accounts; a made link and token are shown once', async () => {
  const guard = await signedIn(context, 'guard')
  const kept = await app.inject({ url: '/praca/konta', headers: guard.headers })
  assert.equal(kept.headers.location, '/praca?brak-uprawnien=1')
  await assertValidPage((await app.inject({ url: '/praca?brak-uprawnien=1', headers: guard.headers })).body)
  const { headers } = await signedIn(context, 'administrator')
  await assertValidPage((await app.inject({ url: '/praca/konta', headers })).body)
  const made = await app.inject({
    method: 'POST',
    url: '/praca/konta',
    payload: form({ login: 'Nowa.Osoba', name: 'Nowa <b>Osoba', roles: ['guard', 'desk'], building: 'karasia-15' }).payload,
    headers: { ...form({}).headers, ...headers },
  })
  assert.equal(made.statusCode, 200)
  assert.match(made.body, /\/praca\/haslo\/[\w-]{43}/)
  assert.ok(!made.body.includes('<b>Osoba'))
  const bad = await app.inject({
    method: 'POST',
    url: '/praca/konta',
    payload: form({ login: '<x>', name: '', roles: ['king'] }).payload,
    headers: { ...form({}).headers, ...headers },
  })
  assert.equal(bad.statusCode, 422)
  await assertValidPage(bad.body)
  const unknown = await app.inject({
    method: 'POST',
    url: '/praca/konta',
    payload: form({ login: 'inna', name: 'Inna', roles: 'guard', building: 'nie-ma' }).payload,
    headers: { ...form({}).headers, ...headers },
  })
  assert.equal(unknown.statusCode, 409)
  const { rows } = await context.database.pool.query(`select id from account where login = 'nowa.osoba'`)
  const token = await app.inject({
    method: 'POST',
    url: '/praca/konta/zmien',
    payload: form({ account: String(rows[0].id), do: 'token' }).payload,
    headers: { ...form({}).headers, ...headers },
  })
  const secret = /okt_[\w-]{43}/.exec(token.body)?.[0]
  assert.ok(secret)
  assert.ok(!(await app.inject({ url: '/praca/konta', headers })).body.includes(secret))
})
