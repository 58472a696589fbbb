/**
 * The line as the office sees it: a head or a desk clerk the own unit's matters, the service office
 * all. A clerk adds who rang, takes an entry out, and accepts an offer for a person told by phone.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import type { FieldError, Refused } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { parseReference } from '../../platform/references.js'
import { directory, type Directory, type Service } from '../../directory/index.js'
import { ruleBook } from '../../regulation/index.js'
import { requireRole, seesService, type Staff } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { findVisitById } from '../../visit/index.js'
import { actorOf, clerkRoles, clerkService, clerkVisit, common, formKey, hidden, keepForBack } from '../clerk-common.js'
import { readSaidWish, type SaidWish } from '../clerk-wish.js'
import { emailCharactersMax, nameCharactersMax, readPerson, type TypedPerson } from '../forms.js'
import { wishedAs } from '../wish.js'
import { acceptOffer } from './accept.js'
import { daysAsked, readDays, typedDays, type TypedDays } from './days.js'
import { firstDay, join, joinForVisit, withdraw } from './join.js'
import { ClerkAddPage, ClerkEntryPage, ClerkListPage } from './pages/clerk-list.js'
import { findEntry, listed, type ListedEntry } from './line-store.js'
import { lastOffer } from './store.js'

type ByReference = { Params: { reference: string } }
type OfService = { Params: { service: string } }

export function clerkListRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/lista', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const shown = await common(context, request, staff)
    const matters = mattersSeen(staff, shown.office)
    const entries = await listed(
      context.database.pool,
      matters.map(({ id }) => id),
    )
    return sendPage(reply, ClerkListPage({ shell: request.shell, view: { ...shown, entries, matters } }))
  })
  entryRoutes(app, context)
  addRoutes(app, context)
}

function mattersSeen(staff: Staff, office: Directory): readonly Service[] {
  return [...office.services.values()].filter((each) => !each.closed && !each.dropOff && seesService(staff, office, each.id))
}

function entryRoutes(app: FastifyInstance, context: Context): void {
  app.get<ByReference>('/praca/lista/:reference', hidden, async (request, reply) => {
    const asked = await ask(context, request, reply)
    return asked === null ? reply : entryPage(context, request, reply, asked, null)
  })
  for (const [path, act] of [
    ['przyjmij', acceptOffer],
    ['opusc', withdraw],
  ] as const) {
    app.post<ByReference>(`/praca/lista/:reference/${path}`, hidden, async (request, reply) => {
      const asked = await ask(context, request, reply)
      if (asked === null) return reply
      const outcome = await act(context, { reference: asked.listed.entry.reference, actor: actorOf(asked.staff) })
      if (!outcome.allowed) {
        const now = await seen(context, asked.staff, request.params.reference)
        return entryPage(context, request, reply, { ...asked, listed: now ?? asked.listed }, outcome)
      }
      const news = asked.listed.visit === null ? 'booked' : 'moved'
      const to = outcome.visit === null ? '/praca/lista' : `/praca/obsluga/wizyta/${outcome.visit}?co=${news}`
      return reply.redirect(to, 303)
    })
  }
}

interface Asked {
  readonly staff: Staff
  readonly listed: ListedEntry
}

/** Who asks for which entry; null when the answer is already sent. */
async function ask(context: Context, request: FastifyRequest<ByReference>, reply: FastifyReply): Promise<Asked | null> {
  const staff = requireRole(request, reply, ...clerkRoles)
  if (staff === null) return null
  const entry = await seen(context, staff, request.params.reference)
  if (entry !== null) return { staff, listed: entry }
  reply.callNotFound()
  return null
}

/** The entry, when it stands in a line this person sees. */
async function seen(context: Context, staff: Staff, typed: string): Promise<ListedEntry | null> {
  const { pool } = context.database
  const reference = parseReference(typed)
  const entry = reference === null ? null : await findEntry(pool, reference)
  if (entry === null || !seesService(staff, await directory(context), entry.serviceId)) return null
  const offer = await lastOffer(pool, entry.id)
  const visit = entry.visitId === null ? null : await findVisitById(pool, entry.visitId)
  return { entry, visit, offer: offer?.state === 'open' ? offer : null }
}

async function entryPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { staff, listed: shown }: Asked,
  refusal: Refused | null,
): Promise<FastifyReply> {
  const slice = refusal !== null && request.shell.t.has(`waiting.refused.${refusal.code}`) ? 'waiting' : 'booking'
  const view = { ...(await common(context, request, staff)), listed: shown, refusal, slice }
  return sendPage(reply, ClerkEntryPage({ shell: request.shell, view }), refusal === null ? 200 : 409)
}

function addRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/lista/dopisz', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const service = await clerkService(context, staff, formText(request.query, 'sprawa', 100))
    const said = service === null ? null : readSaidWish(await directory(context), staff, service, {})
    return said === null ? reply.redirect('/praca/lista', 303) : addPage(context, request, reply, staff, { said })
  })

  app.post<OfService>('/praca/lista/dopisz/:service', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const service = await clerkService(context, staff, request.params.service)
    const { body } = request
    const said = service === null ? null : readSaidWish(await directory(context), staff, service, body)
    if (service === null || said === null) return reply.callNotFound()
    const person = {
      name: formText(body, 'name', nameCharactersMax * 2),
      phone: formText(body, 'phone', 60),
      email: formText(body, 'email', emailCharactersMax + 10),
    }
    const typed = typedDays(body)
    const when = readDays(typed, daysAsked(await ruleBook(context), await directory(context), service, context.clock.now()), true)
    const read = readPerson(person, 'contact-needed')
    const shown = { said, typed, person, key: formKey(body) }
    if ('errors' in when || 'errors' in read || said.errors.length > 0) {
      const errors = [...said.errors, ...('errors' in when ? when.errors : []), ...('errors' in read ? read.errors : [])]
      return addPage(context, request, keepForBack(reply), staff, { ...shown, errors })
    }
    const command = { ...wishedAs(said.wish), ...when, person: read.person, language: 'pl', actor: actorOf(staff), key: shown.key } as const
    const outcome = await join(context, command)
    if (outcome.allowed) return reply.redirect(`/praca/lista/${outcome.reference}`, 303)
    return addPage(context, request, keepForBack(reply), staff, { ...shown, refusal: outcome })
  })

  app.post<ByReference>('/praca/lista/wizyta/:reference', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const visit = await clerkVisit(context, staff, request.params.reference)
    if (visit === null) return reply.callNotFound()
    const from = firstDay(context.clock.now())
    const outcome = await joinForVisit(context, { reference: visit.reference, from, part: 'any', actor: actorOf(staff) })
    // Refused, the visit has changed meanwhile: its page says how.
    return reply.redirect(outcome.allowed ? `/praca/lista/${outcome.reference}` : `/praca/obsluga/wizyta/${visit.reference}`, 303)
  })
}

interface AddShown {
  readonly said: SaidWish
  readonly typed?: TypedDays
  readonly person?: TypedPerson
  readonly key?: string
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refused
}

async function addPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  { said, typed, person = {}, key = crypto.randomUUID(), errors = [], refusal }: AddShown,
): Promise<FastifyReply> {
  const frame = await common(context, request, staff)
  const days = daysAsked(await ruleBook(context), frame.office, said.wish.service, context.clock.now())
  const last = days.at(-1)?.toString() ?? ''
  const view = { ...frame, said, days, typed: typed ?? { from: '', to: last, part: '' }, person, key, errors, refusal: refusal ?? null }
  return sendPage(reply, ClerkAddPage({ shell: request.shell, view }), errors.length > 0 ? 422 : refusal === undefined ? 200 : 409)
}
