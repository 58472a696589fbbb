/** The face of the slice: mailboxes read, mails as requests, answers with proposed times. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.js'
import { clerkMailRoutes } from './routes-clerk.js'
import { timeRoutes } from './routes-time.js'

export { acceptTime, type Accepted } from './accept.js'
export { answerMail, type Answer, type AnswerCommand } from './answer.js'
export { inboxComposers } from './composers.js'
export { inboxDuties } from './duties.js'
export { guessesOf } from './list-store.js'
export { readMailboxes, type Mailbox, type MailboxFacts } from './mailboxes.js'
export { receiveMail } from './receive.js'
export { startInbox } from './start.js'
export { lastMailOf, mailboxesKept, threadOfRequest, writeMailboxes } from './store.js'
export type { OnBounce, Taken } from './take.js'

export function inboxRoutes(app: FastifyInstance, context: Context): void {
  clerkMailRoutes(app, context)
  timeRoutes(app, context)
}
