/**
 * An office small enough to see whole: one building, two rooms, desks 1–3 in the first and one in
 * the second, a matter of 15 minutes (`short`), one of 40 (`long`) and one for two persons (`two`).
 * All desks offer all, Monday to Friday 7:30–15:30.
 */
import { directory, importOffice, type OfficeFile } from '../../src/directory/index.js'
import { importActs, type ActsDocument } from '../../src/regulation/index.js'
import type { TestOffice } from './office.js'

export interface SmallOffice {
  /** Numbers of the desks: three of room `hall/1`, one of `hall/2`. */
  readonly desks: readonly number[]
}

/** Writes the small office into an empty test database; a booking is confirmed there only where a test says so. */
export async function smallOffice(
  office: TestOffice,
  settings: Partial<OfficeFile['settings']> = {},
  { queueGroups, mode = 'booking-only' }: { queueGroups?: OfficeFile['queueGroups']; mode?: 'booking-only' | 'booking-optional' } = {},
): Promise<SmallOffice> {
  const file = { ...smallFile, settings: { ...smallFile.settings, ...settings }, ...(queueGroups ? { queueGroups } : {}) }
  await importOffice(office.context.database, file, { now: office.clock.now(), demonstration: true })
  const errors = await importActs(
    office.context.database,
    JSON.parse(JSON.stringify(smallActs).replace('booking-only"}', `${mode}"}`)),
    office.clock.now(),
  )
  if (errors.length > 0) throw new Error(`the acts of the small office are wrong: ${JSON.stringify(errors)}`)
  const { desks } = await directory(office.context)
  return { desks: [...desks.values()].map((desk) => desk.id) }
}

const source = null
const unknown = { value: 'unknown', source } as const
const slugs = ['hall/1/1', 'hall/1/2', 'hall/1/3', 'hall/2/1']
const matter = (id: string, name: string, durationMinutes: number, persons: number): OfficeFile['services'][number] => ({
  id,
  name,
  summary: null,
  unitId: 'unit',
  durationMinutes,
  durationAssumed: true,
  stepMinutes: 5,
  persons,
  letter: 'A',
  dropOff: false,
  signature: unknown,
  caseKind: unknown,
  presence: unknown,
  bring: [],
  bringSource: null,
  fees: [],
  timeLimit: null,
  facts: [],
  assumed: true,
  source,
})

export const smallFile: OfficeFile = {
  office: {
    id: 'small',
    name: 'Urząd Próbny',
    address: { street: 'ul. Próbna', number: '1', postalCode: '64-100', city: 'Próba' },
    phone: '+48655298100',
    fax: null,
    email: 'urzad@example.pl',
    website: null,
    bip: null,
    epuap: null,
    eDelivery: null,
    nip: null,
    regon: null,
    teryt: null,
    source,
  },
  contacts: [],
  payments: { accounts: [], rates: [], cashDesk: null },
  privacy: {
    controller: 'Urząd Próbny',
    purpose: 'umówienie wizyty',
    legalBasis: 'art. 6 ust. 1 lit. e',
    keptDays: 14,
    officerContact: null,
  } as unknown as OfficeFile['privacy'],
  settings: {
    'booking-horizon-days': 14,
    'hold-minutes': 10,
    'hold-minutes-max': 30,
    'confirm-minutes': 0,
    'lot-confirm-minutes': 30,
    'open-bookings-per-contact': 2,
    'entry-early-minutes': 15,
    'late-minutes': 10,
    'target-wait-minutes': 20,
    'priority-minutes': 15,
    'drop-off-kept-years': 5,
    'call-again-after-seconds': 60,
    'calls-max': 3,
    'missed-undo-seconds': 60,
    'remind-hour': 0,
    'remind-minutes': 0,
    'next-minutes': 0,
    'feedback-minutes': 0,
    'sms-diacritics': 0,
    'sms-parts-max': 3,
    'erase-after-days': 14,
    'holds-per-browser': 2,
    'holds-without-proof': 6,
    'proof-hashes-max': 64_000,
    'more-time-minutes': 15,
    'mail-answer-days': 3,
    'mail-silence-days': 14,
    'proposed-per-contact': 3,
    'proposed-back-minutes': 60,
    'matters-per-visit': 3,
    'persons-per-visit': 4,
    'freed-minutes-min': 1,
    'freed-minutes-max': 20,
    'offer-minutes': 30,
    'sms-quiet-from-hour': 21,
    'sms-quiet-until-hour': 7,
    'clerk-hold-minutes': 5,
    'answer-hours': 24,
    'call-attempts-max': 3,
  },
  buildings: [{ id: 'hall', name: 'Hala', address: 'ul. Próbna 1', role: null, accessibility: [], source }],
  rooms: [
    { id: 'hall/1', buildingId: 'hall', number: '1', floor: null, assumed: true, source },
    { id: 'hall/2', buildingId: 'hall', number: '2', floor: null, assumed: true, source },
  ],
  units: [
    {
      id: 'unit',
      parentId: null,
      name: 'Wydział Próbny',
      buildingId: 'hall',
      roomId: 'hall/1',
      phones: ['+48655298100'],
      fax: null,
      email: null,
      source,
    },
  ],
  desks: slugs.map((slug) => ({
    slug,
    label: slug.at(-1) ?? '',
    roomId: slug.slice(0, 6),
    unitId: 'unit',
    services: ['short', 'long', 'two'],
    assumed: true,
    source,
  })),
  services: [matter('short', 'Sprawa krótka', 15, 1), matter('long', 'Sprawa długa', 40, 1), matter('two', 'Sprawa dla dwojga', 30, 2)],
  hours: [
    {
      unit: null,
      weekdays: [1, 2, 3, 4, 5],
      intervals: [{ from: '07:30', to: '15:30' }],
      validFrom: null,
      season: null,
      asOf: null,
      source,
    },
  ],
  holidays: { act: 'statute', sundaysAreFree: true, rules: [] },
  shifts: [{ desks: slugs, weekdays: [1, 2, 3, 4, 5], from: '2020-01-01', until: null, assumed: true }],
}

/** One act: visits are booked, also on the web, and a desk has one client. */
export const smallActs: ActsDocument = {
  acts: [
    {
      id: 'P/1/2020',
      number: 'P/1/2020',
      title: 'w sprawie obsługi',
      issuer: 'Burmistrz',
      rank: 'ordinance',
      from: '2020-01-01',
      provisions: [
        { id: 'booking-only', reference: '§ 1', kind: 'admission', parameters: { mode: 'booking-only' } },
        { id: 'channels', reference: '§ 2', kind: 'booking-channel', parameters: { channels: ['web', 'phone', 'email', 'request'] } },
        { id: 'one-per-desk', reference: '§ 3', kind: 'clients-per-desk', parameters: { limit: 1 } },
      ],
    },
  ],
}
