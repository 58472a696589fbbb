/**
 * Every word on a screen: ICU messages in words/LANGUAGE/SLICE.json, read once at the start.
 *
 * A key is `slice.name`. Polish is always there; a language that lacks a key falls back to Polish,
 * which the check `messages` forbids for anything a citizen sees.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { officeZone } from './clock.js'
import { projectFile } from './paths.js'

export const languages = ['pl', 'en', 'uk'] as const
export type Language = (typeof languages)[number]

export type Values = Readonly<Record<string, string | number>>

/** Speaks one language: `t('booking-staff.minutes', { minutes: 10 })`. */
export interface Translate {
  (key: string, values?: Values): string
  readonly language: Language
  /** True when Polish has the key; for codes that come from data. */
  has(key: string): boolean
  /** Words that are Polish whatever the language, such as names in an act, ready to stand in a sentence of a page. */
  polish(text: string): string
}

/**
 * Stand around Polish words in a sentence of another language until the sentence is on a page or in a
 * mail, where they become `<span lang="pl">` (ui/languages.ts); only `pageWords` writes them. In the
 * files of words such words stand in `[[ ]]`.
 */
export const polishFrom = '\uE000'
export const polishTo = '\uE001'

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language)
}

const messagesOf = new Map(languages.map((language) => [language, readMessages(language)]))
const speakers = new Map<Language, Translate>(languages.map((language) => [language, speaker(language, ['', ''])]))
const pageSpeakers = new Map<Language, Translate>(
  languages.map((language) => [language, language === 'pl' ? words(language) : speaker(language, [polishFrom, polishTo])]),
)

/** The words of a language. */
export function words(language: Language): Translate {
  return speakers.get(language) as Translate
}

/** The words of a language for pages and mails: with marks around what is Polish in them. */
export function pageWords(language: Language): Translate {
  return pageSpeakers.get(language) as Translate
}

/** Raw messages of a language by key, for the check of all of them. */
export function readMessages(language: Language): Map<string, string> {
  const folder = projectFile('words', language)
  const messages = new Map<string, string>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const slice = file.replace(/\.json$/, '')
    const content = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Record<string, string>
    for (const [key, text] of Object.entries(content)) messages.set(`${slice}.${key}`, text)
  }
  return messages
}

function speaker(language: Language, [from, to]: readonly [string, string]): Translate {
  const own = messagesOf.get(language) as Map<string, string>
  const polish = messagesOf.get('pl') as Map<string, string>
  const compiled = new Map<string, IntlMessageFormat>()
  // What has no values is the same each time: most words of a page.
  const plain = new Map<string, string>()
  const translate = (key: string, values?: Values): string => {
    if (values === undefined) {
      let text = plain.get(key)
      if (text === undefined) plain.set(key, (text = spoken(key, undefined)))
      return text
    }
    return spoken(key, values)
  }
  const spoken = (key: string, values: Values | undefined): string => {
    let message = compiled.get(key)
    if (message === undefined) {
      const text = own.get(key) ?? polish.get(key)
      if (text === undefined) throw new Error(`no words for "${key}"`)
      message = new IntlMessageFormat(text.replaceAll('[[', from).replaceAll(']]', to), own.has(key) ? language : 'pl')
      compiled.set(key, message)
    }
    return message.format(values) as string
  }
  return Object.assign(translate, {
    language,
    has: (key: string) => polish.has(key),
    polish: (text: string) => (text === '' ? '' : `${from}${text}${to}`),
  })
}

const dateFormats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`
  let format = dateFormats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { timeZone: officeZone, ...options })
    dateFormats.set(key, format)
  }
  return format
}

const longDays = new Map<string, string>()
/** Days remembered at most: those of a few years in every language. */
const longDaysMax = 4_000

/** "poniedziałek 25 maja 2020" */
export function longDay(language: Language, day: Temporal.PlainDate): string {
  const key = `${language} ${day}`
  let text = longDays.get(key)
  if (text === undefined) {
    if (longDays.size >= longDaysMax) longDays.clear()
    longDays.set(key, (text = longDayOf(language, day)))
  }
  return text
}

function longDayOf(language: Language, day: Temporal.PlainDate): string {
  const parts = dateFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).formatToParts(noonOf(day))
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`
}

/** "czerwiec 2020" */
export function monthName(language: Language, day: Temporal.PlainDate): string {
  return dateFormat(language, { month: 'long', year: 'numeric' }).format(noonOf(day)).replace(/ р\.$/, '')
}

/** "pon." for 1, Monday */
export function shortWeekday(language: Language, weekday: number): string {
  return dateFormat(language, { weekday: 'short' }).format(noonOf(someMonday.add({ days: weekday - 1 })))
}

const someMonday = Temporal.PlainDate.from('2020-05-25')

function noonOf(day: Temporal.PlainDate): number {
  return day.toZonedDateTime({ timeZone: officeZone, plainTime: '12:00' }).epochMilliseconds
}

/** "25 maja 2020" */
export function plainDay(language: Language, day: Temporal.PlainDate): string {
  return longDay(language, day).split(' ').slice(1).join(' ')
}

/** "9:20" on the office's wall */
export function wallTime(at: Temporal.Instant): string {
  const wall = at.toZonedDateTimeISO(officeZone)
  return `${wall.hour}:${String(wall.minute).padStart(2, '0')}`
}

/** "wt. 26.05, 9:20": as short as a day and time can be said. */
export function shortWhen(language: Language, at: Temporal.Instant): string {
  const { dayOfWeek, day, month } = at.toZonedDateTimeISO(officeZone)
  return `${shortWeekday(language, dayOfWeek)} ${String(day).padStart(2, '0')}.${String(month).padStart(2, '0')}, ${wallTime(at)}`
}

/** "7:30" for minute 450 */
export function minuteTime(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
}

/** Is it a Polish number that is no mobile's? An SMS reaches none of them; what numbers of other countries are is not known. */
export function isLandline(phone: string): boolean {
  return /^\+48(?!4[5-9]|5[0137]|6[069]|7[2389]|88)/.test(phone)
}

/** "65 529 81 00" for "+48655298100"; other countries as they are. */
export function phoneForReading(phone: string): string {
  const polish = /^\+48(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(phone)
  if (polish === null) return phone
  const mobile = !isLandline(phone)
  const digits = phone.slice(3)
  return mobile ? `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}` : polish.slice(1).join(' ')
}
