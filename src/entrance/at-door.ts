/** Who works at which door: asked by every page of the guard. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { directory, type Building } from '../directory/index.js'
import { requireRole, type Staff } from '../staff/index.js'
import { mayWorkDoor } from './rules.js'

export interface Door {
  readonly staff: Staff
  readonly building: Building
  /** Path of the guard's page of this building. */
  readonly base: string
}

/** Who stands at which door; null when the answer is sent already. */
export type DoorOf = (request: FastifyRequest, reply: FastifyReply) => Promise<Door | null>

export function whoseDoor(context: Context): DoorOf {
  return async (request, reply) => {
    const staff = requireRole(request, reply, 'guard', 'service-office', 'administrator')
    if (staff === null) return null
    const { building: id } = request.params as { building: string }
    const building = (await directory(context)).buildings.get(id)
    if (building === undefined) {
      reply.callNotFound()
      return null
    }
    if (!mayWorkDoor(staff, building.id)) {
      void reply.redirect('/praca?brak-uprawnien=1', 303)
      return null
    }
    return { staff, building, base: `/praca/wejscie/${building.id}` }
  }
}
