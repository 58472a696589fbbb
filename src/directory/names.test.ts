import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageWords, words } from '../platform/words.js'
import { testLeszno } from '../../tests/support/office.js'
import { bringIn, fullName, fullUnitName, nameIn, polishName, summaryIn, unitName, type Directory, type Service } from './index.js'

const { directory: office } = await testLeszno()
const serviceOf = ({ services }: Directory, id: string): Service => services.get(id) ?? assert.fail(id)
const cars = serviceOf(office, 'rejestracja-pojazdow')
const bare: Service = { ...cars, translations: { en: { name: 'Vehicle registration' } } }
const cards = 'wydzial-spraw-obywatelskich/dowody-osobiste'

test('in Polish everything is as the office says it', () => {
  const t = words('pl')
  assert.equal(nameIn(t, cars), 'Rejestracja pojazdów')
  assert.equal(fullName(t, cars), 'Rejestracja pojazdów')
  assert.equal(polishName(t, cars), null)
  assert.equal(summaryIn(t, cars), cars.summary)
  assert.deepEqual(bringIn(t, cars), cars.bring)
  assert.equal(fullUnitName(t, office, cards), 'Wydział Spraw Obywatelskich – Dowody osobiste')
})

test('in another language it is as the office says it in that language, with the Polish beside it where it is needed', () => {
  const t = words('uk')
  assert.equal(nameIn(t, cars), 'Реєстрація транспортних засобів')
  assert.equal(fullName(t, cars), 'Реєстрація транспортних засобів / Rejestracja pojazdów')
  assert.equal(polishName(t, cars), 'Rejestracja pojazdów')
  assert.equal(summaryIn(t, cars), 'новий або вживаний транспортний засіб, придбаний у Польщі')
  assert.equal(bringIn(t, cars)[0], 'заповнена заява про реєстрацію / wypełniony wniosek o rejestrację')
  assert.equal(unitName(t, office, cards), 'Відділ у справах громадян – Посвідчення особи')
  assert.equal(
    fullUnitName(words('en'), office, cards),
    'Citizens’ Affairs Department – Identity cards / Wydział Spraw Obywatelskich – Dowody osobiste',
  )
})

test('what is not translated is Polish and marked on a page: a whole language, or a part of the words', () => {
  const [en, uk] = [pageWords('en'), pageWords('uk')]
  const marked = (text: string): string => en.polish(text)
  assert.notEqual(marked('a'), 'a')
  assert.equal(nameIn(uk, bare), marked(cars.name))
  assert.equal(fullName(uk, bare), marked(cars.name))
  assert.equal(polishName(uk, bare), null)
  assert.equal(fullName(en, bare), `Vehicle registration / ${marked(cars.name)}`)
  assert.equal(summaryIn(en, bare), marked(cars.summary ?? ''))
  assert.deepEqual(bringIn(en, bare), cars.bring.map(marked))
  assert.equal(summaryIn(en, { ...bare, summary: null }), null)
  const units = new Map(office.units)
  const { translations: _names, ...department } = units.get('wydzial-spraw-obywatelskich') ?? assert.fail()
  units.set(department.id, department)
  const half: Directory = { ...office, units, unitAndParents: (id) => office.unitAndParents(id).map((unit) => units.get(unit.id) ?? unit) }
  assert.equal(
    fullUnitName(en, half, cards),
    `${marked('Wydział Spraw Obywatelskich')} – Identity cards / ${marked('Wydział Spraw Obywatelskich – Dowody osobiste')}`,
  )
})
