/**
 * The screens of the waiting rooms: public, without sign-in, nothing but numbers.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { hintHeader, keepStreams, openStream } from '../platform/live.js'
import { pageWords, wallTime } from '../platform/words.js'
import {
  clockHeaders,
  keepPage,
  renderFragment,
  requestLanguage,
  sendPage,
  sendPublicPage,
  WordsContext,
  type KeptPage,
} from '../ui/index.js'
import { directory, type Directory } from '../directory/index.js'
import { Kept } from './kept.js'
import type { Asked, Board } from './model.js'
import { BadAddressPage, BoardFragment, BoardPage } from './pages/board.js'
import { ScreensPage } from './pages/list.js'
import { screenAdminRoutes } from './admin-routes.js'
import { pairedScreenRoutes } from './paired-routes.js'
import { queueStateRoutes } from './queue-routes.js'
import { boardOf } from './rules.js'
import { readSettings, settingsQuery } from './settings.js'
import { sizesOf, sizesSheet } from './sizes.js'
import { readCalled } from './store.js'

/** Calls looked at: more than any building has desks. */
const callsMax = 300

/** By it a screen's clock goes: office time in milliseconds. It stands beside the content, which is the same for all. */
const nowHeader = 'okienko-now'

/** Pages are no part of the API's description. */
const hidden = { schema: { hide: true } }
/** Every screen asks four times a minute: that is not worth a line in the log. */
const quiet = { ...hidden, logLevel: 'warn' } as const

type OfBuilding = FastifyRequest<{ Params: { building: string } }>

/** Addresses of screens that are remembered as read; beyond, all are read again. */
const addressesMax = 1_000

/** `/ekran`, `/ekran/:building`, `/ekran/urzadzenie` of a paired screen, and what its script fetches and listens to. */
export function displayRoutes(app: FastifyInstance, context: Context): void {
  keepStreams(app, context)
  queueStateRoutes(app, context)
  screenAdminRoutes(app, context)
  const boards = new Kept<Board>(context)
  const fragments = new Kept<KeptPage>(context)
  const read = new Map<string, Asked>()
  let readOf: Directory | null = null
  app.addHook('onClose', async () => {
    boards.close()
    fragments.close()
  })

  app.get('/ekran', hidden, async (request, reply) => {
    const { buildings, desks } = await directory(context)
    const served = new Set([...desks.values()].map((desk) => desk.buildingId))
    return sendPublicPage(
      reply,
      <ScreensPage shell={request.shell} buildings={[...buildings.values()].filter((each) => served.has(each.id))} />,
    )
  })
  app.get('/ekran/wymiary.css', hidden, async (request, reply) => {
    const settings = readSettings(request.query, { rooms: new Map(), desks: new Map(), queueGroups: new Map() }, '')
    const sizes = 'errors' in settings ? null : sizesOf(settings)
    if (sizes === null) return reply.callNotFound()
    return reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(sizesSheet(sizes))
  })
  app.get('/ekran/:building', hidden, async (request: OfBuilding, reply) => {
    const asked = await askedFor(request, reply)
    return asked === null ? reply : showBoard(request, reply, asked)
  })
  app.get('/ekran/:building/stan', quiet, async (request: OfBuilding, reply) => {
    const asked = await askedFor(request, reply)
    return asked === null ? reply : showState(request, reply, asked)
  })
  pairedScreenRoutes(app, context, { showBoard, showState })

  async function showBoard(request: FastifyRequest, reply: FastifyReply, asked: Asked, paired = false): Promise<FastifyReply> {
    const now = context.clock.now()
    const clock = { text: wallTime(now), milliseconds: now.epochMilliseconds }
    const board = await boardFor(asked, '')
    return sendPage(reply, <BoardPage shell={request.shell} {...asked} board={board} clock={clock} paired={paired} />)
  }

  async function showState(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
    const now = context.clock.now()
    // Nothing is made for one who asks that all can share: five thousand ask at once.
    const language = requestLanguage(request)
    const hint = hintOf(request)
    const kept = await fragments.get(asked.building.id, { key: `${language} ${asked.key}`, day: dayOf(now), hint }, async () => {
      const board = await boardFor(asked, hint)
      return keepPage(
        renderFragment(
          <WordsContext.Provider value={pageWords(language)}>
            <BoardFragment board={board} settings={asked.settings} />
          </WordsContext.Provider>,
          language,
        ),
      )
    })
    reply.headers(context.demonstration ? clockHeaders(request.shell) : {}).headers({
      [nowHeader]: String(now.epochMilliseconds),
      'cache-control': 'no-cache',
      etag: kept.etag,
      'content-type': 'text/html; charset=utf-8',
    })
    // As text, head and body go out in one write.
    return request.headers['if-none-match'] === kept.etag ? reply.code(304).send() : reply.send(kept.html)
  }
  // An answer without a body would never end.
  app.get('/ekran/:building/na-zywo', { ...quiet, exposeHeadRoute: false }, async (request: OfBuilding, reply) => {
    const building = (await directory(context)).buildings.get(request.params.building)
    if (building === undefined) return reply.callNotFound()
    return openStream(request, reply, context, [`queue:${building.id}`, 'clock', 'directory'])
  })

  /** The building and settings of the address; null when it was answered that there are none. */
  async function askedFor(request: OfBuilding, reply: FastifyReply): Promise<Asked | null> {
    const office = await directory(context)
    if (readOf !== office) read.clear()
    readOf = office
    const known = read.get(request.url)
    if (known !== undefined) return known
    const building = office.buildings.get(request.params.building)
    if (building === undefined) {
      reply.callNotFound()
      return null
    }
    const settings = readSettings(request.query, office, building.id)
    if ('errors' in settings) {
      sendPage(reply, <BadAddressPage shell={request.shell} building={building} />, 400)
      return null
    }
    const asked = { building, settings, key: `${building.id} ${settingsQuery(settings)}` }
    if (read.size >= addressesMax) read.clear()
    read.set(request.url, asked)
    return asked
  }

  async function boardFor({ building, settings, key }: Asked, hint: string): Promise<Board> {
    const now = context.clock.now()
    const day = officeDay(now)
    return boards.get(building.id, { key, day: dayOf(now), hint }, async () =>
      boardOf(await directory(context), building.id, await readCalled(context.database.pool, building.id, day, callsMax), settings),
    )
  }
}

/** What woke the screen that looks; empty where it is nothing we wrote. */
function hintOf(request: FastifyRequest): string {
  const hint = request.headers[hintHeader]
  return typeof hint === 'string' && /^[\da-z-]{1,40}$/.test(hint) ? hint : ''
}

let dayMinute = Number.NaN
let dayText = ''

/** The office's day as text, worked out once a minute. */
function dayOf(now: Temporal.Instant): string {
  const minute = Math.floor(now.epochMilliseconds / 60_000)
  if (minute !== dayMinute) dayText = officeDay(now).toString()
  dayMinute = minute
  return dayText
}
