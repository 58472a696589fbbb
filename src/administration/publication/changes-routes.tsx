/** `/praca/co-sie-zmienia`: what changes when, for whoever works here, and that it was read. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { directory } from '../../directory/index.js'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { ruleBook } from '../../regulation/index.js'
import { accountsOf, hasRole, requireRole, roles, staffLinks, type Staff } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { hidden, notFound } from '../acts/desk.js'
import { writers } from '../acts/model.js'
import { slugOf } from '../acts/rules.js'
import { changesAround, placeOf, touches } from './acts.js'
import { ChangesPage } from './changes-page.js'
import { versionIn } from './forms.js'
import { readBy, writeRead } from './store.js'
import { worksIn } from './tasks.js'

export function changesRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/co-sie-zmienia', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...roles)
    return staff === null ? reply : show(context, request, reply, staff, false)
  })

  app.post('/praca/co-sie-zmienia', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...roles)
    if (staff === null) return reply
    const version = versionIn(request.body, await ruleBook(context))
    if (version === null) return notFound(reply)
    const written = version.newest && (await writeRead(context.database.pool, version.act, staff.accountId, context.clock.now()))
    if (!written) return show(context, request, reply, staff, true)
    return reply.redirect(`/praca/co-sie-zmienia#${slugOf(version.act.id)}`, 303)
  })
}

async function show(context: Context, request: FastifyRequest, reply: FastifyReply, staff: Staff, changed: boolean): Promise<FastifyReply> {
  const [office, book, readers] = await Promise.all([directory(context), ruleBook(context), readBy(context.database.pool)])
  const place = placeOf(staff, office)
  const looks = hasRole(staff, writers)
  const accounts = looks ? (await accountsOf(context, roles)).filter((account) => worksIn(account, office, place)) : null
  const view = {
    links: staffLinks(request.shell.t, staff, office),
    office,
    today: officeDay(context.clock.now()).toString(),
    whole: place === null,
    changed,
    changes: changesAround(book, officeDay(context.clock.now())).map((change) => {
      const read = readers.get(change.act.id)
      return {
        ...change,
        own: change.provisions.filter(({ scope }) => touches(scope, office, place)),
        readAt: read?.get(staff.accountId) ?? null,
        // Who works there and has not read it; null for those who need not know.
        unread: accounts?.filter(({ id }) => read?.has(id) !== true).map(({ name }) => name) ?? null,
        of: accounts?.length ?? 0,
      }
    }),
  }
  return sendPage(reply, <ChangesPage shell={request.shell} view={view} />, changed ? 409 : 200)
}
