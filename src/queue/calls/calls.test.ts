/** For every call the desk can say why it was that person: in turn, late, by priority, as overflow, sent on, back, out of turn. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { staffDesks, waits } from '../../../tests/support/waiting.js'
import { instantOf, officeDay } from '../../platform/clock.js'
import { callNext, park, pick, prioritise, queueRoutes, transfer, type QueueAnswer } from '../index.js'
import { setOverflow } from '../sessions.js'

const office = await testLeszno()
const { context, clock } = office
const app = await testApp(context, queueRoutes)
clock.moveTo(instantOf(officeDay(clock.now()), 9 * 60))
const desk = 'walowa-5/4/1'
const other = 'walowa-5/4/2'
const vehicles = 'rejestracja-pojazdow'
const at = (slug: string) => ({ desk: slug, actor: 'account:1' as const, now: clock.now() })
const someone = async (serviceId = 'dowody-osobiste') => (await waits(context, { serviceId, arrivedAt: clock.now() })).reference
const free = (slug: string) =>
  context.database.pool.query(`delete from live_place where desk_id = (select id from desk where slug = $1)`, [slug])

test('why each person was called is said from what the event keeps', async () => {
  await staffDesks(context, [desk, other])
  const called = async (slug: string): Promise<string> => {
    const answer: QueueAnswer = await callNext(context, at(slug))
    assert.ok(answer.allowed && answer.visit !== null, JSON.stringify(answer))
    return answer.visit.reference
  }
  const first = await someone()
  assert.equal(await called(desk), first)
  await park(context, { ...at(desk), reference: first, reason: 'form' })
  await pick(context, { ...at(desk), reference: first, reason: 'continues-here', mayPick: false })
  await transfer(context, { ...at(desk), reference: first, to: { desk: other } })
  assert.equal(await called(other), first)
  const second = await someone()
  const third = await someone()
  await prioritise(context, { ...at(desk), reference: third, reason: 'small-child' })
  assert.equal(await called(desk), third)
  await free(desk)
  await pick(context, { ...at(desk), reference: second, reason: 'agreed', mayPick: true })
  await free(desk)
  await setOverflow(context, { ...at(desk), overflow: [{ letter: 'A', afterMinutes: 0, from: 0, until: 1_440 }] })
  const vehicle = await someone(vehicles)
  assert.equal(await called(desk), vehicle)
  const { headers } = await signedIn(context, 'service-office')
  const page = await app.inject({ url: `/praca/stanowisko/${encodeURIComponent(desk)}/wezwania`, headers })
  await assertValidPage(page.body)
  const rows = [...page.body.matchAll(/<tr class="govuk-table__row">(.*?)<\/tr>/gs)].slice(1).map(([, row]) => textOf(row ?? ''))
  assert.equal(rows.length, 5)
  for (const [index, said] of [
    /Z innej kolejki/,
    /poza kolejnością. Powód: umówiono/,
    /Pierwszeństwo: małe dziecko/,
    /wróciła do niego/,
    /09:00|9:00/,
  ].entries())
    assert.match(rows[index] ?? '', said)
  const sentOn = await app.inject({ url: `/praca/stanowisko/${encodeURIComponent(other)}/wezwania`, headers })
  assert.match(textOf(sentOn.body), /Przekazana do tego stanowiska/)
})

test('who may not work at the desk does not see its calls', async () => {
  const { headers } = await signedIn(context, 'guard')
  const page = await app.inject({ url: `/praca/stanowisko/${encodeURIComponent(desk)}/wezwania`, headers })
  assert.equal(page.statusCode, 303)
})
