/**
 * Messages about visits to come that did not arrive: a clerk rings the person, or puts the contact
 * right and has the visit told of again. What was looked after leaves the list.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import { transaction } from '../../platform/database.js'
import type { FieldError } from '../../platform/decision.js'
import { formId, formText } from '../../platform/http/form.js'
import type { Directory } from '../../directory/index.js'
import { messagesOfVisits } from '../../messages/index.js'
import { requireRole, seesService, type Staff } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { lockVisit, recordEvent } from '../../visit/index.js'
import { actorOf, clerkRoles, common, hidden } from '../clerk-common.js'
import { readConfirmation } from '../confirmation-store.js'
import { emailCharactersMax, readPerson, type TypedPerson } from '../forms.js'
import { postJob } from '../store.js'
import { ContactPage, undeliveredNews, UndeliveredPage } from './pages.js'
import { countUndelivered, noteFollowed, undelivered, writeContact, type Undelivered } from './store.js'

const path = '/praca/niedoreczone'
type ById = { Params: { id: string } }

export function undeliveredRoutes(app: FastifyInstance, context: Context): void {
  const { pool } = context.database
  app.get(path, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const frame = await common(context, request, staff)
    const entries = await undelivered(pool, context.clock.now(), mattersSeen(staff, frame.office))
    const messages = await messagesOfVisits(
      pool,
      entries.map(({ visitId }) => visitId),
    )
    const news = undeliveredNews.find((each) => each === formText(request.query, 'co', 20)) ?? null
    return sendPage(reply, <UndeliveredPage shell={request.shell} {...frame} entries={entries} messages={messages} news={news} />)
  })
  app.post(`${path}/zrobione`, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const entry = await find(context, request, staff, formId(request.body, 'wiadomosc'))
    if (entry !== null) await noteFollowed(pool, [entry.messageId], context.clock.now(), staff.accountId)
    // Of what a colleague noted a moment ago nothing is left to do.
    return reply.redirect(`${path}?co=zrobione`, 303)
  })
  app.get<ById>(`${path}/:id`, hidden, async (request, reply) => {
    const asked = await ask(context, request, reply)
    if (asked === null) return reply
    const { email, phone } = asked.entry
    return contactPage(context, request, reply, asked, { email: email ?? '', phone: phone ?? '' }, [])
  })
  app.post<ById>(`${path}/:id`, hidden, async (request, reply) => {
    const asked = await ask(context, request, reply)
    if (asked === null) return reply
    const { entry, staff } = asked
    const typed = { email: formText(request.body, 'email', emailCharactersMax), phone: formText(request.body, 'phone', 40) }
    const read = readPerson({ ...typed, name: entry.name ?? 'x' }, 'contact-needed')
    if ('errors' in read)
      return contactPage(
        context,
        request,
        reply,
        asked,
        typed,
        read.errors.filter(({ field }) => field !== 'name'),
      )
    const corrected = await correctContact(context, staff, entry, read.person)
    return reply.redirect(`${path}?co=${corrected}`, 303)
  })
}

/** How many wait for this person of the staff. */
export async function undeliveredFor(context: Context, staff: Staff, office: Directory): Promise<number> {
  if (!clerkRoles.some((role) => staff.roles.includes(role))) return 0
  return countUndelivered(context.database.pool, context.clock.now(), mattersSeen(staff, office))
}

function mattersSeen(staff: Staff, office: Directory): readonly string[] {
  return [...office.services.keys()].filter((id) => seesService(staff, office, id))
}

async function find(context: Context, request: FastifyRequest, staff: Staff, id: number | null): Promise<Undelivered | null> {
  const { office } = await common(context, request, staff)
  const entries = await undelivered(context.database.pool, context.clock.now(), mattersSeen(staff, office))
  return entries.find(({ messageId }) => messageId === id) ?? null
}

interface Asked {
  readonly staff: Staff
  readonly entry: Undelivered
}

/** Who asks for which entry; null when the answer is already sent: one that left the list is not there, and the list says so. */
async function ask(context: Context, request: FastifyRequest<ById>, reply: FastifyReply): Promise<Asked | null> {
  const staff = requireRole(request, reply, ...clerkRoles)
  if (staff === null) return null
  const entry = await find(context, request, staff, formId(request.params, 'id'))
  if (entry !== null) return { staff, entry }
  reply.redirect(`${path}?co=nie-ma`, 303)
  return null
}

async function contactPage(
  context: Context,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  { staff, entry }: Asked,
  typed: TypedPerson,
  errors: readonly FieldError[],
): Promise<FastifyReply> {
  const frame = await common(context, request, staff)
  return sendPage(
    reply,
    <ContactPage shell={request.shell} {...frame} entry={entry} typed={typed} errors={errors} />,
    errors.length > 0 ? 422 : 200,
  )
}

/**
 * The contact is put right and the visit told of anew, in one transaction; everything of it that had
 * not arrived is looked after. Nothing is written for a visit that is off, or an entry a colleague looked after meanwhile.
 */
async function correctContact(
  context: Context,
  staff: Staff,
  entry: Undelivered,
  { email, phone }: { readonly email: string | null; readonly phone: string | null },
): Promise<(typeof undeliveredNews)[number]> {
  const at = context.clock.now()
  return transaction(context.database, async (client) => {
    const visit = await lockVisit(client, entry.reference)
    if (visit === null || (visit.state !== 'booked' && visit.state !== 'pending')) return 'odwolana'
    const waiting = await undelivered(client, at, [entry.serviceId])
    const own = waiting.filter(({ visitId }) => visitId === visit.id).map(({ messageId }) => messageId)
    if (!own.includes(entry.messageId)) return 'nie-ma'
    await writeContact(client, visit.id, email, phone)
    await recordEvent(client, { at, visitId: visit.id, kind: 'contact-corrected', actor: actorOf(staff), channel: 'phone' })
    await noteFollowed(client, own, at, staff.accountId)
    if (visit.state === 'booked') await postJob(client, at, 'visit-booked', { visit: visit.id })
    else await postJob(client, at, 'visit-pending', { visit: visit.id, round: (await readConfirmation(client, visit.id)).round })
    return 'zrobione'
  })
}
