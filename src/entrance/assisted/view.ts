/**
 * Gathers what the guard can give to somebody who is not let in: the matter, a short list of times,
 * the call-back, and the way to settle it without a visit.
 */
import { officeDay } from '../../platform/clock.js'
import type { Context } from '../../platform/context.js'
import type { Refused } from '../../platform/decision.js'
import {
  mattersFor,
  offeredDays,
  otherBuildings,
  searchCharactersMax,
  wishedOf,
  wishOf,
  type FoundMatter,
  type Wished,
} from '../../booking/index.js'
import { directory, type Service } from '../../directory/index.js'
import { reaches } from '../../messages/index.js'
import { bookableDays } from '../../regulation/index.js'
import type { DoorAnswer } from '../model.js'
import { mayHaveTicket } from '../walk-ins.js'
import { firstTimes, needsHelp, wayToTime, type DoorTime } from './rules.js'

/** Matters shown for what was typed: as many as fit under the field. */
const mattersShown = 6

/** What was typed into the form, and what came of it. */
export interface AssistTyped {
  readonly time: string
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly key: string
  readonly errors: readonly { readonly field: string; readonly message: string }[]
  readonly refusal: Refused | null
}

export interface AssistView {
  /** The matter is known: by the visit, or picked. */
  readonly service: Service | null
  /** The visit's own matter is not picked anew. */
  readonly ofVisit: boolean
  readonly way: 'move' | 'book'
  readonly times: readonly DoorTime[]
  /** The person is known by the visit: nothing needs to be asked. */
  readonly personKnown: boolean
  /** A ticket for the matter can be given here and now. */
  readonly ticket: boolean
  /** A message can be sent from here at all. */
  readonly mayMail: boolean
  /** What was looked for, and what was found; null while nothing was. */
  readonly sought: { readonly typed: string; readonly found: readonly FoundMatter[] } | null
  readonly typed: AssistTyped
}

export interface AssistAsked {
  readonly serviceId: string
  readonly sought: string
  readonly typed?: Partial<AssistTyped>
}

export function nothingTyped(): AssistTyped {
  return { time: '', name: '', phone: '', email: '', key: crypto.randomUUID(), errors: [], refusal: null }
}

/** What can be given for this answer; null where nobody is sent away. */
export async function assistFor(context: Context, given: DoorAnswer | null, asked: AssistAsked): Promise<AssistView | null> {
  if (given === null || !needsHelp(given)) return null
  const office = await directory(context)
  const now = context.clock.now()
  const { visit } = given
  const picked = visit?.serviceId ?? asked.serviceId
  const found = office.services.get(picked)
  const service = found === undefined || found.closed || found.dropOff ? null : found
  const way = wayToTime(visit, now, office.office.settings)
  const wished: Wished | null = service === null ? null : visit === null ? { serviceId: service.id } : wishedOf(office, visit)
  const sought = asked.sought.slice(0, searchCharactersMax)
  return {
    service,
    ofVisit: visit !== null && service !== null,
    way,
    times: wished === null ? [] : await doorTimes(context, wished, way),
    personKnown: visit !== null && visit.person.name !== null,
    ticket:
      visit === null && service !== null && (await mayHaveTicket(context, { buildingId: given.buildingId, serviceId: service.id, now })),
    mayMail: reaches(context, { email: 'a@example.pl', phone: null }),
    sought: service !== null || sought.trim() === '' ? null : { typed: sought, found: mattersFor(office, sought).slice(0, mattersShown) },
    typed: { ...nothingTyped(), ...asked.typed },
  }
}

/** The first time today, the first of a later day, and the first in each other building that handles the matter. */
export async function doorTimes(context: Context, wished: Wished, way: 'move' | 'book'): Promise<readonly DoorTime[]> {
  const office = await directory(context)
  const wish = wishOf(office, wished)
  if (wish === null) return []
  const now = context.clock.now()
  const { from, to } = bookableDays(office, now, true)
  const startsIn = async (buildingId: string): Promise<readonly DoorTime[]> => {
    const days = await offeredDays(context, { ...wished, buildingId, from, to, now }, { channel: 'door', clerk: true })
    return (days ?? []).flatMap((day) => day.starts.map(({ start }) => ({ start, buildingId })))
  }
  const here = firstTimes(await startsIn(wish.buildingId), officeDay(now))
  // A visit that moves stays in its building.
  const others = way === 'move' ? [] : await Promise.all(otherBuildings(office, wish).map(startsIn))
  return [...here, ...others.flatMap((starts) => starts.slice(0, 1))]
}
