/**
 * The citizen's way to a matter: the first page, matters by words and unit, advice before any time.
 * These pages carry nothing personal and no key; they are the same for everyone.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse, type Decision } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import { hours, mayBook, ruleBook, type RuleBook } from '../regulation/index.js'
import { AnswerPage, KeptPages, sendPublicPage } from '../ui/index.js'
import { DropOffPage } from './pages/drop-off.js'
import { ElsewherePage } from './pages/elsewhere.js'
import { HomePage } from './pages/home.js'
import { PrivacyPage } from './pages/privacy.js'
import { LifeEventPage, ServicesPage, UnitServicesPage } from './pages/services.js'
import { sendAdvice } from './send-advice.js'
import { searchCharactersMax } from './search.js'

type ServiceParams = { Params: { service: string } }

export function citizenRoutes(app: FastifyInstance, context: Context): void {
  const pages = new KeptPages()
  app.get('/', async (request, reply) => {
    const office = await directory(context)
    return pages.send(request, reply, { path: '/', madeOf: [office], page: (shell) => <HomePage shell={shell} directory={office} /> })
  })
  app.get('/prywatnosc', async (request, reply) =>
    sendPublicPage(reply, <PrivacyPage shell={request.shell} office={(await directory(context)).office} />),
  )
  app.get('/sprawy', async (request, reply) => {
    const typed = formText(request.query, 'q', searchCharactersMax).slice(0, searchCharactersMax)
    const office = await directory(context)
    if (typed !== '') return sendPublicPage(reply, <ServicesPage shell={request.shell} directory={office} typed={typed} />)
    const unit = office.units.get(formText(request.query, 'wydzial', 100))
    return unit !== undefined && !unit.closed
      ? pages.send(request, reply, {
          path: `/sprawy?wydzial=${encodeURIComponent(unit.id)}`,
          madeOf: [office],
          page: (shell) => <UnitServicesPage shell={shell} directory={office} unitId={unit.id} />,
        })
      : pages.send(request, reply, {
          path: '/sprawy',
          madeOf: [office],
          page: (shell) => <ServicesPage shell={shell} directory={office} typed="" />,
        })
  })
  // Whoever shortens the address of a life event finds all of them above the matters.
  app.get('/sytuacje', async (_request, reply) => reply.redirect('/sprawy', 303))
  app.get<{ Params: { event: string } }>('/sytuacje/:event', async (request, reply) => {
    const office = await directory(context)
    const event = office.lifeEvents.get(request.params.event)
    if (event === undefined) return sendUnknown(request, reply, 'unknown-life-event')
    return pages.send(request, reply, {
      path: `/sytuacje/${event.id}`,
      madeOf: [office],
      page: (shell) => <LifeEventPage shell={shell} directory={office} event={event} />,
    })
  })
  app.get<ServiceParams>('/sprawy/:service', async (request, reply) => {
    const found = await findService(context, request.params.service)
    if (found.service === null) return sendElsewhere(request, reply, found.directory)
    if (found.service.dropOff) return sendDropOff(context, request, reply, { ...found, service: found.service })
    return sendAdvice(context, pages, request, reply, { ...found, service: found.service })
  })
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

/** A matter another office handles has a page that says which; any other id is unknown. */
function sendElsewhere(request: FastifyRequest<ServiceParams>, reply: FastifyReply, office: Directory): FastifyReply {
  const matter = office.elsewhere.get(request.params.service)
  if (matter === undefined) return sendUnknown(request, reply, 'unknown-service')
  return sendPublicPage(reply, <ElsewherePage shell={request.shell} matter={matter} />)
}

/** What a page of a matter answers where the office has none: another office's leads to the page that says whose it is. */
export function sendNoService(request: FastifyRequest<ServiceParams>, reply: FastifyReply, office: Directory): FastifyReply {
  const matter = office.elsewhere.get(request.params.service)
  return matter === undefined ? sendUnknown(request, reply, 'unknown-service') : reply.redirect(`/sprawy/${matter.id}`, 303)
}

function sendUnknown(request: FastifyRequest, reply: FastifyReply, code: 'unknown-service' | 'unknown-life-event'): FastifyReply {
  const decision = refuse(code, [], [{ kind: 'services', href: '/sprawy' }])
  return sendPublicPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="regulation" back="/sprawy" />, 404)
}

/** What the regulation answers one who would book the leaving of papers: not booked, where to leave them, and why. */
export function notBooked(context: Context, book: RuleBook, office: Directory, service: Service): Decision {
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
