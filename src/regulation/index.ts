/** The face of the slice: the law as data, what is in force, and what follows from it. */
export * from './model.js'
export { importActs, ruleBook } from './store.js'
export { bookFrom, officeHoursAct } from './document.js'
export { combinations, minuteThatCounts } from './rules/combine.js'
export { hours, isOpenAt, type DayHours, type DayHoursCode } from './rules/hours.js'
