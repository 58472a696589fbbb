/** The face of the slice: free starts, holds, bookings, changes and requests. */
export * from './model.js'
export { book, confirmHold, expireHolds, hold, releaseHold, renewHold } from './actions.js'
export { cancel, move } from './changes.js'
export { confirmPending, currentVisit, lapsePending, sendCodeAgain } from './confirmation.js'
export { isFreeAgain } from './hold-again.js'
export { bookingComposers } from './messages.js'
export { readEmail, readName, readPerson, readPhone, type ContactRule, type TypedPerson } from './forms.js'
export { freeStarts, pickFor, daysAheadMax, type FreeQuestion, type Pick } from './free-starts.js'
export { offeredDays, type Asker } from './offered.js'
export type { FreeDay, FreeDayCode, FreeStart } from './availability/board.js'
export { bookFromRequest, finishRequest, makeRequest } from './requests.js'
export { enterLot, withdraw as withdrawFromLot, type EnterCommand, type EnterOutcome } from './lot/actions.js'
export { confirmEntry, sendEntryCode } from './lot/confirm.js'
export { bookFairly, holdFairly } from './fair/gate.js'
export { lotDuties, settleDraws } from './lot/settle.js'
export { mayTakeWish } from './lot/drawn.js'
export { byMatter, lastDays, sparedVisits, type AdviceCount, type CountedPeriod, type SparedMatter } from './advice-count.js'
export { bookingRoutes } from './routes.js'
export { openedReference, openedReferences, openVisit } from './access.js'
export { isOffered } from './routes-times.js'
export { otherWays, timesOf } from './times-answers.js'
export { wishedOf, wishOf, type Wish, type Wished } from './wish.js'
export { LapsedBlock } from './pages/confirm.js'
export { TimesPage, type TimesPageOptions } from './pages/times.js'
export { meetingPlace, NeedsNotes } from './pages/needs.js'
export {
  FromOffice,
  fullNames,
  matterNames,
  needsText,
  SafetyBlock,
  ToBring,
  visitRows,
  whenText,
  Where,
  whereText,
} from './pages/parts.js'
export { acceptOffer } from './waiting/accept.js'
export { decline, isLineOpen, join, joinForVisit, withdraw } from './waiting/join.js'
export { waitingComposers } from './waiting/messages.js'
export { keepFreed } from './waiting/freed.js'
export { lookAfterList, offerKept } from './waiting/offers.js'
