/**
 * The matter from a few typed words, for a citizen and for a clerk on the phone alike.
 *
 * Words are compared without endings, marks and capitals, so that "samochodu" finds "samochód".
 * The matters that fit most of the typed words are found; among them those first whose name is
 * covered best, then in the order of the office file. Pure.
 */
import type { Directory, Service } from '../directory/index.js'

/** Longest text that is searched for. */
export const searchCharactersMax = 100

/** Open matters that fit best what was typed; all when nothing was typed, none when nothing fits. */
export function searchServices(directory: Directory, typed: string): readonly Service[] {
  const wanted = wantedWords(typed)
  const entries = entriesOf(directory)
  if (wanted.length === 0) return entries.map(({ service }) => service)
  const scored = entries.map((entry) => ({ ...entry, hits: hitsOf(wanted, entry.all) }))
  const most = Math.max(1, ...scored.map(({ hits }) => hits))
  return scored
    .filter(({ hits }) => hits === most)
    .map(({ service, name }) => ({ service, named: namedPart(wanted, name) }))
    .toSorted((a, b) => b.named - a.named)
    .map(({ service }) => service)
}

/** Small letters without marks: "Żółć" as "zolc". */
export function folded(text: string): string {
  return text.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replaceAll(/\p{M}/gu, '')
}

interface Word {
  readonly text: string
  /** Without its ending. */
  readonly stem: string
}

interface Entry {
  readonly service: Service
  readonly name: readonly Word[]
  /** Of name, summary, keywords and units. */
  readonly all: readonly Word[]
}

const kept = new WeakMap<Directory, readonly Entry[]>()

/** The words of open matters; the same for every search until the office changes. */
function entriesOf(directory: Directory): readonly Entry[] {
  let entries = kept.get(directory)
  if (entries === undefined) {
    entries = [...directory.services.values()].filter((service) => !service.closed).map((service) => entryOf(directory, service))
    kept.set(directory, entries)
  }
  return entries
}

function entryOf(directory: Directory, service: Service): Entry {
  const units = directory.unitAndParents(service.unitId).flatMap((unit) => [unit.name, ...unit.keywords])
  const name = wordsOf(service.name)
  return { service, name, all: [...name, ...wordsOf([service.summary ?? '', ...service.keywords, ...units].join(' '))] }
}

/** How many of the typed words occur. */
function hitsOf(wanted: readonly Word[], words: readonly Word[]): number {
  return wanted.filter((typed) => words.some((word) => isForm(typed, word))).length
}

/** Part of the name that was typed: "Dowody osobiste" before "Zmiana danych w dowodzie". Three letters begin too many words. */
function namedPart(wanted: readonly Word[], name: readonly Word[]): number {
  const long = wanted.filter((typed) => typed.text.length > 3)
  return name.filter((word) => long.some((typed) => isForm(typed, word))).length / name.length
}

function wordsOf(text: string): readonly Word[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => ({ text: word, stem: stemOf(word) }))
}

/** The typed words; "w", "do" and their like tell nothing where longer ones stand beside them. */
function wantedWords(typed: string): readonly Word[] {
  const words = wordsOf(typed)
  const telling = words.filter((word) => word.text.length > 2)
  return telling.length > 0 ? telling : words
}

/** Is the word a form of the typed one, or does it begin with it? A longer typed form may end in two letters more. */
function isForm(typed: Word, word: Word): boolean {
  if (word.text.startsWith(typed.stem)) return true
  return word.text.length > 2 && typed.text.length - word.text.length <= 2 && typed.text.startsWith(word.stem)
}

/** A word without what Polish and Ukrainian endings change: the more letters, the longer the ending. */
function stemOf(word: string): string {
  if (word.length < 4) return word
  if (word.length === 4) return word.replace(/[aeiouyаеєиіоуюя]$/u, '')
  return word.slice(0, word.length < 6 ? -1 : word.length < 9 ? -2 : -3)
}
