/**
 * The page for what went wrong at the edge: a sentence, what was not lost, and whom to ask. Who is
 * signed in stays among the pages of the staff.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CitizenPage, sendPage, sendPublicPage, StaffPage } from './ui/index.js'

export function sendErrorPage(
  request: FastifyRequest,
  reply: FastifyReply,
  error: { status: number; code: string; incident: string | null },
): FastifyReply {
  const { shell } = request
  const { t } = shell
  const title = t(`platform.problem.${error.code}`, { incident: error.incident ?? '' })
  const atWork = shell.staff !== null && /^\/praca(?:[/?]|$)/.test(request.url)
  const content = (
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        <a class="govuk-link" href={atWork ? '/praca' : '/'}>
          {t(atWork ? 'staff-staff.menu' : 'platform.problem.home')}
        </a>
      </p>
    </>
  )
  const page = atWork ? (
    <StaffPage shell={shell} title={title}>
      {content}
    </StaffPage>
  ) : (
    <CitizenPage shell={shell} title={title}>
      {content}
    </CitizenPage>
  )
  return atWork ? sendPage(reply, page, error.status) : sendPublicPage(reply, page, error.status)
}
