/**
 * The search on a catalogue of 500 matters: 400 questions as people type them, in two halves. The
 * second half is counted only: nobody reads it, so that the search is not made to fit it.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { catalogueDirectory, questions } from '../../../tests/support/catalogue.js'
import { folded, searchCharactersMax, searchLifeEvents, searchMatters, searchServices, type SearchedOffice } from '../search.js'

const office = catalogueDirectory()
const idsOf = (typed: string): readonly string[] => searchServices(office, typed).map((service) => service.id)
const names = [...office.services.values()].map((service) => service.name)
const anyName = fc.constantFrom(...names)

/** Of a hundred questions, how many must have a right answer among the first three. */
const percentMin = 95

test('the catalogue holds 500 matters of different names, and 200 questions stand in each half', () => {
  assert.equal(new Set(names).size, 500)
  for (const set of ['dev', 'test'] as const) {
    assert.equal(questions(set).length, 200)
    for (const { expect } of questions(set)) assert.ok(expect.length > 0 && expect.every((id) => office.services.has(id)))
  }
  assert.deepEqual(
    questions('test').filter(({ q }) => questions('dev').some((each) => each.q === q)),
    [],
  )
})

for (const set of ['dev', 'test'] as const)
  test(`of the questions of the half "${set}" at least ${percentMin} in a hundred find a right answer among the first three`, (context) => {
    const byKind = Map.groupBy(questions(set), ({ kind }) => kind)
    let found = 0
    for (const [kind, asked] of byKind) {
      const right = asked.filter(({ q, expect }) =>
        idsOf(q)
          .slice(0, 3)
          .some((id) => expect.includes(id)),
      ).length
      context.diagnostic(`${kind}: ${right} of ${asked.length}`)
      found += right
    }
    assert.ok(found * 100 >= percentMin * questions(set).length, `${found} of ${questions(set).length}`)
  })

test('the name of a matter finds it first, in capitals and without Polish letters too', () => {
  for (const { id, name } of office.services.values())
    for (const typed of [name, name.toUpperCase(), folded(name)]) assert.equal(idsOf(typed)[0], id, typed)
})

/** The text with its longest word changed in the middle. */
function mistyped(text: string, change: (word: string, middle: number) => string): string {
  const longest = text.split(' ').reduce((a, b) => (b.length > a.length ? b : a))
  return text.replace(longest, change(longest, longest.length >> 1))
}

const errors = {
  'a letter missing': (word: string, at: number) => word.slice(0, at) + word.slice(at + 1),
  'a letter too many': (word: string, at: number) => `${word.slice(0, at)}x${word.slice(at)}`,
  'a wrong letter': (word: string, at: number) => `${word.slice(0, at)}x${word.slice(at + 1)}`,
  'two letters swapped': (word: string, at: number) => word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1),
}
for (const [error, change] of Object.entries(errors))
  test(`with ${error} in its longest word a name still finds its matter among the first three, 99 times in a hundred`, () => {
    const missed = [...office.services.values()].filter(({ id, name }) => !idsOf(mistyped(name, change)).slice(0, 3).includes(id))
    assert.ok(missed.length <= names.length / 100, missed.map(({ name }) => mistyped(name, change)).join('; '))
  })

test('Polish letters and capitals do not count', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...names.flatMap((name) => name.split(' '))), { minLength: 1, maxLength: 4 }), (words) => {
      const typed = words.join(' ')
      assert.deepEqual(idsOf(folded(typed)), idsOf(typed))
      assert.deepEqual(idsOf(typed.toUpperCase()), idsOf(typed))
    }),
  )
})

test('whatever is typed, each matter is found at most once and nothing is thrown', () => {
  const any = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: 'grapheme', maxLength: 400 }), anyName)
  fc.assert(
    fc.property(fc.array(any, { maxLength: 5 }), (parts) => {
      const typed = parts.join(' ')
      const ids = idsOf(typed)
      assert.equal(new Set(ids).size, ids.length)
      assert.deepEqual(idsOf(typed), ids)
      assert.deepEqual(idsOf(typed.slice(0, searchCharactersMax)), ids)
      assert.ok(searchLifeEvents(office, typed).length <= office.lifeEvents.size)
    }),
  )
})

test('nothing typed and nothing that fits is nothing', () => {
  for (const typed of ['', '   ', '?!', 'qwxzvbn']) assert.deepEqual(searchMatters(office, typed), [], typed)
})

test('two letters swapped, and two words written together, are understood', () => {
  assert.equal(idsOf('becikoew')[0], idsOf('becikowe')[0])
  assert.deepEqual(idsOf('prawojazdy'), idsOf('prawo jazdy'))
})

test('what another office handles is found in its place, and says so', () => {
  const unknown = { where: null, phone: null, website: null, source: 'https://example.pl' }
  const passport = { id: 'paszporty', name: 'Paszport', keywords: ['паспорт', 'passport'], who: 'Urząd Wojewódzki', ...unknown }
  const withPassports: SearchedOffice = { ...office, elsewhere: new Map([[passport.id, passport]]) }
  for (const typed of ['paszport', 'PASZPORTU', 'passport', 'паспорт', 'paszprot'])
    assert.deepEqual(searchMatters(withPassports, typed)[0], { kind: 'elsewhere', elsewhere: passport }, typed)
  assert.deepEqual(searchServices(withPassports, 'paszport'), searchServices(office, 'paszport'))
})

test('a life event is found by its name in each language', () => {
  for (const event of office.lifeEvents.values())
    for (const name of Object.values(event.name)) assert.equal(searchLifeEvents(office, name)[0], event, name)
})
