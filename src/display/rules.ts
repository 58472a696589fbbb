/**
 * From the calls of a building to what its screen shows. The latest call that nobody has answered
 * yet stands large on top. Below stand all others that nobody has answered, latest first, and where
 * room is left those now at their desks: nobody who was called is dropped for somebody who came.
 */
import type { Directory } from '../directory/index.js'
import { spacedTicket } from '../queue/index.js'
import { boardRowsMax, type Board, type BoardRow, type CalledNumber } from './model.js'

/** `called` has the latest call first. */
export function boardOf(directory: Directory, buildingId: string, called: readonly CalledNumber[]): Board {
  const rooms = new Set(
    [...directory.desks.values()].filter((desk) => desk.buildingId === buildingId && !desk.closed).map((desk) => desk.roomId),
  )
  const row = (each: CalledNumber): BoardRow => {
    const desk = directory.desksById.get(each.deskId)
    const room = desk === undefined || rooms.size < 2 ? null : (directory.rooms.get(desk.roomId)?.number ?? null)
    return { number: spacedTicket(each.ticket), desk: desk?.label ?? '', room }
  }
  const top = called.find((each) => each.state === 'called')
  const unanswered = called.filter((each) => each.state === 'called' && each !== top)
  const served = called.filter((each) => each.state === 'serving')
  const columns = unanswered.length <= boardRowsMax[1] ? 1 : unanswered.length <= boardRowsMax[2] ? 2 : 3
  const rows = [...unanswered.slice(0, boardRowsMax[columns]), ...(columns === 1 ? served : [])].slice(0, boardRowsMax[columns])
  return { call: top === undefined ? null : { ...row(top), id: `${top.ticket}-${top.calledCount}` }, rows: rows.map(row), columns }
}
