/** What is said of an act in one form is said in every other: document, rule book, fields of the form, own words. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectFile } from '../../platform/paths.js'
import { bookFrom, checkActs, type ActsDocument, type ProvisionDocument } from '../../regulation/index.js'
import { firstMorning, lesznoActs } from '../../../tests/support/office.js'
import { documentOfAct, placeKey, strangersIn, withPlaces } from './document.js'
import { fieldName } from '../form/fields.js'
import { groupName } from '../form/read.js'
import { fieldsByKind } from './fields.js'
import { readProvision } from './read-provision.js'
import { byParagraph, slugOf } from './rules.js'
import { anchorOf, linesOf, nearestAnchor } from './text.js'
import { typedProvision } from './typed.js'

const acts = lesznoActs() as ActsDocument
/** And of the offices whose rules are test data. */
const others = globSync('tests/variants/*.json', { cwd: projectFile() }).flatMap(
  (file) => (JSON.parse(readFileSync(projectFile(file), 'utf8')) as { acts: ActsDocument }).acts.acts,
)
const all = [...acts.acts, ...others].flatMap((act) => act.provisions)

test('every act of the example is exported as its file says it', () => {
  const book = bookFrom(acts, firstMorning)
  for (const [index, act] of book.acts.entries()) {
    const exported = documentOfAct(book, act)
    assert.deepEqual(checkActs(exported), [])
    // The source of a single rule is for readers of the file and is not kept.
    const written = acts.acts[index] as ActsDocument['acts'][number]
    const provisions = written.provisions.map(({ source: _source, ...each }) => each)
    const [said] = exported.acts
    assert.deepEqual(
      plain({ ...said, provisions: byWord(said?.provisions ?? []) }),
      plain({ ...written, repeals: named(written.repeals), upholds: named(written.upholds), provisions: byWord(provisions) }),
    )
    assert.ok((exported.conditions ?? []).every((each) => acts.conditions?.some(({ id }) => id === each.id)))
  }
})

test('every provision of the examples, typed into its form, is read as it was', () => {
  for (const provision of all) {
    const { provision: read, errors } = readProvision(typedBody(provision), provision.kind, provision.id, provision)
    assert.deepEqual(errors, [], provision.id)
    assert.deepEqual(plain(read), plain(provision), provision.id)
  }
})

test('every kind the schema knows has fields that a form can show', () => {
  assert.ok(fieldsByKind().size >= 15)
  for (const [kind, fields] of fieldsByKind())
    for (const field of fields) assert.notEqual(field.type, 'data', `${kind} ${fieldName(field)} is asked for as data`)
})

test('what is wrong is said at its field', () => {
  assert.deepEqual(wrongIn('hours', { 'p-intervals': '15:30–7:30' }), ['p-intervals intervals'])
  assert.deepEqual(wrongIn('clients-per-desk', { 'p-limit': '' }), ['p-limit needed'])
  assert.deepEqual(wrongIn('hours', { 'p-intervals': 'Nieczynne' }), [])
  assert.deepEqual(wrongIn('clients-per-desk', { 'p-limit': 'jeden' }), ['p-limit number'])
  assert.deepEqual(wrongIn('clients-per-desk', { 'p-limit': '1', reference: '' }), ['reference reference'])
  assert.deepEqual(wrongIn('clients-per-desk', { 'p-limit': '1', from: '2.05.2026', until: '1.05.2026' }), ['until ends-before'])
  assert.deepEqual(wrongIn('clients-per-desk', { 'p-limit': '1', 'season-from': '1.07' }), ['season-until month-day'])
  assert.deepEqual(wrongIn('day-off', { 'p-name': 'Święto', 'p-holiday-type': 'fixed', 'p-holiday-monthDay': '31.04' }), [
    'p-holiday-monthDay month-day',
  ])
  // Left over from another answer: not asked, not read.
  const left = { reference: '§ 1', 'p-name': 'Wielkanoc', 'p-holiday-type': 'easter', 'p-holiday-days': '0', 'p-holiday-monthDay': '3.05' }
  assert.deepEqual(readProvision(left, 'day-off', 'easter', null).provision.parameters, {
    name: 'Wielkanoc',
    holiday: { type: 'easter', days: 0 },
  })
})

test("another office's places are asked about, and a rule that would lose all of them is left out", () => {
  const foreign: ActsDocument = {
    acts: [
      {
        id: 'X/1/2026',
        number: 'X/1/2026',
        title: 'w sprawie',
        issuer: 'Burmistrz',
        rank: 'ordinance',
        provisions: [
          { id: 'a', reference: '§ 1', kind: 'clients-per-desk', parameters: { limit: 1 }, scope: { building: ['ratusz'], unit: ['usc'] } },
          { id: 'b', reference: '§ 2', kind: 'clients-per-desk', parameters: { limit: 2 }, scope: { building: ['ratusz', 'szkola'] } },
          { id: 'c', reference: '§ 3', kind: 'clients-per-desk', parameters: { limit: 3 }, scope: { building: ['szkola'] } },
        ],
      },
    ],
  }
  const strangers = strangersIn(foreign, (kind, id) => kind === 'unit' && id === 'usc')
  assert.deepEqual(
    strangers.map(({ id, references }) => [id, references]),
    [
      ['ratusz', ['§ 1', '§ 2']],
      ['szkola', ['§ 2', '§ 3']],
    ],
  )
  const map = new Map([
    [placeKey('building', 'ratusz'), 'karasia-15'],
    [placeKey('building', 'szkola'), null],
  ])
  assert.deepEqual(
    withPlaces(foreign, map).acts[0]?.provisions.map(({ id, scope }) => [id, scope]),
    [
      ['a', { building: ['karasia-15'], unit: ['usc'] }],
      ['b', { building: ['karasia-15'] }],
    ],
  )
})

test('the words of the ordinance are cut where its paragraphs begin', () => {
  const text = [
    'Zarządzenie Nr K/219/2020',
    'z 22 maja 2020 roku',
    '1. Nie jest paragrafem.',
    '\t\t § 1',
    '1. Z dniem 25 maja 2020 roku wznawia się obsługę.',
    '4. W tym samym czasie dopuszczalna liczba …',
    '§ 2',
    'Osobista wizyta jest możliwa:',
    '1) w przypadku, gdy wymagany jest podpis:',
    'a) za pośrednictwem ESP,',
    'b) pocztą,',
    '2) gdy podpis nie jest wymagany.',
    '§ 3. 1. Przy załatwianiu spraw:',
    'poz. 374 ze zm.',
    '1) nakaz zasłaniania nosa i ust,',
  ].join('\n')
  const lines = linesOf(text)
  assert.deepEqual(
    lines.flatMap(({ anchor }) => (anchor === null ? [] : [anchor])),
    [
      'par-1',
      'par-1-ust-1',
      'par-1-ust-4',
      'par-2',
      'par-2-pkt-1',
      'par-2-pkt-1-lit-a',
      'par-2-pkt-1-lit-b',
      'par-2-pkt-2',
      'par-3-ust-1',
      'par-3-ust-1-pkt-1',
    ],
  )
  assert.equal(anchorOf('§ 2 pkt 1 lit. a'), 'par-2-pkt-1-lit-a')
  assert.equal(anchorOf('art. 63 § 1'), 'art-63')
  assert.equal(anchorOf('zwykłe godziny'), null)
  assert.deepEqual(nearestAnchor('§ 1 ust. 4', lines), { anchor: 'par-1-ust-4', exact: true })
  assert.deepEqual(nearestAnchor('§ 1 ust. 9', lines), { anchor: 'par-1', exact: false })
  // "§ 3. 1." begins both on one line.
  assert.deepEqual(nearestAnchor('§ 3', lines), { anchor: 'par-3-ust-1', exact: true })
  assert.equal(nearestAnchor('§ 9', lines), null)
})

test('rules stand in the order of their paragraphs', () => {
  const order = byParagraph(['§ 2', '§ 1 ust. 10', '§ 1 ust. 9'].map((reference) => ({ reference })))
  assert.deepEqual(
    order.map(({ reference }) => reference),
    ['§ 1 ust. 9', '§ 1 ust. 10', '§ 2'],
  )
})

test('acts have addresses of their own', () => {
  assert.equal(slugOf('K/219/2020'), 'k-219-2020')
  assert.equal(slugOf('Dz.U. 2020 poz. 878'), 'dz-u-2020-poz-878')
  const slugs = acts.acts.map((act) => slugOf(act.id))
  assert.equal(new Set(slugs).size, slugs.length)
})

/** Fields with their faults. */
function wrongIn(kind: string, body: Record<string, unknown>): readonly string[] {
  const { errors } = readProvision({ reference: '§ 1', ...body }, kind, kind, null)
  return errors.map((each) => `${each.field} ${each.message.split('.error.')[1]}`)
}

/** A provision as its form would send it. */
function typedBody(provision: ProvisionDocument): Record<string, string | readonly string[]> {
  const typed = typedProvision(provision)
  const plainNames = ['reference', 'from', 'until', 'condition', 'binding', 'season-from', 'season-until', 'dates-from', 'dates-until']
  const lists = ['scope-building', 'scope-room', 'scope-unit', 'scope-service', 'scope-weekday']
  const body: Record<string, string | readonly string[]> = {}
  for (const name of plainNames) body[name] = typed.text(name)
  for (const name of lists) body[name] = typed.list(name)
  for (const field of fieldsByKind().get(provision.kind) ?? []) {
    const name = fieldName(field)
    if (field.type === 'choices') body[name] = typed.list(name)
    else if (field.type === 'groups')
      for (let index = 0; index < 10; index++) body[groupName(name, index)] = typed.list(groupName(name, index))
    else body[name] = typed.text(name)
    if (field.type === 'text') body[`${name}-other`] = typed.text(`${name}-other`)
  }
  return body
}

/** Names of other acts as the export writes them. */
function named(list: ActsDocument['acts'][number]['repeals']): unknown {
  return list?.map((each) => (typeof each === 'string' ? { act: each } : each))
}

function byWord(provisions: readonly ProvisionDocument[]): readonly ProvisionDocument[] {
  return provisions.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Without what is undefined; keys in order do not matter to deepEqual. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}
