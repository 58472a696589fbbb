/** The face of the slice: how the office changes its rules and itself. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.js'
import { deskPlanRoutes } from './calendar/desk-routes.js'
import { specialDayRoutes } from './calendar/day-routes.js'
import { ownUnitRoutes } from './calendar/own-unit-routes.js'
import { importRoutes } from './acts/import-routes.js'
import { provisionRoutes } from './acts/provision-routes.js'
import { publicActRoutes } from './acts/public-routes.js'
import { contactsRoutes } from './contacts/routes.js'
import { searchRoutes } from './searches/routes.js'
import { reviewRoutes } from './review/routes.js'
import { dryRunRoutes } from './dry-run/routes.js'
import { recordRoutes } from './acts/record-routes.js'
import { conditionRoutes } from './acts/condition-routes.js'
import { actRoutes } from './acts/routes.js'
import { publicationRoutes } from './publication/routes.js'
import { officeFileRoutes } from './office/file-routes.js'
import { historyRoutes } from './office/history-routes.js'
import { officeRoutes } from './office/routes.js'

export { callsOwed, reviewDuties, reviewVisits } from './review/index.js'
export { noticesFor } from './notices.js'
export { dryRunOfActs, dryRunOfOffice } from './dry-run/read.js'

export function administrationRoutes(app: FastifyInstance, context: Context): void {
  conditionRoutes(app, context)
  actRoutes(app, context)
  provisionRoutes(app, context)
  recordRoutes(app, context)
  importRoutes(app, context)
  dryRunRoutes(app, context)
  reviewRoutes(app, context)
  contactsRoutes(app, context)
  publicActRoutes(app, context)
  publicationRoutes(app, context)
  deskPlanRoutes(app, context)
  specialDayRoutes(app, context)
  ownUnitRoutes(app, context)
  officeRoutes(app, context)
  historyRoutes(app, context)
  officeFileRoutes(app, context)
  searchRoutes(app, context)
}
