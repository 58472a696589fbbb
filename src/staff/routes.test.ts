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
import { localReturn } from './rules.js'
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

test('a form sent after the session ended says that it was lost, and leads back to its page', async () => {
  const sent = await app.inject({
    method: 'POST',
    url: '/praca/konta/zmien',
    ...form({ account: '1' }),
    headers: { ...form({}).headers, host: 'localhost', referer: 'http://localhost/praca/konta' },
  })
  assert.equal(sent.headers.location, '/praca/logowanie?powrot=%2Fpraca%2Fkonta&koniec=formularz')
  const page = await app.inject(sent.headers.location)
  await assertValidPage(page.body)
  assert.match(page.body, /Sesja się skończyła; dane z formularza nie zostały zapisane/)
  assert.match(page.body, /name="powrot" value="\/praca\/konta"/)
})

test('an account is closed after a second question; a desk nobody has is refused', async () => {
  const { headers } = await signedIn(context, 'administrator')
  const post = (url: string, fields: Record<string, string>, who: Record<string, string> = headers) =>
    app.inject({ method: 'POST', url, payload: form(fields).payload, headers: { ...form({}).headers, ...who } })
  const guard = await signedIn(context, 'guard')
  const account = String(guard.accountId)
  const asked = await post('/praca/konta/zmien', { account, do: 'close' })
  await assertValidPage(asked.body)
  assert.match(asked.body, /Czy zamknąć konto\?/)
  assert.equal((await app.inject({ url: '/praca', headers: guard.headers })).statusCode, 200, 'not closed yet')
  assert.equal((await post('/praca/konta/zmien', { account, do: 'close-for-good' })).statusCode, 303)
  assert.equal((await app.inject({ url: '/praca', headers: guard.headers })).statusCode, 303)
  assert.equal((await post('/praca/konta', { login: 'bez-biurka', name: 'Ktoś', roles: 'desk', desk: 'nope' })).statusCode, 409)
})

test('a program’s token makes no accounts; a token says when it was made and until when it works; a reset ends sessions', async () => {
  const { headers, accountId } = await signedIn(context, 'administrator')
  const post = (fields: Record<string, string>, who: Record<string, string> = headers) =>
    app.inject({ method: 'POST', url: '/praca/konta/zmien', payload: form(fields).payload, headers: { ...form({}).headers, ...who } })
  const made = await post({ account: String(accountId), do: 'token', dni: '180' })
  await assertValidPage(made.body)
  const token = /okt_[\w-]{43}/.exec(made.body)?.[0] ?? ''
  const { rows } = await context.database.pool.query(
    `select (expires_at - created_at) = interval '180 days' as right from api_token where account_id = $1`,
    [accountId],
  )
  assert.deepEqual(rows, [{ right: true }])
  for (const method of ['GET', 'POST'] as const)
    assert.equal((await app.inject({ method, url: '/praca/konta', headers: { authorization: `Bearer ${token}` } })).statusCode, 403)
  const guard = await signedIn(context, 'guard')
  await post({ account: String(guard.accountId), do: 'link' })
  assert.equal((await app.inject({ url: '/praca', headers: guard.headers })).statusCode, 303)
})

test('only pages can be gone back to', () => {
  for (const page of ['/praca/konta', '/praca/stanowisko/walowa-5%2F4%2F1?po=called', '/praca/obsluga/wizyta/K7MPQX2D/zmien'])
    assert.equal(localReturn(page), page)
  for (const no of [
    '/praca/%zz',
    '/praca/%00',
    '/praca/konta/zmien',
    '/praca/stanowisko/a/na-zywo',
    '/praca/obsluga/szukaj',
    '//zly.example',
  ])
    assert.equal(localReturn(no), '/praca', no)
})
