/**
 * Which matter a mail seems to be about: its subject and first sentences are searched for like what
 * somebody types, and each names the matter it fits best. A guess, shown as one with the words it
 * rests on; nothing is decided by it but in whose list the mail stands first. Pure.
 */
import type { Directory, Service } from '../directory/index.js'
import { searchServices, stemOf, wordsOf } from '../booking/index.js'

export interface Guess {
  readonly serviceId: string
  readonly unitId: string
  /** Words of the mail that the matter's names and keywords have too. */
  readonly words: readonly string[]
}

const sentencesMax = 8
const wordsMax = 6
/** A subject says more than a sentence. */
const subjectWeight = 3
/** Shorter words tell nothing of a matter. */
const lettersMin = 4

export function guessService(office: Directory, subject: string, text: string): Guess | null {
  const sentences = text
    .split(/[.?!\n]+/)
    .map((each) => each.trim())
    .filter((each) => each.length > 8)
    .slice(0, sentencesMax)
  const votes = new Map<Service, { weight: number; words: string[] }>()
  for (const [nth, sentence] of [subject, ...sentences].entries()) {
    const best = searchServices(office, sentence)[0]
    if (best === undefined) continue
    const words = shared(best, sentence)
    if (words.length === 0) continue
    const vote = votes.get(best) ?? { weight: 0, words: [] }
    votes.set(best, { weight: vote.weight + words.length * (nth === 0 ? subjectWeight : 1), words: [...vote.words, ...words] })
  }
  const [winner] = [...votes].toSorted(([, a], [, b]) => b.weight - a.weight)
  if (winner === undefined) return null
  const [{ id, unitId }, { words }] = winner
  return { serviceId: id, unitId, words: [...new Set(words)].slice(0, wordsMax) }
}

const kept = new WeakMap<Service, ReadonlySet<string>>()

/** Words of a sentence that the matter is called by. */
function shared(service: Service, sentence: string): string[] {
  let stems = kept.get(service)
  if (stems === undefined) {
    const names = [service.name, ...Object.values(service.translations ?? {}).map(({ name }) => name), ...service.keywords]
    stems = new Set(names.flatMap(wordsOf).filter(tells).map(stemOf))
    kept.set(service, stems)
  }
  return wordsOf(sentence).filter((word) => tells(word) && stems.has(stemOf(word)))
}

function tells(word: string): boolean {
  return word.length >= lettersMin
}
