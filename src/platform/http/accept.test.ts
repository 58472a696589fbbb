import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptsCoding, preferredType } from './accept.js'

const offered = ['application/json', 'text/csv', 'text/vcard'] as const

const cases: readonly (readonly [string | undefined, string | null])[] = [
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['text/csv', 'text/csv'],
  ['TEXT/VCARD; charset=utf-8', 'text/vcard'],
  ['text/*', 'text/csv'],
  ['text/csv;q=0.5, text/vcard', 'text/vcard'],
  ['text/html, */*;q=0.1', 'application/json'],
  ['text/html', null],
  ['application/json;q=0, text/csv;q=0.2', 'text/csv'],
  ['*/*;q=0', null],
  ['application/json;q=0, */*', 'text/csv'],
  ['text/csv;q=viel', null],
]
for (const [accept, expected] of cases) {
  test(`"${accept ?? '(none)'}" gets ${expected ?? 'nothing'}`, () => assert.equal(preferredType(accept, offered), expected))
}

test('a coding is taken when it is named and not ruled out', () => {
  assert.ok(acceptsCoding('gzip, deflate, br', 'br'))
  assert.ok(acceptsCoding('BR;q=0.5', 'br'))
  assert.ok(!acceptsCoding('gzip, br;q=0', 'br'))
  assert.ok(!acceptsCoding('gzip, brx', 'br'))
  assert.ok(!acceptsCoding(undefined, 'gzip'))
})
