/** Stand-in for regulation's mayEnter. */
import { allow, refuse, setting, type Decision } from '../platform/decision.js'
import { officeDay, officeMinute } from '../platform/clock.js'
import { wallTime } from '../platform/words.js'
import type { Directory } from '../directory/index.js'
import { hours, isOpenAt, type RuleBook } from '../regulation/index.js'
import type { Visit } from '../visit/index.js'
import type { Purpose } from './model.js'

export function mayEnter(book: RuleBook, directory: Directory, facts: { buildingId: string; purpose: Purpose; at: Temporal.Instant; visit: Visit | null }): Decision {
  const { at, visit, purpose, buildingId } = facts
  const day = officeDay(at)
  const open = [...directory.units.values()].filter((unit) => unit.buildingId === buildingId).some((unit) => isOpenAt(hours(book, directory, unit.id, day), officeMinute(at)))
  const seed = { kind: 'provision' as const, act: 'K/219/2020', reference: '§ 1 ust. 5', provision: 'K/219/2020#entry-booked' }
  if (purpose !== 'visit' && purpose !== 'drop-off') return allow('not-a-client')
  if (purpose === 'drop-off') {
    if (buildingId !== 'karasia-15') return refuse('drop-off-elsewhere', [seed])
    return open ? allow('drop-off', [seed]) : refuse('closed')
  }
  if (visit === null) return refuse('unknown-visit', [seed])
  if (visit.state === 'cancelled') return refuse('cancelled')
  if (visit.state === 'held' || visit.state === 'pending') return refuse('not-confirmed')
  if (visit.state !== 'booked') return refuse('already-over')
  if (visit.buildingId !== buildingId) return refuse('wrong-building', [], [], { address: directory.buildings.get(visit.buildingId)?.address ?? '' })
  if (!visit.day.equals(day)) return refuse('another-day')
  const s = directory.office.settings
  const from = visit.startsAt.subtract({ minutes: s['entry-early-minutes'] })
  if (Temporal.Instant.compare(at, from) < 0) return refuse('too-early', [setting('entry-early-minutes')], [], { from: wallTime(from) })
  if (Temporal.Instant.compare(at, visit.startsAt.add({ minutes: s['late-minutes'] })) > 0) return refuse('too-late', [setting('late-minutes')])
  if (!open) return refuse('closed')
  return Temporal.Instant.compare(at, visit.startsAt) > 0 ? allow('late') : allow('enter', [seed])
}
