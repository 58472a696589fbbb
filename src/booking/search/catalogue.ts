/**
 * The index of a catalogue and one question of it, over MiniSearch: which things fit the typed words
 * best. It knows neither office nor page. Pure.
 *
 * A typed word is looked for by its stem, by words of the same meaning and, for a little more, as it stands. One the catalogue does
 * not hold is looked for as the beginning of a word, with letters wrong, missing or too many, with
 * two letters swapped, and as two words written together. What fits more of the words comes first,
 * and what has a whole name or keyword of just these words before what has them scattered; what
 * fits alike stands in the order of the catalogue.
 */
import MiniSearch, { type SearchOptions, type SearchResult } from 'minisearch'
import { meanings, silent } from './everyday.js'
import { stemOf, wordsOf } from './stems.js'

/** Words of a thing, by how much they say of it. */
export interface Entry<Thing> {
  readonly thing: Thing
  /** What it is called; the name itself, typed, finds it first. */
  readonly names: readonly string[]
  /** Everyday words, or a few of them together. */
  readonly keywords: readonly string[]
  readonly summary: string
  /** Names and keywords of what it belongs to. */
  readonly unit: string
}

export interface Catalogue<Thing> {
  /** The best first; nothing when nothing fits, or when no word was typed. */
  find(typed: string): readonly Thing[]
}

/** Words of a question that are looked at: nobody types more, and each costs. */
const typedWordsMax = 24
/** Of the best things by their words alone, those whose names and keywords are compared as a whole. */
const comparedMax = 60

// The weights were chosen by the questions of tests/catalogue/queries-dev.json; none matters much by itself.
const boosts = { names: 3, keywords: 2, summary: 1, unit: 0.5, meanings: 0.8 }
/** What a word says does not grow with how often it stands there, nor shrink with other words beside it. */
const bm25 = { k: 0.3, b: 0, d: 0 }
/** A form as it stands, beside its stem: enough to put "dom" before "domowy". */
const formWeight = 0.3
/** A whole name or keyword of just the typed words, beside the words by themselves. */
const phraseWeight = 2
/** How much less it is to fit some of the words only. */
const coverageExponent = 2
/** Of the best score, what is still shown beside things that fit more words. */
const shownFrom = 0.4

export function buildCatalogue<Thing>(entries: readonly Entry<Thing>[]): Catalogue<Thing> {
  const index = new MiniSearch<Record<keyof typeof boosts, string> & { id: number }>({
    fields: Object.keys(boosts),
    tokenize: wordsOf,
    // Words of the same meaning are stems already; of a unit nobody types the exact form.
    processTerm: (word, field) => (field === 'meanings' ? word : field === 'unit' ? stemOf(word) : [stemOf(word), formOf(word)]),
  })
  const named = new Map<string, number[]>()
  const known = new Set(meaningOfStem.keys())
  entries.forEach(({ names, keywords, summary, unit }, id) => {
    const fields = { names: names.join(' '), keywords: keywords.join(' '), summary, unit }
    const stems = new Set(stemsOf(Object.values(fields).join(' ')))
    for (const stem of stems) known.add(stem)
    index.add({ id, ...fields, meanings: sameMeaning(stems).join(' ') })
    for (const name of names) named.set(nameKey(name), [...(named.get(nameKey(name)) ?? []), id])
  })
  const phrases = entries.map(({ names, keywords }) => [...names, ...keywords].map(phraseOf).filter((phrase) => phrase.size > 0))
  const options: SearchOptions = {
    boost: boosts,
    bm25,
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
    prefix: (term) => !isForm(term) && !known.has(term),
    fuzzy: (term) => !isForm(term) && !known.has(term) && wrongLetters(term),
    boostTerm: (term) => (isForm(term) ? formWeight : 1),
  }
  return {
    find(typed) {
      const words = tellingWords(typed).flatMap((word) => wordsMeant(known, word))
      const stems = new Set(words.map(stemOf))
      if (stems.size === 0) return []
      const exact = named.get(nameKey(typed)) ?? []
      const terms = new Set([...stems, ...words.map(formOf)])
      const found = rank(index.search([...terms].join(' '), options), stems.size, phrases)
      return [...exact, ...found.filter((id) => !exact.includes(id))].map((id) => (entries[id] as Entry<Thing>).thing)
    },
  }
}

/** Under what a word is indexed as it stands; no stem begins so. */
function formOf(word: string): string {
  return `=${word}`
}

function isForm(term: string): boolean {
  return term.startsWith('=')
}

/** Letters of a stem that may be wrong; false where none may. */
function wrongLetters(stem: string): number | false {
  if (stem.length < 4 || /\p{N}/u.test(stem)) return false
  return stem.length < 7 ? 1 : 2
}

/** The words that tell something; all when none does. */
function tellingWords(typed: string): readonly string[] {
  const words = wordsOf(typed)
  const telling = words.filter((word) => !silentWords.has(word))
  return (telling.length > 0 ? telling : words).slice(0, typedWordsMax)
}

const silentWords = new Set(silent.flatMap(wordsOf))

/** The typed word, or those meant where nothing holds it: with two letters swapped back, or parted. */
function wordsMeant(known: ReadonlySet<string>, word: string): readonly string[] {
  if (known.has(stemOf(word)) || word.length < 4) return [word]
  for (let at = 0; at + 1 < word.length; at++) {
    const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
    if (known.has(stemOf(swapped))) return [swapped]
  }
  for (let at = word.length - 4; at >= 4; at--) {
    const parts = [word.slice(0, at), word.slice(at)]
    if (parts.every((part) => known.has(stemOf(part)))) return parts
  }
  return [word]
}

function stemsOf(text: string): readonly string[] {
  return wordsOf(text).map(stemOf)
}

const stemsOfMeanings = meanings.map((line) => [...new Set(line.flatMap(stemsOf))])
const meaningOfStem = new Map(stemsOfMeanings.flatMap((stems, nth) => stems.map((stem) => [stem, nth] as const)))

/** Stems of other words for those of a thing. */
function sameMeaning(stems: ReadonlySet<string>): readonly string[] {
  const lines = new Set([...stems].flatMap((stem) => meaningOfStem.get(stem) ?? []))
  return [...lines].flatMap((line) => stemsOfMeanings[line] ?? []).filter((stem) => !stems.has(stem))
}

/** A name or keyword as what its words mean. */
type Phrase = ReadonlySet<string | number>

function phraseOf(text: string): Phrase {
  return new Set(tellingWords(text).map((word) => meaning(stemOf(word))))
}

function meaning(stem: string): string | number {
  return meaningOfStem.get(stem) ?? stem
}

function nameKey(text: string): string {
  return wordsOf(text).join(' ')
}

/** Ids of what was found, the best first; without what fits far less. */
function rank(results: readonly SearchResult[], asked: number, phrases: readonly (readonly Phrase[])[]): readonly number[] {
  const byWords = results
    .map((result) => {
      const { id, score, terms, queryTerms } = result as SearchResult & { id: number }
      const hits = queryTerms.filter((term) => !isForm(term)).length
      // MiniSearch multiplies by the number of terms found, stems and forms alike; what matters is how many of the words.
      return { id, terms, hits, score: (score / queryTerms.length) * (hits / asked) ** coverageExponent }
    })
    .toSorted((a, b) => b.score - a.score || a.id - b.id)
  const best = byWords
    .map(({ id, terms, hits, score }, nth) => ({
      id,
      hits,
      score: nth < comparedMax ? score * (1 + phraseWeight * bestPhrase(new Set(terms.map(meaning)), asked, phrases[id] ?? [])) : score,
    }))
    .toSorted((a, b) => b.score - a.score || a.id - b.id)
  const most = Math.max(0, ...best.map(({ hits }) => hits))
  const top = best[0]?.score ?? 0
  return best.filter(({ hits, score }) => hits === most || score >= top * shownFrom).map(({ id }) => id)
}

/** How far the words found are a whole name or keyword: 1 when just these words make one. */
function bestPhrase(found: Phrase, asked: number, phrases: readonly Phrase[]): number {
  let best = 0
  for (const phrase of phrases) {
    let common = 0
    for (const each of phrase) if (found.has(each)) common++
    best = Math.max(best, (2 * Math.min(common, asked)) / (phrase.size + asked))
  }
  return best
}
