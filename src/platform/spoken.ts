/**
 * Numbers and letters as a voice says them, as clips that are played one after another. Pure; the
 * clips lie with the slices that speak, and are made again by `scripts/voice.ts`.
 *
 * Numbers are read as a person reads them: whole up to 99, before them hundreds and thousands, and
 * never a leading zero.
 */

/** Languages there is a free voice for. */
export const voiceLanguages = ['pl', 'en', 'uk'] as const
export type VoiceLanguage = (typeof voiceLanguages)[number]

/** A file of sound without its ending, such as `pl/letter-a`; `pause` is a breath between two parts. */
export type Clip = string
export const pause: Clip = 'pause'

/** Letters of tickets: those that sound like a digit or like another letter are not given. */
export const spokenLetters = [...'ABCDEFGHJKLMNPQRSTVWXYZ']
const numberMax = 9_999

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

/** The clip of a letter; none for one that has none. */
export function letterClips(letter: string, language: VoiceLanguage): readonly Clip[] {
  return spokenLetters.includes(letter.toUpperCase()) ? [`${language}/letter-${letter.toLowerCase()}`] : []
}

/** Every clip of numbers and letters of a language, with the words in it. */
export function numberWords(language: VoiceLanguage): ReadonlyMap<Clip, string> {
  const words = tables[language]
  return new Map([
    ...spokenLetters.map((letter, index) => [`${language}/letter-${letter.toLowerCase()}`, words.letters[index] ?? letter] as const),
    ...Array.from({ length: 100 }, (_, value) => [`${language}/${value}`, below100(value, words)] as const),
    ...Array.from({ length: 9 }, (_, index) => [`${language}/hundred-${index + 1}`, words.hundreds[index] ?? ''] as const),
    ...Array.from({ length: 9 }, (_, index) => [`${language}/thousand-${index + 1}`, words.thousands[index] ?? ''] as const),
  ])
}

interface Words {
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
  letters: spokenLetters,
  small: englishSmall,
  tens: split('twenty thirty forty fifty sixty seventy eighty ninety'),
  joint: '-',
  hundreds: englishSmall.slice(1, 10).map((count) => `${count} hundred`),
  thousands: englishSmall.slice(1, 10).map((count) => `${count} thousand`),
}

const ukrainian: Words = {
  letters: split('а бе це де е еф же аш йот ка ель ем ен пе ку ер ес те ве дубль-ве ікс ігрек зет'),
  small: split(
    'нуль один два три чотири п’ять шість сім вісім дев’ять десять одинадцять дванадцять тринадцять чотирнадцять п’ятнадцять шістнадцять сімнадцять вісімнадцять дев’ятнадцять',
  ),
  tens: split('двадцять тридцять сорок п’ятдесят шістдесят сімдесят вісімдесят дев’яносто'),
  joint: ' ',
  hundreds: split('сто двісті триста чотириста п’ятсот шістсот сімсот вісімсот дев’ятсот'),
  thousands: [
    'тисяча',
    ...['дві', 'три', 'чотири'].map((count) => `${count} тисячі`),
    ...['п’ять', 'шість', 'сім', 'вісім', 'дев’ять'].map((count) => `${count} тисяч`),
  ],
}

const tables: Readonly<Record<VoiceLanguage, Words>> = { pl: polish, en: english, uk: ukrainian }
