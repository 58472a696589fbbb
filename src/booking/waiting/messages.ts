/**
 * What is said to whoever waits for an earlier time: that the entry stands in line, that a time was
 * freed, that none was. Composed from the entry as it is when the message is made. An offer that was
 * answered or has passed meanwhile is not spoken of any more.
 */
import { officeZone } from '../../platform/clock.js'
import { setting } from '../../platform/decision.js'
import type { Queryable } from '../../platform/database.js'
import { shortWhen, pageWords } from '../../platform/words.js'
import type { Service } from '../../directory/index.js'
import type { Composer, ComposerFacts, Composers, Message, Payload, Said } from '../../messages/index.js'
import { basisText } from '../../ui/index.js'
import { findVisitById, type Visit } from '../../visit/index.js'
import { isAnybodys, signingUnit } from '../message-parts.js'
import { mattersText } from '../pages/names.js'
import { whenText } from '../pages/parts.js'
import { wishQuery } from '../wish-form.js'
import { findEntryById } from './line-store.js'
import type { Entry } from './model.js'
import { findOffer } from './store.js'
import { purposeFor, wishFor } from './wished.js'

interface Known {
  readonly entry: Entry
  readonly visit: Visit | null
  readonly service: Service
  /** Names of everything that is waited for. */
  readonly matters: string
  readonly facts: ComposerFacts
}

type Content = Pick<Message, 'subject' | 'lines' | 'link' | 'short' | 'atOnce' | 'usefulUntil'>

const line = (name: string, values?: Said['values']): Said => ({
  key: `waiting.message.${name}`,
  ...(values === undefined ? {} : { values }),
})

/** A composer of an entry, said where its visit's messages go, or to the person of the entry. */
function told(say: (known: Known, database: Queryable, payload: Payload) => Promise<Content | null> | Content | null): Composer {
  return async (database, payload, facts) => {
    const entry = await findEntryById(database, Number(payload['entry']))
    const service = facts.office.services.get(entry?.serviceId ?? '')
    if (entry === null || service === undefined) return null
    const visit = entry.visitId === null ? null : await findVisitById(database, entry.visitId)
    const language = visit?.language ?? entry.language
    const matters = mattersText(pageWords(language), facts.office, purposeFor(facts.office, { entry, visit }))
    const content = await say({ entry, visit, service, matters, facts }, database, payload)
    if (content === null) return null
    const { email, phone } = (visit ?? entry).person
    const anybody = visit === null ? !entry.proved : await isAnybodys(database, visit)
    return { to: { email, phone }, language, visitId: visit?.id ?? null, anybody, unit: signingUnit(facts.office, service), ...content }
  }
}

/** From six in the morning to ten at night. */
function isDaytime(now: Temporal.Instant): boolean {
  const { hour } = now.toZonedDateTimeISO(officeZone)
  return hour >= 6 && hour < 22
}

const isLiving = ({ state }: Entry): boolean => state === 'waiting' || state === 'offered'

function joined({ entry, matters }: Known): Content | null {
  if (!isLiving(entry)) return null
  return {
    subject: line('joined.subject'),
    lines: [line('joined.line', { service: matters }), line('joined.leave')],
    link: { href: { secret: 'line-link', reference: entry.reference }, label: line('joined.link') },
  }
}

async function offered({ entry, visit, matters, facts }: Known, database: Queryable, payload: Payload): Promise<Content | null> {
  const offer = await findOffer(database, Number(payload['offer']))
  if (offer?.state !== 'open' || Temporal.Instant.compare(facts.now, offer.until) >= 0) return null
  const language = visit?.language ?? entry.language
  const when = whenText(language, offer.start)
  const page = { secret: 'line-link', reference: entry.reference } as const
  return {
    subject: line('offer.subject', { when }),
    lines: [
      line('offer.line', { service: matters, when }),
      ...(visit === null ? [] : [line('offer.old', { when: whenText(language, visit.startsAt) })]),
      line('offer.until', { until: whenText(language, offer.until) }),
      { key: 'decision.basis', values: { list: basisText(pageWords(language), setting('offer-minutes')) } },
    ],
    link: { href: page, label: line('offer.link') },
    short: [
      line('offer.short', { office: facts.office.office.name, when: shortWhen(language, offer.start) }),
      line('offer.short-link', { until: shortWhen(language, offer.until), link: page }),
    ],
    // It waits for an answer while people are awake; at night it would only wake them.
    atOnce: isDaytime(facts.now),
    usefulUntil: offer.until,
  }
}

function ended({ entry, visit, service, matters, facts }: Known): Content | null {
  if (entry.state !== 'ended') return null
  return {
    subject: line('ended.subject'),
    lines: [line('ended.line', { service: matters })],
    link: { href: `/sprawy/${service.id}/terminy${wishQuery(wishFor(facts.office, { entry, visit }))}`, label: line('ended.link') },
  }
}

export const waitingComposers: Composers = {
  'waiting-joined': told(joined),
  'waiting-offer': told(offered),
  'waiting-ended': told(ended),
}
