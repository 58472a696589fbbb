/** The clerk's pages of mails: who sees which, and what is written there goes out as it was typed. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { claimRequest } from '../booking/index.js'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage } from '../../tests/support/html.js'
import { mailbox, taken } from '../../tests/support/mails/office.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'
import { idempotencyField } from '../ui/index.js'
import { inboxRoutes } from './index.js'
import { lastMailOf, threadOfRequest, writeMailboxes } from './store.js'

const { context } = await testLeszno()
const { pool } = context.database
await writeMailboxes(pool, [mailbox])
const clerk = await signedIn(context, 'service-office')
const app = await testApp(context, inboxRoutes)

async function thread(): Promise<{ reference: string; seen: string }> {
  await taken(context, { id: '<pytanie@x>', from: 'Anna Pytająca <anna@poczta.example>', subject: 'Sprawa Anny Pytającej' })
  const { rows } = await pool.query<{ reference: string }>(`select reference from request where person_email = 'anna@poczta.example'`)
  const { reference } = rows[0] ?? assert.fail('no request')
  await claimRequest(context, { reference, actor: `account:${clerk.accountId}` })
  const found = (await threadOfRequest(pool, reference)) ?? assert.fail('no thread')
  return { reference, seen: String(await lastMailOf(pool, found.id)) }
}

const { reference, seen } = await thread()
const url = `/praca/poczta/${reference}`
const send = (to: string, headers: Record<string, string>, fields: Record<string, string> = {}) => {
  const sent = form(fields)
  return app.inject({ method: 'POST', url: to, payload: sent.payload, headers: { ...sent.headers, ...headers } })
}
const answer = (own: string) =>
  send(`${url}/odpowiedz`, clerk.headers, { co: 'question', own, widziano: seen, [idempotencyField]: randomUUID() })

test('the subject of a mail stands on its page and not in the title of the window', async () => {
  const page = await app.inject({ url, headers: clerk.headers })
  await assertValidPage(page.payload)
  assert.match(page.payload, /<h1[^>]*>[^<]*Sprawa Anny Pytającej/)
  assert.doesNotMatch(/<title>.*<\/title>/.exec(page.payload)?.[0] ?? '', /Anny/)
})

test('what somebody wrote in another language is marked as such, subject included; words of a guess have their marks', async () => {
  const text = 'Добрий день, я хочу зареєструвати автомобіль. Коли можна прийти?'
  await taken(context, { id: '<uk@x>', from: 'olena@poczta.example', subject: 'Реєстрація', text })
  await taken(context, { id: '<bez@x>', from: 'oksana@poczta.example', subject: '', text })
  await taken(context, { id: '<pl@x>', from: 'ewa@poczta.example', subject: 'Dowód', text: 'Chcę ZAREJESTROWAĆ samochód.' })
  const pageOf = async (email: string): Promise<string> => {
    const { rows } = await pool.query<{ reference: string }>('select reference from request where person_email = $1', [email])
    return (await app.inject({ url: `/praca/poczta/${rows[0]?.reference}`, headers: clerk.headers })).payload
  }
  assert.match(await pageOf('olena@poczta.example'), /<h1[^>]* lang="uk"[^>]*>Реєстрація/)
  assert.match(await pageOf('oksana@poczta.example'), /<h1(?![^>]* lang)[^>]*>bez tematu/)
  const list = (await app.inject({ url: '/praca/poczta', headers: clerk.headers })).payload
  await assertValidPage(list)
  assert.match(list, /<a[^>]* lang="uk"[^>]*>Реєстрація/)
  assert.match(await pageOf('ewa@poczta.example'), /\(słowa: [^)]*zarejestrować/)
})

test('what is too long is said and not cut; paragraphs stay paragraphs', async () => {
  const tooLong = await answer('a'.repeat(5_001))
  assert.equal(tooLong.statusCode, 422)
  await assertValidPage(tooLong.payload)
  assert.match(tooLong.payload, /href="#own"/)
  assert.match((await answer(`${'a'.repeat(19_000)}koniec`)).payload, /akoniec<\/textarea>/, 'it comes back whole')
  assert.equal((await answer('Pierwsza linia.\r\nDruga linia.\r\n\r\nTrzeci akapit.')).statusCode, 303)
  const { rows } = await pool.query<{ body: string }>(`select body from mail where direction = 'out' and answer = 'question'`)
  assert.match(rows[0]?.body ?? '', /Pierwsza linia\.\nDruga linia\.\n\nTrzeci akapit\./)
})

test('a mail that was set apart in a shared mailbox is seen by the unit that has what nobody could guess', async () => {
  await taken(context, { id: '<auto@x>', from: 'robot@poczta.example', subject: 'Automat', heads: ['Auto-Submitted: auto-replied'] })
  const stranger = await signedIn(context, 'desk', { unitId: 'wydzial-ochrony-srodowiska' })
  const { rows } = await pool.query<{ id: number }>(`select id from mail where message_id = '<auto@x>'`)
  const list = '/praca/poczta/odlozone'
  assert.doesNotMatch((await app.inject({ url: list, headers: stranger.headers })).payload, /Automat</)
  await send(`${list}/${rows[0]?.id}`, stranger.headers)
  const shown = await app.inject({ url: list, headers: clerk.headers })
  await assertValidPage(shown.payload)
  assert.match(shown.payload, /Automat/, 'it stands where it stood')
})
