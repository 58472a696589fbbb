/** A button of the guard's page without the network: door-offline.ts gives it what it does. */
import type { JSX } from 'preact'

export function ActButton({
  act,
  text,
  kind = 'secondary',
  shortcut,
}: {
  act: string
  text: string
  kind?: 'secondary' | 'warning'
  shortcut?: string
}): JSX.Element {
  return (
    <button type="button" class={`govuk-button govuk-button--${kind}`} data-act={act} data-key={shortcut}>
      {shortcut !== undefined && <kbd class="okienko-key">{shortcut}</kbd>}
      {text}
    </button>
  )
}
