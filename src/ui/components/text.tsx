/**
 * Everything on a page that is not a question: buttons, lists, tables, notices. Same markup as
 * govuk-frontend, checked against its fixtures.
 */
import type { ComponentChildren, JSX } from 'preact'
import { phoneForReading } from '../../platform/words.js'
import { useWords } from '../words-context.js'
import { classes } from './classes.js'

export interface ButtonOptions {
  readonly children: ComponentChildren
  readonly kind?: 'primary' | 'secondary' | 'warning' | 'inverse' | undefined
  readonly classes?: string | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly id?: string | undefined
  readonly type?: 'submit' | 'button' | undefined
  /** Address the form goes to instead of its own. */
  readonly formaction?: string | undefined
  /** A function key such as `F2`, printed in the button; see browser/okienko.ts. */
  readonly shortcut?: string | undefined
  /** A form elsewhere on the page this button sends. */
  readonly form?: string | undefined
  /** Id of the field the key goes to first: it presses only from within that field, once something is typed. */
  readonly shortcutField?: string | undefined
}

/** Sends a form. The double-click guard of the browser is on; the server has its own. */
export function Button(options: ButtonOptions): JSX.Element {
  return (
    <button
      type={options.type ?? 'submit'}
      value={options.value}
      name={options.name}
      class={classes('govuk-button', kindClass(options.kind), options.classes)}
      data-module="govuk-button"
      data-prevent-double-click="true"
      data-key={options.shortcut}
      data-key-field={options.shortcutField}
      formaction={options.formaction}
      form={options.form}
      id={options.id}
    >
      {options.shortcut !== undefined && <kbd class="okienko-key">{options.shortcut}</kbd>}
      {options.children}
    </button>
  )
}

/** A link that looks like a button: for going on, never for changing anything. */
export function LinkButton({
  href,
  kind,
  start,
  children,
  classes: own,
  id,
  shortcut,
}: {
  href: string
  kind?: 'primary' | 'secondary' | 'inverse' | undefined
  start?: boolean | undefined
  children: ComponentChildren
  classes?: string | undefined
  id?: string | undefined
  /** A function key, printed in the button; see browser/okienko.ts. */
  shortcut?: string | undefined
}): JSX.Element {
  return (
    <a
      href={href}
      role="button"
      draggable={false}
      class={classes('govuk-button', kindClass(kind), own, start && 'govuk-button--start')}
      data-module="govuk-button"
      data-key={shortcut}
      id={id}
    >
      {shortcut !== undefined && <kbd class="okienko-key">{shortcut}</kbd>}
      {children}
      {start && (
        <svg
          class="govuk-button__start-icon"
          xmlns="http://www.w3.org/2000/svg"
          width="17.5"
          height="19"
          viewBox="0 0 33 40"
          aria-hidden="true"
          focusable="false"
        >
          <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
        </svg>
      )}
    </a>
  )
}

function kindClass(kind: ButtonOptions['kind']): string | false {
  return kind !== undefined && kind !== 'primary' && `govuk-button--${kind}`
}

export interface SummaryAction {
  readonly href: string
  readonly text: ComponentChildren
  /** Said to those who listen: "Zmień *imię i nazwisko*". */
  readonly hidden?: string | undefined
}

export interface SummaryRow {
  readonly key: ComponentChildren
  readonly value: ComponentChildren
  readonly actions?: readonly SummaryAction[] | undefined
}

export function SummaryList({ rows, classes: own }: { rows: readonly SummaryRow[]; classes?: string | undefined }): JSX.Element {
  const anyActions = rows.some((row) => (row.actions?.length ?? 0) > 0)
  return (
    <dl class={classes('govuk-summary-list', own)}>
      {rows.map((row) => (
        <div class={classes('govuk-summary-list__row', anyActions && row.actions === undefined && 'govuk-summary-list__row--no-actions')}>
          <dt class="govuk-summary-list__key">{row.key}</dt>
          <dd class="govuk-summary-list__value">{row.value}</dd>
          {row.actions !== undefined && row.actions.length > 0 && (
            <dd class="govuk-summary-list__actions">
              {row.actions.length === 1 && row.actions[0] ? (
                <ActionLink action={row.actions[0]} />
              ) : (
                <ul class="govuk-summary-list__actions-list">
                  {row.actions.map((action) => (
                    <li class="govuk-summary-list__actions-list-item">
                      <ActionLink action={action} />
                    </li>
                  ))}
                </ul>
              )}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

function ActionLink({ action }: { action: SummaryAction }): JSX.Element {
  return (
    <a class="govuk-link" href={action.href}>
      {action.text}
      {action.hidden !== undefined && <span class="govuk-visually-hidden"> {action.hidden}</span>}
    </a>
  )
}

export interface Cell {
  readonly text: ComponentChildren
  readonly format?: 'numeric' | undefined
  readonly classes?: string | undefined
  readonly colspan?: number | undefined
}

export interface TableOptions {
  readonly caption?: string | undefined
  readonly captionClasses?: string | undefined
  readonly head?: readonly (Cell | string)[] | undefined
  readonly rows: readonly (readonly (Cell | ComponentChildren)[])[]
  readonly firstCellIsHeader?: boolean | undefined
  readonly classes?: string | undefined
  /** On a narrow screen each row stands by itself, with the heads as labels: nothing to be done is out of sight. */
  readonly stack?: boolean
}

export function Table({ caption, captionClasses, head, rows, firstCellIsHeader, stack = false, classes: own }: TableOptions): JSX.Element {
  const labels = stack ? (head ?? []).map(cellOf).map(({ text }) => (typeof text === 'string' ? text : undefined)) : []
  return (
    <table class={classes('govuk-table', stack && 'okienko-stack', own)}>
      {caption !== undefined && <caption class={classes('govuk-table__caption', captionClasses)}>{caption}</caption>}
      {head && (
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {head.map(cellOf).map((cell) => (
              <th
                scope="col"
                class={classes('govuk-table__header', cell.format && `govuk-table__header--${cell.format}`, cell.classes)}
                colspan={cell.colspan}
              >
                {cell.text}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody class="govuk-table__body">
        {rows.map((row) => (
          <tr class="govuk-table__row">
            {row.map(cellOf).map((cell, index) =>
              index === 0 && firstCellIsHeader ? (
                <th scope="row" class={classes('govuk-table__header', cell.classes)}>
                  {cell.text}
                </th>
              ) : (
                <td
                  class={classes('govuk-table__cell', cell.format && `govuk-table__cell--${cell.format}`, cell.classes)}
                  colspan={cell.colspan}
                  data-label={labels[index]}
                >
                  {cell.text}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function cellOf(cell: Cell | ComponentChildren): Cell {
  return typeof cell === 'object' && cell !== null && 'text' in cell ? cell : { text: cell as ComponentChildren }
}

/** The green panel at the end of a journey. No links inside: they would lack contrast. */
export function Panel({
  title,
  headingLevel,
  children,
}: {
  title: ComponentChildren
  headingLevel?: 1 | 2
  children?: ComponentChildren | undefined
}): JSX.Element {
  const Heading = headingLevel === 2 ? 'h2' : 'h1'
  return (
    <div class="govuk-panel govuk-panel--confirmation">
      <Heading class="govuk-panel__title">{title}</Heading>
      {children != null && <div class="govuk-panel__body">{children}</div>}
    </div>
  )
}

export function InsetText({
  id,
  classes: own,
  children,
}: {
  id?: string | undefined
  classes?: string | undefined
  children: ComponentChildren
}): JSX.Element {
  return (
    <div id={id} class={classes('govuk-inset-text', own)}>
      {children}
    </div>
  )
}

export function WarningText({ children, classes: own }: { children: ComponentChildren; classes?: string | undefined }): JSX.Element {
  const t = useWords()
  return (
    <div class={classes('govuk-warning-text', own)}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{t('ui.warning')}</span> {children}
      </strong>
    </div>
  )
}

export function Details({
  summary,
  open,
  id,
  classes: own,
  children,
}: {
  summary: ComponentChildren
  open?: boolean | undefined
  id?: string | undefined
  classes?: string | undefined
  children: ComponentChildren
}): JSX.Element {
  return (
    <details id={id} class={classes('govuk-details', own)} open={open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summary}</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  )
}

export type TagColour = 'grey' | 'turquoise' | 'green' | 'purple' | 'pink' | 'red' | 'orange' | 'yellow'

/** A state in a word; the colour never says it alone. */
export function Tag({ colour, children }: { colour?: TagColour | undefined; children: ComponentChildren }): JSX.Element {
  return <strong class={classes('govuk-tag', colour && `govuk-tag--${colour}`)}>{children}</strong>
}

export interface BannerOptions {
  readonly type?: 'success' | undefined
  readonly title?: ComponentChildren | undefined
  readonly titleId?: string | undefined
  /** One sentence; for more use children. */
  readonly text?: ComponentChildren | undefined
  /** Said at once and read first: what the person did could not be done. */
  readonly urgent?: boolean | undefined
  readonly children?: ComponentChildren | undefined
}

export function NotificationBanner({ type, title, titleId, text, urgent, children }: BannerOptions): JSX.Element {
  const t = useWords()
  const id = titleId ?? 'govuk-notification-banner-title'
  return (
    <div
      class={classes('govuk-notification-banner', type && `govuk-notification-banner--${type}`)}
      role={type === 'success' || urgent ? 'alert' : 'region'}
      aria-labelledby={id}
      data-module="govuk-notification-banner"
      {...(urgent ? { tabIndex: -1, autofocus: true, 'data-focus': '' } : {})}
    >
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id={id}>
          {title ?? t(type === 'success' ? 'ui.banner.success' : 'ui.banner.important')}
        </h2>
      </div>
      <div class="govuk-notification-banner__content">{children ?? <p class="govuk-notification-banner__heading">{text}</p>}</div>
    </div>
  )
}

export function BackLink({ href, children }: { href: string; children?: ComponentChildren | undefined }): JSX.Element {
  const t = useWords()
  return (
    <a href={href} class="govuk-back-link">
      {children ?? t('ui.back')}
    </a>
  )
}

/** A number to tap, written as people read it. `phone` is in international form. */
export function PhoneLink({ phone, classes: own }: { phone: string; classes?: string | undefined }): JSX.Element {
  return (
    <a class={classes('govuk-link okienko-phone', own)} href={`tel:${phone}`}>
      {phoneForReading(phone)}
    </a>
  )
}

export function EmailLink({ email }: { email: string }): JSX.Element {
  return (
    <a class="govuk-link okienko-breakable" href={`mailto:${email}`}>
      {email}
    </a>
  )
}

/** Text in which a street keeps its number, a postal code its halves and "e-mail" its own, whatever the width. */
export function Unbroken({ text }: { text: string }): JSX.Element {
  const spaced = text
    .replaceAll(/(?<=\b(?:ul|al|pl)\.) /g, '\u00a0')
    .replaceAll(/ (?=\d)/g, '\u00a0')
    .replaceAll(/(?<=\b[IVX]+) (?=piętro)/g, '\u00a0')
  // Spans rather than hyphens that do not break: fonts lack those, and copied text would hold them.
  return (
    <>
      {spaced
        .split(/(\b\d{2}-\d{3}\b|\b[eE]-mail)/)
        .map((part, index) => (index % 2 === 1 ? <span class="okienko-unbroken">{part}</span> : part))}
    </>
  )
}

/** Stands in a sentence where `Filled` puts something that is more than text. */
export const gap = '\uFFFC'

/** A sentence of the words with a link in it: `<Filled text={t('…', { phone: gap })}><PhoneLink …/></Filled>`. */
export function Filled({ text, children }: { text: string; children: ComponentChildren }): JSX.Element {
  const [before, after] = text.split(gap)
  return (
    <>
      <Unbroken text={before ?? ''} />
      {children}
      <Unbroken text={after ?? ''} />
    </>
  )
}

/** The key that makes a command of a form happen once, however often it is sent. */
export function IdempotencyField({ value = crypto.randomUUID() }: { value?: string | undefined }): JSX.Element {
  return <input type="hidden" name={idempotencyField} value={value} />
}

/** Name of that field; a UUID. */
export const idempotencyField = 'klucz'
