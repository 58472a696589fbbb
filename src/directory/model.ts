/**
 * What the office is, as every slice sees it: plain facts read whole into memory.
 *
 * What no source gives is null, never guessed; what was assumed so that the example can run says so.
 */
import type { Language } from '../platform/words.js'

/** Words of the office in the other languages of the pages; a language that is not there is not translated. */
export type Translations<Words> = Readonly<Partial<Record<Exclude<Language, 'pl'>, Words>>>

/** What has a name of the office, Polish, and in other languages where the office gives it so. */
export interface Named {
  readonly name: string
  readonly translations?: Translations<{ readonly name: string }> | undefined
}

/** A service in another language. */
export interface ServiceWords {
  readonly name: string
  readonly summary?: string
  /** As many as in Polish, in the same order. */
  readonly bring?: readonly string[]
}

export interface Office {
  readonly slug: string
  readonly name: string
  readonly address: string
  /** The address as it stands on an envelope under the name: street with number, code with city. */
  readonly addressLines: readonly string[]
  readonly phone: string
  readonly fax: string | null
  readonly email: string
  readonly website: string | null
  readonly bip: string | null
  /** Electronic inbox on ePUAP, as `/umleszno/SkrytkaESP`. */
  readonly epuap: readonly string[]
  /** The office takes ePUAP for an account in its own system and so recognises letters sent through it (art. 63 § 1 KPA). */
  readonly epuapRecognised: boolean
  /** e-Delivery address; null when no source gives it. */
  readonly eDelivery: string | null
  /** Register numbers, as published. */
  readonly nip: string | null
  readonly regon: string | null
  readonly teryt: string | null
  /** Numbers of the whole office and what each is for. */
  readonly contacts: readonly OfficeContact[]
  readonly payments: readonly PaymentAccount[]
  readonly rates: readonly PaymentRate[]
  /** Where fees can be paid in person; null when no source gives it. */
  readonly cashDesk: {
    readonly where: string
    readonly note: string | null
    readonly source: string | null
    /** Days on which it was somewhere else, first and last. */
    readonly earlier?: readonly { readonly where: string; readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate }[]
  } | null
  readonly privacy: PrivacyNotice
  readonly accessibility: AccessibilityDeclaration
  readonly settings: OfficeSettings
  readonly demonstration: boolean
}

export interface OfficeContact {
  readonly purpose: string
  readonly phone: string | null
  readonly email: string | null
  readonly source: string | null
}

export interface PaymentRate {
  readonly kind: string
  readonly what: string
  readonly pln: number
  readonly source: string | null
}

export interface PaymentAccount {
  /** What is paid into it: `stamp-duty`, …; never used for another kind of fee. */
  readonly kind: string
  readonly name: string
  /** 26 digits whose check digits hold. */
  readonly account: string
  readonly iban?: string
  readonly bic?: string | null
  readonly bank: string | null
  /** Name of the recipient where it is not the office's; codes for bank apps hold 20 characters of it. */
  readonly recipient?: string | undefined
  readonly note: string | null
  readonly source: string
}

export interface PrivacyNotice {
  /** True when no source gives the controller's words. */
  readonly assumed: boolean
  readonly controller: string
  readonly purpose: string
  readonly legalBasis: string
  readonly keptDays: number
  /** Contact of the data protection officer; null when no source gives it. */
  readonly officerContact: string | null
}

/** What the accessibility declaration says (act of 4 April 2019); null where nobody has said it. */
export interface AccessibilityDeclaration {
  readonly publishedOn: Temporal.PlainDate | null
  readonly updatedOn: Temporal.PlainDate | null
  readonly preparedOn: Temporal.PlainDate | null
  readonly reviewedOn: Temporal.PlainDate | null
  readonly status: 'compliant' | 'partly' | 'not-compliant' | null
  /** Who assessed the pages; null: the office itself, or nobody yet. */
  readonly auditor: string | null
  readonly person: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly signFilm: SignFilm | null
  readonly easyRead: EasyRead | null
  readonly source: string | null
}

/** A film about the office in Polish Sign Language. */
export interface SignFilm {
  /** Where it is seen: a page of ours when the office gives the film itself, else where the office has it. */
  readonly address: string
  /** True when what is said is also written. */
  readonly captions: boolean
  /** Null where only a link is given. */
  readonly film: Film | null
  readonly source: string | null
}

/** A film that lies in the folder of the office's files, by their names. */
export interface Film {
  readonly video: string
  /** WebVTT. */
  readonly captions: string
  /** Shown until it is played. */
  readonly poster: string | null
  /** What is said and seen, in paragraphs; empty when the office gives none. */
  readonly transcript: readonly string[]
  /** Where else it can be seen. */
  readonly elsewhere: string | null
}

/** What the office does, in text that is easy to read (ETR). */
export interface EasyRead {
  readonly parts: readonly {
    readonly title: string
    readonly sentences: readonly string[]
    /** A pictogram in the folder of the office's files. */
    readonly picture?: string | null
  }[]
  readonly source: string | null
}

/** Not law; each is shown as "ustawienie urzędu" when an answer rests on it. Names are API. */
export interface OfficeSettings {
  /** Web booking from the next working day up to this many days ahead (1–60). */
  readonly 'booking-horizon-days': number
  readonly 'hold-minutes': number
  readonly 'hold-minutes-max': number
  /** How long a booking on the web waits to be confirmed; 0: it need not be. */
  readonly 'confirm-minutes': number
  /** How long a draw waits, once no entry is taken, for those that are not confirmed yet. */
  readonly 'lot-confirm-minutes': number
  readonly 'open-bookings-per-contact': number
  readonly 'entry-early-minutes': number
  readonly 'late-minutes': number
  /** Who comes without a booked hour is due so many minutes after coming in; a queue group may have its own. */
  readonly 'target-wait-minutes': number
  /** A priority makes a person due so much earlier. */
  readonly 'priority-minutes': number
  /** Receipts of papers left, and their hand-over lists, are kept so many full years, counted from the next year. */
  readonly 'drop-off-kept-years': number
  readonly 'call-again-after-seconds': number
  /** A person is called so many times at most. */
  readonly 'calls-max': number
  readonly 'missed-undo-seconds': number
  /** Reminders of a visit: at this hour of the day before, and so many minutes before it begins; 0: none. */
  readonly 'remind-hour': number
  readonly 'remind-minutes': number
  /** Whoever waits is told once it is their turn in about so many minutes; 0: not. */
  readonly 'next-minutes': number
  /** Whoever was served is asked how it was, so many minutes later; 0: not. */
  readonly 'feedback-minutes': number
  /** 1: an SMS keeps its Polish letters; 0: they lose their marks. */
  readonly 'sms-diacritics': number
  readonly 'sms-parts-max': number
  readonly 'erase-after-days': number
  /** Times one browser may keep at once while forms are filled in. */
  readonly 'holds-per-browser': number
  /** Times of one matter kept at once for browsers that did not work for them, while it is calm. */
  readonly 'holds-without-proof': number
  /** The most a browser is asked to work for a time, in hashes on average. */
  readonly 'proof-hashes-max': number
  /** Added to a visit whose person needs more time. */
  readonly 'more-time-minutes': number
  /** Working days after which a mail is answered at the latest, as its sender is told. */
  readonly 'mail-answer-days': number
  /** Days a person may be silent after an answer by mail, before the request is closed. */
  readonly 'mail-silence-days': number
  /** Times proposed by mail that are kept at once for one e-mail, over all its threads. */
  readonly 'proposed-per-contact': number
  /** A proposed time goes back to all so many minutes before it begins. */
  readonly 'proposed-back-minutes': number
  /** Matters settled in one visit at most. */
  readonly 'matters-per-visit': number
  /** Persons whose matters are settled in one visit at most. */
  readonly 'persons-per-visit': number
  /** A freed time returns to all after a random number of minutes between these two. */
  readonly 'freed-minutes-min': number
  readonly 'freed-minutes-max': number
  /** How long a freed time waits for the answer of the person it is offered to. */
  readonly 'offer-minutes': number
  /** Between these two whole hours (0–23) no SMS is sent that can wait; the same hour twice: there are no quiet hours. */
  readonly 'sms-quiet-from-hour': number
  readonly 'sms-quiet-until-hour': number
  /** How long a time is kept for a caller while the clerk talks. */
  readonly 'clerk-hold-minutes': number
  /** A request by form, call or mail is overdue once it has waited so many hours. */
  readonly 'answer-hours': number
  /** A call-back nobody answers is closed after so many attempts. */
  readonly 'call-attempts-max': number
}

export interface Building {
  readonly id: string
  readonly name: string
  readonly address: string
  /** What is in it, in a few words. */
  readonly role: string | null
  /** How to get in and where to go first, a sentence each; empty when no source says. */
  readonly directions: readonly string[]
  readonly accessibility: readonly string[]
  /** Undefined when no source says. */
  readonly stepFree?: StepFree
  readonly source: string | null
  /** No longer the office's: kept since visits and devices name it, shown to nobody. */
  readonly closed: boolean
}

/** How one who cannot climb stairs is served. */
export interface StepFree {
  /** Every desk is reached without a step. */
  readonly everywhere: boolean
  /** Where the clerk comes to the person instead; null when nowhere is named. */
  readonly meetingPlace: string | null
}

export interface Room {
  readonly id: string
  readonly buildingId: string
  readonly number: string
  readonly floor: string | null
  readonly assumed: boolean
  readonly source: string | null
  /** No longer the office's: kept since desks that were in it name it. */
  readonly closed: boolean
}

export interface Unit extends Named {
  readonly id: string
  readonly parentId: string | null
  /** Everyday words people search with when no matter of the unit has that name; never shown. */
  readonly keywords: readonly string[]
  readonly buildingId: string
  readonly roomId: string | null
  /** Its own numbers; empty when none is published: pages then show the office's and say so. */
  readonly phones: readonly string[]
  readonly fax: string | null
  /** Its own e-mail; null when none is published: pages then show the office's and say so. */
  readonly email: string | null
  readonly source: string | null
  /** The unit asks people to pay only after they filed; null where it says nothing. */
  readonly payAfterFiling: { readonly source: string } | null
  /** No longer in the office file: kept since something names it, shown to nobody. */
  readonly closed: boolean
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
  readonly source: string | null
  /** No longer in the office file: kept since visits name it, offered to nobody. */
  readonly closed: boolean
}

export type YesNoUnknown = 'yes' | 'no' | 'unknown'
export type CaseKind = 'kpa' | 'tax' | 'complaint' | 'petition' | 'information' | 'question' | 'unknown'

export interface Fee {
  readonly kind: 'stamp-duty' | 'licence' | 'vehicle' | 'tax' | 'other'
  readonly name: string
  readonly pln: number | null
  /** What day or year the amount is of, as "2020 r."; null when no source gives it. */
  readonly asOf: string | null
  readonly source: string | null
  /** What to know of the amount, in a sentence. */
  readonly note?: string | null | undefined
  /** What to write as the title of a transfer; left out when no source gives it. */
  readonly title?: string | undefined
  /** The title has no source. */
  readonly titleAssumed?: boolean | undefined
}

/** Something a source says of a service, and from which day it is so. */
export interface ServiceFact {
  readonly text: string
  readonly from: Temporal.PlainDate | null
  readonly source: string | null
}

export interface Service extends Named {
  readonly id: string
  readonly translations?: Translations<ServiceWords> | undefined
  /** What it is about in a few words, where the name alone does not say it. */
  readonly summary: string | null
  /** Everyday words people search with, in any language; never shown. */
  readonly keywords: readonly string[]
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
  readonly bringSource: string | null
  readonly fees: readonly Fee[]
  readonly timeLimit: string | null
  readonly facts: readonly ServiceFact[]
  /** True when no source lists it among the office's matters. */
  readonly assumed: boolean
  readonly source: string | null
  /** No longer in the office file: kept since visits name it, offered to nobody. */
  readonly closed: boolean
}

/** A matter people ask this office for and another one handles. */
export interface Elsewhere extends Named {
  readonly id: string
  /** Everyday words people search with, in any language; never shown. */
  readonly keywords?: readonly string[] | undefined
  /** Name of the office that handles it. */
  readonly who: string
  /** Where it is; null when no source gives it. */
  readonly where: string | null
  readonly phone: string | null
  readonly website: string | null
  readonly source: string
}

/** Hours a page of the office gives: an undated fact, an office setting, never law. */
export interface UnitHours {
  /** Null: the whole office. */
  readonly unitId: string | null
  /** ISO weekdays, 1 is Monday. */
  readonly weekdays: readonly number[]
  /** Wall times as `07:30`. */
  readonly intervals: readonly { readonly from: string; readonly to: string }[]
  readonly validFrom: Temporal.PlainDate | null
  /** First and last month-day of each year. */
  readonly season: { readonly from: string; readonly until: string } | null
  readonly asOf: string | null
  readonly source: string | null
}

export const specialDayKinds = ['closure', 'day-off', 'working-day', 'opening', 'hours'] as const
export type SpecialDayKind = (typeof specialDayKinds)[number]

/**
 * A day, or days, on which the office is open otherwise than its week says: a fact of the office, no
 * provision. How it stands to acts is said in src/regulation/rules/hours-special.ts.
 */
export interface SpecialDay {
  /** The same for every version. */
  readonly id: string
  readonly kind: SpecialDayKind
  readonly from: Temporal.PlainDate
  readonly until: Temporal.PlainDate
  /** Where: no building and no unit is the whole office. */
  readonly buildings: readonly string[]
  readonly units: readonly string[]
  /** Minutes of a closure (none is all day), else the hours; of a working day none is those of the last weekday before. */
  readonly intervals: readonly { readonly from: number; readonly to: number }[]
  /** Told to everybody, in Polish. */
  readonly reason: string
  /** Number of an act or a letter, as words: an answer never rests on it. */
  readonly restsOn: string | null
  readonly enteredAt: Temporal.Instant
  /** Null: it holds. */
  readonly removedAt: Temporal.Instant | null
}

/** A day off each year: on a month-day (`05-03`), or so many days after Easter Sunday. */
export type Holiday = {
  readonly name: string
  readonly validFrom: Temporal.PlainDate | null
  readonly source: string | null
} & ({ readonly type: 'fixed'; readonly monthDay: string } | { readonly type: 'easter'; readonly days: number })

/** Matters that wait in one line, with one letter on their tickets. */
export interface QueueGroup {
  /** None of I, O, U. */
  readonly letter: string
  /** As the screens call it. */
  readonly name: string
  /** Who comes without a booked hour is due so many minutes after coming in. */
  readonly targetWaitMinutes: number
  /** First and last number of a day's tickets. */
  readonly from: number
  readonly to: number
  /** Tickets without a booked hour given in a day at most; null: as many as can be served. */
  readonly walkInsPerDay: number | null
  /** Its open matters. */
  readonly serviceIds: readonly string[]
}

/** What happens in somebody's life, and the matters it brings with it: "a wedding". */
export interface LifeEvent {
  readonly id: string
  /** In every language of the pages: nobody knows it by the office's own name. */
  readonly name: Readonly<Record<Language, string>>
  /** Everyday words people search with, in any language; never shown. */
  readonly keywords: readonly string[]
  /** Its matters that are open, in the order people settle them. */
  readonly serviceIds: readonly string[]
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
  /** Matters another office handles; none shares its id with a service. */
  readonly elsewhere: ReadonlyMap<string, Elsewhere>
  /** Base hours as the office's own pages give them; regulation turns them into provisions. */
  readonly hours: readonly UnitHours[]
  readonly holidays: { readonly act: string; readonly sundaysAreFree: boolean; readonly rules: readonly Holiday[] }
  /** By letter, each letter of an open matter. */
  readonly queueGroups: ReadonlyMap<string, QueueGroup>
  /** In the order of the office file. */
  readonly lifeEvents: ReadonlyMap<string, LifeEvent>
  /** Open desks that offer a service, in the order of their slugs. */
  desksOf(serviceId: string): readonly Desk[]
  /** Open desks of a room. */
  desksIn(roomId: string): readonly Desk[]
  /** A unit and its parents, nearest first. */
  unitAndParents(unitId: string): readonly Unit[]
}
