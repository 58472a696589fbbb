/**
 * Everything in force on a day, for the API and the page "what applies", and what the Secretary
 * should look at: acts that say different things of the same, and rules whose ground has gone.
 */
import { officeDay } from '../../platform/clock.js'
import type { Basis } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import type { Act, Kind, NamedAct, RuleBook } from '../model.js'
import { basisOf, combinations } from './combine.js'
import { actsInForce, asKnown, holds, read, standing, type Reading, type Repeal, type Standing, type Term } from './force.js'
import { settingsOf } from './hours.js'

export interface InForce {
  readonly day: Temporal.PlainDate
  /** Provisions in force, the office's hour settings last; higher acts first, then by id. */
  readonly provisions: readonly Standing[]
  readonly acts: readonly ActInForce[]
}

/** An act with the days it holds, worked out with what repeals it and what it hangs on. */
export interface ActInForce extends Act {
  readonly term: Term
  readonly repealedBy: Repeal | null
}

const ranks = ['statute', 'regulation', 'ordinance', 'setting']

/** What is in force on a day; days off only where they fall on it are left to `hours`. */
export function inForce(book: RuleBook, directory: Directory, day: Temporal.PlainDate, known?: Temporal.Instant): InForce {
  const reading = read(book, known)
  const text = day.toString()
  const law = (Object.keys(combinations) as Kind[]).flatMap((kind): readonly Standing[] => standing(reading, kind, text))
  const settings = settingsOf(directory).filter(({ term }) => holds(term, text))
  return {
    day,
    provisions: [...law, ...settings].toSorted(
      (a, b) => ranks.indexOf(a.act.rank) - ranks.indexOf(b.act.rank) || (idOf(a) < idOf(b) ? -1 : 1),
    ),
    acts: actsInForce(reading, text)
      .map((act) => ({ ...act, ...endOf(act, reading) }))
      .toSorted((a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank) || (a.id < b.id ? -1 : 1)),
  }
}

/** The days an act holds, and what ended it, where that is why it ends. */
export function endOf(act: Act, reading: Reading): { readonly term: Term; readonly repealedBy: Repeal | null } {
  const term = reading.actTerms.get(act.id) ?? { from: null, until: null }
  const repeal = reading.repeals.get(act.id) ?? null
  return { term, repealedBy: repeal?.lastDay === term.until ? repeal : null }
}

/** Paragraphs in their order: "§ 1 ust. 10" after "§ 1 ust. 9". */
function idOf({ act, provision }: Standing): string {
  return `${act.id} ${provision.reference.replaceAll(/\d+/g, (digits) => digits.padStart(4, '0'))} ${provision.id}`
}

export type Concern =
  /** Two provisions of equal rank and scope rule the same differently on a day. */
  | { readonly kind: 'conflict'; readonly between: readonly [Basis, Basis]; readonly day: string }
  /** The act is in force, but what the provision or the act hangs on has ended. */
  | { readonly kind: 'lapsed-condition'; readonly basis: Basis; readonly condition: string; readonly since: string }
  /** An act keeps another in force that is not. */
  | { readonly kind: 'upholds-nothing'; readonly act: string; readonly upheld: string }
  /** The act itself holds no more, because what it hangs on has ended; nothing repealed it. */
  | { readonly kind: 'act-lapsed'; readonly act: string; readonly condition: string; readonly since: string }
  /** The act is in force, and another it was given on the ground of is not any more. */
  | { readonly kind: 'legal-basis-ended'; readonly act: string; readonly ground: string; readonly since: string }
  /** An act recommends a channel that a higher one in force takes away. */
  | { readonly kind: 'channel-withdrawn'; readonly basis: Basis; readonly by: Basis }

/** What the Secretary should look at on a day. */
export function concerns(book: RuleBook, now: Temporal.Instant, known?: Temporal.Instant): readonly Concern[] {
  const day = officeDay(now).toString()
  return [
    ...conflicts(book, day, known),
    ...lapsed(book, day, known),
    ...lapsedActs(book, day, known),
    ...upheldInVain(book, day, known),
    ...groundGone(book, day, known),
    ...withdrawnChannels(book, day, known),
  ]
}

function conflicts(book: RuleBook, day: string, known?: Temporal.Instant): readonly Concern[] {
  const replacing = (Object.keys(combinations) as Kind[]).filter((kind) => combinations[kind] === 'replace' && kind !== 'day-off')
  return replacing.flatMap((kind) => {
    const all = standing(read(book, known), kind, day) as readonly Standing[]
    return all.flatMap((a, index) =>
      all
        .slice(index + 1)
        .filter((b) => a.act.rank === b.act.rank && JSON.stringify(a.provision.scope) === JSON.stringify(b.provision.scope))
        .filter((b) => JSON.stringify(a.provision.parameters) !== JSON.stringify(b.provision.parameters))
        .map((b): Concern => ({ kind: 'conflict', between: [basisOf(a), basisOf(b)], day })),
    )
  })
}

function lapsed(book: RuleBook, day: string, known?: Temporal.Instant): readonly Concern[] {
  const reading = read(book, known)
  const law = asKnown(book, known)
  const ended = new Map(law.conditions.filter(({ until }) => until !== null && until.toString() < day).map((each) => [each.id, each]))
  return law.provisions.flatMap((provision): readonly Concern[] => {
    const act = reading.acts.get(provision.actId)
    const condition = ended.get(provision.conditionId ?? '')
    const actHolds = act !== undefined && holds(reading.actTerms.get(act.id) ?? { from: null, until: null }, day)
    if (act === undefined || condition === undefined || !actHolds) return []
    return [
      {
        kind: 'lapsed-condition',
        basis: basisOf({ provision, act }),
        condition: condition.id,
        since: String(condition.until?.add({ days: 1 })),
      },
    ]
  })
}

function lapsedActs(book: RuleBook, day: string, known?: Temporal.Instant): readonly Concern[] {
  const reading = read(book, known)
  const conditions = new Map(asKnown(book, known).conditions.map((each) => [each.id, each]))
  return [...reading.acts.values()].flatMap((act): readonly Concern[] => {
    const until = conditions.get(act.conditionId ?? '')?.until ?? null
    // Acts of the country say themselves how long they hold; the office's own are the Secretary's to mend.
    if (act.rank !== 'ordinance' || until === null || until.toString() >= day) return []
    const ended = endOf(act, reading)
    if (ended.repealedBy !== null || ended.term.until !== until.toString()) return []
    return [{ kind: 'act-lapsed', act: act.number, condition: String(act.conditionId), since: until.add({ days: 1 }).toString() }]
  })
}

function upheldInVain(book: RuleBook, day: string, known?: Temporal.Instant): readonly Concern[] {
  const reading = read(book, known)
  const inForceNow = new Set(actsInForce(reading, day).map((act) => act.id))
  const all = [...reading.provisions.values()].flat()
  const stands = new Set(all.filter(({ term }) => holds(term, day)).map(({ provision }) => provision.id))
  return [...reading.acts.values()]
    .filter((act) => inForceNow.has(act.id))
    .flatMap((act) =>
      act.upholds
        .filter((named) => (named.provision === undefined ? !inForceNow.has(named.act) : !stands.has(`${named.act}#${named.provision}`)))
        .map((named): Concern => ({ kind: 'upholds-nothing', act: act.id, upheld: nameOf(named) })),
    )
}

/** A ground is known by its place in the journal of laws: "Dz. U. z 2020 r. poz. 878" names the act "Dz.U. 2020 poz. 878". */
function groundGone(book: RuleBook, day: string, known?: Temporal.Instant): readonly Concern[] {
  const reading = read(book, known)
  return actsInForce(reading, day).flatMap((act) =>
    act.legalBasis.flatMap((text) =>
      [...text.matchAll(/Dz\.\s*U\.\s*(?:z\s+)?(\d{4})(?:\s*r\.)?,?\s*(?:Nr\s*\d+,?\s*)?poz\.\s*(\d+)/g)].flatMap(
        ([, year, item]): readonly Concern[] => {
          const ground = reading.acts.get(`Dz.U. ${year} poz. ${item}`)
          const last = ground === undefined ? null : (reading.actTerms.get(ground.id)?.until ?? null)
          if (ground === undefined || last === null || last >= day) return []
          return [
            {
              kind: 'legal-basis-ended',
              act: act.number,
              ground: ground.number,
              since: Temporal.PlainDate.from(last).add({ days: 1 }).toString(),
            },
          ]
        },
      ),
    ),
  )
}

/** "K/219/2020", or "K/219/2020#one-per-desk" of one provision. */
export function nameOf({ act, provision }: NamedAct): string {
  return provision === undefined ? act : `${act}#${provision}`
}

function withdrawnChannels(book: RuleBook, day: string, known?: Temporal.Instant): readonly Concern[] {
  const all = standing(read(book, known), 'remote-channel', day)
  const takers = all.filter(({ provision }) => provision.parameters.withdrawn === true)
  return takers.flatMap((by) =>
    all
      .filter(
        ({ provision, act }) =>
          provision.parameters.withdrawn !== true &&
          act.id !== by.act.id &&
          provision.parameters.channel === by.provision.parameters.channel,
      )
      .map((each): Concern => ({ kind: 'channel-withdrawn', basis: basisOf(each), by: basisOf(by) })),
  )
}
