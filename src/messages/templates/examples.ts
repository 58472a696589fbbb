/** A message of each kind as somebody might get it: for previews, and for whoever looks at mails. */
import { longDay, phoneForReading, readMessages, shortWhen, wallTime, words, type Language, type Values } from '../../platform/words.js'
import { instantOf, officeDay } from '../../platform/clock.js'
import { bothText, fullName, type Directory } from '../../directory/index.js'
import { inLanguage } from '../../ui/index.js'
import type { Letter } from '../model.js'
import type { MessageKind } from './catalogue.js'
import { saidSo } from './check.js'

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

/** What stands at the places of sentences. */
export function exampleValues({ office, publicUrl, now }: ExampleFacts, language: Language): Values {
  const start = startOf({ now })
  const [service] = office.services.values()
  const unit = office.units.get(service?.unitId ?? '')
  const when = `${longDay(language, officeDay(start))}, ${wallTime(start)}`
  return {
    code: '482915',
    day: longDay(language, officeDay(now)),
    link: `${publicUrl}${inLanguage('/l/K7MPQX2D-w7HZ2Qd0cTn4uB1xYv5kRg/odwolaj', language)}`,
    list: (service?.bring.length ?? 0) > 0 ? (service?.bring.join('; ') ?? '') : 'dowód osobisty',
    matter: service?.name ?? '',
    minutes: 15,
    office: office.office.name,
    persons: 2,
    phone: phoneForReading(office.office.phone),
    receipt: 'ZD-000123-4',
    reference: 'K7MP QX2D',
    service: service === undefined ? '' : bothText(fullName(words(language), service)),
    ticket: 'A 041',
    time: wallTime(start),
    unit: unit?.name ?? office.office.name,
    until: when,
    when,
    where: unit === undefined ? office.office.address : (office.buildings.get(unit.buildingId)?.address ?? office.office.address),
  }
}

/** The letter of a kind with example values; `own` are sentences in the office's words. */
export function exampleLetter(
  facts: ExampleFacts,
  { subject, lines, links, short }: MessageKind,
  language: Language,
  own: ReadonlyMap<string, string>,
): Letter {
  const values = exampleValues(facts, language)
  const say = (key: string, filled: Values = values): string =>
    saidSo(own.get(key) ?? originalOf(key, language), language, filled) ?? originalOf(key, language)
  const soon = shortWhen(language, startOf(facts))
  const brief = { ...values, when: soon, until: soon, reference: 'K7MPQX2D' }
  const href = facts.publicUrl + inLanguage('/l/K7MPQX2D-w7HZ2Qd0cTn4uB1xYv5kRg', language)
  return {
    id: 0,
    at: facts.now,
    language,
    to: { email: 'osoba@example.pl', phone: '+48601234567' },
    subject: say(subject),
    lines: lines.map((key) => say(key)),
    links: links.map((key) => ({ href, label: say(key) })),
    ...(short.length === 0 ? {} : { short: short.map((key) => say(key, brief)) }),
  }
}
