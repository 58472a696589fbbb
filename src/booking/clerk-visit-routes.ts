/** A visit a clerk found: seen, moved to another time, cancelled with a reason. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { refuse, type FieldError, type Refused } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { readDay, readInstant } from '../platform/typed-time.js'
import { phoneForReading } from '../platform/words.js'
import { directory } from '../directory/index.js'
import { reaches } from '../messages/index.js'
import { placeOfVisit, ruleBook, safety, symptomsRequest } from '../regulation/index.js'
import { messagesOfVisits } from '../messages/index.js'
import { requireRole, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { mayDo, type Visit } from '../visit/index.js'
import { cancel, hasAlready, move } from './changes.js'
import { callSince } from './clerk-call.js'
import { confirmPending } from './confirmation.js'
import { actorOf, clerkRoles, clerkVisit, common, exceptionOf, formKey, hidden, keepForBack } from './clerk-common.js'
import { readDaysAsked, timesOf } from './clerk-times.js'
import { otherTimes } from './other-times.js'
import { wishedOf, wishOf } from './wish.js'
import { cancelReasons, type CancelReason, type LimitException } from './model.js'
import { ClerkCancelPage, ClerkMovePage, ClerkVisitPage } from './pages/clerk-visit.js'

type ByReference = { Params: { reference: string } }
const path = '/praca/obsluga/wizyta/:reference'
const news = ['booked', 'moved', 'cancelled', 'confirmed'] as const

export function clerkVisitRoutes(app: FastifyInstance, context: Context): void {
  app.get<ByReference>(path, hidden, async (request, reply) => {
    const asked = await ask(context, request, reply)
    if (asked === null) return reply
    const said = news.find((each) => each === formText(request.query, 'co')) ?? null
    return visitPage(context, request, reply, asked, { news: said, refusal: null })
  })
  app.post<ByReference>(`${path}/potwierdz`, hidden, async (request, reply) => {
    const asked = await ask(context, request, reply)
    if (asked === null) return reply
    const { reference } = asked.visit
    const outcome = await confirmPending(context, { reference, proof: { clerk: actorOf(asked.staff) } })
    if (outcome.allowed) return reply.redirect(`/praca/obsluga/wizyta/${reference}?co=confirmed`, 303)
    return visitPage(context, request, reply, asked, { news: null, refusal: outcome })
  })
  moveRoutes(app, context)
  cancelRoutes(app, context)
}

interface Asked {
  readonly staff: Staff
  readonly visit: Visit
}

/** Who asks for which visit; null when the answer is already sent. */
async function ask(context: Context, request: FastifyRequest<ByReference>, reply: FastifyReply): Promise<Asked | null> {
  const staff = requireRole(request, reply, ...clerkRoles)
  if (staff === null) return null
  const visit = await clerkVisit(context, staff, request.params.reference)
  if (visit !== null) return { staff, visit }
  reply.callNotFound()
  return null
}

function moveRoutes(app: FastifyInstance, context: Context): void {
  app.get<ByReference>(`${path}/zmien`, hidden, async (request, reply) => {
    const asked = await ask(context, request, reply)
    if (asked === null) return reply
    const from = readDay(formText(request.query, 'od', 10))
    return movePage(context, request, reply, asked, { ...emptyMove(), from })
  })

  app.post<ByReference>(`${path}/zmien`, hidden, async (request, reply) => {
    const asked = await ask(context, request, reply)
    if (asked === null) return reply
    const { body } = request
    const { from, only } = readDaysAsked(body)
    const typed = { ...emptyMove(), from, start: formText(body, 'start', 60), exception: exceptionOf(body) ?? '', key: formKey(body) }
    const show = (shown: Partial<MoveShown>): Promise<FastifyReply> =>
      movePage(context, request, keepForBack(reply), asked, { ...typed, ...shown })
    if (only) return show({})
    const start = readInstant(typed.start)
    if (start === null) return show({ errors: [{ field: 'start', message: 'booking.error.start-missing' }] })
    if (hasAlready(asked.visit, { start })) return show({ errors: [{ field: 'start', message: 'booking-console-staff.error.same-start' }] })
    const outcome = await move(context, {
      reference: asked.visit.reference,
      start,
      actor: actorOf(asked.staff),
      channel: 'phone',
      inCall: true,
      key: typed.key,
      ...(typed.exception === '' ? {} : { limitException: typed.exception as LimitException }),
    })
    if (outcome.allowed) return reply.redirect(`/praca/obsluga/wizyta/${asked.visit.reference}?co=moved`, 303)
    return show({ key: crypto.randomUUID(), refusal: outcome })
  })
}

function cancelRoutes(app: FastifyInstance, context: Context): void {
  app.get<ByReference>(`${path}/odwolaj`, hidden, async (request, reply) => {
    const asked = await ask(context, request, reply)
    return asked === null ? reply : cancelPage(context, request, reply, asked, [])
  })

  app.post<ByReference>(`${path}/odwolaj`, hidden, async (request, reply) => {
    const asked = await ask(context, request, reply)
    if (asked === null) return reply
    const { staff, visit } = asked
    const reason = cancelReasons.find((each): each is CancelReason => each === formText(request.body, 'powod'))
    if (reason === undefined)
      return cancelPage(context, request, keepForBack(reply), asked, [{ field: 'powod', message: 'booking.error.reason-missing' }])
    const outcome = await cancel(context, {
      reference: visit.reference,
      actor: actorOf(staff),
      channel: 'phone',
      inCall: true,
      reason,
      key: formKey(request.body),
    })
    if (outcome.allowed) return reply.redirect(`/praca/obsluga/wizyta/${visit.reference}?co=cancelled`, 303)
    return visitPage(context, request, reply, asked, { news: null, refusal: outcome })
  })
}

/** The visit with what the caller is told; `refusal` is why something asked for did not happen. */
async function visitPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { staff, visit }: Asked,
  said: { news: string | null; refusal: Refused | null },
): Promise<FastifyReply> {
  const office = await directory(context)
  const now = context.clock.now()
  const { settings } = office.office
  const book = await ruleBook(context)
  const unitId = office.services.get(visit.serviceId)?.unitId ?? null
  const ahead = visit.state === 'booked' || visit.state === 'pending'
  const view = {
    ...(await common(context, request, staff)),
    visit,
    mayMove: mayDo('move', visit, now, settings, 'staff').allowed,
    mayCancel: mayDo('cancel', visit, now, settings).allowed,
    mayConfirm: mayDo('confirm-pending', visit, now, settings, 'staff').allowed,
    obligations: ahead ? safety(book, visit.startsAt, placeOfVisit(office, visit)) : [],
    messages: await messagesOfVisits(context.database.pool, [visit.id]),
    symptoms: ahead ? symptomsRequest(book, office, visit.startsAt, unitId) : null,
    now,
    since: await callSince(context, actorOf(staff)),
    sentTo:
      said.news === null || !reaches(context, visit.person) ? null : (visit.person.email ?? phoneForReading(visit.person.phone ?? '')),
    ...said,
  }
  return sendPage(reply, ClerkVisitPage({ shell: request.shell, view }), said.refusal === null ? 200 : 409)
}

interface MoveShown {
  readonly from: Temporal.PlainDate | null
  readonly start: string
  readonly exception: string
  readonly key: string
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

function emptyMove(): MoveShown {
  return { from: null, start: '', exception: '', key: crypto.randomUUID(), errors: [], refusal: null }
}

async function movePage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  { from, ...shown }: MoveShown,
): Promise<FastifyReply> {
  const { staff, visit } = asked
  const office = await directory(context)
  const wish = wishOf(office, wishedOf(office, visit))
  const may = mayDo('move', visit, context.clock.now(), office.office.settings, 'staff')
  if (wish === null || !may.allowed)
    return visitPage(context, request, reply, asked, { news: null, refusal: may.allowed ? refuse('unknown-service') : may })
  const free = await timesOf(context, wishedOf(office, visit), from, shown.start)
  const times = visit.review === null ? { ...free, days: otherTimes(free.days, visit.startsAt) } : free
  const view = { ...(await common(context, request, staff)), visit, wish, times, ...shown }
  const status = shown.errors.length > 0 ? 422 : shown.refusal !== null ? 409 : 200
  return sendPage(reply, ClerkMovePage({ shell: request.shell, view }), status)
}

async function cancelPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  errors: readonly FieldError[],
): Promise<FastifyReply> {
  const { staff, visit } = asked
  const { settings } = (await directory(context)).office
  const may = mayDo('cancel', visit, context.clock.now(), settings)
  if (!may.allowed) return visitPage(context, request, reply, asked, { news: null, refusal: may })
  const view = { ...(await common(context, request, staff)), visit, errors, key: formKey(request.body) }
  return sendPage(reply, ClerkCancelPage({ shell: request.shell, view }), errors.length > 0 ? 422 : 200)
}
