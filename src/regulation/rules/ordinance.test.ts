/**
 * Every sentence of §§ 1–4 of K/219/2020, each a test that quotes it.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lesznoDirectory, lesznoRules } from '../../../tests/support/rules.js'
import { instantOf } from '../../platform/clock.js'
import type { Basis } from '../../platform/decision.js'
import {
  advise,
  bookingChannels,
  clientsPerDesk,
  hours,
  inForce,
  mayBook,
  mayCall,
  mayEnter,
  personsCounted,
  requested,
  safety,
  symptomsRequest,
  urgencyStatement,
  type EntryVisit,
  type Means,
} from '../index.js'

const book = lesznoRules()
const office = lesznoDirectory()
const monday = Temporal.PlainDate.from('2020-05-25')
const at = (text: string): Temporal.Instant =>
  instantOf(Temporal.PlainDate.from(text.slice(0, 10)), Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)))
const cited = (basis: readonly Basis[]): string[] =>
  basis.map((each) => (each.kind === 'setting' ? `setting ${each.setting}` : `${each.act} ${each.reference}`))
const rule = (reference: string): string => `K/219/2020 ${reference}`
const visit = (start: string, change: Partial<EntryVisit> = {}): EntryVisit => ({
  state: 'booked',
  serviceId: 'rejestracja-pojazdow',
  buildingId: 'walowa-5',
  startsAt: at(start),
  ...change,
})

/** The office as it is, with a matter whose signature, kind and presence somebody settled. */
function officeWhere(facts: {
  signature: 'yes' | 'no'
  presence?: 'yes' | 'no'
  kind?: 'kpa' | 'question'
}): ReturnType<typeof lesznoDirectory> {
  return lesznoDirectory((file) => ({
    ...file,
    services: file.services.map((each) =>
      each.id === 'rejestracja-pojazdow'
        ? {
            ...each,
            signature: { value: facts.signature, source: 'test' },
            presence: { value: facts.presence ?? 'no', source: 'test' },
            caseKind: { value: facts.kind ?? 'kpa', source: 'test' },
          }
        : each,
    ),
  }))
}

test('§ 1 ust. 1: „Z dniem 25 maja 2020 roku wznawia się bezpośrednią obsługę Klienta w Urzędzie Miasta Leszna, po wcześniejszym umówieniu wizyty.”', () => {
  const admission = (day: string) =>
    inForce(book, office, Temporal.PlainDate.from(day)).provisions.filter(({ provision }) => provision.kind === 'admission')
  assert.equal(admission('2020-05-24').length, 0)
  assert.deepEqual(
    admission('2020-05-25').map(({ provision }) => [provision.reference, provision.parameters]),
    [['§ 1 ust. 1', { mode: 'booking-only' }]],
  )
  const booked = mayBook(book, office, {
    serviceId: 'rejestracja-pojazdow',
    channel: 'web',
    start: at('2020-05-26T09:00'),
    now: at('2020-05-25T07:20'),
    clerk: false,
  })
  assert.equal(booked.code, 'may-book')
  // One who asks before that day for a time before it: what applied then is not known.
  const before = mayBook(book, office, {
    serviceId: 'rejestracja-pojazdow',
    channel: 'phone',
    start: at('2020-05-22T09:00'),
    now: at('2020-05-21T09:00'),
    clerk: false,
  })
  assert.equal(before.code, 'rules-not-held')
})

test('§ 1 ust. 2: „Klienci zobowiązani są do wcześniejszego umówienia wizyty telefonicznie oraz przy użyciu środków komunikacji elektronicznej.”', () => {
  const { channels, basis } = bookingChannels(book, office, 'dowody-osobiste', at('2020-05-25T08:00'))
  assert.deepEqual(channels, ['phone', 'email', 'request'])
  assert.deepEqual(cited(basis), [rule('§ 1 ust. 2')])
  for (const channel of ['phone', 'email', 'request'] as const) {
    const decision = mayBook(book, office, {
      serviceId: 'dowody-osobiste',
      channel,
      start: at('2020-05-26T09:00'),
      now: at('2020-05-25T08:00'),
      clerk: true,
    })
    assert.deepEqual([decision.code, cited(decision.basis)], ['may-book', [rule('§ 1 ust. 2')]])
  }
  const web = mayBook(book, office, {
    serviceId: 'dowody-osobiste',
    channel: 'web',
    start: at('2020-05-26T09:00'),
    now: at('2020-05-25T08:00'),
    clerk: false,
  })
  assert.equal(web.code, 'channel-not-offered')
  assert.deepEqual(
    web.next.map((step) => step.kind),
    ['call', 'request', 'email-office'],
  )
})

test('§ 1 ust. 2: „Wykaz numerów telefonów oraz adresów e-mail dostępny jest w Biuletynie Informacji Publicznej”', () => {
  const published = inForce(book, office, monday).provisions.filter(
    ({ provision }) => provision.kind === 'publication' && provision.reference === '§ 1 ust. 2',
  )
  assert.equal(published.length, 1)
})

test('§ 1 ust. 3: „Rezerwacja wizyty w Wydziale Komunikacji będzie możliwa telefonicznie oraz przy użyciu środków komunikacji elektronicznej, w tym przez System Kolejkowy QMS.”', () => {
  for (const service of ['rejestracja-pojazdow', 'wydanie-praw-jazdy']) {
    const { channels, basis } = bookingChannels(book, office, service, at('2020-05-25T08:00'))
    assert.deepEqual(channels, ['web', 'phone', 'email', 'request'])
    assert.deepEqual(cited(basis), [rule('§ 1 ust. 2'), rule('§ 1 ust. 3')])
  }
  for (const service of office.services.values()) {
    const onWeb = bookingChannels(book, office, service.id, at('2020-05-25T08:00')).channels.includes('web')
    assert.equal(onWeb, service.unitId.startsWith('wydzial-komunikacji'), service.id)
  }
  const web = mayBook(book, office, {
    serviceId: 'rejestracja-pojazdow',
    channel: 'web',
    start: at('2020-05-26T09:00'),
    now: at('2020-05-25T08:00'),
    clerk: false,
  })
  assert.deepEqual(cited(web.basis), [rule('§ 1 ust. 3')])
})

test('§ 1 ust. 4: „W tym samym czasie, w jednym pomieszczeniu dopuszczalna liczba Klientów nie może być większa niż 1 osoba na jedno stanowisko obsługi”', () => {
  assert.deepEqual(clientsPerDesk(book, { roomId: 'walowa-5/4', day: monday }), {
    limit: 1,
    basis: clientsPerDesk(book, { day: monday }).basis,
  })
  assert.deepEqual(cited(clientsPerDesk(book, { day: monday }).basis), ['Dz.U. 2020 poz. 878 § 12', rule('§ 1 ust. 4')])
  const facts = {
    deskSlug: 'walowa-5/4/1',
    now: at('2020-05-25T09:00'),
    visit: { state: 'arrived', serviceId: 'dowody-osobiste', buildingId: 'walowa-5', day: monday },
  }
  assert.equal(mayCall(book, office, { ...facts, deskBusy: false }).code, 'may-call')
  const busy = mayCall(book, office, { ...facts, deskBusy: true })
  assert.equal(busy.code, 'desk-busy')
  assert.ok(cited(busy.basis).includes(rule('§ 1 ust. 4')))
  const marriage = office.services.get('usc-zaswiadczenie-do-malzenstwa')
  assert.ok(marriage)
  assert.equal(personsCounted(book, office, marriage, at('2020-05-25T09:00')).counted, marriage.persons)
})

test('§ 1 ust. 4: „z wyłączeniem osób realizujących zadania w zakresie obsługi Klientów”', () => {
  const left = inForce(book, office, monday).provisions.filter(({ provision }) => provision.kind === 'not-counted')
  assert.deepEqual(
    left.map(({ provision }) => [provision.reference, provision.parameters]),
    [['§ 1 ust. 4', { who: 'staff' }]],
  )
  // A child is not counted only once the regulation of 29 May 2020 says so.
  const others = (day: string): string[] =>
    inForce(book, office, Temporal.PlainDate.from(day))
      .provisions.filter(({ provision }) => provision.kind === 'not-counted' && provision.parameters.who === 'child-under-13')
      .map(({ provision, act }) => `${act.number} ${provision.reference}`)
  assert.deepEqual([others('2020-05-29'), others('2020-06-01')], [[], ['Dz.U. 2020 poz. 964 § 14']])
  // What lies between two regulations that are known is not held; the later says the same.
  assert.deepEqual(others('2020-09-01'), [])
  assert.deepEqual(others('2020-10-12'), ['rozporządzenie Rady Ministrów z 9 października 2020 r. § 24'])
})

test('a limit of one room counts the persons of a matter that is served in that room', () => {
  const matter = [...office.services.values()].find((each) => each.persons === 2)
  assert.ok(matter)
  const room = [...office.desks.values()].find((desk) => desk.serviceIds.includes(matter.id))?.roomId ?? ''
  const onlyIn = (scope: { room?: string[]; unit?: string[]; building?: string[] }): number =>
    personsCounted(
      lesznoRules((acts) => ({
        ...acts,
        acts: [
          {
            id: 'K/1/2020',
            number: 'K/1/2020',
            title: 't',
            issuer: 'i',
            rank: 'ordinance',
            provisions: [{ id: 'a', reference: '§ 1', kind: 'clients-per-desk', parameters: { limit: 1 }, scope }],
          },
        ],
      })),
      office,
      matter,
      at('2020-05-25T09:00'),
    ).counted
  assert.deepEqual(
    [onlyIn({}), onlyIn({ room: [room] }), onlyIn({ unit: [matter.unitId] }), onlyIn({ building: [matter.buildingId] })],
    [2, 2, 2, 2],
  )
  assert.deepEqual(
    [onlyIn({ room: ['karasia-15/x'] }), onlyIn({ unit: ['biuro-prawne'] }), onlyIn({ building: ['karasia-15'] })],
    [1, 1, 1],
  )
})

test('§ 1 ust. 5: „Wejście do budynków Urzędu Miasta Leszna jest możliwe tylko dla Klientów, którzy wcześniej umówili wizytę”', () => {
  const come = mayEnter(book, office, {
    buildingId: 'walowa-5',
    purpose: 'visit',
    at: at('2020-05-25T08:50'),
    visit: visit('2020-05-25T09:00'),
  })
  assert.deepEqual([come.allowed, come.code, cited(come.basis)], [true, 'come-in', [rule('§ 1 ust. 5')]])
  const none = mayEnter(book, office, { buildingId: 'walowa-5', purpose: 'visit', at: at('2020-05-25T08:50'), visit: null })
  assert.deepEqual([none.allowed, none.code, cited(none.basis)], [false, 'no-booking', [rule('§ 1 ust. 5')]])
  assert.deepEqual(
    none.next.map((step) => step.kind),
    ['web', 'call-office', 'request', 'advice', 'drop-off'],
  )
  assert.equal(
    mayEnter(book, office, { buildingId: 'walowa-5', purpose: 'not-client', at: at('2020-05-25T08:50'), visit: null }).code,
    'not-a-client',
  )
})

test('§ 1 ust. 5: „lub składających dokumenty za pośrednictwem biura obsługi w budynku Urzędu przy ul. Kazimierza Karasia 15”', () => {
  for (const building of office.buildings.keys()) {
    const decision = mayEnter(book, office, { buildingId: building, purpose: 'drop-off', at: at('2020-05-25T10:00'), visit: null })
    assert.deepEqual(
      [decision.code, cited(decision.basis)],
      [building === 'karasia-15' ? 'drop-off' : 'drop-off-elsewhere', [rule('§ 1 ust. 5')]],
      building,
    )
  }
  const closed = mayEnter(book, office, { buildingId: 'karasia-15', purpose: 'drop-off', at: at('2020-05-25T15:30'), visit: null })
  assert.deepEqual([closed.code, cited(closed.basis)], ['building-closed', [rule('§ 4')]])
})

test('§ 2: „Osobista wizyta w Urzędzie jest możliwa w najpilniejszych sprawach”', () => {
  assert.deepEqual(cited(urgencyStatement(book, at('2020-05-25T08:00'))?.basis ?? []), [rule('§ 2')])
  assert.equal(urgencyStatement(book, at('2020-05-24T08:00')), null)
  const repealed = lesznoRules((acts) => ({
    ...acts,
    acts: acts.acts.map((act) => (act.id === 'K/219/2020' ? { ...act, until: '2021-12-31' } : act)),
  }))
  assert.equal(urgencyStatement(repealed, at('2022-01-03T08:00')), null)
  assert.equal(
    mayBook(book, office, {
      serviceId: 'rejestracja-pojazdow',
      channel: 'web',
      start: at('2020-05-26T09:00'),
      now: at('2020-05-25T08:00'),
      clerk: false,
    }).allowed,
    true,
  )
})

const advice = (signature: 'yes' | 'no', means: readonly Means[]) => {
  const given = advise(book, officeWhere({ signature }), 'rejestracja-pojazdow', new Set(means), at('2020-05-25T08:00'))
  assert.ok(given)
  return given
}
const channelsOf = (given: ReturnType<typeof advice>): [string, string[]][] => given.ways.map((way) => [way.channel, cited(way.basis)])

test('§ 2: „przy czym nadal zaleca się Klientom Urzędu składanie dokumentów” (zalecenie nikomu nie zamyka drogi)', () => {
  const given = advice('yes', ['epuap-account', 'trusted-profile'])
  assert.equal(given.code, 'settle-remotely')
  assert.ok(
    given.next.some((step) => step.kind === 'web'),
    'the visit stays open',
  )
})

test('§ 2 pkt 1 lit. a: „za pośrednictwem Elektronicznej Skrzynki Podawczej (ESP) … jeśli osoba posiada konto na platformie ePUAP oraz profil zaufany lub certyfikat kwalifikowany”', () => {
  for (const second of ['trusted-profile', 'qualified-certificate'] as const) {
    assert.deepEqual(channelsOf(advice('yes', ['epuap-account', second]))[0], ['epuap', [rule('§ 2 pkt 1 lit. a')]])
  }
  for (const means of [
    [],
    ['epuap-account'],
    ['trusted-profile'],
    ['qualified-certificate'],
    ['epuap-account', 'personal-signature'],
    ['e-delivery', 'trusted-profile'],
  ] as Means[][]) {
    assert.ok(!advice('yes', means).ways.some((way) => way.channel === 'epuap'), means.join())
  }
  assert.equal(advice('yes', ['epuap-account', 'trusted-profile']).ways[0]?.address, '/umleszno/SkrytkaESP')
})

test('§ 2 pkt 1 lit. b: „za pośrednictwem operatora pocztowego - jeśli osoba nie posiada konta na platformie ePUAP oraz profilu zaufanego lub certyfikatu kwalifikowanego”', () => {
  for (const means of [[], ['epuap-account'], ['trusted-profile']] as Means[][]) {
    const post = advice('yes', means).ways.find((way) => way.channel === 'post')
    assert.ok(cited(post?.basis ?? []).includes(rule('§ 2 pkt 1 lit. b')), means.join())
  }
  const withAll = advice('yes', ['epuap-account', 'trusted-profile']).ways.find((way) => way.channel === 'post')
  assert.ok(!cited(withAll?.basis ?? []).includes(rule('§ 2 pkt 1 lit. b')))
})

test('§ 2 pkt 2: „w przypadku, gdy nie jest wymagany podpis - za pośrednictwem poczty elektronicznej”', () => {
  const given = advice('no', [])
  assert.deepEqual(channelsOf(given)[0], ['email', [rule('§ 2 pkt 2')]])
  assert.ok(!advice('yes', []).ways.some((way) => way.channel === 'email'))
})

test('§ 2: „a także, w miarę możliwości, dokonywanie płatności przelewem”', () => {
  assert.deepEqual(cited(requested(book, 'pay-by-transfer', at('2020-05-25T08:00')) ?? []), [rule('§ 2')])
  const usc = advise(book, office, 'usc-zaswiadczenie-o-stanie-cywilnym', new Set(), at('2020-05-25T08:00'))
  assert.deepEqual(
    usc?.payment?.accounts.map((account) => account.account),
    ['26102030880000830200057513'],
  )
  assert.deepEqual(cited(usc?.payment?.basis ?? []), [rule('§ 2')])
  // The stamp-duty account is never given for a licence: one asks.
  const licence = advise(book, office, 'wydanie-praw-jazdy', new Set(), at('2020-05-25T08:00'))
  assert.deepEqual([licence?.payment?.accounts.length, licence?.payment?.ask?.phone], [0, '+48655476853'])
})

test('§ 3 ust. 1: „należy przestrzegać ogólnie obowiązujących ograniczeń i stosować zabezpieczenia ustanowione dla obywateli w związku z wystąpieniem stanu epidemii” (znikają razem z tym stanem)', () => {
  assert.equal(safety(book, at('2022-05-15T09:00')).length, 6)
  assert.deepEqual(cited(safety(book, at('2020-05-25T09:00'))[0]?.basis ?? []), [rule('§ 3 ust. 1')])
  assert.equal(safety(book, at('2022-05-16T09:00')).length, 0)
  assert.equal(safety(book, at('2023-05-25T09:00')).length, 0)
})

const obligations = [
  ['„W szczególności obowiązuje: 1) nakaz zasłaniania nosa i ust”', 1, 'cover-nose-and-mouth'],
  ['„2) nakaz noszenia rękawiczek ochronnych”', 2, 'gloves'],
  ['„3) dezynfekcja rąk płynem do dezynfekcji”', 3, 'disinfect-hands'],
  ['„4) zachowanie bezpiecznej odległości pomiędzy Klientami”', 4, 'distance'],
  ['„5) posiadanie własnego długopisu”', 5, 'own-pen'],
] as const
for (const [sentence, point, obligation] of obligations) {
  test(`§ 3 ust. 1 pkt ${point}: ${sentence}`, () => {
    const found = safety(book, at('2020-05-25T09:00')).find((each) => each.obligation === obligation)
    assert.deepEqual(cited(found?.basis ?? []), [rule(`§ 3 ust. 1 pkt ${point}`)])
  })
}

test('the general obligation of § 3 ust. 1 and its five points hold at once, in their order; none in 2023', () => {
  assert.deepEqual(
    safety(book, at('2020-05-25T09:00')).map((each) => each.obligation),
    ['general-restrictions', 'cover-nose-and-mouth', 'gloves', 'disinfect-hands', 'distance', 'own-pen'],
  )
  assert.deepEqual(safety(book, at('2023-01-02T09:00')), [])
  const june = safety(book, at('2020-06-01T09:00')).find((each) => each.obligation === 'cover-nose-and-mouth')
  assert.deepEqual(
    june?.exempt.map(({ who, basis }) => [who, cited(basis)]),
    [
      ['at-work', ['Dz.U. 2020 poz. 964 § 18']],
      ['health', ['Dz.U. 2020 poz. 964 § 18']],
      ['small-child', ['Dz.U. 2020 poz. 964 § 18']],
    ],
  )
})

test('§ 3 ust. 2: „Osoby z objawami choroby np. katar, kaszel, podwyższona temperatura, proszone są o powstrzymanie się od bezpośredniego załatwiania spraw … i stosowanie kontaktu w formie telefonicznej, bądź elektronicznej.”', () => {
  const asked = symptomsRequest(book, office, at('2020-05-25T09:00'), 'wydzial-komunikacji/prawa-jazdy')
  assert.deepEqual(cited(asked?.basis ?? []), [rule('§ 3 ust. 2')])
  assert.deepEqual(
    asked?.next.map((step) => step.phone ?? step.email),
    ['+48655476853', 'um@leszno.pl'],
  )
})

test('§ 4: „Utrzymuje się do odwołania godziny pracy wydziałów i biur Urzędu Miasta Leszna w poniedziałki, w godzinach od 7:30 do 15:30”', () => {
  for (const unit of office.units.keys()) {
    const open = hours(book, office, unit, monday)
    assert.deepEqual([open.intervals, cited(open.basis)], [[{ from: 450, to: 930 }], [rule('§ 4')]], unit)
  }
})

test('§ 4: „zgodnie z Zarządzeniem Nr K/187/2020” – also on Monday 18 May, before K/219/2020', () => {
  for (const unit of office.units.keys()) {
    const open = hours(book, office, unit, Temporal.PlainDate.from('2020-05-18'))
    assert.deepEqual(
      [open.intervals, open.basis[0]?.kind === 'provision' && open.basis[0].act],
      [[{ from: 450, to: 930 }], 'K/187/2020'],
      unit,
    )
  }
})
