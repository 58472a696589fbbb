/** The page of an answer: one form that comes back whole, and the next that waits. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { claimRequest, clerkTimes } from '../booking/index.js'
import { form, testApp } from '../../tests/support/app.js'
import { assertValidPage } from '../../tests/support/html.js'
import { mailbox, taken } from '../../tests/support/mails/office.js'
import { testLeszno } from '../../tests/support/office.js'
import { atOnce } from '../../tests/support/processes.js'
import { signedIn } from '../../tests/support/staff.js'
import { idempotencyField } from '../ui/index.js'
import { inboxRoutes } from './index.js'
import { claimNext, following } from './next.js'
import { inSight, keepUntilChoices, mayPropose } from './rules.js'
import { writeMailboxes } from './store.js'

const { context, clock } = await testLeszno()
const { pool } = context.database
await writeMailboxes(pool, [mailbox])
const clerk = await signedIn(context, 'service-office')
const app = await testApp(context, inboxRoutes)
const actor = `account:${clerk.accountId}` as const
const serviceId = 'rejestracja-pojazdow'

let people = 0
async function came(): Promise<string> {
  const from = `pisze${(people += 1)}@poczta.example`
  clock.moveTo(clock.now().add({ minutes: 1 }))
  await taken(context, { id: `<${from}>`, from })
  const { rows } = await pool.query<{ reference: string }>('select reference from request where person_email = $1', [from])
  return rows[0]?.reference ?? assert.fail('the mail is a request')
}

const post = (url: string, fields: Record<string, string | string[]>) => {
  const sent = form(fields)
  return app.inject({ method: 'POST', url, payload: sent.payload, headers: { ...sent.headers, cookie: clerk.headers.cookie } })
}

async function starts(count: number): Promise<Temporal.Instant[]> {
  const { days } = await clerkTimes(context, { serviceId }, Temporal.PlainDate.from('2020-05-28'))
  return days.flatMap((day) => day.starts.map(({ start }) => start)).slice(0, count)
}

test('a time that begins before it could be answered is not offered', () => {
  const now = Temporal.Instant.from('2020-05-25T08:00:00+02:00')
  assert.equal(mayPropose(now.add({ minutes: 120 }), { now, backMinutes: 60 }), true)
  assert.equal(mayPropose(now.add({ minutes: 119 }), { now, backMinutes: 60 }), false)
})

test('in each state the page is valid, and the form that comes back is whole: its key, the claim, and nothing in an address', async () => {
  const reference = await came()
  const url = `/praca/poczta/${reference}`
  const shown = async (): Promise<string> => {
    const page = await app.inject({ url, headers: clerk.headers })
    await assertValidPage(page.payload)
    return page.payload
  }
  assert.match(await shown(), /Odpowiadam/)
  await claimRequest(context, { reference, actor })
  const own = await shown()
  const key = randomUUID()
  const [first, second] = await starts(2)
  const fields = {
    widziano: /name="widziano" value="(\d+)"/.exec(own)?.[1] ?? '',
    [idempotencyField]: key,
    sprawa: serviceId,
    dla: serviceId,
    start: [String(first), String(second)],
    keep: String(keepUntilChoices(clock.now())[2]),
    reason: 'doubled',
    own: 'Zdanie <urzędnika> & „cudzysłów”.',
  }
  clock.moveTo(clock.now().add({ minutes: 14 }))
  for (const [more, status] of [
    [{}, 422],
    [{ co: 'times', start: [] }, 422],
    [{ co: 'advice', sprawa: '' }, 422],
    [{ co: 'question', own: 'a'.repeat(5_001) }, 422],
    [{ co: 'closed', reason: 'not-reached' }, 422],
    [{ co: 'times', dla: 'dowody-osobiste' }, 422],
    [{ co: 'times', keep: '2020-05-24T18:00:00Z' }, 422],
    [{ co: 'times', pokaz: 'sprawa' }, 200],
    [{ co: 'times', pokaz: '2020-06-01' }, 200],
    [{ co: 'times', dzien: '2020-06-02' }, 200],
    [{ co: 'question', dzien: '2020-06-02', pokaz: 'podglad' }, 200],
    [{ co: 'advice', pokaz: 'podglad' }, 200],
    [{ co: 'times', pokaz: 'popraw' }, 200],
  ] as const) {
    const back = await post(`${url}/odpowiedz`, { ...fields, ...more } as Record<string, string | string[]>)
    const name = JSON.stringify(more).slice(0, 80)
    assert.equal(back.statusCode, status, name)
    await assertValidPage(back.payload)
    assert.ok(back.payload.includes(`value="${key}"`), `${name}: the key is the same answer's`)
    if (!('own' in more)) assert.ok(back.payload.includes('Zdanie &lt;urzędnika'), `${name}: what was typed is there`)
    assert.equal(/Tak będzie wyglądał/.test(back.payload), 'pokaz' in more && more.pokaz === 'podglad', name)
    for (const [, field] of back.payload.matchAll(/govuk-error-summary[\s\S]*?href="#([^"]+)"/g))
      assert.ok(back.payload.includes(`id="${field}"`), `${name}: the summary leads to #${field}`)
    clock.moveTo(clock.now().add({ minutes: 2 }))
  }
  const { rows } = await pool.query<{ mine: boolean }>(
    'select claimed_by = $2 and claimed_until > $3 as mine from request where reference = $1',
    [reference, clerk.accountId, clock.now()],
  )
  assert.deepEqual(rows, [{ mine: true }], 'whoever chooses still answers')
  assert.equal(
    (await pool.query(`select from mail where answer is not null and kind = 'answer' and person_email = 'pisze${people}@poczta.example'`))
      .rowCount,
    0,
  )
})

test('an office that keeps fewer times for one person says so before they are chosen', async () => {
  const fewer = await testLeszno({ change: (file) => (file.settings['proposed-per-contact'] = 1) })
  await writeMailboxes(fewer.context.database.pool, [mailbox])
  const theirs = await signedIn(fewer.context, 'service-office')
  const page = await testApp(fewer.context, inboxRoutes)
  await taken(fewer.context, { id: '<jedno>', from: 'jedno@poczta.example' })
  const { rows } = await fewer.context.database.pool.query<{ reference: string }>('select reference from request')
  const reference = rows[0]?.reference ?? assert.fail('the mail is a request')
  await claimRequest(fewer.context, { reference, actor: `account:${theirs.accountId}` })
  const { days } = await clerkTimes(fewer.context, { serviceId }, Temporal.PlainDate.from('2020-05-28'))
  const two = days.flatMap((day) => day.starts.map(({ start }) => String(start))).slice(0, 2)
  const sent = form({ co: 'times', sprawa: serviceId, dla: serviceId, start: two, keep: String(keepUntilChoices(fewer.clock.now())[2]) })
  const url = `/praca/poczta/${reference}`
  const back = await page.inject({
    method: 'POST',
    url: `${url}/odpowiedz`,
    payload: sent.payload,
    headers: { ...sent.headers, cookie: theirs.headers.cookie },
  })
  assert.equal(back.statusCode, 422)
  assert.match(back.payload, /Najwyżej 1 termin</)
  assert.match(back.payload, /Można zaproponować najwyżej 1 termin\. Zaznaczono 2\./)
})

test('a letter of thirty thousand signs pasted by mistake comes back whole', async () => {
  const reference = await came()
  await claimRequest(context, { reference, actor })
  const own = 'Żółć i łąka. '.repeat(2_500).trim()
  const back = await post(`/praca/poczta/${reference}/odpowiedz`, { co: 'question', own })
  assert.equal(back.statusCode, 422)
  assert.ok(back.payload.includes(`>${own}</textarea>`))
  assert.match(back.payload, /Własne zdania mogą mieć najwyżej/)
})

test('what a colleague took or the person wrote meanwhile is said, and what was typed is not lost', async () => {
  const reference = await came()
  const url = `/praca/poczta/${reference}/odpowiedz`
  const other = await signedIn(context, 'service-office')
  await claimRequest(context, { reference, actor: `account:${other.accountId}` })
  const fields = { co: 'question', own: 'Tego nie chcę stracić.', sprawa: serviceId, pokaz: 'podglad' }
  const theirs = await post(url, fields)
  assert.equal(theirs.statusCode, 409)
  await assertValidPage(theirs.payload)
  assert.match(theirs.payload, /Niewysłane zdania[\s\S]*Tego nie chcę stracić/)
  const mine = await came()
  await claimRequest(context, { reference: mine, actor })
  const changed = await post(`/praca/poczta/${mine}/odpowiedz`, { ...fields, widziano: '1', [idempotencyField]: randomUUID() })
  assert.equal(changed.statusCode, 409)
  assert.match(changed.payload, /pojawiła się właśnie nowa wiadomość/)
  assert.match(changed.payload, /<textarea[^>]*>Tego nie chcę stracić/)
})

test('the next is the one that waits longest and that no colleague answers; the one just left comes last', async () => {
  assert.deepEqual(following(['a', 'b', 'c'], 'b'), ['c', 'a', 'b'])
  assert.deepEqual(following(['a', 'b'], null), ['a', 'b'])
  assert.deepEqual(following(['a', 'b'], 'x'), ['a', 'b'])
  await pool.query(`update request set state = 'closed', reason = 'withdrawn', ended_at = now() where state = 'open'`)
  const waiting = [await came(), await came(), await came()]
  const colleagues = await Promise.all([1, 2, 3, 4].map(() => signedIn(context, 'service-office')))
  const next = (index: number, after: string | null = null) => {
    const accountId = colleagues[index]?.accountId ?? 0
    return claimNext(context, { actor: `account:${accountId}`, accountId, unitIds: null, after })
  }
  const claimed = await atOnce(4, (index) => next(index))
  assert.deepEqual(claimed.filter((each) => each !== null).toSorted(), waiting.toSorted(), 'each by one, and one by nobody')
  const first = claimed.indexOf(waiting[0] ?? '')
  assert.equal(await next(first), waiting[0], 'an answer that was begun is gone on with')
  assert.equal(await claimNext(context, { actor, accountId: clerk.accountId, unitIds: ['usc'], after: null }), null, "of one's own lists")
  const none = await post('/praca/poczta/nastepny', {})
  assert.equal(none.headers['location'], '/praca/poczta?co=none-free')
  const list = await app.inject({ url: '/praca/poczta?co=none-free', headers: clerk.headers })
  await assertValidPage(list.payload)
  assert.match(list.payload, /Na każdy czekający e-mail ktoś już odpowiada/)
  await pool.query(`update request set claimed_by = null, claimed_until = null`)
  const given = await post(`/praca/poczta/${waiting[0]}/oddaje`, {})
  assert.equal(given.headers['location'], `/praca/poczta?co=given-back&po=${waiting[0]}`)
  assert.equal((await post('/praca/poczta/nastepny', { po: waiting[0] ?? '' })).headers['location'], `/praca/poczta/${waiting[1]}`)
})

const mail = (id: number, direction: 'in' | 'out', kind: string) => ({ id, direction, kind })
const ids = (mails: readonly { id: number; direction: 'in' | 'out'; kind: string }[]): number[] => inSight(mails).map(({ id }) => id)

test('in sight are the last mail by hand, and what was written before it and not answered', () => {
  const [asked, told, more] = [mail(1, 'in', 'person'), mail(2, 'out', 'automatic'), mail(3, 'in', 'person')]
  assert.deepEqual(ids([asked, told, more]), [3, 1])
  assert.deepEqual(ids([asked, told, mail(4, 'out', 'answer')]), [4])
  assert.deepEqual(ids([asked, mail(4, 'out', 'answer'), mail(5, 'in', 'person'), mail(6, 'out', 'automatic')]), [5])
  assert.deepEqual(ids([]), [])
})
