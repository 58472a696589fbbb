/** Booking for a caller: the form, the other days it shows, the time kept meanwhile, and the booking itself. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse, setting, type FieldError, type Refused } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { readDay, readInstant } from '../platform/typed-time.js'
import { directory, type Service } from '../directory/index.js'
import { ruleBook, urgencyStatement } from '../regulation/index.js'
import { requireRole, type Staff } from '../staff/index.js'
import { sendFragment, sendPage } from '../ui/index.js'
import { callSince } from './clerk-call.js'
import { bookForCaller, keepForCaller, keptFor, livingKept, releaseKept } from './clerk-hold.js'
import { questionsOn, todayOf } from './clerk-side.js'
import { actorOf, clerkRoles, clerkService, common, exceptionOf, formKey, hidden, keepForBack } from './clerk-common.js'
import { readDaysAsked, timesOf } from './clerk-times.js'
import { commandOf, readSaidWish, type SaidWish } from './clerk-wish.js'
import { readPerson } from './forms.js'
import type { LimitException } from './model.js'
import { wishedAs } from './wish.js'
import { ClerkBookPage, clerkChannels, KeptSentence, type BookView, type KeptTime, type TypedBooking } from './pages/clerk-book.js'

type OfService = { Params: { service: string } }

interface Shown {
  readonly typed: TypedBooking
  readonly said: SaidWish
  readonly from: Temporal.PlainDate | null
  /** Where the focus goes: to the times, or to the name once one is kept. */
  readonly at: BookView['at']
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
    return bookPage(context, request, reply, staff, service, {
      typed: emptyForm(),
      said,
      from,
      at: 'times',
      errors: said.errors,
      refusal: null,
    })
  })

  // What the script asks for: a sentence when the time is kept. Anything else the form itself is to show.
  app.post<OfService>('/praca/obsluga/umow/:service/wstrzymaj', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const service = await clerkService(context, staff, request.params.service)
    const said = service === null ? null : readSaidWish(await directory(context), staff, service, request.body)
    const start = readInstant(formText(request.body, 'start', 60))
    if (said === null || said.changed || said.errors.length > 0 || start === null) return reply.code(422).send()
    const channel = typedForm(request.body).channel
    const kept = await keepForCaller(context, { ...wishedAs(said.wish), start, by: { actor: actorOf(staff), channel } })
    if (!kept.allowed || kept.heldUntil === null) return reply.code(409).send()
    const sentence = keptTime(kept.start, kept.heldUntil, context.clock.now())
    return sendFragment(reply, KeptSentence({ shell: request.shell, kept: sentence, chosen: kept.start.toString() }))
  })

  // Asked when the page is seen again: which times are kept for this matter now.
  app.get<OfService>('/praca/obsluga/umow/:service/wstrzymaj', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const kept = await livingKept(context, actorOf(staff))
    const starts = kept.filter(({ serviceId }) => serviceId === request.params.service).map(({ startsAt }) => startsAt.toString())
    return reply.header('cache-control', 'no-store').send({ starts })
  })

  // Sent as the page is left: what was kept there is free again.
  app.post('/praca/obsluga/pusc', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    await releaseKept(context, actorOf(staff))
    return reply.code(204).send()
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
      bookPage(context, request, keepForBack(reply), staff, service, {
        typed,
        said,
        from,
        at: 'times',
        errors: said.errors,
        refusal: null,
        ...shown,
      })
    const keeps = formText(request.body, 'pokaz', 10) === 'wstrzymaj'
    if ((only && !keeps) || said.changed) return show({})
    const by = { actor: actorOf(staff), channel: typed.channel }
    const wanted = readInstant(typed.start)
    if (keeps && wanted !== null && said.errors.length === 0) {
      const kept = await keepForCaller(context, { ...wishedAs(said.wish), start: wanted, by })
      return kept.allowed ? show({ at: 'name' }) : show({ refusal: kept, from: officeDay(wanted) })
    }
    const missing = wanted === null ? [{ field: 'start', message: 'booking.error.start-missing' }] : []
    if (keeps) return show({ errors: [...said.errors, ...missing] })
    const read = readPerson(typed, 'contact-optional')
    if ('errors' in read || wanted === null || said.errors.length > 0)
      return show({ errors: [...said.errors, ...('errors' in read ? read.errors : []), ...missing] })
    const outcome = await bookForCaller(context, {
      ...commandOf(said),
      start: wanted,
      ...by,
      person: read.person,
      key: typed.key,
      urgent: typed.urgent,
      inCall: typed.channel === 'phone',
      ...(typed.exception === '' ? {} : { limitException: typed.exception as LimitException }),
    })
    if (outcome.allowed) return reply.redirect(`/praca/obsluga/wizyta/${outcome.reference}?co=booked`, 303)
    // Kept once, and taken by another since it ran out: the times near it are shown.
    const ranOut = outcome.code === 'slot-taken' && formText(request.body, 'wstrzymany', 60) === typed.start
    const refusal = ranOut ? refuse('hold-expired', [setting('clerk-hold-minutes')]) : outcome
    const near = refusal.code === 'hold-expired' || refusal.code === 'slot-taken' ? { from: officeDay(wanted) } : {}
    return show({ typed: { ...typed, key: crypto.randomUUID() }, refusal, ...near })
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

function keptTime(start: Temporal.Instant, until: Temporal.Instant, now: Temporal.Instant): KeptTime {
  return { start, until, leftMs: until.epochMilliseconds - now.epochMilliseconds }
}

async function bookPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  service: Service,
  { from, typed, ...shown }: Shown,
): Promise<FastifyReply> {
  const now = context.clock.now()
  const book = await ruleBook(context)
  const held = await keptFor(context, actorOf(staff), wishedAs(shown.said.wish))
  const kept = held?.heldUntil == null ? null : keptTime(held.startsAt, held.heldUntil, now)
  const start = typed.start === '' && kept !== null ? kept.start.toString() : typed.start
  const frame = await common(context, request, staff)
  const view: BookView = {
    ...frame,
    service,
    since: await callSince(context, actorOf(staff)),
    today: todayOf(book, frame.office, service, now),
    questions: questionsOn(book, frame.office, service, now),
    times: await timesOf(context, wishedAs(shown.said.wish), from, start, kept?.start ?? null),
    kept,
    ...shown,
    typed: { ...typed, start },
    urgency: urgencyStatement(book, now)?.basis ?? null,
  }
  const status = shown.errors.length > 0 ? 422 : shown.refusal !== null ? 409 : 200
  return sendPage(reply, ClerkBookPage({ shell: request.shell, view }), status)
}
