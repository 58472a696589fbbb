/**
 * The one line with which a route says that a device may use it, and for what.
 *
 * `const device = await requireDevice(context, request, reply, 'kiosk'); if (device === null) return reply`
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
// Adds cookies to requests and replies.
import '@fastify/cookie'
import { machineClock } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { sendRefusal } from '../platform/problem.js'
import { deviceOfToken } from './actions.js'
import { cookieDays, seenSeconds, type Device, type DeviceKind, type NoDevice } from './model.js'
import { mayWork } from './rules.js'
import { markSeen } from './store.js'

export const deviceCookie = 'okienko_urzadzenie'

/**
 * The device that asks, when it may do the work of the kind (in the building, where one is named);
 * else why not. A staff session opens none of it: a device's work is done on the device.
 */
export async function deviceOf(
  context: Context,
  request: FastifyRequest,
  kind: DeviceKind,
  buildingId: string | null = null,
): Promise<Device | NoDevice> {
  const token = request.cookies[deviceCookie]
  const device = token === undefined || token === '' || token.length > 100 ? null : await deviceOfToken(context, token)
  const no = mayWork(device, kind, buildingId)
  return no ?? (device as Device)
}

/** The same for a route: null where the answer is already sent. A page leads to pairing, the API answers 403. */
export async function requireDevice(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: DeviceKind,
  buildingId: string | null = null,
): Promise<Device | null> {
  reply.header('Cache-Control', 'no-store')
  const device = await deviceOf(context, request, kind, buildingId)
  if (!('allowed' in device)) {
    await seen(context, request, reply, device)
    return device
  }
  if (request.url.startsWith('/api/')) void sendRefusal(reply, 'device', device, 403)
  else void reply.redirect(`/urzadzenie?dlaczego=${device.code}`, 303)
  return null
}

/** Remembers, once a minute, that the device is there, and renews its cookie. */
async function seen(context: Context, request: FastifyRequest, reply: FastifyReply, device: Device): Promise<void> {
  const now = machineClock.now()
  if (device.lastSeenAt !== null && now.since(device.lastSeenAt).total('seconds') < seenSeconds) return
  await markSeen(context.database.pool, device.id, now)
  giveCookie(context, reply, request.cookies[deviceCookie] ?? '')
}

export function giveCookie(context: Context, reply: FastifyReply, token: string): void {
  const secure = context.publicUrl.startsWith('https://')
  reply.setCookie(deviceCookie, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: cookieDays * 86_400 })
}
