/** The face of the slice: a visit, its states, and how to read it and write its history. */
export * from './model.js'
export { findVisit, findVisitById, lockVisit, recordEvent, visitOf, type VisitRow } from './store.js'
