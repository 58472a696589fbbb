import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageWords, words } from '../platform/words.js'
import { testLeszno } from '../../tests/support/office.js'
import { bothText, bringIn, fullName, fullUnitName, nameIn, summaryIn, unitName, type Directory, type Service } from './index.js'

const { directory: office } = await testLeszno()
const serviceOf = ({ services }: Directory, id: string): Service => services.get(id) ?? assert.fail(id)
const cars = serviceOf(office, 'rejestracja-pojazdow')
const bare: Service = { ...cars, translations: { en: { name: 'Vehicle registration' } } }
const cards = 'wydzial-spraw-obywatelskich/dowody-osobiste'

test('in Polish everything is as the office says it', () => {
  const t = words('pl')
  assert.equal(nameIn(t, cars), 'Rejestracja pojazdów')
  assert.deepEqual(fullName(t, cars), { own: 'Rejestracja pojazdów', polish: null })
  assert.equal(summaryIn(t, cars), cars.summary)
  assert.deepEqual(bringIn(t, cars).map(bothText), cars.bring)
  assert.deepEqual(fullUnitName(t, office, cards), { own: 'Wydział Spraw Obywatelskich – Dowody osobiste', polish: null })
})

test('in another language it is as the office says it in that language, with the Polish beside it where it is needed', () => {
  const t = words('uk')
  assert.equal(nameIn(t, cars), 'Реєстрація транспортних засобів')
  assert.equal(bothText(fullName(t, cars)), 'Реєстрація транспортних засобів / Rejestracja pojazdów')
  assert.equal(summaryIn(t, cars), 'новий або вживаний транспортний засіб, придбаний у Польщі')
  assert.deepEqual(bringIn(t, cars)[0], { own: 'заповнена заява про реєстрацію', polish: 'wypełniony wniosek o rejestrację' })
  assert.equal(unitName(t, office, cards), 'Відділ у справах громадян – Посвідчення особи')
  assert.deepEqual(fullUnitName(words('en'), office, cards), {
    own: 'Citizens’ Affairs Department – Identity cards',
    polish: 'Wydział Spraw Obywatelskich – Dowody osobiste',
  })
})

test('what is not translated is Polish and marked on a page: a whole language, or a part of the words', () => {
  const [en, uk] = [pageWords('en'), pageWords('uk')]
  const marked = (text: string): string => en.polish(text)
  assert.notEqual(marked('a'), 'a')
  assert.equal(nameIn(uk, bare), marked(cars.name))
  assert.deepEqual(fullName(uk, bare), { own: marked(cars.name), polish: null })
  assert.deepEqual(fullName(en, bare), { own: 'Vehicle registration', polish: marked(cars.name) })
  assert.equal(summaryIn(en, bare), marked(cars.summary ?? ''))
  assert.deepEqual(bringIn(en, bare).map(bothText), cars.bring.map(marked))
  assert.equal(summaryIn(en, { ...bare, summary: null }), null)
  const units = new Map(office.units)
  const { translations: _names, ...department } = units.get('wydzial-spraw-obywatelskich') ?? assert.fail()
  units.set(department.id, department)
  const half: Directory = { ...office, units, unitAndParents: (id) => office.unitAndParents(id).map((unit) => units.get(unit.id) ?? unit) }
  assert.deepEqual(fullUnitName(en, half, cards), {
    own: `${marked('Wydział Spraw Obywatelskich')} – Identity cards`,
    polish: marked('Wydział Spraw Obywatelskich – Dowody osobiste'),
  })
})
