/** `/praca/akty/warunki`: conditions acts hang on, when they began and ended. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.js'
import type { FieldError } from '../../platform/decision.js'
import { formText } from '../../platform/http/form.js'
import { hasRole } from '../../staff/index.js'
import { sendPage } from '../../ui/index.js'
import { dayAt, fieldLengthMax, wrong } from '../form/read.js'
import { typedIn, typedOf, written, type Typed } from '../form/typed.js'
import { conditionThing, hangingOn, saveCondition, type ConditionFacts } from './conditions.js'
import { hidden, notFound, openDesk } from './desk.js'
import { recorders } from './model.js'
import { ConditionPage, ConditionsPage } from './pages/conditions.js'

const base = '/praca/akty/warunki'

export function conditionRoutes(app: FastifyInstance, context: Context): void {
  app.get(base, hidden, async (request, reply) => {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const view = {
      links: desk.links,
      conditions: desk.book.conditions,
      hanging: await hangingOn(context),
      mayChange: hasRole(desk.staff, recorders),
      saved: formText(request.query, 'zapisano', 5) !== '',
    }
    return sendPage(reply, <ConditionsPage shell={request.shell} view={view} />)
  })

  for (const path of [`${base}/nowy`, `${base}/:condition`]) {
    app.get(path, hidden, (request, reply) => form(request, reply))
    app.post(path, hidden, (request, reply) => form(request, reply))
  }

  async function form(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const desk = await openDesk(context, request, reply)
    if (desk === null) return reply
    const { condition: id = null } = request.params as { condition?: string }
    const held = desk.book.conditions.find((each) => each.id === id)
    if (!hasRole(desk.staff, recorders) || (id !== null && held === undefined)) return notFound(reply)
    const now = held === undefined ? null : conditionThing(held)
    const show = (typed: Typed, errors: readonly FieldError[], status: number, conflict: ConditionFacts | null = null): FastifyReply => {
      const view = { links: desk.links, isNew: id === null, seen: JSON.stringify(now), typed, errors, conflict }
      return sendPage(reply, <ConditionPage shell={request.shell} view={view} />, status)
    }
    if (request.method === 'GET') return show(typedFacts(now), [], 200)
    const { facts, errors } = readFacts(request.body)
    if (errors.length > 0) return show(typedIn(request.body), errors, 422)
    const seen = formText(request.body, 'seen', 10_000)
    const outcome = await saveCondition(context, desk.staff, { id, seen: id === null ? null : seen, facts })
    if (outcome === 'conflict') return show(typedIn(request.body), [], 409, now)
    return reply.redirect(`${base}?zapisano=tak`, 303)
  }
}

function typedFacts(facts: ConditionFacts | null): Typed {
  return typedOf(
    new Map([
      ['title', facts?.title ?? ''],
      ['from', written(facts?.from)],
      ['until', written(facts?.until)],
      ['source', facts?.source ?? ''],
    ]),
  )
}

function readFacts(body: unknown): { readonly facts: ConditionFacts; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const [title, source] = [formText(body, 'title', fieldLengthMax), formText(body, 'source', fieldLengthMax)]
  if (title === '') errors.push(wrong('title', 'needed.condition'))
  for (const [name, text] of Object.entries({ title, source })) if (text.length > fieldLengthMax) errors.push(wrong(name, 'too-long'))
  const [from, until] = [dayAt(body, 'from', errors), dayAt(body, 'until', errors)]
  if (from !== undefined && until !== undefined && until < from) errors.push(wrong('until', 'ends-before'))
  const facts = {
    title,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(source === '' ? {} : { source }),
  }
  return { facts, errors }
}
