/** How many are inside, on the guard's addresses: putting the count right, and the list for an evacuation. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.js'
import { instantOf, officeDay } from '../../platform/clock.js'
import { formText } from '../../platform/http/form.js'
import { directory } from '../../directory/index.js'
import { hasRole, staffLinks } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import type { DoorOf } from '../at-door.js'
import { isCorrectionReason } from '../model.js'
import { showDoor } from '../show.js'
import { correctCount, insideMax } from './actions.js'
import { EvacuationPage } from './evacuation.js'
import { readCorrection, readEverybody } from './store.js'

const page = { schema: { hide: true } }

export function occupancyRoutes(app: FastifyInstance, context: Context, doorOf: DoorOf): void {
  app.post('/praca/wejscie/:building/licznik', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const typed = formText(request.body, 'ile', 10)
    const inside = /^\d{1,5}$/.test(typed) ? Number(typed) : null
    if (inside === null || inside > insideMax)
      return showDoor(request, reply, context, { ...door, countError: 'entrance-staff.count.error' })
    const reason = formText(request.body, 'dlaczego', 40)
    if (!isCorrectionReason(reason)) return showDoor(request, reply, context, { ...door, countError: 'entrance-staff.count.reason-error' })
    await correctCount(context, {
      buildingId: door.building.id,
      inside,
      reason,
      accountId: door.staff.accountId,
      now: context.clock.now(),
    })
    return reply.redirect(`${door.base}?info=count-corrected`, 303)
  })

  app.get('/praca/wejscie/:building/ewakuacja', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const now = context.clock.now()
    const day = officeDay(now)
    const { pool } = context.database
    const [office, people, correction] = await Promise.all([
      directory(context),
      readEverybody(pool, door.building.id, instantOf(day, 0)),
      readCorrection(pool, door.building.id, day),
    ])
    // Who sees the whole office anyway sees names here too: they are called at the meeting point.
    const named = hasRole(door.staff, ['service-office', 'administrator'])
    if (named)
      context.log.info(
        { account: door.staff.accountId, building: door.building.id, people: people.length },
        'names of everybody inside shown',
      )
    return sendPage(
      reply,
      EvacuationPage({
        shell: request.shell,
        office,
        links: staffLinks(request.shell.t, door.staff, office),
        back: door.base,
        building: door.building,
        people,
        correction,
        named,
        now,
      }),
    )
  })
}
