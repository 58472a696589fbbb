/**
 * The day-and-time page kept in memory for all who ask: one text per matter and language, valid as
 * long as the free days it was made of are the very ones that are free now. Nothing personal and no
 * key is on it.
 */
import { keepPage, type KeptPage } from '../ui/index.js'
import type { FreeDay } from './availability/board.js'

interface Entry {
  readonly days: readonly FreeDay[]
  readonly page: KeptPage
  /** Machine time, as performance.now(), at which its days were last compared. */
  checkedAt: number
}

/** How long a page is given without comparing its days again: a time just taken costs an answer "taken". */
const recentMs = 200

/** Matters times languages, with room; beyond, all are made again. */
const pagesMax = 300

export class PageCache {
  readonly #entries = new Map<string, Entry>()

  /** After a change of the office or its law. */
  clear(): void {
    this.#entries.clear()
  }

  /** The page under the key if it was found right a moment ago. */
  recent(key: string): KeptPage | null {
    const kept = this.#entries.get(key)
    return kept !== undefined && performance.now() - kept.checkedAt < recentMs ? kept.page : null
  }

  /** The page under the key, made anew when one of its days is another than before. */
  page(key: string, days: readonly FreeDay[], make: () => string): KeptPage {
    const kept = this.#entries.get(key)
    if (kept !== undefined && kept.days.length === days.length && kept.days.every((day, index) => isSameDay(day, days[index]))) {
      kept.checkedAt = performance.now()
      return kept.page
    }
    const page = keepPage(make())
    if (this.#entries.size >= pagesMax) this.#entries.clear()
    this.#entries.set(key, { days, page, checkedAt: performance.now() })
    return page
  }
}

/** A board answers with the same object until a minute of its day changes; days without a start may be made each time. */
function isSameDay(kept: FreeDay, now: FreeDay | undefined): boolean {
  return (
    kept === now ||
    (now !== undefined &&
      kept.starts.length === 0 &&
      now.starts.length === 0 &&
      kept.code === now.code &&
      kept.day.equals(now.day) &&
      kept.release === now.release)
  )
}
