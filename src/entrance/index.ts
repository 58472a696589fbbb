/** The face of the slice: the door's answers and entries. */
export { answer, enter, leave, recordRefusal, undoEntry, type DoorQuestion, type EnterCommand, type UndoCommand } from './actions.js'
export { dropOff, notClient, type AdmitCommand } from './admissions.js'
export { addCompanion, type CompanionCommand } from './companions.js'
export { otherAnswers, type OtherAnswer } from './asked-again.js'
export { doorView, searchBySurname, type DoorView } from './inside.js'
export {
  otherPurposes,
  overrideReasons,
  purposes,
  type DoorAnswer,
  type Entry,
  type OtherPurpose,
  type OverrideReason,
  type Purpose,
} from './model.js'
export { entranceComposers } from './assisted/messages.js'
export { entranceDuties } from './papers/duties.js'
export { answerWhenLetIn } from './once.js'
export { walkInAtDoor } from './walk-ins.js'
export { entranceRoutes } from './routes.js'
