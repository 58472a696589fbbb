/** What a kiosk printed today, for the staff: what failed, and a copy for whoever needs one. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { instantOf, officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { formId } from '../platform/http/form.js'
import { findDevice, type Device } from '../device/index.js'
import { directory } from '../directory/index.js'
import { requireRole, staffLinks } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { PrintsPage } from './pages/prints.js'
import { askForCopy } from './print/jobs.js'
import { listJobs } from './print/store.js'

const hidden = { schema: { hide: true } } as const
type OfDevice = FastifyRequest<{ Params: { id: string } }>

export function kioskStaffRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/urzadzenia/:id/wydruki', hidden, async (request: OfDevice, reply) => {
    const staff = requireRole(request, reply, 'administrator', 'service-office')
    if (staff === null) return reply
    const kiosk = await kioskAt(request)
    if (kiosk === null) return reply.callNotFound()
    const { said } = request.query as Record<string, unknown>
    const view = {
      kiosk,
      links: staffLinks(request.shell.t, staff, await directory(context)),
      jobs: await listJobs(context.database.pool, kiosk.id, instantOf(officeDay(context.clock.now()), 0)),
      said: (['zlecono', 'trwa'] as const).find((each) => each === said) ?? null,
    }
    return sendPage(reply, PrintsPage({ shell: request.shell, view }))
  })

  app.post('/praca/urzadzenia/:id/wydruki', hidden, async (request: OfDevice, reply) => {
    const staff = requireRole(request, reply, 'administrator', 'service-office')
    if (staff === null) return reply
    const kiosk = await kioskAt(request)
    if (kiosk === null) return reply.callNotFound()
    const jobId = formId(request.body, 'wydruk') ?? 0
    const made = await askForCopy(context, kiosk, { jobId, accountId: staff.accountId })
    return reply.redirect(`/praca/urzadzenia/${kiosk.id}/wydruki?said=${made ? 'zlecono' : 'trwa'}`, 303)
  })

  async function kioskAt({ params }: OfDevice): Promise<Device | null> {
    const device = /^[1-9]\d{0,8}$/.test(params.id) ? await findDevice(context.database.pool, Number(params.id)) : null
    return device?.kind === 'kiosk' && device.revokedAt === null ? device : null
  }
}
