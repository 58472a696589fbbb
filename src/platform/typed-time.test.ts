import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDay, readInstant, readInstantOfAddress, readWrittenDay } from './typed-time.js'

test('a day is one that there is, in a year an office can speak of', () => {
  assert.equal(String(readDay('2020-02-29')), '2020-02-29')
  assert.equal(String(readWrittenDay(' 1.06.2020 ')), '2020-06-01')
  for (const text of ['2020-02-30', '2019-02-29', '0000-01-01', '9999-12-31', '-000001-01-01', '2020-13-01', '2020-05-00', '1.06.2020', ''])
    assert.equal(readDay(text), null, text)
  assert.equal(readWrittenDay('31.04.2020'), null)
})

test('an instant has an offset and no more digits than an instant holds', () => {
  assert.equal(String(readInstant('2020-05-26T09:20:00+02:00')), '2020-05-26T07:20:00Z')
  assert.equal(String(readInstantOfAddress('2020-05-26T09:20:00 02:00')), '2020-05-26T07:20:00Z')
  for (const text of [
    '2020-05-26T09:20',
    '2020-05-26',
    '2020-05-26T24:00Z',
    '2020-05-26T09:20:60Z',
    '2020-05-26T09:20:00.1234567891Z',
    'nigdy',
  ])
    assert.equal(readInstant(text), null, text)
})
