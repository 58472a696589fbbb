/** What a door device needs to check passes without a network: the keys, and how passes name buildings. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../platform/context.js'
import { directory } from '../directory/index.js'
import { buildingCode } from '../visit/index.js'

/** Keys change with the office's own key only; a new building is known within the hour. */
const cacheControl = 'public, max-age=3600'

const keysAnswer = z.object({
  keys: z
    .array(
      z.object({
        kid: z.string(),
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        alg: z.literal('EdDSA'),
        use: z.literal('sig'),
        x: z.string(),
      }),
    )
    .describe('a JWK Set (RFC 7517); kid stands in bytes 1–2 of a pass'),
  buildings: z.array(z.object({ id: z.string(), code: z.string().describe('bytes 3–5 of a pass, in hexadecimal digits') })),
})

export function passApi(app: FastifyInstance, context: Context): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/pass-keys',
    {
      config: { api: { access: 'anyone', headers: { 200: { 'Cache-Control': cacheControl } } } },
      schema: { summary: 'Keys that check the signature of a pass, and the code of each building in it', response: { 200: keysAnswer } },
    },
    async (_request, reply) => {
      const { buildings } = await directory(context)
      reply.header('Cache-Control', cacheControl)
      return {
        keys: context.secrets.passKeys.map(({ id, x }) => ({ kid: id, kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', x }) as const),
        buildings: [...buildings.keys()].map((id) => ({ id, code: buildingCode(id) })),
      }
    },
  )
}
