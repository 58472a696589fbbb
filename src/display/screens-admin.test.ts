/** The administrator makes the address of a screen: what is wrong is said at its field, what is right opens. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openProgram } from '../../tests/support/program.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { signedIn } from '../../tests/support/staff.js'

const { context } = await testLeszno()
const app = await openProgram(context)
const administrator = await signedIn(context, 'administrator')
const get = (query: string) => app.inject({ url: `/praca/ekrany${query}`, headers: administrator.headers })

test('only the administrator has the page', async () => {
  assert.equal((await app.inject('/praca/ekrany')).statusCode, 303)
  const clerk = await signedIn(context, 'desk')
  assert.equal((await app.inject({ url: '/praca/ekrany', headers: clerk.headers })).statusCode, 303)
  const page = await get('')
  assert.equal(page.statusCode, 200)
  await assertValidPage(page.body)
})

test('what is chosen becomes an address that opens', async () => {
  const page = await get(
    '?budynek=walowa-5&uklad=korytarz&metry=5&wysokosc=400&glos=pl&glosnosc=7:80,18:40&powtorz=tak&litery=&pokoje=&stanowisko=',
  )
  assert.equal(page.statusCode, 200)
  await assertValidPage(page.body)
  const address = /href="(http[^"]*\/ekran\/walowa-5\?[^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  assert.ok(address.startsWith(`${context.publicUrl}/ekran/walowa-5?uklad=korytarz&metry=5&wysokosc=400`), address)
  assert.equal((await app.inject(address.slice(context.publicUrl.length))).statusCode, 200)
})

test('what is wrong is said at its field, with the way out', async () => {
  for (const [query, said] of [
    ['?budynek=walowa-5&metry=30', /Z 30 m ten ekran nie będzie czytelny\. Obraz musi mieć co najmniej 1468 mm wysokości/],
    ['?budynek=walowa-5&metry=0', /Proszę wpisać liczbę od 1 do 40/],
    ['?budynek=nowhere', /Proszę wybrać budynek/],
    ['?budynek=walowa-5&uklad=stanowisko', /Proszę wybrać stanowisko/],
    ['?budynek=walowa-5&uklad=x', /Proszę wybrać układ/],
    ['?budynek=walowa-5&litery=I', /Żadna kolejka nie ma takiej litery/],
    ['?budynek=walowa-5&pokoje=x', /Tego pokoju nie ma/],
    ['?budynek=walowa-5&glos=de', /Proszę wybrać głos/],
    ['?budynek=walowa-5&glosnosc=loud', /Proszę wpisać głośność/],
  ] as const) {
    const page = await get(query)
    assert.equal(page.statusCode, 422, query)
    assert.match(textOf(page.body), said)
    await assertValidPage(page.body)
  }
})
