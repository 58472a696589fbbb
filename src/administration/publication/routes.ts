/** What follows once an act is published: who has read it, what is to be done, the poster at the door, and how it is kept. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.js'
import { changesRoutes } from './changes-routes.js'
import { complianceRoutes } from './compliance/routes.js'
import { posterRoutes } from './poster/routes.js'
import { taskRoutes } from './tasks-routes.js'

export function publicationRoutes(app: FastifyInstance, context: Context): void {
  complianceRoutes(app, context)
  changesRoutes(app, context)
  taskRoutes(app, context)
  posterRoutes(app, context)
}
