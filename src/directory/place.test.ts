import assert from 'node:assert/strict'
import { test } from 'node:test'
import { words } from '../platform/words.js'
import type { Room } from './model.js'
import { lesznoFile } from '../../tests/support/office.js'
import type { Directory } from './model.js'
import { directionsTo, roomText } from './place.js'

const room: Room = { id: 'a/21', buildingId: 'a', number: '21', floor: 'II', assumed: false, source: 'https://example.pl', closed: false }

test('a room is said with its floor, in the words of each language', () => {
  assert.equal(roomText(words('pl'), room), 'pokój 21, II piętro')
  assert.equal(roomText(words('en'), room), 'room 21, floor II')
  assert.equal(roomText(words('uk'), room), 'кабінет 21, II поверх за польською нумерацією')
})

test('the ground floor is the first one in Ukrainian, and says so', () => {
  assert.equal(roomText(words('pl'), { ...room, floor: 'parter' }), 'pokój 21, parter')
  assert.equal(roomText(words('uk'), { ...room, floor: 'parter' }), 'кабінет 21, партер (перший поверх)')
})

test('a number that was assumed says that it is an example', () => {
  assert.equal(roomText(words('pl'), { ...room, floor: null, assumed: true, source: null }), 'pokój 21 (numer przykładowy)')
})

test('a place without a number is named and is no room', () => {
  assert.equal(roomText(words('pl'), { ...room, number: 'Biuro Obsługi', floor: null }), 'Biuro Obsługi')
  assert.equal(
    roomText(words('pl'), { ...room, number: 'Wydział Podatków i Opłat', floor: null, assumed: true }),
    'Wydział Podatków i Opłat',
  )
})

test('the way in is what the office says; where it says nothing, nothing is made up, and there is a number to ask', () => {
  const { buildings } = lesznoFile()
  const office = { phone: '+48655298100', accessibility: { phone: '+48655298128' } }
  const directory = {
    office,
    buildings: new Map(buildings.map((each) => [each.id, { directions: [], ...each }])),
    rooms: new Map([[room.id, room]]),
  } as unknown as Directory
  const main = directionsTo(directory, 'karasia-15', null)
  assert.deepEqual(main.entrance, ['Biuro Obsługi jest naprzeciw wejścia.'])
  assert.ok(main.access.includes('Piętra nie są dostępne dla osób na wózkach.'))
  assert.deepEqual(directionsTo(directory, 'walowa-5', room.id), { entrance: [], room, access: [], phone: '+48655298128' })
  const nobody = { ...directory, office: { ...office, accessibility: { phone: null } } } as unknown as Directory
  assert.equal(directionsTo(nobody, 'walowa-5', null).phone, '+48655298100')
})
