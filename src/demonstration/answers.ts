/**
 * Every answer that is no, as the office's own rules give it on example facts: the gallery of
 * answers shows each with its basis and its next steps. Pure: the law and the office are arguments.
 *
 * What only a change in the database says (two people at once, a key sent twice) has no facts to
 * ask a rule with; `onlyWhenDone` names those codes, and a test keeps both lists whole.
 */
import { instantOf } from '../platform/clock.js'
import type { Decision, Refused } from '../platform/decision.js'
import type { Directory } from '../directory/index.js'
import { mayDoAtDesk, mayCallAnyone } from '../queue/index.js'
import {
  companionAtDesk,
  bookFrom,
  mayBook,
  mayBringCompanion,
  mayCall,
  mayEnter,
  type ActsDocument,
  type BookFacts,
  type CallFacts,
  type EntryFacts,
  type EntryVisit,
  type RuleBook,
} from '../regulation/index.js'
import { mayDo, visitStates, type Visit, type VisitAction, type VisitState } from '../visit/index.js'

export interface Example {
  /** Slice whose words say the code. */
  readonly slice: string
  readonly decision: Refused
}

/** Codes of the slices that no rule gives on facts alone: what was found in the database, or sent wrongly, says them. */
export const onlyWhenDone: readonly string[] = [
  'booking.refused key-invalid key-missing key-reused secret-missing channel-not-allowed not-your-unit try-again too-many-tries',
  'booking.refused unknown-entry unknown-lot unknown-request unknown-service unknown-visit',
  'booking.refused slot-taken not-offered limit-holds limit-requests proof-needed contact-not-reached',
  'booking.refused code-wrong code-tries code-sends codes-spent link-older request-open request-ended request-claimed entry-ended',
  'booking.refused lot-entered lot-not-open lot-over lot-wishes-missing',
  'inbox.refused unknown-time time-passed time-other-accepted times-count time-too-soon limit-proposed no-address thread-changed address-arrives',
  'entrance.refused entry-unknown key-reused try-again',
  'queue-staff.refused key-invalid key-reused try-again unknown-visit state-changed not-your-desk needs-more-desks desk-of-another no-right-to-pick nobody-there no-such-clerk unknown-number',
  'regulation.refused not-handled-here unknown-life-event',
].flatMap((line) => {
  const [slice = '', ...codes] = line.split(' ')
  return codes.map((code) => `${slice}.${code}`)
})

const monday = Temporal.PlainDate.from('2020-05-25')
const at = (day: Temporal.PlainDate, hour: number, minute = 0): Temporal.Instant => instantOf(day, hour * 60 + minute)
const now = at(monday, 8, 50)
const nine = at(monday, 9)
const serviceId = 'rejestracja-pojazdow'
const buildingId = 'walowa-5'

/** One example of each code the rules of the slices give, in the order of the slices. */
export function examples(book: RuleBook, office: Directory): readonly Example[] {
  const given = [...ofRegulation(book, office), ...ofDesk(book, office), ...ofVisit(office)].flatMap(([slice, decision]) =>
    decision.allowed ? [] : [{ slice, decision }],
  )
  const first = new Map<string, Example>()
  for (const each of given) if (!first.has(keyOf(each))) first.set(keyOf(each), each)
  return [...first.values()]
}

/** Key of the sentence of an example's code. */
export function keyOf({ slice, decision }: Example): string {
  return `${slice}.refused.${decision.code}`
}

type Given = readonly [slice: string, decision: Decision]

function ofRegulation(book: RuleBook, office: Directory): readonly Given[] {
  const tomorrow = monday.add({ days: 1 })
  const asked: BookFacts = { serviceId, channel: 'web', start: at(tomorrow, 9), now, clerk: false }
  const booked = (facts: Partial<BookFacts>, by = book, where = office): Given => ['regulation', mayBook(by, where, { ...asked, ...facts })]
  // Told by the booking in its own words.
  const told = (...given: Parameters<typeof booked>): readonly Given[] => [booked(...given), ['booking', booked(...given)[1]]]
  const visit: EntryVisit = { state: 'booked', serviceId, buildingId, startsAt: nine }
  const door: EntryFacts = { buildingId, purpose: 'visit', at: now, visit }
  const atDoor = (facts: Partial<EntryFacts>, by = book, where = office): Given => [
    'regulation',
    mayEnter(by, where, { ...door, ...facts }),
  ]
  const desk = [...office.desks.values()].find((each) => each.serviceIds.includes(serviceId))
  const waiting = { state: 'arrived', serviceId, buildingId, day: monday }
  const called: CallFacts = { deskSlug: desk?.slug ?? '', deskBusy: false, visit: waiting, now }
  const atDesk = (facts: Partial<CallFacts>): Given => ['regulation', mayCall(book, office, { ...called, ...facts })]
  const lastDesk = office.desksIn('walowa-5/4').at(-1)?.slug ?? ''
  const [spared, sparedOffice] = withoutPresence(office)
  const released = releasedBook()
  const nextWeek = at(monday.add({ days: 8 }), 9)
  return [
    booked({ serviceId: 'nie-ma-takiej' }),
    booked({ serviceId: 'skladanie-dokumentow' }),
    booked({ serviceId: 'dowody-osobiste' }),
    booked({ start: at(monday, 8) }),
    booked({ start: nine }),
    booked({ start: at(monday.add({ days: 15 }), 9) }),
    ...told({ start: nextWeek, now: at(monday, 7) }, released),
    ...told({ start: nextWeek, now: at(monday, 8, 5) }, released),
    ...told({ start: nextWeek, now: at(monday, 8, 11) }, released),
    booked({}, suspendedBook()),
    booked({ start: at(monday.add({ days: 6 }), 9) }),
    booked({ start: at(monday.add({ days: 5 }), 9) }),
    booked({ start: at(tomorrow, 7) }),
    booked({}, openBook(), { ...office, hours: [] }),
    ...told({ openBookings: office.office.settings['open-bookings-per-contact'] }),
    ...told({ sameServiceThatDay: true }),
    atDoor({ at: at(monday, 8) }),
    atDoor({ at: at(monday, 9, 30) }),
    atDoor({ visit: { ...visit, startsAt: at(tomorrow, 9) } }),
    atDoor({ buildingId: 'karasia-15' }),
    atDoor({ visit: { ...visit, state: 'cancelled' } }),
    atDoor({ visit: { ...visit, state: 'pending' } }),
    atDoor({ visit: { ...visit, state: 'served' } }),
    atDoor({ visit: 'not-found' }),
    atDoor({ visit: null }),
    atDoor({ visit: null, at: at(monday, 18) }),
    atDoor({ purpose: 'drop-off', visit: null }),
    atDoor({ buildingId: 'palac' }),
    atDoor({ visit: null, at: at(monday.subtract({ days: 3 }), 9) }),
    ...(['inside', 'waiting'] as const).map((of): Given => [
      'regulation',
      mayEnter(limitedBook(of), office, { ...door, room: { inside: 8, waiting: 8, coming: 1 } }),
    ]),
    atDoor(
      { room: { inside: 4, waiting: 0, coming: 1, roomId: 'walowa-5/4', rooms: new Map([['walowa-5/4', { inside: 4, waiting: 0 }]]) } },
      areaBook(),
    ),
    atDoor({ screened: 'stays-out' }, screeningBook()),
    atDoor({ purpose: 'drop-off', visit: null, at: at(monday, 18) }, boxBook()),
    atDoor({ visit: null, serviceId: spared }, sparingBook(), sparedOffice),
    booked({ channel: 'phone', serviceId: spared }, sparingBook(), sparedOffice),
    ['regulation', mayBringCompanion(companionBook(), { subject: { buildingId, day: monday }, needed: false })],
    ['regulation', mayCall(roomBook(), office, { ...called, deskSlug: lastDesk })],
    ['regulation', companionAtDesk(book, { subject: { buildingId, day: monday }, desks: 1, counted: 1 })],
    atDesk({ deskSlug: 'nie-ma' }),
    atDesk({ deskBusy: true }),
    atDesk({ visit: { ...waiting, state: 'booked' } }),
    atDesk({ visit: { ...waiting, serviceId: 'dowody-osobiste' } }),
    atDesk({ visit: { ...waiting, day: tomorrow } }),
    atDesk({ visit: { ...waiting, buildingId: 'karasia-15' } }),
  ]
}

const ofHolds: readonly string[] = ['hold-released', 'confirm-expired']

/** What a visit's own rules say to every act in every state; the desk says the same in its words. */
function ofVisit(office: Directory): readonly Given[] {
  const acts: readonly VisitAction[] = ['confirm', 'confirm-pending', 'cancel', 'call', 'start', 'admit', 'undo-miss']
  const { settings } = office.office
  const over = { startsAt: at(monday, 8), heldUntil: at(monday, 8, 40), endedAt: at(monday, 8, 45) }
  const visits = [
    ...visitStates.map((state) => visitIn(state)),
    visitIn('booked', over),
    visitIn('expired', over),
    visitIn('expired', { ...over, endedAt: at(monday, 8, 35) }),
    visitIn('expired', { ...over, confirmUntil: at(monday, 8, 40) }),
  ]
  return visits.flatMap((visit) =>
    acts.flatMap((act): readonly Given[] => {
      const decision = mayDo(act, visit, now, settings)
      // No desk meets a hold.
      return ofHolds.includes(decision.code)
        ? [['booking', decision]]
        : [
            ['booking', decision],
            ['queue-staff', decision],
          ]
    }),
  )
}

function ofDesk(book: RuleBook, office: Directory): readonly Given[] {
  const { settings } = office.office
  const desk = [...office.desks.values()].find((each) => each.serviceIds.includes(serviceId))
  const facts = { deskSlug: desk?.slug ?? '', visit: null, now }
  const lastDesk = office.desksIn('walowa-5/4').at(-1)?.slug ?? ''
  const law = { free: mayCall(book, office, { ...facts, deskBusy: false }), occupied: mayCall(book, office, { ...facts, deskBusy: true }) }
  const unknown = mayCall(book, office, { ...facts, deskSlug: 'nie-ma', deskBusy: false })
  const open = { id: 1, open: true, paused: false, occupied: false }
  const called = visitIn('called', { deskId: 1, calledCount: 2, calledAt: now.subtract({ seconds: 20 }) })
  const acts = ['recall', 'start', 'finish', 'miss', 'undo-miss'] as const
  const before = now.subtract({ minutes: 5 })
  return [
    ['queue-staff', mayCallAnyone({ ...open, open: false }, law)],
    ['queue-staff', mayCallAnyone({ ...open, occupied: true }, law)],
    ['queue-staff', mayCallAnyone({ ...open, paused: true }, law)],
    ['queue-staff', mayCallAnyone(open, { ...law, free: mayCall(roomBook(), office, { ...facts, deskSlug: lastDesk, deskBusy: false }) })],
    ['queue-staff', mayCallAnyone(open, { ...law, free: unknown })],
    ['queue-staff', calledBy(mayDoAtDesk('start', { ...called, deskId: 2 }, 1, settings, now))],
    ['queue-staff', mayDoAtDesk('miss', { ...called, calledCount: 1 }, 1, settings, now)],
    ['queue-staff', mayDoAtDesk('undo-miss', visitIn('missed', { deskId: 1, endedAt: before, ticket: 'A001' }), 1, settings, now)],
    ['queue-staff', mayDoAtDesk('recall', { ...called, calledCount: settings['calls-max'], calledAt: before }, 1, settings, now)],
    ['queue-staff', mayDoAtDesk('next-matter', visitIn('serving', { deskId: 1 }), 1, settings, now)],
    ...[called, ...visitStates.map((state) => visitIn(state, { deskId: 1 }))].flatMap((visit) =>
      acts.map((act): Given => ['queue-staff', mayDoAtDesk(act, visit, 1, settings, now)]),
    ),
  ]
}

/** As the act names who called whom. */
function calledBy(decision: Decision): Decision {
  return decision.allowed ? decision : { ...decision, values: { ...decision.values, ticket: 'A001', desk: '2' } }
}

function visitIn(state: VisitState, facts: Partial<Visit> = {}): Visit {
  return {
    id: 1,
    reference: 'K7MPQX2D',
    state,
    kind: 'booked',
    serviceId,
    moreServiceIds: [],
    doneServiceIds: [],
    buildingId,
    roomId: null,
    channel: 'web',
    startsAt: nine,
    endsAt: nine.add({ minutes: 30 }),
    day: monday,
    persons: 1,
    counted: 1,
    accompanied: 0,
    companionsOutside: 0,
    person: { name: null, email: null, phone: null },
    language: 'pl',
    urgent: false,
    needs: [],
    onBehalf: false,
    heldUntil: null,
    heldFirstAt: null,
    confirmUntil: null,
    bookedBy: null,
    createdAt: at(monday, 8),
    arrivedAt: null,
    dueAt: null,
    dueWhy: null,
    priority: null,
    forDeskId: null,
    review: null,
    calledAt: null,
    calledCount: 0,
    servingAt: null,
    endedAt: null,
    deskId: null,
    ticket: null,
    receipt: null,
    version: 0,
    ...facts,
  }
}

type Provision = ActsDocument['acts'][number]['provisions'][number]

const webChannel: Provision = { id: 'web', reference: '§ 1', kind: 'booking-channel', parameters: { channels: ['phone', 'web'] } }

/** An act made up for what the example's own does not rule. */
function bookOf(...more: readonly Provision[]): RuleBook {
  const act = { id: 'W/1/2020', number: 'W/1/2020', title: '', issuer: '', rank: 'ordinance', from: '2020-01-01' } as const
  return bookFrom({ acts: [{ ...act, provisions: [webChannel, ...more] }] }, at(monday.subtract({ days: 30 }), 8))
}

const openBook = (): RuleBook => bookOf({ id: 'open', reference: '§ 2', kind: 'admission', parameters: { mode: 'booking-only' } })
const suspendedBook = (): RuleBook => bookOf({ id: 'shut', reference: '§ 2', kind: 'admission', parameters: { mode: 'suspended' } })
const limitedBook = (of: 'inside' | 'waiting'): RuleBook =>
  bookOf({ id: 'limit', reference: '§ 2', kind: 'building-limit', parameters: { limit: 8, of } })
const areaBook = (): RuleBook =>
  bookOf({
    id: 'area',
    reference: '§ 2',
    kind: 'building-limit',
    parameters: { limit: 4, of: 'inside', per: 'area' },
    scope: { room: ['walowa-5/4'] },
  })
const roomBook = (): RuleBook =>
  bookOf({ id: 'room', reference: '§ 2', kind: 'building-limit', parameters: { limit: 1, of: 'inside', per: 'room' } })
const screeningBook = (): RuleBook =>
  bookOf({ id: 'look', reference: '§ 2', kind: 'screening', parameters: { what: 'temperature', above: 37.5 } })
const companionBook = (): RuleBook => bookOf({ id: 'alone', reference: '§ 2', kind: 'companions', parameters: { who: 'needed' } })
const sparingBook = (): RuleBook =>
  bookOf({ id: 'spare', reference: '§ 2', kind: 'admission', parameters: { mode: 'booking-only', matters: 'need-presence' } })
const boxBook = (): RuleBook =>
  bookOf({
    id: 'box',
    reference: '§ 2',
    kind: 'remote-channel',
    parameters: {
      channel: 'drop-off',
      signature: 'any',
      needs: [],
      dropOff: { place: 'box', receipt: 'on-request', hours: [{ from: '09:00', to: '13:00' }] },
    },
  })

/** A matter of the office for which somebody settled that nobody has to come, and the office with it. */
function withoutPresence(office: Directory): readonly [string, Directory] {
  const [service] = [...office.services.values()].filter((each) => !each.dropOff)
  if (service === undefined) return ['', office]
  const settled = { ...service, presence: { value: 'no', source: null } } as const
  return [service.id, { ...office, services: new Map([...office.services, [service.id, settled]]) }]
}

const releasedBook = (): RuleBook =>
  bookOf({
    id: 'lot',
    reference: '§ 2',
    kind: 'release',
    parameters: { rhythm: 'weekly', weekday: 1, at: '08:00', way: 'lot', lotMinutes: 10 },
  })
