/**
 * Acts, provisions and the questions asked of them.
 *
 * An act is an ordinance, a statute or regulation where it bears on the office, or the office's own
 * settings (rank `setting`: undated facts, which lose to any act). Everything here is plain data.
 */

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

/** Another act, and the paragraph that names it where that is known. */
export interface NamedAct {
  readonly act: string
  readonly reference: string | null
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

/** What each kind rules. How provisions of a kind combine is stated once, in rules.ts. */
export type Rule =
  /** replace: open from–to in minutes of the day; no interval is closed. */
  | { readonly kind: 'hours'; readonly parameters: { readonly intervals: readonly { readonly from: number; readonly to: number }[] } }
  /** replace: a day off, or (working: true) a working day where there would be none. */
  | { readonly kind: 'day-off'; readonly parameters: { readonly holiday?: HolidayRule; readonly working?: boolean; readonly name: string } }
  /** replace: how direct service is given. */
  | { readonly kind: 'admission'; readonly parameters: { readonly mode: 'booking-only' | 'booking-optional' | 'suspended' } }
  /** any: how a visit may be booked. `web-free-times` shows free times on the web. */
  | { readonly kind: 'booking-channel'; readonly parameters: { readonly channels: readonly BookingChannel[] } }
  /** replace: when the times of a day become bookable, and how they are given. */
  | { readonly kind: 'release'; readonly parameters: ReleaseRule }
  /** any: who may come in. */
  | { readonly kind: 'entry'; readonly parameters: { readonly purpose: 'visit' | 'drop-off'; readonly only: boolean } }
  /** strictest: clients per service desk in a room. */
  | { readonly kind: 'clients-per-desk'; readonly parameters: { readonly limit: number } }
  /** strictest: counted persons inside a building, or waiting in it, at a time. */
  | { readonly kind: 'building-limit'; readonly parameters: { readonly limit: number; readonly of: 'inside' | 'waiting' } }
  /** any: persons the limit does not count. */
  | { readonly kind: 'not-counted'; readonly parameters: { readonly who: string } }
  /** all: what must be worn or done. */
  | { readonly kind: 'safety'; readonly parameters: { readonly obligation: string } }
  /** any: who need not. */
  | { readonly kind: 'safety-exemption'; readonly parameters: { readonly obligation: string; readonly who: string } }
  /** all: people are asked; never a ground for refusal. */
  | { readonly kind: 'request'; readonly parameters: { readonly what: RequestName } }
  /** any: a way to settle a matter without coming. */
  | { readonly kind: 'remote-channel'; readonly parameters: RemoteChannel }
  /** all: where the act is published, who carries it out. */
  | { readonly kind: 'publication'; readonly parameters: { readonly place: string } }
  | { readonly kind: 'task'; readonly parameters: { readonly who: string; readonly what: string } }

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
}

/** What was known until the moment at which an import replaced it. */
export interface Replaced extends Law {
  readonly supersededAt: Temporal.Instant
}
