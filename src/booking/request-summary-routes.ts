/** `/praca/prosby/zestawienie`: calls, forms, mails and answers of the last weeks, as a page and as a file. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.js'
import { officeDay } from '../platform/clock.js'
import { hasRole, requireRole, unitsOf, type Staff } from '../staff/index.js'
import { sendPage } from '../ui/index.js'
import { common, hidden } from './clerk-common.js'
import { callOutcomes } from './clerk-call.js'
import { ClerkSummaryPage, type SummaryView } from './pages/clerk-summary.js'
import { requestChannels } from './model.js'
import { summaryDays, summaryOf, summaryRoles } from './request-summary.js'

export function summaryRoutes(app: FastifyInstance, context: Context): void {
  app.get('/praca/prosby/zestawienie', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...summaryRoles)
    if (staff === null) return reply
    return sendPage(reply, ClerkSummaryPage({ shell: request.shell, view: await viewOf(context, request, staff) }))
  })

  app.get('/praca/prosby/zestawienie.csv', hidden, async (request, reply) => {
    const staff = requireRole(request, reply, ...summaryRoles)
    if (staff === null) return reply
    return sendTable(reply, await viewOf(context, request, staff))
  })
}

async function viewOf(context: Context, request: FastifyRequest, staff: Staff): Promise<SummaryView> {
  const now = context.clock.now()
  const frame = await common(context, request, staff)
  const to = officeDay(now)
  const from = to.subtract({ days: summaryDays - 1 })
  const summary = await summaryOf(context.database.pool, {
    unitIds: hasRole(staff, ['secretary']) ? null : unitsOf(staff, frame.office),
    from,
    to,
    now,
  })
  return { ...frame, summary, from, to, now }
}

/** A row for each day and unit, ids and codes as they are: what a sheet sums up. */
function sendTable(reply: FastifyReply, { summary }: SummaryView): FastifyReply {
  const head = [
    'day',
    'unit',
    ...callOutcomes.map((outcome) => `call-${outcome}`),
    ...requestChannels.map((channel) => `request-${channel}`),
  ]
  const lines = summary.days.map(({ day, unitId, calls, requests }) =>
    [day, unitId ?? '', ...callOutcomes.map((outcome) => calls[outcome]), ...requestChannels.map((channel) => requests[channel])].join(','),
  )
  return reply
    .header('content-disposition', 'attachment; filename="rozmowy.csv"')
    .header('cache-control', 'no-store')
    .type('text/csv; charset=utf-8')
    .send(`${[head.join(','), ...lines].join('\r\n')}\r\n`)
}
