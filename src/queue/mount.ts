/** All addresses of the slice: the desks' pages and their API. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.js'
import { deskApi } from './api.js'
import { roomRoutes } from './room/routes.js'
import { deskRoutes } from './routes.js'

export function queueRoutes(app: FastifyInstance, context: Context): void {
  deskRoutes(app, context)
  roomRoutes(app, context)
  deskApi(app, context)
}
