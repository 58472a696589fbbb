/**
 * What mails of the office say, in paragraphs of words in the language of whoever wrote, or in the
 * office's own where it has put them so. Pure.
 */
import { spacedReference } from '../platform/references.js'
import { longDay, phoneForReading, wallTime, type Translate } from '../platform/words.js'
import { officeDay } from '../platform/clock.js'
import { setting } from '../platform/decision.js'
import { nameIn, type Directory, type Service } from '../directory/index.js'
import type { Wordings } from '../messages/index.js'
import { basisText } from '../ui/index.js'
import { whenText } from '../booking/index.js'
import { advise, allMeans, reasonSentence, waySentence, type RuleBook } from '../regulation/index.js'

export interface Law {
  readonly office: Directory
  readonly book: RuleBook
  /** What is said in the office's own words. */
  readonly own: Wordings
}

/** The mail came in: its number, how long an answer takes at most, and what that rests on. */
export function receivedText(t: Translate, { reference, days }: { reference: string; days: number }): string[] {
  return [
    t('inbox-messages.hello'),
    t('inbox-messages.received', { reference: spacedReference(reference) }),
    t('inbox-messages.received.days', { days }),
    t('decision.basis', { list: basisText(t, setting('mail-answer-days')) }),
    t('inbox-messages.received.more'),
  ]
}

/** Files of a mail are not kept: how papers of the matter are handed in instead, as far as it is known. */
export function papersText(t: Translate, { office, book }: Law, serviceId: string | null, now: Temporal.Instant): string[] {
  const advice = serviceId === null ? null : advise(book, office, serviceId, new Set(allMeans), now)
  const ways = (advice?.ways ?? []).filter(({ channel }) => channel !== 'email')
  return [
    t('inbox-messages.papers'),
    ...(ways.length === 0
      ? [t('inbox-messages.papers.ask', { phone: phoneForReading(office.office.phone) })]
      : [t('inbox-messages.papers.ways'), ...ways.map((way) => waySentence(t, way))]),
  ]
}

/** How the matter is settled without coming, by the law of now. */
export function adviceText(t: Translate, { office, book }: Law, service: Service, now: Temporal.Instant): string[] {
  const advice = advise(book, office, service.id, new Set(allMeans), now)
  if (advice === null) return []
  return [
    t('inbox-messages.about', { service: nameIn(t, service) }),
    t(`regulation.advice.${advice.code}`),
    ...advice.reasons.filter(({ code }) => code !== 'means-missing').map((reason) => reasonSentence(t, reason)),
    ...advice.ways.map((way) => waySentence(t, way)),
  ]
}

export interface Offered {
  readonly start: Temporal.Instant
  readonly until: Temporal.Instant
}

/** Times that are kept, each until its hour. */
export function offeredText(t: Translate, office: Directory, service: Service, times: readonly Offered[]): string[] {
  const several = times.length > 1 ? '.several' : ''
  const address = office.buildings.get(service.buildingId)?.address
  return [
    t('inbox-messages.about', { service: nameIn(t, service) }),
    t(`inbox-messages.times${several}`),
    ...times.map(({ start, until }) => t('inbox-messages.times.one', { when: whenText(t.language, start), until: momentText(t, until) })),
    ...(address === undefined ? [] : [t('inbox-messages.times.where', { address: t.polish(address) })]),
    t(`inbox-messages.times.how${several}`),
  ]
}

/** "środa 27 maja, 18:00". */
export function momentText(t: Translate, at: Temporal.Instant): string {
  return `${longDay(t.language, officeDay(at))}, ${wallTime(at)}`
}
