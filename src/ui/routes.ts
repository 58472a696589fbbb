/** What the design system serves: its assets, and in a demonstration the gallery of components. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.js'
import { assetRoutes } from './assets.js'
import { galleryRoutes } from './gallery.js'

export function uiRoutes(app: FastifyInstance, context: Context): void {
  assetRoutes(app)
  if (context.demonstration) galleryRoutes(app)
}
