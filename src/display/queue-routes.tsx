/**
 * The lines of a building for everybody: a page that needs no script, and open data for programs.
 * Nothing personal, no sign-in; what is asked for at once by many is made once.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { instantOf, officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { formText } from '../platform/http/form.js'
import { readDay } from '../platform/typed-time.js'
import { wallTime } from '../platform/words.js'
import { KeptPages } from '../ui/index.js'
import { directory, type Building } from '../directory/index.js'
import { Kept } from './kept.js'
import { QueuesListPage, QueuesPage } from './pages/queues.js'
import { plainAnswer, plainSample, wireAnswer, wireError } from './queue-feed.js'
import { sampleMinutes } from './queue-samples.js'
import { readSamples } from './queue-store.js'
import { buildingUuid, readQueues, servedBuildings, type Queues } from './queues.js'

const hidden = { schema: { hide: true } }
/** Seconds an answer may be kept by whoever asked. */
const keptSeconds = 10
/** Days one question of history may span. */
const historyDaysMax = 31

/** `/kolejki`, `/kolejki/:building`, `/open-data/kolejki` and its plain forms. */
export function queueStateRoutes(app: FastifyInstance, context: Context): void {
  const kept = new Kept<Queues>(context)
  const pages = new KeptPages()
  app.addHook('onClose', async () => kept.close())

  app.get('/kolejki', hidden, async (request, reply) => {
    const office = await directory(context)
    const page = (shell: typeof request.shell) => <QueuesListPage shell={shell} buildings={servedBuildings(office)} />
    return pages.send(request, reply, { path: '/kolejki', madeOf: [office], page })
  })
  app.get('/kolejki/:building', hidden, async (request: FastifyRequest<{ Params: { building: string } }>, reply) => {
    const office = await directory(context)
    const building = servedBuildings(office).find(({ id }) => id === request.params.building)
    if (building === undefined) return reply.callNotFound()
    const queues = await queuesOf(building)
    const id = buildingUuid(office, building.id)
    const path = `/kolejki/${encodeURIComponent(building.id)}`
    return pages.send(request, reply, { path, madeOf: [queues], page: (shell) => <QueuesPage shell={shell} queues={queues} id={id} /> })
  })

  app.get('/open-data/kolejki', hidden, async (request, reply) => {
    const building = await askedBuilding(request)
    if (building === null) return sendUnknown(request, reply, (error) => wireError(error))
    return sendOpen(request, reply, wireAnswer(await queuesOf(building)))
  })
  app.get('/open-data/kolejki/budynki.json', hidden, async (request, reply) => {
    const office = await directory(context)
    const buildings = servedBuildings(office).map(({ id, name, address }) => ({ id: buildingUuid(office, id), name, address }))
    return sendOpen(request, reply, { buildings })
  })
  app.get('/open-data/kolejki/stan.json', hidden, async (request, reply) => {
    const building = await askedBuilding(request)
    if (building === null) return sendUnknown(request, reply, (error) => ({ error }))
    return sendOpen(request, reply, plainAnswer(await queuesOf(building), buildingUuid(await directory(context), building.id)))
  })
  app.get('/open-data/kolejki/historia.json', hidden, async (request, reply) => {
    const building = await askedBuilding(request)
    if (building === null) return sendUnknown(request, reply, (error) => ({ error }))
    const days = readDays(request.query, officeDay(context.clock.now()))
    if (days === null) return sendProblem(reply, 400, { error: request.shell.t('display.open-data.days', { days: historyDaysMax }) })
    const { from, to } = days
    const samples = await readSamples(context.database.pool, building.id, instantOf(from, 0), instantOf(to.add({ days: 1 }), 0))
    const id = buildingUuid(await directory(context), building.id)
    const answer = { id, from: from.toString(), to: to.toString(), everyMinutes: sampleMinutes, samples: samples.map(plainSample) }
    return sendOpen(request, reply, answer)
  })

  /** As they stand now, made once for all who ask within the minute. */
  async function queuesOf(building: Building): Promise<Queues> {
    const now = context.clock.now()
    return kept.get(building.id, { key: building.id, day: `${officeDay(now).toString()} ${wallTime(now)}` }, () =>
      readQueues(context, building),
    )
  }

  async function askedBuilding(request: FastifyRequest): Promise<Building | null> {
    const id = formText(request.query, 'id', 100).toLowerCase()
    const office = await directory(context)
    return servedBuildings(office).find((building) => buildingUuid(office, building.id) === id) ?? null
  }
}

/** First and last day; both today when left out. Null when they are none, or too far apart. */
function readDays(
  query: unknown,
  today: Temporal.PlainDate,
): { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate } | null {
  const said = (field: string, otherwise: Temporal.PlainDate): Temporal.PlainDate | null => {
    const text = formText(query, field, 20)
    return text === '' ? otherwise : readDay(text)
  }
  const from = said('od', today)
  const to = from === null ? null : said('do', from)
  if (from === null || to === null) return null
  const span = from.until(to, { largestUnit: 'days' }).days
  return span < 0 || span >= historyDaysMax ? null : { from, to }
}

/** For any page of anybody, kept for some seconds, and asked for again by its ETag. */
function sendOpen(request: FastifyRequest, reply: FastifyReply, answer: object): FastifyReply {
  const text = JSON.stringify(answer)
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  openToAll(reply).header('cache-control', `public, max-age=${keptSeconds}`).header('etag', etag)
  return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(text)
}

function sendUnknown(request: FastifyRequest, reply: FastifyReply, body: (error: string) => object): FastifyReply {
  const missing = formText(request.query, 'id', 100) === ''
  const error = request.shell.t(missing ? 'display.open-data.no-id' : 'display.open-data.unknown-id')
  return sendProblem(reply, missing ? 400 : 404, body(error))
}

function sendProblem(reply: FastifyReply, status: number, body: object): FastifyReply {
  return openToAll(reply).code(status).header('cache-control', 'no-store').send(JSON.stringify(body))
}

function openToAll(reply: FastifyReply): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
}
