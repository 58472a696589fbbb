/** The face of the slice: the law as data, what is in force, and what follows from it. */
export * from './model.js'
export { importActs, ruleBook } from './store.js'
export { bookFrom, checkActs, type ActsDocument } from './document.js'
export { applying, combinations, minuteThatCounts, placeOfVisit, subjectOfUnit, winner } from './rules/combine.js'
export { hours, isOpenAt, serviceHours, type DayHours, type DayHoursCode } from './rules/hours.js'
export {
  bookableDays,
  bookingChannels,
  bookRefusals,
  mayBook,
  waysOn,
  waysToBook,
  type BookFacts,
  type BookRefusal,
  type BookYes,
  type Channels,
} from './rules/booking.js'
export { releaseOf, releaseStage, webDays, type Release, type ComingDay, type WebDays } from './rules/release.js'
export {
  entryNo,
  entryYes,
  mayEnter,
  type EntryDecision,
  type EntryFacts,
  type EntryNo,
  type EntryVisit,
  type EntryYes,
} from './rules/entry.js'
export { callRefusals, clientsPerDesk, mayCall, personsCounted, type CallFacts, type CallRefusal, type Counted } from './rules/calling.js'
export {
  companionAtDesk,
  desksInUse,
  mayBringCompanion,
  noPlaceLeft,
  notCounted,
  roomLeft,
  type CompanionFacts,
  type Counts,
  type DesksInUse,
  type NotCounted,
  type RoomFacts,
  type RoomLeft,
} from './rules/room.js'
export { advise, requested, wayTo, type Advice, type AdviceReason, type PaymentAdvice, type Way } from './rules/advice.js'
export { adviceStep } from './rules/steps.js'
export {
  priorities,
  safety,
  screening,
  symptomsRequest,
  urgencyStatement,
  type AskedOf,
  type SafetyObligation,
  type Screening,
} from './rules/safety.js'
export { entranceOf, toldOfDoor, type AtTheDoor } from './rules/doors.js'
export { dropOffRules, type PapersLeftBy } from './rules/drop-off.js'
export { overruled, type Overruled } from './rules/overruled.js'
export { Concerns } from './pages/concerns.js'
export { concerns, inForce, type Concern, type InForce } from './rules/listing.js'
export { actsNotHeld } from './rules/unknown.js'
export {
  exemptText,
  groupsText,
  holidayName,
  hoursText,
  leftSentences,
  obligationText,
  provisionSentence,
  reasonSentence,
  roomNames,
  safetyText,
  screeningText,
  waySentence,
  weekdaysText,
  wayWords,
} from './say.js'
export { readMeans, readMoment } from './forms.js'
export { regulationRoutes } from './routes.js'
export { actsProblems, enterActs, lockActs, readBook } from './store.js'
export { actsSchemaText, type ActDocument, type ProvisionDocument } from './document.js'
export { endOf } from './rules/listing.js'
export { read, type Standing } from './rules/force.js'
export { specialDaysOf, withoutInterval } from './rules/hours-special.js'
