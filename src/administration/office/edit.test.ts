/** What goes with a thing that is taken away, and what stays. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoFile } from '../../../tests/support/office.js'
import { edited } from './edit.js'

test('a special day of a closed unit or building stays for the other places it names, and goes when it names none', () => {
  const day = { kind: 'closure', from: '2020-06-12', until: '2020-06-12', intervals: [], reason: 'awaria', restsOn: null }
  const office = lesznoFile((file) => {
    file.specialDays = [
      { ...day, id: 'two', buildings: [], units: ['usc', 'wydzial-komunikacji'] },
      { ...day, id: 'both', buildings: ['walowa-5'], units: ['usc'] },
      { ...day, id: 'own', buildings: [], units: ['usc'] },
      { ...day, id: 'all', buildings: [], units: [] },
    ]
  })
  const left = (part: string, subject: string) =>
    edited(office, { part, subject, thing: null }, () => false).file.specialDays?.map(({ id, buildings, units }) => [id, buildings, units])
  assert.deepEqual(left('unit', 'usc'), [
    ['two', [], ['wydzial-komunikacji']],
    ['both', ['walowa-5'], []],
    ['all', [], []],
  ])
  assert.deepEqual(left('building', 'walowa-5')?.[1], ['both', [], ['usc']])
})
