/** What is typed on the pages of the plan, read; and what is kept, as it would be typed. */
import { instantOf, officeDay, officeMinute } from '../../platform/clock.js'
import type { FieldError } from '../../platform/decision.js'
import { formList, formText } from '../../platform/http/form.js'
import { readMinute, readWrittenDay } from '../../platform/typed-time.js'
import { minuteTime } from '../../platform/words.js'
import { absenceReasons, type Absence, type KeptAbsence, type Shift } from '../../calendar/index.js'
import { type Directory, specialDayKinds, type SpecialDay, type SpecialDayFacts } from '../../directory/index.js'
import { type Interval } from '../../regulation/index.js'
import { lengthDaysMax, reasonLengthMax, wrong, type Read, type Typed } from './model.js'

const compareDays = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Temporal.PlainDate.compare(a, b)

/** The fields of each form; `dni` is sent once for each weekday. */
export const shiftFields = ['dni', 'od', 'do', 'kiedy', 'poczatek', 'koniec', 'przerwa-od', 'przerwa-do'] as const
export const absenceFields = ['od', 'od-godziny', 'do', 'do-godziny', 'powod'] as const
export const specialDayFields = ['rodzaj', 'od', 'do', 'godzina-od', 'godzina-do', 'gdzie', 'powod', 'akt'] as const

/** What came over the wire. */
export function typedIn(body: unknown, fields: readonly string[]): Typed {
  return Object.fromEntries(fields.map((name) => [name, name === 'dni' ? formList(body, name, 7).join(',') : formText(body, name, 200)]))
}

/** As people type a day: 8.06.2020. */
export function writtenDay(day: Temporal.PlainDate | null): string {
  return day === null ? '' : `${day.day}.${String(day.month).padStart(2, '0')}.${day.year}`
}

function writtenMinute(minute: number | null | undefined): string {
  return minute == null || minute >= 1440 ? '' : minuteTime(minute)
}

export function shiftTyped(shift: Shift, from: Temporal.PlainDate): Typed {
  const [pause] = shift.breaks ?? []
  return {
    dni: shift.weekdays.join(','),
    od: writtenDay(from),
    do: writtenDay(shift.until),
    kiedy: shift.startsMinute === null && shift.endsMinute === null ? 'wydzial' : 'godziny',
    poczatek: writtenMinute(shift.startsMinute),
    koniec: writtenMinute(shift.endsMinute),
    'przerwa-od': writtenMinute(pause?.from),
    'przerwa-do': writtenMinute(pause?.to),
  }
}

/** @param kept what the form does not ask about, of the shift that is changed */
export function readShift(typed: Typed, deskId: number, today: Temporal.PlainDate, kept: Shift | null): Read<Shift> {
  const errors: FieldError[] = []
  const weekdays = (typed['dni'] ?? '')
    .split(',')
    .filter((each) => /^[1-7]$/.test(each))
    .map(Number)
  if (weekdays.length === 0) errors.push(wrong('dni', 'weekdays'))
  const from = dayOf(typed, 'od', errors)
  const until = typed['do'] === '' ? null : dayOf(typed, 'do', errors)
  if (from !== null && compareDays(from, today) < 0) errors.push(wrong('od', 'past'))
  if (from !== null && until !== null && compareDays(until, from) < 0) errors.push(wrong('do', 'before'))
  const own = typed['kiedy'] === 'godziny'
  const hours = own ? minutesOf(typed, 'poczatek', 'koniec', errors) : null
  const pause = typed['przerwa-od'] === '' && typed['przerwa-do'] === '' ? null : minutesOf(typed, 'przerwa-od', 'przerwa-do', errors)
  if (
    pause !== null &&
    hours !== null &&
    (pause.from < hours.from || pause.to > hours.to || (pause.from === hours.from && pause.to === hours.to))
  )
    errors.push(wrong('przerwa-od', 'break-outside'))
  if (from === null || errors.length > 0) return { thing: null, errors }
  // A form has one break; more, as a file gives them, stay unless the first is changed.
  const others = kept?.breaks?.slice(1) ?? []
  return {
    thing: {
      deskId,
      weekdays: [...new Set(weekdays)].toSorted((a, b) => a - b),
      from,
      until,
      startsMinute: hours?.from ?? null,
      endsMinute: hours?.to ?? null,
      breaks: pause === null ? [] : [pause, ...others],
      overflow: kept?.overflow ?? [],
    },
    errors: [],
  }
}

export function absenceTyped({ from, until, reason }: KeptAbsence): Typed {
  const last = until.subtract({ minutes: 1 })
  return {
    od: writtenDay(officeDay(from)),
    'od-godziny': officeMinute(from) === 0 ? '' : minuteTime(officeMinute(from)),
    do: writtenDay(officeDay(last)),
    'do-godziny': officeMinute(until) === 0 ? '' : minuteTime(officeMinute(until)),
    powod: reason,
  }
}

/** @param now an absence that is over cannot be entered: what happened is not planned */
export function readAbsence(typed: Typed, deskId: number, now: Temporal.Instant): Read<Absence> {
  const errors: FieldError[] = []
  const first = dayOf(typed, 'od', errors)
  const last = typed['do'] === '' ? first : dayOf(typed, 'do', errors)
  const from = typed['od-godziny'] === '' ? 0 : minuteOf(typed, 'od-godziny', errors)
  const to = typed['do-godziny'] === '' ? null : minuteOf(typed, 'do-godziny', errors)
  const reason = absenceReasons.find((each) => each === typed['powod'])
  if (reason === undefined) errors.push(wrong('powod', 'absence-reason'))
  if (first === null || last === null || from === null || reason === undefined || errors.length > 0) return { thing: null, errors }
  const begins = instantOf(first, from)
  const ends = to === null ? instantOf(last.add({ days: 1 }), 0) : instantOf(last, to)
  if (Temporal.Instant.compare(ends, begins) <= 0) errors.push(wrong(to === null ? 'do' : 'do-godziny', 'before'))
  else if (Temporal.Instant.compare(ends, now) <= 0) errors.push(wrong('do', 'past'))
  else if (first.until(last).days > lengthDaysMax) errors.push(wrong('do', 'too-long', { days: lengthDaysMax }))
  return errors.length > 0 ? { thing: null, errors } : { thing: { deskId, from: begins, until: ends, reason }, errors: [] }
}

/** The last day of a shift; one that has passed cannot be its end. */
export function readLastDay(typed: Typed, today: Temporal.PlainDate): Read<Temporal.PlainDate> {
  const errors: FieldError[] = []
  const day = dayOf(typed, 'do', errors)
  if (day !== null && compareDays(day, today.subtract({ days: 1 })) < 0) errors.push(wrong('do', 'past'))
  return day === null || errors.length > 0 ? { thing: null, errors } : { thing: day, errors: [] }
}

/** As one place of a list: all, `budynek:ID`, `komorka:ID`; of several what they are now. */
export function placeValue({ buildings, units }: Pick<SpecialDay, 'buildings' | 'units'>): string {
  const places = [...buildings.map((id) => `budynek:${id}`), ...units.map((id) => `komorka:${id}`)]
  return places.length === 0 ? 'urzad' : places.length === 1 ? (places[0] ?? '') : severalPlaces
}

export const severalPlaces = 'bez-zmian'

export function specialDayTyped(day: SpecialDay): Typed {
  const [hours] = day.intervals
  return {
    rodzaj: day.kind,
    od: writtenDay(day.from),
    do: compareDays(day.from, day.until) === 0 ? '' : writtenDay(day.until),
    'godzina-od': writtenMinute(hours?.from),
    'godzina-do': writtenMinute(hours?.to),
    gdzie: placeValue(day),
    powod: day.reason,
    akt: day.restsOn ?? '',
  }
}

/**
 * @param allowed units a head may speak for; null is the whole office
 * @param kept the day that is changed
 */
export function readSpecialDay(
  typed: Typed,
  {
    office,
    today,
    allowed,
    kept,
  }: { office: Directory; today: Temporal.PlainDate; allowed: readonly string[] | null; kept: SpecialDay | null },
): Read<SpecialDayFacts> {
  const errors: FieldError[] = []
  const kind = specialDayKinds.find((each) => each === typed['rodzaj'])
  if (kind === undefined) errors.push(wrong('rodzaj', 'kind'))
  const from = dayOf(typed, 'od', errors)
  const until = typed['do'] === '' ? from : dayOf(typed, 'do', errors)
  if (from !== null && until !== null) {
    if (compareDays(until, from) < 0) errors.push(wrong('do', 'before'))
    else if (compareDays(until, today) < 0 || (kept === null && compareDays(from, today) < 0)) errors.push(wrong('od', 'past'))
    else if (from.until(until).days > lengthDaysMax) errors.push(wrong('do', 'too-long', { days: lengthDaysMax }))
    else if ((kind === 'working-day' || kind === 'opening') && compareDays(from, until) !== 0) errors.push(wrong('do', 'one-day'))
  }
  const asked = typed['godzina-od'] !== '' || typed['godzina-do'] !== ''
  const needed = kind === 'opening' || kind === 'hours'
  if (kind === 'day-off' && asked) errors.push(wrong('godzina-od', 'day-off-hours'))
  const hours = kind !== 'day-off' && (asked || needed) ? minutesOf(typed, 'godzina-od', 'godzina-do', errors) : null
  const place = readPlace(typed['gdzie'] ?? '', office, allowed, kept)
  if (place === null) errors.push(wrong('gdzie', 'place'))
  const reason = typed['powod'] ?? ''
  if (reason === '') errors.push(wrong('powod', 'reason'))
  if (reason.length > reasonLengthMax) errors.push(wrong('powod', 'reason-long', { most: reasonLengthMax }))
  const restsOn = typed['akt'] ?? ''
  if (restsOn.length > reasonLengthMax) errors.push(wrong('akt', 'reason-long', { most: reasonLengthMax }))
  if (kind === undefined || from === null || until === null || place === null || errors.length > 0) return { thing: null, errors }
  // A form has one stretch of hours; more, as a file gives them, stay while the first is as it was.
  const same = hours !== null && kept?.intervals[0]?.from === hours.from && kept.intervals[0].to === hours.to
  const intervals = hours === null ? [] : same ? kept.intervals : [hours]
  return {
    thing: { id: kept?.id ?? '', kind, from, until, ...place, intervals, reason, restsOn: restsOn === '' ? null : restsOn },
    errors: [],
  }
}

function readPlace(
  value: string,
  office: Directory,
  allowed: readonly string[] | null,
  kept: SpecialDay | null,
): Pick<SpecialDay, 'buildings' | 'units'> | null {
  const [kind, id = ''] = value.split(/:(.*)/s)
  if (
    value === severalPlaces &&
    kept !== null &&
    (allowed === null || (kept.buildings.length === 0 && kept.units.every((unit) => allowed.includes(unit))))
  )
    return { buildings: kept.buildings, units: kept.units }
  if (kind === 'komorka' && office.units.has(id) && (allowed === null || allowed.includes(id))) return { buildings: [], units: [id] }
  if (allowed !== null) return null
  if (value === 'urzad') return { buildings: [], units: [] }
  return kind === 'budynek' && office.buildings.has(id) ? { buildings: [id], units: [] } : null
}

function dayOf(typed: Typed, field: string, errors: FieldError[]): Temporal.PlainDate | null {
  const day = readWrittenDay(typed[field] ?? '')
  if (day === null) errors.push(wrong(field, 'day'))
  return day
}

function minuteOf(typed: Typed, field: string, errors: FieldError[]): number | null {
  const minute = readMinute(typed[field] ?? '')
  if (minute === null) errors.push(wrong(field, 'minute'))
  return minute
}

function minutesOf(typed: Typed, first: string, last: string, errors: FieldError[]): Interval | null {
  const [from, to] = [minuteOf(typed, first, errors), minuteOf(typed, last, errors)]
  if (from === null || to === null) return null
  if (from < to) return { from, to }
  errors.push(wrong(last, 'before'))
  return null
}
