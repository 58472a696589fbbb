/**
 * What a person says of a visit, on the page of the message's link, and what heads see of it. The
 * link opens this one page and says nothing of anybody; following it answers nothing.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { parseReference } from '../../platform/references.js'
import { directory } from '../../directory/index.js'
import { isFeedbackLink } from '../../messages/index.js'
import { requireRole, unitsHeaded } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { common, hidden } from '../clerk-common.js'
import { answersMin, grades, settledAnswers, waitAnswers, type Feedback } from './model.js'
import { FeedbackDonePage, FeedbackGonePage, FeedbackPage, OpinionsPage, type FeedbackTyped } from './pages.js'
import { addAnswer, findInvitation, unitSums, type Asked } from './store.js'

type LinkParams = { Params: { link: string } }
/** Days whose answers heads see. */
const shownDays = 90

export function feedbackRoutes(app: FastifyInstance, context: Context): void {
  app.get<LinkParams>('/opinia/:link', hidden, async (request, reply) => {
    const found = await followed(context, request, reply)
    return found === null ? reply : sendForm(context, request, reply, found, { settled: '', wait: '', grade: '' }, [])
  })
  app.post<LinkParams>('/opinia/:link', hidden, async (request, reply) => {
    const found = await followed(context, request, reply)
    if (found === null) return reply
    const typed = {
      settled: formText(request.body, 'zalatwione', 10),
      wait: formText(request.body, 'czekanie', 10),
      grade: formText(request.body, 'ocena', 10),
    }
    const said = read(typed)
    if (Array.isArray(said)) return sendForm(context, request, reply, found, typed, said)
    // Answered in another window a moment ago: the first answer counts, and the thanks are the same.
    await addAnswer(context.database.pool, found.reference, said)
    return sendPage(reply, <FeedbackDonePage shell={request.shell} />)
  })
  app.get('/praca/opinie', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, 'head', 'secretary', 'administrator')
    if (staff === null) return reply
    const frame = await common(context, request, staff)
    const units = unitsHeaded(staff, frame.office)
    const from = officeDay(context.clock.now()).subtract({ days: shownDays })
    const sums = await unitSums(context.database.pool, from, answersMin)
    const own = sums.filter(({ unitId }) => units === null || units.includes(unitId))
    return sendPage(reply, <OpinionsPage shell={request.shell} {...frame} sums={own} days={shownDays} />)
  })
}

interface Followed extends Asked {
  readonly reference: string
}

/** Who was asked and has not answered; null once another answer was sent. */
async function followed(context: Context, request: FastifyRequest<LinkParams>, reply: FastifyReply): Promise<Followed | null> {
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex').header('referrer-policy', 'no-referrer')
  const { link } = request.params
  const reference = parseReference(link.split('-', 1)[0] ?? '')
  const token = link.slice(link.indexOf('-') + 1)
  const known = reference !== null && isFeedbackLink(context, reference, token)
  const asked = known ? await findInvitation(context.database.pool, reference) : null
  if (reference === null || asked === null) {
    sendPage(reply, <FeedbackGonePage shell={request.shell} />, 404)
    return null
  }
  if (!asked.answered) return { ...asked, reference }
  sendPage(reply, <FeedbackDonePage shell={request.shell} />)
  return null
}

async function sendForm(
  context: Context,
  request: FastifyRequest<LinkParams>,
  reply: FastifyReply,
  asked: Followed,
  typed: FeedbackTyped,
  errors: readonly FieldError[],
): Promise<FastifyReply> {
  const service = (await directory(context)).services.get(asked.serviceId)
  const { link } = request.params
  const page = <FeedbackPage shell={request.shell} link={link} service={service} day={asked.day} typed={typed} errors={errors} />
  return sendPage(reply, page, errors.length > 0 ? 422 : 200)
}

/** What was chosen; or what is missing. */
function read(typed: FeedbackTyped): Feedback | FieldError[] {
  const settled = settledAnswers.find((each) => each === typed.settled)
  const wait = waitAnswers.find((each) => each === typed.wait)
  const grade = grades.find((each) => String(each) === typed.grade)
  if (settled !== undefined && wait !== undefined && grade !== undefined) return { settled, wait, grade }
  return [
    ...(settled === undefined ? [{ field: 'zalatwione', message: 'booking-feedback.error.settled' }] : []),
    ...(wait === undefined ? [{ field: 'czekanie', message: 'booking-feedback.error.wait' }] : []),
    ...(grade === undefined ? [{ field: 'ocena', message: 'booking-feedback.error.grade' }] : []),
  ]
}
