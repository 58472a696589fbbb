/**
 * In which of the three languages a mail is written: Cyrillic letters are Ukrainian to us, of the
 * others the one whose small words are more; Polish where nothing tells. Pure.
 */
import type { Language } from '../../platform/words.js'

const wordSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

// What stands in nearly every mail and in no mail of the other language.
const polish = wordSet(`
  i w z na do nie się że o jak czy dla po od za ze jest są był była proszę dzień dobry mam chcę chciałbym chciałabym mogę można
  który która które pozdrawiam poważaniem szanowni państwo witam jestem moje mój moja w sprawie sprawie umówić wizytę oraz przez
  gdzie kiedy ile już także też tylko prosze wizyte chcialbym sie ze`)
const english = wordSet(`
  the and is are was i you my me we it of to in for on with from this that have has would like please dear hello hi could can
  regards sincerely thank thanks where when how what about need appointment kind best do does am there your`)

/** Letters looked at: enough for any greeting. */
const charactersMax = 4_000

export function languageOf(text: string): Language {
  const looked = text.slice(0, charactersMax).toLowerCase()
  const cyrillic = looked.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  const latin = looked.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (cyrillic > latin) return 'uk'
  const words = looked.match(/\p{L}+/gu) ?? []
  const marked = looked.match(/[ąćęłńóśźż]/g)?.length ?? 0
  const count = (set: ReadonlySet<string>): number => words.filter((word) => set.has(word)).length
  return count(english) > count(polish) + marked ? 'en' : 'pl'
}
