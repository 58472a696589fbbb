/**
 * What the office is, as every slice sees it: plain facts read whole into memory.
 *
 * What no source gives is null, never guessed; what was assumed so that the example can run says so.
 */

export interface Office {
  readonly slug: string
  readonly name: string
  readonly address: string
  readonly phone: string
  readonly email: string
  readonly website: string | null
  readonly bip: string | null
  /** Electronic inbox on ePUAP, as `/umleszno/SkrytkaESP`. */
  readonly epuap: readonly string[]
  /** e-Delivery address; null when no source gives it. */
  readonly eDelivery: string | null
  readonly payments: readonly PaymentAccount[]
  readonly privacy: PrivacyNotice
  readonly settings: OfficeSettings
  readonly demonstration: boolean
}

export interface PaymentAccount {
  /** What is paid into it: `stamp-duty`, …; never used for another kind of fee. */
  readonly kind: string
  readonly account: string
  readonly bank: string | null
  readonly note: string | null
  readonly source: string
}

export interface PrivacyNotice {
  readonly controller: string
  readonly purpose: string
  readonly legalBasis: string
  readonly keptDays: number
  /** Contact of the data protection officer; null when no source gives it. */
  readonly officerContact: string | null
}

/** Not law; each is shown as "ustawienie urzędu" when an answer rests on it. Names are API. */
export interface OfficeSettings {
  /** Web booking from the next working day up to this many days ahead (1–60). */
  readonly 'booking-horizon-days': number
  readonly 'hold-minutes': number
  readonly 'hold-minutes-max': number
  readonly 'open-bookings-per-contact': number
  readonly 'entry-early-minutes': number
  readonly 'late-minutes': number
  readonly 'call-again-after-seconds': number
  readonly 'missed-undo-seconds': number
  readonly 'erase-after-days': number
}

export interface Building {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly accessibility: readonly string[]
  readonly source: string | null
}

export interface Room {
  readonly id: string
  readonly buildingId: string
  readonly number: string
  readonly floor: string | null
  readonly assumed: boolean
}

export interface Unit {
  readonly id: string
  readonly parentId: string | null
  readonly name: string
  readonly buildingId: string
  readonly roomId: string | null
  readonly phones: readonly string[]
  /** Its own e-mail; null when none is published: pages then show the office's and say so. */
  readonly email: string | null
  readonly source: string | null
}

export interface Desk {
  /** Short number for hot tables; never leaves the program. */
  readonly id: number
  readonly slug: string
  /** "1", as on the sign over the desk. */
  readonly label: string
  readonly roomId: string
  readonly buildingId: string
  readonly unitId: string
  readonly serviceIds: readonly string[]
  readonly assumed: boolean
}

export type YesNoUnknown = 'yes' | 'no' | 'unknown'
export type CaseKind = 'kpa' | 'tax' | 'complaint' | 'petition' | 'information' | 'question' | 'unknown'

export interface Fee {
  readonly kind: 'stamp-duty' | 'licence' | 'vehicle' | 'tax' | 'other'
  readonly name: string
  readonly pln: number | null
  readonly asOf: string | null
  readonly source: string | null
}

export interface Service {
  readonly id: string
  readonly name: string
  readonly unitId: string
  readonly buildingId: string
  /** Planned minutes of a visit. */
  readonly durationMinutes: number
  readonly durationAssumed: boolean
  /** Starts are offered on this grid of minutes from the opening. */
  readonly stepMinutes: number
  /** Persons the matter needs, normally 1; declaring a marriage takes 2. */
  readonly persons: number
  /** Letter of its tickets, none of I, O, U. */
  readonly letter: string
  /** True for leaving documents at the service office: never booked, taken at its desk. */
  readonly dropOff: boolean
  readonly signature: { readonly value: YesNoUnknown; readonly source: string | null }
  readonly caseKind: { readonly value: CaseKind; readonly source: string | null }
  /** Does the law require the person to be present? */
  readonly presence: { readonly value: YesNoUnknown; readonly source: string | null }
  readonly bring: readonly string[]
  readonly fees: readonly Fee[]
  readonly timeLimit: string | null
  readonly source: string | null
}

/** The whole office in memory; maps are keyed by id (desks by slug and by number). */
export interface Directory {
  readonly office: Office
  readonly buildings: ReadonlyMap<string, Building>
  readonly rooms: ReadonlyMap<string, Room>
  readonly units: ReadonlyMap<string, Unit>
  readonly desks: ReadonlyMap<string, Desk>
  readonly desksById: ReadonlyMap<number, Desk>
  readonly services: ReadonlyMap<string, Service>
  /** Desks that offer a service, in the order of their slugs. */
  desksOf(serviceId: string): readonly Desk[]
  desksIn(roomId: string): readonly Desk[]
  /** A unit and its parents, nearest first. */
  unitAndParents(unitId: string): readonly Unit[]
}
