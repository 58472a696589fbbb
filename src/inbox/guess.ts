/**
 * Which matter a mail seems to be about: the one whose names and keywords share most words with it,
 * rare words telling more than common ones and the subject more than the text. A guess, shown as one
 * with the words it rests on; nothing is decided by it but in whose list the mail stands first. Pure.
 */
import type { Directory, Service } from '../directory/index.js'
import { openServices, stemOf, wordsOf } from '../booking/index.js'

export interface Guess {
  readonly serviceId: string
  readonly unitId: string
  /** Words of the mail that the matter's names and keywords have too, in small letters and else as they were written. */
  readonly words: readonly string[]
}

/** Text looked at: what a mail is about stands at its beginning. */
const charactersMax = 1_500
const wordsMax = 6
/** A subject says more than the text. */
const subjectWeight = 3
/** Shorter words tell nothing of a matter. */
const lettersMin = 4
/** A word so many matters have tells none of them apart. */
const mattersMax = 12

export function guessService(office: Directory, subject: string, text: string): Guess | null {
  const index = indexOf(office)
  const seen = new Set<string>()
  const scores = new Map<Service, { score: number; words: string[] }>()
  const look = (part: string, weight: number): void => {
    for (const { word, written } of writtenWords(part)) {
      if (!tells(word)) continue
      const stem = stemOf(word)
      const matters = index.get(stem)
      if (matters === undefined || matters.length > mattersMax || seen.has(stem)) continue
      seen.add(stem)
      for (const matter of matters) {
        const { score, words: found } = scores.get(matter) ?? { score: 0, words: [] }
        scores.set(matter, { score: score + weight / matters.length, words: [...found, written] })
      }
    }
  }
  look(subject, subjectWeight)
  look(text.slice(0, charactersMax), 1)
  // Those alike stand in the order of the office file.
  const [winner] = [...scores].toSorted(([, a], [, b]) => b.score - a.score)
  if (winner === undefined) return null
  const [{ id, unitId }, { words }] = winner
  return { serviceId: id, unitId, words: words.slice(0, wordsMax) }
}

/** The words of a text, each as it is compared and as a clerk reads it: with its marks. */
function writtenWords(text: string): readonly { word: string; written: string }[] {
  const written = text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+(?:['’ʼ`][\p{L}\p{M}\p{N}]+)*/gu)
  return (written ?? []).flatMap((each) => wordsOf(each).map((word) => ({ word, written: each })))
}

const kept = new WeakMap<Directory, ReadonlyMap<string, readonly Service[]>>()

/** Matters by the stems they are called by; made at the first mail, the same until the office changes. */
function indexOf(office: Directory): ReadonlyMap<string, readonly Service[]> {
  let index = kept.get(office)
  if (index === undefined) {
    const made = new Map<string, Service[]>()
    for (const service of openServices(office)) {
      const names = [service.name, ...Object.values(service.translations ?? {}).map(({ name }) => name), ...service.keywords]
      for (const stem of new Set(names.flatMap(wordsOf).filter(tells).map(stemOf))) made.set(stem, [...(made.get(stem) ?? []), service])
    }
    kept.set(office, (index = made))
  }
  return index
}

function tells(word: string): boolean {
  return word.length >= lettersMin
}
