/**
 * What a question of the search costs on 500 matters: every one of the 400 questions of
 * tests/catalogue in turn, against a plain scan of the folded texts of all matters.
 */
import { folded, searchMatters } from '../src/booking/search.js'
import type { Directory } from '../src/directory/index.js'
import { catalogueDirectory, questions } from '../tests/support/catalogue.js'
import { interleaved, median, ratioOf, type Figures } from './harness.js'

const rounds = 15
const coldTimes = 5

/** `search_p95_ms` over all questions, index made; `search_cold_ms`, the first question of an office. */
export async function searchFigures(): Promise<Figures> {
  const typed = [...questions('dev'), ...questions('test')].map((question) => question.q)
  const cold = Array.from({ length: coldTimes }, () => timeOf(catalogueDirectory(), 'dowód osobisty'))
  const office = catalogueDirectory()
  const texts = textsOf(office)
  const each: number[] = []
  const ask = (): void => {
    for (const text of typed) each.push(timeOf(office, text))
  }
  const read = (): void => {
    for (const text of typed) scan(texts, text)
  }
  const times = await interleaved({ ask, read }, { rounds })
  // The first rounds of `interleaved` only warm up.
  const warm = each.slice(-rounds * typed.length).toSorted((a, b) => a - b)
  return {
    search_p95_ms: warm[Math.floor(warm.length * 0.95)] ?? Number.NaN,
    search_vs_scan: ratioOf(times.ask, times.read),
    search_median_ms: median(warm),
    search_cold_ms: median(cold),
  }
}

function timeOf(office: Directory, text: string): number {
  const begun = performance.now()
  searchMatters(office, text)
  return performance.now() - begun
}

/** The folded text of every matter: what the scan reads. */
function textsOf(office: Directory): readonly string[] {
  return [...office.services.values()].map(({ name, keywords, summary }) => folded([name, ...keywords, summary ?? ''].join(' ')))
}

/** Places of the matters in which most of the words stand as they were typed. */
function scan(texts: readonly string[], typed: string): readonly number[] {
  const words = folded(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  return texts
    .map((text, place) => ({ place, hits: words.filter((word) => text.includes(word)).length }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits)
    .map(({ place }) => place)
}
