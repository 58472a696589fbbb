/**
 * The act's own words, cut where its paragraphs begin, so that a provision can lead to the very words
 * it follows from. Anchors are made of the paragraph as people cite it: `§ 1 ust. 4` is `par-1-ust-4`.
 */

export interface TextLine {
  /** Where this line can be led to; null for a line that goes on. */
  readonly anchor: string | null
  readonly text: string
  /** 0 for a paragraph, 1 for what stands in it, and so on; lines before the first paragraph have 0. */
  readonly depth: number
}

const levels = ['ust', 'pkt', 'lit'] as const
/** How a unit of the text begins; what is left over begins the next. */
const beginnings: readonly (readonly [(typeof levels)[number], RegExp])[] = [
  ['ust', /^(\d+[a-z]?)\.\s+/],
  ['pkt', /^(\d+[a-z]?)\)\s*/],
  ['lit', /^([a-z]{1,2})\)\s*/],
]
const paragraph = /^(§|Art\.)\s*(\d+[a-z]*)\.?\s*/i

/** The lines of the text, each with its anchor where a unit begins there. An anchor is given once: the first keeps it. */
export function linesOf(text: string): readonly TextLine[] {
  const lines: TextLine[] = []
  const given = new Set<string>()
  let path: readonly string[] = []
  for (const line of text.split(/\r?\n/).map((each) => each.replaceAll(/\s+/g, ' ').trim())) {
    if (line === '') continue
    const begun = beginningOf(line, path)
    const anchor = begun?.join('-') ?? null
    if (begun !== null) path = begun
    const fresh = anchor !== null && !given.has(anchor)
    if (fresh) given.add(anchor)
    lines.push({ anchor: fresh ? anchor : null, text: line, depth: Math.max(0, path.length - 1) })
  }
  return lines
}

/** Of the units that begin on this line the innermost, as `["par-1", "ust-1"]` for "§ 1. 1. …"; null when none does. */
function beginningOf(line: string, path: readonly string[]): readonly string[] | null {
  const opens = paragraph.exec(line)
  let rest = opens === null ? line : line.slice(opens[0].length)
  let here: string[] | null = opens === null ? null : [`${opens[1] === '§' ? 'par' : 'art'}-${opens[2]?.toLowerCase()}`]
  // Before the first paragraph a number begins nothing.
  if (here === null && path.length === 0) return null
  for (const [level, beginning] of beginnings) {
    const found = beginning.exec(rest)
    if (found === null) continue
    here = [...(here ?? above(path, level)), `${level}-${found[1]?.toLowerCase()}`]
    rest = rest.slice(found[0].length)
  }
  return here
}

/** The part of a path that stands above a level. */
function above(path: readonly string[], level: (typeof levels)[number]): readonly string[] {
  const rank = (part: string): number => levels.findIndex((each) => part.startsWith(`${each}-`))
  return path.filter((part) => rank(part) < levels.indexOf(level))
}

/** The anchor of a paragraph as people cite it; null for what names none, as an office setting. */
export function anchorOf(reference: string): string | null {
  const opens = /(§|art\.)\s*(\d+[a-z]*)/i.exec(reference)
  if (opens === null) return null
  const parts = [...reference.matchAll(/(ust|pkt|lit)\.?\s*([0-9]+[a-z]?|[a-z]{1,2})(?![\p{L}\d])/giu)]
  return [
    `${opens[1] === '§' ? 'par' : 'art'}-${opens[2]?.toLowerCase()}`,
    ...parts.map(([, level, number]) => `${level?.toLowerCase()}-${number?.toLowerCase()}`),
  ].join('-')
}

/** The anchor in the text to lead a paragraph to: its own, or the nearest around it; null when the text has neither. */
export function nearestAnchor(reference: string, lines: readonly TextLine[]): { readonly anchor: string; readonly exact: boolean } | null {
  const wanted = anchorOf(reference)
  if (wanted === null) return null
  const known = lines.flatMap((line) => (line.anchor === null ? [] : [line.anchor]))
  const parts = wanted.split('-')
  for (let count = parts.length; count >= 2; count -= 2) {
    const start = parts.slice(0, count).join('-')
    // A unit whose first part begins on the same line has that part's anchor.
    const anchor = known.find((each) => each === start || each.startsWith(`${start}-`))
    if (anchor !== undefined) return { anchor, exact: count === parts.length }
  }
  return null
}
