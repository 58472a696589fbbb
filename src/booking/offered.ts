/**
 * The free starts a person may really take by a channel: what is free, minus what the acts and the
 * office's settings do not let one book there. A day without an offer says why, and what that rests on.
 */
import { directory } from '../directory/index.js'
import { instantOf } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { ruleBook, type AskedChannel } from '../regulation/index.js'
import type { FreeDay } from './availability/board.js'
import { freeStarts, type FreeQuestion } from './free-starts.js'
import { mayTakeWish } from './lot/drawn.js'
import { wishOf } from './wish.js'

/** Who asks, and by which channel. */
export interface Asker {
  readonly channel: AskedChannel
  readonly clerk: boolean
}

/** Refusals that hold for every start of a day, whatever desks are free. */
const wholeDay: ReadonlySet<string> = new Set([
  'channel-not-offered',
  'too-soon',
  'too-far',
  'not-yet-released',
  'by-lot',
  'lot-being-drawn',
  'admission-suspended',
  'presence-not-needed',
  'rules-not-held',
])
const noon = 720

/** Each day with the starts this person may take; null for an unknown service. */
export async function offeredDays(context: Context, question: FreeQuestion, asker: Asker): Promise<readonly FreeDay[] | null> {
  const [days, office, book] = await Promise.all([freeStarts(context, question), directory(context), ruleBook(context)])
  const wish = wishOf(office, question)
  if (days === null || wish === null) return null
  const asked = days.map(async (day): Promise<FreeDay> => {
    if (day.code === 'past') return day
    // Day, channel and hours are the same for all starts of a day: one of them answers for the others.
    const start = day.starts[0]?.start ?? instantOf(day.day, noon)
    const may = await mayTakeWish(context, { wish, book, directory: office }, { start, now: question.now, ...asker })
    if (may.allowed || (day.starts.length === 0 && !wholeDay.has(may.code))) return day
    return { day: day.day, starts: [], code: may.code, basis: may.basis }
  })
  return Promise.all(asked)
}
