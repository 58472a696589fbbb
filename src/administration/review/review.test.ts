/**
 * The review list: an act that ends Mondays at 13:00, and what becomes of the visits booked for the afternoon.
 * Leszno on 25 May 2020, a Monday.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { signedIn, type SignedInHeaders } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import type { Queryable } from '../../platform/database.js'
import { answer as atDoor } from '../../entrance/index.js'
import { readOutbox } from '../../messages/index.js'
import { importActs } from '../../regulation/index.js'
import { addAbsence } from '../../calendar/index.js'
import { bookingComposers, cancel, move } from '../../booking/index.js'
import { findVisit, type Visit } from '../../visit/index.js'
import { reviewVisits } from './index.js'
import { insertItems } from './store.js'

const office = await testLeszno({ poolSize: 12 })
const { context, clock } = office
const { pool } = context.database
const app = await openProgram(context)
const secretary = await signedIn(context, 'secretary')
const head = await signedIn(context, 'head', { unitId: 'wydzial-komunikacji' })
const otherHead = await signedIn(context, 'head', { unitId: 'wydzial-architektury' })

const get = async (url: string, who: SignedInHeaders = secretary) => {
  const page = await app.inject({ url, headers: who.headers })
  assert.equal(page.statusCode, 200, url)
  await assertValidPage(page.body)
  return page.body
}
const post = (url: string, fields: Readonly<Record<string, string | readonly string[]>>, who: SignedInHeaders = secretary) => {
  const { headers, payload } = form(fields)
  return app.inject({ method: 'POST', url, headers: { ...headers, ...who.headers }, payload })
}
const at = (time: string, day = '2020-06-08'): Temporal.Instant => Temporal.Instant.from(`${day}T${time}:00+02:00`)
const seen = async (visit: Visit): Promise<Visit> => (await findVisit(pool, visit.reference)) as Visit

interface Row {
  id: number
  outcome: string | null
  code: string
  told: string | null
}
async function itemsOf(visit: Visit): Promise<Row[]> {
  return (await pool.query<Row>('select id, outcome, code, told from review_item where visit_id = $1 order by id', [visit.id])).rows
}
async function isWaiting(): Promise<boolean> {
  const { rows } = await pool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
  return rows.length > 0
}
const idOf = async (visit: Visit): Promise<string> => String((await itemsOf(visit)).at(-1)?.id)

/** Law that ends Mondays from June at that hour; a later version of the same act replaces it. */
async function mondaysUntil(to: string): Promise<void> {
  const wrong = await importActs(
    context.database,
    {
      acts: [
        {
          id: 'T/1/2020',
          number: 'T/1/2020',
          title: 'w sprawie poniedziałków',
          issuer: 'Prezydent Miasta Leszna',
          rank: 'ordinance',
          from: '2020-06-01',
          provisions: [
            { id: 'mondays', reference: '§ 1', kind: 'hours', parameters: { intervals: [{ from: '07:30', to }] }, scope: { weekday: [1] } },
          ],
        },
      ],
    },
    clock.now(),
  )
  assert.deepEqual(wrong, [])
  context.changes.publish('regulation')
}

const wish = (time: string, more: Partial<Parameters<typeof bookedVisit>[1]> = {}) =>
  bookedVisit(office, { serviceId: 'rejestracja-pojazdow', start: at(time), ...more })
const onPhone = (name: string, phone: string) => ({ person: { name, email: null, phone } })

const morning = await wish('09:00')
const [one, two, three, four] = [await wish('14:00'), await wish('14:30'), await wish('13:30'), await wish('13:00')]
const caller = await wish('13:30', onPhone('Zofia Bezmailowa', '+48600100200'))

test('nothing is reviewed while everything booked still fits', async () => {
  assert.deepEqual(await reviewVisits(context, clock.now()), { opened: 0, settled: 0 })
})

test('two processes that look at once open one item for a visit; without the index there would be two', async () => {
  const found = [{ visitId: morning.id, startsAt: morning.startsAt, code: 'outside-hours', basis: [], dueAt: morning.startsAt }]
  /** The second looks before the first has committed. */
  async function both(guarded: boolean): Promise<number> {
    const [first, second] = [await pool.connect(), await pool.connect()]
    const bare = (client: typeof first): Queryable => ({
      query: (text: string, values?: unknown[]) =>
        client.query(
          guarded ? text : text.replace('on conflict (visit_id) where outcome is null do nothing', '').replace('for update of v', ''),
          values,
        ),
    })
    try {
      await first.query('begin')
      await insertItems(bare(first), found, clock.now())
      const other = insertItems(bare(second), found, clock.now())
      const state = { over: false }
      void other.finally(() => (state.over = true))
      // Either it is through already, or it waits for the first to commit.
      while (!state.over && !(await isWaiting())) await setImmediate()
      await first.query('commit')
      await other
    } finally {
      first.release()
      second.release()
    }
    return (await itemsOf(morning)).length
  }
  await pool.query('drop index review_item_open_once')
  assert.equal(await both(false), 2, 'the race is there')
  await pool.query('delete from review_item; create unique index review_item_open_once on review_item (visit_id) where outcome is null')
  assert.equal(await both(true), 1)
  assert.equal((await seen(morning)).review, 'open')
  // It fits: the next look takes it off again.
  assert.deepEqual(await reviewVisits(context, clock.now()), { opened: 0, settled: 1 })
  assert.deepEqual(
    (await itemsOf(morning)).map(({ outcome }) => outcome),
    ['fits-again'],
  )
  assert.equal((await seen(morning)).review, null)
})

test('an act published late or early: the visits it leaves outside stand on the list, the others do not', async () => {
  await mondaysUntil('13:00')
  assert.equal((await reviewVisits(context, clock.now())).opened, 5)
  assert.deepEqual(await reviewVisits(context, clock.now()), { opened: 0, settled: 0 })
  const text = textOf(await get('/praca/przeglad'))
  assert.match(text, /Do rozstrzygnięcia: 5\. Po terminie: 0\. Najbliższy termin: niedziela 7 czerwca 2020, 13:00\./)
  assert.match(text, /poniedziałek 8 czerwca 2020, 14:00 .* poza nowymi godzinami \(§ 1 .*T\/1\/2020\) e-mail/)
  assert.match(text, /13:30 .* telefon/)
  assert.equal((await seen(one)).review, 'open')
  assert.equal((await seen(morning)).review, null)
})

test('a head sees the own unit; whoever is nobody sees nothing', async () => {
  assert.match(textOf(await get('/praca/przeglad', head)), /Do rozstrzygnięcia: 5/)
  assert.match(textOf(await get('/praca/przeglad', otherHead)), /Do rozstrzygnięcia: 0/)
  const refused = await post('/praca/przeglad', { wizyta: await idOf(one), co: 'zostaw', powod: 'agreed' }, otherHead)
  assert.equal(refused.statusCode, 422)
  assert.equal((await seen(one)).review, 'open')
  assert.notEqual((await app.inject('/praca/przeglad')).statusCode, 200)
})

test('who chose nothing, no reason or nobody is told', async () => {
  const id = await idOf(one)
  for (const [fields, said] of [
    [{ co: 'przenies' }, /zaznaczyć co najmniej jedną wizytę/],
    [{ co: 'zostaw', wizyta: id, powod: 'x' }, /wybrać, dlaczego wizyta zostaje/],
    [{ co: 'przypisz', wizyta: id, osoba: '999999' }, /Proszę wybrać osobę/],
    [{ co: '', wizyta: id }, /wybrać, co zrobić/],
    [{ co: 'odwolaj', wizyta: ['x', '99999999999'] }, /zaznaczyć co najmniej jedną/],
  ] as const) {
    const answer = await post('/praca/przeglad', fields)
    assert.equal(answer.statusCode, 422)
    await assertValidPage(answer.body)
    assert.match(textOf(answer.body), said)
  }
})

test('somebody is put in charge; without that it is the head of the unit', async () => {
  assert.match(textOf(await get('/praca/przeglad')), /Test head/)
  const answer = await post('/praca/przeglad', { co: 'przypisz', wizyta: await idOf(one), osoba: String(secretary.accountId) })
  assert.equal(answer.statusCode, 303)
  assert.match(textOf(await get('/praca/przeglad')), /14:00[^]*Test secretary/)
})

test('moved in bulk: each gets a time of its own that fits, and learns why', async () => {
  const ids = [await idOf(one), await idOf(two)]
  const proposed = await post('/praca/przeglad', { co: 'przenies', wizyta: ids })
  await assertValidPage(proposed.body)
  const fields = Object.fromEntries(
    ids.map((id) => [`termin-${id}`, new RegExp(`name="termin-${id}"[^]*?value="([^"]+)"`).exec(proposed.body)?.[1] ?? '']),
  )
  const moved = await post('/praca/przeglad/przenies', { wizyta: ids, ...fields })
  assert.equal(moved.headers.location, '/praca/przeglad?zrobione=2')
  for (const visit of [one, two]) {
    const now = await seen(visit)
    assert.equal(now.state, 'booked')
    assert.equal(now.review, null)
    assert.ok(now.startsAt.toZonedDateTimeISO('Europe/Warsaw').hour < 13 || now.day.dayOfWeek !== 1, now.startsAt.toString())
    assert.deepEqual(
      (await itemsOf(visit)).map(({ outcome, told }) => [outcome, told]),
      [['moved', 'message']],
    )
  }
  await readOutbox(context, bookingComposers)
  const { rows } = await pool.query<{ content: unknown }>("select content from message where visit_id = $1 and kind = 'visit-moved'", [
    one.id,
  ])
  const said = JSON.stringify(rows)
  assert.match(said, /Urząd musiał przenieść tę wizytę/)
  assert.match(said, /Powód: zmieniły się godziny pracy/)
  assert.match(said, /§ 1 .*T\/1\/2020/)
  assert.deepEqual(await reviewVisits(context, clock.now()), { opened: 0, settled: 0 })
})

test('a visit decided on twice at once is decided on once', async () => {
  const id = await idOf(two)
  const again = await post('/praca/przeglad/przenies', { wizyta: id, [`termin-${id}`]: at('09:30', '2020-06-09').toString() })
  assert.equal(again.headers.location, '/praca/przeglad?')
  const three3 = await idOf(three)
  const answers = await Promise.all([1, 2, 3, 4].map(() => post('/praca/przeglad', { co: 'zostaw', wizyta: three3, powod: 'clerk-stays' })))
  const done = answers.filter(({ headers }) => String(headers.location).includes('zrobione=1')).length
  assert.equal(done, 1)
  const { rows } = await pool.query("select from event where visit_id = $1 and kind = 'review-kept'", [three.id])
  assert.equal(rows.length, 1)
})

test('kept as an exception: it stays off the list, and the door lets it in after hours', async () => {
  assert.equal((await seen(three)).review, 'kept')
  assert.deepEqual(await reviewVisits(context, clock.now()), { opened: 0, settled: 0 })
  const door = async (visit: Visit, time: string) =>
    (await atDoor(context, { buildingId: visit.buildingId, purpose: 'visit', code: visit.reference, at: at(time) })).decision
  const kept = await door(three, '13:20')
  assert.deepEqual([kept.allowed, kept.code], [true, 'come-in-kept'])
  assert.deepEqual(kept.basis, [{ kind: 'setting', setting: 'booked-stays' }])
  // Not decided: valid while the building is open, and seen to when it is closed.
  const open = await door(four, '12:50')
  assert.deepEqual([open.allowed, open.code], [true, 'come-in-earlier-act'])
  const closed = await door(caller, '13:25')
  assert.deepEqual([closed.allowed, closed.code], [false, 'building-closed'])
  assert.equal(closed.next[0]?.kind, 'seen-to')
})

test('cancelled with a reason: who has no address is rung, every attempt is kept, until the person knows', async () => {
  const id = await idOf(caller)
  const sure = await post('/praca/przeglad', { co: 'odwolaj', wizyta: id })
  await assertValidPage(sure.body)
  assert.match(textOf(sure.body), /Odwołać 1 wizytę\? .*Tego nie można cofnąć/)
  await pool.query('update visit set person_phone = null where id = $1', [caller.id])
  const gone = await post('/praca/przeglad/odwolaj', { wizyta: id })
  assert.equal(gone.headers.location, '/praca/przeglad?zrobione=1')
  assert.equal((await seen(caller)).state, 'cancelled')
  assert.equal((await itemsOf(caller)).at(-1)?.told, 'call')
  const calls = textOf(await get('/praca/przeglad/telefony'))
  assert.match(
    calls,
    /Zofia Bezmailowa , [A-Z2-9]{8} Telefon nie podano; ta osoba dowie się przy wejściu Co powiedzieć Wizyta poniedziałek 8 czerwca 2020, 13:30 jest odwołana/,
  )
  assert.equal((await post('/praca/przeglad/telefony', { wpis: id })).statusCode, 422)
  await post('/praca/przeglad/telefony', { wpis: id, wynik: 'no-answer' })
  // It stands in the one list of requests, for whoever sees the visit, and is done where it leads.
  const clerk = await signedIn(context, 'desk', { unitId: 'wydzial-komunikacji' })
  const list = await get('/praca/prosby', clerk)
  assert.match(textOf(list), /Czeka 1 prośba\./)
  assert.match(
    textOf(list),
    /decyzja urzędu 0 minut .*zadzwonić i powiedzieć: Wizyta poniedziałek 8 czerwca 2020, 13:30 jest odwołana.* \(1 próba\) Zofia Bezmailowa/,
  )
  assert.ok(list.includes(`href="/praca/przeglad/telefony#kto-${id}"`))
  assert.match(await get('/praca', clerk), /href="\/praca\/przeglad\/telefony">Osoby, do których trzeba zadzwonić: 1\./)
  assert.ok((await get('/praca/prosby?kanal=ring', clerk)).includes(`#kto-${id}`))
  assert.ok(!(await get('/praca/prosby?kanal=email', clerk)).includes(`#kto-${id}`))
  assert.match(await get('/praca/przeglad/telefony', clerk), /href="\/praca\/prosby" class="govuk-back-link"/)
  const stranger = await signedIn(context, 'desk', { unitId: 'wydzial-architektury' })
  assert.doesNotMatch(await get('/praca/prosby', stranger), /Bezmailowa/)
  assert.doesNotMatch(await get('/praca', stranger), /trzeba zadzwonić/)
  assert.doesNotMatch(await get('/praca/przeglad/telefony', stranger), /Bezmailowa/)
  await post('/praca/przeglad/telefony', { wpis: id, wynik: 'told' }, stranger)
  assert.equal((await app.inject({ url: '/praca/przeglad', headers: clerk.headers })).statusCode, 303)
  assert.match(textOf(await get('/praca/przeglad/telefony')), /Próba .* Test secretary: Nikt nie odebrał/)
  await post('/praca/przeglad/telefony', { wpis: id, wynik: 'told' })
  assert.match(textOf(await get('/praca/przeglad/telefony')), /Nie ma do kogo dzwonić/)
  assert.match(textOf(await get('/praca/prosby', clerk)), /Żadna prośba nie czeka/)
  assert.match(textOf(await get('/praca/przeglad/zalatwione')), /13:30 .* Odwołana\. Osoba wie\./)
})

test('a message that failed puts the person on the call list', async () => {
  const id = await idOf(four)
  await post('/praca/przeglad/odwolaj', { wizyta: id })
  await readOutbox(context, bookingComposers)
  assert.match(textOf(await get('/praca/przeglad/telefony')), /Nie ma do kogo dzwonić/)
  await pool.query("update message set state = 'failed', reason = 'gave-up' where visit_id = $1 and kind = 'visit-cancelled'", [four.id])
  assert.match(textOf(await get('/praca/przeglad/telefony')), /13:00 jest odwołana/)
  assert.match(textOf(await get('/praca/przeglad')), /Do kogo zadzwonić: 1/)
})

test('what people settle themselves leaves the list: moved, cancelled, or a later act makes room again', async () => {
  const [mover, quitter, lucky] = [
    await wish('09:00', { start: at('12:00') }),
    await wish('09:00', { start: at('12:00') }),
    await wish('09:00', { start: at('12:30') }),
  ]
  await mondaysUntil('12:00')
  assert.ok((await reviewVisits(context, clock.now())).opened >= 3)
  assert.ok((await move(context, { reference: mover.reference, start: at('09:00', '2020-06-04'), actor: 'citizen' })).allowed)
  assert.equal((await seen(mover)).review, null)
  assert.ok((await cancel(context, { reference: quitter.reference, actor: 'citizen', reason: 'citizen-wish' })).allowed)
  await mondaysUntil('15:30')
  await reviewVisits(context, clock.now())
  const outcomes = await Promise.all([mover, quitter, lucky].map(async (visit) => (await itemsOf(visit)).at(-1)?.outcome))
  assert.deepEqual(outcomes, ['moved', 'cancelled', 'fits-again'])
})

test('a visit its owner moved a moment ago is neither cancelled nor kept for the reason it no longer has', async () => {
  const visit = await wish('15:00')
  await mondaysUntil('15:15')
  assert.ok((await reviewVisits(context, clock.now())).opened >= 1)
  const id = await idOf(visit)
  assert.ok((await move(context, { reference: visit.reference, start: at('11:00', '2020-06-04'), actor: 'citizen' })).allowed)
  for (const [url, fields] of [
    ['/praca/przeglad/odwolaj', { wizyta: id }],
    ['/praca/przeglad', { wizyta: id, co: 'zostaw', powod: 'agreed' }],
    ['/praca/przeglad/przenies', { wizyta: id, [`termin-${id}`]: at('10:00', '2020-06-05').toString() }],
  ] as const)
    assert.equal((await post(url, fields)).headers.location, '/praca/przeglad?nie=1', url)
  const now = await seen(visit)
  assert.deepEqual([now.state, now.startsAt.toString()], ['booked', at('11:00', '2020-06-04').toString()])
  await mondaysUntil('15:30')
  await reviewVisits(context, clock.now())
  assert.deepEqual(
    (await itemsOf(visit)).map(({ outcome }) => outcome),
    ['moved'],
  )
})

test('a look that began before another opened an item leaves that item alone', async () => {
  const visit = await wish('10:00')
  const later = clock.now().add({ seconds: 1 })
  await insertItems(pool, [{ visitId: visit.id, startsAt: visit.startsAt, code: 'outside-hours', basis: [], dueAt: visit.startsAt }], later)
  assert.equal((await reviewVisits(context, clock.now())).settled, 0)
  assert.equal((await seen(visit)).review, 'open')
  assert.equal((await reviewVisits(context, later)).settled, 1)
})

test('who works in the service office besides heading a unit decides for that unit alone, and is put in charge of no other', async () => {
  const both = await signedIn(context, ['head', 'service-office'], { unitId: 'usc' })
  assert.match(textOf(await get('/praca/przeglad', both)), /Do rozstrzygnięcia: 0/)
  const visit = await wish('15:00')
  await mondaysUntil('15:15')
  await reviewVisits(context, clock.now())
  const refused = await post('/praca/przeglad', { co: 'przypisz', wizyta: await idOf(visit), osoba: String(both.accountId) })
  assert.equal(refused.statusCode, 422)
  assert.match(textOf(refused.body), /Ta osoba nie odpowiada za wszystkie wybrane sprawy/)
  await mondaysUntil('15:30')
  await reviewVisits(context, clock.now())
})

test('a desk that is taken out puts its visits on the list; another desk’s stay', async () => {
  const visit = await wish('09:00', { start: at('09:00', '2020-06-03') })
  const { rows } = await pool.query<{ desk_id: number }>('select desk_id from place where visit_id = $1', [visit.id])
  const deskId = rows[0]?.desk_id ?? 0
  await addAbsence(context, { deskId, from: at('08:00', '2020-06-03'), until: at('12:00', '2020-06-03'), reason: 'leave' })
  await reviewVisits(context, clock.now())
  assert.deepEqual(
    (await itemsOf(visit)).map(({ code, outcome }) => [code, outcome]),
    [['desk-not-open', null]],
  )
})
