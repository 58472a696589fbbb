import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '../../src/platform/words.js'
import { citizenSentences, endingProblems, jargonProblems, lengthProblems, meanWords } from './plain.js'

for (const language of languages) {
  test(`the sentences of citizens' pages are short in ${language}`, () => {
    const sentences = citizenSentences(language)
    assert.ok(sentences.filter(({ whole }) => whole).length > 100, `mean ${meanWords(sentences).toFixed(1)}`)
    assert.deepEqual(lengthProblems(language), [])
  })
}

for (const language of languages) {
  test(`no sentence in ${language} ends with two full stops, whatever stands at its end`, () => {
    assert.deepEqual(endingProblems(language), [])
  })
}

test('what would end in two full stops is found in any form of a plural; a whole sentence may end in an abbreviation', () => {
  const found = endingProblems(
    'pl',
    new Map([
      ['a.1', '{count} godz.'],
      ['a.2', '{count, plural, one {# godzina} other {# godz.}}'],
      ['ok.1', '{count} min'],
      ['ok.2', 'Urząd odpowiada w ciągu {hours} godz.'],
      ['ok.3', 'Proszę poczekać.'],
    ]),
  )
  assert.deepEqual(
    found.map((each) => each.split(':')[1]),
    [' a.1', ' a.2'],
  )
})

test('Polish words are free of office jargon, and ask alike: "Proszę …"', () => {
  assert.deepEqual(jargonProblems(), [])
})

test('jargon is found however it is inflected, but not in other words nor in quotation marks', () => {
  const problems = jargonProblems(
    new Map([
      ['a.1', 'Interesantów obsługuje pokój 4.'],
      ['a.2', 'Należy przedłożyć dowód.'],
      ['a.3', 'Na podstawie niniejszego zarządzenia'],
      ['a.4', 'Prosimy czekać.'],
      ['b-staff.1', 'Prosimy czekać. Petent czeka.'],
      ['ok.1', 'Zainteresowani mogą zadzwonić.'],
      ['ok.2', 'Proszę nacisnąć „Prosimy czekać”.'],
    ]),
  )
  assert.deepEqual(
    problems.map((each) => each.split(':')[0]),
    ['a.1', 'a.2', 'a.3', 'a.4', 'b-staff.1'],
  )
})

test('a sentence is measured with its plurals and values, and an abbreviation does not end it', () => {
  const long = Array(26).fill('słowo').join(' ')
  assert.equal(lengthProblems('pl', [{ key: 'a.b', text: long, words: 26, whole: true }]).length, 2)
})
