/**
 * What a screen says of a call, as a list of clips that are played one after another: "numer A,
 * czterdzieści jeden, stanowisko cztery". Pure; the clips lie in `audio/` and are made again from
 * the list here by `scripts/voice.ts`.
 */
import { letterClips, numberClips, numberWords, pause, type Clip, type VoiceLanguage } from '../platform/spoken.js'

export const gong: Clip = 'gong'

export interface Spoken {
  /** As it is kept: "A041", or digits only. */
  readonly ticket: string
  /** Sign over the desk. */
  readonly desk: string
  /** What stands on the door. */
  readonly room: string
  /** The building serves in more rooms than one: then the room is said before the desk. */
  readonly sayRoom: boolean
}

/** The clips of one call in one language. A place that is no number cannot be said: then people are asked to look. */
export function clipsOf(call: Spoken, language: VoiceLanguage): readonly Clip[] {
  const place = placeParts(call, language)
  const parts = [[`${language}/number`, ...ticketClips(call.ticket, language)], ...place]
  return parts.flatMap((part, index) => (index === 0 ? part : [pause, ...part]))
}

function ticketClips(ticket: string, language: VoiceLanguage): readonly Clip[] {
  const [, letter = '', digits = ''] = /^(\D?)(\d{1,4})$/.exec(ticket) ?? []
  if (digits === '') return [`${language}/look`]
  return [...letterClips(letter, language), ...(letter === '' ? [] : [pause]), ...numberClips(Number(digits), language)]
}

function placeParts({ desk, room, sayRoom }: Spoken, language: VoiceLanguage): readonly (readonly Clip[])[] {
  const deskClips = labelClips(desk, language)
  const roomClips = labelClips(room, language)
  const parts = [
    ...(roomClips !== null && (sayRoom || deskClips === null) ? [[`${language}/room`, ...roomClips]] : []),
    ...(deskClips === null ? [] : [[`${language}/desk`, ...deskClips]]),
  ]
  return parts.length > 0 ? parts : [[`${language}/look`]]
}

/** "4", "14a", "019": what can be said of a sign; null for a word. */
function labelClips(label: string, language: VoiceLanguage): readonly Clip[] | null {
  const [, digits, letter = ''] = /^(\d{1,4}) ?([a-z]?)$/i.exec(label.trim()) ?? []
  if (digits === undefined) return null
  if (letter !== '' && letterClips(letter, language).length === 0) return null
  return [...numberClips(Number(digits), language), ...letterClips(letter, language)]
}

/** Every clip of a language with the words in it. */
export function clipWords(language: VoiceLanguage): ReadonlyMap<Clip, string> {
  return new Map([
    ...Object.entries(phrases[language]).map(([name, words]) => [`${language}/${name}`, words] as const),
    ...numberWords(language),
  ])
}

const phrases = {
  pl: {
    number: 'numer',
    desk: 'stanowisko',
    room: 'pokój',
    look: 'proszę spojrzeć na ekran',
    nobody: 'w tej chwili nikogo nie wzywamy',
    lost: 'brak łączności, proszę słuchać obsługi',
  },
  en: {
    number: 'number',
    desk: 'desk',
    room: 'room',
    look: 'please see the screen',
    nobody: 'nobody is being called at the moment',
    lost: 'no connection, please listen to the staff',
  },
  uk: {
    number: 'номер',
    desk: 'вікно',
    room: 'кабінет',
    look: 'подивіться на екран',
    nobody: 'зараз нікого не викликаємо',
    lost: 'немає зв’язку, слухайте працівників',
  },
} as const satisfies Readonly<Record<VoiceLanguage, Readonly<Record<string, string>>>>
