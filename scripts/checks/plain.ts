/**
 * Whether the words of the screens are plain: how long their sentences are, and whether Polish ones
 * are free of office jargon (office-jargon.json, with inflection). A message is read as a person
 * meets it: every form of a plural, and a value as long as it commonly is.
 */
import { readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { projectFile } from '../../src/platform/paths.js'
import { readMessages, type Language } from '../../src/platform/words.js'

/** Words of a sentence at most, and on the average of all sentences of a language. */
export const wordsMax = 25
export const meanMax: Readonly<Record<Language, number>> = { pl: 14, en: 16, uk: 14 }

interface Jargon {
  readonly word: string
  readonly pattern: string
  readonly instead: string
}

const { jargon, quoting } = JSON.parse(readFileSync(projectFile('scripts/checks/office-jargon.json'), 'utf8')) as {
  readonly jargon: readonly Jargon[]
  /** Keys that say what an act says, each with the words of the act it must keep. */
  readonly quoting: Readonly<Record<string, string>>
}
const searched = jargon.map((each) => ({ ...each, found: new RegExp(`(?<![\\p{L}\\d])(?:${each.pattern})(?![\\p{L}])`, 'iu') }))

/** How many words a value commonly has; others have one. */
const valueWords: Readonly<Record<string, number>> = {
  when: 5,
  day: 4,
  from: 3,
  until: 3,
  address: 5,
  list: 5,
  name: 3,
  service: 3,
  way: 3,
  office: 3,
  needs: 6,
  missing: 5,
}

export interface Sentence {
  readonly key: string
  readonly text: string
  readonly words: number
  /** False for a label, a heading or a button: what does not end as a sentence does. */
  readonly whole: boolean
}

/** The sentences of a language that a citizen may meet. */
export function citizenSentences(language: Language): readonly Sentence[] {
  return [...readMessages(language)]
    .filter(([key]) => !isForStaff(key))
    .flatMap(([key, message]) => readings(message, language).flatMap((text) => sentencesOf(text).map((each) => ({ key, ...each }))))
}

/** Jargon in the Polish words; of staff too where all must say it alike. */
export function jargonProblems(messages: ReadonlyMap<string, string> = readMessages('pl')): readonly string[] {
  return [...messages].flatMap(([key, message]) =>
    searched
      .filter(({ word }) => !isForStaff(key) || word === 'prosimy')
      .flatMap(({ word, found, instead }) => {
        const [text] = found.exec(withoutQuotes(message)) ?? []
        return text === undefined || quoting[key]?.toLowerCase().includes(text.toLowerCase())
          ? []
          : [`${key}: „${text}” (${word}); lepiej: ${instead}`]
      }),
  )
}

/** Sentences that are too long, and the mean where it is too great. */
export function lengthProblems(language: Language, sentences: readonly Sentence[] = citizenSentences(language)): readonly string[] {
  const long = sentences
    .filter(({ words }) => words > wordsMax)
    .map(({ key, words, text }) => `${language}: ${key}: ${words} words: ${text}`)
  const mean = meanWords(sentences)
  return mean > meanMax[language] ? [`${language}: ${mean.toFixed(1)} words on the average`, ...long] : long
}

/** Words of a whole sentence on the average: labels and headings are no sentences. */
export function meanWords(sentences: readonly Sentence[]): number {
  const whole = sentences.filter((each) => each.whole)
  return whole.reduce((sum, { words }) => sum + words, 0) / whole.length
}

/**
 * Words that stand in other sentences, such as how long something takes, and end in an abbreviation: with
 * the full stop of the sentence there would be two.
 */
export function endingProblems(language: Language, messages: ReadonlyMap<string, string> = readMessages(language)): readonly string[] {
  return [...messages].flatMap(([key, message]) =>
    readings(message, language)
      .filter((text) => abbreviation.test(text) && text.split(/\s+/).length <= partWordsMax)
      .map((text) => `${language}: ${key}: "${text}"`),
  )
}

/** A message of so few words is a part of others, or a label. */
const partWordsMax = 3

function isForStaff(key: string): boolean {
  return (key.split('.')[0] as string).endsWith('-staff')
}

/** What an act or a button is called is not ours to say otherwise. */
function withoutQuotes(text: string): string {
  return text.replaceAll(/„[^”]*”/g, ' ')
}

interface Element {
  readonly type: number
  readonly value?: string
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>
}

/** Every way a message may read: one for each form of its plurals and choices. */
function readings(message: string, language: Language): readonly string[] {
  const read = (elements: readonly Element[]): readonly string[] =>
    elements.reduce<readonly string[]>((before, element) => before.flatMap((text) => waysOf(element).map((way) => text + way)), [''])
  const waysOf = ({ type, value = '', options }: Element): readonly string[] => {
    if (type === 0) return [value]
    if (type === 7) return ['12']
    if (options !== undefined) return Object.values(options).flatMap((option) => read(option.value))
    return [
      Array<string>(valueWords[value] ?? 1)
        .fill('słowo')
        .join(' '),
    ]
  }
  return [...new Set(read(new IntlMessageFormat(message.replaceAll(/\[\[|\]\]/g, ''), language).getAst()))]
}

const abbreviation =
  /(?<![\p{L}])(?:ul|al|pl|np|nr|art|ust|pkt|lit|tel|godz|min|sek|tyg|r|św|poz|No|no|e\.g|i\.e|вул|напр|год|хв|дн|сек|тижд|ст|п|р)\.$/u

/** Divides at an end of a sentence that is none of an abbreviation; a line or a colon ends none. */
function sentencesOf(text: string): readonly Omit<Sentence, 'key'>[] {
  const pieces: string[] = []
  for (const piece of text.split(/(?<=[.!?…])\s+/u)) {
    const before = pieces.at(-1)
    if (before !== undefined && abbreviation.test(before)) pieces[pieces.length - 1] = `${before} ${piece}`
    else pieces.push(piece)
  }
  return pieces
    .filter((piece) => /\p{L}/u.test(piece))
    .map((piece) => ({
      text: piece,
      words: piece.split(/\s+/).filter((each) => /[\p{L}\d]/u.test(each)).length,
      whole: /[.!?…]”?\)?$/u.test(piece),
    }))
}
