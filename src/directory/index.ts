/** The face of the slice: what the office is, and how an office file becomes the office. */
export * from './model.js'
export type { AccountEntry, HolidayEntry, HoursEntry, OfficeFile, ShiftEntry } from './file.js'
export { directory, hasOffice } from './actions.js'
export { importCommand, importOffice, officeSchema, readOffice, type ImportOptions, type OfficeReading } from './command.js'
export { isAccount } from './check.js'
export { buildDirectory, type DirectoryRows, type OfficeFacts } from './rules.js'
export { contactHref, contacts, type Contact, type HoursAnswer, type HoursOn } from './contacts.js'
export { directoryRoutes, type DirectoryRouteOptions, type ServiceChannel } from './routes.js'
