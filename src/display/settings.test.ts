/** A screen's settings in its address, the sizes that follow from them, and what a filtered screen shows. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../tests/support/app.js'
import { assertValidPage, textOf } from '../../tests/support/html.js'
import { testLeszno } from '../../tests/support/office.js'
import { boardOf, displayRoutes } from './index.js'
import type { CalledNumber } from './model.js'
import { readSettings, settingsQuery, usualSettings } from './settings.js'
import { panelMmFor, sizesOf, sizesSheet } from './sizes.js'

const { context, clock, directory } = await testLeszno()
const app = await testApp(context, displayRoutes)
const read = (query: Record<string, string>) => readSettings(query, directory, 'walowa-5')
const wrong = (query: Record<string, string>): string[] => {
  const answer = read(query)
  return 'errors' in answer ? answer.errors.map(({ field, message }) => `${field} ${message.split('.').at(-1)}`) : []
}
const called = (ticket: string, desk: string): CalledNumber => ({
  ticket,
  deskId: directory.desks.get(desk)?.id ?? 0,
  state: 'called',
  calledCount: 1,
  calledAt: clock.now(),
})

test('settings come back from their address; what is usual leaves none', () => {
  assert.deepEqual(read({}), usualSettings)
  assert.equal(settingsQuery(usualSettings), '')
  const [room] = [...directory.rooms.values()].filter((each) => each.buildingId === 'walowa-5')
  const query = {
    uklad: 'korytarz',
    metry: '4,5',
    wysokosc: '400',
    pokoje: room?.id ?? '',
    litery: 'd, A',
    glos: 'en',
    glosnosc: '7:80, 18:40',
    powtorz: 'tak',
  }
  const settings = read(query)
  assert.ok(!('errors' in settings))
  assert.deepEqual(
    [settings.layout, settings.metres, settings.letters, settings.voices, settings.volumes],
    [
      'corridor',
      4.5,
      ['A', 'D'],
      ['en'],
      [
        { from: 0, percent: 0 },
        { from: 7, percent: 80 },
        { from: 18, percent: 40 },
      ],
    ],
  )
  assert.deepEqual(read(Object.fromEntries(new URLSearchParams(settingsQuery(settings)))), settings)
})

test('whatever is wrong in an address is named; nothing is guessed', () => {
  assert.deepEqual(wrong({ uklad: 'x' }), ['uklad unknown-layout'])
  assert.deepEqual(wrong({ metry: '0', wysokosc: 'wide' }), ['metry not-an-amount', 'wysokosc not-an-amount'])
  assert.deepEqual(wrong({ metry: '30' }), ['metry too-far'])
  assert.deepEqual(wrong({ pokoje: 'karasia-15/1' }), ['pokoje unknown-room'])
  assert.deepEqual(wrong({ litery: 'I' }), ['litery unknown-letter'])
  assert.deepEqual(wrong({ uklad: 'stanowisko' }), ['stanowisko desk-missing'])
  assert.deepEqual(wrong({ uklad: 'stanowisko', stanowisko: 'nowhere' }), ['stanowisko unknown-desk'])
  assert.deepEqual(wrong({ stanowisko: 'walowa-5/4/1' }), ['stanowisko unknown-desk'])
  assert.deepEqual(wrong({ glos: 'de' }), ['glos unknown-voice'])
  for (const glosnosc of ['101', '25:10', '7:101', '8:50,7:50', '7:50,7:60', 'loud'])
    assert.deepEqual(wrong({ glosnosc }), ['glosnosc not-volumes'], glosnosc)
})

test('a wrong address shows no numbers, but says that it is wrong', async () => {
  const page = await app.inject('/ekran/walowa-5?pokoje=nowhere')
  assert.equal(page.statusCode, 400)
  await assertValidPage(page.body)
  assert.match(textOf(page.body), /Adres tego ekranu jest błędny/)
  assert.equal((await app.inject('/ekran/walowa-5/stan?uklad=x')).statusCode, 400)
})

test('signs are as high as the distance asks: 17 mm a metre for the call, 5 mm for a row', () => {
  for (const [metres, panelMm] of [
    [10, 685],
    [12, 685],
    [14, 685],
    [20, 980],
    [5, 400],
  ] as const) {
    const sizes = sizesOf({ layout: 'hall', metres, panelMm })
    assert.ok(sizes !== null)
    assert.ok((sizes.call / 100) * 0.67 * panelMm >= 17 * metres, `${metres} m: call`)
    assert.ok((sizes.row / 100) * 0.67 * panelMm >= 5 * metres, `${metres} m: row`)
    assert.ok(sizes.rows >= 1 && sizes.rows <= 5)
  }
  assert.deepEqual(
    [sizesOf({ layout: 'hall', metres: 10, panelMm: 685 })?.rows, sizesOf({ layout: 'hall', metres: 12, panelMm: 685 })?.rows],
    [5, 2],
  )
  assert.equal(sizesOf({ layout: 'corridor', metres: 10, panelMm: 685 })?.rows, 7)
  assert.equal(sizesOf({ layout: 'hall', metres: 20, panelMm: 685 }), null)
  assert.notEqual(sizesOf({ layout: 'hall', metres: 20, panelMm: panelMmFor(20) }), null)
})

test('the sizes are a sheet of their own, named by the page', async () => {
  const page = await app.inject('/ekran/walowa-5?metry=12')
  assert.match(page.body, /href="\/ekran\/wymiary\.css\?metry=12&amp;wysokosc=685"/)
  const sheet = await app.inject('/ekran/wymiary.css?metry=12&wysokosc=685')
  const sizes = sizesOf({ layout: 'hall', metres: 12, panelMm: 685 })
  assert.ok(sizes !== null)
  assert.deepEqual([sheet.statusCode, sheet.headers['content-type'], sheet.body], [200, 'text/css; charset=utf-8', sizesSheet(sizes)])
  assert.match(sheet.body, /--okienko-call:45cqh;.*--okienko-row:13\.2cqh/)
  assert.equal((await app.inject('/ekran/wymiary.css?metry=99')).statusCode, 404)
})

test('a screen shows the rooms, letters or desk it is set to, and says no others', () => {
  const room = directory.desks.get('walowa-5/4/1')?.roomId ?? ''
  const elsewhere = [...directory.desks.values()].find((desk) => desk.buildingId === 'walowa-5' && desk.roomId !== room && !desk.closed)
  assert.ok(elsewhere !== undefined)
  const calls = [called('D003', 'walowa-5/4/2'), called('D001', 'walowa-5/4/1'), called('A002', elsewhere.slug)]
  const shown = (part: Partial<typeof usualSettings>) => {
    const board = boardOf(directory, 'walowa-5', calls, { ...usualSettings, ...part })
    const rows = [...(board.call === null ? [] : [board.call]), ...board.rows]
    assert.deepEqual(board.announcements.map(({ id }) => id).toSorted(), rows.map(({ id }) => id).toSorted())
    return rows.map(({ number }) => number)
  }
  assert.deepEqual(shown({}), ['D 003', 'D 001', 'A 002'])
  assert.deepEqual(shown({ rooms: [room] }), ['D 003', 'D 001'])
  assert.deepEqual(shown({ letters: ['A'] }), ['A 002'])
  assert.deepEqual(shown({ layout: 'desk', desk: 'walowa-5/4/1' }), ['D 001'])
  const far = { ...usualSettings, metres: 12 }
  assert.deepEqual([boardOf(directory, 'walowa-5', calls, far).far, boardOf(directory, 'walowa-5', calls, far).rows.length], [true, 2])
  const more = [...calls, called('D004', 'walowa-5/4/3')]
  assert.deepEqual([boardOf(directory, 'walowa-5', more, far).far, boardOf(directory, 'walowa-5', more, far).rows.length], [false, 3])
  const corridor = boardOf(directory, 'walowa-5', calls, { ...usualSettings, layout: 'corridor' })
  assert.deepEqual([corridor.call, corridor.rows.length, corridor.columns], [null, 3, 1])
  assert.deepEqual(boardOf(directory, 'walowa-5', calls, { ...usualSettings, voices: [] }).announcements, [])
})

test('the state of a screen is made once and known by its ETag', async () => {
  const first = await app.inject('/ekran/walowa-5/stan')
  const etag = String(first.headers['etag'])
  assert.equal(Number(first.headers['okienko-now']), clock.now().epochMilliseconds)
  const again = await app.inject({ url: '/ekran/walowa-5/stan', headers: { 'if-none-match': etag } })
  assert.deepEqual([again.statusCode, again.body], [304, ''])
  assert.ok(again.headers['okienko-now'] !== undefined)
})
