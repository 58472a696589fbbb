/**
 * The office file (`offices/leszno.json`, `offices/office.schema.json`) as TypeScript sees it after
 * it was checked: the same facts as the model, still as text, with the demonstration's accounts.
 */
import type {
  CaseKind,
  Elsewhere,
  EasyRead,
  Fee,
  Film,
  OfficeContact,
  OfficeSettings,
  PaymentAccount,
  PaymentRate,
  Named,
  PrivacyNotice,
  ServiceWords,
  SpecialDayKind,
  StepFree,
  Translations,
  YesNoUnknown,
} from './model.js'

export interface OfficeFile {
  /** For the reader of the file. */
  readonly about?: string
  readonly office: {
    readonly id: string
    readonly name: string
    readonly address: { readonly street: string; readonly number: string; readonly postalCode: string; readonly city: string }
    readonly phone: string
    readonly fax: string | null
    readonly email: string
    readonly website: string | null
    readonly bip: string | null
    readonly epuap: { readonly addresses: readonly string[]; readonly note?: string | null; readonly recognised?: boolean } | null
    readonly eDelivery: string | null
    readonly nip: string | null
    readonly regon: string | null
    readonly teryt: string | null
    readonly source: string | null
  }
  readonly contacts: readonly OfficeContact[]
  readonly payments: {
    readonly accounts: readonly PaymentAccount[]
    readonly rates: readonly PaymentRate[]
    readonly cashDesk: {
      readonly where: string
      readonly note: string | null
      readonly source: string | null
      readonly earlier?: readonly { readonly where: string; readonly from: string; readonly until: string; readonly source: string }[]
    } | null
  }
  readonly privacy: PrivacyNotice
  readonly accessibility?: AccessibilityEntry
  readonly settings: OfficeSettings
  readonly buildings: readonly BuildingEntry[]
  readonly rooms: readonly RoomEntry[]
  readonly units: readonly UnitEntry[]
  readonly desks: readonly DeskEntry[]
  readonly services: readonly ServiceEntry[]
  readonly elsewhere?: readonly Elsewhere[]
  readonly hours: readonly HoursEntry[]
  readonly holidays: { readonly act: string; readonly sundaysAreFree: boolean; readonly rules: readonly HolidayEntry[] }
  readonly shifts: readonly ShiftEntry[]
  /** Missing: the file says nothing of them. */
  readonly absences?: readonly AbsenceEntry[]
  /** Missing: the file says nothing of them. */
  readonly specialDays?: readonly SpecialDayEntry[]
  readonly queueGroups?: readonly QueueGroupEntry[]
  readonly lifeEvents?: readonly LifeEventEntry[]
  readonly demonstration?: { readonly accounts: readonly AccountEntry[] }
  readonly unknown?: readonly string[]
}

export interface AccessibilityEntry {
  readonly publishedOn: string | null
  readonly updatedOn: string | null
  readonly preparedOn: string | null
  readonly reviewedOn: string | null
  readonly status: 'compliant' | 'partly' | 'not-compliant' | null
  readonly auditor: string | null
  readonly person: string | null
  readonly email: string | null
  readonly phone: string | null
  /** With an address, with the files of the film, or with both: then the film is shown here. */
  readonly signFilm?: {
    readonly address?: string | null
    readonly captions: boolean
    readonly film?: (Pick<Film, 'video' | 'captions'> & Partial<Pick<Film, 'poster' | 'transcript'>>) | null
    readonly source: string | null
  } | null
  readonly easyRead?: EasyRead | null
  readonly source: string | null
}

export interface BuildingEntry {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly role: string | null
  readonly directions?: readonly string[]
  readonly accessibility: readonly string[]
  readonly stepFree?: StepFree
  readonly source: string | null
}

export interface RoomEntry {
  readonly id: string
  readonly buildingId: string
  readonly number: string
  readonly floor: string | null
  readonly assumed: boolean
  readonly source: string | null
}

export interface UnitEntry extends Named {
  readonly id: string
  readonly parentId: string | null
  readonly keywords?: readonly string[]
  readonly buildingId: string
  readonly roomId: string | null
  readonly phones: readonly string[]
  readonly fax: string | null
  readonly email: string | null
  readonly source: string | null
  readonly contactSource?: string
  readonly payAfterFiling?: { readonly source: string } | null
}

export interface DeskEntry {
  readonly slug: string
  readonly label: string
  readonly roomId: string
  readonly unitId: string
  readonly services: readonly string[]
  readonly assumed: boolean
  readonly source: string | null
}

export interface ServiceEntry extends Named {
  readonly id: string
  readonly translations?: Translations<ServiceWords>
  readonly summary: string | null
  readonly keywords?: readonly string[]
  readonly unitId: string
  readonly durationMinutes: number
  readonly durationAssumed: boolean
  readonly stepMinutes: number
  readonly persons: number
  readonly letter: string
  readonly dropOff: boolean
  readonly signature: { readonly value: YesNoUnknown; readonly source: string | null }
  readonly caseKind: { readonly value: CaseKind; readonly source: string | null }
  readonly presence: { readonly value: YesNoUnknown; readonly source: string | null }
  readonly bring: readonly string[]
  readonly bringSource: string | null
  readonly fees: readonly Fee[]
  readonly timeLimit: string | null
  readonly facts: readonly { readonly text: string; readonly from: string | null; readonly source: string | null }[]
  readonly assumed: boolean
  readonly source: string | null
}

export interface HoursEntry {
  /** Null: the whole office. */
  readonly unit: string | null
  readonly weekdays: readonly number[]
  readonly intervals: readonly { readonly from: string; readonly to: string }[]
  readonly validFrom: string | null
  readonly season: { readonly from: string; readonly until: string } | null
  readonly asOf: string | null
  readonly source: string | null
}

export type HolidayEntry = { readonly name: string; readonly validFrom: string | null; readonly source: string | null } & (
  | { readonly type: 'fixed'; readonly monthDay: string }
  | { readonly type: 'easter'; readonly days: number }
)

/** A desk is staffed on these weekdays; without minutes as long as its unit is open. */
export interface ShiftEntry {
  readonly desks: readonly string[]
  readonly weekdays: readonly number[]
  readonly from: string
  readonly until: string | null
  readonly startsMinute?: number
  readonly endsMinute?: number
  /** Minutes of the day within the shift when nobody sits there. */
  readonly breaks?: readonly { readonly from: number; readonly to: number }[]
  /** Groups that are not the desks' own, of which they take whoever has waited long enough. */
  readonly overflow?: readonly { readonly letter: string; readonly afterMinutes: number }[]
  readonly assumed: boolean
}

/** A desk that would be staffed is not. */
export interface AbsenceEntry {
  readonly desk: string
  /** Instants with their offset, as 2020-06-02T08:00:00Z. */
  readonly from: string
  readonly until: string
  readonly reason: string
}

/** A day, or days, on which the office is open otherwise than its week says. */
export interface SpecialDayEntry {
  readonly id: string
  readonly kind: SpecialDayKind
  readonly from: string
  readonly until: string
  /** No building and no unit is the whole office. */
  readonly buildings: readonly string[]
  readonly units: readonly string[]
  /** Minutes of the day. */
  readonly intervals: readonly { readonly from: number; readonly to: number }[]
  readonly reason: string
  readonly restsOn: string | null
}

export interface QueueGroupEntry {
  readonly letter: string
  readonly name: string
  readonly targetWaitMinutes?: number
  readonly from?: number
  readonly to?: number
  readonly walkInsPerDay?: number
}

export interface LifeEventEntry {
  readonly id: string
  readonly name: { readonly pl: string; readonly en: string; readonly uk: string }
  readonly keywords?: readonly string[]
  readonly services: readonly string[]
}

/** A person of the demonstration; passwords are made when it starts and printed there only. */
export interface AccountEntry {
  readonly login: string
  readonly name: string
  readonly roles: readonly string[]
  readonly unit: string | null
  readonly desk: string | null
  readonly building: string | null
}
