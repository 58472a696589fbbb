/**
 * What the acts say about a day, as the boards ask it: when a unit is open, and how many places a
 * visit takes. Both are judged at the day of the visit, not at the day one asks.
 */
import { instantOf } from '../../platform/clock.js'
import type { Directory } from '../../directory/index.js'
import { desksInUse, hours, personsCounted, serviceHours, type RuleBook } from '../../regulation/index.js'
import type { DayRules } from './board.js'

/** Acts are in force by the day, so that any minute of it answers for all. */
const noon = 720

export function rulesOf(book: RuleBook, directory: Directory): DayRules {
  return {
    hours: (unitId, day, service) =>
      service === undefined ? hours(book, directory, unitId, day) : serviceHours(book, directory, service, day),
    // A visit takes a desk even where nobody is counted.
    places: (service, day) => Math.max(1, personsCounted(book, directory, service, instantOf(day, noon)).counted),
    inUse: (desk, day) => desksInUse(book, directory, desk.roomId, day).slugs.has(desk.slug),
  }
}
