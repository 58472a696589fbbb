/** The face of the slice: the office's day as integers, and when each desk is open and staffed. */
export * from './model.js'
export { addAbsence, addShift } from './actions.js'
export { announcePlaces, calendarTopic, freeTopic, placesTopic } from './changes.js'
export { instantAt, minuteOf, minuteUntil, officeDate, passedAt, wallAt, type OfficeDate } from './office-date.js'
export { deskOpenings, isOn, passedIntervals, staffedMinutes } from './rules.js'
export {
  deleteAbsence,
  deleteShift,
  loadAbsences,
  loadShifts,
  lockDesk,
  readAbsence,
  readAbsences,
  readShift,
  readShifts,
  writeAbsence,
  writeShift,
} from './store.js'
