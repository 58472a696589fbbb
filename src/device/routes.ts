/**
 * `/urzadzenie`, which a new device opens and types its code on, and `/praca/urzadzenia`, where the
 * administrator makes, changes and revokes devices. A code is shown in the answer to the form that
 * made it, and nowhere again. The service office sees the list and what is wrong.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { machineClock, type Clock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { refuse } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import { sendRefusal } from '../platform/problem.js'
import { directory } from '../directory/index.js'
import { hasRole, requireRole, staffLinks, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { deviceOfToken, makeDevice, newCode, pair, revokeDevice } from './actions.js'
import { deviceCookie, giveCookie } from './guard.js'
import { deviceNameLengthMax, isDeviceKind, printerPort, type Device, type DeviceRefusal } from './model.js'
import { PrinterPage, RevokePage } from './pages/change.js'
import { DevicesPage, type DevicesView } from './pages/devices.js'
import { PairingPage } from './pages/pairing.js'
import { clockOff, deviceErrors, paperWayOf, readPaper, startOfDevice } from './rules.js'
import { findDevice, listDevices, writeClockOff, writeSettings } from './store.js'

const hidden = { schema: { hide: true } } as const
const reasons: readonly DeviceRefusal[] = ['not-a-device', 'device-of-another-kind', 'device-of-another-building']
const nothingTyped = { kind: '', name: '', building: '', paper: '', printer: '' }

export function deviceRoutes(app: FastifyInstance, context: Context, machine: Clock = machineClock): void {
  pairingRoutes(app, context, machine)

  const show = async (request: FastifyRequest, reply: FastifyReply, staff: Staff, part: Partial<DevicesView> = {}, status = 200) => {
    const office = await directory(context)
    const view: DevicesView = {
      devices: await listDevices(context.database.pool),
      office,
      links: staffLinks(request.shell.t, staff, office),
      mayChange: inPerson(staff),
      errors: [],
      typed: nothingTyped,
      pairing: null,
      machineNow: machine.now(),
      ...part,
    }
    return sendPage(reply, DevicesPage({ shell: request.shell, view }), status)
  }

  app.get('/praca/urzadzenia', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, 'administrator', 'service-office')
    return staff === null ? reply : show(request, reply, staff)
  })

  app.post('/praca/urzadzenia', hidden, async (request, reply) => {
    const staff = administrator(request, reply)
    if (staff === null) return reply
    const kind = formText(request.body, 'kind', 20)
    const name = formText(request.body, 'name', deviceNameLengthMax)
    const building = formText(request.body, 'building', 100)
    const address = formText(request.body, 'printer', 120)
    const way = formText(request.body, 'paper', 20)
    const settings = kind === 'kiosk' ? readPaper(way, address, printerPort) : {}
    const known = (await directory(context)).buildings.has(building)
    const errors = deviceErrors({ name }, settings, known)
    if (errors.length > 0 || !isDeviceKind(kind) || settings === 'wrong')
      return show(request, reply, staff, { errors, typed: { kind, name, building, paper: way, printer: address } }, 422)
    const seed = { kind, name, buildingId: building, settings }
    const made = await makeDevice(context, seed, { accountId: staff.accountId, now: context.clock.now(), machineNow: machine.now() })
    const device = await findDevice(context.database.pool, made.id)
    return show(request, reply, staff, device === null ? {} : { pairing: { device, code: made.code } })
  })

  app.post<{ Params: { id: string } }>('/praca/urzadzenia/:id', hidden, async (request, reply) => {
    const staff = administrator(request, reply)
    if (staff === null) return reply
    const device = await deviceAt(request)
    if (device === null || device.revokedAt !== null) return reply.redirect('/praca/urzadzenia', 303)
    const { shell } = request
    const links = staffLinks(shell.t, staff, await directory(context))
    const address = device.settings.printer
    switch (formText(request.body, 'do', 20)) {
      case 'kod': {
        const code = await newCode(context, device.id, machine.now())
        return show(request, reply, staff, typeof code === 'string' ? { pairing: { device, code } } : {})
      }
      case 'cofnij':
        // For good, so asked once more.
        return sendPage(reply, RevokePage({ shell, links, device }))
      case 'cofnij-na-stale':
        await revokeDevice(context, device.id, machine.now())
        return reply.redirect('/praca/urzadzenia', 303)
      case 'drukarka': {
        const typed = { paper: paperWayOf(device.settings), printer: address === undefined ? '' : `${address.host}:${address.port}` }
        return sendPage(reply, PrinterPage({ shell, links, device, typed, errors: [] }))
      }
      case 'zapisz-drukarke': {
        const typed = { paper: formText(request.body, 'paper', 20), printer: formText(request.body, 'printer', 120) }
        const settings = readPaper(typed.paper, typed.printer, printerPort)
        if (settings === 'wrong') {
          const errors = [{ field: 'printer', message: 'device-staff.error.printer' }]
          return sendPage(reply, PrinterPage({ shell, links, device, typed, errors }), 422)
        }
        await writeSettings(context.database.pool, device.id, settings)
        return reply.redirect('/praca/urzadzenia', 303)
      }
    }
    return reply.redirect('/praca/urzadzenia', 303)
  })

  async function deviceAt({ params }: FastifyRequest<{ Params: { id: string } }>): Promise<Device | null> {
    return /^[1-9]\d{0,8}$/.test(params.id) ? findDevice(context.database.pool, Number(params.id)) : null
  }
}

function pairingRoutes(app: FastifyInstance, context: Context, machine: Clock): void {
  const paired = async (request: FastifyRequest): Promise<Device | null> => {
    const token = request.cookies[deviceCookie]
    return token === undefined || token.length > 100 ? null : deviceOfToken(context, token)
  }

  app.get('/urzadzenie', hidden, async (request, reply) => {
    const { dlaczego } = request.query as Record<string, unknown>
    const why = reasons.find((each) => each === dlaczego)
    const view = { refusal: why === undefined ? null : refuse(why), device: await paired(request) }
    return sendPage(reply.header('cache-control', 'no-store'), PairingPage({ shell: request.shell, view }))
  })

  // A device tells what its own clock says: nothing goes by it, but whoever looks after it should know.
  app.post('/urzadzenie/zegar', { ...hidden, logLevel: 'warn' }, async (request, reply) => {
    const device = await paired(request)
    const told = formText(request.body, 'teraz', 20)
    if (device !== null && /^\d{1,15}$/.test(told))
      await writeClockOff(context.database.pool, device.id, clockOff(Number(told), machine.now()))
    return reply.header('cache-control', 'no-store').code(204).send()
  })

  app.post('/urzadzenie', hidden, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const outcome = await pair(context, { code: formText(request.body, 'kod', 40), source: request.ip }, machine.now())
    if ('allowed' in outcome) {
      const view = { refusal: outcome, device: await paired(request) }
      return sendPage(reply, PairingPage({ shell: request.shell, view }), outcome.code === 'too-many-codes' ? 429 : 422)
    }
    giveCookie(context, reply, outcome.token)
    context.log.info({ device: outcome.device.id, kind: outcome.device.kind }, 'a device was paired')
    return reply.redirect(startOfDevice(outcome.device), 303)
  })
}

/** The administrator in person: a program's token makes no devices. */
function administrator(request: FastifyRequest, reply: FastifyReply): Staff | null {
  const staff = requireRole(request, reply, 'administrator')
  if (staff === null || inPerson(staff)) return staff
  sendRefusal(reply, 'staff', refuse('not-by-token'), 403)
  return null
}

function inPerson(staff: Staff): boolean {
  return hasRole(staff, ['administrator']) && staff.via === 'session'
}
