/**
 * Day and time: the pages everyone sees alike, and the step that holds a time. Nothing personal and
 * no key before that step; what the visit is to be for stands in the address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse, setting } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { readInstant } from '../platform/typed-time.js'
import { findVisit, visitNeeds, type Person, type Visit } from '../visit/index.js'
import { AnswerPage, keepPage, renderPage, sendKept, sendKeptAgain, sendPage, sharedShell } from '../ui/index.js'
import { openedReference, openedReferences, openVisit } from './access.js'
import { releaseHold, renewHold } from './actions.js'
import type { FreeDay } from './availability/board.js'
import { isComplete, isKept, keepDraft } from './draft.js'
import { shownContact } from './fair/contact.js'
import { holdFairly, livingHolds, proofCharactersMax } from './fair/gate.js'
import { freeStarts } from './free-starts.js'
import { mayTakeWish } from './lot/drawn.js'
import { PageCache } from './page-cache.js'
import { findService, sendNoService } from './routes-citizen.js'
import {
  cacheKey,
  earlierElsewhere,
  heldField,
  plainWished,
  readAsked,
  sendNoWeb,
  sendWish,
  timesOf,
  timesPage,
  timesPageOf,
  varies,
  type Asked,
  type Said,
  type ServiceParams,
  type ServiceRequest,
} from './times-answers.js'
import { readView, wishQuery } from './wish-form.js'
import { wishedAs, type Wish, type Wished } from './wish.js'

export function timesRoutes(app: FastifyInstance, context: Context): void {
  const cache = new PageCache()
  for (const topic of ['directory', 'regulation']) context.changes.subscribe(topic, () => cache.clear())
  app.get<ServiceParams>('/sprawy/:service/wizyta', async (request, reply) => {
    const found = await findService(context, request.params.service)
    return found.service === null
      ? sendNoService(request, reply, found.directory)
      : sendWish(context, request, reply, { ...found, service: found.service })
  })
  app.get<ServiceParams>('/sprawy/:service/terminy', async (request, reply) => {
    const holding = await heldTime(context, request)
    // In a demonstration the clock is moved by hand: there every page is compared with it.
    const key = cacheKey(request)
    const recent = holding !== null || context.demonstration || key === null ? null : cache.recent(key)
    if (recent !== null) return sendKept(request, reply, recent, varies(request))
    const asked = await readAsked(context, request, reply)
    if (asked === null) return reply
    const times = await timesOf(context, asked, asked.wish)
    if (times === null) return sendNoWeb(context, request, reply, asked)
    if (holding !== null) return sendPage(reply, await timesPage(context, request, asked, times, { holding }))
    return sendKeptTimes(context, cache, request, reply, asked, times)
  })
  app.post<ServiceParams>('/sprawy/:service/terminy', async (request, reply) => takeTime(context, cache, request, reply))
}

/** The page for everyone, from memory while its times are still the free ones. */
async function sendKeptTimes(
  context: Context,
  cache: PageCache,
  request: ServiceRequest,
  reply: FastifyReply,
  asked: Asked,
  days: readonly FreeDay[],
): Promise<FastifyReply> {
  const { shell } = request
  const view = readView(request.query)
  const elsewhere = await earlierElsewhere(context, asked, days)
  const path = `/sprawy/${asked.service.id}/terminy${wishQuery(asked.wish, view)}`
  const make = (): string => renderPage(timesPageOf(context, sharedShell(shell, path), asked, days, { view, elsewhere }))
  // Kept for what nearly everybody asks; whoever asks for more is given a page of his own.
  const key = elsewhere.length === 0 ? cacheKey(request) : null
  const page = key === null ? keepPage(make()) : cache.page(key, days, make)
  return sendKept(request, reply, page, varies(request))
}

/** The living hold the address names, of this browser and this matter, kept longer as by every page; else null. */
async function heldTime(context: Context, request: ServiceRequest): Promise<Visit | null> {
  const reference = openedReference(context, request, formText(request.query, heldField, 20))
  const visit = reference === null ? null : await findVisit(context.database.pool, reference)
  if (visit === null || visit.serviceId !== request.params.service) return null
  const renewed = await renewHold(context, visit)
  return renewed.allowed ? { ...visit, heldUntil: renewed.heldUntil } : null
}

/** Holds the chosen time, gives the browser its right to it, and goes on to the person's details. */
async function takeTime(context: Context, cache: PageCache, request: ServiceRequest, reply: FastifyReply): Promise<FastifyReply> {
  const asked = await readAsked(context, request, reply)
  if (asked === null) return reply
  const { service, wish } = asked
  const { shell } = request
  const now = context.clock.now()
  const start = readInstant(formText(request.body, 'start', 40))
  const again = async (status: number, said: Said): Promise<FastifyReply> => {
    const holding = await heldTime(context, request)
    // In a rush most are told "taken": one text for all who are, as long as the same times are left.
    const key = said.notice === undefined || holding !== null || context.demonstration ? null : cacheKey(request)
    const recent = key === null ? null : cache.recent(`${key} ${said.notice}`)
    if (recent !== null) return sendKeptAgain(request, reply.code(status), recent)
    const days = await timesOf(context, asked, wish)
    if (days === null) return sendNoWeb(context, request, reply, asked)
    const elsewhere = key === null ? [] : await earlierElsewhere(context, asked, days)
    if (key === null || elsewhere.length > 0)
      return sendPage(reply, await timesPage(context, request, asked, days, { ...said, holding }), status)
    const view = readView(request.query)
    const path = `/sprawy/${service.id}/terminy${wishQuery(wish, view)}`
    const page = cache.page(`${key} ${said.notice}`, days, () =>
      renderPage(timesPageOf(context, { ...shell, path }, asked, days, { ...said, view })),
    )
    return sendKeptAgain(request, reply.code(status), page)
  }
  if (start === null) return again(422, { errors: [{ field: 'start', message: 'booking.error.start-missing' }] })
  const back = `/sprawy/${service.id}/terminy${wishQuery(wish)}`
  const may = await mayTakeWish(context, asked, { channel: 'web', start, now, clerk: false })
  if (!may.allowed) return sendPage(reply, <AnswerPage shell={shell} decision={may} slice="regulation" back={back} />, 409)
  // Taken already by what memory knows: answered without asking the database.
  if (!(await isOffered(context, wish, start, now))) return again(409, { notice: shell.t('booking.refused.slot-taken') })
  const living = await livingHolds(context, openedReferences(context, request), service.id)
  const most = asked.directory.office.settings['holds-per-browser']
  if (living.length >= most) {
    const next = living.map((reference) => ({ kind: 'finish-hold', href: `/rezerwacja/${reference}/dane` }))
    const decision = refuse('limit-holds', [setting('holds-per-browser')], next, { limit: most })
    return sendPage(reply, <AnswerPage shell={shell} decision={decision} slice="booking" back={back} />, 409)
  }
  const proof = formText(request.body, 'proof', proofCharactersMax)
  const outcome = await holdFairly(context, { ...wishedAs(wish), start, language: shell.language }, proof, shownContact(context, request))
  if (!outcome.allowed) {
    return outcome.code === 'slot-taken' || outcome.code === 'not-offered'
      ? again(409, { notice: shell.t(`booking.refused.${outcome.code}`) })
      : sendPage(reply, <AnswerPage shell={shell} decision={outcome} slice="booking" back={back} />, 409)
  }
  const person = await takeOver(context, request, outcome)
  openVisit(context, reply, outcome.reference)
  return reply.redirect(`/rezerwacja/${outcome.reference}/${person !== null && isComplete(person) ? 'sprawdz' : 'dane'}`, 303)
}

/**
 * Who chose another time for the same matter keeps what was typed (WCAG 3.3.7) and gives the first
 * time back at once. Times held for other matters stay. Returns the person taken over.
 */
async function takeOver(
  context: Context,
  request: FastifyRequest,
  { reference, serviceId }: { readonly reference: string; readonly serviceId: string },
): Promise<Person | null> {
  const now = context.clock.now()
  let last: Visit | null = null
  for (const each of openedReferences(context, request)) {
    const earlier = each === reference ? null : await findVisit(context.database.pool, each)
    if (earlier?.serviceId !== serviceId) continue
    if (isKept(earlier, now) && (last === null || earlier.id > last.id)) last = earlier
    if (earlier.state === 'held') await releaseHold(context, { reference: each })
  }
  if (last === null) return null
  const longer = (await findVisit(context.database.pool, reference))?.needs.includes('more-time') === true
  const needs = visitNeeds.filter((need) => (need === 'more-time' ? longer : last.needs.includes(need)))
  await keepDraft(context, { reference, person: last.person, urgent: last.urgent, needs, onBehalf: last.onBehalf })
  return last.person
}

/** Is the start among those shown as free? A time off the grid, or taken, is not. */
export async function isOffered(context: Context, wished: Wished | Wish, start: Temporal.Instant, now: Temporal.Instant): Promise<boolean> {
  const day = officeDay(start)
  const days = await freeStarts(context, { ...plainWished(wished), from: day, to: day, now })
  return days?.some((each) => each.starts.some((free) => Temporal.Instant.compare(free.start, start) === 0)) ?? false
}
