/**
 * The guard's page on its addresses. A pass or reference that is scanned lets the person in at once
 * where the answer is yes (it can be undone); a tap in the list and a surname show the answer first.
 *
 * After each act the guard is led to an address that shows it: `?wpis=` an entry, `?wizyta=` the
 * answer about a visit at this minute, `?kod=` an answer without a visit. Names never stand in one.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import type { Refused } from '../platform/decision.js'
import { formId, formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { directory, type Building } from '../directory/index.js'
import { idempotencyField } from '../ui/index.js'
import { requireRole, type Staff } from '../staff/index.js'
import { answer, enter, leave, recordRefusal, undoEntry } from './actions.js'
import { dropOff, notClient } from './admissions.js'
import { entranceApi } from './api.js'
import { scanOf } from './facts.js'
import { searchBySurname } from './inside.js'
import { isOtherPurpose, isOverrideReason, type DoorAnswer } from './model.js'
import { noCode, scanLengthMax } from './rules.js'
import { answerAsked, showDoor } from './show.js'

interface Door {
  readonly staff: Staff
  readonly building: Building
  readonly base: string
}

export function entranceRoutes(app: FastifyInstance, context: Context): void {
  entranceApi(app, context)

  /** Who stands at which door; null when the answer is sent already. */
  const doorOf = async (request: FastifyRequest, reply: FastifyReply): Promise<Door | null> => {
    const staff = requireRole(request, reply, 'guard', 'service-office', 'administrator')
    if (staff === null) return null
    const { building: id } = request.params as { building: string }
    const building = (await directory(context)).buildings.get(id)
    if (building === undefined) {
      reply.callNotFound()
      return null
    }
    return { staff, building, base: `/praca/wejscie/${building.id}` }
  }
  const page = { schema: { hide: true } }

  app.get('/praca/wejscie/:building', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const asked = await answerAsked(context, door.building.id, request.query as Record<string, unknown>)
    return showDoor(request, reply, context, { ...door, answer: asked, found: null, notice: noticeOf(request) })
  })

  app.post('/praca/wejscie/:building', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const code = formText(request.body, 'kod', scanLengthMax)
    if (code === '') return reply.redirect(door.base, 303)
    const now = context.clock.now()
    const scan = scanOf(context, code)
    const surname = scan.kind === 'surname' || scan.kind === 'reference' ? scan.surname : null
    if (scan.kind !== 'surname') {
      const result = await enter(context, { buildingId: door.building.id, code, accountId: door.staff.accountId, now })
      // Eight letters may be a reference or a surname; nobody has the reference, so it is the surname.
      if (result.entry !== null || result.visit !== null || surname === null) return afterEntry(reply, door, result, true)
    }
    const found = await searchBySurname(context, {
      surname: surname ?? code,
      buildingId: door.building.id,
      accountId: door.staff.accountId,
      now,
    })
    return showDoor(request, reply, context, { ...door, answer: null, found, notice: null })
  })

  app.post('/praca/wejscie/:building/wpusc', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const reason = formText(request.body, 'powod', 40)
    const result = await enter(context, {
      buildingId: door.building.id,
      code: codeOf(request),
      accountId: door.staff.accountId,
      now: context.clock.now(),
      override: isOverrideReason(reason) ? reason : null,
    })
    return afterEntry(reply, door, result)
  })

  app.post('/praca/wejscie/:building/nie-wpuszczono', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const documents = formText(request.body, 'cel', 40) === 'drop-off'
    const asked = await answer(context, {
      buildingId: door.building.id,
      purpose: documents ? 'drop-off' : 'visit',
      code: codeOf(request),
      at: context.clock.now(),
    })
    if (!asked.decision.allowed) await recordRefusal(context, { answer: asked, accountId: door.staff.accountId })
    return reply.redirect(door.base, 303)
  })

  app.post('/praca/wejscie/:building/wpis', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const command = { entryId: formId(request.body, 'wpis') ?? 0, accountId: door.staff.accountId, now: context.clock.now() }
    const undo = formText(request.body, 'co', 20) === 'cofnij'
    const result = await (undo ? undoEntry(context, command) : leave(context, command))
    if ('allowed' in result) return reply.redirect(`${door.base}?info=${(result as Refused).code}`, 303)
    return reply.redirect(`${door.base}?info=${undo ? 'undone' : 'went-out'}`, 303)
  })

  app.post('/praca/wejscie/:building/dokumenty', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    return afterEntry(
      reply,
      door,
      await dropOff(context, {
        buildingId: door.building.id,
        accountId: door.staff.accountId,
        now: context.clock.now(),
        key: keyOf(request),
      }),
    )
  })

  app.post('/praca/wejscie/:building/inna-osoba', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const purpose = formText(request.body, 'cel', 40)
    if (!isOtherPurpose(purpose)) return reply.redirect(door.base, 303)
    return afterEntry(
      reply,
      door,
      await notClient(context, {
        buildingId: door.building.id,
        accountId: door.staff.accountId,
        now: context.clock.now(),
        key: keyOf(request),
        purpose,
      }),
    )
  })
}

/** Leads the guard to the address that shows what was done. */
function afterEntry(reply: FastifyReply, door: Door, result: DoorAnswer, scanned = false): FastifyReply {
  if (result.entry !== null)
    return reply.redirect(`${door.base}?wpis=${result.entry.id}${scanned && result.repeated ? '&info=scanned-again' : ''}`, 303)
  if (result.visit !== null) return reply.redirect(`${door.base}?wizyta=${result.visit.reference}`, 303)
  return reply.redirect(
    `${door.base}?kod=${result.purpose === 'drop-off' ? 'dokumenty' : result.decision.code === 'unknown' ? 'nieznany' : 'brak'}`,
    303,
  )
}

/** The visit an answer was about; text that names none where a code was unknown; null for a client without any. */
function codeOf(request: FastifyRequest): string | null {
  const reference = formText(request.body, 'wizyta', 40)
  if (reference !== '') return reference
  return formText(request.body, 'kod', 40) === 'unknown' ? noCode : null
}

function keyOf(request: FastifyRequest): string | null {
  const key = formText(request.body, idempotencyField, 40)
  return isKey(key) ? key : null
}

function noticeOf(request: FastifyRequest): string | null {
  const { info } = request.query as Record<string, unknown>
  const key = `entrance-staff.info.${String(info)}`
  return typeof info === 'string' && request.shell.t.has(key) ? request.shell.t(key) : null
}
