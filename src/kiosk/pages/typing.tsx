/**
 * A field and its keys on the screen. The keys are buttons of the same form: without script each
 * press sends what stands in the field and comes back with the letter added. The form's own button
 * stands first, so that the scanner's Enter presses it and no letter.
 */
import type { JSX } from 'preact'
import { ErrorMessage, useWords } from '../../ui/index.js'

export interface TypingOptions {
  readonly action: string
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly value: string
  readonly error?: string | undefined
  readonly keys: string
  readonly lengthMax: number
  readonly numeric?: boolean | undefined
  /** Fields that go along. */
  readonly hidden?: Readonly<Record<string, string>> | undefined
  readonly button: string
}

/** Without the letters no reference has: I, O, U, 0, 1. */
export const referenceKeys = 'ABCDEFGHJKLMNPQRSTVWXYZ23456789'
export const digitKeys = '1234567890'

export function Typing(options: TypingOptions): JSX.Element {
  const t = useWords()
  const { name, label, hint, value, error, keys, numeric } = options
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <form method="post" action={options.action} class="okienko-kiosk__form" data-kiosk-typing={String(options.lengthMax)}>
      {Object.entries(options.hidden ?? {}).map(([key, kept]) => (
        <input type="hidden" name={key} value={kept} />
      ))}
      <label class="okienko-kiosk__label" for={name}>
        {label}
      </label>
      {hint !== undefined && (
        <p class="okienko-kiosk__hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && <ErrorMessage id={`${name}-error`}>{error}</ErrorMessage>}
      <div class="okienko-kiosk__row">
        <input
          class="okienko-kiosk__field"
          id={name}
          name={name}
          value={value}
          inputMode={numeric ? 'numeric' : 'none'}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby={described === '' ? undefined : described}
          aria-invalid={error === undefined ? undefined : 'true'}
          autofocus
        />
        <button class="okienko-kiosk__choice okienko-kiosk__choice--go">{options.button}</button>
      </div>
      <div class={`okienko-kiosk__pad${numeric ? ' okienko-kiosk__pad--digits' : ''}`} role="group" aria-label={t('kiosk.pad')}>
        {[...keys].map((key) => (
          <button class="okienko-kiosk__key" name="znak" value={key}>
            {key}
          </button>
        ))}
        <button class="okienko-kiosk__key okienko-kiosk__key--wide" name="znak" value="usun">
          {t('kiosk.delete')}
        </button>
      </div>
    </form>
  )
}
