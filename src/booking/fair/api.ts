/** `GET /api/v1/proof`: a challenge for the next time to be kept. Never cached; the pages of times hold none. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../../platform/context.js'
import { newChallenge } from './gate.js'

const challengeAnswer = z.object({
  algorithm: z.literal('SHA-256'),
  challenge: z.string().describe('hexadecimal SHA-256 of the salt followed by the number sought'),
  maxnumber: z.int().describe('the number sought is 0 to this'),
  salt: z.string(),
  signature: z.string().describe('sent back as it is'),
})

export function proofApi(app: FastifyInstance, context: Context): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/proof',
    {
      config: { api: { access: 'anyone', headers: { 200: { 'Cache-Control': 'no-store' } } } },
      schema: {
        summary: 'A task whose solution pays for one time',
        description: 'Send base64 of JSON {algorithm, challenge, number, salt, signature} as `proof`.',
        tags: ['visits'],
        response: { 200: challengeAnswer },
      },
    },
    async (_request, reply) => reply.header('Cache-Control', 'no-store').send(await newChallenge(context)),
  )
}
