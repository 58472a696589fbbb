/**
 * When the times of a day become bookable on the web, and how they are given: who comes first, or by
 * lot among all who ask in the first minutes.
 *
 * A provision says it for the days in its scope; for days no provision speaks of, the office's
 * setting of how far ahead one may book applies. Pure: what is known of a draw comes in as a fact.
 */
import { instantOf, officeDay } from '../../platform/clock.js'
import { refuse, setting, type Basis, type NextStep, type Refused } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import type { AskedChannel, Provision, ReleaseRule, RuleBook, RuleOf } from '../model.js'
import { applying, basisOf, subjectOfService, winner } from './combine.js'
import { cites } from './honest.js'
import { remembered } from './remember.js'
import { momentValues } from './steps.js'

export interface Release {
  /** From which moment the times of the day can be taken. */
  readonly at: Temporal.Instant
  /** Until when everybody's wishes are gathered for the draw; null where who comes first takes. */
  readonly lotUntil: Temporal.Instant | null
  /** The provision; with `at` it names what is released together. */
  readonly provision: string
  readonly basis: readonly Basis[]
}

export const releaseRefusals = ['not-yet-released', 'by-lot', 'lot-being-drawn'] as const
export type ReleaseRefusal = (typeof releaseRefusals)[number]

/** Days ahead that are looked at for a release: no rhythm of an office reaches further. */
export const releaseDaysMax = 62

/** When the times of a matter on a day are released to a channel; null when no provision says so. */
export function releaseOf(
  book: RuleBook,
  directory: Directory,
  serviceId: string,
  day: Temporal.PlainDate,
  channel: AskedChannel = 'web',
  known?: Temporal.Instant,
): Release | null {
  if (!knowsReleases(book)) return null
  const answer = (): Release | null => released(book, directory, serviceId, day, channel, known)
  return known === undefined ? remembered(book, directory, `release ${serviceId} ${day} ${channel}`, answer) : answer()
}

const spoken = new WeakMap<RuleBook, boolean>()

/** Most offices have no such provision: then nothing is looked for. */
function knowsReleases(book: RuleBook): boolean {
  let known = spoken.get(book)
  if (known === undefined) {
    known = [book, ...book.replaced].some(({ provisions }) => provisions.some(({ kind }) => kind === 'release'))
    spoken.set(book, known)
  }
  return known
}

function released(
  book: RuleBook,
  directory: Directory,
  serviceId: string,
  day: Temporal.PlainDate,
  channel: AskedChannel,
  known?: Temporal.Instant,
): Release | null {
  const subject = subjectOfService(directory, serviceId, day)
  const bound = applying(book, 'release', subject, known).filter(({ provision }) => binds(provision, channel))
  const best = winner(bound, subject)
  if (best === null) return null
  const { parameters, id } = best.provision
  const at = releasedAt(parameters, day)
  const lotUntil = parameters.way === 'lot' ? at.add({ minutes: parameters.lotMinutes ?? 0 }) : null
  return { at, lotUntil, provision: id, basis: cites(book, 'not-yet-released', [basisOf(best)], known) }
}

function binds({ parameters }: Provision<RuleOf<'release'>>, channel: AskedChannel): boolean {
  return ((parameters.channels ?? ['web']) as readonly AskedChannel[]).includes(channel)
}

/** The moment at which the times of a day are released; a minute of the wall that a clock change skips is the one after. */
export function releasedAt(rule: ReleaseRule, day: Temporal.PlainDate): Temporal.Instant {
  switch (rule.rhythm) {
    case 'rolling':
      return instantOf(day.subtract({ days: rule.daysAhead }), 0)
    case 'daily':
      return instantOf(day.subtract({ days: rule.daysAhead }), rule.minute)
    case 'weekly': {
      const monday = day.subtract({ days: day.dayOfWeek - 1 })
      return instantOf(monday.subtract({ weeks: rule.weeksAhead ?? 1 }).add({ days: rule.weekday - 1 }), rule.minute)
    }
  }
}

/** Where a release stands at a moment. `drawn`: the draw is done, and what it left may be taken. */
export function releaseStage(release: Release, now: Temporal.Instant, drawn: boolean): 'open' | ReleaseRefusal {
  if (Temporal.Instant.compare(now, release.at) < 0) return 'not-yet-released'
  if (release.lotUntil === null || drawn) return 'open'
  return Temporal.Instant.compare(now, release.lotUntil) < 0 ? 'by-lot' : 'lot-being-drawn'
}

/** Why a time may not be taken by the release of its day; null when it may. */
export function refusedForRelease(
  release: Release,
  { now, drawn, serviceId, ways }: { now: Temporal.Instant; drawn: boolean; serviceId: string; ways: readonly NextStep[] },
): Refused<ReleaseRefusal> | null {
  const stage = releaseStage(release, now, drawn)
  switch (stage) {
    case 'open':
      return null
    case 'not-yet-released':
      return refuse(stage, release.basis, ways, momentValues(release.at))
    case 'by-lot':
      return refuse(
        stage,
        release.basis,
        [{ kind: 'lot', href: `/sprawy/${serviceId}/losowanie` }, ...ways],
        momentValues(release.lotUntil as Temporal.Instant),
      )
    case 'lot-being-drawn':
      return refuse(stage, release.basis, [{ kind: 'try-again' }, ...ways])
  }
}

/** A day one cannot take times of yet, and its release. */
export interface ComingDay {
  readonly day: Temporal.PlainDate
  readonly release: Release
}

export interface WebDays {
  readonly from: Temporal.PlainDate
  /** The last day with times to be taken. */
  readonly to: Temporal.PlainDate
  /** Days from `from` on that are released later, up to a week after the last one that is. */
  readonly coming: readonly ComingDay[]
  /** Days in the time of a draw or not yet drawn, unless `drawn`. */
  readonly byLot: readonly ComingDay[]
  readonly basis: readonly Basis[]
}

/** Days on which a person may take times of a matter on the web, and days to come. */
export function webDays(book: RuleBook, directory: Directory, serviceId: string, now: Temporal.Instant): WebDays {
  const today = officeDay(now)
  const from = today.add({ days: 1 })
  const horizon = directory.office.settings['booking-horizon-days']
  const basis = [setting('booking-horizon-days')]
  if (!knowsReleases(book)) return { from, to: today.add({ days: horizon }), coming: [], byLot: [], basis }
  const coming: ComingDay[] = []
  const byLot: ComingDay[] = []
  const bases = new Map<string, Basis>()
  let to = from
  for (let ahead = 1; ahead <= releaseDaysMax; ahead += 1) {
    const day = today.add({ days: ahead })
    const release = releaseOf(book, directory, serviceId, day)
    if (release === null) {
      if (ahead > horizon) continue
      bases.set('setting', basis[0] as Basis)
      to = day
    } else if (Temporal.Instant.compare(now, release.at) < 0) {
      coming.push({ day, release })
    } else {
      for (const each of release.basis) bases.set(release.provision, each)
      to = day
      if (release.lotUntil !== null) byLot.push({ day, release })
    }
  }
  const last = to.add({ days: 7 })
  return {
    from,
    to,
    coming: coming.filter(({ day }) => Temporal.PlainDate.compare(day, last) <= 0),
    byLot,
    basis: [...bases.values()],
  }
}
