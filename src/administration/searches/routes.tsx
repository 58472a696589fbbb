/** `/praca/wyszukiwania`: who of the staff looked people up. For the administrator. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.js'
import { formId } from '../../platform/http/form.js'
import { directory } from '../../directory/index.js'
import { requireRole, staffLinks } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { SearchesPage } from './page.js'
import { peopleSearches } from './store.js'

export function searchRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/wyszukiwania', { schema: { hide: true } }, async (request, reply) => {
    const staff = requireRole(request, reply, 'administrator')
    if (staff === null) return reply
    const office = await directory(context)
    const found = await peopleSearches(context.database.pool, formId(request.query, 'przed'))
    const view = { links: staffLinks(request.shell.t, staff, office), office, ...found }
    return sendPage(reply, <SearchesPage shell={request.shell} view={view} />)
  })
}
