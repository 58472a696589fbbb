/** `/praca/moj-wydzial`: a unit's week for its head; who keeps the rules picks the unit. */
import type { FastifyInstance } from 'fastify'
import { instantOf, officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { formText } from '../../platform/http/form.js'
import { readDay } from '../../platform/typed-time.js'
import { boardsUnder, daysAheadMax } from '../../booking/index.js'
import { loadAbsences, loadShifts } from '../../calendar/index.js'
import { sendPage } from '../../ui/index.js'
import { hidden, mayPlan, openPlan } from './desk.js'
import { firstFreeDay, unitWeek } from './own-unit.js'
import { OwnUnitPage } from './pages/own-unit.js'
import { mondayOf } from './rules.js'
import { plannedPlaces } from './store.js'

export function ownUnitRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/moj-wydzial', hidden, async (request, reply) => {
    const planner = await openPlan(context, request, reply)
    if (planner === null) return reply
    const { office, book, staff } = planner
    const now = context.clock.now()
    const today = officeDay(now)
    const units = [...office.units.values()].filter(({ id, closed }) => !closed && mayPlan(planner, id))
    const asked = formText(request.query, 'jednostka', 100)
    // Where nobody said which: the own unit, else the first that has a desk.
    const unit =
      units.find(({ id }) => id === asked) ??
      units.find(({ id }) => id === staff.unitId) ??
      units.find(({ id }) => [...office.desks.values()].some((desk) => !desk.closed && desk.unitId === id)) ??
      null
    const monday = mondayOf(readDay(formText(request.query, 'tydzien', 10)) ?? today)
    const belongs = (unitId: string): boolean => unit !== null && office.unitAndParents(unitId).some(({ id }) => id === unit.id)
    const desks = [...office.desks.values()].filter((desk) => !desk.closed && belongs(desk.unitId))
    const deskIds = desks.map(({ id }) => id)
    const [begin, end] = [instantOf(monday, 0), instantOf(monday.add({ days: 7 }), 0)]
    const arrangement = { book, directory: office, shifts: await loadShifts(context) }
    const last = today.add({ days: Math.min(office.office.settings['booking-horizon-days'], daysAheadMax) })
    const [boards, ahead, places, absences] = await Promise.all([
      boardsUnder(context, arrangement, monday, monday.add({ days: 6 }), now),
      boardsUnder(context, arrangement, today, last, now),
      plannedPlaces(context, deskIds, begin, end),
      loadAbsences(context, begin, null),
    ])
    const services = [...office.services.values()].filter((service) => !service.closed && !service.dropOff && belongs(service.unitId))
    const view = {
      ...planner,
      units,
      unit,
      monday,
      now,
      week: unitWeek(office, book, { unitId: unit?.id ?? '', desks, boards, places }),
      absences: absences.filter(({ deskId }) => deskIds.includes(deskId)),
      free: services.map((service) => ({ service, day: firstFreeDay(office, ahead, service, now) })),
      last,
    }
    return sendPage(reply, <OwnUnitPage shell={request.shell} view={view} />)
  })
}
