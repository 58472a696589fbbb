import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testLeszno } from '../../tests/support/office.js'
import type { Service } from '../directory/index.js'
import { mattersFor } from './clerk-rules.js'
import { folded, isQuestion, searchMatters, searchServices } from './search.js'

const { directory } = await testLeszno()
const idsOf = (typed: string): ReadonlySet<string> => new Set(searchServices(directory, typed).map((service) => service.id))
const first = (typed: string): string | null => searchServices(directory, typed)[0]?.id ?? null

/** What people type, and the matter that must stand first; null: nothing is found, and nothing is made up. */
const typedAndFirst: readonly (readonly [string, string | null])[] = [
  ['dowód osobisty', 'dowody-osobiste'],
  ['dowod osobisty', 'dowody-osobiste'],
  ['dowód', 'dowody-osobiste'],
  ['DOWODU OSOBISTEGO', 'dowody-osobiste'],
  ['wymiana dowodu', 'dowody-osobiste'],
  ['rejestracja samochodu', 'rejestracja-pojazdow'],
  ['rejestracja pojazdu', 'rejestracja-pojazdow'],
  ['zarejestrować auto', 'rejestracja-pojazdow'],
  ['samochód', 'rejestracja-pojazdow'],
  ['rej poj', 'rejestracja-pojazdow'],
  ['samochód z Niemiec', 'rejestracja-pojazdu-z-zagranicy'],
  ['sprzedaż auta', 'nabycie-zbycie-pojazdu'],
  ['kupno samochodu', 'nabycie-zbycie-pojazdu'],
  ['złomowanie', 'wyrejestrowanie-pojazdu'],
  ['zgubione tablice', 'wtornik-dowodu-rejestracyjnego'],
  ['montaż haka', 'zmiana-danych-pojazdu'],
  ['prawo jazdy', 'wydanie-praw-jazdy'],
  ['prawka', 'wydanie-praw-jazdy'],
  ['wtórnik prawa jazdy', 'wymiana-prawa-jazdy'],
  ['międzynarodowe prawo jazdy', 'miedzynarodowe-prawo-jazdy'],
  ['zaświadczenie o zameldowaniu', 'zaswiadczenia-ewidencja-ludnosci'],
  ['meldunek', 'zameldowanie-decyzja'],
  ['zameldować się', 'zameldowanie-decyzja'],
  ['stan cywilny', 'usc-zaswiadczenie-o-stanie-cywilnym'],
  ['ślub', 'usc-zaswiadczenie-do-malzenstwa'],
  ['ślubu cywilnego', 'usc-zaswiadczenie-do-malzenstwa'],
  ['małżeństwo', 'usc-zaswiadczenie-do-malzenstwa'],
  ['zmiana nazwiska po rozwodzie', 'usc-powrot-do-nazwiska'],
  ['wycinka drzewa', 'usuniecie-drzew'],
  ['drzewo', 'usuniecie-drzew'],
  ['budowa domu', 'zgloszenie-budowy'],
  ['podatek', 'podatki-lokalne'],
  ['podatek od nieruchomości', 'podatki-lokalne'],
  ['złożyć wniosek', 'skladanie-dokumentow'],
  ['driving licence', 'wydanie-praw-jazdy'],
  ['car registration', 'rejestracja-pojazdow'],
  ['wedding', 'usc-zaswiadczenie-do-malzenstwa'],
  ['identity card', 'dowody-osobiste'],
  ['реєстрація автомобіля', 'rejestracja-pojazdow'],
  ['vehicle registration', 'rejestracja-pojazdow'],
  ['deregister a vehicle', 'wyrejestrowanie-pojazdu'],
  ['international permit', 'miedzynarodowe-prawo-jazdy'],
  ['population register', 'zaswiadczenia-ewidencja-ludnosci'],
  ['previous surname', 'usc-powrot-do-nazwiska'],
  ['local charges', 'podatki-lokalne'],
  ['посвідчення особи', 'dowody-osobiste'],
  ['транспортний засіб', 'rejestracja-pojazdow'],
  ['зняття з обліку', 'wyrejestrowanie-pojazdu'],
  ['реєстр населення', 'zaswiadczenia-ewidencja-ludnosci'],
  ['сімейний стан', 'usc-zaswiadczenie-o-stanie-cywilnym'],
  ['місцеві збори', 'podatki-lokalne'],
  ['водійські права', 'wydanie-praw-jazdy'],
  ['шлюб', 'usc-zaswiadczenie-do-malzenstwa'],
  ['паспорт', null],
  ['paszport', null],
  ['passport', null],
  ['becikowe', null],
]

for (const [typed, id] of typedAndFirst)
  test(`"${typed}" finds ${id ?? 'nothing'}`, () => {
    assert.equal(first(typed), id)
  })

test('the name of a matter in each language finds it first, in capitals too', () => {
  for (const { id, translations = {} } of directory.services.values()) {
    assert.deepEqual(Object.keys(translations), ['en', 'uk'], id)
    for (const { name } of Object.values(translations))
      for (const typed of [name, name.toUpperCase()]) assert.equal(first(typed), id, typed)
  }
})

test('what another office handles is found by its name in each language', () => {
  for (const { id, translations = {} } of directory.elsewhere.values())
    for (const { name } of Object.values(translations)) {
      const [found] = searchMatters(directory, name)
      assert.equal(found?.kind === 'elsewhere' && found.elsewhere.id, id, name)
    }
})

test('a form of a word finds the matters of all its forms', () => {
  for (const form of ['samochodu', 'samochodem', 'samochody', 'auta', 'autem', 'pojazdami'])
    assert.deepEqual(idsOf(form), idsOf('samochód'), form)
})

test('"prawo jazdy" finds the three matters of driving licences and no other', () => {
  const ids = searchServices(directory, 'prawo jazdy').map((service) => service.id)
  assert.deepEqual(ids.toSorted(), ['miedzynarodowe-prawo-jazdy', 'wydanie-praw-jazdy', 'wymiana-prawa-jazdy'])
})

test('"zaświadczenie" finds those of the population register and of the registry office', () => {
  const ids = new Set(searchServices(directory, 'zaświadczenie').map((service) => service.id))
  for (const id of ['zaswiadczenia-ewidencja-ludnosci', 'usc-zaswiadczenie-o-stanie-cywilnym', 'usc-zaswiadczenie-do-malzenstwa'])
    assert.ok(ids.has(id), id)
})

test('what is asked of the registry office without a matter of that name leads to its matters', () => {
  const found = searchServices(directory, 'akt urodzenia')
  assert.notEqual(found.length, 0)
  assert.ok(found.every((service) => service.unitId === 'usc'))
})

test('nothing typed, or blanks and signs alone, is no question', () => {
  for (const typed of ['', '  ', '?!']) {
    assert.deepEqual(searchServices(directory, typed), [])
    assert.equal(isQuestion(typed), false)
  }
})

test('a clerk finds what a citizen finds, papers that are left without booking aside', () => {
  const forClerk = (typed: string): readonly (Service | null)[] =>
    mattersFor(directory, typed).map((found) => (found.kind === 'service' ? found.service : null))
  for (const [typed, id] of typedAndFirst) if (id !== 'skladanie-dokumentow') assert.equal(forClerk(typed)[0]?.id ?? null, id, typed)
  assert.deepEqual(
    forClerk(''),
    [...directory.services.values()].filter((service) => !service.dropOff),
  )
})

test('marks and capitals do not count', () => {
  assert.equal(folded('Żółć Łąka'), 'zolc laka')
})
