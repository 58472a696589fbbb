/**
 * A visit as text for calendars (RFC 5545, RFC 5546): as a part of an e-mail, and as the file of the
 * pass page. The UID is always the same and the SEQUENCE grows with each change, so that a calendar
 * moves or removes the entry it has. It names the matter and the place, not the person, and no
 * secret: calendars are shared.
 */
import ical, { ICalAlarmType, ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { officeZone } from '../../platform/clock.js'
import type { Office } from '../../directory/index.js'

export interface CalendarText {
  /** `publish` is a file somebody takes; `request` and `cancel` come with an e-mail to one recipient. */
  readonly method: 'publish' | 'request' | 'cancel'
  readonly uid: string
  readonly sequence: number
  readonly status: 'confirmed' | 'tentative' | 'cancelled'
  /** When it was said, by the office's clock. */
  readonly stamp: Temporal.Instant
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly title: string
  readonly place: string
  readonly organizer: Pick<Office, 'name' | 'email'>
  /** The e-mail it goes to; nobody else is ever named. */
  readonly attendee?: string
  readonly description?: string
  readonly url?: string
  /** The calendar reminds so many minutes before. */
  readonly remindMinutes?: number
}

/** The UID of a visit's entry: the same in every message and file, whatever address the office's pages have. */
export function calendarUid({ slug }: Pick<Office, 'slug'>, reference: string): string {
  return `${reference}@${slug}`
}

const methods = { publish: ICalCalendarMethod.PUBLISH, request: ICalCalendarMethod.REQUEST, cancel: ICalCalendarMethod.CANCEL } as const
const statuses = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const

export function calendarText(entry: CalendarText): string {
  const { attendee, description, url, organizer, stamp, remindMinutes } = entry
  const calendar = ical({
    prodId: '//Okienko//Okienko//PL',
    method: methods[entry.method],
    // No zone of the whole calendar: times of making are told in UTC, as they must be.
    timezone: { name: null, generator: () => officeZoneText },
  })
  const event = calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    status: statuses[entry.status],
    stamp: new Date(stamp.epochMilliseconds),
    start: entry.start.toZonedDateTimeISO(officeZone),
    end: entry.end.toZonedDateTimeISO(officeZone),
    timezone: officeZone,
    summary: entry.title,
    location: entry.place,
    organizer: { name: organizer.name, email: organizer.email },
    url: url ?? null,
    description: description ?? null,
  })
  // The office expects no answer: whoever cannot come cancels by the link.
  if (attendee !== undefined)
    event.createAttendee({ email: attendee, role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.ACCEPTED, rsvp: false })
  if (remindMinutes !== undefined)
    event.createAlarm({ type: ICalAlarmType.display, triggerBefore: remindMinutes * 60, description: entry.title })
  return calendar.toString()
}

/** Central European time as it is since 1996 (Directive 2000/84/EC): by itself, so that no calendar has to know the name. */
const officeZoneText = [
  'BEGIN:VTIMEZONE',
  `TZID:${officeZone}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n')
