/**
 * What keeps the program from starting or a command from being done, as one sentence for the
 * person at the terminal. The sentence is printed alone, without a trace, and the exit code is 1.
 */
import { words, type Values } from './words.js'

/** A sentence of `words/pl/setup-staff.json`. */
export function setupWords(key: string, values?: Values): string {
  return words('pl')(`setup-staff.${key}`, values)
}

export class SetupError extends Error {
  readonly key: string

  constructor(key: string, values?: Values) {
    super(setupWords(key, values))
    this.name = 'SetupError'
    this.key = key
  }
}

/** The short reason of a system error, such as EACCES, or its message. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return code ?? message ?? String(error)
}
