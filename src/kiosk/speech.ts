/**
 * What a kiosk can say: every sentence of its screens in three languages, cut where a number or a
 * name stands in it, and the names of the office. Each piece is a clip (`src/kiosk/audio`) whose name
 * follows from what is said: changed words have no clip until `npm run voice` has made it, and a
 * test says so. How a screen's text becomes clips again: `src/ui/browser/reading.ts`.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { projectFile } from '../platform/paths.js'
import { spokenLetters, voiceLanguages, type VoiceLanguage } from '../platform/spoken.js'
import { longDay, readMessages } from '../platform/words.js'
import type { Directory } from '../directory/index.js'
import { entryNo } from '../regulation/index.js'

/** Where the clips lie, by the sentence that each says; what the browser needs to read a screen aloud. */
export interface SpeechWords {
  readonly language: VoiceLanguage
  readonly clips: Readonly<Record<string, string>>
  readonly letters: string
}

/** What the office calls its things; the least that names have in common. */
export interface NamedThing {
  readonly name: string
  readonly translations?: Readonly<Partial<Record<string, { readonly name?: string | undefined }>>> | undefined
}

const folder = projectFile('src/kiosk/audio')
/** Refusals of the lines of tickets, and the steps that a kiosk's answers can name. */
const ticketRefusals = ['no-more-tickets', 'not-before-closing', 'nobody-handles', 'unknown-service']
const stepsSaid = [
  'call',
  'call-office',
  'email',
  'email-office',
  'web',
  'request',
  'lot',
  'services',
  'advice',
  'drop-off',
  'book-again',
  'free-times',
  'confirm',
  'clerk-confirms',
  'come-that-day',
  'come-back-at',
  'wait-for-desk',
  'wait-outside',
  'go-to',
  'seen-to',
  'name-and-matter',
  'use-entrance',
  'other-time',
  'try-again',
]
const settingsSaid = ['entry-early-minutes', 'late-minutes', 'walk-ins-per-day', 'tickets-until-closing', 'weekly-hours', 'unit-hours']
const otherKeys = ['decision.next', 'decision.basis', 'decision.basis.ordinance', 'decision.basis.act', 'decision.basis.setting']
const placeKeys = ['room', 'floor', 'floor-ground', 'assumed'].map((key) => `directory.place.${key}`)
const languageNames: Readonly<Record<VoiceLanguage, string>> = { pl: 'Polski', en: 'English', uk: 'Українська' }

/** Pieces that are said otherwise than they are written: short forms, and floors by Roman figures. */
const readAs: Readonly<Record<VoiceLanguage, Readonly<Record<string, string>>>> = {
  pl: {
    'min.': 'minut',
    'godz.': 'godzina',
    'ust.': 'ustęp',
    'ul.': 'ulica',
    'al.': 'aleja',
    'ds.': 'do spraw',
    '§': 'paragraf',
    '–': 'do',
    'zarządzenia nr': 'zarządzenia numer',
    I: 'pierwsze',
    II: 'drugie',
    III: 'trzecie',
    IV: 'czwarte',
    V: 'piąte',
  },
  en: {
    'ust.': 'subsection',
    'ul.': 'street',
    'al.': 'avenue',
    '§': 'section',
    '–': 'to',
    'of ordinance no': 'of ordinance number',
    I: 'one',
    II: 'two',
    III: 'three',
    IV: 'four',
    V: 'five',
  },
  uk: {
    'хв.': 'хвилин',
    'ust.': 'пункт',
    'ul.': 'вулиця',
    'al.': 'алея',
    '§': 'параграф',
    '–': 'до',
    'розпорядження №': 'розпорядження номер',
    I: 'перший',
    II: 'другий',
    III: 'третій',
    IV: 'четвертий',
    V: 'п’ятий',
  },
}

/** Every piece the words of a language are made of, with what is said for it. */
export function sentencesOf(language: VoiceLanguage): ReadonlyMap<string, string> {
  const found = new Map<string, string>(Object.entries(readAs[language]))
  const messages = readMessages(language)
  for (const key of keysSaid(messages)) for (const piece of piecesOf(messages.get(key) ?? '')) put(found, piece, language)
  const monday = Temporal.PlainDate.from('2020-05-25')
  for (let index = 0; index < 12; index += 1) {
    const parts = longDay(language, monday.with({ month: index + 1 })).split(' ')
    put(found, parts[2] ?? '', language)
    if (index < 7) put(found, longDay(language, monday.add({ days: index })).split(' ')[0] ?? '', language)
  }
  return found
}

/** Names in a language, where the office gives them so, with what is said for each. */
export function namesOf(things: Iterable<NamedThing>, language: VoiceLanguage): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { name, translations } of things) {
    const own = language === 'pl' ? name : translations?.[language]?.name
    if (own !== undefined) for (const piece of piecesOf(own)) put(found, piece, language)
  }
  return found
}

/** The lists of an office, as its file has them. */
export interface OfficeNames {
  readonly units: Iterable<NamedThing>
  readonly services: Iterable<NamedThing>
  readonly rooms: Iterable<{ readonly number: string; readonly floor: string | null }>
  readonly buildings: Iterable<{ readonly address: string }>
}

/** The things of the office whose names stand on a kiosk. */
export function namedIn({ units, services, rooms, buildings }: OfficeNames): NamedThing[] {
  const places = [...rooms].flatMap(({ number, floor }) => [number, floor ?? ''])
  return [...units, ...services, ...[...places, ...[...buildings].map(({ address }) => address)].map((name) => ({ name }))]
}

/** All a screen of the language needs to be read: the words', the office's names there are clips of, and the Polish ones in other languages. */
export function speechWords(office: Directory, language: VoiceLanguage): SpeechWords {
  const clips: Record<string, string> = {}
  const { units, services, rooms, buildings } = office
  const things = namedIn({ units: units.values(), services: services.values(), rooms: rooms.values(), buildings: buildings.values() })
  for (const each of language === 'pl' ? (['pl'] as const) : (['pl', language] as const))
    for (const [name, said] of namesOf(things, each)) {
      const clip = clipOf(said, each)
      if (existsSync(`${folder}/${clip}.opus`)) clips[name] = `kiosk/${clip}`
    }
  for (const [piece, said] of sentencesOf(language)) clips[piece] = `kiosk/${clipOf(said, language)}`
  for (const each of voiceLanguages) clips[languageNames[each]] = `kiosk/${clipOf(languageNames[each], each)}`
  return { language, clips, letters: spokenLetters.join('') }
}

/** Every clip of the kiosk with what it says: the words' and the names'. */
export function speechClips(
  things: readonly NamedThing[],
): ReadonlyMap<string, { readonly said: string; readonly language: VoiceLanguage }> {
  const clips = new Map<string, { said: string; language: VoiceLanguage }>()
  for (const language of voiceLanguages)
    for (const said of [...sentencesOf(language).values(), ...namesOf(things, language).values(), languageNames[language]])
      clips.set(clipOf(said, language), { said, language })
  return clips
}

function clipOf(said: string, language: VoiceLanguage): string {
  return `${language}/${createHash('sha256').update(said).digest('hex').slice(0, 12)}`
}

function put(found: Map<string, string>, piece: string, language: VoiceLanguage): void {
  // A short form is known with its dot, a letter by its own clip.
  if (readAs[language][`${piece}.`] === undefined && !/^[A-Z]$/.test(piece)) found.set(piece, readAs[language][piece] ?? piece)
}

function keysSaid(messages: ReadonlyMap<string, string>): string[] {
  return [
    ...[...messages.keys()].filter((key) => key.startsWith('kiosk.')),
    ...entryNo.map((code) => `regulation.refused.${code}`),
    'regulation.allowed.come-in-late',
    'ui.error',
    ...ticketRefusals.map((code) => `queue.refused.${code}`),
    ...stepsSaid.map((kind) => `decision.next.${kind}`),
    ...settingsSaid.map((name) => `decision.setting.${name}`),
    ...otherKeys,
    ...placeKeys,
  ]
}

/**
 * The pieces of a message: between its values, its figures and the ends of its sentences. Each form a
 * number asks for is a text of its own.
 */
function piecesOf(message: string): string[] {
  return formsOf(message)
    .flatMap((form) => form.replaceAll(/\[\[|\]\]/g, '').split(/\{[^{}]*\}|#|\d+|[.!?:;…](?=\s|$|")|[()„”"]| – /))
    .map((piece) => piece.replaceAll(/\s+/g, ' ').replaceAll(/^[\s.!?:;,…–/-]+|[\s.!?:;,…–/-]+$/g, ''))
    .filter((piece) => /\p{L}|§|№/u.test(piece))
}

/** A message with `{count, plural, one {…} other {…}}` as one text for each form; others as they are. */
function formsOf(message: string): string[] {
  const start = /\{\w+, plural,/.exec(message)
  if (start === null) return [message]
  let depth = 0
  let end = start.index
  do {
    if (message[end] === '{') depth += 1
    if (message[end] === '}') depth -= 1
    end += 1
  } while (depth > 0)
  const before = message.slice(0, start.index)
  const forms = message.slice(start.index + start[0].length, end - 1).matchAll(/(?:=\d+|\w+) \{([^{}]*(?:\{\w+\}[^{}]*)*)\}/g)
  return [...forms].flatMap(([, form = '']) => formsOf(`${before}${form}${message.slice(end)}`))
}
