/** The face of the slice: a visit, its states, what may be done with it, and how it ends. */
export * from './model.js'
export { closeDay, endVisit, type Ending, type EndState } from './actions.js'
export {
  heldAtMost,
  isLapsed,
  isOpen,
  lastEntry,
  mayDo,
  visitActions,
  visitTime,
  type VisitAction,
  type VisitRefusal,
  type VisitSettings,
  type VisitTime,
} from './rules.js'
export {
  calendarSequence,
  findVisit,
  findVisitById,
  freePlaces,
  lockVisit,
  plannedDesks,
  recordEvent,
  visitOf,
  type VisitRow,
} from './store.js'
export {
  buildingCode,
  isCurrentPass,
  passTokenOf,
  signedPassText,
  verifyPass,
  type PassReading,
  type PassSettings,
  type SignedPass,
} from './signed-pass.js'
