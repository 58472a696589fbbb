/**
 * The mailbox of the demonstration: every message as its person would read it, the newest first.
 * In a real office there is no such page. Whom one looks for is sent in a form, never in an address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { formId, formText } from '../platform/http/form.js'
import { directory } from '../directory/index.js'
import { sendPage } from '../ui/index.js'
import { smsRules } from './content/sms.js'
import { mailboxWays } from './deliveries.js'
import { letterOf } from './letter.js'
import { MailboxPage } from './pages/mailbox.js'
import { reportRoutes } from './reports.js'
import { recipients, sentMessages } from './store.js'
import { unreachedRoutes } from './unreached/routes.js'

const shown = 30
const recipientsShown = 200
const hidden = { schema: { hide: true } } as const

export function messageRoutes(app: FastifyInstance, context: Context): void {
  reportRoutes(app, context)
  unreachedRoutes(app, context)
  if (mailboxWays(context).length === 0) return
  app.get('/skrzynka', hidden, async (request, reply) => sendMailbox(context, request, reply, null))
  app.post('/skrzynka', hidden, async (request, reply) => {
    const to = formText(request.body, 'adresat', 260)
    return sendMailbox(context, request, reply, to === '' ? null : to)
  })
}

async function sendMailbox(context: Context, request: FastifyRequest, reply: FastifyReply, to: string | null): Promise<FastifyReply> {
  const { pool } = context.database
  const before = formId(request.query, 'przed')
  const ways = mailboxWays(context)
  const [rows, everybody] = await Promise.all([
    sentMessages(pool, ways, { before, to, most: shown + 1 }),
    recipients(pool, ways, recipientsShown),
  ])
  const letters = rows
    .slice(0, shown)
    .map((row) => letterOf(context, row))
    .filter((letter) => letter !== null)
  const older = to === null && rows.length > shown ? (letters.at(-1)?.id ?? null) : null
  const sms = smsRules((await directory(context)).office)
  return sendPage(
    reply,
    <MailboxPage
      shell={request.shell}
      sms={sms}
      letters={letters}
      recipients={everybody}
      chosen={to}
      older={older}
      writes={ways.includes('email')}
    />,
  )
}
