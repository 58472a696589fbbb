/**
 * The hints that go out when desks or their places change, named in one place because slices on
 * both sides of the calendar send them and the cache of free starts hears them.
 */
import type { Changes } from '../platform/changes.js'

/** Shifts or absences changed. */
export const calendarTopic = 'calendar'

/** Places of a day were taken or given back. */
export function placesTopic(day: Temporal.PlainDate): string {
  return `places:${day.toString()}`
}

/** Free starts of a service changed: for pages that watch. */
export function freeTopic(serviceId: string): string {
  return `free:${serviceId}`
}

/** To be called after the transaction in which places of that day were taken or given back. */
export function announcePlaces(changes: Changes, serviceId: string, day: Temporal.PlainDate): void {
  changes.publish(placesTopic(day))
  changes.publish(freeTopic(serviceId))
}
