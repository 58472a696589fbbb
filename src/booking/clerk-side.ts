/**
 * What a clerk has at hand beside the times: the advice on the matter as questions to ask, and what
 * applies today. Pure, from the law and the office.
 */
import { officeDay } from '../platform/clock.js'
import type { Directory, Service } from '../directory/index.js'
import {
  advise,
  inForce,
  mayEnter,
  serviceHours,
  type Act,
  type Advice,
  type DayHours,
  type EntryDecision,
  type Means,
  type RuleBook,
  type Way,
} from '../regulation/index.js'

export interface Today {
  readonly acts: readonly Act[]
  /** What the door says to somebody who comes with no booked visit. */
  readonly door: EntryDecision | null
  readonly hours: DayHours | null
}

/** What applies today: to a matter, or in general where none is chosen. */
export function todayOf(book: RuleBook, office: Directory, service: Service | null, now: Temporal.Instant): Today {
  const day = officeDay(now)
  return {
    acts: inForce(book, office, day).acts.filter(({ rank }) => rank === 'ordinance'),
    door:
      service === null
        ? null
        : mayEnter(book, office, { buildingId: service.buildingId, purpose: 'visit', at: now, visit: null, serviceId: service.id }),
    hours: service === null ? null : serviceHours(book, office, service, day),
  }
}

export interface Questions {
  /** For one who has none of the means the acts ask for. */
  readonly advice: Advice
  /** What else to ask: of each group any of the means, and the ways a yes opens. */
  readonly asked: readonly { readonly groups: readonly (readonly Means[])[]; readonly ways: readonly Way[] }[]
}

/** The advice on a matter as questions to ask a caller. */
export function questionsOn(book: RuleBook, office: Directory, service: Service, now: Temporal.Instant): Questions {
  const adviceFor = (means: readonly Means[]): Advice => {
    const advice = advise(book, office, service.id, new Set(means), now)
    if (advice === null) throw new Error(`no advice on "${service.id}", which the office has`)
    return advice
  }
  const advice = adviceFor([])
  const ways = advice.reasons.flatMap(({ channel, missing = [] }) => {
    const way = adviceFor(missing.flatMap((group) => group.slice(0, 1))).ways.find((each) => each.channel === channel)
    return missing.length === 0 || way === undefined ? [] : [{ groups: missing, way }]
  })
  const asked = Map.groupBy(ways, ({ groups }) => JSON.stringify(groups))
  return { advice, asked: [...asked.values()].map((same) => ({ groups: same[0]?.groups ?? [], ways: same.map(({ way }) => way) })) }
}
