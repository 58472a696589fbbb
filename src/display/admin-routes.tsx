/** `/praca/ekrany`: the administrator makes the addresses of screens. Nothing is kept: the address says it all. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.js'
import { formText } from '../platform/http/form.js'
import { sendPage } from '../ui/index.js'
import { directory } from '../directory/index.js'
import { requireRole, staffLinks } from '../staff/index.js'
import { ScreensAdminPage } from './pages/screens-admin.js'
import { servedBuildings } from './queues.js'
import { readSettings, screenFields, settingsQuery } from './settings.js'

const fields = ['budynek', ...screenFields]

export function screenAdminRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/ekrany', { schema: { hide: true } }, async (request, reply) => {
    const staff = requireRole(request, reply, 'administrator')
    if (staff === null) return reply
    const office = await directory(context)
    const buildings = servedBuildings(office)
    const said = fields.map((field) => [field, formText(request.query, field, 400)] as const)
    const sent = said.some(([, text]) => text !== '')
    const typed = sent ? Object.fromEntries(said) : {}
    const view = { links: staffLinks(request.shell.t, staff, office), office, buildings, typed, errors: [], address: null }
    if (!sent) return sendPage(reply, <ScreensAdminPage shell={request.shell} view={view} />)
    const building = buildings.find(({ id }) => id === typed['budynek'])
    const settings =
      building === undefined
        ? { errors: [{ field: 'budynek', message: 'display-staff.error.building' }] }
        : readSettings(request.query, office, building.id)
    if ('errors' in settings || building === undefined) {
      const errors = 'errors' in settings ? settings.errors : []
      return sendPage(reply, <ScreensAdminPage shell={request.shell} view={{ ...view, errors }} />, 422)
    }
    const address = `${context.publicUrl}/ekran/${encodeURIComponent(building.id)}${settingsQuery(settings)}`
    return sendPage(reply, <ScreensAdminPage shell={request.shell} view={{ ...view, address }} />)
  })
}
