/**
 * The office's clock: the one place where the program learns what time it is for the office.
 *
 * Rules, holds, jobs and SQL get the time as an argument that began here. In a real office the
 * clock is the machine's; with a fixed start it runs on from that instant; in a demonstration it
 * is a row of the database that all processes share and that only moves forward.
 */

export interface Clock {
  /** The office's time now. */
  now(): Temporal.Instant
}

/** A clock that can be moved forward: of a demonstration or a test. */
export interface MovableClock extends Clock {
  moveTo(at: Temporal.Instant): Promise<boolean> | void
}

export function isMovable(clock: Clock): clock is MovableClock {
  return 'moveTo' in clock
}

/** The zone whose days and hours the acts speak of. */
export const officeZone = 'Europe/Warsaw'

/** The machine's own clock. */
export const machineClock: Clock = { now: () => Temporal.Now.instant().round({ smallestUnit: 'millisecond', roundingMode: 'floor' }) }

/** A clock that showed `start` when the machine's clock showed `machineAt`, and runs on. */
export function runningClock(start: Temporal.Instant, machineAt: Temporal.Instant): Clock {
  const offset = start.since(machineAt)
  return { now: () => machineClock.now().add(offset) }
}

/** A clock for tests and simulated days: it stands until it is moved, and never goes back. */
export function standingClock(start: Temporal.Instant): Clock & { moveTo(at: Temporal.Instant): void } {
  let current = start
  return {
    now: () => current,
    moveTo(at) {
      if (Temporal.Instant.compare(at, current) < 0) throw new Error(`the clock never goes back: ${at} is before ${current}`)
      current = at
    },
  }
}

/** The day of the office at an instant. */
export function officeDay(at: Temporal.Instant): Temporal.PlainDate {
  return wallHour(at.epochMilliseconds).day
}

/** Minutes since midnight on the wall of the office, 0–1439, seconds dropped. */
export function officeMinute(at: Temporal.Instant): number {
  const { epochMilliseconds } = at
  const { from, minute } = wallHour(epochMilliseconds)
  return minute + Math.floor((epochMilliseconds - from) / 60_000)
}

/** A stretch of an hour, or less, of which the day and the minute at its beginning say all. */
interface WallHour {
  readonly from: number
  readonly day: Temporal.PlainDate
  readonly minute: number
}

/** Hours asked about: a cache, since a zone is slow to ask and a decision asks it many times of the same day. */
const wallHours = new Map<number, WallHour>()
const wallHoursMax = 5_000
const hourMs = 3_600_000
/** From this day on the zone is whole hours from Greenwich, and changes at whole hours. */
const wholeHoursSince = Date.UTC(1920, 0, 1)

function wallHour(milliseconds: number): WallHour {
  const length = milliseconds < wholeHoursSince ? 60_000 : hourMs
  const from = Math.floor(milliseconds / length) * length
  const before = wallHours.get(from)
  if (before !== undefined && length === hourMs) return before
  const wall = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(officeZone)
  const made = { from, day: wall.toPlainDate(), minute: wall.hour * 60 + wall.minute }
  if (length !== hourMs) return made
  if (wallHours.size >= wallHoursMax) wallHours.clear()
  wallHours.set(from, made)
  return made
}

/** The instant at which the office's wall shows that minute of that day; a minute skipped in spring is the one after. */
export function instantOf(day: Temporal.PlainDate, minute: number): Temporal.Instant {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 })
  return day.toZonedDateTime({ timeZone: officeZone, plainTime: time }).toInstant()
}

/** Two Temporal values are the same moment, day or time. `deepStrictEqual` calls any two of them equal. */
export function same(a: { toString(): string } | null, b: { toString(): string } | null): boolean {
  return a === null || b === null ? a === b : a.toString() === b.toString()
}
