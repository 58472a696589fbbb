/** What the slice mounts: the API of times, visits and requests, the citizen's pages, and those of clerks who book for callers. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.js'
import { adviceCountApi } from './advice-count-api.js'
import { bookingApi } from './api.js'
import { clerkRequestRoutes, type Listed } from './clerk-request-routes.js'
import { clerkRoutes } from './clerk-routes.js'
import { confirmRoutes } from './routes-confirm.js'
import { proofApi } from './fair/api.js'
import { contactRoutes } from './fair/routes.js'
import { feedbackRoutes } from './feedback/routes.js'
import { freeStartsApi } from './free-api.js'
import { citizenRoutes } from './routes-citizen.js'
import { holdRoutes } from './routes-hold.js'
import { lotApi } from './lot/api.js'
import { lotEntryApi } from './lot/entry-api.js'
import { lotConfirmRoutes } from './lot/routes-confirm.js'
import { lotRoutes } from './lot/routes.js'
import { requestRoutes } from './routes-request.js'
import { clerkListRoutes } from './waiting/clerk-list-routes.js'
import { undeliveredRoutes } from './undelivered/routes.js'
import { waitingRoutes } from './waiting/routes.js'
import { timesRoutes } from './routes-times.js'
import { withoutVisitRoutes } from './routes-without-visit.js'

/** `listed` is what later slices put into the one list of requests. */
export function bookingRoutes(app: FastifyInstance, context: Context, listed?: Listed): void {
  freeStartsApi(app, context)
  proofApi(app, context)
  contactRoutes(app, context)
  bookingApi(app, context)
  adviceCountApi(app, context)
  citizenRoutes(app, context)
  timesRoutes(app, context)
  holdRoutes(app, context)
  confirmRoutes(app, context)
  requestRoutes(app, context)
  waitingRoutes(app, context)
  lotApi(app, context)
  lotEntryApi(app, context)
  lotRoutes(app, context)
  lotConfirmRoutes(app, context)
  withoutVisitRoutes(app, context)
  feedbackRoutes(app, context)
  undeliveredRoutes(app, context)
  clerkRoutes(app, context)
  clerkRequestRoutes(app, context, listed)
  clerkListRoutes(app, context)
}
