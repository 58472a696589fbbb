/**
 * The door without a network, on its addresses: the page a browser keeps, the list of the day, what was
 * done meanwhile, and the conflicts somebody has seen.
 */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.js'
import { machineClock } from '../../platform/clock.js'
import { formId } from '../../platform/http/form.js'
import { directory } from '../../directory/index.js'
import { staffLinks } from '../../staff/index.js'
import { sendAsset, sendPage } from '../../ui/index.js'
import type { DoorOf } from '../at-door.js'
import { ConflictsPage } from './conflicts-page.js'
import { clockOf, readActs, sentActs } from './forms.js'
import { guardOfProof } from './guard-proof.js'
import { doorList } from './list.js'
import { OfflineDoor } from './page.js'
import { cameraHere } from './model.js'
import { markSeen, openConflicts } from './store.js'
import { takeActs, type Taken } from './take.js'

const page = { schema: { hide: true } }

export function offlineRoutes(app: FastifyInstance, context: Context, doorOf: DoorOf): void {
  // Kept by browsers of guards: its address stays, so that a new one takes the place of the old. It holds nothing of anybody.
  app.get('/praca/bez-sieci.js', page, async (_request, reply) => {
    reply.header('cache-control', 'no-cache')
    return sendAsset(reply, 'door-worker.js')
  })

  app.get('/praca/wejscie/:building/bez-sieci', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    // What is kept says nothing of who was signed in.
    const shell = { ...request.shell, staff: null, clockText: null }
    const example = request.shell.clockText !== null
    return sendPage(reply.headers(cameraHere), OfflineDoor({ shell, building: door.building, base: door.base, example }))
  })

  app.get('/praca/wejscie/:building/lista', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const { accountId } = door.staff
    reply.header('cache-control', 'no-store')
    return doorList(context, { shell: request.shell, buildingId: door.building.id, accountId })
  })

  app.post('/praca/wejscie/:building/wpisy', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const sent = sentActs.safeParse(request.body)
    if (!sent.success) return reply.code(422).send({ code: 'invalid-input' })
    const now = context.clock.now()
    const { byGuard, unreadable } = readActs(sent.data.acts, now)
    const refused = [...unreadable]
    let clock = clockOf(sent.data, machineClock.now())
    const taken: Taken[] = []
    for (const [proof, acts] of byGuard) {
      const accountId = guardOfProof(context, proof, door.building.id)
      if (accountId === null) {
        refused.push(...acts.map(({ key }) => key))
        continue
      }
      const command = { buildingId: door.building.id, accountId, sentBy: door.staff.accountId, now, clock, acts }
      const made = await takeActs(context, command)
      if (made.some(({ fresh }) => fresh)) clock = null
      taken.push(...made)
    }
    return { taken, unreadable: refused }
  })

  app.get('/praca/wejscie/:building/niezgodnosci', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const [office, conflicts] = await Promise.all([directory(context), openConflicts(context.database.pool, door.building.id)])
    const links = staffLinks(request.shell.t, door.staff, office)
    return sendPage(reply, ConflictsPage({ shell: request.shell, links, building: door.building, base: door.base, conflicts }))
  })

  app.post('/praca/wejscie/:building/niezgodnosci', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const seen = { id: formId(request.body, 'ktora') ?? 0, buildingId: door.building.id, accountId: door.staff.accountId }
    await markSeen(context.database.pool, { ...seen, at: context.clock.now() })
    context.changes.publish(`door:${door.building.id}`)
    return reply.redirect(`${door.base}/niezgodnosci`, 303)
  })
}
