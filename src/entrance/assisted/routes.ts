/**
 * The help on the guard's page, on its addresses: one form whose buttons give a time, put a call-back
 * into the unit's list, or mail the remote way; and what is printed for the person.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import type { FieldError, Refused } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { isKey } from '../../platform/idempotency.js'
import { parseReference } from '../../platform/references.js'
import { readEmail } from '../../booking/index.js'
import { directory, type Service } from '../../directory/index.js'
import { advise, placeOfVisit, ruleBook, safety } from '../../regulation/index.js'
import { staffLinks } from '../../staff/index.js'
import { idempotencyField, sendPage } from '../../ui/index.js'
import { findVisit, signedPassText, type Visit } from '../../visit/index.js'
import { answerAsked, showDoor } from '../show.js'
import type { Door, DoorOf } from '../at-door.js'
import { askCallBack, giveTime, sendLetter, type AssistCommand } from './actions.js'
import { remoteWays } from './rules.js'
import { walkInAtDoor } from '../walk-ins.js'
import { PassSlip, RemoteSlip } from './slips.js'

const page = { schema: { hide: true } }

export function assistedRoutes(app: FastifyInstance, context: Context, doorOf: DoorOf): void {
  app.post('/praca/wejscie/:building/pomoc', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    return door === null ? reply : help(context, request, reply, door)
  })

  app.get<{ Params: { reference: string } }>('/praca/wejscie/:building/przepustka/:reference', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const reference = parseReference(request.params.reference)
    const visit = reference === null ? null : await findVisit(context.database.pool, reference)
    if (visit?.state !== 'booked') return reply.callNotFound()
    const [office, book] = await Promise.all([directory(context), ruleBook(context)])
    return sendPage(
      reply,
      PassSlip({
        shell: request.shell,
        office,
        links: staffLinks(request.shell.t, door.staff, office),
        back: `${door.base}?wizyta=${visit.reference}`,
        visit,
        passText: signedPassText(context, visit, office.office.settings),
        obligations: safety(book, visit.startsAt, placeOfVisit(office, visit)),
      }),
    )
  })

  app.get<{ Params: { service: string } }>('/praca/wejscie/:building/zdalnie/:service', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const [office, book] = await Promise.all([directory(context), ruleBook(context)])
    const service = matterOf(office.services.get(request.params.service))
    const now = context.clock.now()
    if (service === null) return reply.callNotFound()
    return sendPage(
      reply,
      RemoteSlip({
        shell: request.shell,
        office,
        links: staffLinks(request.shell.t, door.staff, office),
        back: `${door.base}?kod=brak&sprawa=${encodeURIComponent(service.id)}`,
        service,
        ways: remoteWays(book, office, service.id, now),
        advice: advise(book, office, service.id, new Set(), now),
        address: `${context.publicUrl}/sprawy/${service.id}`,
      }),
    )
  })
}

function matterOf(service: Service | undefined): Service | null {
  return service === undefined || service.closed || service.dropOff ? null : service
}

async function help(context: Context, request: FastifyRequest, reply: FastifyReply, door: Door): Promise<FastifyReply> {
  const { body } = request
  const office = await directory(context)
  const reference = formText(body, 'wizyta', 40)
  const visit = reference === '' ? null : await findVisit(context.database.pool, reference)
  const service = matterOf(office.services.get(visit?.serviceId ?? formText(body, 'sprawa', 100)))
  const code = formText(body, 'kod', 40) === 'unknown' ? 'nieznany' : 'brak'
  const asked: Record<string, string> = visit === null ? { kod: code } : { wizyta: visit.reference }
  if (service === null) return reply.redirect(door.base, 303)
  const typed = {
    time: formText(body, 'termin', 120),
    name: formText(body, 'name', 200),
    phone: formText(body, 'phone', 60),
    email: formText(body, 'email', 300),
  }
  const sent = formText(body, idempotencyField, 40)
  const key = isKey(sent) ? sent : crypto.randomUUID()
  const command: AssistCommand = { accountId: door.staff.accountId, key, visit, serviceId: service.id, typed }
  const show = async (errors: readonly FieldError[], refusal: Refused | null): Promise<FastifyReply> =>
    showDoor(request, reply, context, {
      ...door,
      answer: await answerAsked(context, door.building.id, asked),
      assist: {
        serviceId: service.id,
        sought: '',
        typed: { ...typed, key: refusal === null ? key : crypto.randomUUID(), errors, refusal },
      },
    })
  switch (formText(body, 'co', 20)) {
    case 'telefon': {
      const result = await askCallBack(context, command)
      if ('errors' in result) return show(result.errors, null)
      return result.allowed ? reply.redirect(`${door.base}?info=call-back`, 303) : show([], result)
    }
    case 'numerek': {
      const result = await walkInAtDoor(context, {
        buildingId: door.building.id,
        by: { accountId: door.staff.accountId },
        now: context.clock.now(),
        serviceId: service.id,
        key,
      })
      return 'allowed' in result ? show([], result) : reply.redirect(`${door.base}?wpis=${result.entry.id}`, 303)
    }
    case 'mail': {
      const email = readEmail(typed.email)
      if (email === null)
        return show(
          [{ field: 'email', message: typed.email.trim() === '' ? 'entrance-staff.help.email-missing' : 'booking.error.email-wrong' }],
          null,
        )
      await sendLetter(context, { accountId: door.staff.accountId, serviceId: service.id, email, papers: null })
      return reply.redirect(`${door.base}?info=remote-sent`, 303)
    }
    default: {
      const result = await giveTime(context, command)
      if ('errors' in result) return show(result.errors, null)
      return result.allowed ? reply.redirect(`${door.base}?umowiono=${result.reference}`, 303) : show([], result)
    }
  }
}

/** The visit of an address that says a time was given; null for any other. */
export async function givenVisit(context: Context, typed: unknown): Promise<Visit | null> {
  const reference = typeof typed === 'string' && typed.length <= 40 ? parseReference(typed) : null
  const visit = reference === null ? null : await findVisit(context.database.pool, reference)
  return visit !== null && (visit.state === 'booked' || visit.state === 'pending') ? visit : null
}
