import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoFile, testLeszno } from '../../tests/support/office.js'

test('the office of Leszno is read whole, and room 4 counts the six desks of two sections', async () => {
  const { directory } = await testLeszno()
  assert.equal(directory.office.name, 'Urząd Miasta Leszna')
  assert.deepEqual(
    directory.desksIn('walowa-5/4').map((desk) => desk.label),
    ['1', '2', '3', '4', '5', '6'],
  )
  assert.deepEqual(
    directory.desksOf('dowody-osobiste').map((desk) => desk.slug),
    ['walowa-5/4/1', 'walowa-5/4/2', 'walowa-5/4/3'],
  )
  assert.deepEqual(
    directory.unitAndParents('wydzial-komunikacji/prawa-jazdy').map((unit) => unit.id),
    ['wydzial-komunikacji/prawa-jazdy', 'wydzial-komunikacji'],
  )
})

test('lists stand in the order of the office file, the main building first', async () => {
  const { directory } = await testLeszno()
  const file = lesznoFile()
  assert.deepEqual(
    [...directory.buildings.keys()],
    file.buildings.map((each) => each.id),
  )
  assert.deepEqual(
    [...directory.services.keys()],
    file.services.map((each) => each.id),
  )
  assert.deepEqual(
    [...directory.units.keys()],
    file.units.map((each) => each.id),
  )
})
