/**
 * "I will settle it without a visit": counted once by the press, then the chosen way on a page of
 * its own, which counts nothing however often it is opened.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { formText } from '../platform/http/form.js'
import { advise, wayTo } from '../regulation/index.js'
import { sendPublicPage } from '../ui/index.js'
import { countSpared } from './advice-count.js'
import { waySlugs, wayOfSlug } from './pages/ways.js'
import { WithoutVisitPage } from './pages/without-visit.js'
import { findService, sendNoService } from './routes-citizen.js'
import { meansOf } from './send-advice.js'

type ServiceParams = { Params: { service: string } }
type WayParams = { Params: { service: string; way: string } }

export function withoutVisitRoutes(app: FastifyInstance, context: Context): void {
  app.post<ServiceParams>('/sprawy/:service/bez-wizyty', async (request, reply) => choose(context, request, reply))
  // Where "Back" or a reload leads without the form that was sent.
  app.get<ServiceParams>('/sprawy/:service/bez-wizyty', async (request, reply) =>
    reply.redirect(`/sprawy/${encodeURIComponent(request.params.service)}`, 303),
  )
  app.get<WayParams>('/sprawy/:service/bez-wizyty/:way', async (request, reply) => sendWay(context, request, reply))
}

async function choose(context: Context, request: FastifyRequest<ServiceParams>, reply: FastifyReply): Promise<FastifyReply> {
  const { book, directory, service } = await findService(context, request.params.service)
  if (service === null) return sendNoService(request, reply, directory)
  const chosen = formText(request.body, 'sposob', 20)
  const advice = advise(book, directory, service.id, meansOf(request.body), context.clock.now())
  const way = advice?.ways.find((each) => each.channel === chosen)
  // No way for this person any more, or never one: the page of the matter says what is.
  if (way === undefined) return reply.redirect(`/sprawy/${service.id}`, 303)
  await countSpared(context, service.id, way.channel)
  return reply.redirect(`/sprawy/${service.id}/bez-wizyty/${waySlugs[way.channel]}`, 303)
}

async function sendWay(context: Context, request: FastifyRequest<WayParams>, reply: FastifyReply): Promise<FastifyReply> {
  const { book, directory, service } = await findService(context, request.params.service)
  if (service === null) return sendNoService(request, reply, directory)
  const now = context.clock.now()
  const channel = wayOfSlug(request.params.way)
  const found = channel === null ? null : wayTo(book, directory, service.id, channel, now)
  if (found === null) return reply.redirect(`/sprawy/${service.id}`, 303)
  return sendPublicPage(
    reply,
    <WithoutVisitPage
      shell={request.shell}
      directory={directory}
      service={service}
      way={found.way}
      advice={found.advice}
      day={officeDay(now)}
    />,
  )
}
