/**
 * The same office as the program sees it: facts of a random case turned into what the boards of
 * free starts are made of, without a database.
 */
import { freeDay, openBoards, type Plan } from '../../src/booking/availability/board.js'
import { takePlaces } from '../../src/booking/availability/timeline.js'
import { officeDate } from '../../src/calendar/index.js'
import type { Desk, Directory, Service } from '../../src/directory/index.js'
import type { Wish } from '../../src/booking/wish.js'
import type { Case } from './random-office.js'

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const at = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms)

export function freeStartsByProgram(office: Case): { ms: number; desks: number[] }[] {
  const { desks, service, shifts, absences, visits } = office
  const asked = {
    id: 'asked',
    unitId: service.unit,
    stepMinutes: service.step,
    durationMinutes: service.length,
    dropOff: false,
    closed: false,
  } as unknown as Service
  const wish: Wish = {
    key: 'asked',
    plain: true,
    service: asked,
    more: [],
    persons: 1,
    moreTime: false,
    buildingId: 'building',
    durationMinutes: service.length,
    desks: service.offeredAt.map((id) => ({ id }) as Desk),
  }
  const plan: Plan = {
    directory: {
      desks: new Map(desks.map(({ desk, room, unit }) => [`${desk}`, { id: desk, roomId: room, unitId: unit, closed: false }])),
    } as unknown as Directory,
    rules: {
      hours: (unit, on) => ({
        code: 'open',
        basis: [],
        intervals: office.hours.filter((each) => each.unit === unit && each.weekday === on.dayOfWeek % 7),
      }),
      places: () => service.places,
    },
    shifts: Map.groupBy(
      shifts.map((shift) => ({
        deskId: shift.desk,
        weekdays: shift.weekdays.map((weekday) => weekday || 7),
        from: day(shift.first),
        until: day(shift.last),
        startsMinute: shift.from,
        endsMinute: shift.to,
        overflow: [],
      })),
      (shift) => shift.deskId,
    ),
  }
  const away = Map.groupBy(
    absences.map((each) => ({ deskId: each.desk, from: at(each.fromMs), until: at(each.toMs), reason: 'break' as const })),
    (each) => each.deskId,
  )
  const dates = []
  for (let on = day(office.first); on.toString() <= office.last; on = on.add({ days: 1 })) dates.push(officeDate(on))
  const { boards, timeline } = openBoards(plan, dates, away)
  // As the statement of the store rounds them: a begun minute is taken.
  takePlaces(
    timeline,
    dates[0]?.midnight ?? 0,
    Int32Array.from(visits.flatMap(({ desk, fromMs, toMs }) => [desk, Math.floor(fromMs / 60_000), Math.ceil(toMs / 60_000)])),
  )
  return boards
    .flatMap((board) => freeDay(board, wish).starts)
    .map(({ start, desks: free }) => ({ ms: start.epochMilliseconds, desks: [...free] }))
    .filter(({ ms }) => ms > office.nowMs)
}
