/**
 * A visit in its owner's hands: see it, keep it, change it, cancel it. In by the cookie of the visit,
 * by its secret link (exchanged at once for the cookie), or by reference and contact. Whoever has
 * none of these learns nothing, not even whether the visit exists.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { refuse, type Decision } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { parseReference } from '../platform/references.js'
import { readInstant } from '../platform/typed-time.js'
import {
  cancel,
  isOffered,
  move,
  openedReference,
  openVisit,
  otherWays,
  readEmail,
  readPhone,
  timesOf,
  TimesPage,
} from '../booking/index.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import { doorsOf, hasRole } from '../staff/index.js'
import { mayBook, ruleBook, safety, symptomsRequest, type RuleBook } from '../regulation/index.js'
import { AnswerPage, idempotencyField, sendPage } from '../ui/index.js'
import { findVisit, mayDo, type Visit } from '../visit/index.js'
import { calendarFile } from './calendar-file.js'
import { CancelPage, CodePage, LookupPage } from './pages/manage.js'
import { isAhead, PassPage, PrintPage, type PassPageOptions } from './pages/pass-page.js'

type Params = { Params: { reference: string }; Querystring: Record<string, unknown> }

export function passRoutes(app: FastifyInstance, context: Context): void {
  lookupRoutes(app, context)
  linkRoutes(app, context)
  app.get<Params>('/wizyta/:reference', async (request, reply) => {
    const opened = await open(context, request, reply)
    return 'visit' in opened ? sendPage(reply, <PassPage {...passOptions(context, request, opened)} />) : opened
  })
  app.get<Params>('/wizyta/:reference/druk', async (request, reply) => {
    const opened = await open(context, request, reply)
    // A visit that is over or off has no pass to print.
    if ('visit' in opened && !isAhead(opened.visit)) return reply.redirect(`/wizyta/${opened.visit.reference}`, 303)
    return 'visit' in opened ? sendPage(reply, <PrintPage {...passOptions(context, request, opened)} />) : opened
  })
  app.get<Params>('/wizyta/:reference/kalendarz.ics', async (request, reply) => {
    const opened = await open(context, request, reply)
    if (!('visit' in opened)) return opened
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="wizyta.ics"')
      .type('text/calendar; charset=utf-8')
      .send(calendarFile({ ...opened, t: request.shell.t, publicUrl: context.publicUrl, now: context.clock.now() }))
  })
  app.get<Params>('/wizyta/:reference/odwolaj', async (request, reply) => {
    const opened = await open(context, request, reply)
    if (!('visit' in opened)) return opened
    const may = mayDo('cancel', opened.visit, context.clock.now(), opened.directory.office.settings)
    if (!may.allowed) return reply.redirect(`/wizyta/${opened.visit.reference}`, 303)
    return sendPage(reply, <CancelPage shell={request.shell} service={opened.service} visit={opened.visit} />)
  })
  app.post<Params>('/wizyta/:reference/odwolaj', async (request, reply) => takeBack(context, request, reply))
  app.get<Params>('/wizyta/:reference/zmien', async (request, reply) => {
    const opened = await open(context, request, reply)
    return 'visit' in opened ? sendTimes(context, request, reply, opened) : opened
  })
  app.post<Params>('/wizyta/:reference/zmien', async (request, reply) => change(context, request, reply))
}

function lookupRoutes(app: FastifyInstance, context: Context): void {
  app.get('/wizyta', async (request, reply) => sendPage(reply, <LookupPage shell={request.shell} typed={{ reference: '', contact: '' }} />))
  app.post('/wizyta', async (request, reply) => {
    const typed = { reference: formText(request.body, 'reference', 40), contact: formText(request.body, 'contact', 260) }
    const reference = parseReference(typed.reference)
    const contact = readPhone(typed.contact) ?? readEmail(typed.contact)
    if (reference === null || contact === null) {
      const errors = [
        ...(reference === null ? [{ field: 'reference', message: 'pass.error.reference' }] : []),
        ...(contact === null ? [{ field: 'contact', message: 'pass.error.contact' }] : []),
      ]
      return sendPage(reply, <LookupPage shell={request.shell} typed={typed} errors={errors} />, 422)
    }
    const visit = await findVisit(context.database.pool, reference)
    if (visit === null || visit.state === 'held' || (visit.person.phone !== contact && visit.person.email !== contact)) {
      return sendPage(reply, <LookupPage shell={request.shell} typed={typed} unknown />, 404)
    }
    openVisit(context, reply, reference)
    return reply.redirect(`/wizyta/${reference}`, 303)
  })
}

function linkRoutes(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { link: string } }>('/l/:link', async (request, reply) => {
    reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
    const [typed = '', secret = ''] = splitOnce(request.params.link)
    const reference = parseReference(typed)
    if (reference === null || !context.secrets.isSecretOf(reference, secret)) return sendUnknown(request, reply)
    openVisit(context, reply, reference)
    return reply.redirect(`/wizyta/${reference}`, 303)
  })
  app.get<{ Params: { token: string } }>('/q/:token', async (request, reply) => {
    reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex')
    if (context.secrets.visitOfPass(request.params.token) === null) return sendUnknown(request, reply)
    const { staff } = request
    const guards = staff !== null && hasRole(staff, ['guard', 'service-office', 'administrator'])
    const door = guards ? { token: request.params.token, buildings: doorsOf(staff, await directory(context)) } : null
    return sendPage(reply.header('cache-control', 'no-store'), <CodePage shell={request.shell} door={door} />)
  })
}

function splitOnce(link: string): readonly string[] {
  const at = link.indexOf('-')
  return at < 0 ? [link] : [link.slice(0, at), link.slice(at + 1)]
}

interface Opened {
  readonly visit: Visit
  readonly service: Service
  readonly directory: Directory
  readonly book: RuleBook
}

/** The visit of the address if this browser may open it; or the answer sent instead. */
async function open(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<Opened | FastifyReply> {
  const reference = openedReference(context, request, request.params.reference)
  const visit = reference === null ? null : await findVisit(context.database.pool, reference)
  if (visit === null) return sendUnknown(request, reply)
  if (visit.state === 'held') return reply.redirect(`/rezerwacja/${visit.reference}/dane`, 303)
  const [office, book] = await Promise.all([directory(context), ruleBook(context)])
  const service = office.services.get(visit.serviceId)
  return service === undefined ? sendUnknown(request, reply) : { visit, service, directory: office, book }
}

function sendUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const decision = refuse(
    'unknown-visit',
    [],
    [
      { kind: 'manage', href: '/wizyta' },
      { kind: 'call-office', phone: request.shell.officePhone },
    ],
  )
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="booking" />, 404)
}

function sendNo(request: FastifyRequest, reply: FastifyReply, decision: Decision, slice: string, back: string): FastifyReply {
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice={slice} back={back} />, 409)
}

function passOptions(
  context: Context,
  request: FastifyRequest<Params>,
  { visit, service, directory: office, book }: Opened,
): PassPageOptions {
  const { secrets, publicUrl } = context
  return {
    shell: request.shell,
    directory: office,
    service,
    visit,
    passUrl: `${publicUrl}/q/${secrets.passToken(visit.id)}`,
    secretUrl: `${publicUrl}/l/${visit.reference}-${secrets.secretOf(visit.reference)}`,
    obligations: safety(book, visit.startsAt, { buildingId: visit.buildingId }),
    symptoms: symptomsRequest(book, office, visit.startsAt, service.unitId),
    mayChange: mayDo('move', visit, context.clock.now(), office.office.settings).allowed,
    moved: request.query['zmieniono'] !== undefined,
  }
}

async function takeBack(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> {
  const opened = await open(context, request, reply)
  if (!('visit' in opened)) return opened
  const { reference } = opened.visit
  const key = formText(request.body, idempotencyField, 40)
  if (!isKey(key)) return reply.redirect(`/wizyta/${reference}/odwolaj`, 303)
  const outcome = await cancel(context, { reference, actor: 'citizen', reason: 'citizen-wish', key })
  return outcome.allowed || outcome.code === 'already-cancelled'
    ? reply.redirect(`/wizyta/${reference}`, 303)
    : sendNo(request, reply, outcome, 'booking', `/wizyta/${reference}`)
}

async function sendTimes(
  context: Context,
  request: FastifyRequest<Params>,
  reply: FastifyReply,
  { visit, service, directory: office, book }: Opened,
  said: { status?: number; notice?: string; errors?: readonly { field: string; message: string }[] } = {},
): Promise<FastifyReply> {
  const back = `/wizyta/${visit.reference}`
  const may = mayDo('move', visit, context.clock.now(), office.office.settings)
  if (!may.allowed) return sendNo(request, reply, may, 'booking', back)
  const found = { directory: office, book, service }
  const days = await timesOf(context, found)
  const { status = 200, ...words } = said
  if (days === null) return sendNo(request, reply, refuse('not-offered', [], otherWays(context, found, service)), 'booking', back)
  const page = (
    <TimesPage
      shell={request.shell}
      service={service}
      days={days}
      next={otherWays(context, found, service)}
      back={back}
      action={`${back}/zmien`}
      holdMinutes={office.office.settings['hold-minutes']}
      moving={{ start: visit.startsAt }}
      {...words}
    />
  )
  return sendPage(reply, page, status)
}

async function change(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> {
  const opened = await open(context, request, reply)
  if (!('visit' in opened)) return opened
  const { visit, service, book } = opened
  const back = `/wizyta/${visit.reference}`
  const key = formText(request.body, idempotencyField, 40)
  if (!isKey(key)) return reply.redirect(`${back}/zmien`, 303)
  const start = readInstant(formText(request.body, 'start', 40))
  if (start === null)
    return sendTimes(context, request, reply, opened, { status: 422, errors: [{ field: 'start', message: 'booking.error.start-missing' }] })
  // The same form sent twice: the visit is at its new time already, and the action gives its first answer.
  const there = Temporal.Instant.compare(visit.startsAt, start) === 0
  const now = context.clock.now()
  const may = mayBook(book, opened.directory, { serviceId: service.id, channel: 'web', start, now, clerk: false })
  if (!may.allowed) return sendNo(request, reply, may, 'regulation', `${back}/zmien`)
  const taken = { status: 409, notice: request.shell.t('booking.refused.slot-taken') }
  if (!there && !(await isOffered(context, service, start, now))) return sendTimes(context, request, reply, opened, taken)
  const outcome = await move(context, { reference: visit.reference, start, actor: 'citizen', key })
  if (outcome.allowed) return reply.redirect(`${back}?zmieniono`, 303)
  return outcome.code === 'slot-taken'
    ? sendTimes(context, request, reply, opened, taken)
    : sendNo(request, reply, outcome, 'booking', back)
}
