/**
 * The visit as a calendar file (RFC 5545). The same UID and a growing SEQUENCE, so that a calendar
 * moves or removes the entry it has. It names the matter and place, not the person.
 */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { spacedReference } from '../platform/references.js'
import { phoneForReading, type Translate } from '../platform/words.js'
import { whereText } from '../booking/index.js'
import type { Directory, Service } from '../directory/index.js'
import type { Visit } from '../visit/index.js'

export interface CalendarFacts {
  readonly t: Translate
  readonly directory: Directory
  readonly service: Service
  readonly visit: Visit
  readonly publicUrl: string
  /** When the file is made, by the office's clock. */
  readonly now: Temporal.Instant
}

export function calendarFile({ t, directory, service, visit, publicUrl, now }: CalendarFacts): string {
  const cancelled = visit.state === 'cancelled'
  const calendar = ical({ prodId: '//Okienko//Okienko//PL', method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH })
  calendar.createEvent({
    id: `${visit.reference}@${new URL(publicUrl).host}`,
    sequence: visit.version,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: new Date(now.epochMilliseconds),
    start: new Date(visit.startsAt.epochMilliseconds),
    end: new Date(visit.endsAt.epochMilliseconds),
    summary: t('pass.calendar.summary', { service: service.name }),
    location: whereText(t, directory, service, visit.roomId),
    description: t('pass.calendar.description', {
      reference: spacedReference(visit.reference),
      office: directory.office.name,
      phone: phoneForReading(directory.office.phone),
    }),
  })
  return calendar.toString()
}
