/** Walking in without a booked hour: the tree of matters, the answer of the acts, and the ticket. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { requireDevice } from '../device/index.js'
import { directory, nameIn, type Directory, type Service } from '../directory/index.js'
import { walkInAtDoor } from '../entrance/index.js'
import { mayWalkIn } from '../queue/index.js'
import { idempotencyField, sendPage } from '../ui/index.js'
import type { Branch } from './model.js'
import { MattersScreen, TakeScreen } from './pages/matters.js'
import { askForPaper } from './print/jobs.js'
import { branches, mattersOf, type Way } from './rules.js'
import { showNoTicket } from './show.js'
import { keepVisit, viewOf } from './turn.js'

const hidden = { schema: { hide: true } } as const
type OfMatter = FastifyRequest<{ Params: { service: string } }>

export function walkInRoutes(app: FastifyInstance, context: Context): void {
  app.get('/kiosk/sprawy', hidden, async (request, reply) => {
    const kiosk = await requireDevice(context, request, reply, 'kiosk')
    if (kiosk === null) return reply
    const way = wayOf(request)
    const office = await directory(context)
    const choices = branches(office, kiosk.buildingId, way).map((branch) => ({ ...branch, name: nameOf(office, request, branch) }))
    return sendPage(reply, <MattersScreen shell={request.shell} view={viewOf(request)} way={way} branches={choices} />)
  })

  app.get('/kiosk/sprawa/:service', hidden, async (request: OfMatter, reply) => {
    const kiosk = await requireDevice(context, request, reply, 'kiosk')
    if (kiosk === null) return reply
    const service = matterOf(await directory(context), kiosk.buildingId, request)
    if (service === null) return reply.redirect('/kiosk/sprawy', 303)
    const now = context.clock.now()
    const decision = await mayWalkIn(context, { serviceId: service.id, buildingId: kiosk.buildingId, now })
    if (!decision.allowed) return showNoTicket(request, reply, context, { service, decision })
    return sendPage(reply, <TakeScreen shell={request.shell} view={viewOf(request)} service={service} />)
  })

  app.post('/kiosk/sprawa/:service', hidden, async (request: OfMatter, reply) => {
    const kiosk = await requireDevice(context, request, reply, 'kiosk')
    if (kiosk === null) return reply
    const service = matterOf(await directory(context), kiosk.buildingId, request)
    const key = formText(request.body, idempotencyField, 40)
    // Without its key a press could be taken twice: the question is asked again.
    if (service === null || !isKey(key)) return reply.redirect(service === null ? '/kiosk/sprawy' : `/kiosk/sprawa/${service.id}`, 303)
    const { language } = request.shell
    const answer = await walkInAtDoor(context, {
      serviceId: service.id,
      buildingId: kiosk.buildingId,
      now: context.clock.now(),
      by: { deviceId: kiosk.id },
      language,
      key,
    })
    if ('allowed' in answer) return showNoTicket(request, reply, context, { service, decision: answer })
    keepVisit(context, reply, answer.visit.id)
    const paper = await askForPaper(context, kiosk, { visitId: answer.visit.id, language })
    return reply.redirect(paper === 'browser' ? '/kiosk/numerek?druk=1' : '/kiosk/numerek', 303)
  })
}

/** In the language of the page, where the office gives it so. */
function nameOf(office: Directory, { shell: { t } }: FastifyRequest, { kind, id, name }: Branch): string | null {
  const named = kind === 'matter' ? office.services.get(id) : kind === 'unit' ? office.units.get(id) : undefined
  if (named !== undefined) return nameIn(t, named)
  return name === null ? null : t.polish(name)
}

/** Of this building and open: another's id is as good as none. */
function matterOf(office: Directory, buildingId: string, { params }: OfMatter): Service | null {
  return mattersOf(office, buildingId).find((each) => each.id === params.service) ?? null
}

function wayOf(request: FastifyRequest): Way {
  const { w, g, s } = request.query as Record<string, unknown>
  const page = typeof s === 'string' && /^[1-9]\d?$/.test(s) ? Number(s) : 1
  return { unit: typeof w === 'string' && w !== '' ? w : null, letter: typeof g === 'string' && /^[A-Z]$/.test(g) ? g : null, page }
}
