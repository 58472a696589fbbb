/**
 * One question with one field: label, hint, error and the field, tied together for those who
 * listen. Same markup as govuk-frontend, checked against its fixtures.
 *
 * `label` is required by the type: a field without a name cannot be written.
 */
import type { ComponentChildren, JSX } from 'preact'
import { useWords } from '../words-context.js'
import { classes } from './classes.js'

export interface LabelOptions {
  readonly text: ComponentChildren
  readonly classes?: string | undefined
  /** The question is the heading of the page. */
  readonly isPageHeading?: boolean | undefined
}

export interface FieldOptions {
  readonly name: string
  readonly id?: string | undefined
  readonly label: LabelOptions | string
  readonly hint?: ComponentChildren | undefined
  /** The sentence that says what is wrong; same words as in the error summary. */
  readonly error?: ComponentChildren | undefined
  readonly value?: string | undefined
  readonly classes?: string | undefined
  readonly describedBy?: string | undefined
  readonly disabled?: boolean | undefined
  readonly autocomplete?: string | undefined
  readonly spellcheck?: boolean | undefined
  readonly groupClasses?: string | undefined
}

export interface TextInputOptions extends FieldOptions {
  readonly type?: 'text' | 'email' | 'tel' | 'search' | 'password' | 'date' | 'datetime-local' | undefined
  readonly inputmode?: 'text' | 'numeric' | 'tel' | 'email' | 'search' | undefined
  readonly autocapitalize?: 'none' | 'off' | 'characters' | 'words' | 'sentences' | undefined
  readonly pattern?: string | undefined
  readonly prefix?: ComponentChildren | undefined
  readonly suffix?: ComponentChildren | undefined
  /** Only on the guard's and clerk's pages, where the field is the page. */
  readonly autofocus?: boolean | undefined
}

export function TextInput(options: TextInputOptions): JSX.Element {
  const id = options.id ?? options.name
  // Preact types each input type apart; the attributes given here are fine with all of ours.
  // oxlint-disable-next-line typescript/no-unnecessary-type-assertion
  const type = (options.type ?? 'text') as 'text'
  const input = (
    <input
      class={classes('govuk-input', options.classes, options.error != null && 'govuk-input--error')}
      id={id}
      name={options.name}
      type={type}
      spellcheck={options.spellcheck}
      value={options.value}
      disabled={options.disabled}
      aria-describedby={describedBy(id, options)}
      autocomplete={options.autocomplete}
      autocapitalize={options.autocapitalize}
      pattern={options.pattern}
      inputmode={options.inputmode}
      autofocus={options.autofocus}
    />
  )
  const affixed = options.prefix !== undefined || options.suffix !== undefined
  return (
    <FieldFrame id={id} options={options}>
      {affixed ? (
        <div class="govuk-input__wrapper">
          {options.prefix !== undefined && (
            <div class="govuk-input__prefix" aria-hidden="true">
              {options.prefix}
            </div>
          )}
          {input}
          {options.suffix !== undefined && (
            <div class="govuk-input__suffix" aria-hidden="true">
              {options.suffix}
            </div>
          )}
        </div>
      ) : (
        input
      )}
    </FieldFrame>
  )
}

export function Textarea(
  options: FieldOptions & { readonly rows?: number | undefined; readonly maxlength?: number | undefined },
): JSX.Element {
  const id = options.id ?? options.name
  return (
    <FieldFrame id={id} options={options}>
      <textarea
        class={classes('govuk-textarea', options.error != null && 'govuk-textarea--error', options.classes)}
        id={id}
        name={options.name}
        rows={options.rows ?? 5}
        maxlength={options.maxlength}
        spellcheck={options.spellcheck}
        disabled={options.disabled}
        aria-describedby={describedBy(id, options)}
        autocomplete={options.autocomplete}
      >
        {options.value}
      </textarea>
    </FieldFrame>
  )
}

export interface SelectItem {
  readonly value?: string | undefined
  readonly text: string
  readonly disabled?: boolean | undefined
  readonly selected?: boolean | undefined
}

/** A file read into a text field of the page by `file.js`; nothing to be seen without script. `accept` as in HTML. */
export function FileInto({ into, label, accept }: { into: string; label: string; accept: string }): JSX.Element {
  const id = `${into}-file`
  return (
    <div class="govuk-form-group" data-file-into={into} hidden>
      <Label htmlFor={id} label={label} />
      <input class="govuk-file-upload" type="file" id={id} accept={accept} />
    </div>
  )
}

export function Select(options: FieldOptions & { readonly items: readonly SelectItem[] }): JSX.Element {
  const id = options.id ?? options.name
  return (
    <FieldFrame id={id} options={options}>
      <select
        class={classes('govuk-select', options.classes, options.error != null && 'govuk-select--error')}
        id={id}
        name={options.name}
        disabled={options.disabled}
        aria-describedby={describedBy(id, options)}
      >
        {options.items.map((item) => (
          <option
            value={item.value}
            disabled={item.disabled}
            selected={item.selected ?? (options.value !== undefined && options.value !== '' && (item.value ?? item.text) === options.value)}
          >
            {item.text}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

function FieldFrame({ id, options, children }: { id: string; options: FieldOptions; children: ComponentChildren }): JSX.Element {
  return (
    <div class={classes('govuk-form-group', options.error != null && 'govuk-form-group--error', options.groupClasses)}>
      <Label htmlFor={id} label={options.label} />
      {options.hint != null && <Hint id={`${id}-hint`}>{options.hint}</Hint>}
      {options.error != null && <ErrorMessage id={`${id}-error`}>{options.error}</ErrorMessage>}
      {children}
    </div>
  )
}

/** The ids that describe a field: what the caller names, its hint, its error. */
export function describedBy(
  id: string,
  options: { describedBy?: string | undefined; hint?: ComponentChildren | undefined; error?: ComponentChildren | undefined },
): string | undefined {
  return classes(options.describedBy, options.hint != null && `${id}-hint`, options.error != null && `${id}-error`) || undefined
}

export function Label({
  htmlFor,
  label,
  extraClasses,
}: {
  htmlFor: string
  label: LabelOptions | string
  extraClasses?: string | undefined
}): JSX.Element {
  const { text, classes: own, isPageHeading } = typeof label === 'string' ? ({ text: label } as LabelOptions) : label
  const element = (
    <label class={classes('govuk-label', extraClasses, own)} for={htmlFor}>
      {text}
    </label>
  )
  return isPageHeading ? <h1 class="govuk-label-wrapper">{element}</h1> : element
}

export function Hint({
  id,
  classes: own,
  children,
}: {
  id?: string | undefined
  classes?: string | undefined
  children: ComponentChildren
}): JSX.Element {
  return (
    <div id={id} class={classes('govuk-hint', own)}>
      {children}
    </div>
  )
}

export function ErrorMessage({ id, children }: { id?: string | undefined; children: ComponentChildren }): JSX.Element {
  const t = useWords()
  return (
    <p id={id} class="govuk-error-message">
      <span class="govuk-visually-hidden">{t('ui.error')}:</span> {children}
    </p>
  )
}
