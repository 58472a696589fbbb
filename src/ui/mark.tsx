/**
 * The mark of Okienko: an open window, drawn inline so that it takes the colour of the text and
 * needs no request. A city may put its arms here instead.
 */
import type { JSX } from 'preact'

export function Mark({ size = 32 }: { size?: number | undefined }): JSX.Element {
  return (
    <svg class="okienko-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round" d="M3.5 4.5h25v23h-25z" />
      <path fill="currentColor" d="M4 5l10 4v14L4 27z" />
      <path fill="none" stroke="currentColor" stroke-width="2.5" d="M14 16h14" />
      <circle cx="11.2" cy="16" r="1.3" class="okienko-mark__knob" />
    </svg>
  )
}
