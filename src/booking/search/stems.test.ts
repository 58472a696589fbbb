import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { meanings, silent } from './everyday.js'
import { folded, stemOf, wordsOf } from './stems.js'

test('marks and capitals do not count', () => {
  assert.equal(folded('Żółć Łąka'), 'zolc laka')
})

test('words are parted by anything but letters and digits, and an apostrophe is part of its word', () => {
  assert.deepEqual(wordsOf(' Dowód-osobisty, B+E (2×)  '), ['dowod', 'osobisty', 'b', 'e', '2'])
  assert.deepEqual(wordsOf('об’єкт'), ['обєкт'])
})

/** Forms of one word, each family on a line. */
const families: readonly (readonly string[])[] = [
  ['dowód', 'dowodu', 'dowody', 'dowodem', 'dowodzie', 'dowodów'],
  ['samochód', 'samochodu', 'samochodem', 'samochody', 'samochodów'],
  ['rejestracja', 'rejestracji', 'rejestrację', 'rejestracją', 'rejestracyjny', 'rejestracyjnego', 'rejestruję', 'rejestrować'],
  ['podatek', 'podatku', 'podatki', 'podatkiem', 'podatków'],
  ['drzewo', 'drzewa', 'drzew', 'drzewami', 'drzewem'],
  ['mieszkanie', 'mieszkania', 'mieszkaniem', 'mieszkań'],
  ['zgubiłem', 'zgubiłam', 'zgubiony', 'zgubionego', 'zgubić', 'zgubili'],
  ['nieruchomość', 'nieruchomości', 'nieruchomością'],
  ['osobisty', 'osobistego', 'osobistym', 'osobiste', 'osobista'],
  ['działka', 'działki', 'działkę', 'działce'].slice(0, 3),
  ['licence', 'licences'],
  ['реєстрація', 'реєстрації', 'реєстрацію'],
  ['посвідчення', 'посвідченням', 'посвідченню'],
]

test('the forms of a word have one stem', () => {
  for (const family of families) assert.equal(new Set(family.flatMap(wordsOf).map(stemOf)).size, 1, family.join(' '))
})

test('no two of these words have the same stem', () => {
  const stems = families.map(([word]) => stemOf(folded(word as string)))
  assert.equal(new Set(stems).size, families.length)
})

test('a word of digits or of three letters is its own stem', () => {
  for (const word of ['usc', 'dom', 'vat', '2020', 'pit37']) assert.equal(stemOf(word), word)
})

test('a stem begins its word and is not empty, whatever the word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
      for (const word of wordsOf(text)) assert.ok(stemOf(word) !== '' && word.startsWith(stemOf(word)), word)
    }),
  )
})

test('folding what is folded changes nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(folded(folded(text)), folded(text))))
})

test('a stem has one meaning, and a word that has one is not said in silence', () => {
  const first = new Map<string, string>()
  for (const line of meanings) {
    const key = line.join(' ')
    for (const stem of line.flatMap(wordsOf).map(stemOf)) {
      assert.equal(first.get(stem) ?? key, key, stem)
      first.set(stem, key)
    }
    for (const word of line.flatMap(wordsOf)) assert.ok(!silent.flatMap(wordsOf).includes(word), word)
  }
})
