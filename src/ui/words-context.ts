/**
 * The language of the page being rendered, for components that need a word of their own: the
 * hidden "Błąd:" before a message, the number under a refusal. A page provides it once.
 */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { words, type Translate } from '../platform/words.js'

export const WordsContext = createContext<Translate>(words('pl'))

/** Speaks the language of the page around the component. */
export function useWords(): Translate {
  return useContext(WordsContext)
}
