/**
 * An application with only the slices a test names: cookies, forms, the edge, the staff hook and the
 * shell as src/app.ts has them.
 */
import { after } from 'node:test'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { readableAddress } from '../../src/platform/http/address.js'
import { installEdge } from '../../src/platform/http/edge.js'
import type { Context } from '../../src/platform/context.js'
import { staffHook } from '../../src/staff/index.js'
import { registerShell } from '../../src/ui/index.js'

export async function testApp(
  context: Context,
  ...slices: ((app: FastifyInstance, context: Context) => void | Promise<void>)[]
): Promise<FastifyInstance> {
  const app = Fastify({ routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true }, rewriteUrl: readableAddress })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(formbody)
  await app.register(cookie)
  installEdge(app, (_request, reply, error) => reply.code(error.status).type('text/plain').send(error.code))
  staffHook(app, context)
  registerShell(app, context, {
    office: async () => ({ name: 'Urząd', phone: '+48655298100', email: 'um@example.pl', bip: null }),
    staff: (request) => request.staff,
  })
  for (const slice of slices) await slice(app, context)
  await app.ready()
  after(() => app.close())
  return app
}

/** What a browser sends for a form. */
export function form(fields: Readonly<Record<string, string | readonly string[]>>): { headers: Record<string, string>; payload: string } {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    for (const each of typeof value === 'string' ? [value] : value) parameters.append(name, each)
  return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: parameters.toString() }
}
