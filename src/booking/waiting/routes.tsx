/**
 * The line for earlier times as citizens see it: joining for a booked visit or without one, the place
 * in line, the offer and its two answers, leaving in one step. In by the cookie of the entry, or by
 * the secret link of a message, which is exchanged at once for that cookie.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import { refuse, type Decision } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { isKey } from '../../platform/idempotency.js'
import { parseReference } from '../../platform/references.js'
import { directory, type Directory } from '../../directory/index.js'
import { ruleBook } from '../../regulation/index.js'
import { AnswerPage, idempotencyField, sendPage } from '../../ui/index.js'
import { findVisit, findVisitById, mayDo, type Visit } from '../../visit/index.js'
import { cameByLink, openedReference, openVisit, rememberLink } from '../access.js'
import { contactWait } from '../fair/limits.js'
import { emailCharactersMax, nameCharactersMax, readPerson } from '../forms.js'
import { sendNoService } from '../routes-citizen.js'
import { readAsked, type Asked } from '../times-answers.js'
import { wishQuery } from '../wish-form.js'
import { wishedAs, wishedOf, wishOf, type Wish } from '../wish.js'
import { acceptOffer } from './accept.js'
import { daysAsked, readDays, typedDays } from './days.js'
import { decline, isLineOpen, join, joinForVisit, withdraw } from './join.js'
import type { Entry, WaitingOutcome } from './model.js'
import { EntryPage } from './pages/entry.js'
import { JoinForVisitPage, JoinPage } from './pages/join.js'
import { aheadOf, entryOfVisit, findEntry, proveContact } from './line-store.js'
import { lastOffer } from './store.js'

type OfService = { Params: { service: string } }
type ByReference = { Params: { reference: string } }
const nobody = { name: '', phone: '', email: '' } as const
const noDays = { from: '', to: '', part: '' } as const

export function waitingRoutes(app: FastifyInstance, context: Context): void {
  personRoutes(app, context)
  visitRoutes(app, context)
  entryRoutes(app, context)
  app.get<{ Params: { link: string } }>('/o/:link', async (request, reply) => {
    reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
    const [typed = '', ...rest] = request.params.link.split('-')
    const reference = parseReference(typed)
    if (reference === null || !context.secrets.isSecretOf(reference, rest.join('-'))) return sendUnknown(request, reply)
    openVisit(context, reply, reference)
    rememberLink(context, reply, reference)
    await proveContact(context.database.pool, reference)
    return reply.redirect(`/lista/${reference}`, 303)
  })
}

function personRoutes(app: FastifyInstance, context: Context): void {
  app.get<OfService>('/sprawy/:service/lista', async (request, reply) => {
    const asked = await readAsked(context, request, reply)
    if (asked === null) return reply
    const { service, wish, book, directory: office } = asked
    if (service.dropOff) return sendNoService(request, reply, office)
    if (!isLineOpen(context)) return sendNobodyTold(request, reply, `/sprawy/${service.id}`)
    const days = daysAsked(book, office, service, context.clock.now())
    const page = (
      <JoinPage
        shell={request.shell}
        office={office.office}
        wish={wish}
        days={days}
        typed={{ ...noDays, to: days.at(-1)?.toString() ?? '' }}
        person={nobody}
      />
    )
    return sendPage(reply, page)
  })
  app.post<OfService>('/sprawy/:service/lista', async (request, reply) => {
    const asked = await readAsked(context, request, reply)
    if (asked === null) return reply
    return asked.service.dropOff ? sendNoService(request, reply, asked.directory) : takePerson(context, request, reply, asked)
  })
}

/** No message leaves this installation: waiting for one would be waiting for nothing. */
function sendNobodyTold(request: FastifyRequest, reply: FastifyReply, back: string): FastifyReply {
  const decision = refuse('cannot-tell', [], [{ kind: 'call-office', phone: request.shell.officePhone }])
  return sendPage(reply, <AnswerPage shell={request.shell} decision={decision} slice="waiting" back={back} />, 409)
}

async function takePerson(
  context: Context,
  request: FastifyRequest<OfService>,
  reply: FastifyReply,
  { book, directory: office, service, wish }: Asked,
): Promise<FastifyReply> {
  const { body, shell } = request
  const days = daysAsked(book, office, service, context.clock.now())
  const typed = typedDays(body)
  const person = {
    name: formText(body, 'name', nameCharactersMax * 2),
    phone: formText(body, 'phone', 60),
    email: formText(body, 'email', emailCharactersMax + 10),
  }
  const key = formText(body, idempotencyField, 40)
  const when = readDays(typed, days, true)
  const read = readPerson(person, 'contact-needed')
  const errors = [...('errors' in when ? when.errors : []), ...('errors' in read ? read.errors : [])]
  if ('errors' in when || 'errors' in read || !isKey(key)) {
    const kept = isKey(key) ? key : undefined
    const page = (
      <JoinPage shell={shell} office={office.office} wish={wish} days={days} typed={typed} person={person} errors={errors} key={kept} />
    )
    return sendPage(reply, page, errors.length > 0 ? 422 : 200)
  }
  const wait = contactWait(context, read.person)
  if (wait > 0) {
    const decision = refuse('too-many-tries', [], [{ kind: 'try-again' }], { seconds: wait })
    return sendPage(reply.header('Retry-After', String(wait)), <AnswerPage shell={shell} decision={decision} slice="booking" />, 429)
  }
  const command = { ...wishedAs(wish), ...when, person: read.person, language: shell.language, actor: 'citizen', key } as const
  return sendJoined(context, request, reply, await join(context, command), `/sprawy/${service.id}/lista${wishQuery(wish)}`)
}

function visitRoutes(app: FastifyInstance, context: Context): void {
  app.get<ByReference>('/wizyta/:reference/wczesniej', async (request, reply) => {
    const opened = await openOwn(context, request, reply)
    if (opened === null) return reply
    const there = await entryOfVisit(context.database.pool, opened.visit.id)
    if (there === null && !isLineOpen(context)) return sendNobodyTold(request, reply, `/wizyta/${opened.visit.reference}`)
    if (there === null) return sendJoinForVisit(request, reply, opened, {})
    openVisit(context, reply, there.reference)
    return reply.redirect(`/lista/${there.reference}`, 303)
  })
  app.post<ByReference>('/wizyta/:reference/wczesniej', async (request, reply) => {
    const opened = await openOwn(context, request, reply)
    if (opened === null) return reply
    const typed = typedDays(request.body)
    const when = readDays(typed, opened.days, false)
    if ('errors' in when) return sendJoinForVisit(request, reply, opened, { typed, errors: when.errors })
    const { reference } = opened.visit
    const outcome = await joinForVisit(context, { reference, from: when.from, part: when.part, actor: 'citizen' })
    return sendJoined(context, request, reply, outcome, `/wizyta/${reference}`)
  })
}

interface Own {
  readonly visit: Visit
  /** What it is for. */
  readonly wish: Wish
  readonly office: Directory
  readonly days: readonly Temporal.PlainDate[]
}

/** The booked visit of this browser; null once another answer was sent. */
async function openOwn(context: Context, request: FastifyRequest<ByReference>, reply: FastifyReply): Promise<Own | null> {
  const reference = openedReference(context, request, request.params.reference)
  const visit = reference === null ? null : await findVisit(context.database.pool, reference)
  const [office, book] = await Promise.all([directory(context), ruleBook(context)])
  const wish = visit === null ? null : wishOf(office, wishedOf(office, visit))
  const now = context.clock.now()
  if (visit === null || wish === null || !mayDo('move', visit, now, office.office.settings).allowed) {
    reply.redirect(`/wizyta/${encodeURIComponent(request.params.reference)}`, 303)
    return null
  }
  return { visit, wish, office, days: daysAsked(book, office, wish.service, now, visit.day) }
}

function sendJoinForVisit(
  request: FastifyRequest,
  reply: FastifyReply,
  { visit, wish, office, days }: Own,
  {
    typed = noDays,
    errors = [],
  }: { typed?: typeof noDays | ReturnType<typeof typedDays>; errors?: readonly { field: string; message: string }[] },
): FastifyReply {
  const { shell } = request
  if (days.length === 0) {
    const next = [{ kind: 'call-office', phone: office.office.phone }]
    const page = (
      <AnswerPage shell={shell} decision={refuse('nothing-earlier', [], next)} slice="waiting" back={`/wizyta/${visit.reference}`} />
    )
    return sendPage(reply, page, 409)
  }
  const page = (
    <JoinForVisitPage
      shell={shell}
      office={office.office}
      wish={wish}
      days={days}
      typed={typed}
      errors={errors}
      visit={{ reference: visit.reference, start: visit.startsAt }}
    />
  )
  return sendPage(reply, page, errors.length > 0 ? 422 : 200)
}

/** Goes on to the entry that was made, or says why none was. */
function sendJoined(context: Context, request: FastifyRequest, reply: FastifyReply, outcome: WaitingOutcome, back: string): FastifyReply {
  if (!outcome.allowed)
    return sendPage(reply, <AnswerPage shell={request.shell} decision={outcome} slice={sliceOf(outcome)} back={back} />, 409)
  openVisit(context, reply, outcome.reference)
  return reply.redirect(`/lista/${outcome.reference}${outcome.repeated ? '' : '?co=joined'}`, 303)
}

const said = ['joined', 'declined'] as const

function entryRoutes(app: FastifyInstance, context: Context): void {
  app.get<ByReference>('/lista/:reference', async (request, reply) => {
    const entry = await openEntry(context, request, reply)
    if (entry === null) return reply
    return sendEntry(context, request, reply, entry, { said: said.find((each) => each === formText(request.query, 'co')) })
  })
  const answers = [
    ['przyjmij', acceptOffer],
    ['nie', decline],
    ['opusc', withdraw],
  ] as const
  for (const [path, act] of answers) {
    app.post<ByReference>(`/lista/:reference/${path}`, async (request, reply) => {
      const entry = await openEntry(context, request, reply)
      if (entry === null) return reply
      const command = { reference: entry.reference, actor: 'citizen', byLink: cameByLink(context, request, entry.reference) } as const
      const outcome = await act(context, command)
      if (!outcome.allowed) {
        const now = await findEntry(context.database.pool, entry.reference)
        return sendEntry(context, request, reply, now ?? entry, { refusal: { decision: outcome, slice: sliceOf(outcome) } })
      }
      if (path === 'przyjmij' && outcome.visit !== null) {
        openVisit(context, reply, outcome.visit)
        return reply.redirect(`/wizyta/${outcome.visit}`, 303)
      }
      return reply.redirect(`/lista/${entry.reference}${path === 'nie' ? '?co=declined' : ''}`, 303)
    })
  }
}

/** Words of this slice where it has them, of the others' answers else. */
function sliceOf({ code }: Decision): string {
  const own = ['unknown-entry', 'entry-ended', 'entry-doubled', 'contact-needed', 'cannot-tell', 'offer-passed', 'offer-gone']
  return own.includes(code) ? 'waiting' : 'booking'
}

/** The entry of the address when this browser may open it; null once another answer was sent. */
async function openEntry(context: Context, request: FastifyRequest<ByReference>, reply: FastifyReply): Promise<Entry | null> {
  const reference = openedReference(context, request, request.params.reference)
  const entry = reference === null ? null : await findEntry(context.database.pool, reference)
  if (entry === null) sendUnknown(request, reply)
  return entry
}

function sendUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const next = [
    { kind: 'manage', href: '/wizyta' },
    { kind: 'call-office', phone: request.shell.officePhone },
  ]
  return sendPage(reply, <AnswerPage shell={request.shell} decision={refuse('unknown-entry', [], next)} slice="waiting" />, 404)
}

async function sendEntry(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  entry: Entry,
  words: { refusal?: { decision: Decision; slice: string }; said?: (typeof said)[number] | undefined },
): Promise<FastifyReply> {
  const { pool } = context.database
  const office = await directory(context)
  const service = office.services.get(entry.serviceId)
  if (service === undefined) return sendUnknown(request, reply)
  const last = entry.state === 'offered' ? await lastOffer(pool, entry.id) : null
  const open = last !== null && last.state === 'open' && Temporal.Instant.compare(context.clock.now(), last.until) < 0
  const visit = entry.visitId === null ? null : await findVisitById(pool, entry.visitId)
  // Whoever opens the entry was told at the visit's contact: the visit is theirs.
  if (visit !== null) openVisit(context, reply, visit.reference)
  const page = (
    <EntryPage
      shell={request.shell}
      directory={office}
      service={service}
      entry={entry}
      visit={visit}
      offer={open ? last : null}
      ahead={await aheadOf(pool, entry)}
      {...words}
    />
  )
  return sendPage(reply, page, words.refusal === undefined ? 200 : 409)
}
