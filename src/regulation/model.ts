/**
 * Acts, provisions and the questions asked of them.
 *
 * An act is an ordinance, a statute or regulation where it bears on the office, or the office's own
 * settings (rank `setting`: undated facts, which lose to any act). Everything here is plain data.
 */

import type { SpecialDay } from '../directory/index.js'

export type Rank = 'statute' | 'regulation' | 'ordinance' | 'setting'

export interface Act {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly issuer: string
  readonly rank: Rank
  readonly signedOn: Temporal.PlainDate | null
  /** First day in force; null when unknown: then from the day of signing, or before every day asked about. */
  readonly from: Temporal.PlainDate | null
  /** Last day in force; null until revoked. */
  readonly until: Temporal.PlainDate | null
  readonly conditionId: string | null
  /** When the program learned of this version of the act. */
  readonly enteredAt: Temporal.Instant
  readonly repeals: readonly NamedAct[]
  readonly upholds: readonly NamedAct[]
  readonly legalBasis: readonly string[]
  readonly publication: readonly string[]
  readonly executors: readonly string[]
  /** False when the text is not held: what it ruled is said to be unknown. */
  readonly textHeld: boolean
  /** Facts of the act that no source settles, each in a sentence such as "until: …". */
  readonly assumed: readonly string[]
  readonly source: string | null
}

/** Another act, or one provision of it, and the paragraph that names it where that is known. */
export interface NamedAct {
  readonly act: string
  readonly reference: string | null
  /** Word of the one provision that is meant, as it stands in its act; missing is the whole act. */
  readonly provision?: string
}

export interface Condition {
  readonly id: string
  readonly title: string
  readonly from: Temporal.PlainDate | null
  readonly until: Temporal.PlainDate | null
  /** When the program learned that it is so. */
  readonly enteredAt: Temporal.Instant
  readonly source: string | null
}

/** Where and when a provision holds; a missing field is everywhere or always. */
export interface Scope {
  readonly building?: readonly string[]
  readonly room?: readonly string[]
  readonly unit?: readonly string[]
  readonly service?: readonly string[]
  /** ISO weekdays, 1 is Monday. */
  readonly weekday?: readonly number[]
  /** First and last month-day of a season each year, as `07-01`. */
  readonly season?: { readonly from: string; readonly until: string }
  /** First and last day. */
  readonly dates?: { readonly from: string; readonly until: string }
}

/** What each kind rules. How provisions of a kind combine is stated once, in rules/combine.ts. */
export type Rule =
  | { readonly kind: 'hours'; readonly parameters: HoursRule }
  /** replace: a day off, or (working: true) a working day where there would be none. */
  | { readonly kind: 'day-off'; readonly parameters: { readonly holiday?: HolidayRule; readonly working?: boolean; readonly name: string } }
  | { readonly kind: 'admission'; readonly parameters: AdmissionRule }
  /** any: how a visit may be booked. `web-free-times` shows free times on the web. */
  | { readonly kind: 'booking-channel'; readonly parameters: { readonly channels: readonly BookingChannel[] } }
  /** replace: when the times of a day become bookable, and how they are given. */
  | { readonly kind: 'release'; readonly parameters: ReleaseRule }
  | { readonly kind: 'entry'; readonly parameters: EntryRule }
  /** strictest: only those come with a client without whom the client cannot manage; without a rule anybody may. */
  | { readonly kind: 'companions'; readonly parameters: { readonly who: 'needed' } }
  /** all: what the guard looks at before letting in. Who does not pass stays out; nothing of it is ever written down. */
  | { readonly kind: 'screening'; readonly parameters: ScreeningRule }
  /** strictest: clients per service desk in a room. */
  | { readonly kind: 'clients-per-desk'; readonly parameters: { readonly limit: number } }
  | { readonly kind: 'building-limit'; readonly parameters: CountLimit }
  /** any: persons the limit does not count. */
  | { readonly kind: 'not-counted'; readonly parameters: { readonly who: string } }
  | { readonly kind: 'safety'; readonly parameters: SafetyRule }
  /** any: who need not; a child under so many years, where the act gives them. */
  | {
      readonly kind: 'safety-exemption'
      readonly parameters: { readonly obligation: string; readonly who: string; readonly underYears?: number }
    }
  /** any: who is served before others. */
  | { readonly kind: 'priority'; readonly parameters: { readonly who: string } }
  | { readonly kind: 'request'; readonly parameters: RequestRule }
  /** any: a way to settle a matter without coming. */
  | { readonly kind: 'remote-channel'; readonly parameters: RemoteChannel }
  /** all: where the act is published, who carries it out. */
  | { readonly kind: 'publication'; readonly parameters: { readonly place: string } }
  | { readonly kind: 'task'; readonly parameters: { readonly who: string; readonly what: string } }

/** Minutes of the day, the last one not included. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/**
 * replace: open from–to; no interval is closed. With an `offset` the hours are those that would
 * hold without it, opened and closed so many minutes later or (below 0) earlier.
 */
export interface HoursRule {
  readonly intervals: readonly Interval[]
  /** Taken out of the hours. */
  readonly breaks?: readonly Interval[]
  readonly offset?: { readonly opens: number; readonly closes: number }
}

export const admissionModes = ['booking-only', 'booking-optional', 'booking-advised', 'suspended'] as const
export type AdmissionMode = (typeof admissionModes)[number]

/** replace: how direct service is given. */
export interface AdmissionRule {
  readonly mode: AdmissionMode
  /** Only matters that cannot be settled without coming. */
  readonly matters?: 'need-presence'
}

/** any: who may come in. `walk-in` opens to those without a booking what another rule keeps for the booked. */
export interface EntryRule {
  readonly purpose: 'visit' | 'drop-off' | 'walk-in'
  readonly only: boolean
  /** The door for them, where the building has several. */
  readonly entrance?: string
  /** What is said at the door to show that one is booked. */
  readonly proof?: 'name-and-matter'
}

export interface ScreeningRule {
  readonly what: 'temperature' | 'symptoms'
  /** Degrees Celsius; who has more stays out. Missing: the act gives no number. */
  readonly above?: number
}

/**
 * strictest: counted persons inside, or waiting, at a time: in the building, in each room of the
 * scope by itself, or in its rooms together (an area with a door of its own). The limit of a floor
 * area is worked out from its square metres when the act is read.
 */
export interface CountLimit {
  readonly of: 'inside' | 'waiting'
  readonly limit: number
  /** Missing: rooms where the scope names rooms, else the building. */
  readonly per?: 'building' | 'room' | 'area'
  /** One person for so many square metres of that floor. */
  readonly squareMetresEach?: number
  readonly squareMetres?: number
  /** The door of the area. */
  readonly entrance?: string
}

/** all: what must be worn or done. */
export interface SafetyRule {
  readonly obligation: string
  /** Recommended, not required. */
  readonly advised?: boolean
  /** Any of these does as well. */
  readonly or?: readonly string[]
  /** Of a distance. */
  readonly metres?: number
}

/** all: people are asked; never a ground for refusal. */
export interface RequestRule {
  readonly what: RequestName
  /** Of payments: no other way is open. */
  readonly only?: boolean
  /** Of payments: the proof goes with the papers. */
  readonly attachProof?: boolean
}

export type RequestName = 'symptoms-stay-home' | 'urgent-matters' | 'pay-by-transfer'

export type Kind = Rule['kind']
export type RuleOf<Name extends Kind> = Extract<Rule, { readonly kind: Name }>

export type BookingChannel = 'phone' | 'email' | 'request' | 'web'

/**
 * `rolling`: a day opens at midnight so many days before; `daily`: at a minute of the wall (360 is
 * 6:00) so many days before; `weekly`: a whole week, Monday to Sunday, on a weekday at a minute, so
 * many weeks before. `first-come`, or by `lot` among all who ask in the first minutes. Without
 * channels it holds for the web alone: clerks are not bound.
 */
export type ReleaseRule = (
  | { readonly rhythm: 'rolling'; readonly daysAhead: number }
  | { readonly rhythm: 'daily'; readonly daysAhead: number; readonly minute: number }
  | { readonly rhythm: 'weekly'; readonly weekday: number; readonly minute: number; readonly weeksAhead?: number }
) & {
  readonly way: 'first-come' | 'lot'
  /** Minutes in which wishes for a draw are gathered. */
  readonly lotMinutes?: number
  readonly channels?: readonly BookingChannel[]
}

export type HolidayRule =
  | { readonly type: 'fixed'; readonly monthDay: string }
  | { readonly type: 'easter'; readonly days: number }
  | { readonly type: 'weekday'; readonly weekday: number }

/** Channels through which a visit may be asked for; the last three are a clerk's or a machine's in the building. */
export type AskedChannel = BookingChannel | 'counter' | 'door' | 'kiosk'

/** What a citizen has to send papers with. */
export const allMeans = ['epuap-account', 'trusted-profile', 'qualified-certificate', 'personal-signature', 'e-delivery'] as const
export type Means = (typeof allMeans)[number]

export type RemoteChannelName = 'epuap' | 'e-delivery' | 'email' | 'post' | 'drop-off'

export interface RemoteChannel {
  readonly channel: RemoteChannelName
  /** Holds for matters that need a signature, that do not, or either. */
  readonly signature: 'required' | 'not-required' | 'any'
  /** Kinds of case it is for; missing is all. */
  readonly caseKinds?: readonly string[]
  /** Every group must be met by one of its means. */
  readonly needs: readonly (readonly Means[])[]
  /** Takes the channel away instead of giving it. */
  readonly withdrawn?: boolean
  /** The act recommends it ("zaleca się"), rather than just allowing it. */
  readonly advised?: boolean
  /** Given only to those who do not meet these groups: "jeśli osoba nie posiada …". */
  readonly lacking?: readonly (readonly Means[])[]
  /** What comes in this way lies so many hours before anybody takes it up. */
  readonly quarantineHours?: number
  /** How papers are left, where the act says more than that they may be. */
  readonly dropOff?: DropOffRule
}

/** Leaving papers in person. */
export interface DropOffRule {
  /** Where: `box`, `service-office`, or in the act's own words. */
  readonly place: string
  readonly receipt: 'always' | 'on-request' | 'none'
  /** Minutes of the day; missing: while the service office is open. All day: 0 to 1440. */
  readonly hours?: readonly Interval[]
  readonly emptiedEveryMinutes?: number
  /** What those who leave them are asked for: `phone`, `wrapped`, or in the act's own words. */
  readonly asks?: readonly string[]
}

export type Provision<Of extends Rule = Rule> = Of & {
  /** Act and a word: `K/219/2020#one-per-desk`. */
  readonly id: string
  readonly actId: string
  /** As people cite it, `§ 1 ust. 4`; for an office setting its name. */
  readonly reference: string
  /** False: a default, which yields to a lower act that names the day. */
  readonly binding: boolean
  readonly scope: Scope
  readonly from: Temporal.PlainDate | null
  readonly until: Temporal.PlainDate | null
  readonly conditionId: string | null
  /** Facts of this rule alone that no source settles. */
  readonly assumed: readonly string[]
}

/** Acts with their provisions, and the conditions they hang on. */
export interface Law {
  readonly acts: readonly Act[]
  readonly conditions: readonly Condition[]
  readonly provisions: readonly Provision[]
}

/** Everything the program knows of the law, and knew before; read whole into memory. */
export interface RuleBook extends Law {
  /** Versions that later imports replaced: only "what was known then" asks for them. */
  readonly replaced: readonly Replaced[]
  /** Every version of every special day, those taken back as well. */
  readonly specialDays: readonly SpecialDay[]
}

/** What was known until the moment at which an import replaced it. */
export interface Replaced extends Law {
  readonly supersededAt: Temporal.Instant
}
