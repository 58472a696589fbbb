/**
 * The page for what went wrong at the edge: a sentence, what was not lost, and whom to ask.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CitizenPage, sendPage } from './ui/index.js'

export function sendErrorPage(
  request: FastifyRequest,
  reply: FastifyReply,
  error: { status: number; code: string; incident: string | null },
): FastifyReply {
  const { shell } = request
  const title = shell.t(`platform.problem.${error.code}`, { incident: error.incident ?? '' })
  return sendPage(
    reply,
    <CitizenPage shell={shell} title={title}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        <a class="govuk-link" href="/">
          {shell.t('platform.problem.home')}
        </a>
      </p>
    </CitizenPage>,
    error.status,
  )
}
