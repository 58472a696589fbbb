/**
 * Day and time: the pages everyone sees alike, and the step that holds a time. Nothing personal and
 * no key before that step; what the visit is to be for stands in the address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse, setting, type FieldError, type NextStep } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { readInstant } from '../platform/typed-time.js'
import type { Directory, Service } from '../directory/index.js'
import { bookingChannels, waysOn } from '../regulation/index.js'
import { findVisit, visitNeeds, type Person, type Visit } from '../visit/index.js'
import {
  AnswerPage,
  keepPage,
  renderPage,
  sendKept,
  sendKeptAgain,
  sendPage,
  sendPublicPage,
  sharedShell,
  type Shell,
} from '../ui/index.js'
import { openedReference, openedReferences, openVisit } from './access.js'
import { releaseHold, renewHold } from './actions.js'
import type { FreeDay } from './availability/board.js'
import { isComplete, isKept, keepDraft } from './draft.js'
import { shownContact } from './fair/contact.js'
import { holdFairly, livingHolds, proofCharactersMax } from './fair/gate.js'
import { freeStarts } from './free-starts.js'
import { timesUnderRelease } from './lot/days.js'
import { mayTakeWish } from './lot/drawn.js'
import { PageCache } from './page-cache.js'
import { TimesPage, type Elsewhere } from './pages/times.js'
import { WishPage } from './pages/wish.js'
import { findService, notBooked, sendNoService, type Found } from './routes-citizen.js'
import { readView, readWish, wholeView, wishFields, wishQuery, type TimesView } from './wish-form.js'
import { isLineOpen } from './waiting/join.js'
import { mattersBeside, otherBuildings, wishedAs, wishedOf, wishOf, type Wish, type Wished } from './wish.js'

type ServiceParams = { Params: { service: string } }
type ServiceRequest = FastifyRequest<ServiceParams>

/** A matter whose times are asked for, with what the visit is to be for. */
export interface Asked extends Found {
  readonly service: Service
  readonly wish: Wish
}

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

/** What in an address makes a page of its own; names nobody reads change nothing, so that they make no work either. */
const ownPage: ReadonlySet<string> = new Set([...Object.values(wishFields), 'dzien', 'widok', 'rezerwacja'])

/** One text for all who ask the same; null for an address few have, whose page is not kept. */
function cacheKey({ params, query, shell }: ServiceRequest): string | null {
  return Object.keys(query as object).some((name) => ownPage.has(name))
    ? null
    : `${params.service} ${shell.language} ${readView(query).part ?? ''}`
}

/** The matter and the wish of the address; null once another answer was sent. */
export async function readAsked(context: Context, request: ServiceRequest, reply: FastifyReply): Promise<Asked | null> {
  const found = await findService(context, request.params.service)
  const { service } = found
  if (service === null) {
    sendNoService(request, reply, found.directory)
    return null
  }
  const read = readWish(found.directory, service.id, request.query)
  if ('wish' in read) return { ...found, service, wish: read.wish }
  sendWish(context, request, reply, { ...found, service }, read.errors)
  return null
}

/** Where somebody says that the visit is for several matters or persons, or takes longer. */
function sendWish(
  context: Context,
  request: ServiceRequest,
  reply: FastifyReply,
  found: Found & { readonly service: Service },
  errors: readonly FieldError[] = [],
): FastifyReply {
  const { service, directory: office, book } = found
  const usual = wishOf(office, { serviceId: service.id })
  const now = context.clock.now()
  if (usual === null || service.dropOff || !bookingChannels(book, office, service.id, now).channels.includes('web'))
    return sendNoWeb(context, request, reply, found)
  const beside = mattersBeside(office, usual).filter((other) => bookingChannels(book, office, other.id, now).channels.includes('web'))
  const page = <WishPage shell={request.shell} office={office.office} usual={usual} beside={beside} typed={request.query} errors={errors} />
  return errors.length > 0 ? sendPage(reply, page, 422) : sendPublicPage(reply, page)
}

/** Days one may book on the web with their free starts; null when the matter's times are not on the web. */
export async function timesOf(context: Context, found: Found, wished: Wished | Wish): Promise<readonly FreeDay[] | null> {
  const now = context.clock.now()
  if (found.service === null || !bookingChannels(found.book, found.directory, found.service.id, now).channels.includes('web')) return null
  return timesUnderRelease(context, found, plainWished(wished), now)
}

function plainWished(wished: Wished | Wish): Wished {
  return 'service' in wished ? wishedAs(wished) : wished
}

function sendNoWeb(
  context: Context,
  request: ServiceRequest,
  reply: FastifyReply,
  { directory: office, book, service }: Found,
): FastifyReply {
  if (service === null) return sendNoService(request, reply, office)
  const { channels, basis } = bookingChannels(book, office, service.id, context.clock.now())
  const decision = service.dropOff
    ? notBooked(context, book, office, service)
    : refuse('channel-not-offered', basis, waysOn(office, service, channels))
  const page = <AnswerPage shell={request.shell} decision={decision} slice="regulation" back={`/sprawy/${service.id}`} />
  return sendPublicPage(reply, page, 409)
}

/** Other ways than the web, for one whom no time suits. */
export function otherWays(context: Context, { directory: office, book }: Found, service: Service): readonly NextStep[] {
  const { channels } = bookingChannels(book, office, service.id, context.clock.now())
  return waysOn(
    office,
    service,
    channels.filter((each) => each !== 'web'),
  )
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

/** Only an address that names a held time is answered by whose it is. */
function varies(request: ServiceRequest): string {
  return formText(request.query, heldField, 20) === '' ? 'accept-encoding' : 'cookie, accept-encoding'
}

/** The first free time of each other building that handles it all, where that is before the first here. */
async function earlierElsewhere(context: Context, asked: Asked, days: readonly FreeDay[]): Promise<readonly Elsewhere[]> {
  const { wish, directory: office } = asked
  const here = days.find((day) => day.starts.length > 0)?.starts[0]?.start ?? null
  const now = context.clock.now()
  const found: Elsewhere[] = []
  for (const buildingId of otherBuildings(office, wish)) {
    const there = await timesUnderRelease(context, asked, wishedAs({ ...wish, plain: false, buildingId }), now)
    const start = there?.find((day) => day.starts.length > 0)?.starts[0]?.start
    const building = office.buildings.get(buildingId)
    if (start === undefined || building === undefined || (here !== null && Temporal.Instant.compare(start, here) >= 0)) continue
    const query = wishQuery({ ...wish, plain: false, buildingId })
    found.push({ building, start, href: `/sprawy/${wish.service.id}/terminy${query}` })
  }
  return found
}

interface Said {
  readonly errors?: readonly FieldError[]
  readonly notice?: string
  readonly holding?: Visit | null
  readonly view?: TimesView
  readonly elsewhere?: readonly Elsewhere[]
}

async function timesPage(context: Context, request: ServiceRequest, asked: Asked, days: readonly FreeDay[], said: Said) {
  const view = readView(request.query)
  return timesPageOf(context, request.shell, asked, days, { view, elsewhere: await earlierElsewhere(context, asked, days), ...said })
}

function timesPageOf(context: Context, shell: Shell, asked: Asked, days: readonly FreeDay[], said: Said) {
  const { service, wish, directory: office } = asked
  const { holding = null, ...words } = said
  const { settings } = office.office
  const held = holding?.reference ?? null
  const at = `/sprawy/${service.id}/terminy`
  return (
    <TimesPage
      shell={shell}
      service={service}
      wish={wish}
      days={days}
      next={otherWays(context, asked, service)}
      back={holding === null ? `/sprawy/${service.id}` : checkOf(holding)}
      action={at + wishQuery(wish, said.view ?? wholeView, held)}
      hold={{ minutes: settings['hold-minutes'], most: settings['hold-minutes-max'] }}
      holding={holding && { start: holding.startsAt, href: checkOf(holding) }}
      hrefOf={(view) => at + wishQuery(wish, view, held)}
      line={holding === null && isLineOpen(context)}
      wishHref={held === null ? `/sprawy/${service.id}/wizyta${wishQuery(wish)}` : null}
      {...words}
    />
  )
}

/** Where times for what a visit is for are chosen anew. */
export function timesOfWish(visit: Visit, office: Directory, held: string | null = null): string {
  return `/sprawy/${visit.serviceId}/terminy${wishQuery(wishOf(office, wishedOf(office, visit)), wholeView, held)}`
}

/** Where another time is chosen by one who holds one: shows it, and the way back. */
export function timesOfHold(visit: Visit, office: Directory): string {
  return timesOfWish(visit, office, visit.reference)
}

const heldField = 'rezerwacja'

function checkOf(visit: Visit): string {
  return `/rezerwacja/${visit.reference}/sprawdz`
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
