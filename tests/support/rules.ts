/**
 * The example's rule book and office without a database, for tests of rules.
 */
import { readFileSync } from 'node:fs'
import { projectFile } from '../../src/platform/paths.js'
import { bookFrom, type ActsDocument } from '../../src/regulation/document.js'
import type { RuleBook } from '../../src/regulation/model.js'

/** When the example's acts are taken to have been entered. */
export const actsEntered = Temporal.Instant.from('2020-05-22T12:00:00Z')

export function lesznoActs(): ActsDocument {
  return JSON.parse(readFileSync(projectFile('offices', 'leszno-acts.json'), 'utf8')) as ActsDocument
}

/** The acts of the Leszno example; `change` makes another law of them. */
export function lesznoRules(change: (acts: ActsDocument) => ActsDocument = (acts) => acts): RuleBook {
  return bookFrom(change(lesznoActs()), actsEntered)
}
