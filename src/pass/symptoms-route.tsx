/**
 * The self-check for everybody. That somebody looked at it is neither logged nor counted, and the next
 * page is not told where its reader came from: a visit moved after it is moved like any other.
 */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.js'
import { directory } from '../directory/index.js'
import { ruleBook, symptomsRequest } from '../regulation/index.js'
import { sendPublicPage } from '../ui/index.js'
import { SymptomsPage, symptomsPath } from './pages/symptoms.js'

export function symptomsRoute(app: FastifyInstance, context: Context): void {
  app.get(symptomsPath, { config: { unobserved: true } }, async (request, reply) => {
    const [office, book] = await Promise.all([directory(context), ruleBook(context)])
    const asked = symptomsRequest(book, office, context.clock.now())
    return sendPublicPage(reply.header('referrer-policy', 'no-referrer'), <SymptomsPage shell={request.shell} asked={asked} />)
  })
}
