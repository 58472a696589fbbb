/** The face of the slice: the citizen's page of a visit. */
export { calendarFile, remindMinutes, type CalendarFacts } from './calendar-file.js'
export { lookUp, lookupWindowMinutes, passDuties, wrongContactsMax } from './lookups.js'
export { passRoutes } from './routes.js'
