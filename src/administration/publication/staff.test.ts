/** What changes for whom and who has read it; the tasks of an act and how far they are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Queryable } from '../../platform/database.js'
import { importActs, ruleBook } from '../../regulation/index.js'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { lesznoActs, testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { signedIn, type SignedInHeaders } from '../../../tests/support/staff.js'
import { writePosterUp } from './store.js'

const office = await testLeszno()
const { context, clock } = office
const { pool } = context.database
const app = await openProgram(context)
const secretary = await signedIn(context, 'secretary')
const head = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })
const clerk = await signedIn(context, 'desk', { unitId: 'wydzial-komunikacji' })
const guard = await signedIn(context, 'guard', { buildingId: 'karasia-15' })
const changes = '/praca/co-sie-zmienia'
const tasks = '/praca/zadania'
const get = (url: string, who: SignedInHeaders) => app.inject({ url, headers: who.headers })
const post = (url: string, fields: Readonly<Record<string, string>>, who: SignedInHeaders) => {
  const { headers, payload } = form(fields)
  return app.inject({ method: 'POST', url, headers: { ...headers, ...who.headers }, payload })
}
/** The first form of the page for an act, as a browser would send it. */
function formOf(html: string, act: string): { act: string; seen: string } {
  const seen = new RegExp(`name="act" value="${act}"/?><input type="hidden" name="seen" value="([^"]+)"`).exec(html)?.[1]
  assert.ok(seen !== undefined, `a form for ${act}`)
  return { act, seen }
}

async function isWaiting(): Promise<boolean> {
  const { rows } = await pool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
  return rows.length > 0
}

async function changed(edit: (acts: any) => void): Promise<void> {
  const acts = lesznoActs() as any
  edit(acts)
  clock.moveTo(clock.now().add({ minutes: 1 }))
  assert.deepEqual(await importActs(context.database, acts, clock.now()), [])
  context.changes.publish('regulation')
}

test('everybody of the staff sees what changes where they work, and says once that it was read', async () => {
  const page = await get(changes, clerk)
  assert.equal(page.statusCode, 200)
  await assertValidPage(page.body)
  const text = textOf(page.body)
  assert.match(text, /Od 25 maja 2020: K\/219\/2020/)
  assert.match(text, /Wydział Komunikacji: wizytę umawia się/)
  // Papers are taken at another address.
  assert.match(text, /Inne przepisy tego aktu dotyczą innych miejsc: 1\./)
  assert.match(text, /Od 25 maja 2020 już nie obowiązuje: K\/192\/2020/)
  assert.doesNotMatch(text, /nie przeczytało/)
  assert.match(textOf((await get('/praca', clerk)).body), /Do przeczytania: 1 zarządzenie\./)
  const sent = formOf(page.body, 'K/219/2020')
  for (const again of [1, 2]) assert.equal((await post(changes, sent, clerk)).statusCode, 303, String(again))
  assert.match(textOf((await get(changes, clerk)).body), /przeczytane 25 maja 2020/)
  assert.doesNotMatch(textOf((await get('/praca', clerk)).body), /Do przeczytania/)
  const { rows } = await pool.query('select * from act_read')
  assert.equal(rows.length, 1)
  assert.match(textOf((await get(changes, guard)).body), /bez umówionej wizyty wchodzą osoby składające dokumenty/)
})

test('a head sees who of the unit has not read it, the secretary who of the office', async () => {
  const own = await get(changes, head)
  await assertValidPage(own.body)
  assert.match(textOf(own.body), /Jeszcze nie przeczytało: 1 z 2 Test head/)
  assert.match(textOf((await get(changes, secretary)).body), /Jeszcze nie przeczytało: 3 z 4/)
})

test('tasks of an act: seen by the program or said by a person, a head those of the unit', async () => {
  const page = await get(tasks, secretary)
  assert.equal(page.statusCode, 200)
  await assertValidPage(page.body)
  const text = textOf(page.body)
  assert.match(text, /Pierwszy dzień: 25 maja 2020\. .*\(§ 7\)/)
  assert.match(text, /Telefony i adresy e-mail są ogłoszone po terminie Kontakty jednostek Bez ogłoszonego telefonu: \d+/)
  assert.match(text, /Stanowiska są obsadzone: poniedziałek 25 maja 2020 zrobione/)
  assert.match(text, /Przeczytało: 1 z 4\./)
  const own = textOf((await get(tasks, head)).body)
  assert.match(own, /Plakat wisi przy wejściu: Wałowa 5/)
  assert.doesNotMatch(own, /przy wejściu: Karasia 15/)
  assert.match(own, /Przeczytało: 1 z 2\./)
  assert.notEqual((await get(tasks, clerk)).statusCode, 200)
})

test('a poster is said to hang, by two at once once, taken back, and only where somebody works', async () => {
  const sent = { ...formOf((await get(tasks, head)).body, 'K/219/2020'), budynek: 'walowa-5' }
  const answers = await Promise.all([1, 2, 3, 4].map(() => post(tasks, { ...sent, do: 'wisi' }, head)))
  assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([303]))
  const standing = 'select * from act_task where undone_at is null'
  assert.equal((await pool.query(standing)).rows.length, 1)
  assert.match(textOf((await get(tasks, secretary)).body), /Wałowa 5 zrobione Od 25 maja 2020, 7:2\d: Test head\./)
  assert.equal((await post(tasks, { ...sent, do: 'nie-wisi' }, head)).statusCode, 303)
  assert.equal((await pool.query(standing)).rows.length, 0)
  assert.equal((await pool.query('select * from act_task')).rows.length, 1)
  for (const wrong of [
    { budynek: 'karasia-15', do: 'wisi' },
    { budynek: 'nigdzie', do: 'wisi' },
    { do: 'cokolwiek' },
    // What every object has is no answer.
    { do: '__proto__' },
    { do: 'valueOf' },
    { act: 'K/1/1900', do: 'wisi' },
  ])
    assert.equal((await post(tasks, { ...sent, ...wrong }, head)).statusCode, 404, JSON.stringify(wrong))
  assert.equal((await post(tasks, { ...sent, budynek: 'karasia-15', do: 'wisi' }, secretary)).statusCode, 303)
})

test('the index is what keeps two who say at once that the poster hangs from saying it twice', async () => {
  const act = (await ruleBook(context)).acts.find(({ id }) => id === 'K/219/2020')
  assert.ok(act)
  const said = { buildingId: 'poniatowskiego-11', accountId: secretary.accountId, at: clock.now() }
  const both = async (guarded: boolean): Promise<number> => {
    await pool.query(`delete from act_task where building_id = 'poniatowskiego-11'`)
    const [first, second] = await Promise.all([pool.connect(), pool.connect()])
    const bare = (client: typeof first): Queryable => ({
      query: (text: string, values?: unknown[]) => client.query(guarded ? text : text.replace(/on conflict .* do nothing/, ''), values),
    })
    try {
      await first.query('begin')
      assert.ok(await writePosterUp(bare(first), act, said))
      const other = writePosterUp(bare(second), act, said)
      const state = { over: false }
      void other.finally(() => (state.over = true))
      // Either it is through already, or it waits for the first to commit.
      while (!state.over && !(await isWaiting())) await setImmediate()
      await first.query('commit')
      assert.ok(await other)
    } finally {
      first.release()
      second.release()
    }
    return (await pool.query(`select from act_task where building_id = 'poniatowskiego-11' and undone_at is null`)).rows.length
  }
  const { rows } = await pool.query<{ made: string }>(`select pg_get_indexdef('act_task_once'::regclass) as made`)
  await pool.query('drop index act_task_once')
  assert.equal(await both(false), 2, 'the race is there')
  await pool.query(`delete from act_task where building_id = 'poniatowskiego-11'`)
  await pool.query(rows[0]?.made ?? '')
  assert.equal(await both(true), 1)
})

test('a closed building has no poster to hang', async () => {
  const sent = { ...formOf((await get(tasks, secretary)).body, 'K/219/2020'), budynek: 'karasia-15', do: 'wisi' }
  assert.match(textOf((await get(tasks, secretary)).body), /przy wejściu: Karasia 15/)
  await pool.query(`update building set facts = facts || '{"closed": true}' where id = 'karasia-15'`)
  context.changes.publish('directory')
  assert.doesNotMatch(textOf((await get(tasks, secretary)).body), /przy wejściu: Karasia 15/)
  assert.equal((await post(tasks, sent, secretary)).statusCode, 404)
  await pool.query(`update building set facts = facts - 'closed' where id = 'karasia-15'`)
  context.changes.publish('directory')
})

test('a desk nobody staffs is told with its unit', async () => {
  await pool.query(`delete from shift where desk_id in (select id from desk where unit_id = 'wydzial-komunikacji')`)
  context.changes.publish('calendar')
  assert.match(
    textOf((await get(tasks, head)).body),
    /Stanowiska są obsadzone: poniedziałek 25 maja 2020 po terminie Bez obsadzonego stanowiska: 1/,
  )
})

test('an act that is corrected is to be read and hung up anew; who answers on the old page is told so', async () => {
  const old = formOf((await get(changes, guard)).body, 'K/219/2020')
  await changed((acts) => {
    const rule = acts.acts.find((act: any) => act.id === 'K/219/2020').provisions.find((each: any) => each.id === 'one-per-desk')
    rule.parameters.limit = 2
  })
  const late = await post(changes, old, guard)
  assert.equal(late.statusCode, 409)
  await assertValidPage(late.body)
  assert.match(textOf(late.body), /Ten akt w tym czasie sprostowano\./)
  assert.equal((await post(tasks, { ...old, budynek: 'walowa-5', do: 'wisi' }, secretary)).statusCode, 409)
  assert.doesNotMatch(textOf((await get(changes, clerk)).body), /przeczytane/)
  assert.match(textOf((await get(tasks, secretary)).body), /Karasia 15 po terminie/)
})

test('an act still to come stands first, and its tasks are not late', async () => {
  await changed(({ acts }) => {
    acts.push({
      id: 'K/300/2020',
      number: 'K/300/2020',
      title: 'w sprawie piątków',
      issuer: 'Prezydent Miasta Leszna',
      rank: 'ordinance',
      signedOn: '2020-05-25',
      from: '2020-06-08',
      executors: ['Sekretarz Miasta'],
      provisions: [
        {
          id: 'fridays',
          reference: '§ 1',
          kind: 'hours',
          parameters: { intervals: [{ from: '08:00', to: '14:00' }] },
          scope: { weekday: [5] },
        },
      ],
    })
  })
  const text = textOf((await get(changes, clerk)).body)
  assert.match(text, /Wkrótce Od 8 czerwca 2020: K\/300\/2020 w sprawie piątków Piątek: godziny pracy 8:00–14:00/)
  const page = textOf((await get(tasks, secretary)).body)
  assert.match(
    page,
    /Wykonują: Sekretarz Miasta\. K\/300\/2020 w sprawie piątków Zadanie Stan Szczegóły Stanowiska są obsadzone: poniedziałek 8 czerwca 2020 do zrobienia/,
  )
})
