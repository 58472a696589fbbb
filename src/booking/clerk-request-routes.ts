/**
 * The list of requests and the end of each: a time on the same calendar, advice that was enough, or
 * a reason from the list. A head or a desk clerk sees the own unit's, the service office all.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import type { FieldError, Refused } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { parseReference } from '../platform/references.js'
import { readDay, readInstant } from '../platform/typed-time.js'
import { directory, type Directory } from '../directory/index.js'
import { hasRole, requireRole, unitsOf, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { byMatter, lastDays, sparedVisits, type SparedMatter } from './advice-count.js'
import { sparedRoles } from './advice-count-api.js'
import { actorOf, clerkRoles, common, exceptionOf, formKey, hidden, keepForBack } from './clerk-common.js'
import { readDaysAsked, timesOf } from './clerk-times.js'
import { commandOf, readSaidWish, type SaidWish } from './clerk-wish.js'
import { closeReasons, settleReasons, type EndRequestCommand } from './model.js'
import { ClerkRequestPage, ClerkRequestsPage } from './pages/clerk-requests.js'
import { findRequest, openRequests, type RequestRow } from './request-store.js'
import { bookFromRequest, finishRequest } from './requests.js'
import { wishedAs } from './wish.js'

type ByReference = { Params: { reference: string } }

export function clerkRequestRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/prosby', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const shown = await common(context, request, staff)
    const requests = await openRequests(context.database.pool, unitsOf(staff, shown.office))
    const spared = await sparedFor(context, staff, shown.office)
    return sendPage(reply, ClerkRequestsPage({ shell: request.shell, view: { ...shown, requests, spared } }))
  })

  app.get<ByReference>('/praca/prosby/:reference', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const row = await seen(context, staff, request.params.reference)
    if (row === null) return reply.callNotFound()
    if (row.state !== 'open') return reply.redirect('/praca/prosby', 303)
    return requestPage(context, request, reply, staff, row, { ...emptyForm(), from: readDay(formText(request.query, 'od', 10)) })
  })

  app.post<ByReference>('/praca/prosby/:reference', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const row = await seen(context, staff, request.params.reference)
    if (row === null) return reply.callNotFound()
    const { from, only } = readDaysAsked(request.body)
    const chosen = { start: formText(request.body, 'start', 60), exception: exceptionOf(request.body) ?? '', key: formKey(request.body) }
    const show = (shown: Partial<RequestShown>): Promise<FastifyReply> =>
      requestPage(context, request, keepForBack(reply), staff, row, { ...emptyForm(), ...chosen, from, ...shown })
    const said = await saidOf(context, staff, row, request.body)
    if ((only || said?.changed === true) && row.state === 'open') return show({})
    const start = readInstant(chosen.start)
    const missing = start === null ? [{ field: 'start', message: 'booking.error.start-missing' }] : []
    if (start === null || said === null || said.errors.length > 0) return show({ errors: missing })
    const exception = exceptionOf(request.body)
    const outcome = await bookFromRequest(context, {
      reference: row.reference,
      ...commandOf(said),
      start,
      actor: actorOf(staff),
      key: chosen.key,
      ...(exception === null ? {} : { limitException: exception }),
    })
    if (outcome.allowed) return reply.redirect(`/praca/obsluga/wizyta/${outcome.reference}?co=booked`, 303)
    return show({ key: crypto.randomUUID(), refusal: outcome })
  })

  ending(app, context, { path: 'zalatw', field: 'sposob', end: 'settled', reasons: settleReasons })
  ending(app, context, { path: 'zamknij', field: 'powod', end: 'closed', reasons: closeReasons })
}

/** Sums of the last days for who runs the unit or the office; null for others. */
async function sparedFor(context: Context, staff: Staff, office: Directory): Promise<readonly SparedMatter[] | null> {
  if (!hasRole(staff, sparedRoles)) return null
  return byMatter(office, await sparedVisits(context, lastDays(context.clock.now())), unitsOf(staff, office))
}

/** One way to end a request without a visit. */
function ending(
  app: FastifyInstance,
  context: Context,
  {
    path,
    field,
    end,
    reasons,
  }: { path: string; field: string; end: 'settled' | 'closed'; reasons: readonly EndRequestCommand['reason'][] },
): void {
  app.post<ByReference>(`/praca/prosby/:reference/${path}`, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const row = await seen(context, staff, request.params.reference)
    if (row === null) return reply.callNotFound()
    const reason = reasons.find((each) => each === formText(request.body, field))
    if (reason === undefined)
      return requestPage(context, request, keepForBack(reply), staff, row, {
        ...emptyForm(),
        errors: [{ field, message: 'booking.error.reason-missing' }],
      })
    const outcome = await finishRequest(context, { reference: row.reference, actor: actorOf(staff), end, reason })
    // Ended by a colleague a moment ago: the list no longer has it, which is what was wanted.
    if (outcome.allowed || outcome.code === 'request-ended') return reply.redirect('/praca/prosby', 303)
    return requestPage(context, request, reply, staff, row, { ...emptyForm(), refusal: outcome })
  })
}

interface RequestShown {
  readonly from: Temporal.PlainDate | null
  readonly start: string
  readonly exception: string
  readonly key: string
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

function emptyForm(): RequestShown {
  return { from: null, start: '', exception: '', key: crypto.randomUUID(), errors: [], refusal: null }
}

async function requestPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  row: RequestRow,
  { from, ...shown }: RequestShown,
): Promise<FastifyReply> {
  const frame = await common(context, request, staff)
  const said = await saidOf(context, staff, row, request.body)
  if (said === null) return reply.redirect('/praca/prosby', 303)
  // Ended a moment ago by a colleague: what can still be done is nothing.
  const open = row.state === 'open' && shown.refusal?.code !== 'request-ended'
  const view = {
    ...frame,
    said,
    request: row,
    open,
    times: await timesOf(context, wishedAs(said.wish), from, shown.start),
    ...shown,
    errors: [...said.errors, ...shown.errors],
  }
  const status = view.errors.length > 0 ? 422 : shown.refusal !== null ? 409 : 200
  return sendPage(reply, ClerkRequestPage({ shell: request.shell, view }), status)
}

/** What the form says the visit is for; null when the matter of the request is handled no more. */
async function saidOf(context: Context, staff: Staff, row: RequestRow, typed: unknown): Promise<SaidWish | null> {
  const office = await directory(context)
  const service = office.services.get(row.service_id ?? '')
  return service === undefined ? null : readSaidWish(office, staff, service, typed)
}

/** The request, when it stands in a list this person sees. */
async function seen(context: Context, staff: Staff, typed: string): Promise<RequestRow | null> {
  const reference = parseReference(typed)
  const row = reference === null ? null : await findRequest(context.database.pool, reference)
  if (row === null) return null
  const units = unitsOf(staff, await directory(context))
  return units === null || units.includes(row.unit_id) ? row : null
}
