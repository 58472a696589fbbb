/** The face of the slice: free starts, holds, bookings, changes and requests. */
export * from './model.js'
export { book, confirmHold, expireHolds, hold, releaseHold, renewHold } from './actions.js'
export { cancel, move } from './changes.js'
export { readDay, readEmail, readInstant, readName, readPerson, readPhone, type ContactRule, type TypedPerson } from './forms.js'
export { freeStarts, pickFor, daysAheadMax, type FreeQuestion, type Pick } from './free-starts.js'
export type { FreeDay, FreeDayCode, FreeStart } from './availability/board.js'
export { bookFromRequest, finishRequest, makeRequest } from './requests.js'
export { bookingRoutes } from './routes.js'
