/** "I will settle it without a visit": what is counted, what is not, and who sees the sums. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { atOnce, processes } from '../../tests/support/processes.js'
import { openProgram } from '../../tests/support/program.js'
import { signedIn } from '../../tests/support/staff.js'
import { officeDay } from '../platform/clock.js'
import { allMeans, type RemoteChannelName } from '../regulation/index.js'
import { countSpared, sparedVisits } from './advice-count.js'
import { waySlugs } from './pages/ways.js'

const office = await testLeszno()
const { context, clock, directory } = office
const app = await openProgram(context)
const vehicles = 'rejestracja-pojazdow'

const press = (service: string, fields: Record<string, string | readonly string[]>, headers: Record<string, string> = {}) => {
  const sent = form(fields)
  return app.inject({
    method: 'POST',
    url: `/sprawy/${service}/bez-wizyty`,
    payload: sent.payload,
    headers: { ...sent.headers, ...headers },
  })
}

const rows = async (): Promise<string[]> => {
  const found = await context.database.pool.query<{ day: Temporal.PlainDate; service_id: string; way: string; count: number }>(
    'select * from advice_count order by day, service_id, way',
  )
  return found.rows.map((row) => Object.values(row).join(' '))
}

const empty = (): Promise<unknown> => context.database.pool.query('delete from advice_count')

test('a press counts one for the day, the matter and the way, and leads to a page that counts nothing', async () => {
  await empty()
  const answer = await press(vehicles, { sposob: 'post' })
  assert.deepEqual([answer.statusCode, answer.headers.location], [303, `/sprawy/${vehicles}/bez-wizyty/poczta`])
  for (let reload = 0; reload < 3; reload += 1) {
    const page = await app.inject(String(answer.headers.location))
    assert.equal(page.statusCode, 200)
    assert.match(textOf(page.body), /Urząd Miasta Leszna Wydział Komunikacji ul\. Kazimierza Karasia 15 64-100 Leszno/)
  }
  assert.deepEqual(await rows(), ['2020-05-25 rejestracja-pojazdow post 1'])
  await press(vehicles, { sposob: 'post' })
  await press(vehicles, { sposob: 'epuap', mam: ['epuap-account', 'trusted-profile'] })
  assert.deepEqual(await rows(), ['2020-05-25 rejestracja-pojazdow epuap 1', '2020-05-25 rejestracja-pojazdow post 2'])
})

test('what is no way for this person, on this day or in this matter counts nothing and leads back to the matter', async () => {
  await empty()
  const wrong: readonly [string, Record<string, string | readonly string[]>][] = [
    [vehicles, { sposob: 'epuap' }],
    [vehicles, { sposob: 'epuap', mam: 'epuap-account' }],
    [vehicles, { sposob: 'e-delivery', mam: [...allMeans] }],
    [vehicles, { sposob: 'gołąb' }],
    [vehicles, {}],
    ['dowody-osobiste', { sposob: 'post', mam: [...allMeans] }],
    ['usuniecie-drzew', { sposob: 'post' }],
    ['skladanie-dokumentow', { sposob: 'drop-off' }],
  ]
  for (const [service, fields] of wrong) {
    const answer = await press(service, fields)
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, `/sprawy/${service}`], JSON.stringify(fields))
  }
  assert.equal((await press('nie-ma', { sposob: 'post' })).statusCode, 404)
  const elsewhere = await press('paszporty', { sposob: 'post' })
  assert.deepEqual([elsewhere.statusCode, elsewhere.headers.location], [303, '/sprawy/paszporty'])
  assert.equal((await press(vehicles, { sposob: 'post' }, { 'sec-fetch-site': 'cross-site' })).statusCode, 403)
  assert.deepEqual(await rows(), [])
})

test('presses at once all count; read first and written later, some would be lost', async () => {
  await empty()
  const contexts = await processes(office, 4, 4)
  const many = 40
  const unguarded = async (index: number): Promise<void> => {
    const { pool } = (contexts[index % 4] as (typeof contexts)[number]).database
    const { rows: found } = await pool.query<{ count: number }>(`select count from advice_count where way = 'email'`)
    await pool.query(`update advice_count set count = $1 where way = 'email'`, [(found[0]?.count ?? 0) + 1])
  }
  await countSpared(context, vehicles, 'email')
  await atOnce(many, unguarded)
  await atOnce(many, (index) => countSpared(contexts[index % 4] as (typeof contexts)[number], vehicles, 'post'))
  const today = officeDay(clock.now())
  const sums = new Map((await sparedVisits(context, { from: today, to: today })).map((each) => [each.way, each.count]))
  assert.ok((sums.get('email') ?? 0) < many + 1, `${sums.get('email')} of ${many + 1}`)
  assert.equal(sums.get('post'), many)
})

test('nothing is kept but day, matter, way and sum', async () => {
  const { rows: columns } = await context.database.pool.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = 'advice_count'::regclass and attnum > 0 order by attnum`,
  )
  assert.deepEqual(
    columns.map((each) => each.name),
    ['day', 'service_id', 'way', 'count'],
  )
})

async function counted(days: readonly (readonly [string, string, RemoteChannelName, number])[]): Promise<void> {
  await empty()
  for (const [day, service, way, count] of days)
    await context.database.pool.query('insert into advice_count values ($1, $2, $3, $4)', [day, service, way, count])
}

const requestsAs = async (role: 'head' | 'administrator' | 'service-office' | 'desk', unitId?: string): Promise<string> => {
  const { headers } = await signedIn(context, role, unitId === undefined ? {} : { unitId })
  const { body } = await app.inject({ url: '/praca/prosby', headers })
  await assertValidPage(body)
  return textOf(body)
}

test('a head sees the own unit’s sums of the last thirty days, the administrator all, others none', async () => {
  await counted([
    ['2020-05-25', vehicles, 'post', 3],
    ['2020-04-26', vehicles, 'epuap', 2],
    ['2020-04-25', vehicles, 'epuap', 50],
    ['2020-05-20', vehicles, 'drop-off', 7],
    ['2020-05-20', 'pytanie-o-sprawe', 'email', 9],
  ])
  const head = await requestsAs('head', 'wydzial-komunikacji')
  assert.match(head, /Załatwione bez wizyty w ostatnich 30 dniach 5 wizyt mniej/)
  assert.match(head, /Rejestracja pojazdów 0 2 0 3 5 7/)
  assert.doesNotMatch(head, /Pytanie o sprawę/)
  const all = await requestsAs('administrator')
  assert.match(all, /14 wizyt mniej .*Pytanie o sprawę, bez składania dokumentów 0 0 9 0 9 0 Rejestracja pojazdów 0 2 0 3 5 7/)
  for (const text of [await requestsAs('service-office'), await requestsAs('desk', 'wydzial-komunikacji')])
    assert.doesNotMatch(text, /Załatwione bez wizyty/)
})

const ask = async (role: 'head' | 'administrator' | 'desk' | null, query = '', unitId = 'wydzial-komunikacji') => {
  const headers = role === null ? {} : (await signedIn(context, role, role === 'administrator' ? {} : { unitId })).headers
  return app.inject({ url: `/api/v1/advice-counts${query}`, headers })
}

test('programs of the office read the same sums', async () => {
  await counted([
    ['2020-05-25', vehicles, 'post', 3],
    ['2020-05-20', vehicles, 'drop-off', 7],
    ['2020-03-01', vehicles, 'epuap', 2],
    ['2020-05-20', 'pytanie-o-sprawe', 'email', 9],
  ])
  assert.equal((await ask(null)).statusCode, 401)
  assert.equal((await ask('desk')).statusCode, 403)
  assert.deepEqual((await ask('head')).json(), {
    from: '2020-04-26',
    to: '2020-05-25',
    matters: [{ service: vehicles, spared: 3, ways: { post: 3, 'drop-off': 7 } }],
  })
  assert.deepEqual((await ask('administrator', '?from=2020-03-01&to=2020-03-31')).json(), {
    from: '2020-03-01',
    to: '2020-03-31',
    matters: [{ service: vehicles, spared: 2, ways: { epuap: 2 } }],
  })
  for (const wrong of ['?from=x', '?to=2020-02-30', '?from=2020-05-25&to=2020-05-24', '?from=2018-01-01&to=2020-05-25'])
    assert.equal((await ask('administrator', wrong)).statusCode, 422, wrong)
})

test('the day is the office’s, also in the hour after midnight', async () => {
  await empty()
  clock.moveTo(Temporal.Instant.from('2020-05-26T00:30:00+02:00'))
  await press(vehicles, { sposob: 'post' })
  assert.deepEqual(await rows(), ['2020-05-26 rejestracja-pojazdow post 1'])
})

test('on days of three laws: a matter that wants the person there offers no way, and every page of a way is valid in each language', async () => {
  const present = [...directory.services.values()].filter((service) => service.presence.value === 'yes')
  assert.ok(present.length > 1)
  const seen = new Set<string>()
  for (const day of ['2020-06-02', '2025-06-03', '2026-06-02']) {
    clock.moveTo(Temporal.Instant.from(`${day}T09:00:00+02:00`))
    for (const { id } of present) {
      const page = await app.inject(`/sprawy/${id}?${allMeans.map((each) => `mam=${each}`).join('&')}`)
      assert.doesNotMatch(page.body, /bez-wizyty/)
      for (const slug of Object.values(waySlugs)) assert.equal((await app.inject(`/sprawy/${id}/bez-wizyty/${slug}`)).statusCode, 303)
    }
    for (const id of directory.services.keys())
      for (const [channel, slug] of Object.entries(waySlugs)) {
        const first = await app.inject(`/sprawy/${id}/bez-wizyty/${slug}?lang=pl`)
        if (first.statusCode === 303) continue
        seen.add(`${day} ${channel}`)
        for (const language of ['pl', 'en', 'uk'])
          await assertValidPage((await app.inject(`/sprawy/${id}/bez-wizyty/${slug}?lang=${language}`)).body)
      }
  }
  assert.deepEqual([...seen].toSorted(), [
    ...['drop-off', 'email', 'epuap', 'post'].map((way) => `2020-06-02 ${way}`),
    ...['drop-off', 'e-delivery', 'email', 'epuap', 'post'].map((way) => `2025-06-03 ${way}`),
    ...['drop-off', 'e-delivery', 'email', 'post'].map((way) => `2026-06-02 ${way}`),
  ])
})
