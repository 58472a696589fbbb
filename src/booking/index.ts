/** The face of the slice: free starts, holds, bookings, changes and requests. */
export * from './model.js'
export { book, expireHolds, hold } from './actions.js'
