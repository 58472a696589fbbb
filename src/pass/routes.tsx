/**
 * A visit in its owner's hands: see it, keep it, change it, cancel it. In by the cookie of the visit,
 * by its secret link (exchanged at once for the cookie), or by reference and contact. Whoever has
 * none of these learns nothing, not even whether the visit exists.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { machineClock, officeDay, type Clock } from '../platform/clock.js'
import { refuse, type Decision, type NextStep } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { parseReference, spacedReference } from '../platform/references.js'
import { readInstant } from '../platform/typed-time.js'
import {
  cancel,
  currentVisit,
  isLineOpen,
  isFreeAgain,
  isOffered,
  mattersText,
  mayTakeWish,
  move,
  openedReference,
  openedReferences,
  openVisit,
  otherTimes,
  otherWays,
  readEmail,
  readPhone,
  timesOf,
  TimesPage,
  wishedOf,
  wishOf,
  whenText,
} from '../booking/index.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import { lineOf } from '../queue/index.js'
import { placeOfVisit, ruleBook, safety, symptomsRequest, toldOfDoor, type RuleBook } from '../regulation/index.js'
import { AnswerPage, idempotencyField, inLanguage, sendFragment, sendPage, sendPublicPage } from '../ui/index.js'
import { calendarSequence, findVisit, isLapsed, isOpen, mayDo, signedPassText, visitTime, type Visit } from '../visit/index.js'
import { passApi } from './api.js'
import { calendarFile } from './calendar-file.js'
import { linkRoutes, sendUnknown } from './link-routes.js'
import { CancelPage, LookupPage, type OpenedVisit } from './pages/manage.js'
import { lookUp, lookupWindowMinutes } from './lookups.js'
import { hasPass, type PassPageOptions } from './pages/pass-options.js'
import { PassFragment, PassPage } from './pages/pass-page.js'
import { PrintPage } from './pages/print-page.js'
import { symptomsRoute } from './symptoms-route.js'

type Params = { Params: { reference: string } }

/** `machine` is the machine's clock, by which guesses are counted. */
export function passRoutes(app: FastifyInstance, context: Context, machine: Clock = machineClock): void {
  lookupRoutes(app, context, machine)
  linkRoutes(app, context)
  passApi(app, context)
  symptomsRoute(app, context)
  app.get<Params>('/wizyta/:reference', async (request, reply) => {
    const opened = await open(context, request, reply)
    if (opened === null) return reply
    // Said once: seen again, the page is the visit as it stands.
    const moved = request.cookies[movedCookie] === opened.visit.reference
    if (moved) reply.clearCookie(movedCookie, { path: '/' })
    return sendPage(reply, <PassPage {...await passOptions(context, request, opened)} moved={moved} />)
  })
  app.get<Params>('/wizyta/:reference/stan', { schema: { hide: true } }, async (request, reply) => {
    const opened = await open(context, request, reply)
    return opened === null ? reply : sendFragment(reply, <PassFragment {...await passOptions(context, request, opened)} />)
  })
  app.get<Params>('/wizyta/:reference/druk', async (request, reply) => {
    const opened = await open(context, request, reply)
    // A visit that is over or off has no pass to print.
    if (opened === null) return reply
    const options = await passOptions(context, request, opened)
    return hasPass(options) ? sendPage(reply, <PrintPage {...options} />) : reply.redirect(`/wizyta/${opened.visit.reference}`, 303)
  })
  app.get<Params>('/wizyta/:reference/kalendarz.ics', async (request, reply) => {
    const opened = await open(context, request, reply)
    if (opened === null) return reply
    const sequence = await calendarSequence(context.database.pool, opened.visit.id)
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="wizyta.ics"')
      .type('text/calendar; charset=utf-8')
      .send(calendarFile({ ...opened, sequence, language: request.shell.language, publicUrl: context.publicUrl, now: context.clock.now() }))
  })
  app.get<Params>('/wizyta/:reference/odwolaj', async (request, reply) => {
    const opened = await open(context, request, reply)
    if (opened === null) return reply
    const may = mayDo('cancel', opened.visit, context.clock.now(), opened.directory.office.settings)
    if (!may.allowed) return reply.redirect(`/wizyta/${opened.visit.reference}`, 303)
    return sendPage(reply, <CancelPage shell={request.shell} directory={opened.directory} visit={opened.visit} />)
  })
  app.post<Params>('/wizyta/:reference/odwolaj', async (request, reply) => takeBack(context, request, reply))
  app.get<Params>('/wizyta/:reference/zmien', async (request, reply) => {
    const opened = await open(context, request, reply)
    return opened === null ? reply : sendTimes(context, request, reply, opened)
  })
  app.post<Params>('/wizyta/:reference/zmien', async (request, reply) => change(context, request, reply))
}

/** Tells the next page, once, that the time was changed. */
const movedCookie = 'zmieniono'

function lookupRoutes(app: FastifyInstance, context: Context, machine: Clock): void {
  app.get('/wizyta', async (request, reply) => {
    const opened = await openedVisits(context, request)
    const page = <LookupPage shell={request.shell} typed={{ reference: '', contact: '' }} opened={opened} />
    return opened.length > 0 ? sendPage(reply, page) : sendPublicPage(reply, page)
  })
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
    const found = await lookUp(context, { reference, contact }, machine.now())
    if ('refused' in found) {
      return found.refused === 'too-many'
        ? sendTooMany(request, reply)
        : sendPage(reply, <LookupPage shell={request.shell} typed={typed} unknown />, 404)
    }
    openVisit(context, reply, reference)
    return reply.redirect(`/wizyta/${reference}`, 303)
  })
}

function sendTooMany(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const next = [{ kind: 'call-office', phone: request.shell.officePhone }]
  const decision = refuse('too-many-lookups', [], next, { minutes: lookupWindowMinutes })
  const page = <AnswerPage shell={request.shell} decision={decision} slice="pass" back="/wizyta" />
  return sendPage(reply.header('Retry-After', String(lookupWindowMinutes * 60)), page, 429)
}

/** Booked visits this browser may open, the nearest first. */
async function openedVisits(context: Context, request: FastifyRequest): Promise<readonly OpenedVisit[]> {
  const references = openedReferences(context, request)
  if (references.length === 0) return []
  const office = await directory(context)
  const visits = await Promise.all(references.map((each) => findVisit(context.database.pool, each)))
  return visits
    .filter((visit) => visit !== null)
    .filter(({ state }) => state !== 'held' && isOpen(state))
    .toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
    .map((visit) => ({
      reference: visit.reference,
      matters: mattersText(request.shell.t, office, visit),
      when: whenText(request.shell.language, visit.startsAt),
    }))
}

interface Opened {
  readonly visit: Visit
  readonly service: Service
  readonly directory: Directory
  readonly book: RuleBook
  /** It lapsed, and its time is still free. */
  readonly freeAgain: boolean
}

/**
 * The visit of the address if this browser may open it; null once another answer was sent. Never
 * the reply: it is a thenable, and whoever awaits it is given nothing. A browser that may not is
 * asked for the contact, the same for a visit and for a reference nobody has.
 */
async function open(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<Opened | null> {
  const typed = request.params.reference
  const reference = openedReference(context, request, typed)
  const visit = reference === null ? null : await currentVisit(context, reference)
  if (visit === null) {
    const known = parseReference(typed)
    const page = <LookupPage shell={request.shell} typed={{ reference: known === null ? '' : spacedReference(known), contact: '' }} asked />
    sendPublicPage(reply, page, 404)
    return null
  }
  if (visit.state === 'held') {
    reply.redirect(`/rezerwacja/${visit.reference}/dane`, 303)
    return null
  }
  const [office, book] = await Promise.all([directory(context), ruleBook(context)])
  const service = office.services.get(visit.serviceId)
  if (service !== undefined) {
    const freeAgain = isLapsed(visit) && (await isFreeAgain(context, visit))
    return { visit, service, directory: office, book, freeAgain }
  }
  sendUnknown(request, reply)
  return null
}

function sendNo(request: FastifyRequest, reply: FastifyReply, decision: Decision, slice: string, back: string): FastifyReply {
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice={slice} back={back} />, 409)
}

async function passOptions(
  context: Context,
  request: FastifyRequest<Params>,
  { visit, service, directory: office, book, freeAgain }: Opened,
): Promise<PassPageOptions> {
  const { secrets, publicUrl } = context
  const now = context.clock.now()
  const { settings } = office.office
  return {
    shell: request.shell,
    directory: office,
    service,
    visit,
    time: visitTime(visit, now, settings['late-minutes']),
    today: officeDay(now).equals(visit.day),
    // Unconfirmed it opens no door yet: a code without a signature, which only a door with a network can ask about.
    passText: visit.state === 'pending' ? `${publicUrl}/q/${secrets.passToken(visit.id)}` : signedPassText(context, visit, settings),
    secretUrl: publicUrl + inLanguage(`/l/${visit.reference}-${secrets.secretOf(visit.reference)}`, request.shell.language),
    lookupUrl: publicUrl + inLanguage('/wizyta', request.shell.language),
    door: toldOfDoor(book, { ...placeOfVisit(office, visit), day: visit.day }),
    obligations: safety(book, visit.startsAt, placeOfVisit(office, visit)),
    symptoms: symptomsRequest(book, office, visit.startsAt, service.unitId),
    mayChange: mayDo('move', visit, now, settings).allowed,
    mayWait: isLineOpen(context),
    line: await lineOf(context, visit),
    moved: false,
    freeAgain,
  }
}

async function takeBack(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> {
  const opened = await open(context, request, reply)
  if (opened === null) return reply
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
  if (!may.allowed) return sendNo(request, reply, { ...may, next: afterTime(office, service) }, 'booking', back)
  const found = { directory: office, book, service }
  const days = await timesOf(context, found, wishedOf(office, visit), visit.channel)
  const { status = 200, ...words } = said
  if (days === null)
    return sendNo(request, reply, refuse('channel-not-offered', [], otherWays(context, found, service)), 'regulation', back)
  const page = (
    <TimesPage
      shell={request.shell}
      service={service}
      wish={wishOf(office, wishedOf(office, visit))}
      days={otherTimes(days, visit.startsAt)}
      next={otherWays(context, found, service)}
      back={back}
      action={`${back}/zmien`}
      moving={{ start: visit.startsAt }}
      line={isLineOpen(context)}
      {...words}
    />
  )
  return sendPage(reply, page, status)
}

/** What one can do whose visit can no longer be moved. */
function afterTime({ office }: Directory, service: Service): readonly NextStep[] {
  return [
    { kind: 'call-office', phone: office.phone },
    { kind: 'book-again', href: `/sprawy/${service.id}` },
  ]
}

async function change(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> {
  const opened = await open(context, request, reply)
  if (opened === null) return reply
  const { visit, book } = opened
  // Whoever was booked by phone may move the visit here: the channel it came by still counts.
  const { channel } = visit
  const wish = wishOf(opened.directory, wishedOf(opened.directory, visit))
  const back = `/wizyta/${visit.reference}`
  if (wish === null) return sendUnknown(request, reply)
  const key = formText(request.body, idempotencyField, 40)
  if (!isKey(key)) return reply.redirect(`${back}/zmien`, 303)
  const start = readInstant(formText(request.body, 'start', 40))
  if (start === null)
    return sendTimes(context, request, reply, opened, { status: 422, errors: [{ field: 'start', message: 'booking.error.start-missing' }] })
  // The same form sent twice: the visit is at its new time already, and the action gives its first answer.
  const there = Temporal.Instant.compare(visit.startsAt, start) === 0
  const now = context.clock.now()
  const may = await mayTakeWish(context, { wish, book, directory: opened.directory }, { channel, start, now, clerk: false })
  if (!may.allowed) return sendNo(request, reply, may, 'regulation', `${back}/zmien`)
  const taken = { status: 409, notice: request.shell.t('booking.refused.slot-taken') }
  if (!there && !(await isOffered(context, wish, start, now))) return sendTimes(context, request, reply, opened, taken)
  const outcome = await move(context, { reference: visit.reference, start, actor: 'citizen', key })
  if (outcome.allowed) {
    reply.setCookie(movedCookie, visit.reference, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: context.publicUrl.startsWith('https://'),
      maxAge: 60,
    })
    return reply.redirect(back, 303)
  }
  return outcome.code === 'slot-taken' || outcome.code === 'not-offered'
    ? sendTimes(context, request, reply, opened, taken)
    : sendNo(request, reply, outcome, 'booking', back)
}
