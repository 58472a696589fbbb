/**
 * The door without a network: what a device holds of the day, what a guard does with it, and what of
 * that may not fit what happened meanwhile.
 *
 * Times are milliseconds since 1970, by the office's clock unless it is said otherwise.
 */
import type { PassKey } from '../../platform/references.js'

/** What the door says, drawn beforehand by the same component as with a network. */
export interface ToldAnswer {
  readonly code: string
  readonly allowed: boolean
  readonly shape: 'yes' | 'wait' | 'no'
  /** A fragment with places for the facts of the visit and for the buttons. */
  readonly html: string
}

/** From a moment on the answer is the one of that index. */
export type Turn = readonly [from: number, answer: number]

/** A visit of the day, as little of it as the guard needs: no name, no contact, no reference. */
export interface ListedVisit {
  /** The row: says nothing and opens nothing. */
  readonly visit: number
  /** Keyed hashes by which a scanned pass and a typed reference find the visit. */
  readonly pass: string
  readonly reference: string
  readonly starts: number
  readonly persons: number
  readonly time: string
  readonly matter: string
  readonly room: string | null
  readonly meeting: string | null
  /** As the list of those expected shows them: whom to ask for when a pass comes twice. */
  readonly initials: string | null
  readonly expected: boolean
  /** Let in, and the visit open. */
  readonly inside: boolean
  /** The last entry, while nobody was seen going out. */
  readonly last: number | null
  /** Answers of the whole day. */
  readonly answers: readonly Turn[]
}

export interface DoorList {
  readonly building: string
  /** Whose list it is, proven: an act counts as this guard's, whoever is signed in when it is sent. */
  readonly guard: string
  readonly at: number
  /** The machine's clock at the same moment: what the clock of the device is held against. */
  readonly machineAt: number
  /** The end of the office's day: from then on nothing of this may be kept. */
  readonly until: number
  readonly time: string
  /** HMAC-SHA-256 key of the hashes, in base64url; the device keeps it in a form it cannot give away. */
  readonly key: string
  readonly passKeys: readonly PassKey[]
  /** The code of this building on a pass. */
  readonly code: string
  /** Answers for passes of other buildings, by their code. */
  readonly elsewhere: Readonly<Record<string, number>>
  readonly sameScanMs: number
  readonly samePassMs: number
  readonly answers: readonly ToldAnswer[]
  readonly visits: readonly ListedVisit[]
  /** A client without any booking. */
  readonly unbooked: readonly Turn[]
  /** Somebody who leaves papers. */
  readonly documents: readonly Turn[]
  /** Units an envelope may be for. */
  readonly units: readonly { readonly id: string; readonly name: string }[]
  /** The name of the unit that sorts envelopes for which none was named. */
  readonly sorts: string
  /** Entries of whoever is inside, to be marked as gone. */
  readonly inside: readonly {
    readonly entry: number
    readonly visit: number | null
    readonly time: string
    readonly label: string
    readonly persons: number
  }[]
  /** Places left under each limit in force, and the answer for each number of them, from none. */
  readonly room: readonly { readonly left: number; readonly full: readonly number[] }[]
  readonly said: Readonly<Record<Said, number>>
}

/** Answers that are no turn of a visit. `{time}` and `{date}` in them are filled by the device. */
export const said = [
  'back',
  'twice',
  'signed',
  'early',
  'late',
  'coming-day',
  'past-day',
  'not-listed',
  'unreadable',
  'changed',
  'surname',
] as const
export type Said = (typeof said)[number]

export const actKinds = ['entered', 'refused', 'admitted', 'left', 'undone', 'counted', 'papers'] as const
export type ActKind = (typeof actKinds)[number]

export const conflictCodes = [
  'cancelled',
  'over',
  'moved',
  'another-building',
  'entered-twice',
  'over-limit',
  'unknown-visit',
  'unknown-entry',
  'another-day',
  'answer-differs',
  'clock-wrong',
  'clock-jumped',
  'unknown-unit',
  'number-taken',
] as const
export type ConflictCode = (typeof conflictCodes)[number]

export interface Conflict {
  readonly code: ConflictCode
  readonly details: Readonly<Record<string, string | number>>
}

/** A clock of a device that is wrong by less is as good as any. */
export const clockMinutes = 2
/** Acts a device may send at once. */
export const actsMax = 200
/** An act may be as old as this: a long weekend in a drawer. Older ones are not believed. */
export const actHoursMax = 96

/** A door's pages alone may ask for the camera. */
export const cameraHere = { 'permissions-policy': 'camera=(self), microphone=(), geolocation=()' } as const
