/**
 * The visit as a calendar file (RFC 5545, RFC 5546). The UID is always the same and the SEQUENCE
 * grows with each change, so that a calendar moves or removes the entry it has. It names the matter
 * and the place, not the person, and no secret: calendars are shared.
 */
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus, type ICalCalendar } from 'ical-generator'
import { officeZone } from '../platform/clock.js'
import { spacedReference } from '../platform/references.js'
import { phoneForReading, words, type Language } from '../platform/words.js'
import { mattersText, whereText } from '../booking/index.js'
import type { Directory, Service } from '../directory/index.js'
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

export function calendarFile(facts: CalendarFacts): string {
  const off = isCalledOff(facts.visit.state)
  const calendar = ical({
    prodId: '//Okienko//Okienko//PL',
    method: off ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    // No zone of the whole calendar: times of making are told in UTC, as they must be.
    timezone: { name: null, generator: () => officeZoneText },
  })
  addVisit(calendar, facts, off)
  return calendar.toString()
}

function addVisit(
  calendar: ICalCalendar,
  { language, directory, service, visit, sequence, publicUrl, now }: CalendarFacts,
  off: boolean,
): void {
  const { office } = directory
  // For programs: without marks of what is Polish.
  const t = words(language)
  const summary = t('pass.calendar.summary', { service: mattersText(t, directory, visit) })
  const event = calendar.createEvent({
    id: `${visit.reference}@${new URL(publicUrl).host}`,
    sequence,
    status: off ? ICalEventStatus.CANCELLED : visit.state === 'pending' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    stamp: new Date(now.epochMilliseconds),
    start: visit.startsAt.toZonedDateTimeISO(officeZone),
    end: visit.endsAt.toZonedDateTimeISO(officeZone),
    timezone: officeZone,
    summary,
    location: whereText(t, directory, service, visit.roomId),
    organizer: { name: office.name, email: office.email },
    url: `${publicUrl}/wizyta/${visit.reference}`,
    description: t('pass.calendar.description', {
      reference: spacedReference(visit.reference),
      office: office.name,
      phone: phoneForReading(office.phone),
    }),
  })
  if (off) return
  event.createAlarm({ type: ICalAlarmType.display, triggerBefore: remindMinutes * 60, description: summary })
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
