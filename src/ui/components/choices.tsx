/**
 * Questions answered by choosing: radios, checkboxes and the fieldset that holds their question.
 * Same markup as govuk-frontend, checked against its fixtures.
 */
import { Fragment, type ComponentChildren, type JSX } from 'preact'
import { classes } from './classes.js'
import { describedBy as describe, ErrorMessage, Hint, Label } from './field.js'

export interface LegendOptions {
  readonly text: ComponentChildren
  readonly classes?: string | undefined
  readonly isPageHeading?: boolean | undefined
}

export interface FieldsetOptions {
  readonly legend: LegendOptions | string
  readonly classes?: string | undefined
  readonly describedBy?: string | undefined
  readonly role?: 'group' | undefined
}

export function Fieldset({
  legend,
  classes: own,
  describedBy,
  role,
  children,
}: FieldsetOptions & { children: ComponentChildren }): JSX.Element {
  const { text, classes: legendClasses, isPageHeading } = typeof legend === 'string' ? ({ text: legend } as LegendOptions) : legend
  return (
    <fieldset class={classes('govuk-fieldset', own)} role={role} aria-describedby={describedBy}>
      <legend class={classes('govuk-fieldset__legend', legendClasses)}>
        {isPageHeading ? <h1 class="govuk-fieldset__heading">{text}</h1> : text}
      </legend>
      {children}
    </fieldset>
  )
}

export interface Choice {
  readonly value: string
  readonly text: ComponentChildren
  readonly hint?: ComponentChildren | undefined
  readonly disabled?: boolean | undefined
  readonly id?: string | undefined
  /** Checkboxes only: a name of its own. */
  readonly name?: string | undefined
  readonly checked?: boolean | undefined
  /** Only on the clerk's pages, where the choice is the page. */
  readonly autofocus?: boolean | undefined
  /** A function key such as `F3`, printed before the words; see browser/okienko.ts. */
  readonly shortcut?: string | undefined
  /** Where that key leads once it has chosen: a selector of the page. */
  readonly keyNext?: string | undefined
  /** Shown below the choice. Always visible: without script nothing could reveal it. */
  readonly below?: ComponentChildren | undefined
}

/** A word such as "lub" between choices. */
export interface Divider {
  readonly divider: string
}

interface ChoicesOptions {
  readonly name: string
  readonly idPrefix?: string | undefined
  /** Leave out only when the choices stand inside a fieldset already. */
  readonly fieldset?: FieldsetOptions | undefined
  readonly hint?: ComponentChildren | undefined
  readonly error?: ComponentChildren | undefined
  readonly items: readonly (Choice | Divider)[]
  /** `govuk-radios--inline`, `govuk-radios--small`, … */
  readonly classes?: string | undefined
  readonly groupClasses?: string | undefined
}

export interface RadiosOptions extends ChoicesOptions {
  readonly value?: string | undefined
}

export function Radios(options: RadiosOptions): JSX.Element {
  return (
    <ChoicesFrame kind="radios" options={options}>
      {options.items.map((item, index) => (
        <ChoiceItem
          kind="radios"
          type="radio"
          item={item}
          id={itemId(options, item, index)}
          name={options.name}
          checked={'value' in item && (item.checked ?? (options.value !== undefined && item.value === options.value))}
        />
      ))}
    </ChoicesFrame>
  )
}

export interface CheckboxesOptions extends ChoicesOptions {
  readonly values?: readonly string[] | undefined
}

export function Checkboxes(options: CheckboxesOptions): JSX.Element {
  // Without a fieldset the hint and error of the group describe each box.
  const own = options.fieldset === undefined ? describe(options.idPrefix ?? options.name, options) : undefined
  return (
    <ChoicesFrame kind="checkboxes" options={options}>
      {options.items.map((item, index) => (
        <ChoiceItem
          kind="checkboxes"
          type="checkbox"
          item={item}
          id={itemId(options, item, index)}
          name={('name' in item ? item.name : undefined) ?? options.name}
          checked={'value' in item && (item.checked ?? options.values?.includes(item.value) ?? false)}
          describedBy={own}
        />
      ))}
    </ChoicesFrame>
  )
}

/** The first has the plain id, so that an error summary can link to it. */
function itemId(options: ChoicesOptions, item: Choice | Divider, index: number): string {
  const prefix = options.idPrefix ?? options.name
  return ('id' in item ? item.id : undefined) ?? (index === 0 ? prefix : `${prefix}-${index + 1}`)
}

function ChoicesFrame({
  kind,
  options,
  children,
}: {
  kind: 'radios' | 'checkboxes'
  options: ChoicesOptions
  children: ComponentChildren
}): JSX.Element {
  const prefix = options.idPrefix ?? options.name
  const inner = (
    <>
      {options.hint != null && <Hint id={`${prefix}-hint`}>{options.hint}</Hint>}
      {options.error != null && <ErrorMessage id={`${prefix}-error`}>{options.error}</ErrorMessage>}
      <div class={classes(`govuk-${kind}`, options.classes)} data-module={`govuk-${kind}`}>
        {children}
      </div>
    </>
  )
  return (
    <div class={classes('govuk-form-group', options.error != null && 'govuk-form-group--error', options.groupClasses)}>
      {options.fieldset === undefined ? (
        inner
      ) : (
        <Fieldset
          {...options.fieldset}
          describedBy={describe(prefix, {
            ...options,
            ...(options.fieldset.describedBy ? { describedBy: options.fieldset.describedBy } : {}),
          })}
        >
          {inner}
        </Fieldset>
      )}
    </div>
  )
}

interface ChoiceItemOptions {
  kind: 'radios' | 'checkboxes'
  type: 'radio' | 'checkbox'
  item: Choice | Divider
  id: string
  name: string
  checked: boolean
  describedBy?: string | undefined
}

function ChoiceItem({ kind, type, item, id, name, checked, describedBy }: ChoiceItemOptions): JSX.Element {
  if ('divider' in item) return <div class={`govuk-${kind}__divider`}>{item.divider}</div>
  const hintId = `${id}-item-hint`
  return (
    <Fragment>
      <div class={`govuk-${kind}__item`}>
        <input
          class={`govuk-${kind}__input`}
          id={id}
          name={name}
          type={type}
          value={item.value}
          checked={checked}
          disabled={item.disabled}
          autofocus={item.autofocus}
          data-key={item.shortcut}
          data-key-next={item.keyNext}
          aria-describedby={classes(describedBy, item.hint != null && hintId) || undefined}
        />
        <Label htmlFor={id} label={{ text: <ChoiceText item={item} /> }} extraClasses={`govuk-${kind}__label`} />
        {item.hint != null && (
          <Hint id={hintId} classes={`govuk-${kind}__hint`}>
            {item.hint}
          </Hint>
        )}
      </div>
      {item.below != null && <div class={`govuk-${kind}__conditional`}>{item.below}</div>}
    </Fragment>
  )
}

function ChoiceText({ item: { shortcut, text } }: { item: Choice }): JSX.Element {
  return (
    <>
      {shortcut !== undefined && <kbd class="okienko-key">{shortcut}</kbd>}
      {text}
    </>
  )
}
