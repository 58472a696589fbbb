/** The mail an answer would be, made by what makes it when it is sent; nothing is kept or written. */
import type { Context } from '../platform/context.js'
import { refuse, setting, type Refused } from '../platform/decision.js'
import { directory } from '../directory/index.js'
import type { RequestRow } from '../booking/index.js'
import { inTheOfficesWords, letterToSend, officeWords, wordings, type Letter } from '../messages/index.js'
import { ruleBook } from '../regulation/index.js'
import { bodyOf, inOrder, type AnswerCommand } from './answer.js'
import { messageOf } from './composers.js'
import type { Thread } from './model.js'
import { keptUntil } from './rules.js'
import { subjectOf } from './send.js'

/** The letter as its reader will see it; its links lead nowhere yet. Refused where it can be told already that it would not be sent. */
export async function previewAnswer(
  context: Context,
  { request, thread }: { request: RequestRow; thread: Thread },
  command: Pick<AnswerCommand, 'own' | 'answer'>,
): Promise<Letter | Refused> {
  const now = context.clock.now()
  const { answer } = command
  const { person_email: email, language, reference } = request
  if (email === null) return refuse('no-address')
  const [office, book, own] = await Promise.all([directory(context), ruleBook(context), wordings(context)])
  const { 'proposed-back-minutes': backMinutes } = office.office.settings
  const t = officeWords(own, language)
  const service = 'serviceId' in answer ? (office.services.get(answer.serviceId) ?? null) : null
  const starts = answer.kind === 'times' ? inOrder(answer.starts) : []
  const offered = starts.flatMap((start) => {
    const until = answer.kind === 'times' ? keptUntil(start, answer.keep, { now, backMinutes }) : null
    return until === null ? [] : [{ start, until, reference }]
  })
  if (offered.length < starts.length) return refuse('time-too-soon', [setting('proposed-back-minutes')])
  const body = bodyOf(t, { command, law: { office, book, own }, service, now }, offered).join('\n\n')
  const subject = subjectOf({ thread, reference, t })
  return letterToSend(context, inTheOfficesWords(messageOf({ email, language, subject, body }, offered), own), now)
}
