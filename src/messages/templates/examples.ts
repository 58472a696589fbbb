/** A message of each kind as somebody might get it: for previews, and for whoever looks at mails. */
import { longDay, pageWords, phoneForReading, readMessages, shortWhen, wallTime, type Language, type Values } from '../../platform/words.js'
import { instantOf, officeDay } from '../../platform/clock.js'
import { spacedReference } from '../../platform/references.js'
import { bothText, fullName, type Directory } from '../../directory/index.js'
import { inLanguage } from '../../ui/index.js'
import { replySubject } from '../content/mail.js'
import type { Letter } from '../model.js'
import type { MessageKind } from './catalogue.js'
import { saidSo } from './check.js'

const exampleReference = 'K7MPQX2D'
const originals = new Map<Language, Map<string, string>>()

/** The program's own sentence. */
export function originalOf(key: string, language: Language): string {
  let own = originals.get(language)
  if (own === undefined) originals.set(language, (own = readMessages(language)))
  return (own.get(key) ?? key).replaceAll(/\[\[|\]\]/g, '')
}

export interface ExampleFacts {
  readonly office: Directory
  readonly publicUrl: string
  readonly now: Temporal.Instant
}

const startOf = ({ now }: Pick<ExampleFacts, 'now'>): Temporal.Instant => instantOf(officeDay(now).add({ days: 1 }), 9 * 60 + 20)

/** Until when something waits for an answer: as long from now as the office's settings say. */
const answersUntil = (
  { now, office }: Pick<ExampleFacts, 'now' | 'office'>,
  setting: 'confirm-minutes' | 'offer-minutes',
): Temporal.Instant => now.add({ minutes: office.office.settings[setting] })

/** What stands at the places of sentences. */
export function exampleValues({ office, publicUrl, now }: ExampleFacts, language: Language): Values {
  const start = startOf({ now })
  const t = pageWords(language)
  const [service] = office.services.values()
  const unit = office.units.get(service?.unitId ?? '')
  const address = (unit === undefined ? undefined : office.buildings.get(unit.buildingId)?.address) ?? office.office.address
  const moment = (at: Temporal.Instant): string => `${longDay(language, officeDay(at))}, ${wallTime(at)}`
  return {
    address: t.polish(address),
    code: '482915',
    day: longDay(language, officeDay(now)),
    days: office.office.settings['mail-answer-days'],
    link: `${publicUrl}${inLanguage('/l/K7MPQX2D-w7HZ2Qd0cTn4uB1xYv5kRg/odwolaj', language)}`,
    list: t.polish((service?.bring.length ?? 0) > 0 ? (service?.bring.join('; ') ?? '') : 'dowód osobisty'),
    matter: t.polish(service?.name ?? ''),
    minutes: 15,
    office: t.polish(office.office.name),
    persons: 2,
    phone: phoneForReading(office.office.phone),
    receipt: 'ZD-000123-4',
    reference: spacedReference(exampleReference),
    service: service === undefined ? '' : bothText(fullName(t, service)),
    ticket: 'A 041',
    time: wallTime(answersUntil({ now, office }, 'confirm-minutes')),
    unit: t.polish(unit?.name ?? office.office.name),
    until: moment(answersUntil({ now, office }, 'offer-minutes')),
    when: moment(start),
    where: t.polish(address),
  }
}

/** The letter of a kind with example values; `own` are sentences in the office's words. */
export function exampleLetter(
  facts: ExampleFacts,
  { subject, lines, links, short, answersMail }: MessageKind,
  language: Language,
  own: ReadonlyMap<string, string>,
): Letter {
  const values = exampleValues(facts, language)
  const say = (key: string, filled: Values = values): string =>
    saidSo(own.get(key) ?? originalOf(key, language), language, filled) ?? originalOf(key, language)
  const brief = {
    ...values,
    when: shortWhen(language, startOf(facts)),
    until: shortWhen(language, answersUntil(facts, 'offer-minutes')),
    reference: exampleReference,
  }
  const href = facts.publicUrl + inLanguage('/l/K7MPQX2D-w7HZ2Qd0cTn4uB1xYv5kRg', language)
  return {
    id: 0,
    at: facts.now,
    language,
    to: { email: 'osoba@example.pl', phone: '+48601234567' },
    subject: answersMail ? replySubject(say(subject), exampleReference) : say(subject),
    lines: lines.map((key) => say(key)),
    links: links.map((key) => ({ href, label: say(key) })),
    ...(short.length === 0 ? {} : { short: short.map((key) => say(key, brief)) }),
  }
}
