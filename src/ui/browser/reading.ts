/**
 * How a text of a screen is read aloud: sentences there are clips of, numbers, tickets and letters
 * joined from clips of their own, and what no clip says as free text. Pure.
 *
 * It goes by what stands on the screen, so nothing is said that is not shown, and nothing is left
 * out unnoticed: what has no clip comes back as text.
 */
export interface Reading {
  readonly language: string
  /** Clips by the sentence, or piece of one, that they say. */
  readonly clips: Readonly<Record<string, string>>
  /** Letters that have a clip. */
  readonly letters: string
}

/** A clip, a breath, or text no clip says. */
export type Part = { readonly clip: string } | { readonly text: string } | 'pause'

interface Step {
  readonly length: number
  readonly parts: readonly Part[]
}

/** One space between words, as a browser shows it; the marks an apostrophe can be are one. */
export function plainText(text: string): string {
  return text
    .replaceAll(/[\s\u00A0\u202F]+/g, ' ')
    .replaceAll('\u00AD', '')
    .trim()
}

/** What is played for a text, in order. */
export function partsOf(text: string, reading: Reading): readonly Part[] {
  const parts: Part[] = []
  let free = ''
  const put = (part: Part): void => {
    if (part === 'pause' && (parts.length === 0 || parts.at(-1) === 'pause')) return
    parts.push(part)
  }
  const flush = (): void => {
    if (free !== '') parts.push({ text: free })
    free = ''
  }
  for (let rest = plainText(text); rest !== '';) {
    const step = stepOf(rest, reading, free === '')
    if (step === null) {
      const word = /^\S+/.exec(rest)?.[0] ?? rest
      free = free === '' ? word : `${free} ${word}`
      rest = rest.slice(word.length).trimStart()
      continue
    }
    flush()
    for (const part of step.parts) put(part)
    rest = rest.slice(step.length).trimStart()
  }
  flush()
  if (parts.at(-1) === 'pause') parts.pop()
  return parts
}

/** The next piece that can be said; null when the next word is free text. */
function stepOf(rest: string, reading: Reading, alone: boolean): Step | null {
  const mark = /^[.!?:;,…–„”"()/-]+/.exec(rest)?.[0]
  if (mark !== undefined) return { length: mark.length, parts: /[.!?:;…–]/.test(mark) ? ['pause'] : [] }
  return numberStep(rest, reading) ?? sentenceStep(rest, reading) ?? letterStep(rest, reading, alone)
}

function numberStep(rest: string, reading: Reading): Step | null {
  const ticket = /^([A-Z]) (\d{3})(?!\d)/.exec(rest)
  if (ticket !== null && reading.letters.includes(ticket[1]!))
    return {
      length: ticket[0].length,
      parts: [...letter(ticket[1]!, reading), 'pause', ...number(ticket[2]!.replace(/^0+(?=.)/, ''), reading)],
    }
  const time = /^(\d{1,2}):(\d{2})(?!\d)/.exec(rest)
  if (time !== null) {
    const [all, hour, minute] = time as unknown as [string, string, string]
    return { length: all.length, parts: [...number(hour, reading), ...number(minute, reading)] }
  }
  const digits = /^\d+/.exec(rest)?.[0]
  if (digits === undefined) return null
  // Between two numbers a dash is a word.
  const range = /^\d+–(?=\d)/.exec(rest)?.[0]
  const to = range === undefined ? undefined : reading.clips['–']
  return { length: (range ?? digits).length, parts: [...number(digits, reading), ...(to === undefined ? [] : [{ clip: to }])] }
}

/** A whole number; figure by figure where it begins with a nought or is too long to be one. */
function number(digits: string, { language }: Reading): Part[] {
  const said = (name: string): Part => ({ clip: `${language}/${name}` })
  if (digits.length > 4 || (digits.length > 1 && digits.startsWith('0'))) return [...digits].map(said)
  const value = Number(digits)
  const [thousands, hundreds, rest] = [Math.trunc(value / 1_000), Math.trunc(value / 100) % 10, value % 100]
  return [
    ...(thousands > 0 ? [said(`thousand-${thousands}`)] : []),
    ...(hundreds > 0 ? [said(`hundred-${hundreds}`)] : []),
    ...(rest > 0 || value === 0 ? [said(String(rest))] : []),
  ]
}

function letter(sign: string, { language }: Reading): Part[] {
  return [{ clip: `${language}/letter-${sign.toLowerCase()}` }]
}

/** The longest sentence that the text goes on with, up to the end of a word. */
function sentenceStep(rest: string, { clips }: Reading): Step | null {
  let best = ''
  for (const sentence of Object.keys(clips)) {
    if (sentence.length <= best.length || !rest.startsWith(sentence)) continue
    if (!/^[\p{L}\d]/u.test(rest.slice(sentence.length))) best = sentence
  }
  return best === '' ? null : { length: best.length, parts: [{ clip: clips[best]! }] }
}

/** A letter that stands alone or before a number: a key, or part of a sign. */
function letterStep(rest: string, reading: Reading, alone: boolean): Step | null {
  const sign = /^([A-Z])(?=$|[\d/])/.exec(rest)?.[1]
  return alone && sign !== undefined && reading.letters.includes(sign) ? { length: 1, parts: letter(sign, reading) } : null
}
