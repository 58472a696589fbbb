/**
 * From the hold to the booking: the person's details, then check and confirm. Each page sent renews
 * the hold; a hold that ran out is a page with the way back. Only the browser that made the hold
 * gets in; for anyone else the reference is as unknown as a made-up one.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { refuse, type Decision } from '../platform/decision.js'
import { formList, formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import { adviceStep, placeOfVisit, ruleBook, safety, symptomsRequest, urgencyStatement, type RuleBook } from '../regulation/index.js'
import { findVisit, heldAtMost, type Visit } from '../visit/index.js'
import { AnswerPage, CitizenPage, DecisionNotice, idempotencyField, languageField, LinkButton, sendPage } from '../ui/index.js'
import { openedReference } from './access.js'
import { confirmHold, releaseHold, renewHold } from './actions.js'
import { isComplete, keepDraft } from './draft.js'
import { contactWait } from './fair/limits.js'
import { emailCharactersMax, nameCharactersMax, readPerson, readRight } from './forms.js'
import { CheckPage } from './pages/check.js'
import { DetailsPage, type DetailsPageOptions, type KeptTime } from './pages/details.js'
import { readNeeds, readOnBehalf } from './pages/needs.js'
import { whenText } from './pages/parts.js'
import { timesOfHold, timesOfWish } from './times-answers.js'

type Params = { Params: { reference: string } }

export function holdRoutes(app: FastifyInstance, context: Context): void {
  app.get<Params>('/rezerwacja/:reference/dane', async (request, reply) => {
    const held = await enter(context, request, reply)
    if (held === null) return reply
    const { person, urgent, needs, onBehalf } = held.visit
    return sendDetails(context, request, reply, held, { typed: { ...person, urgent, needs, onBehalf } })
  })
  app.post<Params>('/rezerwacja/:reference/dane', async (request, reply) => takeDetails(context, request, reply))
  app.get<Params>('/rezerwacja/:reference/sprawdz', async (request, reply) => {
    const held = await enter(context, request, reply)
    if (held === null) return reply
    if (!isComplete(held.visit.person)) return reply.redirect(`/rezerwacja/${held.visit.reference}/dane`, 303)
    return sendCheck(context, request, reply, held)
  })
  app.post<Params>('/rezerwacja/:reference/sprawdz', async (request, reply) => confirm(context, request, reply))
  app.post<Params>('/rezerwacja/:reference/zwolnij', async (request, reply) => {
    const held = await enter(context, request, reply)
    if (held === null) return reply
    await releaseHold(context, { reference: held.visit.reference })
    return reply.redirect(timesOfWish(held.visit, held.directory), 303)
  })
}

interface Held {
  readonly visit: Visit
  readonly kept: KeptTime
  readonly service: Service
  readonly directory: Directory
  readonly book: RuleBook
}

/**
 * The living hold of the address, renewed; null once another answer was sent. Never the reply: it
 * is a thenable, and whoever awaits it is given nothing.
 */
async function enter(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<Held | null> {
  const reference = openedReference(context, request, request.params.reference)
  const visit = reference === null ? null : await findVisit(context.database.pool, reference)
  const services = [{ kind: 'services', href: '/sprawy' }]
  if (visit === null) {
    sendAnswer(request, reply, refuse('unknown-visit', [], services), 404)
    return null
  }
  if (visit.state !== 'held' && visit.state !== 'expired') {
    reply.redirect(`/wizyta/${visit.reference}`, 303)
    return null
  }
  const [office, book, renewed] = await Promise.all([directory(context), ruleBook(context), renewHold(context, visit)])
  if (!renewed.allowed || renewed.heldUntil === null) {
    sendExpired(request, reply, visit.serviceId, renewed.allowed ? refuse('hold-expired') : renewed)
    return null
  }
  const service = office.services.get(visit.serviceId)
  if (service === undefined) {
    sendAnswer(request, reply, refuse('unknown-service', [], services), 404)
    return null
  }
  const atMost = Temporal.Instant.compare(renewed.heldUntil, heldAtMost(visit, office.office.settings)) >= 0
  return { visit, kept: { until: renewed.heldUntil, atMost }, service, directory: office, book }
}

function sendDetails(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  held: Held,
  said: Pick<DetailsPageOptions, 'typed' | 'errors'>,
): FastifyReply {
  const { visit, service, directory: office, book, kept } = held
  const page = (
    <DetailsPage
      shell={request.shell}
      office={office.office}
      reference={visit.reference}
      service={service}
      when={whenText(request.shell.language, visit.startsAt)}
      kept={kept}
      back={timesOfHold(visit, office)}
      urgency={urgencyStatement(book, context.clock.now())?.basis ?? null}
      {...said}
    />
  )
  return sendPage(reply, page, said.errors ? 422 : 200)
}

async function takeDetails(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> {
  const held = await enter(context, request, reply)
  if (held === null) return reply
  const typed = {
    name: formText(request.body, 'name', nameCharactersMax * 2),
    phone: formText(request.body, 'phone', 60),
    email: formText(request.body, 'email', emailCharactersMax + 10),
    urgent: formList(request.body, 'urgent').includes('tak'),
    needs: readNeeds(request.body, held.visit),
    onBehalf: readOnBehalf(request.body),
  }
  if (formText(request.body, languageField, 2) !== '') return sendDetails(context, request, reply, held, { typed })
  const read = readPerson(typed, 'contact-needed')
  const { reference, serviceId } = held.visit
  const { urgent, needs, onBehalf } = typed
  if ('errors' in read) {
    // What is right stays with the hold: another language, or a page come back to, need not ask again.
    await keepDraft(context, { reference, person: readRight(typed), urgent, needs, onBehalf })
    return sendDetails(context, request, reply, held, { typed, errors: read.errors })
  }
  const kept = await keepDraft(context, { reference, person: read.person, urgent, needs, onBehalf })
  return kept ? reply.redirect(`/rezerwacja/${reference}/sprawdz`, 303) : sendExpired(request, reply, serviceId, refuse('hold-expired'))
}

function sendCheck(context: Context, request: FastifyRequest, reply: FastifyReply, held: Held): FastifyReply {
  const { visit, service, directory: office, book, kept } = held
  return sendPage(
    reply,
    <CheckPage
      shell={request.shell}
      directory={office}
      service={service}
      visit={visit}
      kept={kept}
      times={timesOfHold(visit, office)}
      now={context.clock.now()}
      urgencyAsked={urgencyStatement(book, context.clock.now()) !== null}
      obligations={safety(book, visit.startsAt, placeOfVisit(office, visit))}
      symptoms={symptomsRequest(book, office, visit.startsAt, service.unitId)}
    />,
  )
}

async function confirm(context: Context, request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> {
  const held = await enter(context, request, reply)
  if (held === null) return reply
  const { reference, person, urgent, serviceId } = held.visit
  const key = formText(request.body, idempotencyField, 40)
  if (!isKey(key) || !isComplete(person)) return reply.redirect(`/rezerwacja/${reference}/sprawdz`, 303)
  const wait = contactWait(context, person)
  if (wait > 0) {
    const decision = refuse('too-many-tries', [], [{ kind: 'try-again' }], { seconds: wait })
    return sendAnswer(request, reply.header('Retry-After', String(wait)), decision, 429, `/rezerwacja/${reference}/sprawdz`)
  }
  const outcome = await confirmHold(context, { reference, person, key, urgent, language: request.shell.language })
  if (outcome.allowed) return reply.redirect(`/wizyta/${reference}${outcome.state === 'pending' ? '/potwierdz' : ''}`, 303)
  if (outcome.code === 'hold-expired' || outcome.code === 'hold-released') return sendExpired(request, reply, serviceId, outcome)
  const office = held.directory.office
  const advice = adviceStep(held.service)
  const next =
    outcome.next.length > 0
      ? outcome.next
      : [{ kind: 'manage', href: '/wizyta' }, { kind: 'call-office', phone: office.phone }, ...(advice === null ? [] : [advice])]
  return sendAnswer(request, reply, { ...outcome, next }, 409, `/rezerwacja/${reference}/sprawdz`)
}

/** The hold is over, by its time or by its owner: what happened, the way on, and only then what it rests on. */
function sendExpired(request: FastifyRequest, reply: FastifyReply, serviceId: string, decision: Decision): FastifyReply {
  const { t } = request.shell
  const title = t(decision.code === 'hold-released' ? 'booking-pages.released.title' : 'booking-pages.expired.title')
  const page = (
    <CitizenPage shell={request.shell} title={title}>
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body">{t('booking-pages.expired.text')}</p>
      <LinkButton href={`/sprawy/${serviceId}/terminy`}>{t('booking-pages.expired.again')}</LinkButton>
      <DecisionNotice decision={decision} slice="booking" withoutSentence />
    </CitizenPage>
  )
  return sendPage(reply, page, 409)
}

function sendAnswer(request: FastifyRequest, reply: FastifyReply, decision: Decision, status: number, back?: string): FastifyReply {
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="booking" back={back} />, status)
}
