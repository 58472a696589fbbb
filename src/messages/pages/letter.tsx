/** A message as its reader will see it, in its language: what it is about, its sentences, its links as words. */
import type { ComponentChildren, JSX } from 'preact'
import type { Letter } from '../model.js'

/** `children` stand below the links, as a signature does. */
export function LetterBlock({ letter, children }: { readonly letter: Letter; readonly children?: ComponentChildren }): JSX.Element {
  return (
    <div class="okienko-letter" lang={letter.language === 'pl' ? undefined : letter.language}>
      <h3 class="govuk-heading-s okienko-breakable">{letter.subject}</h3>
      {letter.lines.map((line) => (
        <p class="govuk-body okienko-breakable">{line}</p>
      ))}
      {letter.links.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {letter.links.map(({ label }) => (
            <li>{label}</li>
          ))}
        </ul>
      )}
      {children}
    </div>
  )
}
