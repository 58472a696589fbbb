/**
 * Provisions and advice as sentences a person reads, in the language of the page. The sentence says
 * what the provision rules and nothing more.
 */
import { nameIn, type Directory } from '../directory/index.js'
import { minuteTime, plainDay, polishFrom, type Translate } from '../platform/words.js'
import type { Means, Provision, ReleaseRule, RemoteChannel, RemoteChannelName, Scope } from './model.js'
import type { AdviceReason, Way } from './rules/advice.js'
import type { DayHours } from './rules/hours.js'
import type { Standing } from './rules/force.js'

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
    case 'hours': {
      const intervals = intervalsText(provision.parameters.intervals)
      const days = daysText(t, provision.scope)
      return intervals === '' ? t('regulation.rule.hours.closed', { days }) : t('regulation.rule.hours', { days, hours: intervals })
    }
    case 'day-off':
      return t(provision.parameters.working === true ? 'regulation.rule.day-off.working' : 'regulation.rule.day-off', {
        name: holidayName(t, provision.id, provision.parameters.name),
      })
    case 'admission':
      return t(`regulation.rule.admission.${provision.parameters.mode}`)
    case 'booking-channel':
      return t('regulation.rule.booking-channel', {
        channels: provision.parameters.channels.map((each) => t(`regulation.channel.${each}`)).join(', '),
      })
    case 'release':
      return releaseSentence(t, provision.parameters)
    case 'entry':
      return t(`regulation.rule.entry.${provision.parameters.purpose}`)
    case 'clients-per-desk':
      return t('regulation.rule.clients-per-desk', { limit: provision.parameters.limit })
    case 'building-limit':
      return t(`regulation.rule.building-limit.${provision.parameters.of}`, { limit: provision.parameters.limit })
    case 'not-counted':
      return t('regulation.rule.not-counted', { who: nameOf(t, 'who', provision.parameters.who) })
    case 'safety':
      return t('regulation.rule.safety', { obligation: lowerFirst(nameOf(t, 'safety', provision.parameters.obligation)) })
    case 'safety-exemption':
      return t('regulation.rule.safety-exemption', {
        obligation: nameOf(t, 'safety', provision.parameters.obligation),
        who: nameOf(t, 'exempt', provision.parameters.who),
      })
    case 'request':
      return t(`regulation.rule.request.${provision.parameters.what}`)
    case 'remote-channel':
      return remoteSentence(t, provision.parameters)
    case 'publication':
      return t('regulation.rule.publication', { place: nameOf(t, 'place', provision.parameters.place) })
    case 'task':
      return t('regulation.rule.task', { who: nameOf(t, 'task', provision.parameters.who) })
  }
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
  return t(key, { by: t(`regulation.by.${channel.channel}`), signature, needs: `${needs}${lacking}` })
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
    : t(wayWords(way), { address: way.address })
}

/** The words of a way whose address is known; `{address}` is left to whoever shows it as a link. */
export function wayWords({ channel, signed }: Way): string {
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
      return intervalsText(day.intervals)
    case 'day-off':
      // A Sunday needs no word that it is one of the days off.
      if (day.weekly === true) return holidayName(t, day.provision ?? '', day.name ?? '')
      return t('regulation.hours.day-off', { name: holidayName(t, day.provision ?? '', day.name ?? '') })
    case 'closed':
    case 'unknown':
      return t(`regulation.hours.${day.code}`)
  }
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
  return t.has(key) ? t(key) : code
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

function weekdaysText(t: Translate, weekdays: readonly number[]): string {
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
