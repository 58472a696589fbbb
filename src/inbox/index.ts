/** The face of the slice: mailboxes read, mails as requests, answers with proposed times. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.js'
import type { Listed } from '../booking/index.js'
import { guessesOf } from './list-store.js'
import { clerkMailRoutes } from './routes-clerk.js'
import { timeRoutes } from './routes-time.js'
import { lastUndelivered } from './undelivered-store.js'

export { acceptTime, type Accepted } from './accept.js'
export { answerMail, type Answer, type AnswerCommand } from './answer.js'
export { inboxComposers } from './composers.js'
export { inboxDuties } from './duties.js'
export { readMailboxes, type Mailbox, type MailboxFacts } from './mailboxes.js'
export { receiveMail } from './receive.js'
export { startInbox } from './start.js'
export { lastMailOf, mailboxesKept, threadOfRequest, writeMailboxes } from './store.js'
export type { OnBounce, Taken } from './take.js'

/** What the one list of requests shows of the mails in it. */
export function mailFacts({ database: { pool } }: Pick<Context, 'database'>): Pick<Listed, 'guesses' | 'undelivered'> {
  return { guesses: (requestIds) => guessesOf(pool, requestIds), undelivered: (requestIds) => lastUndelivered(pool, requestIds) }
}

export function inboxRoutes(app: FastifyInstance, context: Context): void {
  clerkMailRoutes(app, context)
  timeRoutes(app, context)
}
