/** What stands on a ticket of paper. Only what the screen says too; nothing of a person. */
import type { Context } from '../../platform/context.js'
import { officeDay } from '../../platform/clock.js'
import { longDay, wallTime, words, type Language } from '../../platform/words.js'
import { directory, roomText } from '../../directory/index.js'
import { lineOf, spacedTicket } from '../../queue/index.js'
import type { Visit } from '../../visit/index.js'
import { mattersNamed } from '../names.js'
import { followAddress } from '../rules.js'
import type { TicketText } from './picture.js'

export async function ticketText(context: Context, visit: Visit, language: Language): Promise<TicketText> {
  const t = words(language)
  const office = await directory(context)
  const room = visit.roomId === null ? undefined : office.rooms.get(visit.roomId)
  const line = await lineOf(context, visit)
  const at = visit.arrivedAt ?? context.clock.now()
  return {
    language,
    office: office.office.name,
    number: spacedTicket(visit.ticket ?? ''),
    lines: [
      ...mattersNamed(t, office, visit),
      ...(visit.kind === 'booked' ? [t('kiosk.ticket.booked', { time: wallTime(visit.startsAt) })] : []),
      ...(room === undefined ? [] : [t('kiosk.ticket.where', { place: roomText(t, room) })]),
      ...(line === null ? [] : [t('kiosk.ticket.before', { count: line.before })]),
      ...(line?.wait == null ? [] : [t('kiosk.ticket.wait', line.wait)]),
    ],
    code: { text: followAddress(context, visit.id), what: t('kiosk.ticket.follow') },
    taken: `${longDay(language, officeDay(at))}, ${wallTime(at)}`,
  }
}
