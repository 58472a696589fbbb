/**
 * The pages of a desk. Every act is a form that comes back to the same address: done, the browser
 * is led to the page anew; refused, the page says why, with status 409, and shows the present state.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { instantOf, officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { keepStreams, openStream } from '../platform/live.js'
import { parseReference } from '../platform/references.js'
import type { Refused } from '../platform/decision.js'
import { directory, type Desk } from '../directory/index.js'
import { mayTakeOver, requireRole, staffLinks, worksAt, type Role, type Staff } from '../staff/index.js'
import { sendFragment, sendPage, WordsContext } from '../ui/index.js'
import { findVisit } from '../visit/index.js'
import { CallsPage } from './calls/page.js'
import { readCalls } from './calls/store.js'
import { actFrom } from './desk-forms.js'
import { DeskFragment, DeskPage, deskAddress, type DeskVisitor } from './pages/desk.js'
import { DesksPage } from './pages/desks.js'
import { ReceiptPage } from './pages/receipt.js'
import { closeDesksOf } from './sessions.js'
import { readTicket } from './tickets.js'
import { readDeskView } from './view.js'

/** Who may work at a desk. */
export const deskRoles = ['desk', 'head', 'service-office', 'administrator'] as const satisfies readonly Role[]

/** Calls shown of a day: more than a desk makes. */
const callsShownMax = 200

/** Pages are no part of the API's description. */
const hidden = { schema: { hide: true } }

type OfDesk = FastifyRequest<{ Params: { desk: string } }>

/** `/praca/stanowisko`, `/praca/stanowisko/:desk`, and what its script fetches and listens to. */
export function deskRoutes(app: FastifyInstance, context: Context): void {
  keepStreams(app, context)
  app.beforeSignOut.push((staff) => closeDesksOf(context, staff.accountId, context.clock.now()))

  app.get('/praca/stanowisko', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...deskRoles)
    if (staff === null) return reply
    const office = await directory(context)
    const desks = [...office.desks.values()].filter((desk) => !desk.closed && worksAt(staff, office, desk))
    const links = staffLinks(request.shell.t, staff, office)
    return sendPage(reply, <DesksPage shell={request.shell} links={links} office={office} desks={desks} />)
  })

  app.get('/praca/stanowisko/:desk', hidden, async (request: OfDesk, reply) => {
    const asked = await ask(request, reply)
    if (asked === null) return reply
    const { po, numer } = request.query as Record<string, unknown>
    const given = typeof numer === 'string' ? readTicket(numer) : null
    return page(request, reply, asked, { done: typeof po === 'string' ? po : null, given, refusal: null })
  })

  app.post('/praca/stanowisko/:desk', hidden, async (request: OfDesk, reply) => {
    const asked = await ask(request, reply)
    if (asked === null) return reply
    const answer = await actFrom(context, asked, request.body)
    if (answer === null) return reply.redirect(`${deskAddress(asked.desk.slug)}${isSmall(request) ? '?maly=1' : ''}`, 303)
    if (answer.allowed) {
      const number = answer.code === 'ticket-taken' ? `&numer=${answer.visit?.ticket ?? ''}` : ''
      return reply.redirect(`${deskAddress(asked.desk.slug)}?po=${answer.code}${number}${isSmall(request) ? '&maly=1' : ''}`, 303)
    }
    return page(request, reply, asked, { done: null, given: null, refusal: answer })
  })

  app.get('/praca/stanowisko/:desk/stan', hidden, async (request: OfDesk, reply) => {
    const asked = await ask(request, reply)
    if (asked === null) return reply
    const view = await readDeskView(context, asked.desk, context.clock.now(), mayTakeOver(asked.staff))
    return sendFragment(
      reply,
      <WordsContext.Provider value={request.shell.t}>
        <DeskFragment view={view} focus={false} visitor={visitorOf(asked.staff)} small={isSmall(request)} />
      </WordsContext.Provider>,
    )
  })

  app.get('/praca/stanowisko/:desk/na-zywo', { ...hidden, exposeHeadRoute: false }, async (request: OfDesk, reply) => {
    const asked = await ask(request, reply)
    if (asked === null) return reply
    return openStream(request, reply, context, [`queue:${asked.desk.buildingId}`, `desk:${asked.desk.slug}`, 'clock', 'directory'])
  })

  app.get('/praca/stanowisko/:desk/wezwania', hidden, async (request: OfDesk, reply) => {
    const asked = await ask(request, reply)
    if (asked === null) return reply
    const { desk, staff } = asked
    const day = officeDay(context.clock.now())
    const calls = await readCalls(context.database.pool, desk.id, instantOf(day, 0), instantOf(day.add({ days: 1 }), 0), callsShownMax)
    const links = staffLinks(request.shell.t, staff, await directory(context))
    return sendPage(reply, <CallsPage shell={request.shell} links={links} desk={desk} calls={calls} />)
  })

  app.get('/praca/stanowisko/:desk/potwierdzenie/:reference', hidden, async (request: OfDesk, reply) => {
    const asked = await ask(request, reply)
    if (asked === null) return reply
    const { reference } = request.params as unknown as { reference: string }
    const named = parseReference(reference)
    const visit = named === null ? null : await findVisit(context.database.pool, named)
    const taken = visit?.state === 'serving' || visit?.state === 'served'
    if (visit === null || visit.receipt === null || visit.deskId !== asked.desk.id || !taken) return reply.callNotFound()
    const office = await directory(context)
    const [building, service] = [office.buildings.get(visit.buildingId), office.services.get(visit.serviceId)]
    return sendPage(reply, <ReceiptPage shell={request.shell} visit={visit} desk={asked.desk} building={building} service={service} />)
  })

  /** Who asks, and for which desk; null when the answer is already sent. */
  async function ask(request: OfDesk, reply: FastifyReply): Promise<Asked | null> {
    const staff = requireRole(request, reply, ...deskRoles)
    if (staff === null) return null
    const office = await directory(context)
    const desk = office.desks.get(request.params.desk)
    if (desk === undefined || desk.closed) reply.callNotFound()
    else if (worksAt(staff, office, desk)) return { staff, desk }
    else void reply.redirect('/praca?brak-uprawnien=stanowisko', 303)
    return null
  }

  async function page(
    request: OfDesk,
    reply: FastifyReply,
    { staff, desk }: Asked,
    outcome: { done: string | null; given: string | null; refusal: Refused | null },
  ): Promise<FastifyReply> {
    const view = await readDeskView(context, desk, context.clock.now(), mayTakeOver(staff))
    if (isSmall(request)) mayBeFramed(reply)
    const links = staffLinks(request.shell.t, staff, await directory(context))
    return sendPage(
      reply,
      <DeskPage shell={request.shell} links={links} view={view} visitor={visitorOf(staff)} small={isSmall(request)} {...outcome} />,
      outcome.refusal === null ? 200 : 409,
    )
  }
}

/** A small window above other programs holds the page in a frame of this office's own page. */
function mayBeFramed(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy'))
  void reply.header('content-security-policy', policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"))
  void reply.header('x-frame-options', 'SAMEORIGIN')
}

/** The page is asked for a small window. */
const isSmall = (request: FastifyRequest): boolean => (request.query as Record<string, unknown>)['maly'] === '1'

function visitorOf(staff: Staff): DeskVisitor {
  return { accountId: staff.accountId, takesOver: mayTakeOver(staff) }
}

interface Asked {
  readonly staff: Staff
  readonly desk: Desk
}
