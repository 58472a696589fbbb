/** `/praca/kontakty`: whoever heads a unit says that its phone, e-mail and room are still right. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import { formList } from '../../platform/http/form.js'
import { confirmContacts, confirmedOn, directory, staleUnits } from '../../directory/index.js'
import { hasRole, requireRole, staffLinks, unitsHeaded, type Role, type Staff } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { ContactsPage } from './page.js'

const hidden = { schema: { hide: true } } as const
const confirmers: readonly Role[] = ['head', 'secretary', 'administrator']

export function contactsRoutes(app: FastifyInstance, context: Context): void {
  async function show(request: FastifyRequest, reply: FastifyReply, staff: Staff, error: string | null): Promise<FastifyReply> {
    const office = await directory(context)
    const own = await unitsToConfirm(context, staff)
    const units = [...office.units.values()].filter(({ id, closed }) => !closed && (own === null || own.includes(id)))
    const view = {
      links: staffLinks(request.shell.t, staff, office),
      office,
      units,
      confirmed: await confirmedOn(context),
      today: officeDay(context.clock.now()),
      error,
    }
    return sendPage(reply, <ContactsPage shell={request.shell} view={view} />, error === null ? 200 : 422)
  }

  app.get('/praca/kontakty', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...confirmers)
    return staff === null ? reply : show(request, reply, staff, null)
  })

  app.post('/praca/kontakty', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...confirmers)
    if (staff === null) return reply
    const own = await unitsToConfirm(context, staff)
    const { units } = await directory(context)
    const ids = formList(request.body, 'jednostka', 300).filter(
      (id) => units.get(id)?.closed === false && (own === null || own.includes(id)),
    )
    if (ids.length === 0) return show(request, reply, staff, 'administration-contacts-staff.error.none')
    await confirmContacts(context, ids, staff.accountId)
    return reply.redirect('/praca/kontakty', 303)
  })
}

/** Units whose contacts the person confirms; null: all. */
async function unitsToConfirm(context: Context, staff: Staff): Promise<readonly string[] | null> {
  return unitsHeaded(staff, await directory(context))
}

/** How many units of this person wait to be confirmed. */
export async function contactsToConfirm(context: Context, staff: Staff): Promise<number> {
  if (!hasRole(staff, confirmers)) return 0
  const office = await directory(context)
  return staleUnits(office, await unitsToConfirm(context, staff), await confirmedOn(context), officeDay(context.clock.now())).length
}
