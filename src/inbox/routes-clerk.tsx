/**
 * Mails as clerks see them: the list of a unit, the way to the next that waits, what was set apart.
 * A head or a desk clerk sees the own unit's, the service office all; the pages ask like the list.
 */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.js'
import { formText } from '../platform/http/form.js'
import { parseReference } from '../platform/references.js'
import { directory } from '../directory/index.js'
import { requireRole, unitsOf } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { openThreads } from './list-store.js'
import { claimNext } from './next.js'
import { listNews, MailListPage, SetAsidePage } from './pages/list.js'
import { actorOf, clerkRoles, frameOf, hidden } from './routes-frame.js'
import { threadRoutes } from './routes-thread.js'
import { setAside } from './store.js'
import { bringBack } from './take.js'

export function clerkMailRoutes(app: FastifyInstance, context: Context): void {
  const { pool } = context.database
  app.get('/praca/poczta', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const frame = await frameOf(context, request, staff)
    const units = unitsOf(staff, frame.office)
    const [threads, apart] = await Promise.all([openThreads(pool, units, frame.now), setAside(pool, units)])
    const said = listNews.find((each) => each === formText(request.query, 'co', 20)) ?? null
    // Given back a moment ago: the next is the one behind it.
    const after = parseReference(formText(request.query, 'po', 10))
    return sendPage(reply, <MailListPage shell={request.shell} view={{ ...frame, threads, apart: apart.length, said, after }} />)
  })
  app.post('/praca/poczta/nastepny', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...clerkRoles)
    if (staff === null) return reply
    const unitIds = unitsOf(staff, await directory(context))
    const after = parseReference(formText(request.body, 'po', 10))
    const next = await claimNext(context, { actor: actorOf(staff), accountId: staff.accountId, unitIds, after })
    return reply.redirect(next === null ? '/praca/poczta?co=none-free' : `/praca/poczta/${next}`, 303)
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
