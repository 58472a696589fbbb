/**
 * Provisions and advice as sentences a person reads, in the language of the page. The sentence says
 * what the provision rules and nothing more.
 */
import { nameIn, type Directory } from '../directory/index.js'
import { minuteTime, plainDay, polishFrom, type Translate } from '../platform/words.js'
import type {
  DropOffRule,
  HoursRule,
  Interval,
  Means,
  Provision,
  ReleaseRule,
  RemoteChannel,
  RemoteChannelName,
  RequestRule,
  RuleOf,
  SafetyRule,
  Scope,
} from './model.js'
import type { AdviceReason, Way } from './rules/advice.js'
import type { DayHours } from './rules/hours.js'
import type { Standing } from './rules/force.js'
import type { SafetyObligation, Screening } from './rules/safety.js'

/** One sentence for a provision. */
export function provisionSentence(t: Translate, directory: Directory, { provision, act }: Standing): string {
  const where = whereText(t, directory, provision.scope)
  const rule = ruleSentence(t, provision)
  const sentence = upperFirst(where === '' ? rule : `${where}${lowerFirst(rule)}`)
  const condition = provision.conditionId ?? act.conditionId
  return condition === null
    ? sentence
    : `${sentence.replace(/\.$/, '')} (${t('regulation.page.condition', { name: conditionName(t, condition) })}).`
}

function ruleSentence(t: Translate, provision: Provision): string {
  switch (provision.kind) {
    case 'hours':
      return hoursSentence(t, provision)
    case 'day-off':
      return t(provision.parameters.working === true ? 'regulation.rule.day-off.working' : 'regulation.rule.day-off', {
        name: holidayName(t, provision.id, provision.parameters.name),
      })
    case 'admission':
      return sentences(
        t(`regulation.rule.admission.${provision.parameters.mode}`),
        provision.parameters.matters !== undefined && t(`regulation.rule.admission.${provision.parameters.matters}`),
      )
    case 'booking-channel':
      return t('regulation.rule.booking-channel', {
        channels: provision.parameters.channels.map((each) => t(`regulation.channel.${each}`)).join(', '),
      })
    case 'release':
      return releaseSentence(t, provision.parameters)
    case 'entry':
      return sentences(
        t(`regulation.rule.entry.${provision.parameters.purpose}`),
        entranceText(t, provision.parameters),
        provision.parameters.proof !== undefined && t(`regulation.rule.entry.proof.${provision.parameters.proof}`),
      )
    case 'companions':
      return t(`regulation.rule.companions.${provision.parameters.who}`)
    case 'screening':
      return screeningText(t, { what: provision.parameters.what, above: provision.parameters.above ?? null })
    case 'clients-per-desk':
      return t('regulation.rule.clients-per-desk', { limit: provision.parameters.limit })
    case 'building-limit':
      return countSentence(t, provision)
    case 'not-counted':
      return t('regulation.rule.not-counted', { who: nameOf(t, 'who', provision.parameters.who) })
    case 'safety':
      return t(provision.parameters.advised === true ? 'regulation.rule.safety.advised' : 'regulation.rule.safety', {
        obligation: lowerFirst(obligationText(t, provision.parameters)),
      })
    case 'safety-exemption':
      return t('regulation.rule.safety-exemption', {
        obligation: nameOf(t, 'safety', provision.parameters.obligation),
        who: exemptText(t, provision.parameters),
      })
    case 'priority':
      return t('regulation.rule.priority', { who: nameOf(t, 'priority', provision.parameters.who) })
    case 'request':
      return requestSentence(t, provision.parameters)
    case 'remote-channel':
      return remoteSentence(t, provision.parameters)
    case 'publication':
      return t('regulation.rule.publication', { place: nameOf(t, 'place', provision.parameters.place) })
    case 'task':
      return t('regulation.rule.task', { who: nameOf(t, 'task', provision.parameters.who) })
  }
}

/** Sentences one after the other, without those that are not said. */
function sentences(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== '').join(' ')
}

function hoursSentence(t: Translate, { parameters, scope }: Provision<RuleOf<'hours'>>): string {
  const { intervals, breaks = [], offset } = parameters
  const days = daysText(t, scope)
  const pause = breaks.length > 0 && t('regulation.rule.hours.breaks', { breaks: intervalsText(breaks) })
  if (offset !== undefined) return sentences(t('regulation.rule.hours.offset', { days, changes: offsetText(t, offset) }), pause)
  if (intervals.length === 0) return t('regulation.rule.hours.closed', { days })
  return sentences(t('regulation.rule.hours', { days, hours: intervalsText(intervals) }), pause)
}

/** "koniec 60 minut wcześniej" */
function offsetText(t: Translate, offset: NonNullable<HoursRule['offset']>): string {
  return (['opens', 'closes'] as const)
    .filter((end) => offset[end] !== 0)
    .map((end) => t(`regulation.rule.hours.${end}-${offset[end] < 0 ? 'earlier' : 'later'}`, { minutes: Math.abs(offset[end]) }))
    .join(', ')
}

function countSentence(t: Translate, { parameters, scope }: Provision<RuleOf<'building-limit'>>): string {
  const { of, limit, squareMetres = null, squareMetresEach = null } = parameters
  const per = parameters.per ?? (scope.room === undefined ? 'building' : 'room')
  const key = per === 'building' ? `regulation.rule.building-limit.${of}` : `regulation.rule.building-limit.${of}.${per}`
  return sentences(
    t(key, { limit }),
    squareMetres !== null &&
      squareMetresEach !== null &&
      t('regulation.rule.square-metres', { each: squareMetresEach, area: squareMetres }),
    entranceText(t, parameters),
  )
}

function entranceText(t: Translate, { entrance }: { readonly entrance?: string }): string | false {
  return entrance !== undefined && t('regulation.rule.entrance', { entrance: t.polish(entrance) })
}

function requestSentence(t: Translate, { what, only, attachProof }: RequestRule): string {
  return sentences(
    t(only === true ? `regulation.rule.request.${what}.only` : `regulation.rule.request.${what}`),
    attachProof === true && t('regulation.way.payment.proof'),
  )
}

/** What the guard looks at, and who then stays out; and that nothing of it is kept. */
export function screeningText(t: Translate, { what, above }: Pick<Screening, 'what' | 'above'>): string {
  return sentences(
    t(`regulation.screening.${what}`),
    above !== null && t('regulation.screening.above', { above }),
    t('regulation.screening.not-kept'),
  )
}

/** "Maseczka lub przyłbica", "Odległość co najmniej 1,5 m od innych osób" */
export function obligationText(t: Translate, { obligation, or = [], metres }: Pick<SafetyRule, 'obligation' | 'or' | 'metres'>): string {
  const first = metres === undefined ? nameOf(t, 'safety', obligation) : t('regulation.safety.distance.metres', { metres })
  const others = or.map((each) => lowerFirst(nameOf(t, 'safety', each)))
  const last = others.at(-1)
  return last === undefined ? first : t('regulation.means.or', { list: [first, ...others.slice(0, -1)].join(', '), last })
}

/** As people are told to prepare: what is only recommended says so, and where it holds if not everywhere. */
export function safetyText(t: Translate, each: SafetyObligation, directory: Directory | null = null): string {
  const text = obligationText(t, each)
  const said = each.advised === true ? t('regulation.safety.advised', { obligation: lowerFirst(text) }) : text
  // Whoever goes to a known room is told only what holds there.
  return each.rooms === undefined || directory === null
    ? said
    : t('regulation.safety.rooms', { obligation: said, rooms: roomNames(t, directory, each.rooms) })
}

export function roomNames(t: Translate, directory: Directory, rooms: readonly string[]): string {
  return rooms.map((id) => t.polish(directory.rooms.get(id)?.number ?? id)).join(', ')
}

export function exemptText(t: Translate, { who, underYears }: { readonly who: string; readonly underYears?: number }): string {
  return underYears === undefined ? nameOf(t, 'exempt', who) : t('regulation.exempt.child', { years: underYears })
}

function releaseSentence(t: Translate, rule: ReleaseRule): string {
  const values = {
    channels: (rule.channels ?? ['web']).map((each) => t(`regulation.release.channel.${each}`)).join(', '),
    days: rule.rhythm === 'weekly' ? 0 : rule.daysAhead,
    weeks: rule.rhythm === 'weekly' ? (rule.weeksAhead ?? 1) : 0,
    weekday: rule.rhythm === 'weekly' ? t(`regulation.release.weekday.${rule.weekday}`) : '',
    time: rule.rhythm === 'rolling' ? '' : minuteTime(rule.minute),
  }
  const when = t(`regulation.rule.release.${rule.rhythm}`, values)
  return rule.way === 'lot' ? `${when} ${t('regulation.rule.release.lot', { minutes: rule.lotMinutes ?? 0 })}` : when
}

function remoteSentence(t: Translate, channel: RemoteChannel): string {
  if (channel.withdrawn === true) {
    const way = t(`regulation.way.${channel.channel}`)
    return t('regulation.rule.remote-channel.withdrawn', {
      way,
      kinds: (channel.caseKinds ?? []).map((each) => nameOf(t, 'case', each)).join(', '),
    })
  }
  const signature = channel.signature === 'any' ? '' : t(`regulation.rule.signature.${channel.signature}`)
  const needs = channel.needs.length > 0 ? t('regulation.rule.needs', { list: groupsText(t, channel.needs) }) : ''
  const lacking = channel.lacking === undefined ? '' : t('regulation.rule.lacking', { list: groupsText(t, channel.lacking) })
  const key = channel.advised === true ? 'regulation.rule.remote-channel.advised' : 'regulation.rule.remote-channel'
  const { dropOff } = channel
  const by = dropOff === undefined ? t(`regulation.by.${channel.channel}`) : t('regulation.by.left', { place: placeText(t, dropOff) })
  const sentence = t(key, { by, signature, needs: `${needs}${lacking}` })
  return sentences(sentence, ...leftSentences(t, { ...channel, dropOff: dropOff === undefined ? [] : [dropOff] }))
}

function placeText(t: Translate, { place }: DropOffRule): string {
  return nameOf(t, 'left', place)
}

/** What those who leave or send papers should know: hours, receipt, what they are asked for, how long it lies. */
export function leftSentences(
  t: Translate,
  { dropOff = [], quarantineHours }: Pick<Way, 'dropOff' | 'quarantineHours'>,
): readonly string[] {
  return [
    ...dropOff.flatMap((each) => [
      ...(each.hours === undefined ? [] : [leftHours(t, each.hours)]),
      t(`regulation.receipt.${each.receipt}`),
      ...(each.emptiedEveryMinutes === undefined ? [] : [t('regulation.left.emptied', { minutes: each.emptiedEveryMinutes })]),
      ...(each.asks ?? []).map((what) => askText(t, what)),
    ]),
    ...(quarantineHours === undefined ? [] : [t('regulation.left.quarantine', { hours: quarantineHours })]),
  ]
}

function leftHours(t: Translate, hours: readonly Interval[]): string {
  const [only] = hours
  const allDay = hours.length === 1 && only?.from === 0 && only.to === 1440
  return allDay ? t('regulation.left.all-day') : t('regulation.left.hours', { hours: intervalsText(hours) })
}

function askText(t: Translate, what: string): string {
  const key = `regulation.left.asks.${what}`
  return t.has(key) ? t(key) : t('regulation.left.asks', { what: t.polish(what) })
}

/** "konto na ePUAP; profil zaufany lub certyfikat kwalifikowany" */
export function groupsText(t: Translate, groups: readonly (readonly Means[])[]): string {
  return groups
    .map((group) => group.map((each) => t(`regulation.means.${each}`)))
    .map((names) =>
      names.length < 2 ? names.join('') : t('regulation.means.or', { list: names.slice(0, -1).join(', '), last: names.at(-1) ?? '' }),
    )
    .join('; ')
}

/** What to do on this way, or that its address has to be asked for. */
export function waySentence(t: Translate, way: Way): string {
  return way.address === null
    ? `${upperFirst(t(`regulation.way.${way.channel}`))}. ${t('regulation.way.address-unknown')}`
    : sentences(t(wayWords(way), { address: way.address }), ...leftSentences(t, way))
}

/** The words of a way whose address is known; `{address}` is left to whoever shows it as a link. */
export function wayWords({ channel, signed, dropOff }: Way): string {
  if (dropOff !== undefined) return `regulation.way.left.do${signed ? '.signed' : ''}`
  return `regulation.way.${channel}.do${signed && signedWays.has(channel) ? '.signed' : ''}`
}

/** Ways on which it is paper that has to be signed. */
const signedWays: ReadonlySet<RemoteChannelName> = new Set(['post', 'drop-off'])

export function reasonSentence(t: Translate, reason: AdviceReason): string {
  const way = reason.channel === undefined ? '' : t(`regulation.way.${reason.channel}`)
  return t(`regulation.reason.${reason.code}`, { way, missing: groupsText(t, reason.missing ?? []) })
}

/** "7:30–15:30", "wolne: Boże Ciało", "nieczynne", "brak informacji" */
export function hoursText(t: Translate, day: DayHours): string {
  switch (day.code) {
    case 'open':
      return because(t, intervalsText(day.intervals), day.name)
    case 'day-off':
      // A Sunday needs no word that it is one of the days off.
      if (day.weekly === true) return holidayName(t, day.provision ?? '', day.name ?? '')
      return t('regulation.hours.day-off', { name: holidayName(t, day.provision ?? '', day.name ?? '') })
    case 'closed':
    case 'unknown':
      return because(t, t(`regulation.hours.${day.code}`), day.name)
  }
}

/** With the reason the office gives for a day that is not as usual. */
function because(t: Translate, text: string, reason: string | undefined): string {
  return reason === undefined ? text : `${text} (${t.polish(reason)})`
}

/** The name of a day off in the language, or as the act gives it. */
export function holidayName(t: Translate, provisionId: string, name: string): string {
  const key = `regulation.holiday.${provisionId.slice(provisionId.indexOf('#') + 1)}`
  return t.has(key) ? t(key) : t.polish(name)
}

/** "stan epidemii" */
export function conditionName(t: Translate, id: string): string {
  return nameOf(t, 'condition', id)
}

function nameOf(t: Translate, kind: string, code: string): string {
  const key = `regulation.${kind}.${code}`
  return t.has(key) ? t(key) : t.polish(code)
}

function intervalsText(intervals: readonly { readonly from: number; readonly to: number }[]): string {
  return intervals.map(({ from, to }) => `${minuteTime(from)}–${minuteTime(to)}`).join(', ')
}

/** "Wydział Komunikacji: " in front of a sentence that holds there only. */
function whereText(t: Translate, directory: Directory, scope: Scope): string {
  const names = [
    ...(scope.unit ?? []).map((id) => nameIn(t, directory.units.get(id) ?? { name: id })),
    ...(scope.building ?? []).map((id) => t.polish(directory.buildings.get(id)?.address ?? id)),
    ...(scope.room ?? []).map((id) => t.polish(id)),
    ...(scope.service ?? []).map((id) => nameIn(t, directory.services.get(id) ?? { name: id })),
  ]
  return names.length === 0 ? '' : `${names.join(', ')}: `
}

function daysText(t: Translate, scope: Scope): string {
  const days = scope.weekday === undefined ? t('regulation.days.all') : weekdaysText(t, scope.weekday)
  if (scope.dates !== undefined) {
    const [from, until] = [scope.dates.from, scope.dates.until].map((day) => plainDay(t.language, Temporal.PlainDate.from(day))) as [
      string,
      string,
    ]
    return from === until ? from : t('regulation.days.dates', { from, until })
  }
  return scope.season === undefined
    ? days
    : t('regulation.days.season', { days, from: monthDay(scope.season.from), until: monthDay(scope.season.until) })
}

function monthDay(text: string): string {
  const [month, day] = text.split('-')
  return `${day}.${month}`
}

/** "od poniedziałku do piątku" */
export function weekdaysText(t: Translate, weekdays: readonly number[]): string {
  const inARow = weekdays.length > 2 && weekdays.every((day, index) => index === 0 || day === (weekdays[index - 1] ?? 0) + 1)
  const name = (day: number | undefined): string => t(`regulation.weekday.${day}`)
  return inARow ? t('regulation.weekdays.range', { from: name(weekdays[0]), to: name(weekdays.at(-1)) }) : weekdays.map(name).join(', ')
}

function upperFirst(text: string): string {
  return text.replace(first, (letter) => letter.toUpperCase())
}

function lowerFirst(text: string): string {
  return text.replace(first, (letter) => letter.toLowerCase())
}

/** The first letter, behind a mark that the words are Polish. */
const first = new RegExp(`^${polishFrom}?.`, 'u')
