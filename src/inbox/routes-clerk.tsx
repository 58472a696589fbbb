/**
 * Mails as clerks answer them: the list of a unit, one thread with its answers, what was set apart.
 * A head or a desk clerk sees the own unit's, the service office all; the pages ask like the list.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import type { FieldError, Refused } from '../platform/decision.js'
import { formLines, formList, formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { parseReference } from '../platform/references.js'
import { readDay, readInstant } from '../platform/typed-time.js'
import { claimRequest, clerkTimes, findRequest, openServices, releaseRequest, type RequestRow } from '../booking/index.js'
import { directory, type Directory } from '../directory/index.js'
import { messagesOfOutbox } from '../messages/index.js'
import { requireRole, staffLinks, unitsOf, type Role, type Staff } from '../staff/index.js'
import { idempotencyField, sendPage } from '../ui/index.js'
import type { Actor } from '../visit/index.js'
import { answerMail, ownCharactersMax, type Answer } from './answer.js'
import { openThreads } from './list-store.js'
import { answerKinds, type Thread } from './model.js'
import { MailListPage, SetAsidePage } from './pages/list.js'
import { ThreadPage, type ThreadView } from './pages/thread.js'
import { keepUntilChoices, mailCloseReasons } from './rules.js'
import { mailsOf, othersOf, setAside, threadOfRequest } from './store.js'
import { bringBack } from './take.js'
import { timesOfThread } from './times-store.js'

const clerkRoles: readonly Role[] = ['service-office', 'head', 'desk', 'administrator']
const hidden = { schema: { hide: true } } as const
type ByReference = { Params: { reference: string } }

export function clerkMailRoutes(app: FastifyInstance, context: Context): void {
  const { pool } = context.database
  app.get('/praca/poczta', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const frame = await frameOf(context, request, staff)
    const units = unitsOf(staff, frame.office)
    const [threads, apart] = await Promise.all([openThreads(pool, units, frame.now), setAside(pool, units)])
    return sendPage(reply, <MailListPage shell={request.shell} view={{ ...frame, threads, apart: apart.length }} />)
  })
  app.get('/praca/poczta/odlozone', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const frame = await frameOf(context, request, staff)
    const mails = await setAside(pool, unitsOf(staff, frame.office))
    return sendPage(reply, <SetAsidePage shell={request.shell} view={{ ...frame, mails }} />)
  })
  app.post<{ Params: { mail: string } }>('/praca/poczta/odlozone/:mail', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const units = unitsOf(staff, await directory(context))
    const seen = await setAside(pool, units)
    const mail = seen.find(({ id }) => String(id) === request.params.mail)
    const made = mail === undefined ? null : await bringBack(context, mail.id, staff.accountId)
    // Brought back by a colleague a moment ago: the list no longer has it, which is what was wanted.
    // One of another unit's matter stands in that unit's list.
    const theirs = made !== null && (units === null || units.includes(made.unit_id))
    return reply.redirect(theirs ? `/praca/poczta/${made.reference}` : '/praca/poczta/odlozone', 303)
  })
  threadRoutes(app, context)
}

function threadRoutes(app: FastifyInstance, context: Context): void {
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
    await releaseRequest(context, { reference: seen.request.reference, actor: actorOf(seen.staff) })
    return reply.redirect('/praca/poczta', 303)
  })
  app.post<ByReference>('/praca/poczta/:reference/odpowiedz', hidden, async (request, reply) => {
    const seen = await withThread(request, reply)
    if (seen === null) return reply
    const { answer, errors, own, key } = readAnswer(request.body, context.clock.now())
    if (answer === null || errors.length > 0) return threadPage(context, request, reply, seen, { errors })
    const outcome = await answerMail(context, {
      reference: seen.request.reference,
      actor: actorOf(seen.staff),
      key,
      own,
      answer,
      seen: Number(formText(request.body, 'widziano', 20)),
    })
    if (!outcome.allowed) return threadPage(context, request, reply, seen, { refusal: outcome })
    return reply.redirect(`/praca/poczta/${seen.request.reference}?co=answered`, 303)
  })
}

interface Seen {
  readonly staff: Staff
  readonly request: RequestRow
  readonly thread: Thread
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

/** What a sent form answers, or what is missing in it. */
function readAnswer(
  body: unknown,
  now: Temporal.Instant,
): { answer: Answer | null; errors: readonly FieldError[]; own: string; key: string } {
  const kind = answerKinds.find((each) => each === formText(body, 'co', 10)) ?? 'question'
  const own = formLines(body, 'own', ownCharactersMax)
  const typedKey = formText(body, idempotencyField, 50)
  const key = isKey(typedKey) ? typedKey : crypto.randomUUID()
  const serviceId = formText(body, 'sprawa', 200)
  const tooLong =
    own.length > ownCharactersMax
      ? [{ field: `own-${kind}`, message: 'inbox-staff.error.own-long', values: { most: ownCharactersMax } }]
      : []
  const read = (answer: Answer | null, errors: readonly FieldError[] = []) => ({ answer, errors: [...errors, ...tooLong], own, key })
  switch (kind) {
    case 'times': {
      const starts = formList(body, 'start').flatMap((each) => readInstant(each) ?? [])
      const chosen = formText(body, 'keep', 60)
      const keep = keepUntilChoices(now).find((until) => until.toString() === chosen)
      const errors = [
        ...(starts.length === 0 ? [{ field: 'start', message: 'inbox-staff.error.start' }] : []),
        ...(keep === undefined ? [{ field: 'keep', message: 'inbox-staff.error.keep' }] : []),
      ]
      return read(keep === undefined ? null : { kind, serviceId, starts, keep }, errors)
    }
    case 'advice':
      return read({ kind, serviceId })
    case 'question':
      return read({ kind }, own.trim() === '' ? [{ field: 'own-question', message: 'inbox-staff.error.own' }] : [])
    case 'closed': {
      const reason = mailCloseReasons.find((each) => each === formText(body, 'reason', 40))
      return read(
        reason === undefined ? null : { kind, reason },
        reason === undefined ? [{ field: 'reason', message: 'inbox-staff.error.reason' }] : [],
      )
    }
  }
}

async function threadPage(
  context: Context,
  request: FastifyRequest<ByReference>,
  reply: FastifyReply,
  { staff, thread, ...seen }: Seen,
  { errors = [], refusal = null }: { errors?: readonly FieldError[]; refusal?: Refused | null },
): Promise<FastifyReply> {
  const { pool } = context.database
  const frame = await frameOf(context, request, staff)
  const now = await findRequest(pool, seen.request.reference)
  const row = now ?? seen.request
  const keeps = row.claimed_until !== null && Temporal.Instant.compare(row.claimed_until, frame.now) > 0
  const typedMatter = formText(request.body, 'sprawa', 200) || formText(request.query, 'sprawa', 200)
  const service = openServices(frame.office).find(({ id, dropOff }) => id === (typedMatter || thread.guessedServiceId) && !dropOff) ?? null
  const keep = keepUntilChoices(frame.now)
  const chosenKeep = formText(request.body, 'keep', 60)
  const mine = keeps && row.claimed_by === staff.accountId
  const [mails, others, proposed, times] = await Promise.all([
    mailsOf(pool, thread.id),
    othersOf(pool, thread.id),
    timesOfThread(pool, thread.id),
    mine && service !== null ? clerkTimes(context, { serviceId: service.id }, readDay(formText(request.query, 'od', 10))) : null,
  ])
  const view: ThreadView = {
    ...frame,
    request: row,
    thread: (await threadOfRequest(pool, row.reference)) ?? thread,
    mails,
    messages: await messagesOfOutbox(
      pool,
      mails.flatMap(({ outboxId }) => outboxId ?? []),
    ),
    others,
    proposed,
    mine,
    claimedBy: keeps && !mine ? row.claimed_name : null,
    service,
    times,
    keep,
    key: crypto.randomUUID(),
    typed: {
      kind: formText(request.body, 'co', 10),
      own: formLines(request.body, 'own', ownCharactersMax),
      starts: formList(request.body, 'start'),
      keep: chosenKeep || (keep[1] ?? keep[0])?.toString() || '',
    },
    errors,
    refusal,
    said: formText(request.query, 'co', 10) === 'answered' ? 'answered' : null,
  }
  return sendPage(reply, <ThreadPage shell={request.shell} view={view} />, errors.length > 0 ? 422 : refusal !== null ? 409 : 200)
}

async function frameOf(
  context: Context,
  request: FastifyRequest,
  staff: Staff,
): Promise<{ office: Directory; links: ThreadView['links']; now: Temporal.Instant }> {
  const office = await directory(context)
  return { office, links: staffLinks(request.shell.t, staff, office), now: context.clock.now() }
}

function actorOf({ accountId }: Staff): Actor {
  return `account:${accountId}`
}
