/**
 * What can be asked of booking and what it answers.
 *
 * An outcome is the visit as it now stands, or a refusal that wrote nothing. Every command that
 * books carries an idempotency key; a hold does not, because a key in a shared page would be shared.
 */
import type { Queryable } from '../platform/database.js'
import type { Basis, Refused } from '../platform/decision.js'
import type { Language } from '../platform/words.js'
import type { Actor, Person, Visit, VisitChannel, VisitNeed, VisitState } from '../visit/index.js'
import type { Wished } from './wish.js'

/** The account behind an actor; null for a citizen and the program itself. */
export function accountOf(actor: Actor): number | null {
  return actor.startsWith('account:') ? Number(actor.slice('account:'.length)) : null
}

/** Why a clerk let someone pass the limit of open bookings. */
export const limitExceptions = ['for-another-person', 'several-matters', 'shared-contact', 'urgent-need'] as const
export type LimitException = (typeof limitExceptions)[number]

/** Why a visit was cancelled or moved. */
export const cancelReasons = ['citizen-wish', 'settled-otherwise', 'illness', 'office-closed', 'mistake'] as const
export type CancelReason = (typeof cancelReasons)[number]

export type BookingRefusal =
  | 'slot-taken'
  | 'not-offered'
  | 'unknown-service'
  | 'unknown-visit'
  | 'unknown-request'
  | 'request-ended'
  | 'request-claimed'
  | 'request-open'
  | 'limit-requests'
  | 'limit-open'
  | 'limit-service-day'
  | 'hold-expired'
  | 'confirm-expired'
  | 'code-wrong'
  | 'code-tries'
  | 'code-sends'
  | 'key-reused'
  | 'try-again'

export interface BookCommand extends Wished {
  readonly start: Temporal.Instant
  readonly channel: VisitChannel
  readonly person: Person
  readonly actor: Actor
  /** UUID chosen by the caller. */
  readonly key: string
  readonly language?: Language
  /** The person said it is urgent or cannot be settled otherwise (§ 2). */
  readonly urgent?: boolean
  readonly needs?: readonly VisitNeed[]
  readonly onBehalf?: boolean
  /** A clerk's reason to pass the limits. */
  readonly limitException?: LimitException
  readonly inCall?: InCall
}

/** The clerk is on the phone with the person: what the call came to is noted with the change, or neither is. */
export type InCall = boolean

export interface HoldCommand extends Wished {
  readonly start: Temporal.Instant
  /** Name of the work that pays for it, as a UUID: the same work pays for nothing else. */
  readonly key?: string
  readonly language?: Language
  /** A clerk who keeps it for a caller, as long as that setting says. */
  readonly by?: { readonly actor: Actor; readonly channel: VisitChannel }
}

export interface ConfirmCommand {
  readonly reference: string
  readonly person: Person
  readonly key: string
  readonly urgent?: boolean
  readonly language?: Language
  /** The clerk who kept the time for a caller and now books it, with what a caller says besides. */
  readonly by?: BookedFor
}

export interface BookedFor {
  readonly actor: Actor
  readonly channel: VisitChannel
  readonly needs: readonly VisitNeed[]
  readonly onBehalf: boolean
  readonly limitException?: LimitException
  readonly inCall?: InCall
  /** Of the booking it is. */
  readonly hash: Buffer
}

/** How a pending visit came to be confirmed. */
export const confirmReasons = ['code', 'link', 'by-clerk'] as const
export type ConfirmReason = (typeof confirmReasons)[number]

/** The proof with which a pending visit is confirmed: six digits, the token of a link, or a clerk's word. */
export interface ConfirmPendingCommand {
  readonly reference: string
  readonly proof: { readonly code: string } | { readonly token: string } | { readonly clerk: Actor }
}

export interface ReleaseCommand {
  readonly reference: string
  /** The citizen, unless somebody else held it. */
  readonly actor?: Actor
}

export interface CancelCommand {
  readonly reference: string
  readonly actor: Actor
  readonly reason: CancelReason
  readonly channel?: VisitChannel
  /** Without a key, cancelling again is refused with `already-cancelled`. */
  readonly key?: string
  readonly because?: Because
  readonly inCall?: InCall
}

export interface MoveCommand {
  readonly reference: string
  readonly start: Temporal.Instant
  readonly actor: Actor
  readonly channel?: VisitChannel
  readonly key?: string
  /** A clerk's reason to pass the limit of one visit for a matter and day. */
  readonly limitException?: LimitException
  readonly because?: Because
  readonly inCall?: InCall
}

/** Why the office moves or cancels a visit of its own accord, as the person is told. */
export interface Because {
  /** A word of `booking-messages.because.CODE`. */
  readonly code: string
  readonly basis: readonly Basis[]
}

/** Work of later slices in the transaction of a change, told the visit as it was: it throws to have nothing changed. */
export type Along = (client: Queryable, before: Visit) => Promise<void>

/** When a visit would suit: a day or a weekday (1 is Monday), any when neither is named, and a part of the day. */
export interface RequestedTime {
  /** ISO date. */
  readonly day?: string
  readonly weekday?: number
  readonly part: DayPart
}

export const dayParts = ['morning', 'afternoon', 'any'] as const
export type DayPart = (typeof dayParts)[number]

export type RequestState = 'open' | 'booked' | 'settled' | 'closed'
/** The way a request came: by the form on a unit's page, by a call a clerk took, by a mail. */
export const requestChannels = ['form', 'phone', 'email'] as const
export type RequestChannel = (typeof requestChannels)[number]

/** What somebody who called asks for. */
export const callBackWishes = ['call', 'email'] as const
export type CallBackWish = (typeof callBackWishes)[number]

export interface RequestCommand {
  /** Null only for a call whose matter nobody understood: then `unitId` says in whose list it stands. */
  readonly serviceId: string | null
  readonly unitId?: string
  readonly times: readonly RequestedTime[]
  readonly person: Person
  readonly key: string
  readonly language?: Language
  readonly urgent?: boolean
  /** Who writes it down, and where, when it is not the citizen on the web: a guard for somebody at the door, a clerk for a caller. */
  readonly by?: { readonly actor: Actor; readonly channel: 'door' | 'phone' }
  /** The person is to be rung or written to, at once or from a time on: then it is a request by phone. */
  readonly callBack?: { readonly wish: CallBackWish; readonly ringAt: Temporal.Instant | null }
  readonly inCall?: InCall
}

/** The request names the matter, unless whoever books understood it to be another; what else the visit is for is said by them. */
export interface BookRequestCommand extends Omit<Wished, 'serviceId'> {
  readonly serviceId?: string
  readonly reference: string
  readonly start: Temporal.Instant
  readonly actor: Actor
  readonly key: string
  readonly needs?: readonly VisitNeed[]
  readonly onBehalf?: boolean
  readonly limitException?: LimitException
}

/** How a request was settled without a visit. */
export const settleReasons = ['by-phone', 'by-email', 'by-epuap', 'by-post', 'advice-sufficed'] as const
/** Why a request was closed. */
export const closeReasons = ['not-reached', 'withdrawn', 'doubled', 'not-our-matter', 'wrong-number'] as const

export interface EndRequestCommand {
  readonly reference: string
  readonly actor: Actor
  readonly end: 'settled' | 'closed'
  readonly reason: (typeof settleReasons)[number] | (typeof closeReasons)[number]
}

/** A request as it now stands, or as the first answer to the same command said. */
export interface RequestDone {
  readonly allowed: true
  readonly code: 'done'
  readonly reference: string
  readonly secret: string
  readonly state: RequestState
  /** Null while nobody has understood the matter. */
  readonly serviceId: string | null
  readonly unitId: string
  readonly repeated: boolean
}

export type RequestOutcome = RequestDone | Refused

/** A change that was made, or the first answer to the same command. */
export interface Done {
  readonly allowed: true
  readonly code: 'done'
  readonly reference: string
  /** Opens the visit to its owner; derived, never stored. */
  readonly secret: string
  readonly state: VisitState
  readonly serviceId: string
  readonly buildingId: string
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  /** Until when a hold is kept; null for anything else. */
  readonly heldUntil: Temporal.Instant | null
  /** Until when a pending visit waits to be confirmed; null for anything else. */
  readonly confirmUntil: Temporal.Instant | null
  /** True when this is the first answer given again. */
  readonly repeated: boolean
}

export type Outcome = Done | Refused
