/**
 * The screens of the waiting rooms: public, without sign-in, nothing but numbers.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { keepStreams, openStream } from '../platform/live.js'
import { wallTime } from '../platform/words.js'
import { sendFragment, sendPage, sendPublicPage, WordsContext } from '../ui/index.js'
import { directory, type Building } from '../directory/index.js'
import { BoardFragment, BoardPage, type BoardOptions } from './pages/board.js'
import { boardRowsMax } from './model.js'
import { ScreensPage } from './pages/list.js'
import { boardOf } from './rules.js'
import { readCalled } from './store.js'

/** Calls looked at: the one on top and as many as the screen has rows. */
const callsMax = 1 + boardRowsMax[3]

/** Pages are no part of the API's description. */
const hidden = { schema: { hide: true } }

type OfBuilding = FastifyRequest<{ Params: { building: string } }>

/** `/ekran`, `/ekran/:building`, and what its script fetches and listens to. */
export function displayRoutes(app: FastifyInstance, context: Context): void {
  keepStreams(app, context)
  app.get('/ekran', hidden, async (request, reply) => {
    const { buildings, desks } = await directory(context)
    const served = new Set([...desks.values()].map((desk) => desk.buildingId))
    return sendPublicPage(
      reply,
      <ScreensPage shell={request.shell} buildings={[...buildings.values()].filter((each) => served.has(each.id))} />,
    )
  })
  app.get('/ekran/:building', hidden, async (request: OfBuilding, reply) => {
    const building = await buildingOf(request)
    if (building === null) return reply.callNotFound()
    return sendPage(reply, <BoardPage shell={request.shell} building={building} {...await board(building)} />)
  })
  app.get('/ekran/:building/stan', hidden, async (request: OfBuilding, reply) => {
    const building = await buildingOf(request)
    if (building === null) return reply.callNotFound()
    return sendFragment(
      reply,
      <WordsContext.Provider value={request.shell.t}>
        <BoardFragment {...await board(building)} />
      </WordsContext.Provider>,
    )
  })
  // An answer without a body would never end.
  app.get('/ekran/:building/na-zywo', { ...hidden, exposeHeadRoute: false }, async (request: OfBuilding, reply) => {
    const building = await buildingOf(request)
    if (building === null) return reply.callNotFound()
    return openStream(request, reply, context, [`queue:${building.id}`, 'clock', 'directory'])
  })

  async function buildingOf(request: OfBuilding): Promise<Building | null> {
    return (await directory(context)).buildings.get(request.params.building) ?? null
  }

  async function board(building: Building): Promise<BoardOptions> {
    const now = context.clock.now()
    const called = await readCalled(context.database.pool, building.id, officeDay(now), callsMax)
    return {
      board: boardOf(await directory(context), building.id, called),
      clock: { text: wallTime(now), milliseconds: now.epochMilliseconds },
    }
  }
}
