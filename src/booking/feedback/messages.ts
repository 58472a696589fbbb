/** The message that asks how a visit was. */
import type { Composers } from '../../messages/index.js'
import { line, shortly, told } from '../message-parts.js'

/** After so long it would only surprise. */
const usefulDays = 2

export const feedbackComposers: Composers = {
  'visit-feedback': told((known, _, payload) => {
    if (known.visit.state !== 'served') return null
    const link = { secret: 'feedback-link', reference: String(payload['invitation']) } as const
    return {
      subject: line('feedback.subject'),
      lines: [line('feedback'), line('feedback.anonymous')],
      link: { href: link, label: line('link.feedback') },
      short: [shortly(known, 'feedback', { link })],
      usefulUntil: known.now.add({ hours: usefulDays * 24 }),
    }
  }),
}
