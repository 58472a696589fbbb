/** The act's own words with the places other pages lead to, and a link to such a place. */
import type { JSX } from 'preact'
import type { Translate } from '../../../platform/words.js'
import { nearestAnchor, type TextLine } from '../text.js'

export function OwnWords({ lines, t }: { lines: readonly TextLine[]; t: Translate }): JSX.Element {
  return (
    <>
      {lines.map(({ anchor, text, depth }) => (
        <p class="govuk-body" id={anchor ?? undefined} data-depth={depth}>
          {depth > 0 ? '\u2003'.repeat(depth) : ''}
          {t.polish(text)}
        </p>
      ))}
    </>
  )
}

/** The paragraph a rule follows from, leading to its words where the text has them. */
export function ParagraphLink({ reference, lines, t }: { reference: string; lines: readonly TextLine[]; t: Translate }): JSX.Element {
  const place = nearestAnchor(reference, lines)
  return place === null ? (
    <span>{t.polish(reference)}</span>
  ) : (
    <a class="govuk-link" href={`#${place.anchor}`}>
      {t.polish(reference)}
    </a>
  )
}
