/** Gathers what the kiosk's answers show: the ticket with its place in line, or why there is none and what helps. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import type { Decision, Refused } from '../platform/decision.js'
import { freeStarts, wishedOf, type Wished } from '../booking/index.js'
import type { Device } from '../device/index.js'
import { directory, roomText, type Directory, type Service } from '../directory/index.js'
import { answer, answerWhenLetIn } from '../entrance/index.js'
import { lineOf, spacedTicket, ticketSentence } from '../queue/index.js'
import { mayEnter, ruleBook } from '../regulation/index.js'
import { inLanguage, sendPage } from '../ui/index.js'
import type { Visit } from '../visit/index.js'
import { NoScreen, TicketScreen, type PaperState } from './pages/answers.js'
import { endAddress } from './pages/screen.js'
import { followAddress, hasTicketHere } from './rules.js'
import { jobOfVisit } from './print/store.js'
import { mattersNamed } from './names.js'
import { viewOf, visitOfTurn } from './turn.js'

/** The answer to a code nobody has. */
export const unknownAddress = '/kiosk/odpowiedz?kod=nieznany'
/** Text that names no visit. */
const noCode = '-'

export async function showTicket(request: FastifyRequest, reply: FastifyReply, context: Context, kiosk: Device): Promise<FastifyReply> {
  const turn = await visitOfTurn(context, request)
  if (turn === null || !hasTicketHere(turn.visit, kiosk.buildingId, context.clock.now())) return reply.redirect(endAddress, 303)
  const { visit } = turn
  const { shell } = request
  const office = await directory(context)
  const [line, decision, paper] = await Promise.all([
    lineOf(context, visit),
    letInBy(context, visit, office),
    paperOf(context, kiosk, visit.id),
  ])
  const room = visit.roomId === null ? undefined : office.rooms.get(visit.roomId)
  const ticket = {
    number: spacedTicket(visit.ticket ?? ''),
    matters: mattersNamed(shell.t, office, visit),
    booked: visit.kind === 'booked' ? visit.startsAt : null,
    place: room === undefined ? null : roomText(shell.t, room),
    before: line?.before ?? null,
    wait: line?.wait ?? null,
    called: visit.state === 'called',
    follow: followAddress(context, visit.id),
    decision,
    paper,
    printNow: (request.query as Record<string, unknown>)['druk'] === '1',
  }
  return sendPage(reply, <TicketScreen shell={shell} view={viewOf(request)} ticket={ticket} />)
}

/** What the person came in by: the door's or kiosk's answer then, or what lets in those without a booking. */
async function letInBy(context: Context, visit: Visit, office: Directory): Promise<Decision | null> {
  const given = await answerWhenLetIn(context, visit.id)
  if (given !== null) return given.decision
  if (visit.kind !== 'walk-in' || visit.arrivedAt === null) return null
  const { buildingId, serviceId, arrivedAt: at } = visit
  return mayEnter(await ruleBook(context), office, { buildingId, serviceId, at, purpose: 'visit', visit: null })
}

export async function paperOf(context: Context, kiosk: Device, visitId: number): Promise<PaperState> {
  const job = await jobOfVisit(context.database.pool, visitId, kiosk.id)
  switch (job?.state) {
    case undefined:
    case 'browser':
      return 'none'
    case 'waiting':
    case 'printing':
      return 'printing'
    case 'printed':
      return 'printed'
    case 'failed':
    case 'unsure':
      return 'failed'
  }
}

export async function showAnswer(request: FastifyRequest, reply: FastifyReply, context: Context, kiosk: Device): Promise<FastifyReply> {
  const at = context.clock.now()
  const { buildingId } = kiosk
  const turn = request.url.includes('kod=nieznany') ? null : await visitOfTurn(context, request)
  const given = await answer(context, { buildingId, purpose: 'visit', code: turn?.pass ?? noCode, at })
  if (given.visit !== null && hasTicketHere(given.visit, buildingId, at)) return reply.redirect('/kiosk/numerek', 303)
  // By now the answer may be yes, as when a minute has passed: then it is asked for again by the code.
  if (given.decision.allowed) return reply.redirect('/kiosk/wizyta', 303)
  const office = await directory(context)
  const { decision, visit } = given
  const wished = visit === null || keptFor(decision.code, visit, at) ? null : wishedOf(office, visit)
  const service = visit === null ? undefined : office.services.get(visit.serviceId)
  const no = {
    decision,
    slice: 'regulation',
    firstFree: wished === null ? null : await firstFree(context, office, wished),
    code: wished === null || service === undefined ? null : pageOf(context, request, service),
    phone: office.office.phone,
    back: '/kiosk/wizyta',
    here: visit === null ? unknownAddress : '/kiosk/odpowiedz',
  }
  return sendPage(reply, <NoScreen shell={request.shell} view={viewOf(request)} no={no} />)
}

/** A visit that can still be had: nobody needs another time. */
function keptFor(code: string, visit: Visit, at: Temporal.Instant): boolean {
  if (code === 'too-early' || code === 'wrong-building' || code === 'not-confirmed') return true
  return code === 'another-day' && Temporal.Instant.compare(at, visit.startsAt) < 0
}

/** No ticket without a booked hour: by the acts, or because today's are given; with the first free time instead. */
export async function showNoTicket(
  request: FastifyRequest,
  reply: FastifyReply,
  context: Context,
  { service, decision }: { readonly service: Service; readonly decision: Refused },
): Promise<FastifyReply> {
  const office = await directory(context)
  const unit = office.units.get(service.unitId)
  const no = {
    decision,
    slice: ticketSentence(decision.code).split('.')[0] ?? 'regulation',
    firstFree: await firstFree(context, office, { serviceId: service.id }),
    code: pageOf(context, request, service),
    phone: unit?.phones[0] ?? office.office.phone,
    back: '/kiosk/sprawy',
    here: `/kiosk/sprawa/${service.id}`,
  }
  return sendPage(reply, <NoScreen shell={request.shell} view={viewOf(request)} no={no} />, request.method === 'POST' ? 409 : 200)
}

async function firstFree(context: Context, office: Directory, wished: Wished): Promise<Temporal.Instant | null> {
  const now = context.clock.now()
  const from = officeDay(now)
  const to = from.add({ days: office.office.settings['booking-horizon-days'] })
  const days = await freeStarts(context, { ...wished, from, to, now })
  return days?.find((day) => day.starts.length > 0)?.starts[0]?.start ?? null
}

/** The page of a matter on the person's own phone: what to bring, the ways without a visit, and booking. */
function pageOf({ publicUrl }: Context, { shell }: FastifyRequest, service: Service): string {
  return publicUrl + inLanguage(`/sprawy/${service.id}`, shell.language)
}
