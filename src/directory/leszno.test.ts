/**
 * The example office holds what its public sources say, no more and no less: the expected values
 * here were taken from the sources by hand, apart from the file.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoFile } from '../../tests/support/office.js'

const file = lesznoFile()
const unit = (id: string) => file.units.find((each) => each.id === id)
const service = (id: string) => file.services.find((each) => each.id === id)

test('the five buildings and every department of the source are there', () => {
  const departments: Record<string, readonly string[]> = {
    'karasia-15': [
      'Biuro Obsługi',
      'Wydział Organizacyjny',
      'Biuro Kadr i Płac',
      'Biuro Rady Miejskiej',
      'Wydział Podatków i Opłat',
      'Wydział Finansowo-Księgowy',
      'Biuro Zamówień Publicznych',
      'Biuro Prawne',
      'Biuro Prasowe',
      'Kontrola Wewnętrzna',
      'Biuro Informatyki',
      'Samodzielne stanowisko ds. kontaktów społecznych',
      'Pełnomocnik ds. PPP',
    ],
    'poniatowskiego-11': [
      'Powiatowy Zespół ds. Orzekania o Niepełnosprawności',
      'Biuro ds. Uzależnień',
      'Miejski Rzecznik Konsumentów',
      'Wydział Inwestycji',
      'Biuro Centralnych Rozliczeń VAT',
      'Audyt Wewnętrzny',
    ],
    'walowa-5': ['Wydział Komunikacji', 'Wydział Spraw Obywatelskich', 'Urząd Stanu Cywilnego', 'Wydział Ochrony Środowiska'],
    'jana-pawla-ii-21': ['Wydział Architektury, Planowania Przestrzennego i Budownictwa'],
    'jana-pawla-ii-21a': ['Wydział Promocji i Rozwoju'],
  }
  assert.deepEqual(file.buildings.map((each) => each.id).toSorted(), Object.keys(departments).toSorted())
  for (const [building, names] of Object.entries(departments)) {
    const held = file.units.filter((each) => each.buildingId === building && each.parentId === null).map((each) => each.name)
    assert.deepEqual(held.toSorted(), [...names].toSorted())
  }
})

test('phones, rooms and floors are those the pages give', () => {
  const expected: readonly (readonly [string, readonly string[], string | null])[] = [
    ['wydzial-komunikacji/prawa-jazdy', ['+48655476853', '+48655476850'], 'walowa-5/21'],
    ['wydzial-spraw-obywatelskich/dowody-osobiste', ['+48655298170'], 'walowa-5/4'],
    ['wydzial-spraw-obywatelskich/ewidencja-ludnosci', ['+48655298171'], 'walowa-5/4'],
    ['wydzial-spraw-obywatelskich/zameldowanie-decyzja', ['+48655298169'], 'walowa-5/14'],
    ['usc', ['+48655298165'], 'walowa-5/19'],
    ['wydzial-ochrony-srodowiska', ['+48655298231'], null],
    ['wydzial-architektury', [], 'jana-pawla-ii-21/24'],
    ['wydzial-promocji-i-rozwoju', ['+48655294645', '+48655294635'], null],
    ['wydzial-komunikacji', [], null],
  ]
  for (const [id, phones, room] of expected) {
    assert.deepEqual(unit(id)?.phones, phones, id)
    assert.equal(unit(id)?.roomId, room, id)
  }
  const floors = Object.fromEntries(file.rooms.map((room) => [room.id, room.floor]))
  assert.deepEqual(
    ['4', '11', '14', '19', '21'].map((room) => floors[`walowa-5/${room}`]),
    ['parter', 'I', 'I', 'I', 'II'],
  )
  assert.equal(unit('wydzial-spraw-obywatelskich/dowody-osobiste')?.fax, '+48655298173')
})

test('only one unit publishes an e-mail of its own; no other was made up', () => {
  assert.deepEqual(
    file.units.flatMap((each) => each.email ?? []),
    ['promo@leszno.pl'],
  )
  assert.equal(file.office.eDelivery, null)
  assert.equal(file.privacy.officerContact, null)
})

test('room 4 has desks 1–3 for identity cards and 4–6 for the register, from the source', () => {
  const desks = file.desks.filter((each) => each.roomId === 'walowa-5/4')
  assert.deepEqual(
    desks.map((each) => [each.label, each.services.join(), each.assumed]),
    [
      ...['1', '2', '3'].map((label) => [label, 'dowody-osobiste', false]),
      ...['4', '5', '6'].map((label) => [label, 'zaswiadczenia-ewidencja-ludnosci', false]),
    ],
  )
})

test('the matters of the source are there with their fees and times', () => {
  const fees = (id: string) => service(id)?.fees.map((fee) => fee.pln)
  assert.deepEqual(fees('wydanie-praw-jazdy'), [100.5])
  assert.deepEqual(fees('usc-zaswiadczenie-o-stanie-cywilnym'), [38])
  assert.deepEqual(fees('usc-zaswiadczenie-do-malzenstwa'), [84])
  assert.deepEqual(fees('usc-powrot-do-nazwiska'), [11])
  assert.deepEqual(fees('usuniecie-drzew'), [0, 17])
  assert.deepEqual(fees('zgloszenie-budowy'), [null, 17])
  assert.deepEqual(fees('zameldowanie-decyzja'), [0])
  assert.equal(service('usc-zaswiadczenie-o-stanie-cywilnym')?.timeLimit, '7 dni')
  assert.equal(service('zameldowanie-decyzja')?.timeLimit, 'do miesiąca')
  for (const id of ['rejestracja-pojazdow', 'dowody-osobiste', 'zaswiadczenia-ewidencja-ludnosci', 'podatki-lokalne'])
    assert.equal(service(id)?.assumed, false, id)
})

test('Wydział Komunikacji has its ten usual matters; those no source lists say so', () => {
  const matters = file.services.filter((each) => each.unitId.startsWith('wydzial-komunikacji'))
  assert.equal(matters.length, 10)
  assert.deepEqual(
    matters.filter((each) => !each.assumed).map((each) => each.id),
    ['rejestracja-pojazdow', 'wydanie-praw-jazdy'],
  )
})

test('every duration is marked as assumed: no source gives one', () => {
  assert.ok(file.services.every((each) => each.durationAssumed))
})

test('declaring that nothing bars a marriage takes two persons in person, and a room with two desks', () => {
  const marriage = service('usc-zaswiadczenie-do-malzenstwa')
  assert.equal(marriage?.persons, 2)
  assert.equal(marriage.presence.value, 'yes')
  assert.deepEqual(
    file.services.filter((each) => each.persons !== 1).map((each) => each.id),
    [marriage.id],
  )
})

test('every matter has everyday words, in Polish, English and Ukrainian', () => {
  for (const { id, keywords = [] } of file.services) {
    assert.ok(
      keywords.some((each) => /\p{Script=Cyrillic}/u.test(each)),
      id,
    )
    assert.ok(keywords.filter((each) => /\p{Script=Latin}/u.test(each)).length >= 4, id)
  }
})

test('papers are left at Karasia 15 and nowhere else', () => {
  const dropOff = file.services.filter((each) => each.dropOff).map((each) => each.id)
  assert.deepEqual(dropOff, ['skladanie-dokumentow'])
  const rooms = new Set(file.desks.filter((each) => each.services.includes('skladanie-dokumentow')).map((each) => each.roomId))
  assert.deepEqual([...rooms], ['karasia-15/biuro-obslugi'])
})

test('the account takes stamp duty and nothing else', () => {
  assert.deepEqual(
    file.payments.accounts.map((each) => [each.kind, each.account]),
    [['stamp-duty', '26102030880000830200057513']],
  )
})

test('a value that is not unknown has the page it comes from, unless the whole matter is assumed', () => {
  for (const each of file.services) {
    for (const question of ['signature', 'caseKind', 'presence'] as const) {
      const answer = each[question]
      if (answer.value === 'unknown') assert.equal(answer.source, null, each.id)
      else if (!each.assumed) assert.match(answer.source ?? '', /^https?:\/\//, `${each.id} ${question}`)
    }
    if (each.bring.length > 0) assert.match(each.bringSource ?? '', /^https?:\/\//, each.id)
    for (const fee of each.fees) if (fee.pln !== null) assert.match(fee.source ?? '', /^https?:\/\//, each.id)
    for (const fact of each.facts) assert.match(fact.source ?? '', /^https?:\/\//, each.id)
  }
})

test('the page of the archive settles nothing but rates of stamp duty', () => {
  const cited = JSON.stringify(
    file.services.map(({ signature, caseKind, presence, bringSource }) => [signature, caseKind, presence, bringSource]),
  )
  assert.ok(!cited.includes('archiwum.leszno.pl'))
})

test('each building has its guard and each desk its clerk, all with made-up names and no password', () => {
  const accounts = file.demonstration?.accounts ?? []
  assert.deepEqual(
    accounts
      .filter((each) => each.roles.includes('guard'))
      .map((each) => each.building ?? '')
      .toSorted(),
    file.buildings.map((each) => each.id).toSorted(),
  )
  assert.deepEqual(
    accounts
      .filter((each) => each.roles.includes('desk'))
      .map((each) => each.desk ?? '')
      .toSorted(),
    file.desks.map((each) => each.slug).toSorted(),
  )
  for (const role of ['service-office', 'head', 'secretary', 'administrator'])
    assert.ok(
      accounts.some((each) => each.roles.includes(role)),
      role,
    )
  assert.ok(accounts.every((each) => /Przykładow[ay]/.test(each.name)))
  assert.ok(!JSON.stringify(accounts).includes('password'))
})
