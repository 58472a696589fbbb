/** The line in the office: who sees it, and what a clerk does for a person on the phone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findVisit } from '../../visit/index.js'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { givesBack, inLine, standing } from '../../../tests/support/line.js'
import { testDatabase, testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { smallOffice } from '../../../tests/support/small-office.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'
import { joinForVisit } from '../index.js'

const at = (day: number, time: string): Temporal.Instant => Temporal.Instant.from(`2020-05-${day}T${time}:00+02:00`)
const office = await testDatabase({ at: at(25, '08:00') })
const { context } = office
await smallOffice(office)
const app = await openProgram(context)
const clerk = await signedIn(context, 'service-office')

async function open(path: string, headers = clerk.headers): Promise<string> {
  const answer = await app.inject({ url: path, headers })
  assert.equal(answer.statusCode, 200, path)
  await assertValidPage(answer.payload)
  return textOf(answer.payload)
}

async function send(path: string, fields: Readonly<Record<string, string>> = {}, headers = clerk.headers) {
  const { headers: type, payload } = form(fields)
  return app.inject({ method: 'POST', url: path, headers: { ...headers, ...type }, payload })
}

test('a clerk adds who rang, sees the line, and takes the offered time for the person', async () => {
  assert.match(await open('/praca/lista'), /Nikt nie czeka na termin/)
  await open('/praca/lista/dopisz?sprawa=short')
  const wrong = await send('/praca/lista/dopisz/short', { od: '2020-05-26', do: '2020-05-29', pora: 'any', name: 'Jan Dzwoniący' })
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.payload)
  const typed = { od: '2020-05-26', do: '2020-05-29', pora: 'any', name: 'Jan Dzwoniący', phone: '601 222 111', email: '' }
  const added = await send('/praca/lista/dopisz/short', typed)
  assert.equal(added.statusCode, 303)
  const reference = String(added.headers.location).split('/').at(-1) ?? ''
  assert.equal((await send('/praca/lista/dopisz/short', typed)).statusCode, 409, 'the contact waits already')
  await givesBack(context, await bookedVisit(office, { serviceId: 'short', start: at(26, '09:00') }))
  assert.match(await open('/praca/lista'), /Jan Dzwoniący.*wtorek 26 maja 2020, 9:00, odpowiedź do/)
  assert.match(await open(`/praca/lista/${reference}`), /Przyjmij termin w imieniu osoby/)
  const taken = await send(`/praca/lista/${reference}/przyjmij`)
  assert.equal(taken.statusCode, 303)
  const visit = await findVisit(context.database.pool, /wizyta\/(\w+)/.exec(String(taken.headers.location))?.[1] ?? '')
  assert.deepEqual([visit?.state, visit?.person.name, visit?.bookedBy], ['booked', 'Jan Dzwoniący', clerk.accountId])
})

test('a clerk puts a visit in line from its page, and takes it out', async () => {
  const visit = await bookedVisit(office, { serviceId: 'short', start: at(28, '09:00') })
  assert.match(await open(`/praca/obsluga/wizyta/${visit.reference}`), /Dopisz do listy na wcześniejszy termin/)
  const added = await send(`/praca/lista/wizyta/${visit.reference}`)
  const reference = String(added.headers.location).split('/').at(-1) ?? ''
  assert.equal((await standing(office, reference)).state, 'waiting')
  assert.equal((await send(`/praca/lista/${reference}/opusc`)).statusCode, 303)
  assert.equal((await standing(office, reference)).state, 'withdrawn')
  assert.equal((await send(`/praca/lista/${reference}/przyjmij`)).statusCode, 409)
})

test('another unit’s line is not found, a guard sees none', async () => {
  const { entry } = await inLine(office, at(29, '09:00'))
  const guard = await signedIn(context, 'guard')
  assert.notEqual((await app.inject({ url: '/praca/lista', headers: guard.headers })).statusCode, 200)
  const leszno = await testLeszno({ at: at(25, '08:00') })
  const other = await openProgram(leszno.context)
  const service = 'rejestracja-pojazdow'
  const visit = await bookedVisit(leszno, { serviceId: service, start: at(28, '09:00') })
  const joined = await joinForVisit(leszno.context, {
    reference: visit.reference,
    actor: 'citizen',
    from: Temporal.PlainDate.from('2020-05-26'),
    part: 'any',
  })
  assert.ok(joined.allowed)
  const own = leszno.directory.services.get(service)?.unitId ?? ''
  const foreign =
    [...leszno.directory.units.values()].find((unit) => leszno.directory.unitAndParents(own).every(({ id }) => id !== unit.id))?.id ?? ''
  const [head, stranger] = [
    await signedIn(leszno.context, 'head', { unitId: own }),
    await signedIn(leszno.context, 'head', { unitId: foreign }),
  ]
  for (const [who, status] of [
    [head, 200],
    [stranger, 404],
  ] as const) {
    assert.equal((await other.inject({ url: `/praca/lista/${joined.reference}`, headers: who.headers })).statusCode, status)
    const list = await other.inject({ url: '/praca/lista', headers: who.headers })
    assert.equal(list.payload.includes(joined.reference), status === 200)
  }
  assert.equal(
    (await other.inject({ method: 'POST', url: `/praca/lista/${joined.reference}/opusc`, headers: stranger.headers })).statusCode,
    404,
  )
  assert.equal((await app.inject({ url: `/praca/lista/${entry}` })).statusCode === 200, false, 'who is not signed in')
})
