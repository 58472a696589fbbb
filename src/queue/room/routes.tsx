/** The live room's page, what its script fetches and listens to, and the changes made there. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import { refuse, type Refused } from '../../platform/decision.js'
import { formId, formText } from '../../platform/http/form.js'
import { isKey } from '../../platform/idempotency.js'
import { openStream } from '../../platform/live.js'
import { directory } from '../../directory/index.js'
import { requireRole, staffLinks, worksAt, type Role, type Staff } from '../../staff/index.js'
import { idempotencyField, sendFragment, sendPage, WordsContext } from '../../ui/index.js'
import type { QueueAnswer } from '../model.js'
import { closeDesk, setOverflow } from '../sessions.js'
import { overflowAfter, LiveRoomFragment, LiveRoomPage, roomAddress } from './pages/live-room.js'
import { seatClerk } from './staffing.js'
import { readLiveRoom, type DeskInRoom } from './view.js'

/** Who looks after a room. */
const roomRoles = ['head', 'service-office', 'administrator'] as const satisfies readonly Role[]

const hidden = { schema: { hide: true } }
type OfRoom = FastifyRequest<{ Params: { building: string } }>

/** `/praca/sala` and `/praca/sala/:building`. */
export function roomRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/sala', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...roomRoles)
    if (staff === null) return reply
    const office = await directory(context)
    const unit = staff.unitId === null ? undefined : office.units.get(staff.unitId)
    return reply.redirect(roomAddress(staff.buildingId ?? unit?.buildingId ?? [...office.buildings.keys()][0] ?? ''), 303)
  })

  app.get('/praca/sala/:building', hidden, async (request: OfRoom, reply) => {
    const staff = requireRole(request, reply, ...roomRoles)
    return staff === null ? reply : page(request, reply, staff, null)
  })

  app.get('/praca/sala/:building/stan', hidden, async (request: OfRoom, reply) => {
    const staff = requireRole(request, reply, ...roomRoles)
    if (staff === null) return reply
    const room = await readLiveRoom(context, request.params.building, context.clock.now())
    if (room === null) return reply.callNotFound()
    return sendFragment(
      reply,
      <WordsContext.Provider value={request.shell.t}>
        <LiveRoomFragment room={room} mayChange={await changesOf(staff)} />
      </WordsContext.Provider>,
    )
  })

  app.get('/praca/sala/:building/na-zywo', { ...hidden, exposeHeadRoute: false }, async (request: OfRoom, reply) => {
    const staff = requireRole(request, reply, ...roomRoles)
    if (staff === null) return reply
    return openStream(request, reply, context, [`queue:${request.params.building}`, 'clock', 'directory'])
  })

  app.post('/praca/sala/:building', hidden, async (request: OfRoom, reply) => {
    const staff = requireRole(request, reply, ...roomRoles)
    if (staff === null) return reply
    const answer = await act(request, staff)
    if (answer === null || answer.allowed) return reply.redirect(roomAddress(request.params.building), 303)
    return page(request, reply, staff, answer)
  })

  async function changesOf(staff: Staff): Promise<(entry: DeskInRoom) => boolean> {
    const office = await directory(context)
    return ({ desk }) => worksAt(staff, office, desk)
  }

  async function page(request: OfRoom, reply: FastifyReply, staff: Staff, refusal: Refused | null): Promise<FastifyReply> {
    const room = await readLiveRoom(context, request.params.building, context.clock.now())
    if (room === null) {
      reply.callNotFound()
      return reply
    }
    const links = staffLinks(request.shell.t, staff, await directory(context))
    return sendPage(
      reply,
      <LiveRoomPage shell={request.shell} links={links} room={room} mayChange={await changesOf(staff)} refusal={refusal} />,
      refusal === null ? 200 : 409,
    )
  }

  /** Does what the form says; null when it says nothing this page knows. */
  async function act(request: OfRoom, staff: Staff): Promise<QueueAnswer | null> {
    const { body } = request
    const office = await directory(context)
    const desk = office.desks.get(formText(body, 'stanowisko', 120))
    if (desk === undefined || desk.buildingId !== request.params.building) return refuse('unknown-desk')
    if (!worksAt(staff, office, desk)) return refuse('not-your-desk')
    const key = formText(body, idempotencyField, 40)
    const command = {
      desk: desk.slug,
      actor: `account:${staff.accountId}` as const,
      now: context.clock.now(),
      key: isKey(key) ? key : undefined,
    }
    switch (formText(body, 'czynnosc', 20)) {
      case 'pomaga': {
        const letter = formText(body, 'litera', 1)
        const afterMinutes = overflowAfter.find((each) => String(each) === formText(body, 'minuty', 3))
        if (!office.queueGroups.has(letter) || afterMinutes === undefined) return null
        return setOverflow(context, { ...command, overflow: [{ letter, afterMinutes, from: 0, until: 1_440 }] })
      }
      case 'nie-pomaga':
        return setOverflow(context, { ...command, overflow: [] })
      case 'posadz': {
        const accountId = formId(body, 'kto')
        return accountId === null ? null : seatClerk(context, { ...command, accountId })
      }
      case 'zamknij':
        return closeDesk(context, command)
      default:
        return null
    }
  }
}
