/** `/praca/zgodnosc`: each paragraph with what holds it up and what was observed, and the events behind. */
import type { FastifyInstance } from 'fastify'
import { officeDay } from '../../../platform/clock.js'
import type { Context } from '../../../platform/context.js'
import { formText } from '../../../platform/http/form.js'
import { sendPage } from '../../../ui/index.js'
import { hidden, notFound, openDesk } from '../../acts/desk.js'
import { EventsPage } from './events-page.js'
import { daysKey, figures } from './model.js'
import { CompliancePage } from './page.js'
import { observe, observeEach } from './read.js'
import { actsWithRules, readPeriod } from './rules.js'
import { listEvents } from './store.js'

export function complianceRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/zgodnosc', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const today = officeDay(context.clock.now())
    const typed = { from: formText(request.query, 'od', 20), to: formText(request.query, 'do', 20) }
    const { period, errors } = readPeriod(typed, today)
    const { office, book, links } = desk
    const acts = actsWithRules(book, period)
    const observedOn = await observeEach(context, office, period, acts)
    const observations = observedOn.get(daysKey(period)) ?? (await observe(context, office, period))
    const shown = errors.length > 0 ? typed : { from: typedDay(period.from), to: typedDay(period.to) }
    const view = { links, office, period, typed: shown, errors, observations, observedOn, acts }
    return sendPage(reply, <CompliancePage shell={request.shell} view={view} />, errors.length > 0 ? 422 : 200)
  })

  app.get('/praca/zgodnosc/zdarzenia', hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const figure = figures.find((each) => each === formText(request.query, 'co', 30))
    const { period, errors } = readPeriod(
      { from: formText(request.query, 'od', 20), to: formText(request.query, 'do', 20) },
      officeDay(context.clock.now()),
    )
    if (figure === undefined || errors.length > 0) return notFound(reply)
    const asked = formText(request.query, 'ktore', 200)
    const what = asked === '' ? null : asked
    const typed = formText(request.query, 'strona', 6)
    const page = /^[1-9]\d{0,4}$/.test(typed) ? Number(typed) : 1
    const { events, more } = await listEvents(context.database.pool, figure, period, what, page)
    const view = { links: desk.links, office: desk.office, figure, what, period, page, events, more }
    return sendPage(reply, <EventsPage shell={request.shell} view={view} />)
  })
}

/** As people type a day: 8.06.2020. */
function typedDay(day: Temporal.PlainDate): string {
  return `${day.day}.${String(day.month).padStart(2, '0')}.${day.year}`
}
