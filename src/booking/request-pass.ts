/**
 * A request handed to another unit: it leaves the one list and stands in the other, claimed by nobody.
 * A call or a mail loses a matter that is not the new unit's; a form keeps the one the citizen chose.
 */
import type { Context } from '../platform/context.js'
import { refuse, type Refused } from '../platform/decision.js'
import { directory } from '../directory/index.js'
import { recordEvent, type Actor } from '../visit/index.js'
import { lostRace } from './place.js'
import { lockRequest } from './request-store.js'
import { refusedRequest } from './requests.js'
import { guarded } from './store.js'

export interface PassCommand {
  readonly reference: string
  readonly actor: Actor
  readonly unitId: string
}

export interface Passed {
  readonly allowed: true
  readonly code: 'done'
}

/** Hands an open request that nobody else answers to another unit, in one transaction; null: the unit is closed, unknown or has it already. */
export async function passRequest(context: Context, { reference, actor, unitId }: PassCommand): Promise<Passed | Refused | null> {
  const now = context.clock.now()
  const office = await directory(context)
  const unit = office.units.get(unitId)
  return guarded(
    context.database,
    async (client): Promise<Passed | Refused | null> => {
      const request = await lockRequest(client, reference)
      const no = refusedRequest(request, actor, now)
      if (no !== null || request === null) return no ?? refuse('unknown-request')
      if (unit === undefined || unit.closed || unit.id === request.unit_id) return null
      const service = request.service_id === null ? undefined : office.services.get(request.service_id)
      const within = service === undefined ? [] : office.unitAndParents(service.unitId)
      const keeps = request.channel === 'form' || within.some(({ id }) => id === unitId)
      await client.query(
        `update request set unit_id = $2, claimed_by = null, claimed_until = null, service_id = case when $3 then service_id end
         where id = $1`,
        [request.id, unitId, keeps],
      )
      await recordEvent(client, {
        at: now,
        kind: 'request-passed',
        actor,
        channel: 'request',
        details: { request: request.id, from: request.unit_id, unit: unitId },
      })
      return { allowed: true, code: 'done' }
    },
    lostRace(office.office.settings),
  )
}
