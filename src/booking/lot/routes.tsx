/**
 * Entering a draw and seeing what became of it. An entry is opened by its secret, in a cookie like a
 * visit's; the draw itself is everybody's to see.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import { refuse, type FieldError } from '../../platform/decision.js'
import { formId, formList, formText } from '../../platform/http/form.js'
import { isKey } from '../../platform/idempotency.js'
import { parseReference } from '../../platform/references.js'
import { directory } from '../../directory/index.js'
import { AnswerPage, idempotencyField, sendPage, sendPublicPage } from '../../ui/index.js'
import { findVisitById } from '../../visit/index.js'
import { openedReference, openVisit } from '../access.js'
import { shownContact } from '../fair/contact.js'
import { contactWait } from '../fair/limits.js'
import { emailCharactersMax, nameCharactersMax, readPerson } from '../forms.js'
import { freeStarts } from '../free-starts.js'
import { findService, sendNoService } from '../routes-citizen.js'
import { otherWays } from '../times-answers.js'
import { enterLot, openLot, withdraw } from './actions.js'
import { drawOf } from './drawn.js'
import { EnterPage, type EnterPageOptions } from './pages/enter.js'
import { DrawPage, EntryPage, placesShown } from './pages/entry.js'
import { readWishes } from './rules.js'
import { findEntry } from './entry-store.js'
import { countEntries, drawById, publicOrder } from './store.js'

type ServiceParams = { Params: { service: string } }
type EntryParams = { Params: { reference: string } }

export function lotRoutes(app: FastifyInstance, context: Context): void {
  app.get<ServiceParams>('/sprawy/:service/losowanie', async (request, reply) =>
    sendEnter(context, request, reply, { typed: { name: '', phone: '', email: '', wishes: [] } }),
  )
  app.post<ServiceParams>('/sprawy/:service/losowanie', async (request, reply) => takeEntry(context, request, reply))
  app.get<EntryParams>('/losowanie/:reference', async (request, reply) => {
    const reference = openedReference(context, request, request.params.reference)
    return reference === null ? sendUnknownEntry(request, reply) : sendEntry(context, request, reply, reference)
  })
  app.get<{ Params: { reference: string; secret: string } }>('/losowanie/:reference/:secret', async (request, reply) => {
    reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
    const reference = parseReference(request.params.reference)
    if (reference === null || !context.secrets.isSecretOf(reference, request.params.secret)) return sendUnknownEntry(request, reply)
    openVisit(context, reply, reference)
    return reply.redirect(`/losowanie/${reference}`, 303)
  })
  app.post<EntryParams>('/losowanie/:reference/wycofaj', async (request, reply) => {
    const reference = openedReference(context, request, request.params.reference)
    if (reference === null) return sendUnknownEntry(request, reply)
    await withdraw(context, reference)
    return reply.redirect(`/losowanie/${reference}`, 303)
  })
  app.get<{ Params: { id: string } }>('/losowania/:id', async (request, reply) => {
    const draw = /^\d{1,9}$/.test(request.params.id) ? await drawById(context.database.pool, Number(request.params.id)) : null
    if (draw === null) return reply.callNotFound()
    const entries = await countEntries(context.database.pool, draw.id)
    const drawn = draw.orderedAt === null ? [] : await publicOrder(context.database.pool, draw.id)
    const page = Math.floor((Math.min(formId(request.query, 'od') ?? 1, Math.max(drawn.length, 1)) - 1) / placesShown) * placesShown
    const order = { from: page + 1, shown: drawn.slice(page, page + placesShown), total: drawn.length }
    return sendPublicPage(reply, <DrawPage shell={request.shell} draw={draw} entries={entries} order={order} />)
  })
}

type Said = Pick<EnterPageOptions, 'typed' | 'errors' | 'key'>

async function sendEnter(context: Context, request: FastifyRequest<ServiceParams>, reply: FastifyReply, said: Said): Promise<FastifyReply> {
  const found = await findService(context, request.params.service)
  const { service, directory: office, book } = found
  if (service === null) return sendNoService(request, reply, office)
  const now = context.clock.now()
  const lot = openLot(book, office, service.id, now)
  const draw = lot === null ? null : await drawOf(context, lot.release, lot.closesAt, now)
  if (lot === null || draw === null) {
    const next = [{ kind: 'free-times', href: `/sprawy/${service.id}/terminy` }, ...otherWays(context, found, service)]
    const decision = refuse('lot-not-open', [], next)
    return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="booking" back={`/sprawy/${service.id}`} />, 409)
  }
  const days = await Promise.all(lot.days.map((day) => freeStarts(context, { serviceId: service.id, from: day, to: day, now })))
  const page = (
    <EnterPage
      shell={request.shell}
      office={office.office}
      service={service}
      release={lot.release}
      closesAt={lot.closesAt}
      confirmUntil={draw.confirmUntil}
      days={days.flatMap((each) => each ?? []).filter(({ starts }) => starts.length > 0)}
      commitment={draw.seedHash.toString('hex')}
      drawId={draw.id}
      {...said}
    />
  )
  return sendPage(reply, page, said.errors ? 422 : 200)
}

async function takeEntry(context: Context, request: FastifyRequest<ServiceParams>, reply: FastifyReply): Promise<FastifyReply> {
  const { body, shell } = request
  const typed = {
    name: formText(body, 'name', nameCharactersMax * 2),
    phone: formText(body, 'phone', 60),
    email: formText(body, 'email', emailCharactersMax + 10),
    wishes: formList(body, 'wishes').slice(0, 10),
  }
  const key = formText(body, idempotencyField, 40)
  if (!isKey(key)) return sendEnter(context, request, reply, { typed })
  const found = await findService(context, request.params.service)
  if (found.service === null) return sendNoService(request, reply, found.directory)
  const lot = openLot(found.book, found.directory, found.service.id, context.clock.now())
  const read = readPerson(typed, 'contact-needed')
  const wishes = lot === null ? [] : readWishes(typed.wishes, (day) => lot.days.some((each) => each.equals(day)), officeDay)
  const errors: readonly FieldError[] = [
    ...(lot !== null && wishes?.length === 0 ? [{ field: 'wishes', message: 'booking-lot.error.wishes-missing' }] : []),
    ...(wishes === null ? [{ field: 'wishes', message: 'booking-lot.error.wishes-wrong' }] : []),
    ...('errors' in read ? read.errors : []),
  ]
  if ('errors' in read || wishes === null || errors.length > 0) return sendEnter(context, request, reply, { typed, errors, key })
  const wait = contactWait(context, read.person)
  if (wait > 0) {
    const decision = refuse('too-many-tries', [], [{ kind: 'try-again' }], { seconds: wait })
    return sendPage(reply.header('Retry-After', String(wait)), <AnswerPage shell={shell} decision={decision} slice="booking" />, 429)
  }
  const outcome = await enterLot(context, {
    serviceId: found.service.id,
    wishes,
    person: read.person,
    key,
    language: shell.language,
    shownContact: shownContact(context, request),
  })
  if (!outcome.allowed) {
    const next = outcome.next.length > 0 ? outcome.next : [{ kind: 'call-office', phone: found.directory.office.phone }]
    const back = `/sprawy/${found.service.id}/terminy`
    return sendPage(reply, <AnswerPage shell={shell} decision={{ ...outcome, next }} slice="booking" back={back} />, 409)
  }
  openVisit(context, reply, outcome.reference)
  return reply.redirect(`/losowanie/${outcome.reference}${outcome.confirmUntil === null ? '' : '/potwierdz'}`, 303)
}

async function sendEntry(context: Context, request: FastifyRequest, reply: FastifyReply, reference: string): Promise<FastifyReply> {
  const { pool } = context.database
  const entry = await findEntry(pool, reference)
  const draw = entry === null ? null : await drawById(pool, entry.drawId)
  if (entry === null || draw === null) return sendUnknownEntry(request, reply)
  if (entry.state === 'pending') return reply.redirect(`/losowanie/${reference}/potwierdz`, 303)
  const [office, visit] = await Promise.all([directory(context), entry.visitId === null ? null : findVisitById(pool, entry.visitId)])
  // Whoever owns the entry owns the visit it won.
  if (visit !== null) openVisit(context, reply, visit.reference)
  const found = await findService(context, entry.serviceId)
  const times = [
    { kind: 'free-times', href: `/sprawy/${entry.serviceId}/terminy` },
    { kind: 'waiting-list', href: `/sprawy/${entry.serviceId}/lista` },
  ]
  // Who has no time, or wants none from the draw, is told where else there is one.
  const without = entry.state === 'lost' || entry.state === 'withdrawn'
  const next = without && found.service !== null ? [...times, ...otherWays(context, found, found.service)] : []
  return sendPage(
    reply,
    <EntryPage
      shell={request.shell}
      entry={entry}
      draw={draw}
      service={office.services.get(entry.serviceId) ?? null}
      visit={visit}
      next={next}
    />,
  )
}

/** Unknown or not this browser's: the same to whoever asks. */
export function sendUnknownEntry(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const next = [
    { kind: 'services', href: '/sprawy' },
    { kind: 'call-office', phone: request.shell.officePhone },
  ]
  return sendPage(reply, <AnswerPage shell={request.shell} decision={refuse('unknown-entry', [], next)} slice="booking" />, 404)
}
