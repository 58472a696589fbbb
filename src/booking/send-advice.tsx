/** The page of a matter, for one who has these means: read from the address or from a form sent back. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { formList, formText } from '../platform/http/form.js'
import type { Directory, Service } from '../directory/index.js'
import { advise, allMeans, type Means, type RuleBook } from '../regulation/index.js'
import { sendPublicPage, type KeptPages, type Shell } from '../ui/index.js'
import { AdvicePage } from './pages/advice.js'
import { answeredField } from './pages/ways.js'

export interface Matter {
  readonly directory: Directory
  readonly book: RuleBook
  readonly service: Service
}

/** Nothing personal and no key: the same for everyone who ticks the same, and kept for the many who ticked nothing yet. */
export function sendAdvice(context: Context, pages: KeptPages, request: FastifyRequest, reply: FastifyReply, matter: Matter): FastifyReply {
  const { directory, book, service } = matter
  const now = context.clock.now()
  const means = meansOf(request.query)
  const answered = means.size > 0 || formText(request.query, answeredField, 10) !== ''
  const page = (shell: Shell): VNode => {
    const advice = advise(book, directory, service.id, means, now)
    if (advice === null) throw new Error(`no advice on "${service.id}", which the office has`)
    return (
      <AdvicePage
        shell={shell}
        directory={directory}
        service={service}
        means={means}
        answered={answered}
        advice={advice}
        day={officeDay(now)}
      />
    )
  }
  return answered
    ? sendPublicPage(reply, page(request.shell))
    : pages.send(request, reply, { path: `/sprawy/${service.id}`, madeOf: [directory, book, officeDay(now).toString()], page })
}

/** The means named in a query or a form; others are passed over. */
export function meansOf(form: unknown): ReadonlySet<Means> {
  return new Set(formList(form, 'mam').filter((each): each is Means => (allMeans as readonly string[]).includes(each)))
}
