/**
 * A letter as an SMS: short, the most needed first, in as few parts as may be. The alphabet of GSM
 * 03.38 holds 160 signs in one message and 153 in each part of a longer one; one sign that is not in
 * it, such as a Polish letter, makes that 70 and 67 (3GPP TS 23.038, 23.040).
 */
import type { Office } from '../../directory/index.js'
import { unmarked } from '../../ui/index.js'
import type { Letter } from '../model.js'

export interface SmsRules {
  /** Polish letters are kept, which costs parts; else they lose their marks. What is written in Cyrillic always stays. */
  readonly diacritics: boolean
  readonly partsMax: number
}

/** What the office's settings say of SMS. */
export function smsRules({ settings }: Pick<Office, 'settings'>): SmsRules {
  return { diacritics: settings['sms-diacritics'] === 1, partsMax: settings['sms-parts-max'] }
}

const usual: SmsRules = { diacritics: false, partsMax: 3 }

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Signs that take two places, the first of them an escape. */
const extended = new Set('^{}\\[~]|€')

/** What an SMS costs: its alphabet and how many messages carry it. A sign is never split between two. */
export function smsParts(text: string): { readonly alphabet: 'gsm' | 'ucs-2'; readonly parts: number } {
  const signs = [...text]
  const gsm = signs.every((sign) => basic.has(sign) || extended.has(sign))
  const size = (sign: string): number => (gsm ? (basic.has(sign) ? 1 : 2) : sign.length)
  const alphabet = gsm ? 'gsm' : 'ucs-2'
  if (signs.reduce((sum, sign) => sum + size(sign), 0) <= (gsm ? 160 : 70)) return { alphabet, parts: 1 }
  const room = gsm ? 153 : 67
  let parts = 1
  let used = 0
  for (const sign of signs) {
    if (used + size(sign) > room) {
      parts += 1
      used = 0
    }
    used += size(sign)
  }
  return { alphabet, parts }
}

/** The text of a letter's SMS: what it says of itself as short, else its subject and first link. What does not fit is left out from the end, at a sentence. */
export function smsOf(letter: Pick<Letter, 'subject' | 'links' | 'short'>, { diacritics, partsMax }: SmsRules = usual): string {
  const said = letter.short ?? [letter.subject, ...letter.links.slice(0, 1).map(({ href }) => href)]
  const pieces = said.map((each) => spelled(unmarked(each).replaceAll(/\s+/g, ' ').trim(), diacritics)).filter((each) => each !== '')
  const fits = (text: string): boolean => smsParts(text).parts <= partsMax
  let text = ''
  for (const piece of pieces) {
    const longer = text === '' ? piece : `${text} ${piece}`
    if (fits(longer)) text = longer
    else {
      // Sentences of it that still fit. An address has no space and is never among what is cut.
      for (const sentence of piece.split(/(?<=[.!?]) /)) {
        const more = text === '' ? sentence : `${text} ${sentence}`
        if (!fits(more)) break
        text = more
      }
      break
    }
  }
  return text === '' ? cutAtWord(pieces[0] ?? '', fits) : text
}

/** A first sentence too long for everything: as many of its words as fit. */
function cutAtWord(text: string, fits: (text: string) => boolean): string {
  let kept = ''
  for (const word of text.split(' ')) {
    const longer = kept === '' ? word : `${kept} ${word}`
    if (!fits(`${longer}...`)) break
    kept = longer
  }
  return kept === '' ? '' : `${kept}...`
}

const replaced: Readonly<Record<string, string>> = {
  '„': '"',
  '”': '"',
  '“': '"',
  '«': '"',
  '»': '"',
  '’': "'",
  '‘': "'",
  '–': '-',
  '—': '-',
  '·': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
}

/** Without signs that only cost; without marks on letters too, unless they are kept or other letters need the wide alphabet anyway. */
function spelled(text: string, diacritics: boolean): string {
  const typed = [...text].map((sign) => replaced[sign] ?? sign).join('')
  if (diacritics) return typed
  const plain = [...typed].map((sign) => (basic.has(sign) || extended.has(sign) ? sign : bare(sign))).join('')
  return smsParts(plain).alphabet === 'gsm' ? plain : typed
}

function bare(sign: string): string {
  if (sign === 'ł') return 'l'
  if (sign === 'Ł') return 'L'
  return /\p{Script=Latin}/u.test(sign) ? sign.normalize('NFD').replaceAll(/\p{M}/gu, '') : sign
}
