/** The whole program for a test, on an office already imported; closed when the test file ends. */
import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../../src/app.js'
import type { Context } from '../../src/platform/context.js'

export async function openProgram(context: Context): Promise<FastifyInstance> {
  const app = await createApp(context)
  after(() => app.close())
  await app.ready()
  return app
}
