/** The visit as a calendar file, for whoever takes it from the pass page. */
import { spacedReference } from '../platform/references.js'
import { phoneForReading, words, type Language } from '../platform/words.js'
import { mattersText, whereText } from '../booking/index.js'
import type { Directory, Service } from '../directory/index.js'
import { calendarText, calendarUid } from '../messages/index.js'
import type { Visit, VisitState } from '../visit/index.js'

export interface CalendarFacts {
  readonly language: Language
  readonly directory: Directory
  readonly service: Service
  readonly visit: Visit
  /** How often the visit was changed so far; see `calendarSequence`. */
  readonly sequence: number
  readonly publicUrl: string
  /** When the file is made, by the office's clock. */
  readonly now: Temporal.Instant
}

/** Minutes before the visit at which the calendar reminds. */
export const remindMinutes = 60

/** True once there is nothing to come for: a calendar then removes its entry. */
export function isCalledOff(state: VisitState): boolean {
  return state === 'cancelled' || state === 'expired' || state === 'redirected'
}

export function calendarFile({ language, directory, service, visit, sequence, publicUrl, now }: CalendarFacts): string {
  const { office } = directory
  const off = isCalledOff(visit.state)
  // For programs: without marks of what is Polish.
  const t = words(language)
  return calendarText({
    method: off ? 'cancel' : 'publish',
    uid: calendarUid(office, visit.reference),
    sequence,
    status: off ? 'cancelled' : visit.state === 'pending' ? 'tentative' : 'confirmed',
    stamp: now,
    start: visit.startsAt,
    end: visit.endsAt,
    title: t('booking-messages.calendar.title', { service: mattersText(t, directory, visit) }),
    place: whereText(t, directory, service, visit.roomId),
    organizer: office,
    url: `${publicUrl}/wizyta/${visit.reference}`,
    description: t('pass.calendar.description', {
      reference: spacedReference(visit.reference),
      office: office.name,
      phone: phoneForReading(office.phone),
    }),
    ...(off ? {} : { remindMinutes }),
  })
}
