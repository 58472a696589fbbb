/** The face of the slice: what the office is, and how an office file becomes the office. */
export * from './model.js'
export type { AccountEntry, HolidayEntry, HoursEntry, OfficeFile, ShiftEntry } from './file.js'
export { directory, hasOffice, importOffice } from './actions.js'
export { buildDirectory, type DirectoryRows, type OfficeFacts } from './rules.js'
