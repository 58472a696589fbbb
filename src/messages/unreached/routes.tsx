/** `/praca/wiadomosci`: what did not arrive, how each way is, and sending again. For the administrator. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formId, formText } from '../../platform/http/form.js'
import { directory } from '../../directory/index.js'
import { requireRole, staffLinks, type Staff } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { sendsBy } from '../deliveries.js'
import { messageReasons, messageWays, uncomposed, type MessageReason, type MessageWay } from '../model.js'
import { reportPath } from '../names.js'
import { noWay, UnreachedPage } from '../pages/unreached.js'
import { resend, unreachedKinds, unreachedMessages, waysNow, type Chosen } from './store.js'

const hidden = { schema: { hide: true } } as const
const base = '/praca/wiadomosci'
const shown = 50
/** Sent again by one press: more press again. */
const resentMost = 1_000

export function unreachedRoutes(app: FastifyInstance, context: Context): void {
  app.get(base, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, 'administrator')
    return staff === null ? reply : send(context, request, reply, staff, [])
  })

  app.post(base, hidden, async (request, reply) => {
    const staff = requireRole(request, reply, 'administrator')
    if (staff === null) return reply
    const chosen = chosenIn(request.body)
    if (chosen === null) return send(context, request, reply, staff, [{ field: 'wiadomosc', message: 'messages-staff.error.none' }])
    const { pool } = context.database
    const count = await resend(pool, chosen, { accountId: staff.accountId, now: context.clock.now(), most: resentMost })
    return reply.redirect(`${base}?ponownie=${count}`, 303)
  })
}

/** `wiadomosc=17`, or `rodzaj=sms.uncertain`; `nieulozone` is of no way. */
function chosenIn(body: unknown): Chosen | null {
  const id = formId(body, 'wiadomosc')
  if (id !== null) return { id }
  const [way = '', reason = ''] = formText(body, 'rodzaj', 60).split('.')
  if (way === noWay && uncomposed.some((each) => each === reason)) return { way: null, reason }
  const known = messageWays.includes(way as MessageWay) && messageReasons.includes(reason as MessageReason)
  return known ? { way, reason } : null
}

async function send(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  staff: Staff,
  errors: readonly FieldError[],
): Promise<FastifyReply> {
  const { pool } = context.database
  const sends = sendsBy(context)
  const ways = messageWays.filter((way) => sends[way])
  const [office, now, kinds, messages] = await Promise.all([
    directory(context),
    waysNow(pool, ways),
    unreachedKinds(pool),
    unreachedMessages(pool, shown),
  ])
  const resent = formText(request.query, 'ponownie', 5)
  const view = {
    links: staffLinks(request.shell.t, staff, office),
    errors,
    ways: now,
    without: messageWays.filter((way) => !sends[way]),
    kinds,
    messages,
    // SMSAPI is told it with each message; somebody types it into a gateway.
    reports: context.waysOut.sms?.provider === 'smseagle' ? context.publicUrl + reportPath(context) : null,
    resent: /^\d{1,5}$/.test(resent) ? Number(resent) : null,
  }
  return sendPage(reply, <UnreachedPage shell={request.shell} view={view} />, errors.length > 0 ? 422 : 200)
}
