/**
 * The list of requests and the end of each: a time on the same calendar, advice that was enough, or
 * a reason from the list; who answers it now, and the attempts at ringing back. A head or a desk clerk sees the own unit's, the service office all.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import type { FieldError, Refused } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import type { Translate } from '../platform/words.js'
import { parseReference } from '../platform/references.js'
import { readDay, readInstant } from '../platform/typed-time.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import { ruleBook } from '../regulation/index.js'
import { hasRole, requireRole, unitsOf, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { byMatter, lastDays, sparedVisits, type SparedMatter } from './advice-count.js'
import { sparedRoles } from './advice-count-api.js'
import { attemptResults, attemptsFor, callBacksOf, noteAttempt, ringTimes } from './call-back.js'
import { actorOf, clerkRoles, clerkService, common, exceptionOf, formKey, hidden, keepForBack } from './clerk-common.js'
import { readDaysAsked, timesOf } from './clerk-times.js'
import { commandOf, readSaidWish, type SaidWish } from './clerk-wish.js'
import { closeReasons, settleReasons, type EndRequestCommand } from './model.js'
import { ClerkPassPage } from './pages/clerk-pass.js'
import { ClerkRequestsPage } from './pages/clerk-request-list.js'
import { ClerkRequestPage, type RequestView } from './pages/clerk-requests.js'
import { claimRequest, releaseRequest } from './request-claim.js'
import { countOpen, listFilters, listRequests, withCalls, type OpenCount, type OwedCall } from './request-list.js'
import { passRequest } from './request-pass.js'
import { findRequest, type RequestRow } from './request-store.js'
import { summaryRoles } from './request-summary.js'
import { summaryRoutes } from './request-summary-routes.js'
import { bookFromRequest, finishRequest } from './requests.js'
import { openServices } from './search.js'
import { wishedAs } from './wish.js'

type ByReference = { Params: { reference: string } }

/** What was just done on the page before. */
const listNews = ['attempt', 'ended-by-attempt', 'settled', 'closed', 'ended-before', 'given-back', 'passed'] as const

/** What later slices put into the list. */
export interface Listed {
  /** Ids of requests → the matter each seems to be about, where it was guessed: shown as a guess. */
  guesses(requestIds: readonly number[]): Promise<ReadonlyMap<number, string>>
  /** Those of these requests whose last answer did not arrive. */
  undelivered(requestIds: readonly number[]): Promise<ReadonlySet<number>>
  /** Calls this person owes somebody for another reason than a request. */
  calls(t: Translate, staff: Staff): Promise<readonly OwedCall[]>
}

const nothingListed: Listed = { guesses: async () => new Map(), undelivered: async () => new Set(), calls: async () => [] }

export function clerkRequestRoutes(app: FastifyInstance, context: Context, listed = nothingListed): void {
  app.get('/praca/prosby', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const shown = await common(context, request, staff)
    const now = context.clock.now()
    const unitIds = unitsOf(staff, shown.office)
    const answerHours = shown.office.office.settings['answer-hours']
    const filter = listFilters.find((each) => each === formText(request.query, 'kanal', 10)) ?? null
    const [requests, counted, owed, spared] = await Promise.all([
      listRequests(context.database.pool, { unitIds, filter, now }),
      openCountFor(context, staff),
      listed.calls(request.shell.t, staff),
      sparedFor(context, staff, shown.office),
    ])
    const calls = filter === 'form' || filter === 'email' ? [] : owed
    const count = withCalls(counted, owed, { now, answerHours })
    const [guessed, undelivered] = await Promise.all([
      listed.guesses(requests.filter(({ service_id: known }) => known === null).map(({ id }) => id)),
      listed.undelivered(requests.filter(({ channel }) => channel === 'email').map(({ id }) => id)),
    ])
    const news = listNews.find((each) => each === formText(request.query, 'co', 20)) ?? null
    const passedTo = shown.office.units.get(formText(request.query, 'wydzial', 100))?.name ?? null
    const summary = hasRole(staff, summaryRoles)
    const view = { ...shown, requests, calls, count, filter, guessed, undelivered, spared, now, answerHours, summary, news, passedTo }
    return sendPage(reply, ClerkRequestsPage({ shell: request.shell, view }))
  })

  app.get<ByReference>('/praca/prosby/:reference', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const row = await seen(context, staff, request.params.reference)
    if (row === null) return reply.callNotFound()
    if (row.state !== 'open') return reply.redirect('/praca/prosby', 303)
    if (row.channel === 'email') return reply.redirect(`/praca/poczta/${row.reference}`, 303)
    const noted = formText(request.query, 'co', 20) === 'attempt'
    return requestPage(context, request, reply, staff, row, { ...emptyForm(), from: readDay(formText(request.query, 'od', 10)), noted })
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

  summaryRoutes(app, context)
  claimRoutes(app, context)
  passRoutes(app, context)
  attemptRoute(app, context)
  ending(app, context, { path: 'zalatw', field: 'sposob', end: 'settled', reasons: settleReasons })
  ending(app, context, { path: 'zamknij', field: 'powod', end: 'closed', reasons: closeReasons })
}

/** How many wait in the lists this person sees, and how many too long. */
export async function openCountFor(context: Context, staff: Staff): Promise<OpenCount> {
  const office = await directory(context)
  const [unitIds, answerHours] = [unitsOf(staff, office), office.office.settings['answer-hours']]
  return countOpen(context.database.pool, { unitIds, now: context.clock.now(), answerHours })
}

/** Whoever answers a request says so, and may give it back. */
function claimRoutes(app: FastifyInstance, context: Context): void {
  app.post<ByReference>('/praca/prosby/:reference/wez', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const row = await seen(context, staff, request.params.reference)
    if (row === null) return reply.callNotFound()
    const outcome = await claimRequest(context, { reference: row.reference, actor: actorOf(staff) })
    if (outcome.allowed) return reply.redirect(`/praca/prosby/${row.reference}`, 303)
    return requestPage(context, request, reply, staff, row, { ...emptyForm(), refusal: outcome })
  })
  app.post<ByReference>('/praca/prosby/:reference/oddaj', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const row = await seen(context, staff, request.params.reference)
    if (row === null) return reply.callNotFound()
    await releaseRequest(context, { reference: row.reference, actor: actorOf(staff) })
    return reply.redirect('/praca/prosby?co=given-back', 303)
  })
}

/** What is another unit's is handed to it; whoever handed it on need not see it any more. */
function passRoutes(app: FastifyInstance, context: Context): void {
  const path = '/praca/prosby/:reference/przekaz'
  const page = async (
    request: FastifyRequest,
    reply: FastifyReply,
    staff: Staff,
    row: RequestRow,
    { errors = [], refusal = null }: { errors?: readonly FieldError[]; refusal?: Refused | null },
  ): Promise<FastifyReply> => {
    const view = { ...(await common(context, request, staff)), request: row, errors, refusal }
    return sendPage(reply, ClerkPassPage({ shell: request.shell, view }), errors.length > 0 ? 422 : refusal === null ? 200 : 409)
  }
  app.get<ByReference>(path, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const row = await seen(context, staff, request.params.reference)
    if (row === null) return reply.callNotFound()
    return row.state === 'open' ? page(request, reply, staff, row, {}) : reply.redirect('/praca/prosby', 303)
  })
  app.post<ByReference>(path, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const row = await seen(context, staff, request.params.reference)
    if (row === null) return reply.callNotFound()
    const unitId = formText(request.body, 'wydzial', 100)
    const outcome = await passRequest(context, { reference: row.reference, actor: actorOf(staff), unitId })
    if (outcome === null) return page(request, reply, staff, row, { errors: [wrong('wydzial', 'unit')] })
    if (outcome.allowed) return reply.redirect(`/praca/prosby?co=passed&wydzial=${encodeURIComponent(unitId)}`, 303)
    return page(request, reply, staff, row, { refusal: outcome })
  })
}

const wrong = (field: string, code: string): FieldError => ({ field, message: `booking-console-staff.error.${code}` })

/** An attempt at ringing back. */
function attemptRoute(app: FastifyInstance, context: Context): void {
  app.post<ByReference>('/praca/prosby/:reference/proba', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const row = await seen(context, staff, request.params.reference)
    if (row === null) return reply.callNotFound()
    const { reference } = row
    const [actor, now] = [actorOf(staff), context.clock.now()]
    const result = attemptResults.find((each) => each === formText(request.body, 'wynik', 20))
    const times = ringTimes(await ruleBook(context), await directory(context), row.unit_id, now)
    const later = result === 'later' ? times.find(({ code }) => code === formText(request.body, 'kiedy', 20)) : undefined
    const errors =
      result === undefined ? [wrong('wynik', 'result')] : result === 'later' && later === undefined ? [wrong('kiedy', 'when')] : []
    if (result === undefined || errors.length > 0)
      return requestPage(context, request, keepForBack(reply), staff, row, { ...emptyForm(), errors })
    const outcome = await noteAttempt(context, { reference, actor, result, ...(later === undefined ? {} : { nextAt: later.at }) })
    if (!outcome.allowed) return requestPage(context, request, reply, staff, row, { ...emptyForm(), refusal: outcome })
    const news = outcome.code === 'ended' ? 'ended-by-attempt' : 'attempt'
    return reply.redirect(result === 'reached' ? `/praca/prosby/${reference}?co=attempt` : `/praca/prosby?co=${news}`, 303)
  })
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
    if (outcome.allowed || outcome.code === 'request-ended')
      return reply.redirect(`/praca/prosby?co=${outcome.allowed ? end : 'ended-before'}`, 303)
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
  readonly noted: boolean
}

function emptyForm(): RequestShown {
  return { from: null, start: '', exception: '', key: crypto.randomUUID(), errors: [], refusal: null, noted: false }
}

async function requestPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  before: RequestRow,
  { from, ...shown }: RequestShown,
): Promise<FastifyReply> {
  const { pool } = context.database
  const now = context.clock.now()
  const frame = await common(context, request, staff)
  const said = await saidOf(context, staff, before, { ...asRecord(request.query), ...asRecord(request.body) })
  // As it stands now: a colleague may have taken or ended it a moment ago.
  const row = (await findRequest(pool, before.reference)) ?? before
  const callBack = (await callBacksOf(pool, [row.id])).get(row.id) ?? null
  const view: RequestView = {
    ...frame,
    said,
    request: row,
    open: row.state === 'open',
    claimed: claimOf(row, staff, now),
    callBack,
    attempts: callBack === null ? [] : await attemptsFor(pool, row.id),
    ringTimes: ringTimes(await ruleBook(context), frame.office, row.unit_id, now),
    matters: row.service_id === null ? mattersOfUnits(frame.office, unitsOf(staff, frame.office)) : [],
    times: said === null ? null : await timesOf(context, wishedAs(said.wish), from, shown.start),
    ...shown,
    errors: [...(said?.errors ?? []), ...shown.errors],
  }
  const status = view.errors.length > 0 ? 422 : shown.refusal !== null ? 409 : 200
  return sendPage(reply, ClerkRequestPage({ shell: request.shell, view }), status)
}

function claimOf(row: RequestRow, staff: Staff, now: Temporal.Instant): RequestView['claimed'] {
  if (row.claimed_by === null || row.claimed_until === null || Temporal.Instant.compare(row.claimed_until, now) <= 0) return null
  return { own: row.claimed_by === staff.accountId, name: row.claimed_name ?? '', until: row.claimed_until }
}

function asRecord(form: unknown): Readonly<Record<string, unknown>> {
  return typeof form === 'object' && form !== null ? (form as Record<string, unknown>) : {}
}

/** Matters a call may turn out to be about. */
function mattersOfUnits(office: Directory, units: readonly string[] | null): readonly Service[] {
  return openServices(office).filter((service) => !service.dropOff && (units === null || units.includes(service.unitId)))
}

/** What the form says the visit is for; null while nobody has understood the matter, or when it is handled no more. */
async function saidOf(context: Context, staff: Staff, row: RequestRow, typed: unknown): Promise<SaidWish | null> {
  const office = await directory(context)
  const service =
    row.service_id === null ? await clerkService(context, staff, formText(typed, 'o-co', 100)) : office.services.get(row.service_id)
  return service == null ? null : readSaidWish(office, staff, service, typed)
}

/** The request, when it stands in a list this person sees. */
async function seen(context: Context, staff: Staff, typed: string): Promise<RequestRow | null> {
  const reference = parseReference(typed)
  const row = reference === null ? null : await findRequest(context.database.pool, reference)
  if (row === null) return null
  const units = unitsOf(staff, await directory(context))
  return units === null || units.includes(row.unit_id) ? row : null
}
