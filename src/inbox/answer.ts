/**
 * A clerk's answer to a thread, in one transaction: the mail and its row of the outbox, the times it
 * keeps, and what becomes of the request. Whoever is second, by the claim or by the lock of the
 * request, is refused and nothing is written.
 */
import { announcePlaces } from '../calendar/index.js'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import type { Queryable } from '../platform/database.js'
import { refuse, setting, type Refused } from '../platform/decision.js'
import { commandHash, keepAnswer, keptAnswer } from '../platform/idempotency.js'
import type { Translate } from '../platform/words.js'
import { directory, type Service } from '../directory/index.js'
import {
  accountOf,
  bookable,
  claimedByOther,
  contactsOf,
  endRequest,
  guarded,
  holdProposed,
  lockContacts,
  lockRequest,
  lostRace,
  type Bookable,
  type RequestRow,
} from '../booking/index.js'
import { officeWords, wordings } from '../messages/index.js'
import { ruleBook } from '../regulation/index.js'
import { endVisit, lockVisit, recordEvent, type Actor } from '../visit/index.js'
import type { Thread } from './model.js'
import { eraseDay, keptUntil, proposedMax, type MailCloseReason } from './rules.js'
import { send } from './send.js'
import { lastMailOf, threadOfRequest, writeAnswered } from './store.js'
import { adviceText, offeredText, type Law, type Offered } from './text.js'
import { insertTime, keptFor, timesOfThread } from './times-store.js'

/** What is answered. */
export type Answer =
  | { readonly kind: 'times'; readonly serviceId: string; readonly starts: readonly Temporal.Instant[]; readonly keep: Temporal.Instant }
  | { readonly kind: 'advice'; readonly serviceId: string }
  | { readonly kind: 'question' }
  | { readonly kind: 'closed'; readonly reason: MailCloseReason }

export interface AnswerCommand {
  readonly reference: string
  readonly actor: Actor
  readonly key: string
  /** Sentences of the clerk's own, before the rest; a question has nothing else. */
  readonly own: string
  readonly answer: Answer
  /** Number of the last mail of the thread the clerk saw: what came or was answered since is read first. */
  readonly seen: number
}

export interface Answered {
  readonly allowed: true
  readonly code: 'done'
}

const done: Answered = { allowed: true, code: 'done' }
/** Longest text of a clerk's own. */
export const ownCharactersMax = 5_000

/** Answers a thread; sent twice with its key it is answered once. */
export async function answerMail(context: Context, command: AnswerCommand): Promise<Answered | Refused> {
  const now = context.clock.now()
  const { key, actor, ...body } = command
  const hash = commandHash('answer-mail', body)
  const [office, book, own] = await Promise.all([directory(context), ruleBook(context), wordings(context)])
  const { answer } = command
  const found = answer.kind === 'times' ? await bookable(context, { serviceId: answer.serviceId }) : null
  const service = 'serviceId' in answer ? (office.services.get(answer.serviceId) ?? null) : null
  if ('serviceId' in answer && (service === null || service.closed || (answer.kind === 'times' && found === null)))
    return refuse('unknown-service')
  const days = new Set<string>()
  const outcome = await guarded(
    context.database,
    async (client): Promise<Answered | Refused> => {
      const request = await lockRequest(client, command.reference)
      const kept = await keptAnswer(client, key, hash)
      if (kept !== null) return kept === 'reused' ? refuse('key-reused') : done
      const thread = request === null ? null : await threadOfRequest(client, command.reference)
      if (request === null || thread === null) return refuse('unknown-request')
      if (request.state !== 'open') return refuse('request-ended')
      const no = claimedByOther(request, actor, now)
      if (no !== null) return no
      if ((await lastMailOf(client, thread.id)) !== command.seen) return refuse('thread-changed')
      if (request.person_email === null) return refuse('no-address')
      await client.query('savepoint answering')
      const given = await give({
        context,
        client,
        request,
        thread,
        command,
        law: { office, book, own },
        found,
        service,
        now,
        email: request.person_email,
        days,
      })
      if (!given.allowed) {
        await client.query('rollback to savepoint answering')
        return given
      }
      await keepAnswer(client, key, hash, { status: 200, answer: { reference: request.reference } }, now)
      return done
    },
    lostRace(office.office.settings),
  )
  // Also after a refusal: times tried and given back were marked in this process.
  for (const day of days) if (answer.kind === 'times') announcePlaces(context.changes, answer.serviceId, Temporal.PlainDate.from(day))
  return outcome
}

interface Giving {
  readonly context: Context
  readonly client: Queryable
  readonly request: RequestRow
  readonly thread: Thread
  readonly command: AnswerCommand
  readonly law: Law
  readonly found: Bookable | null
  readonly service: Service | null
  readonly now: Temporal.Instant
  readonly email: string
  /** Days whose places change. */
  readonly days: Set<string>
}

async function give(giving: Giving): Promise<Answered | Refused> {
  const { context, client, request, thread, command, now, email } = giving
  const { answer, actor } = command
  // What was proposed before is answered anew: its times go back first, so that they can be proposed again.
  if (answer.kind !== 'question') await freeProposed(giving)
  const held = answer.kind === 'times' ? await holdTimes(giving, answer) : []
  if (!Array.isArray(held)) return held
  const t = officeWords(giving.law.own, request.language)
  const mailId = await send(context, client, {
    thread,
    reference: request.reference,
    answer: answer.kind,
    to: email,
    t,
    body: bodyOf(t, giving, held).join('\n\n'),
    accountId: accountOf(actor),
    now,
    eraseOn: eraseDay(giving.law.office.office.settings, now),
  })
  for (const [nth, { reference, until }] of held.entries()) await insertTime(client, { mailId, ordinal: nth + 1, reference, until })
  const event = { at: now, actor, channel: 'email', details: { request: request.id, mail: mailId } }
  await recordEvent(client, { ...event, kind: 'request-answered', reason: answer.kind })
  // Until the citizen writes or accepts, nobody in the office is waited for.
  await writeAnswered(client, thread.id, now)
  await client.query('update request set claimed_by = null, claimed_until = null where id = $1', [request.id])
  if (answer.kind === 'advice' || answer.kind === 'closed') {
    const state = answer.kind === 'advice' ? 'settled' : 'closed'
    const reason = answer.kind === 'advice' ? 'by-email' : answer.reason
    await endRequest(client, request.id, { state, at: now, actor, reason, visitId: null, eraseOn: null })
    await recordEvent(client, { ...event, kind: state === 'settled' ? 'request-settled' : 'request-closed', reason })
  }
  return done
}

interface Held extends Offered {
  readonly reference: string
}

/** Keeps each time, all or none. */
async function holdTimes(giving: Giving, { starts, keep }: Extract<Answer, { kind: 'times' }>): Promise<Held[] | Refused> {
  const { context, client, found, request, command, thread, now, email, law } = giving
  const { 'proposed-per-contact': limit, 'proposed-back-minutes': backMinutes } = law.office.office.settings
  if (found === null) return refuse('unknown-service')
  const wanted = inOrder(starts)
  if (wanted.length === 0 || wanted.length > proposedMax) return refuse('times-count', [], [], { most: proposedMax })
  // One answer at a time to one contact: what is kept for it is counted before more is kept.
  await lockContacts(client, contactsOf(context, { name: null, email, phone: null }))
  const others = await keptFor(client, { email, otherThan: thread.id, now })
  if (others + wanted.length > limit) return refuse('limit-proposed', [setting('proposed-per-contact')], [], { limit, kept: others })
  const held: Held[] = []
  for (const start of wanted) {
    const until = keptUntil(start, keep, { now, backMinutes })
    if (until === null) return refuse('time-too-soon', [setting('proposed-back-minutes')])
    giving.days.add(officeDay(start).toString())
    const outcome = await holdProposed(context, client, found, { start, until, language: request.language, actor: command.actor, now })
    if (!outcome.allowed) return outcome
    held.push({ reference: outcome.reference, start, until })
  }
  return held
}

/** Each start once, the earliest first: as they are kept and as the mail names them. */
export function inOrder(starts: readonly Temporal.Instant[]): readonly Temporal.Instant[] {
  return [...new Map(starts.map((start) => [start.epochMilliseconds, start])).values()].toSorted((a, b) => Temporal.Instant.compare(a, b))
}

async function freeProposed({ client, thread, command, now, days }: Giving): Promise<void> {
  for (const time of await timesOfThread(client, thread.id)) {
    const visit = time.state === 'held' ? await lockVisit(client, time.reference) : null
    if (visit === null || visit.state !== 'held') continue
    days.add(visit.day.toString())
    await endVisit(client, visit, { state: 'expired', at: now, actor: command.actor, channel: 'email', reason: 'answered-anew' })
  }
}

/** What an answer says, in paragraphs: as it is sent, and as its preview shows it. */
export function bodyOf(
  t: Translate,
  {
    command: { own, answer },
    law,
    service,
    now,
  }: Pick<Giving, 'law' | 'service' | 'now'> & { command: Pick<AnswerCommand, 'own' | 'answer'> },
  held: readonly Offered[],
): string[] {
  const lines = [t('inbox-messages.hello'), ...(own.trim() === '' ? [] : [own.trim()])]
  switch (answer.kind) {
    case 'times':
      return [...lines, ...(service === null ? [] : offeredText(t, law.office, service, held))]
    case 'advice':
      return [...lines, ...(service === null ? [] : adviceText(t, law, service, now)), t('inbox-messages.again')]
    case 'question':
      return [...lines, t('inbox-messages.question')]
    case 'closed':
      return [...lines, t(`inbox-messages.closed.${answer.reason}`), t('inbox-messages.again')]
  }
}
