/**
 * A cache of answers that depend on the book, the office and a day only: they are asked for every
 * booking and page. It falls with the book or the office; what was known at another time is never kept.
 */
import type { Directory } from '../../directory/index.js'
import type { RuleBook } from '../model.js'

const kept = new WeakMap<RuleBook, WeakMap<Directory, Map<string, unknown>>>()
const entriesMax = 50_000

/** The answer kept under the key, or `answer()` now. Every use begins its keys with a word of its own. */
export function remembered<Answer>(book: RuleBook, directory: Directory, key: string, answer: () => Answer): Answer {
  let ofBook = kept.get(book)
  if (ofBook === undefined) kept.set(book, (ofBook = new WeakMap()))
  let ofDirectory = ofBook.get(directory)
  if (ofDirectory === undefined) ofBook.set(directory, (ofDirectory = new Map()))
  if (ofDirectory.has(key)) return ofDirectory.get(key) as Answer
  if (ofDirectory.size >= entriesMax) ofDirectory.clear()
  const fresh = answer()
  ofDirectory.set(key, fresh)
  return fresh
}
