/**
 * What the free starts of a day are, found the slow and plain way: every minute is looked at by
 * itself, on the wall clock that `Intl` shows for it. Shares no code with the program and knows
 * nothing of Temporal, so that an error in one is not an error in both.
 */

export interface OracleDesk {
  readonly desk: number
  readonly room: string
  readonly unit: string
}

export interface OracleOffice {
  readonly desks: readonly OracleDesk[]
  /** Hours of a unit: weekday (0 is Sunday) and minutes on the wall. */
  readonly hours: readonly { readonly unit: string; readonly weekday: number; readonly from: number; readonly to: number }[]
  /** Days as 2020-03-29. */
  readonly shifts: readonly {
    readonly desk: number
    readonly weekdays: readonly number[]
    readonly first: string
    readonly last: string
    readonly from: number
    readonly to: number
  }[]
  /** Milliseconds since 1970. */
  readonly absences: readonly OracleTime[]
  readonly visits: readonly OracleTime[]
  readonly service: {
    readonly unit: string
    readonly offeredAt: readonly number[]
    readonly step: number
    readonly length: number
    readonly places: number
  }
}

export interface OracleTime {
  readonly desk: number
  readonly fromMs: number
  readonly toMs: number
}

interface Minute {
  readonly ms: number
  readonly day: string
  readonly weekday: number
  /** 0–1439 as the wall shows it. */
  readonly wall: number
}

const minuteMs = 60_000
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const clock = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Europe/Warsaw',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const known = new Map<string, readonly Minute[]>()

/** Every minute of the days from `first` to `last`, in the order in which they pass. */
export function minutesOf(first: string, last: string): readonly Minute[] {
  const key = `${first} ${last}`
  let minutes = known.get(key)
  if (minutes === undefined) {
    // Begins a day early and ends a day late, in UTC, and keeps what the wall says belongs.
    const all: Minute[] = []
    for (let ms = Date.UTC(...partsOf(first)) - 86_400_000; ms < Date.UTC(...partsOf(last)) + 2 * 86_400_000; ms += minuteMs) {
      const shown = Object.fromEntries(clock.formatToParts(ms).map((part) => [part.type, part.value]))
      const day = `${shown['year']}-${shown['month']}-${shown['day']}`
      if (day >= first && day <= last)
        all.push({ ms, day, weekday: weekdays.indexOf(shown['weekday'] ?? ''), wall: Number(shown['hour']) * 60 + Number(shown['minute']) })
    }
    minutes = all
    known.set(key, minutes)
  }
  return minutes
}

function partsOf(day: string): [number, number, number] {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return [year, month - 1, date]
}

/** Every free start after `nowMs`: milliseconds since 1970, and the desks at which it may begin. */
export function freeStartsByOracle(office: OracleOffice, first: string, last: string, nowMs: number): { ms: number; desks: number[] }[] {
  const found: { ms: number; desks: number[] }[] = []
  const minutes = minutesOf(first, last)
  for (let begin = 0; begin < minutes.length;) {
    let end = begin
    while (end < minutes.length && minutes[end]?.day === minutes[begin]?.day) end++
    for (const start of startsOfDay(office, minutes.slice(begin, end))) if (start.ms > nowMs) found.push(start)
    begin = end
  }
  return found
}

function startsOfDay(office: OracleOffice, day: readonly Minute[]): { ms: number; desks: number[] }[] {
  const { service } = office
  const units = new Set([service.unit, ...office.desks.map(({ unit }) => unit)])
  const unitOpen = new Map([...units].map((unit) => [unit, openMinutes(office, unit, day)]))
  const works = new Map(office.desks.map((desk) => [desk.desk, workingMinutes(office, desk, unitOpen.get(desk.unit) as boolean[], day)]))
  const all = (what: readonly boolean[], at: number): boolean => {
    for (let minute = at; minute < at + service.length; minute++) if (what[minute] !== true) return false
    return true
  }
  const found: { ms: number; desks: number[] }[] = []
  for (let at = 0; at < day.length; at++) {
    if (!all(unitOpen.get(service.unit) as boolean[], at)) continue
    const desks = office.desks.filter(({ desk, room, unit }) => {
      if (!service.offeredAt.includes(desk) || !all(works.get(desk) as boolean[], at)) return false
      let opened = at
      while (opened > 0 && (unitOpen.get(unit) as boolean[])[opened - 1] === true) opened--
      if ((at - opened) % service.step !== 0) return false
      return office.desks.filter((other) => other.room === room && all(works.get(other.desk) as boolean[], at)).length >= service.places
    })
    if (desks.length > 0) found.push({ ms: (day[at] as Minute).ms, desks: desks.map(({ desk }) => desk) })
  }
  return found
}

/** From the first minute at which the wall shows `from` or later, to the first at which it shows `to` or later. */
function during(day: readonly Minute[], from: number, to: number): (at: number) => boolean {
  const reached = (wall: number): number => {
    const at = day.findIndex((minute) => minute.wall >= wall)
    return at < 0 ? day.length : at
  }
  const [first, end] = [reached(from), reached(to)]
  return (at) => at >= first && at < end
}

function openMinutes({ hours }: OracleOffice, unit: string, day: readonly Minute[]): boolean[] {
  const open = hours.filter((each) => each.unit === unit && each.weekday === day[0]?.weekday).map(({ from, to }) => during(day, from, to))
  return day.map((_, at) => open.some((isOpen) => isOpen(at)))
}

function workingMinutes(office: OracleOffice, { desk }: OracleDesk, open: readonly boolean[], day: readonly Minute[]): boolean[] {
  const { day: date, weekday, ms: midnight } = day[0] as Minute
  const shifts = office.shifts
    .filter((shift) => shift.desk === desk && shift.weekdays.includes(weekday) && shift.first <= date && date <= shift.last)
    .map(({ from, to }) => during(day, from, to))
  const end = midnight + day.length * minuteMs
  const away = [...office.absences, ...office.visits].filter((time) => time.desk === desk && time.fromMs < end && time.toMs > midnight)
  return day.map(
    ({ ms }, at) =>
      open[at] === true && shifts.some((works) => works(at)) && !away.some(({ fromMs, toMs }) => fromMs < ms + minuteMs && toMs > ms),
  )
}
