/** When whom is reminded of what: pure. */
import { instantOf, officeDay, officeZone } from '../../platform/clock.js'
import type { OfficeSettings } from '../../directory/index.js'

/** `day`: the day before; `hours`: shortly before. */
export type ReminderKind = 'day' | 'hours'

export interface ReminderRound {
  readonly kind: ReminderKind
  /** Visits of these days that begin after `after` and not after `until`. */
  readonly days: readonly Temporal.PlainDate[]
  readonly after: Temporal.Instant
  readonly until: Temporal.Instant
  /** A visit is reminded of where its time stood so many minutes before it begins; null: where it stood at `stoodAt`. */
  readonly minutes: number | null
  readonly stoodAt: Temporal.Instant
}

/**
 * Who is to be reminded now. Of tomorrow from the hour of the setting on, until midnight: on the day
 * itself it would say nothing new. Whoever booked or moved after that moment knows, and gets none.
 */
export function roundsNow(
  now: Temporal.Instant,
  settings: Pick<OfficeSettings, 'remind-hour' | 'remind-minutes'>,
): readonly ReminderRound[] {
  const today = officeDay(now)
  const tomorrow = today.add({ days: 1 })
  const rounds: ReminderRound[] = []
  const hour = settings['remind-hour']
  const from = instantOf(today, hour * 60)
  if (hour > 0 && Temporal.Instant.compare(now, from) >= 0) {
    const until = tomorrow.add({ days: 1 }).toZonedDateTime(officeZone).toInstant()
    rounds.push({ kind: 'day', days: [tomorrow], after: now, until, minutes: null, stoodAt: from })
  }
  const minutes = settings['remind-minutes']
  if (minutes > 0) rounds.push({ kind: 'hours', days: [today, tomorrow], after: now, until: now.add({ minutes }), minutes, stoodAt: now })
  return rounds
}
