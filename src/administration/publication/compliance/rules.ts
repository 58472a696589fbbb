/**
 * What holds each kind of provision up, and which figures show it. Stated once per kind; what nobody can
 * observe here is said to be so. Pure.
 */
import type { Directory, Unit } from '../../../directory/index.js'
import { readWrittenDay } from '../../../platform/typed-time.js'
import type { FieldError } from '../../../platform/decision.js'
import { read, type Act, type Kind, type Provision, type RuleBook, type Standing } from '../../../regulation/index.js'
import { byParagraph } from '../../acts/rules.js'
import { periodDaysMax, usualDays, type Counted, type Period } from './model.js'

/**
 * `database`: a constraint nothing gets past; `booking`, `door`, `call`: a decision there; `page`: the program
 * publishes it; `told`: people are told, and nobody is refused for it; `person`: a person sees to it.
 */
export type Mechanism = 'database' | 'booking' | 'door' | 'call' | 'page' | 'told' | 'person'

const mechanisms: Readonly<Record<Kind, readonly Mechanism[]>> = {
  hours: ['booking', 'door'],
  'day-off': ['booking', 'door'],
  admission: ['booking', 'door'],
  'booking-channel': ['booking'],
  release: ['booking'],
  entry: ['door'],
  companions: ['door'],
  screening: ['person'],
  'clients-per-desk': ['database', 'booking', 'call'],
  'building-limit': ['door', 'call'],
  'not-counted': ['booking', 'door'],
  safety: ['told', 'person'],
  'safety-exemption': ['told', 'person'],
  priority: ['call'],
  request: ['told'],
  'remote-channel': ['told'],
  publication: ['page', 'person'],
  task: ['person'],
}

export function mechanismsOf({ kind }: Pick<Provision, 'kind'>): readonly Mechanism[] {
  return mechanisms[kind]
}

/** What is observed of a provision: figures, the contacts, the tasks, or why there is nothing to see. */
export type Observed = Counted | 'desk' | 'room' | 'inside' | 'contacts' | 'spared' | 'tasks' | Unseen
/** `not-seen`: it happens away from the program; `never-kept`: it would say something of a person's health; `not-counted`: it follows from itself, nothing else is offered. */
export type Unseen = 'not-seen' | 'never-kept' | 'by-itself'

export function observedOf({ kind, parameters }: Provision): readonly Observed[] {
  switch (kind) {
    case 'hours':
    case 'day-off':
    case 'release':
      return ['by-itself']
    case 'admission':
    case 'companions':
      return ['without-booking']
    case 'booking-channel':
      return ['bookings', 'contacts']
    case 'entry':
      return parameters.purpose === 'drop-off' ? ['drop-offs', 'refusals'] : ['without-booking', 'refusals']
    case 'screening':
      return ['never-kept']
    case 'clients-per-desk':
      return ['desk', 'room']
    case 'building-limit':
      return parameters.of === 'waiting' ? ['refusals'] : ['inside', 'refusals']
    case 'not-counted':
      return ['room']
    case 'safety':
    case 'safety-exemption':
      return ['not-seen']
    case 'priority':
      return ['priorities']
    case 'request':
      return [parameters.what === 'urgent-matters' ? 'urgent' : parameters.what === 'symptoms-stay-home' ? 'never-kept' : 'not-seen']
    case 'remote-channel':
      return parameters.channel === 'drop-off' ? ['drop-offs', 'spared'] : ['spared']
    case 'publication':
      return parameters.place === 'contacts-bip' ? ['contacts'] : ['tasks']
    case 'task':
      return ['tasks']
  }
}

/** Is anything of it counted over days? */
export function countsOf(provision: Provision): boolean {
  return observedOf(provision).some((each) => !isUnseen(each) && each !== 'tasks' && each !== 'contacts')
}

export function isUnseen(observed: Observed): observed is Unseen {
  return observed === 'not-seen' || observed === 'never-kept' || observed === 'by-itself'
}

/** Entries of clients without a booking. Staff, deliveries and who comes along are none; papers have a rule of their own. */
const clients = ['visit', 'walk-in', 'override']
/** Answers to who is not booked there and then. */
const notBooked = [
  'no-booking',
  'unknown',
  'cancelled',
  'not-confirmed',
  'visit-over',
  'another-day',
  'wrong-building',
  'too-early',
  'too-late',
]

/** The entries, or the answers at the door, that a provision speaks of: the codes its figure counts for it, each apart. */
export function spokenOf({ kind, parameters }: Provision, figure: 'without-booking' | 'refusals'): readonly string[] {
  const entries = figure === 'without-booking'
  if (kind === 'admission') return entries ? clients : []
  if (kind === 'companions') return entries ? ['companion', 'interpreter'] : []
  if (kind === 'building-limit') return entries ? [] : parameters.of === 'waiting' ? ['line-full'] : ['building-full', 'area-full']
  if (kind !== 'entry') return []
  if (parameters.purpose === 'drop-off') return entries ? [] : ['drop-off-elsewhere', 'drop-off-closed']
  if (parameters.purpose === 'walk-in') return entries ? ['walk-in'] : ['no-booking']
  return entries ? clients : notBooked
}

export interface ActWithRules {
  readonly act: Act
  /** Its days within the period; null where only provisions another act keeps hold. */
  readonly days: Period | null
  readonly rules: readonly RuleWithDays[]
}

export interface RuleWithDays {
  readonly provision: Provision
  /** Its days within the period. */
  readonly days: Period
}

/**
 * Acts in force on any day of a period with their provisions by paragraph, each with its days: the office's
 * own first, the latest before older ones; settings are no acts.
 */
export function actsWithRules(book: RuleBook, period: Period): readonly ActWithRules[] {
  const { acts, actTerms, provisions } = read(book)
  const daysOf = new Map([...provisions.values()].flat().map(({ provision, term }) => [provision, within(term, period)] as const))
  return [...acts.values()]
    .filter(({ rank }) => rank !== 'setting')
    .map((act): ActWithRules => {
      const own = byParagraph([...daysOf.keys()].filter(({ actId }) => actId === act.id))
      return {
        act,
        days: within(actTerms.get(act.id) ?? { from: null, until: null }, period),
        rules: own.flatMap((provision) => {
          const days = daysOf.get(provision) ?? null
          return days === null ? [] : [{ provision, days }]
        }),
      }
    })
    .filter(({ days, rules }) => days !== null || rules.length > 0)
    .toSorted(
      (a, b) => Number(b.act.rank === 'ordinance') - Number(a.act.rank === 'ordinance') || firstDay(b.act).localeCompare(firstDay(a.act)),
    )
}

/** The days of a term within a period; null where there are none. */
function within({ from, until }: Standing['term'], period: Period): Period | null {
  const [first, last] = [period.from.toString(), period.to.toString()]
  const days = { from: from !== null && from > first ? from : first, to: until !== null && until < last ? until : last }
  return days.from > days.to ? null : { from: Temporal.PlainDate.from(days.from), to: Temporal.PlainDate.from(days.to) }
}

/** Units that publish no phone, or no e-mail, of their own or of the department above them. */
export function withoutContacts(office: Directory): { readonly phone: readonly Unit[]; readonly email: readonly Unit[] } {
  const units = [...office.units.values()].filter((unit) => !unit.closed)
  const line = (unit: Unit): readonly Unit[] => office.unitAndParents(unit.id)
  return {
    phone: units.filter((unit) => line(unit).every(({ phones }) => phones.length === 0)),
    email: units.filter((unit) => line(unit).every(({ email }) => email === null)),
  }
}

/** The period typed; fields left empty are the last thirty days. Errors name the field. */
export function readPeriod(
  typed: { readonly from: string; readonly to: string },
  today: Temporal.PlainDate,
): { readonly period: Period; readonly errors: readonly FieldError[] } {
  const to = typed.to === '' ? today : readWrittenDay(typed.to)
  const from = typed.from === '' ? (to ?? today).subtract({ days: usualDays - 1 }) : readWrittenDay(typed.from)
  const days = from === null || to === null ? 0 : from.until(to).total('days') + 1
  const errors = [
    ...(from === null ? [wrong('od', 'no-day')] : []),
    ...(to === null ? [wrong('do', 'no-day')] : []),
    ...(from !== null && to !== null && days < 1 ? [wrong('do', 'before')] : []),
    ...(days > periodDaysMax ? [wrong('od', 'too-long')] : []),
  ]
  const usual = { from: today.subtract({ days: usualDays - 1 }), to: today }
  return { period: errors.length > 0 || from === null || to === null ? usual : { from, to }, errors }
}

function wrong(field: 'od' | 'do', why: string): FieldError {
  return { field, message: `administration-publication-staff.period.${why}` }
}

function firstDay(act: Act): string {
  return (act.from ?? act.signedOn)?.toString() ?? ''
}
