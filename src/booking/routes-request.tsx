/** The request form of a matter whose free times are not on the web. Sent twice, it is one request. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { refuse } from '../platform/decision.js'
import { formList, formText } from '../platform/http/form.js'
import { readDay } from '../platform/typed-time.js'
import { isKey } from '../platform/idempotency.js'
import { spacedReference } from '../platform/references.js'
import type { Service } from '../directory/index.js'
import { bookableDays, bookingChannels, hours, mayBook, urgencyStatement, waysOn, waysToBook } from '../regulation/index.js'
import { AnswerPage, idempotencyField, languageField, sendPage, sendPublicPage } from '../ui/index.js'
import { openedReference, openVisit } from './access.js'
import { emailCharactersMax, nameCharactersMax, readPerson } from './forms.js'
import { dayParts, type DayPart, type RequestedTime } from './model.js'
import { RequestDonePage, RequestPage, type RequestPageOptions } from './pages/request.js'
import { findRequest } from './request-store.js'
import { makeRequest } from './requests.js'
import { findService, sendNoService, type Found } from './routes-citizen.js'

type Params = { Params: { service: string } }
type DoneParams = { Params: { service: string; reference: string } }
const nothing = { name: '', phone: '', email: '', urgent: false, days: [], parts: [] } as const

export function requestRoutes(app: FastifyInstance, context: Context): void {
  app.get<Params>('/sprawy/:service/prosba', async (request, reply) => {
    const found = await findService(context, request.params.service)
    if (found.service === null) return sendNoService(request, reply, found.directory)
    if (found.service.dropOff) return sendDropOff(context, request, reply, found)
    return sendForm(context, request, reply, { ...found, service: found.service }, { typed: nothing })
  })
  app.get<DoneParams>('/sprawy/:service/prosba/:reference', async (request, reply) => {
    const found = await findService(context, request.params.service)
    const reference = openedReference(context, request, request.params.reference)
    const row = reference === null ? null : await findRequest(context.database.pool, reference)
    if (found.service === null || row?.service_id !== found.service.id) return sendUnknownRequest(request, reply)
    const { channels } = bookingChannels(found.book, found.directory, found.service.id, context.clock.now())
    const next = waysToBook(found.directory, found.service, channels).filter((step) => step.kind !== 'request')
    const done = { reference: spacedReference(row.reference), times: row.days, phone: row.person_phone, email: row.person_email }
    return sendPage(reply, <RequestDonePage shell={request.shell} service={found.service} request={done} next={next} />)
  })
  app.post<Params>('/sprawy/:service/prosba', async (request, reply) => takeRequest(context, request, reply))
}

/** Unknown, of another matter, or not this browser's: the same to whoever asks. */
function sendUnknownRequest(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const next = [
    { kind: 'services', href: '/sprawy' },
    { kind: 'call-office', phone: request.shell.officePhone },
  ]
  return sendPage(reply, <AnswerPage shell={request.shell} decision={refuse('unknown-request', [], next)} slice="booking" />, 404)
}

/** Papers are left without a visit: the answer of the acts, as everywhere. */
function sendDropOff(context: Context, request: FastifyRequest<Params>, reply: FastifyReply, found: Found): FastifyReply {
  const now = context.clock.now()
  const serviceId = request.params.service
  const decision = mayBook(found.book, found.directory, { serviceId, channel: 'request', start: now, now, clerk: false })
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="regulation" back={`/sprawy/${serviceId}`} />, 409)
}

type FoundService = Found & { readonly service: Service }

function sendForm(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  found: FoundService,
  said: Pick<RequestPageOptions, 'typed' | 'errors' | 'key'>,
): FastifyReply {
  const now = context.clock.now()
  const { channels } = bookingChannels(found.book, found.directory, found.service.id, now)
  const page = (
    <RequestPage
      shell={request.shell}
      office={found.directory.office}
      service={found.service}
      days={workingDays(context, found)}
      urgency={urgencyStatement(found.book, now)?.basis ?? null}
      next={waysOn(found.directory, found.service, channels).filter((step) => step.kind !== 'request')}
      {...said}
    />
  )
  return sendPublicPage(reply, page, said.errors ? 422 : 200)
}

/** Days within the horizon on which the unit works. */
function workingDays(context: Context, { book, directory: office, service }: FoundService): readonly Temporal.PlainDate[] {
  const { to } = bookableDays(office, context.clock.now(), false)
  const days: Temporal.PlainDate[] = []
  for (let day = officeDay(context.clock.now()).add({ days: 1 }); Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
    if (hours(book, office, service.unitId, day).code === 'open') days.push(day)
  }
  return days
}

async function takeRequest(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> {
  const found = await findService(context, request.params.service)
  const { service } = found
  if (service === null) return sendNoService(request, reply, found.directory)
  if (service.dropOff) return sendDropOff(context, request, reply, found)
  const { body, shell } = request
  const typed = {
    name: formText(body, 'name', nameCharactersMax * 2),
    phone: formText(body, 'phone', 60),
    email: formText(body, 'email', emailCharactersMax + 10),
    urgent: formList(body, 'urgent').includes('tak'),
    days: formList(body, 'days'),
    parts: formList(body, 'parts').filter((each) => (dayParts as readonly string[]).includes(each)),
  }
  const key = formText(body, idempotencyField, 40)
  if (formText(body, languageField, 2) !== '') return sendForm(context, request, reply, { ...found, service }, { typed, key })
  if (!isKey(key)) return sendForm(context, request, reply, { ...found, service }, { typed })
  const read = readPerson(typed, 'contact-needed')
  const errors = [
    ...(typed.days.every((each) => isAskable(context, found, each)) ? [] : [{ field: 'days', message: 'booking.error.days-wrong' }]),
    ...('errors' in read ? read.errors : []),
  ]
  if ('errors' in read || errors.length > 0) return sendForm(context, request, reply, { ...found, service }, { typed, errors, key })
  const outcome = await makeRequest(context, {
    serviceId: service.id,
    times: timesWanted(typed),
    person: read.person,
    key,
    language: shell.language,
    urgent: typed.urgent,
  })
  if (!outcome.allowed) {
    return sendPage(reply, <AnswerPage shell={shell} decision={outcome} slice="booking" back={`/sprawy/${service.id}/prosba`} />, 409)
  }
  openVisit(context, reply, outcome.reference)
  return reply.redirect(`/sprawy/${service.id}/prosba/${outcome.reference}`, 303)
}

/** A day that is still to come, no further than visits are booked. */
function isAskable(context: Context, { directory: office }: Found, typed: string): boolean {
  const day = readDay(typed)
  const now = context.clock.now()
  const { to } = bookableDays(office, now, false)
  return day !== null && Temporal.PlainDate.compare(day, officeDay(now)) >= 0 && Temporal.PlainDate.compare(day, to) <= 0
}

/** Each day ticked with each part ticked; both parts or none is any time of the day. */
function timesWanted({ days, parts }: { days: readonly string[]; parts: readonly string[] }): readonly RequestedTime[] {
  const wanted: readonly DayPart[] = parts.length === 1 ? [parts[0] as DayPart] : ['any']
  return days.length === 0 ? wanted.map((part) => ({ part })) : days.flatMap((day) => wanted.map((part) => ({ day, part })))
}
