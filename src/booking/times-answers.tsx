/**
 * The answers about days and times: what the address asks for, the times it has, the page that shows
 * them, and what is said where there are none.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { refuse, type FieldError, type NextStep } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import type { Directory, Service } from '../directory/index.js'
import { bookingChannels, waysOn } from '../regulation/index.js'
import type { Visit } from '../visit/index.js'
import { AnswerPage, sendPage, sendPublicPage, type Shell } from '../ui/index.js'
import type { FreeDay } from './availability/board.js'
import { timesUnderRelease } from './lot/days.js'
import { TimesPage, type Elsewhere } from './pages/times.js'
import { WishPage } from './pages/wish.js'
import { findService, notBooked, sendNoService, type Found } from './routes-citizen.js'
import { readView, readWish, wholeView, wishFields, wishQuery, type TimesView } from './wish-form.js'
import { isLineOpen } from './waiting/join.js'
import { mattersBeside, otherBuildings, wishedAs, wishedOf, wishOf, type Wish, type Wished } from './wish.js'

export type ServiceParams = { Params: { service: string } }
export type ServiceRequest = FastifyRequest<ServiceParams>

/** A matter whose times are asked for, with what the visit is to be for. */
export interface Asked extends Found {
  readonly service: Service
  readonly wish: Wish
}

/** What in an address makes a page of its own; names nobody reads change nothing, so that they make no work either. */
const ownPage: ReadonlySet<string> = new Set([...Object.values(wishFields), 'dzien', 'widok', 'rezerwacja'])

/** One text for all who ask the same; null for an address few have, whose page is not kept. */
export function cacheKey({ params, query, shell }: ServiceRequest): string | null {
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
export function sendWish(
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

/**
 * Days one may book on the web with their free starts; null when the matter's times are not on the web.
 * `channel` is the one a visit that moves came by: whoever was booked by phone chooses another time here too, and the move judges it.
 */
export async function timesOf(
  context: Context,
  found: Found,
  wished: Wished | Wish,
  channel: Visit['channel'] = 'web',
): Promise<readonly FreeDay[] | null> {
  const now = context.clock.now()
  const { book, directory: office, service } = found
  if (service === null || (channel === 'web' && !bookingChannels(book, office, service.id, now).channels.includes('web'))) return null
  return timesUnderRelease(context, found, plainWished(wished), now)
}

export function plainWished(wished: Wished | Wish): Wished {
  return 'service' in wished ? wishedAs(wished) : wished
}

export function sendNoWeb(
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

/** Only an address that names a held time is answered by whose it is. */
export function varies(request: ServiceRequest): string {
  return formText(request.query, heldField, 20) === '' ? 'accept-encoding' : 'cookie, accept-encoding'
}

/** The first free time of each other building that handles it all, where that is before the first here. */
export async function earlierElsewhere(context: Context, asked: Asked, days: readonly FreeDay[]): Promise<readonly Elsewhere[]> {
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

export interface Said {
  readonly errors?: readonly FieldError[]
  readonly notice?: string
  readonly holding?: Visit | null
  readonly view?: TimesView
  readonly elsewhere?: readonly Elsewhere[]
}

export async function timesPage(context: Context, request: ServiceRequest, asked: Asked, days: readonly FreeDay[], said: Said) {
  const view = readView(request.query)
  return timesPageOf(context, request.shell, asked, days, { view, elsewhere: await earlierElsewhere(context, asked, days), ...said })
}

export function timesPageOf(context: Context, shell: Shell, asked: Asked, days: readonly FreeDay[], said: Said) {
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

export const heldField = 'rezerwacja'

function checkOf(visit: Visit): string {
  return `/rezerwacja/${visit.reference}/sprawdz`
}
