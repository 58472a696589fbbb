/**
 * Something to write down exactly, and with script a button that copies it (browser/copy.ts). Without
 * script the button stays hidden and one click selects the whole text.
 */
import type { ComponentChildren, JSX } from 'preact'
import { useWords } from '../../ui/index.js'

export interface CopyableOptions {
  /** What is copied, without the spaces it is read with. */
  readonly text: string
  /** What it is, for those who listen: "Kopiuj: numer rachunku". */
  readonly label: string
  /** The text as it is read; left out where it stands before already. */
  readonly children?: ComponentChildren
}

export function Copyable({ text, label, children }: CopyableOptions): JSX.Element {
  const t = useWords()
  return (
    <div class="okienko-copy">
      {children != null && <div class="okienko-copy__text okienko-breakable">{children}</div>}
      <button
        type="button"
        class="okienko-copy__button okienko-screen-only"
        data-copy={text}
        data-copied={t('booking-advice.copied')}
        hidden
      >
        {t('booking-advice.copy')}
        <span class="govuk-visually-hidden">: {label}</span>
      </button>
      <span role="status" class="okienko-copy__said"></span>
    </div>
  )
}
