/** What is said of a call: numbers as a person reads them, places that can be said, and a clip for every word. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile } from '../platform/paths.js'
import { numberClips, pause, spokenLetters, voiceLanguages, type Clip } from '../platform/spoken.js'
import { clipsOf, clipWords, gong } from './voice.js'

const folder = projectFile('src/display/audio')
const words = new Map(voiceLanguages.flatMap((language) => [...clipWords(language)]))
const said = (clips: readonly Clip[]): string => clips.map((clip) => (clip === pause ? '|' : (words.get(clip) ?? `?${clip}`))).join(' ')
const call = { ticket: 'A041', desk: '4', room: '14', sayRoom: false }

test('a call is read as a person reads it: no leading zeros, first the number, then the place', () => {
  assert.equal(said(clipsOf(call, 'pl')), 'numer a | czterdzieści jeden | stanowisko cztery')
  assert.equal(said(clipsOf(call, 'en')), 'number A | forty-one | desk four')
  assert.equal(said(clipsOf({ ...call, sayRoom: true }, 'pl')), 'numer a | czterdzieści jeden | pokój czternaście | stanowisko cztery')
  assert.equal(said(clipsOf({ ...call, ticket: '700' }, 'pl')), 'numer siedemset | stanowisko cztery')
})

test('numbers from 0 to 9,999', () => {
  const read: Record<number, string> = {
    0: 'zero',
    7: 'siedem',
    12: 'dwanaście',
    20: 'dwadzieścia',
    41: 'czterdzieści jeden',
    100: 'sto',
    101: 'sto jeden',
    219: 'dwieście dziewiętnaście',
    999: 'dziewięćset dziewięćdziesiąt dziewięć',
    1000: 'tysiąc',
    2022: 'dwa tysiące dwadzieścia dwa',
    5600: 'pięć tysięcy sześćset',
    9999: 'dziewięć tysięcy dziewięćset dziewięćdziesiąt dziewięć',
  }
  for (const [value, text] of Object.entries(read)) assert.equal(said(numberClips(Number(value), 'pl')), text)
  assert.equal(said(numberClips(1_342, 'en')), 'one thousand three hundred forty-two')
  for (const language of voiceLanguages) {
    const heard = Array.from({ length: 10_000 }, (_, value) => said(numberClips(value, language)))
    assert.equal(new Set(heard).size, 10_000, 'no two numbers sound alike')
    assert.ok(heard.every((text) => text !== '' && !text.includes('?')))
  }
  for (const value of [-1, 10_000, 1.5, Number.NaN]) assert.throws(() => numberClips(value, 'pl'), RangeError)
})

test('every letter of a ticket has its own name', () => {
  for (const language of voiceLanguages) {
    const heard = spokenLetters.map((letter) => said(clipsOf({ ...call, ticket: `${letter}001` }, language)).split(' ')[1])
    assert.equal(new Set(heard).size, 23)
    assert.ok(heard.every((name) => name !== undefined && !name.startsWith('?')))
  }
  for (const letter of 'IOU') assert.ok(!spokenLetters.includes(letter))
})

test('a desk with a name is found by its room; where that has a name too, people are asked to look', () => {
  assert.equal(said(clipsOf({ ...call, desk: 'Kasa' }, 'pl')), 'numer a | czterdzieści jeden | pokój czternaście')
  assert.equal(said(clipsOf({ ...call, desk: 'Kasa', room: '14a' }, 'pl')), 'numer a | czterdzieści jeden | pokój czternaście a')
  assert.equal(said(clipsOf({ ...call, desk: 'Kasa', room: 'Hol' }, 'pl')), 'numer a | czterdzieści jeden | proszę spojrzeć na ekran')
  assert.equal(said(clipsOf({ ...call, room: 'Hol', sayRoom: true }, 'pl')), 'numer a | czterdzieści jeden | stanowisko cztery')
  assert.equal(said(clipsOf({ ...call, room: '3o', desk: '019' }, 'pl')), 'numer a | czterdzieści jeden | stanowisko dziewiętnaście')
  assert.equal(said(clipsOf({ ...call, ticket: 'strange' }, 'pl')), 'numer proszę spojrzeć na ekran | stanowisko cztery')
})

test('every clip lies with the sources, is Opus, and all are small; nothing else lies there', () => {
  const listed = [gong, ...words.keys()].map((clip) => `${clip}.opus`)
  for (const file of listed) {
    assert.ok(existsSync(`${folder}/${file}`), `${file} is missing: npm run voice`)
    const bytes = readFileSync(`${folder}/${file}`)
    assert.deepEqual([bytes.toString('latin1', 0, 4), bytes.toString('latin1', 28, 36)], ['OggS', 'OpusHead'], file)
  }
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.opus'))
  assert.deepEqual(found.toSorted(), listed.toSorted())
  assert.ok(listed.reduce((sum, file) => sum + statSync(`${folder}/${file}`).size, 0) < 3 * 1_024 * 1_024)
  assert.ok(existsSync(`${folder}/NOTICE`))
})
