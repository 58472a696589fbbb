/**
 * One thread and its answer. The form comes back by a POST with everything that was chosen and typed,
 * whatever was asked for or wrong: no address ever holds what a clerk writes.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { refuse, type FieldError, type Refused } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { parseReference } from '../platform/references.js'
import {
  claimRequest,
  clerkTimes,
  emailCharactersMax,
  findRequest,
  keepForBack,
  openServices,
  readEmail,
  releaseRequest,
  type RequestRow,
  type TimesShown,
} from '../booking/index.js'
import { directory, type Directory, type Service } from '../directory/index.js'
import { messagesOfOutbox, type Letter } from '../messages/index.js'
import { requireRole, unitsOf, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { correctAddress } from './address.js'
import { answerMail } from './answer.js'
import { answerOf, emptyAnswer, readTypedAnswer, type TypedAnswer } from './answer-form.js'
import { waitingReferences } from './list-store.js'
import type { Thread } from './model.js'
import { AddressPage } from './pages/address.js'
import { ThreadPage, type ThreadView } from './pages/thread.js'
import { previewAnswer } from './preview.js'
import { actorOf, clerkRoles, frameOf, hidden } from './routes-frame.js'
import { keepUntilChoices, mayPropose, timesMost } from './rules.js'
import { mailsOf, othersOf, threadOfRequest } from './store.js'
import { timesOfThread } from './times-store.js'

/** With room for what is too long to be sent, so that it can come back; a sign takes up to nine bytes of a form. */
const roomy = { ...hidden, bodyLimit: 1024 * 1024 } as const

type ByReference = { Params: { reference: string } }

interface Seen {
  readonly staff: Staff
  readonly request: RequestRow
  readonly thread: Thread
}

/** What a page of a thread shows besides the thread. */
interface Shown {
  /** The form as it came; without it the page was opened anew. */
  readonly form?: { readonly typed: TypedAnswer; readonly seen: number }
  readonly preview?: Letter
  /** Part of the form that was asked for. */
  readonly asked?: ThreadView['asked']
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refused | null
}

export function threadRoutes(app: FastifyInstance, context: Context): void {
  const withThread = async (request: FastifyRequest<ByReference>, reply: FastifyReply): Promise<Seen | null> => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return null
    const seen = await seenThread(context, staff, request.params.reference)
    if (seen === null) reply.callNotFound()
    return seen
  }
  app.get<ByReference>('/praca/poczta/:reference', hidden, async (request, reply) => {
    const seen = await withThread(request, reply)
    return seen === null ? reply : threadPage(context, request, reply, seen, {})
  })
  app.post<ByReference>('/praca/poczta/:reference/odpowiadam', hidden, async (request, reply) => {
    const seen = await withThread(request, reply)
    if (seen === null) return reply
    const outcome = await claimRequest(context, { reference: seen.request.reference, actor: actorOf(seen.staff) })
    if (!outcome.allowed) return threadPage(context, request, reply, seen, { refusal: outcome })
    return reply.redirect(`/praca/poczta/${seen.request.reference}`, 303)
  })
  app.post<ByReference>('/praca/poczta/:reference/oddaje', hidden, async (request, reply) => {
    const seen = await withThread(request, reply)
    if (seen === null) return reply
    const { reference } = seen.request
    await releaseRequest(context, { reference, actor: actorOf(seen.staff) })
    return reply.redirect(`/praca/poczta?co=given-back&po=${reference}`, 303)
  })
  app.get<ByReference>('/praca/poczta/:reference/adres', hidden, async (request, reply) => {
    const seen = await withThread(request, reply)
    return seen === null ? reply : addressPage(context, request, reply, seen, seen.request.person_email ?? '')
  })
  app.post<ByReference>('/praca/poczta/:reference/adres', hidden, async (request, reply) => {
    const seen = await withThread(request, reply)
    if (seen === null) return reply
    const typed = formText(request.body, 'email', emailCharactersMax)
    const email = readEmail(typed)
    if (email === null) return addressPage(context, request, reply, seen, typed, [{ field: 'email', message: 'booking.error.email-wrong' }])
    const { reference } = seen.request
    const outcome = await correctAddress(context, { reference, email, actor: actorOf(seen.staff) })
    if (!outcome.allowed) return threadPage(context, request, reply, seen, { refusal: outcome })
    return reply.redirect(`/praca/poczta/${reference}?co=address`, 303)
  })
  app.post<ByReference>('/praca/poczta/:reference/odpowiedz', roomy, async (request, reply) => {
    const seen = await withThread(request, reply)
    return seen === null ? reply : answer(context, request, reply, seen)
  })
}

/** What the pressed button asks of the form: to be sent, to be seen as it will be sent, or to be shown with another matter or other days. */
async function answer(context: Context, request: FastifyRequest, reply: FastifyReply, seen: Seen): Promise<FastifyReply> {
  const now = context.clock.now()
  const { step, ...form } = readTypedAnswer(request.body)
  const { typed } = form
  const [reference, actor] = [seen.request.reference, actorOf(seen.staff)]
  const again = async (shown: Omit<Shown, 'form'>): Promise<FastifyReply> => {
    // Who chooses and looks still answers: the claim runs anew.
    const claimed = await claimRequest(context, { reference, actor })
    return threadPage(context, request, keepForBack(reply), seen, {
      refusal: claimed.allowed ? null : claimed,
      ...shown,
      form,
    })
  }
  if (step === 'form' || step === 'times') return again({ asked: step })
  const office = await directory(context)
  const read = answerOf(typed, matterOf(office, typed.serviceId), { now, most: timesMost(office.office.settings) })
  if ('errors' in read) return again({ errors: read.errors })
  const said = { own: typed.own, answer: read.answer }
  if (step === 'preview') {
    const letter = await previewAnswer(context, seen, said)
    return again('lines' in letter ? { preview: letter } : { refusal: letter })
  }
  const outcome = await answerMail(context, { ...said, reference, actor, key: typed.key, seen: form.seen })
  return outcome.allowed ? reply.redirect(`/praca/poczta/${reference}?co=answered`, 303) : again({ refusal: outcome })
}

/** The thread, when it stands in a list this person sees. */
async function seenThread(context: Context, staff: Staff, typed: string): Promise<Seen | null> {
  const reference = parseReference(typed)
  const { pool } = context.database
  const request = reference === null ? null : await findRequest(pool, reference)
  const thread = request === null ? null : await threadOfRequest(pool, request.reference)
  if (request === null || thread === null) return null
  const units = unitsOf(staff, await directory(context))
  return units === null || units.includes(request.unit_id) ? { staff, request, thread } : null
}

/** A matter times are proposed or advice is given for. */
function matterOf(office: Directory, id: string): Service | null {
  return openServices(office).find((service) => service.id === id && !service.dropOff) ?? null
}

/** The free times that can be proposed: none that begins before it could be answered. */
async function proposable(
  context: Context,
  { id }: Service,
  { from, starts }: TypedAnswer,
  at: Parameters<typeof mayPropose>[1],
): Promise<TimesShown> {
  const times = await clerkTimes(context, { serviceId: id }, from, starts)
  return { ...times, days: times.days.map((day) => ({ ...day, starts: day.starts.filter(({ start }) => mayPropose(start, at)) })) }
}

async function addressPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { staff, request: { reference } }: Seen,
  typed: string,
  errors: readonly FieldError[] = [],
): Promise<FastifyReply> {
  const { links } = await frameOf(context, request, staff)
  const view = { links, reference, typed, errors }
  return sendPage(reply, <AddressPage shell={request.shell} view={view} />, errors.length > 0 ? 422 : 200)
}

async function threadPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { staff, ...before }: Seen,
  { form, errors = [], preview, asked = null, ...shown }: Shown,
): Promise<FastifyReply> {
  const { pool } = context.database
  const frame = await frameOf(context, request, staff)
  const { now, office } = frame
  // As they stand now: a colleague may have taken or ended it a moment ago.
  const row = (await findRequest(pool, before.request.reference)) ?? before.request
  const thread = (await threadOfRequest(pool, row.reference)) ?? before.thread
  const keeps = row.claimed_until !== null && Temporal.Instant.compare(row.claimed_until, now) > 0
  const mine = row.state === 'open' && keeps && row.claimed_by === staff.accountId
  const typed = form?.typed ?? emptyAnswer(thread.guessedServiceId, now)
  const service = matterOf(office, typed.serviceId)
  const [mails, others, proposed, waiting, times] = await Promise.all([
    mailsOf(pool, thread.id),
    othersOf(pool, thread.id),
    timesOfThread(pool, thread.id),
    mine ? [] : waitingReferences(pool, { unitIds: unitsOf(staff, office), accountId: staff.accountId, now }),
    mine && service !== null
      ? proposable(context, service, typed, { now, backMinutes: office.office.settings['proposed-back-minutes'] })
      : null,
  ])
  const last = mails.at(-1)?.id ?? 0
  // Whatever the form was sent for: what came meanwhile is in sight now, and is read before anything is sent.
  const changed = form !== undefined && form.seen !== last ? refuse('thread-changed') : null
  const refusal = shown.refusal ?? changed
  const view: ThreadView = {
    ...frame,
    request: row,
    thread,
    mails,
    messages: await messagesOfOutbox(
      pool,
      mails.flatMap(({ outboxId }) => outboxId ?? []),
    ),
    others,
    proposed,
    mine,
    claimedBy: keeps && row.claimed_by !== staff.accountId ? row.claimed_name : null,
    claimedUntil: row.claimed_until,
    waiting: waiting.filter((reference) => reference !== row.reference).length,
    service,
    times,
    keep: keepUntilChoices(now),
    // A refused answer may be another one next time; whatever else comes back is the same answer still.
    typed: refusal === null ? typed : { ...typed, key: crypto.randomUUID() },
    last,
    preview: refusal === null ? (preview ?? null) : null,
    asked: refusal === null ? asked : null,
    errors,
    refusal,
    corrected: formText(request.query, 'co', 10) === 'address',
    said: formText(request.query, 'co', 10) === 'answered' ? (mails.findLast(({ kind }) => kind === 'answer')?.answer ?? null) : null,
  }
  return sendPage(reply, <ThreadPage shell={request.shell} view={view} />, errors.length > 0 ? 422 : refusal !== null ? 409 : 200)
}
