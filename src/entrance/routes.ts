/**
 * The guard's page on its addresses. A pass or reference that is scanned lets the person in at once
 * where the answer is yes (it can be undone); a tap in the list and a surname show the answer first.
 *
 * After each act the guard is led to an address that shows it: `?wpis=` an entry, `?wizyta=` the
 * answer about a visit at this minute, `?kod=` an answer without a visit. Names never stand in one.
 * The list and the count of those inside keep themselves up to date by `/stan` and `/na-zywo`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import type { Refused } from '../platform/decision.js'
import { formId, formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { keepStreams, openStream } from '../platform/live.js'
import { idempotencyField } from '../ui/index.js'
import { answer, enter, leave, recordRefusal, undoEntry } from './actions.js'
import { assistedRoutes, givenVisit } from './assisted/routes.js'
import { whoseDoor, type Door } from './at-door.js'
import { occupancyRoutes } from './occupancy/routes.js'
import { addCompanion } from './companions.js'
import { dropOff, notClient } from './admissions.js'
import { entranceApi } from './api.js'
import { scanOf } from './facts.js'
import { searchBySurname } from './inside.js'
import { isOtherPurpose, isOverrideReason, type DoorAnswer, type OverrideReason } from './model.js'
import { offlineRoutes } from './offline/routes.js'
import { papersRoutes } from './papers/routes.js'
import { leftAtMinute } from './papers/rules.js'
import { noCode, scanLengthMax } from './rules.js'
import { answerAsked, scannedAgain, showDoor, watchDoor } from './show.js'

export function entranceRoutes(app: FastifyInstance, context: Context): void {
  entranceApi(app, context)
  keepStreams(app, context)

  const doorOf = whoseDoor(context)
  assistedRoutes(app, context, doorOf)
  occupancyRoutes(app, context, doorOf)
  papersRoutes(app, context, doorOf)
  offlineRoutes(app, context, doorOf)
  const page = { schema: { hide: true } }

  app.get('/praca/wejscie/:building', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const query = request.query as Record<string, unknown>
    const asked = await answerAsked(context, door.building.id, query)
    const entries = query['wejscia'] === 'wszystkie' ? ('all' as const) : ('recent' as const)
    const given = await givenVisit(context, query['umowiono'])
    const assist = { serviceId: formText(query, 'sprawa', 100), sought: formText(query, 'szukaj', 200) }
    return showDoor(request, reply, context, { ...door, answer: asked, given, assist, notice: noticeOf(request), entries })
  })

  app.get('/praca/wejscie/:building/stan', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    return door === null ? reply : watchDoor(request, reply, context, door.building)
  })

  // An answer without a body would never end.
  app.get('/praca/wejscie/:building/na-zywo', { ...page, exposeHeadRoute: false }, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const { id } = door.building
    return openStream(request, reply, context, [`door:${id}`, `queue:${id}`, 'clock', 'directory'])
  })

  app.post('/praca/wejscie/:building', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const code = formText(request.body, 'kod', scanLengthMax)
    if (code === '') return reply.redirect(door.base, 303)
    const now = context.clock.now()
    const scan = scanOf(context, code)
    if (scan.kind === 'too-short')
      return showDoor(request, reply, context, { ...door, scanError: 'entrance-staff.scan.too-short', typed: code })
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
    return showDoor(request, reply, context, { ...door, found })
  })

  app.post('/praca/wejscie/:building/wpusc', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const now = context.clock.now()
    const asked = { buildingId: door.building.id, code: codeOf(request) }
    const reason = reasonOf(request)
    if (reason === 'none') {
      const given = await answer(context, { ...asked, purpose: 'visit', at: now })
      return showDoor(request, reply, context, { ...door, answer: given, overrideError: 'entrance-staff.override.error' })
    }
    const result = await enter(context, { ...asked, accountId: door.staff.accountId, now, override: reason })
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
    const command = {
      entryId: formId(request.body, 'wpis') ?? 0,
      buildingId: door.building.id,
      accountId: door.staff.accountId,
      now: context.clock.now(),
    }
    const undo = formText(request.body, 'co', 20) === 'cofnij'
    const result = await (undo ? undoEntry(context, command) : leave(context, command))
    if ('allowed' in result) return reply.redirect(`${door.base}?info=${(result as Refused).code}`, 303)
    const goesOn = 'visitGoesOn' in result && result.visitGoesOn
    return reply.redirect(`${door.base}?info=${goesOn ? 'undone-visit-goes-on' : undo ? 'undone' : 'went-out'}`, 303)
  })

  app.post('/praca/wejscie/:building/razem', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const { body } = request
    const entryId = formId(body, 'wpis') ?? 0
    const result = await addCompanion(context, {
      entryId,
      buildingId: door.building.id,
      purpose: formText(body, 'cel', 40) === 'interpreter' ? 'interpreter' : 'companion',
      notCounted: formText(body, 'niewliczana', 10) !== '',
      atDesk: formText(body, 'stanowisko', 10) !== '',
      key: keyOf(request),
      accountId: door.staff.accountId,
      now: context.clock.now(),
    })
    if (!('allowed' in result)) return reply.redirect(`${door.base}?wpis=${entryId}&info=companion`, 303)
    if (result.code === 'entry-unknown') return reply.redirect(`${door.base}?info=entry-unknown`, 303)
    const asked = await answerAsked(context, door.building.id, { wpis: String(entryId) })
    return showDoor(request, reply, context, { ...door, answer: asked, companionRefusal: result })
  })

  app.post('/praca/wejscie/:building/dokumenty', page, async (request, reply) => {
    const door = await doorOf(request, reply)
    if (door === null) return reply
    const now = context.clock.now()
    const typed = formText(request.body, 'godzina', 10)
    const leftAt = typed === '' ? null : leftAtMinute(typed, now)
    if (typed !== '' && leftAt === null)
      return showDoor(request, reply, context, { ...door, leftTyped: typed, leftError: 'entrance-staff.papers.left-at.error' })
    const result = await dropOff(context, {
      buildingId: door.building.id,
      accountId: door.staff.accountId,
      now,
      key: keyOf(request),
      unitId: formText(request.body, 'wydzial', 100) || null,
      leftAt,
    })
    // No address says what the answer was at another minute.
    if (leftAt !== null && result.entry === null) return showDoor(request, reply, context, { ...door, answer: result, leftTyped: typed })
    return afterEntry(reply, door, result)
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
    return reply.redirect(`${door.base}?wpis=${result.entry.id}${scanned && result.repeated ? `&info=${scannedAgain}` : ''}`, 303)
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

/** Why somebody is let in against the answer: null where that was not asked, `none` where it was and no reason was chosen. */
function reasonOf(request: FastifyRequest): OverrideReason | 'none' | null {
  const body = request.body as Record<string, unknown> | null
  if (body === null || !('powod' in body)) return null
  const reason = formText(body, 'powod', 40)
  return isOverrideReason(reason) ? reason : 'none'
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
