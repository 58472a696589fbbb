/**
 * From the calls of a building to what its screen shows and says. The latest call that nobody has
 * answered yet stands large on top. Below stand all others that nobody has answered, latest first,
 * and where room is left those now at their desks: nobody who was called is dropped for somebody
 * who came.
 */
import type { Desk, Directory } from '../directory/index.js'
import { spacedTicket } from '../queue/index.js'
import {
  boardRowsMax,
  corridorRowsMax,
  type Announcement,
  type Board,
  type BoardRow,
  type CalledNumber,
  type DisplaySettings,
} from './model.js'
import { usualSettings } from './settings.js'
import { sizesOf } from './sizes.js'
import { clipsOf } from './voice.js'

/** `called` has the latest call first. */
export function boardOf(
  directory: Directory,
  buildingId: string,
  called: readonly CalledNumber[],
  settings: DisplaySettings = usualSettings,
): Board {
  const rooms = new Set(
    [...directory.desks.values()].filter((desk) => desk.buildingId === buildingId && !desk.closed).map((desk) => desk.roomId),
  )
  const roomOf = (desk: Desk | undefined): string => directory.rooms.get(desk?.roomId ?? '')?.number ?? ''
  const row = (each: CalledNumber): BoardRow => {
    const desk = directory.desksById.get(each.deskId)
    const room = desk === undefined || rooms.size < 2 ? null : roomOf(desk) || null
    return { number: spacedTicket(each.ticket), desk: desk?.label ?? '', room, id: idOf(each), state: each.state }
  }
  const announcement = (each: CalledNumber): Announcement => {
    const desk = directory.desksById.get(each.deskId)
    const spoken = { ticket: each.ticket, desk: desk?.label ?? '', room: roomOf(desk), sayRoom: rooms.size > 1 }
    return { id: idOf(each), at: each.calledAt.epochMilliseconds, say: settings.voices.map((language) => clipsOf(spoken, language)) }
  }
  const shown = called.filter((each) => isShown(each, directory.desksById.get(each.deskId), settings))
  const waiting = shown.filter((each) => each.state === 'called')
  const served = shown.filter((each) => each.state === 'serving')
  const announcements = settings.voices.length === 0 ? [] : waiting.map(announcement)
  const { layout } = settings
  if (layout === 'desk') {
    const one = waiting[0] ?? served[0]
    return { layout, call: one === undefined ? null : row(one), rows: [], columns: 1, far: false, announcements }
  }
  const top = layout === 'hall' ? waiting[0] : undefined
  const below = waiting.filter((each) => each !== top)
  const sizes = sizesOf(settings)
  const far = sizes !== null && sizes.far && below.length <= sizes.rows
  const most = layout === 'hall' ? boardRowsMax : corridorRowsMax
  const columns = below.length <= most[1] ? 1 : below.length <= most[2] ? 2 : 3
  const fit = far ? sizes.rows : most[columns]
  const rows = [...below.slice(0, fit), ...(columns === 1 ? served : [])].slice(0, fit)
  return { layout, call: top === undefined ? null : row(top), rows: rows.map(row), columns, far, announcements }
}

/** A recall is a call of its own. */
function idOf({ ticket, calledCount }: CalledNumber): string {
  return `${ticket}-${calledCount}`
}

function isShown({ ticket }: CalledNumber, desk: Desk | undefined, { layout, rooms, letters, desk: slug }: DisplaySettings): boolean {
  if (layout === 'desk' && desk?.slug !== slug) return false
  if (rooms.length > 0 && !rooms.includes(desk?.roomId ?? '')) return false
  return letters.length === 0 || letters.includes(ticket.slice(0, 1))
}
