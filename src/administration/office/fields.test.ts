/** A thing of the office, typed into its form, is read as it was. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoFile } from '../../../tests/support/office.js'
import { bodyOf } from '../../../tests/support/schema-form.js'
import { officeParts, type OfficeFile, type Thing } from '../../directory/index.js'
import { words } from '../../platform/words.js'
import { inRow, type Field } from '../form/fields.js'
import { edited } from './edit.js'
import { fieldAt, fieldsOfPart, readThing, typedThing } from './fields.js'
import { wordsOfPart } from './labels.js'
import { judge } from './judge.js'
import { partPages, slugOf } from './parts.js'

const file = lesznoFile()
const t = words('pl')

test('every thing of the example, saved as its form shows it, stays as it is', () => {
  for (const { part, things } of officeParts)
    for (const [subject, thing] of things(file)) {
      const fields = fieldsOfPart(part)
      const { thing: read, errors } = readThing(part, fields, bodyOf(fields, typedThing(fields, thing)), thing)
      assert.deepEqual(errors, [], `${part} ${subject}`)
      assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(thing)), `${part} ${subject}`)
    }
})

const all = (fields: readonly Field[]): readonly Field[] =>
  fields.flatMap((field) => (field.type === 'rows' ? [field, ...field.fields.map((each) => inRow(field, 0, each))] : [field]))

test('every field of every part has a name in Polish, every answer too, and none is asked for as data', () => {
  for (const { part } of partPages)
    for (const field of all(fieldsOfPart(part))) {
      const say = wordsOfPart(t, part)
      const name = field.path.join('.')
      assert.notEqual(field.type, 'data', `${part} ${name}`)
      assert.notEqual(say.label(field), field.path.filter((each) => !/^\d+$/.test(each)).join('.'), `${part} ${name} has no name`)
      if ((field.type === 'choice' || field.type === 'choices') && !field.values.every((value) => /^\d+$/.test(value)))
        for (const value of field.values) assert.notEqual(say.value(field, value), value, `${part} ${name} ${value} has no name`)
    }
})

test('every part of the file has a page, and every page is of a part', () => {
  assert.deepEqual(new Set(partPages.map(({ part }) => part)), new Set(officeParts.map(({ part }) => part)))
  assert.equal(new Set(partPages.map(({ slug }) => slug)).size, partPages.length)
})

test('phones are typed as people write them', () => {
  const fields = fieldsOfPart('unit')
  const unit = file.units[0] as unknown as Thing
  const body = { ...bodyOf(fields, typedThing(fields, unit)), 'p-phones': '65 529 81 00\n0048 65 529-81-01', 'p-fax': '' }
  const { thing } = readThing('unit', fields, body, unit)
  assert.deepEqual(thing['phones'], ['+48655298100', '+48655298101'])
})

test('a fault stands at its field, also in a row after an empty one', () => {
  const fields = fieldsOfPart('service')
  const body = { 'p-fees-1-kind': 'stamp-duty', 'p-fees-1-name': 'opłata', 'p-fees-1-pln': '-5' }
  assert.equal(fieldAt(fields, '/fees/0/pln', body), 'p-fees-1-pln')
  assert.equal(fieldAt(fields, '/translations/en/name', body), 'p-translations-en-name')
  assert.equal(fieldAt(fields, '/bring/3', body), 'p-bring')
  assert.equal(fieldAt(fields, '/signature', body), 'p-signature-value')
  assert.equal(fieldAt(fields, '', body), null)
  const wrong = (change: (service: any) => void): readonly string[] => {
    const service = structuredClone(file.services[0]) as any
    change(service)
    const then = edited(file, { part: 'service', subject: service.id, thing: service }, () => false)
    return judge(file, then.file, { part: 'service', subject: service.id, fields, body }).errors.map(({ field }) => field)
  }
  assert.deepEqual(
    wrong((service) => (service.durationMinutes = 7)),
    ['p-durationMinutes'],
  )
  assert.deepEqual(
    wrong((service) => (service.unitId = 'nie-ma')),
    ['p-unitId'],
  )
  assert.deepEqual(
    wrong((service) => (service.translations.en = { summary: 'x' })),
    ['p-translations-en-name'],
  )
})

test("an old fault of another thing is nobody's new conflict", () => {
  const old = lesznoFile((each) => (each.services[3].stepMinutes = 60))
  const desk = { ...(old.desks[0] as object), label: '9' }
  const then = edited(old, { part: 'desk', subject: old.desks[0]?.slug ?? '', thing: desk }, () => false)
  assert.deepEqual(judge(old, then.file, null), { errors: [], conflicts: [] })
})

test('names become ids without accents, and an id once given is not given again', () => {
  assert.equal(slugOf('Wydział Żółtych Łódek (II)'), 'wydzial-zoltych-lodek-ii')
  assert.equal(slugOf('—'), 'bez-nazwy')
  const { slug: _slug, ...desk } = file.desks[0] as OfficeFile['desks'][number]
  const { subject } = edited(file, { part: 'desk', subject: null, thing: desk }, (id) => id === 'karasia-15/biuro-obslugi/1-2')
  assert.equal(subject, 'karasia-15/biuro-obslugi/1-3')
})
