/** What the program's own views say at a moment: the door's count, the open data, the live room. */
import { directory, type Building } from '../../../src/directory/index.js'
import { readQueues } from '../../../src/display/queues.js'
import { countedNow } from '../../../src/entrance/occupancy/room.js'
import { readLiveRoom } from '../../../src/queue/room/view.js'
import { seconds, type Figures, type Week } from './world.js'

export async function figuresOf(week: Week): Promise<Figures[]> {
  const [context] = week.office.contexts
  const now = week.office.clock.now()
  const { buildings } = await directory(context)
  return Promise.all(
    [...buildings.values()].map(async (building: Building): Promise<Figures> => {
      const [counted, queues, room] = await Promise.all([
        countedNow(context.database.pool, building.id, now),
        readQueues(context, building),
        readLiveRoom(context, building.id, now),
      ])
      return {
        at: seconds(now),
        building: building.id,
        ...counted,
        lines: queues.groups.map(({ letter, waiting, desks, current }) => ({ letter, waiting, desks, current })),
        room: (room?.lines ?? []).map(({ letter, waiting }) => ({ letter, waiting })),
        atDesks: (room?.desks ?? []).flatMap(({ desk, work }) =>
          work === null ? [] : [{ desk: desk.slug, ticket: work.ticket, state: work.state }],
        ),
      }
    }),
  )
}
