/**
 * What a screen says of a call, as a list of clips that are played one after another: "numer A,
 * czterdzieści jeden, stanowisko cztery". Pure; the clips lie in `audio/` and are made again from
 * the list here by `scripts/voice.ts`.
 *
 * Numbers are read as a person reads them: whole up to 99, before them hundreds and thousands, and
 * never a leading zero.
 */

/** Languages a screen speaks. */
export const voiceLanguages = ['pl', 'en'] as const
export type VoiceLanguage = (typeof voiceLanguages)[number]

/** A file in `audio/` without its ending, such as `pl/letter-a`; `pause` is a breath between two parts. */
export type Clip = string
export const pause: Clip = 'pause'
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

/** Letters of tickets: those that sound like a digit or like another letter are not given. */
export const spokenLetters = [...'ABCDEFGHJKLMNPQRSTVWXYZ']
const numberMax = 9_999

/** The clips of one call in one language. A place that is no number cannot be said: then people are asked to look. */
export function clipsOf(call: Spoken, language: VoiceLanguage): readonly Clip[] {
  const place = placeParts(call, language)
  const parts = [[`${language}/number`, ...ticketClips(call.ticket, language)], ...place]
  return parts.flatMap((part, index) => (index === 0 ? part : [pause, ...part]))
}

/** The clips of a whole number from 0 to 9,999. */
export function numberClips(value: number, language: VoiceLanguage): readonly Clip[] {
  if (!Number.isInteger(value) || value < 0 || value > numberMax) throw new RangeError(`no clips for ${value}`)
  const thousands = Math.trunc(value / 1_000)
  const hundreds = Math.trunc(value / 100) % 10
  const rest = value % 100
  return [
    ...(thousands > 0 ? [`${language}/thousand-${thousands}`] : []),
    ...(hundreds > 0 ? [`${language}/hundred-${hundreds}`] : []),
    ...(rest > 0 || value === 0 ? [`${language}/${rest}`] : []),
  ]
}

function ticketClips(ticket: string, language: VoiceLanguage): readonly Clip[] {
  const [, letter = '', digits = ''] = /^(\D?)(\d{1,4})$/.exec(ticket) ?? []
  if (digits === '') return [`${language}/look`]
  return [...letterClips(letter, language), ...(letter === '' ? [] : [pause]), ...numberClips(Number(digits), language)]
}

function letterClips(letter: string, language: VoiceLanguage): readonly Clip[] {
  return spokenLetters.includes(letter.toUpperCase()) ? [`${language}/letter-${letter.toLowerCase()}`] : []
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
  const words = language === 'pl' ? polish : english
  return new Map([
    [`${language}/number`, words.number],
    [`${language}/desk`, words.desk],
    [`${language}/room`, words.room],
    [`${language}/look`, words.look],
    [`${language}/nobody`, words.nobody],
    [`${language}/lost`, words.lost],
    ...spokenLetters.map((letter, index) => [`${language}/letter-${letter.toLowerCase()}`, words.letters[index] ?? letter] as const),
    ...Array.from({ length: 100 }, (_, value) => [`${language}/${value}`, below100(value, words)] as const),
    ...Array.from({ length: 9 }, (_, index) => [`${language}/hundred-${index + 1}`, words.hundreds[index] ?? ''] as const),
    ...Array.from({ length: 9 }, (_, index) => [`${language}/thousand-${index + 1}`, words.thousands[index] ?? ''] as const),
  ])
}

interface Words {
  readonly number: string
  readonly desk: string
  readonly room: string
  readonly look: string
  readonly nobody: string
  readonly lost: string
  readonly letters: readonly string[]
  /** From zero to nineteen. */
  readonly small: readonly string[]
  /** From twenty to ninety. */
  readonly tens: readonly string[]
  readonly joint: string
  readonly hundreds: readonly string[]
  readonly thousands: readonly string[]
}

function below100(value: number, { small, tens, joint }: Words): string {
  if (value < 20) return small[value] ?? ''
  const unit = value % 10
  return `${tens[Math.trunc(value / 10) - 2]}${unit === 0 ? '' : `${joint}${small[unit]}`}`
}

const split = (text: string): readonly string[] => text.split(' ')

const polish: Words = {
  number: 'numer',
  desk: 'stanowisko',
  room: 'pokój',
  look: 'proszę spojrzeć na ekran',
  nobody: 'w tej chwili nikogo nie wzywamy',
  lost: 'brak łączności, proszę słuchać obsługi',
  letters: split('a be ce de e ef gie ha jot ka el em en pe ku er es te fał wu iks igrek zet'),
  small: split(
    'zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście',
  ),
  tens: split('dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt'),
  joint: ' ',
  hundreds: split('sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset'),
  thousands: [
    'tysiąc',
    ...['dwa', 'trzy', 'cztery'].map((count) => `${count} tysiące`),
    ...['pięć', 'sześć', 'siedem', 'osiem', 'dziewięć'].map((count) => `${count} tysięcy`),
  ],
}

const englishSmall = split(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
)

const english: Words = {
  number: 'number',
  desk: 'desk',
  room: 'room',
  look: 'please see the screen',
  nobody: 'nobody is being called at the moment',
  lost: 'no connection, please listen to the staff',
  letters: spokenLetters,
  small: englishSmall,
  tens: split('twenty thirty forty fifty sixty seventy eighty ninety'),
  joint: '-',
  hundreds: englishSmall.slice(1, 10).map((count) => `${count} hundred`),
  thousands: englishSmall.slice(1, 10).map((count) => `${count} thousand`),
}
