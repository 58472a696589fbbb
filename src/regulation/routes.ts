/**
 * The law at an address: what is in force (API and page "Co obowiązuje") and advice.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { VNode } from 'preact'
import { z } from 'zod'
import { directory as directoryOf } from '../directory/index.js'
import { instantOf, officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { refuse, type FieldError } from '../platform/decision.js'
import { sendInputErrors, sendRefusal } from '../platform/problem.js'
import { words } from '../platform/words.js'
import { readWrittenDay } from '../platform/typed-time.js'
import { hasRole } from '../staff/index.js'
import { KeptPages, requestLanguage, sendPublicPage, type Shell } from '../ui/index.js'
import { adviceAnswer, rulesAnswer } from './answers.js'
import { actsSchemaText } from './document.js'
import { dayError, dayText, readKnown, readMeans, readMoment } from './forms.js'
import { allMeans } from './model.js'
import { WhatAppliesPage } from './pages/what-applies.js'
import { advise } from './rules/advice.js'
import { actsNotHeld } from './rules/unknown.js'
import { concerns, endOf, inForce } from './rules/listing.js'
import { read } from './rules/force.js'
import { provisionSentence, reasonSentence, waySentence } from './say.js'
import { ruleBook } from './store.js'

// Loose: `lang` is read from the same query by the frame of every page.
const text = z.string().max(200)

export function regulationRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const pages = new KeptPages()
  routes.get(
    '/api/v1/rules',
    {
      config: { api: { access: 'anyone', answers: { 'application/json': rulesAnswer } } },
      schema: {
        summary: 'Provisions in force at a moment',
        tags: ['rules'],
        querystring: z.looseObject({
          at: text.optional().describe('a day or an instant with its offset; now when left out'),
          known: text
            .optional()
            .describe('a day or an instant: by the acts as entered until then; settings of the office are those of now'),
        }),
      },
    },
    (request, reply) => sendRules(context, request, reply, request.query),
  )
  routes.get(
    '/api/v1/advice',
    {
      config: {
        api: { access: 'anyone', answers: { 'application/json': adviceAnswer }, problems: { 404: 'unknown-service, not-handled-here' } },
      },
      schema: {
        summary: 'How to settle a matter without coming',
        tags: ['rules'],
        querystring: z.looseObject({
          service: text.optional().describe('the matter, of GET services; needed'),
          means: text.optional().describe(`what one has, with commas between: ${allMeans.join(', ')}`),
          at: text.optional().describe('a day or an instant with its offset; now when left out'),
        }),
      },
    },
    (request, reply) => sendAdvice(context, request, reply, request.query),
  )
  routes.get('/schemas/acts.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/schema+json; charset=utf-8').send(actsSchemaText()),
  )
  routes.get('/zasady', { schema: { hide: true, querystring: z.looseObject({ dzien: z.unknown().optional() }) } }, (request, reply) =>
    sendWhatApplies(context, pages, request, reply, request.query.dzien),
  )
}

async function sendRules(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  query: { at?: string | undefined; known?: string | undefined },
): Promise<FastifyReply> {
  const language = requestLanguage(request)
  const at = query.at === undefined ? context.clock.now() : readMoment(query.at)
  const known = query.known === undefined ? undefined : readKnown(query.known)
  const errors = [...(at === null ? [dayError('at')] : []), ...(known === null ? [dayError('known')] : [])]
  if (at === null || known === null) return sendInputErrors(reply, errors, 422, language)
  const [book, directory] = await Promise.all([ruleBook(context), directoryOf(context)])
  const t = words(language)
  const day = officeDay(at)
  const rules = inForce(book, directory, day, known).provisions.map((each) => {
    const { provision, act, term } = each
    const fromSetting = act.rank === 'setting'
    return {
      id: provision.id,
      act: fromSetting ? null : act.number,
      paragraph: fromSetting ? null : provision.reference,
      setting: fromSetting ? provision.reference : null,
      rank: act.rank,
      title: fromSetting ? null : act.title,
      kind: provision.kind,
      parameters: provision.parameters,
      scope: provision.scope,
      binding: provision.binding,
      from: term.from,
      until: term.until,
      condition: provision.conditionId ?? act.conditionId,
      assumed: [...act.assumed, ...provision.assumed],
      sentence: provisionSentence(t, directory, each),
    }
  })
  const reading = read(book, known)
  const notHeld = actsNotHeld(book, day, known).map((act) => ({
    id: act.id,
    act: act.number,
    paragraph: null,
    setting: null,
    rank: act.rank,
    title: act.title,
    kind: 'text-not-held',
    parameters: {},
    scope: {},
    binding: true,
    ...endOf(act, reading).term,
    condition: act.conditionId,
    assumed: act.assumed,
    sentence: t('regulation.page.not-held', { act: act.number, title: act.title }),
  }))
  return reply.send([...rules, ...notHeld])
}

async function sendAdvice(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  query: { service?: string | undefined; means?: string | undefined; at?: string | undefined },
): Promise<FastifyReply> {
  const language = requestLanguage(request)
  const at = query.at === undefined ? context.clock.now() : readMoment(query.at)
  const means = readMeans(query.means ?? '')
  const errors: FieldError[] = [
    ...(query.service === undefined || query.service === '' ? [{ field: 'service', message: 'regulation.query.service' }] : []),
    ...('errors' in means ? means.errors : []),
    ...(at === null ? [dayError('at')] : []),
  ]
  if (errors.length > 0 || at === null || 'errors' in means) return sendInputErrors(reply, errors, 422, language)
  const [book, directory] = await Promise.all([ruleBook(context), directoryOf(context)])
  const advice = advise(book, directory, query.service ?? '', means.means, at)
  if (advice === null) {
    const other = directory.elsewhere.get(query.service ?? '')
    const refused =
      other === undefined
        ? refuse('unknown-service', [], [{ kind: 'services', href: '/sprawy' }])
        : refuse('not-handled-here', [], [{ kind: 'elsewhere', href: `/sprawy/${other.id}`, values: { who: other.who } }], {
            who: other.who,
          })
    return sendRefusal(reply, 'regulation', refused, 404, language)
  }
  const t = words(language)
  return reply.send({
    service: query.service,
    at: at.toString(),
    day: dayText(at),
    ...advice,
    sentence: t(`regulation.advice.${advice.code}`),
    ways: advice.ways.map((way) => ({ ...way, sentence: waySentence(t, way) })),
    reasons: advice.reasons.map((reason) => ({ ...reason, sentence: reasonSentence(t, reason) })),
  })
}

async function sendWhatApplies(
  context: Context,
  pages: KeptPages,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: unknown,
): Promise<FastifyReply> {
  const today = officeDay(context.clock.now())
  const day = asked === undefined || asked === '' ? today : typeof asked === 'string' ? readWrittenDay(asked) : null
  const [book, directory] = await Promise.all([ruleBook(context), directoryOf(context)])
  const errors: FieldError[] = day === null ? [{ field: 'dzien', message: 'regulation.page.bad-day' }] : []
  const page = (shell: Shell): VNode =>
    WhatAppliesPage({
      shell,
      book,
      directory,
      day: day ?? today,
      asked: typeof asked === 'string' ? asked : '',
      errors,
      concerns: seesConcerns(request) ? concerns(book, instantOf(day ?? today, 12 * 60)) : null,
    })
  return asked === undefined
    ? pages.send(request, reply, { path: '/zasady', madeOf: [directory, book, today.toString()], page })
    : sendPublicPage(reply, page(request.shell), day === null ? 422 : 200)
}

/** Those who keep the rules; everybody else sees only what applies. */
function seesConcerns({ staff }: FastifyRequest): boolean {
  return staff !== null && hasRole(staff, ['secretary', 'head', 'administrator'])
}
