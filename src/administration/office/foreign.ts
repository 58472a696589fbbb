/**
 * Parts of the office that stand in rows of other slices and not in the office's own file of facts:
 * who staffs a desk, absences, days unlike others. The history shows them and takes them back all the same.
 */
import { conditionPart } from '../acts/conditions.js'
import { calendarParts, type CalendarPart } from '../calendar/parts.js'

export function foreignPart(part: string): CalendarPart | undefined {
  return [...calendarParts, conditionPart].find((each) => each.part === part)
}
