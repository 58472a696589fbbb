/**
 * The citizen's way to a booked time: matters, advice first, day and time, request for a time.
 * Pages before the hold carry nothing personal and no key; they are the same for everyone.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse, type Decision, type FieldError, type NextStep } from '../platform/decision.js'
import { formList, formText } from '../platform/http/form.js'
import { readInstant } from '../platform/typed-time.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import {
  advise,
  allMeans,
  bookableDays,
  bookingChannels,
  hours,
  mayBook,
  ruleBook,
  waysToBook,
  type Means,
  type RuleBook,
} from '../regulation/index.js'
import { findVisit, type Person, type Visit } from '../visit/index.js'
import {
  AnswerPage,
  DemonstrationBar,
  demonstrationSlot,
  renderFragment,
  renderPage,
  sendPage,
  sendPublicPage,
  WordsContext,
} from '../ui/index.js'
import { openedReference, openedReferences, openVisit } from './access.js'
import { hold, releaseHold, renewHold } from './actions.js'
import type { FreeDay } from './availability/board.js'
import { isComplete, isKept, keepDraft } from './draft.js'
import { freeStarts } from './free-starts.js'
import { PageCache, type KeptPage } from './page-cache.js'
import { AdvicePage } from './pages/advice.js'
import { DropOffPage } from './pages/drop-off.js'
import { HomePage } from './pages/home.js'
import { PrivacyPage } from './pages/privacy.js'
import { ServicesPage } from './pages/services.js'
import { TimesPage } from './pages/times.js'
import { searchCharactersMax } from './search.js'

type ServiceParams = { Params: { service: string } }

export function citizenRoutes(app: FastifyInstance, context: Context): void {
  const cache = new PageCache()
  for (const topic of ['directory', 'regulation']) context.changes.subscribe(topic, () => cache.clear())
  app.get('/', async (request, reply) => sendPublicPage(reply, <HomePage shell={request.shell} />))
  app.get('/prywatnosc', async (request, reply) =>
    sendPublicPage(reply, <PrivacyPage shell={request.shell} office={(await directory(context)).office} />),
  )
  app.get('/sprawy', async (request, reply) => {
    const typed = formText(request.query, 'q', searchCharactersMax)
    return sendPublicPage(reply, <ServicesPage shell={request.shell} directory={await directory(context)} typed={typed} />)
  })
  app.get<ServiceParams>('/sprawy/:service', async (request, reply) => {
    const found = await findService(context, request.params.service)
    if (found.service === null) return sendUnknownService(request, reply)
    if (found.service.dropOff) return sendDropOff(context, request, reply, { ...found, service: found.service })
    const means = new Set(formList(request.query, 'mam').filter((each): each is Means => (allMeans as readonly string[]).includes(each)))
    const now = context.clock.now()
    const advice = advise(found.book, found.directory, found.service.id, means, now)
    if (advice === null) return sendUnknownService(request, reply)
    return sendPublicPage(
      reply,
      <AdvicePage
        shell={request.shell}
        directory={found.directory}
        service={found.service}
        means={means}
        advice={advice}
        day={officeDay(now)}
      />,
    )
  })
  app.get<ServiceParams>('/sprawy/:service/terminy', async (request, reply) => {
    const holding = await heldTime(context, request)
    if (holding !== null) return sendTimesOfHold(context, request, reply, holding)
    // In a demonstration the clock is moved by hand: there every page is compared with it.
    const recent = context.demonstration ? null : cache.recent(`${request.params.service} ${request.shell.language}`)
    if (recent !== null) return sendKept(request, reply, recent)
    const found = await findService(context, request.params.service)
    if (found.service === null) return sendUnknownService(request, reply)
    const times = await timesOf(context, found)
    if (times === null) return sendNoWeb(context, request, reply, found)
    return sendKeptTimes(context, cache, request, reply, { ...found, service: found.service }, times)
  })
  app.post<ServiceParams>('/sprawy/:service/terminy', async (request, reply) => takeTime(context, request, reply))
}

export interface Found {
  readonly directory: Directory
  readonly book: RuleBook
  readonly service: Service | null
}

type FoundService = Found & { readonly service: Service }

/** The matter of an address, with the office and its law. */
export async function findService(context: Context, serviceId: string): Promise<Found> {
  const [office, book] = await Promise.all([directory(context), ruleBook(context)])
  const service = office.services.get(serviceId)
  return { directory: office, book, service: service === undefined || service.closed ? null : service }
}

export function sendUnknownService(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const decision = refuse('unknown-service', [], [{ kind: 'services', href: '/sprawy' }])
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="regulation" back="/sprawy" />, 404)
}

/** Days one may book on the web with their free starts; null when the matter's times are not on the web. */
export async function timesOf(context: Context, found: Found): Promise<readonly FreeDay[] | null> {
  const now = context.clock.now()
  if (found.service === null || !bookingChannels(found.book, found.directory, found.service.id, now).channels.includes('web')) return null
  const { from, to } = bookableDays(found.directory, now, false)
  return freeStarts(context, { serviceId: found.service.id, from, to, now })
}

function sendNoWeb(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { directory: office, book, service }: Found,
): FastifyReply {
  if (service === null) return sendUnknownService(request, reply)
  const { channels, basis } = bookingChannels(book, office, service.id, context.clock.now())
  const decision = service.dropOff
    ? notBooked(context, book, office, service)
    : refuse('channel-not-offered', basis, waysToBook(office, service, channels))
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="regulation" back={`/sprawy/${service.id}`} />, 409)
}

/** What the regulation answers one who would book the leaving of papers: not booked, where to leave them, and why. */
function notBooked(context: Context, book: RuleBook, office: Directory, service: Service): Decision {
  const now = context.clock.now()
  return mayBook(book, office, { serviceId: service.id, channel: 'web', start: now, now, clerk: false })
}

function sendDropOff(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { directory: office, book, service }: FoundService,
): FastifyReply {
  const day = officeDay(context.clock.now())
  return sendPublicPage(
    reply,
    <DropOffPage
      shell={request.shell}
      directory={office}
      service={service}
      decision={notBooked(context, book, office, service)}
      hours={hours(book, office, service.unitId, day)}
      day={day}
    />,
  )
}

/** Other ways than the web, for one whom no time suits. */
export function otherWays(context: Context, { directory: office, book }: Found, service: Service): readonly NextStep[] {
  const { channels } = bookingChannels(book, office, service.id, context.clock.now())
  return waysToBook(
    office,
    service,
    channels.filter((each) => each !== 'web'),
  )
}

/** The page for everyone, from memory while its times are still the free ones. */
function sendKeptTimes(
  context: Context,
  cache: PageCache,
  request: FastifyRequest,
  reply: FastifyReply,
  found: FoundService,
  days: readonly FreeDay[],
): FastifyReply {
  const { shell } = request
  const page = cache.page(`${found.service.id} ${shell.language}`, days, () =>
    renderPage(
      timesPage(
        context,
        { ...shell, path: `/sprawy/${found.service.id}/terminy`, clockText: shell.clockText && demonstrationSlot },
        found,
        days,
      ),
    ),
  )
  if (shell.clockText !== null) {
    const bar = renderFragment(
      <WordsContext.Provider value={shell.t}>
        <DemonstrationBar shell={shell} />
      </WordsContext.Provider>,
    )
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page.html.replace(demonstrationSlot, () => bar))
  }
  return sendKept(request, reply, page)
}

function sendKept(request: FastifyRequest, reply: FastifyReply, page: KeptPage): FastifyReply {
  reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'public, max-age=0, must-revalidate')
    .header('vary', 'cookie, accept-encoding')
    .header('etag', page.etag)
  if (request.headers['if-none-match'] === page.etag) return reply.code(304).send()
  if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.header('content-encoding', 'gzip').send(page.zipped)
  return reply.send(page.plain)
}

function timesPage(
  context: Context,
  shell: FastifyRequest['shell'],
  found: FoundService,
  days: readonly FreeDay[],
  said: { errors?: readonly FieldError[]; notice?: string; holding?: Visit | null } = {},
) {
  const { service, directory: office } = found
  const { holding = null, ...words } = said
  const { settings } = office.office
  return (
    <TimesPage
      shell={shell}
      service={service}
      days={days}
      next={otherWays(context, found, service)}
      back={holding === null ? `/sprawy/${service.id}` : checkOf(holding)}
      action={holding === null ? `/sprawy/${service.id}/terminy` : timesOfHold(holding)}
      hold={{ minutes: settings['hold-minutes'], most: settings['hold-minutes-max'] }}
      holding={holding && { start: holding.startsAt, href: checkOf(holding) }}
      {...words}
    />
  )
}

/** Where another time is chosen by one who holds one: shows it, and the way back. */
export function timesOfHold(visit: Visit): string {
  return `/sprawy/${visit.serviceId}/terminy?${heldField}=${visit.reference}`
}

const heldField = 'rezerwacja'

function checkOf(visit: Visit): string {
  return `/rezerwacja/${visit.reference}/sprawdz`
}

/** The living hold the address names, of this browser and this matter, kept longer as by every page; else null. */
async function heldTime(context: Context, request: FastifyRequest<ServiceParams>): Promise<Visit | null> {
  const reference = openedReference(context, request, formText(request.query, heldField, 20))
  if (reference === null) return null
  const renewed = await renewHold(context, reference)
  const visit = renewed.allowed ? await findVisit(context.database.pool, reference) : null
  return visit !== null && visit.serviceId === request.params.service ? visit : null
}

async function sendTimesOfHold(
  context: Context,
  request: FastifyRequest<ServiceParams>,
  reply: FastifyReply,
  holding: Visit,
): Promise<FastifyReply> {
  const found = await findService(context, request.params.service)
  if (found.service === null) return sendUnknownService(request, reply)
  const days = await timesOf(context, found)
  if (days === null) return sendNoWeb(context, request, reply, found)
  return sendPage(reply, timesPage(context, request.shell, { ...found, service: found.service }, days, { holding }))
}

/** Holds the chosen time, gives the browser its right to it, and goes on to the person's details. */
async function takeTime(context: Context, request: FastifyRequest<ServiceParams>, reply: FastifyReply): Promise<FastifyReply> {
  const found = await findService(context, request.params.service)
  const { service } = found
  if (service === null) return sendUnknownService(request, reply)
  const { shell } = request
  const now = context.clock.now()
  const start = readInstant(formText(request.body, 'start', 40))
  const again = async (status: number, said: { errors?: readonly FieldError[]; notice?: string }): Promise<FastifyReply> => {
    const [days, holding] = await Promise.all([timesOf(context, found), heldTime(context, request)])
    return days === null
      ? sendNoWeb(context, request, reply, found)
      : sendPage(reply, timesPage(context, shell, { ...found, service }, days, { ...said, holding }), status)
  }
  if (start === null) return again(422, { errors: [{ field: 'start', message: 'booking.error.start-missing' }] })
  const may = mayBook(found.book, found.directory, { serviceId: service.id, channel: 'web', start, now, clerk: false })
  if (!may.allowed)
    return sendPage(reply, <AnswerPage shell={shell} decision={may} slice="regulation" back={`/sprawy/${service.id}/terminy`} />, 409)
  // Taken already by what memory knows: answered without asking the database.
  if (!(await isOffered(context, service, start, now))) return again(409, { notice: shell.t('booking.refused.slot-taken') })
  const outcome = await hold(context, { serviceId: service.id, start, language: shell.language })
  if (!outcome.allowed) {
    return outcome.code === 'slot-taken' || outcome.code === 'not-offered'
      ? again(409, { notice: shell.t(`booking.refused.${outcome.code}`) })
      : sendPage(reply, <AnswerPage shell={shell} decision={outcome} slice="booking" back={`/sprawy/${service.id}/terminy`} />, 409)
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
  await keepDraft(context, { reference, person: last.person, urgent: last.urgent })
  return last.person
}

/** Is the start among those shown as free? A time off the grid, or taken, is not. */
export async function isOffered(context: Context, service: Service, start: Temporal.Instant, now: Temporal.Instant): Promise<boolean> {
  const day = officeDay(start)
  const days = await freeStarts(context, { serviceId: service.id, from: day, to: day, now })
  return days?.some((each) => each.starts.some((free) => Temporal.Instant.compare(free.start, start) === 0)) ?? false
}
