/** Booking for a caller: the form, the other days it shows, and the booking itself. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import type { FieldError, Refused } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { readDay, readInstant } from '../platform/typed-time.js'
import { directory, type Service } from '../directory/index.js'
import { ruleBook, urgencyStatement } from '../regulation/index.js'
import { requireRole, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { book } from './actions.js'
import { actorOf, clerkRoles, clerkService, common, exceptionOf, formKey, hidden, keepForBack } from './clerk-common.js'
import { readDaysAsked, timesOf } from './clerk-times.js'
import { commandOf, readSaidWish, type SaidWish } from './clerk-wish.js'
import { readPerson } from './forms.js'
import type { LimitException } from './model.js'
import { wishedAs } from './wish.js'
import { ClerkBookPage, clerkChannels, type TypedBooking } from './pages/clerk-book.js'

type OfService = { Params: { service: string } }

interface Shown {
  readonly typed: TypedBooking
  readonly said: SaidWish
  readonly from: Temporal.PlainDate | null
  /** True when the days shown are what was asked for: the focus goes to them. */
  readonly atTimes?: boolean
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

export function clerkBookRoutes(app: FastifyInstance, context: Context): void {
  app.get<OfService>('/praca/obsluga/umow/:service', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const service = await clerkService(context, staff, request.params.service)
    if (service === null) return reply.callNotFound()
    const said = readSaidWish(await directory(context), staff, service, request.query)
    if (said === null) return reply.callNotFound()
    const from = readDay(formText(request.query, 'od', 10))
    return bookPage(context, request, reply, staff, service, { typed: emptyForm(), said, from, errors: said.errors, refusal: null })
  })

  app.post<OfService>('/praca/obsluga/umow/:service', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const service = await clerkService(context, staff, request.params.service)
    if (service === null) return reply.callNotFound()
    const said = readSaidWish(await directory(context), staff, service, request.body)
    if (said === null) return reply.callNotFound()
    const typed = typedForm(request.body)
    const { from, only } = readDaysAsked(request.body)
    const show = (shown: Partial<Shown>): Promise<FastifyReply> =>
      bookPage(context, request, keepForBack(reply), staff, service, { typed, said, from, errors: said.errors, refusal: null, ...shown })
    if (only || said.changed) return show({ atTimes: true })
    const read = readPerson(typed, 'contact-optional')
    const start = readInstant(typed.start)
    const missing = start === null ? [{ field: 'start', message: 'booking.error.start-missing' }] : []
    if ('errors' in read || start === null || said.errors.length > 0)
      return show({ errors: [...said.errors, ...('errors' in read ? read.errors : []), ...missing] })
    const outcome = await book(context, {
      ...commandOf(said),
      start,
      channel: typed.channel,
      person: read.person,
      actor: actorOf(staff),
      key: typed.key,
      urgent: typed.urgent,
      ...(typed.exception === '' ? {} : { limitException: typed.exception as LimitException }),
    })
    if (outcome.allowed) return reply.redirect(`/praca/obsluga/wizyta/${outcome.reference}?co=booked`, 303)
    return show({ typed: { ...typed, key: crypto.randomUUID() }, refusal: outcome })
  })
}

function emptyForm(): TypedBooking {
  return { start: '', name: '', phone: '', email: '', channel: 'phone', urgent: false, exception: '', key: crypto.randomUUID() }
}

function typedForm(body: unknown): TypedBooking {
  return {
    start: formText(body, 'start', 60),
    name: formText(body, 'name'),
    phone: formText(body, 'phone', 100),
    email: formText(body, 'email'),
    channel: clerkChannels.find((each) => each === formText(body, 'channel')) ?? 'phone',
    urgent: formText(body, 'urgent') !== '',
    exception: exceptionOf(body) ?? '',
    key: formKey(body),
  }
}

async function bookPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  service: Service,
  { from, ...shown }: Shown,
): Promise<FastifyReply> {
  const now = context.clock.now()
  const urgency = urgencyStatement(await ruleBook(context), now)?.basis ?? null
  const times = await timesOf(context, wishedAs(shown.said.wish), from, shown.typed.start)
  const view = { ...(await common(context, request, staff)), service, times, ...shown, urgency }
  const status = shown.errors.length > 0 ? 422 : shown.refusal !== null ? 409 : 200
  return sendPage(reply, ClerkBookPage({ shell: request.shell, view }), status)
}
