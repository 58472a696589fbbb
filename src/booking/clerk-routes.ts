/**
 * The service office on the phone: find the matter, choose a time, a name, done; find a visit, move
 * or cancel it. Plain forms, so that the keyboard alone does everything; what a person is called or
 * can be reached at travels in bodies, never in an address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse, type FieldError, type Refused } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { parseReference } from '../platform/references.js'
import { readDay, readInstant } from '../platform/typed-time.js'
import { directory, type Service } from '../directory/index.js'
import { bookableDays, ruleBook, urgencyStatement } from '../regulation/index.js'
import { requireRole, staffLinks, type Role, type Staff } from '../staff/index.js'
import { idempotencyField, sendPage } from '../ui/index.js'
import { findVisit, mayDo, type Actor, type Visit } from '../visit/index.js'
import { book } from './actions.js'
import type { FreeDay } from './availability/board.js'
import { cancel, move } from './changes.js'
import { firstFreeDays, mattersFor, readSearch } from './clerk-rules.js'
import { findVisits, foundMax } from './clerk-store.js'
import { readPerson } from './forms.js'
import { freeStarts } from './free-starts.js'
import { cancelReasons, limitExceptions, type CancelReason, type LimitException } from './model.js'
import { ClerkBookPage, clerkChannels, type TypedBooking } from './pages/clerk-book.js'
import { ClerkConsolePage } from './pages/clerk-console.js'
import { ClerkCancelPage, ClerkMovePage, ClerkVisitPage } from './pages/clerk-visit.js'

export const clerkRoles: readonly Role[] = ['service-office', 'head', 'desk', 'administrator']
const hidden = { schema: { hide: true } } as const
/** Days before today in which a visit is found by name: somebody calls about yesterday. */
const searchDaysBack = 7
const searchDaysAhead = 60

export function clerkRoutes(app: FastifyInstance, context: Context): void {
  consoleRoutes(app, context)
  bookRoutes(app, context)
  visitRoutes(app, context)
}

function consoleRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/obsluga', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const matter = formText(request.query, 'sprawa', 100)
    return sendPage(
      reply,
      ClerkConsolePage({
        shell: request.shell,
        view: {
          ...(await common(context, request, staff)),
          matter,
          matters: mattersFor(await directory(context), matter),
          search: null,
          visits: [],
          more: false,
          errors: [],
        },
      }),
    )
  })

  // A search is sent as a body: a name or a phone never stands in an address.
  app.post('/praca/obsluga/szukaj', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const typed = formText(request.body, 'szukane', 100)
    const typedDay = formText(request.body, 'dzien', 10)
    const day = typedDay === '' ? null : readDay(typedDay)
    const search = readSearch(typed)
    const errors: FieldError[] = []
    if (search.reference === null && search.phone === null && search.name === null)
      errors.push({ field: 'szukane', message: 'booking-staff.error.search' })
    if (typedDay !== '' && day === null) errors.push({ field: 'dzien', message: 'booking-staff.error.day' })
    const today = officeDay(context.clock.now())
    const found =
      errors.length > 0
        ? []
        : await findVisits(
            context.database.pool,
            search,
            day ?? today.subtract({ days: searchDaysBack }),
            day ?? today.add({ days: searchDaysAhead }),
          )
    const office = await directory(context)
    const view = {
      ...(await common(context, request, staff)),
      matter: '',
      matters: mattersFor(office, ''),
      search: { typed, day: typedDay },
      visits: found.slice(0, foundMax),
      more: found.length > foundMax,
      errors,
    }
    return sendPage(reply, ClerkConsolePage({ shell: request.shell, view }), errors.length > 0 ? 422 : 200)
  })
}

function bookRoutes(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { service: string } }>('/praca/obsluga/umow/:service', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const service = await clerkService(context, request.params.service)
    if (service === null) return reply.callNotFound()
    return bookPage(
      context,
      request,
      reply,
      staff,
      service,
      { start: '', name: '', phone: '', email: '', channel: 'phone', urgent: false, exception: '', key: crypto.randomUUID() },
      [],
      null,
    )
  })

  app.post<{ Params: { service: string } }>('/praca/obsluga/umow/:service', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const service = await clerkService(context, request.params.service)
    if (service === null) return reply.callNotFound()
    const { body } = request
    const channel = clerkChannels.find((each) => each === formText(body, 'channel')) ?? 'phone'
    const typed: TypedBooking = {
      start: formText(body, 'start', 60),
      name: formText(body, 'name'),
      phone: formText(body, 'phone', 100),
      email: formText(body, 'email'),
      channel,
      urgent: formText(body, 'urgent') !== '',
      exception: exceptionOf(body) ?? '',
      key: formKey(body),
    }
    const read = readPerson(typed, 'contact-optional')
    const start = readInstant(typed.start)
    const errors = [
      'errors' in read ? read.errors : [],
      start === null ? [{ field: 'start', message: 'booking.error.start-missing' }] : [],
    ].flat()
    if ('errors' in read || start === null) return bookPage(context, request, reply, staff, service, typed, errors, null)
    const outcome = await book(context, {
      serviceId: service.id,
      start,
      channel,
      person: read.person,
      actor: actorOf(staff),
      key: typed.key,
      urgent: typed.urgent,
      ...(typed.exception === '' ? {} : { limitException: typed.exception as LimitException }),
    })
    if (outcome.allowed) return reply.redirect(`/praca/obsluga/wizyta/${outcome.reference}?co=booked`, 303)
    return bookPage(context, request, reply, staff, service, { ...typed, key: crypto.randomUUID() }, [], outcome)
  })
}

async function bookPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  service: Service,
  typed: TypedBooking,
  errors: readonly FieldError[],
  refusal: Refused | null,
): Promise<FastifyReply> {
  const now = context.clock.now()
  const urgency = urgencyStatement(await ruleBook(context), now)?.basis ?? null
  const times = await timesOf(context, request, service)
  const view = { ...(await common(context, request, staff)), service, ...times, typed, errors, refusal, urgency }
  return sendPage(reply, ClerkBookPage({ shell: request.shell, view }), errors.length > 0 ? 422 : refusal !== null ? 409 : 200)
}

function visitRoutes(app: FastifyInstance, context: Context): void {
  const path = '/praca/obsluga/wizyta/:reference'

  app.get<{ Params: { reference: string } }>(path, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const visit = await clerkVisit(context, request.params.reference)
    if (visit === null) return reply.callNotFound()
    const news = ['booked', 'moved', 'cancelled'].find((each) => each === formText(request.query, 'co')) ?? null
    return visitPage(context, request, reply, staff, visit, { news, refusal: null })
  })

  app.get<{ Params: { reference: string } }>(`${path}/zmien`, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const visit = await clerkVisit(context, request.params.reference)
    if (visit === null) return reply.callNotFound()
    return movePage(context, request, reply, staff, visit, {
      start: '',
      exception: '',
      key: crypto.randomUUID(),
      errors: [],
      refusal: null,
    })
  })

  app.post<{ Params: { reference: string } }>(`${path}/zmien`, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const visit = await clerkVisit(context, request.params.reference)
    if (visit === null) return reply.callNotFound()
    const typed = { start: formText(request.body, 'start', 60), exception: exceptionOf(request.body) ?? '', key: formKey(request.body) }
    const start = readInstant(typed.start)
    if (start === null)
      return movePage(context, request, reply, staff, visit, {
        ...typed,
        errors: [{ field: 'start', message: 'booking.error.start-missing' }],
        refusal: null,
      })
    const outcome = await move(context, {
      reference: visit.reference,
      start,
      actor: actorOf(staff),
      channel: 'phone',
      key: typed.key,
      ...(typed.exception === '' ? {} : { limitException: typed.exception as LimitException }),
    })
    if (outcome.allowed) return reply.redirect(`/praca/obsluga/wizyta/${visit.reference}?co=moved`, 303)
    return movePage(context, request, reply, staff, visit, { ...typed, key: crypto.randomUUID(), errors: [], refusal: outcome })
  })

  app.get<{ Params: { reference: string } }>(`${path}/odwolaj`, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const visit = await clerkVisit(context, request.params.reference)
    if (visit === null) return reply.callNotFound()
    return sendPage(
      reply,
      ClerkCancelPage({
        shell: request.shell,
        view: { ...(await common(context, request, staff)), visit, errors: [], refusal: null, key: crypto.randomUUID() },
      }),
    )
  })

  app.post<{ Params: { reference: string } }>(`${path}/odwolaj`, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const visit = await clerkVisit(context, request.params.reference)
    if (visit === null) return reply.callNotFound()
    const reason = cancelReasons.find((each): each is CancelReason => each === formText(request.body, 'powod'))
    if (reason === undefined) {
      const view = {
        ...(await common(context, request, staff)),
        visit,
        errors: [{ field: 'powod', message: 'booking.error.reason-missing' }],
        refusal: null,
        key: formKey(request.body),
      }
      return sendPage(reply, ClerkCancelPage({ shell: request.shell, view }), 422)
    }
    const outcome = await cancel(context, {
      reference: visit.reference,
      actor: actorOf(staff),
      channel: 'phone',
      reason,
      key: formKey(request.body),
    })
    if (outcome.allowed) return reply.redirect(`/praca/obsluga/wizyta/${visit.reference}?co=cancelled`, 303)
    return visitPage(context, request, reply.code(409), staff, visit, { news: null, refusal: outcome })
  })
}

async function visitPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  visit: Visit,
  said: { news: string | null; refusal: Refused | null },
): Promise<FastifyReply> {
  const { settings } = (await directory(context)).office
  const mayChange = mayDo('move', visit, context.clock.now(), settings).allowed
  return sendPage(
    reply,
    ClerkVisitPage({ shell: request.shell, view: { ...(await common(context, request, staff)), visit, mayChange, ...said } }),
    said.refusal === null ? 200 : 409,
  )
}

async function movePage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  visit: Visit,
  typed: { start: string; exception: string; key: string; errors: readonly FieldError[]; refusal: Refused | null },
): Promise<FastifyReply> {
  const { services, office } = await directory(context)
  const service = services.get(visit.serviceId)
  const may = mayDo('move', visit, context.clock.now(), office.settings)
  if (service === undefined || !may.allowed)
    return visitPage(context, request, reply, staff, visit, { news: null, refusal: may.allowed ? refuse('unknown-service') : may })
  const view = { ...(await common(context, request, staff)), visit, service, ...(await timesOf(context, request, service)), ...typed }
  return sendPage(reply, ClerkMovePage({ shell: request.shell, view }), typed.errors.length > 0 ? 422 : typed.refusal !== null ? 409 : 200)
}

/** What every page of staff shows around its content. */
export async function common(
  context: Context,
  request: FastifyRequest,
  staff: Staff,
): Promise<{ office: Awaited<ReturnType<typeof directory>>; links: ReturnType<typeof staffLinks> }> {
  const office = await directory(context)
  return { office, links: staffLinks(request.shell.t, staff, office) }
}

export interface TimesShown {
  readonly days: readonly FreeDay[]
  /** True when the days shown are the first there are. */
  readonly firstShown: boolean
  /** Where the days after those shown begin; null at the horizon. */
  readonly nextFrom: Temporal.PlainDate | null
}

/** The first free days from the day asked for (`?od=`), today for a clerk, up to the horizon. */
export async function timesOf(context: Context, request: FastifyRequest, service: Service): Promise<TimesShown> {
  const now = context.clock.now()
  const { from, to } = bookableDays(await directory(context), now, true)
  const asked = readDay(formText(request.query, 'od', 10))
  const begin = asked !== null && Temporal.PlainDate.compare(asked, from) > 0 ? asked : from
  const all = (await freeStarts(context, { serviceId: service.id, from: begin, to, now })) ?? []
  const days = firstFreeDays(all)
  const last = days.at(-1)?.day
  const later = last !== undefined && all.some((day) => day.starts.length > 0 && Temporal.PlainDate.compare(day.day, last) > 0)
  return { days, firstShown: begin === from, nextFrom: later && last !== undefined ? last.add({ days: 1 }) : null }
}

export function actorOf(staff: Staff): Actor {
  return `account:${staff.accountId}`
}

export function exceptionOf(body: unknown): LimitException | null {
  return limitExceptions.find((each) => each === formText(body, 'wyjatek')) ?? null
}

/** The form's key; one of its own when it came without, so that nothing is booked under nobody's key. */
export function formKey(body: unknown): string {
  const key = formText(body, idempotencyField, 50)
  return isKey(key) ? key : crypto.randomUUID()
}

async function clerkService(context: Context, id: string): Promise<Service | null> {
  const service = (await directory(context)).services.get(id)
  return service === undefined || service.closed || service.dropOff ? null : service
}

async function clerkVisit(context: Context, typed: string): Promise<Visit | null> {
  const reference = parseReference(typed)
  const visit = reference === null ? null : await findVisit(context.database.pool, reference)
  return visit === null || visit.state === 'held' ? null : visit
}
