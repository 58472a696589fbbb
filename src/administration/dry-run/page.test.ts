/** The page of a draft's effects: what would change, in words, and the door by another minute. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form } from '../../../tests/support/app.js'
import { assertValidPage, textOf } from '../../../tests/support/html.js'
import { testLeszno } from '../../../tests/support/office.js'
import { openProgram } from '../../../tests/support/program.js'
import { signedIn } from '../../../tests/support/staff.js'
import { bookedVisit } from '../../../tests/support/visits.js'

const office = await testLeszno()
const app = await openProgram(office.context)
const secretary = await signedIn(office.context, 'secretary')
const get = (url: string) => app.inject({ url, headers: secretary.headers })
const post = (url: string, fields: Readonly<Record<string, string>>) => {
  const { headers, payload } = form(fields)
  return app.inject({ method: 'POST', url, headers: { ...headers, ...secretary.headers }, payload })
}
const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2020-06-08T${time}:00+02:00`)

async function drafted(): Promise<string> {
  const act = { title: 'w sprawie poniedziałków', issuer: 'Prezydent Miasta Leszna', rank: 'ordinance', from: '1.06.2020' }
  const address = (await post('/praca/akty/nowy', act)).headers.location as string
  const mondays = { kind: 'hours', reference: '§ 1', 'p-intervals': '7:30–13:00', 'scope-weekday': '1', do: 'zapisz' }
  const made = await post(`${address}/przepis`, mondays)
  assert.equal(made.statusCode, 303, textOf(made.body))
  return address
}

test('the visits after 13:00 stand there with their paragraph, the Mondays with their hours, and the door at 14:00', async () => {
  await bookedVisit(office, { serviceId: 'rejestracja-pojazdow', start: at('14:00') })
  await bookedVisit(office, { serviceId: 'rejestracja-pojazdow', start: at('09:00') })
  const address = await drafted()
  assert.match((await get(address)).body, /\/skutki"/)
  const answer = await get(`${address}/skutki`)
  assert.equal(answer.statusCode, 200)
  await assertValidPage(answer.body)
  const text = textOf(answer.body)
  assert.match(text, /Umówione wizyty, których to dotyczy: 1\./)
  assert.match(text, /poniedziałek 8 czerwca 2020, 14:00 .* poza nowymi godzinami projekt \d+, § 1/)
  assert.match(text, /poniedziałek: \d+ dni, od 1 czerwca 2020 7:30–15:30 7:30–13:00/)
  const asked = await get(`${address}/skutki?budynek=walowa-5&dzien=8.06.2020&godzina=14:00`)
  const door = textOf(asked.body).split('Co powie strażnik i kiosk')[1] ?? ''
  assert.match(door, /Teraz: Nie można teraz wejść bez umówionej wizyty\..*Po zmianie:/)
  // Somebody with a visit at that hour comes in now, and finds the office closed then; half an hour on is one step.
  assert.match(door, /Osoba z wizytą umówioną na tę godzinę Teraz: Można wejść\..* Po zmianie: .*13:00/)
  const later = /href="([^"]+)">Pół godziny później/.exec(asked.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  assert.match(decodeURIComponent(later), /godzina=14:30/)
  assert.match(textOf((await get(`${address}/skutki${later.replace('#drzwi', '')}`)).body), /Osoba bez umówionej wizyty w kiosku/)
  const wrong = await get(`${address}/skutki?dzien=31.06.2020&godzina=25:00`)
  assert.equal(wrong.statusCode, 422)
  await assertValidPage(wrong.body)
  assert.match(textOf(wrong.body), /Proszę wpisać dzień, .* Proszę wpisać godzinę, /)
})

test('nobody else sees it, and a draft nobody made is not found', async () => {
  const address = await drafted()
  assert.notEqual((await app.inject({ url: `${address}/skutki` })).statusCode, 200)
  assert.equal((await get('/praca/akty/999/skutki')).statusCode, 404)
})
