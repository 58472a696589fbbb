/** What the time that somebody waits for is to be for: a visit says it itself, whoever has none said it when joining. */
import type { Directory } from '../../directory/index.js'
import type { Visit } from '../../visit/index.js'
import { purposeOf, wishedOf, wishOf, type Purpose, type Wish, type Wished } from '../wish.js'
import type { Entry } from './model.js'

interface InLine {
  readonly entry: Entry
  /** The visit that would move; null where there is none yet. */
  readonly visit: Visit | null
}

export function wishedFor(office: Directory, { entry, visit }: InLine): Wished {
  return visit === null ? entry.wished : wishedOf(office, visit)
}

/** The wish; null when the office no longer does that. */
export function wishFor(office: Directory, inLine: InLine): Wish | null {
  return wishOf(office, wishedFor(office, inLine))
}

/** The same to be shown, with what a visit says of needs. */
export function purposeFor(office: Directory, { entry, visit }: InLine): Purpose {
  if (visit !== null) return visit
  const wish = wishOf(office, entry.wished)
  return wish === null ? { serviceId: entry.serviceId, moreServiceIds: [], persons: 1, needs: [], onBehalf: false } : purposeOf(wish)
}
