/**
 * A paired screen: `/ekran/urzadzenie` shows what the device is set to, and `/praca/urzadzenia/:id/ekran`
 * sets it. Its page asks with the settings it was made with; once those are not the device's any more
 * the answer is 401, at which the page loads itself anew (browser/live.ts): so a changed setting is
 * there at the next hint, and a revoked screen shows nothing.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { formText } from '../platform/http/form.js'
import { openStream } from '../platform/live.js'
import { changeScreen, deviceOf, deviceTopic, findDevice, requireDevice, type Device } from '../device/index.js'
import { directory } from '../directory/index.js'
import { requireRole, staffLinks, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import type { Asked, DisplaySettings } from './model.js'
import { BadAddressPage } from './pages/board.js'
import { ScreenPage } from './pages/screen.js'
import { readSettings, screenFields, settingsQuery } from './settings.js'

export interface Showing {
  readonly showBoard: (request: FastifyRequest, reply: FastifyReply, asked: Asked, paired: boolean) => Promise<FastifyReply>
  readonly showState: (request: FastifyRequest, reply: FastifyReply, asked: Asked) => Promise<FastifyReply>
}

const hidden = { schema: { hide: true } } as const
const quiet = { ...hidden, logLevel: 'warn' } as const
type OfDevice = FastifyRequest<{ Params: { id: string } }>

interface Found {
  readonly device: Device
  readonly staff: Staff
}

export function pairedScreenRoutes(app: FastifyInstance, context: Context, { showBoard, showState }: Showing): void {
  app.get('/ekran/urzadzenie', hidden, async (request, reply) => {
    const device = await requireDevice(context, request, reply, 'display')
    if (device === null) return reply
    const asked = await askedOf(device)
    if (asked !== null) return showBoard(request, reply, asked, true)
    const building = (await directory(context)).buildings.get(device.buildingId)
    return building === undefined ? reply.callNotFound() : sendPage(reply, <BadAddressPage shell={request.shell} building={building} />)
  })

  app.get('/ekran/urzadzenie/stan', quiet, async (request, reply) => {
    const device = await deviceOf(context, request, 'display')
    const asked = 'allowed' in device ? null : await askedOf(device)
    if (asked === null || `?${request.url.split('?')[1] ?? ''}` !== (settingsQuery(asked.settings) || '?')) return reply.code(401).send()
    return showState(request, reply, asked)
  })

  app.get('/ekran/urzadzenie/na-zywo', { ...quiet, exposeHeadRoute: false }, async (request, reply) => {
    const device = await deviceOf(context, request, 'display')
    if ('allowed' in device) return reply.code(401).send()
    return openStream(request, reply, context, [`queue:${device.buildingId}`, 'clock', 'directory', deviceTopic(device.id)])
  })

  app.get('/praca/urzadzenia/:id/ekran', hidden, async (request: OfDevice, reply) => {
    const found = await screenFor(request, reply)
    if (found === null) return reply
    const settings = await settingsOf(found.device)
    const typed = settings === null ? {} : Object.fromEntries(new URLSearchParams(settingsQuery(settings)))
    return show(request, reply, found, { typed, errors: [] })
  })

  app.post('/praca/urzadzenia/:id/ekran', hidden, async (request: OfDevice, reply) => {
    const found = await screenFor(request, reply)
    if (found === null) return reply
    const settings = readSettings(request.body, await directory(context), found.device.buildingId)
    if ('errors' in settings) {
      const typed = Object.fromEntries(screenFields.map((field) => [field, formText(request.body, field, 400)]))
      return show(request, reply, found, { typed, errors: settings.errors }, 422)
    }
    await changeScreen(context, found.device, settingsQuery(settings))
    return reply.redirect('/praca/urzadzenia', 303)
  })

  async function settingsOf({ settings, buildingId }: Device): Promise<DisplaySettings | null> {
    const read = readSettings(Object.fromEntries(new URLSearchParams(settings.screen ?? '')), await directory(context), buildingId)
    return 'errors' in read ? null : read
  }

  /** What the device is set to; null when that leads nowhere any more, as after a room was closed. */
  async function askedOf(device: Device): Promise<Asked | null> {
    const building = (await directory(context)).buildings.get(device.buildingId)
    const settings = await settingsOf(device)
    return building === undefined || settings === null ? null : { building, settings, key: `${building.id} ${settingsQuery(settings)}` }
  }

  /** The screen of the address for whoever may set it; null where the answer is sent. */
  async function screenFor(request: OfDevice, reply: FastifyReply): Promise<Found | null> {
    const staff = requireRole(request, reply, 'administrator', 'service-office')
    if (staff === null) return null
    const { id } = request.params
    const device = /^[1-9]\d{0,8}$/.test(id) ? await findDevice(context.database.pool, Number(id)) : null
    if (device !== null && device.kind === 'display' && device.revokedAt === null) return { device, staff }
    reply.callNotFound()
    return null
  }

  async function show(
    request: OfDevice,
    reply: FastifyReply,
    { device, staff }: Found,
    form: Pick<Parameters<typeof ScreenPage>[0]['view'], 'typed' | 'errors'>,
    status = 200,
  ): Promise<FastifyReply> {
    const office = await directory(context)
    const view = { device, office, links: staffLinks(request.shell.t, staff, office), ...form }
    return sendPage(reply, <ScreenPage shell={request.shell} view={view} />, status)
  }
}
