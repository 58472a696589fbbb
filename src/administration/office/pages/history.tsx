/** The history of the office: each save, and one save with what it changed, field by field. */
import type { JSX } from 'preact'
import type { KeptOfficeChange, OfficeFile } from '../../../directory/index.js'
import { officeDay } from '../../../platform/clock.js'
import { plainDay, wallTime } from '../../../platform/words.js'
import { Button, NotificationBanner, StaffPage, Table, type Shell, type StaffLink } from '../../../ui/index.js'
import { sayThing, thingLabel } from '../labels.js'
import type { Conflict } from '../model.js'
import { Conflicts } from './thing.js'

const say = 'administration-office-staff'
/** Changes of one save shown with their fields; a loaded file may have hundreds. */
const shownMax = 200

export interface HistoryView {
  readonly links: readonly StaffLink[]
  readonly file: OfficeFile
  readonly changes: readonly KeptOfficeChange[]
  /** One thing's history; null: everybody's. */
  readonly of: { readonly part: string; readonly subject: string } | null
  /** The address of the next page; null for none. */
  readonly older: string | null
}

export function HistoryPage({ shell, view }: { shell: Shell; view: HistoryView }): JSX.Element {
  const { t } = shell
  const { file, of } = view
  const title = of === null ? t(`${say}.history`) : t(`${say}.history.of`, { what: thingLabel(t, file, of.part, of.subject) })
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/urzad">
      <h1 class="govuk-heading-l">{title}</h1>
      {view.changes.length === 0 ? (
        <p class="govuk-body">{t(`${say}.history.none`)}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            caption={title}
            captionClasses="govuk-visually-hidden"
            head={['when', 'who', 'what'].map((each) => t(`${say}.history.${each}`))}
            rows={view.changes.map((change) => [
              whenOf(shell, change),
              whoOf(shell, change),
              <>
                <a class="govuk-link" href={`/praca/urzad/historia/${change.savedWith ?? change.id}`}>
                  {t(`${say}.history.${verbOf(change)}`)}: {thingLabel(t, file, change.part, change.subject, change.after ?? change.before)}
                </a>
                {of === null && change.more > 0 && ` ${t(`${say}.history.more`, { count: change.more })}`}
                {change.undoneBy !== null && ` ${t(`${say}.history.undone`)}`}
                {change.undoes !== undefined && ` ${t(`${say}.history.undoes`)}`}
              </>,
            ])}
          />
        </div>
      )}
      {view.older !== null && (
        <p class="govuk-body">
          <a class="govuk-link" href={view.older}>
            {t(`${say}.history.older`)}
          </a>
        </p>
      )}
    </StaffPage>
  )
}

export interface SaveView {
  readonly links: readonly StaffLink[]
  readonly file: OfficeFile
  readonly changes: readonly KeptOfficeChange[]
  readonly mayUndo: boolean
  readonly conflicts: readonly Conflict[]
  /** Sentences on why it cannot be taken back. */
  readonly reasons: readonly string[]
  readonly done: boolean
}

export function SavePage({ shell, view }: { shell: Shell; view: SaveView }): JSX.Element {
  const { t } = shell
  const { file, changes, reasons } = view
  const [first] = changes
  const title = t(`${say}.history.details`)
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/urzad/historia">
      {view.done && <NotificationBanner type="success" text={t(`${say}.undo.done`)} />}
      <h1 class="govuk-heading-l">{title}</h1>
      {first !== undefined && (
        <p class="govuk-body">{t(`${say}.history.said`, { when: whenOf(shell, first), who: whoOf(shell, first) })}</p>
      )}
      {changes.some(({ undoes }) => undoes !== undefined) && <p class="govuk-body">{t(`${say}.history.undoes`)}</p>}
      {changes.some(({ undoneBy }) => undoneBy !== null) && <p class="govuk-body">{t(`${say}.history.undone`)}</p>}
      {reasons.length > 0 && (
        <div class="govuk-inset-text">
          <h2 class="govuk-heading-s">{t(`${say}.undo.problems`)}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {reasons.slice(0, shownMax).map((reason) => (
              <li>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      <Conflicts shell={shell} file={file} title={t(`${say}.undo.problems`)} conflicts={view.conflicts} />
      {changes.slice(0, shownMax).map((change) => (
        <Changed shell={shell} file={file} change={change} />
      ))}
      {changes.length > shownMax && <p class="govuk-body">{t(`${say}.history.more`, { count: changes.length - shownMax })}</p>}
      {view.mayUndo && first !== undefined && (
        <form method="post" action={`/praca/urzad/historia/${first.id}`}>
          <Button kind="secondary">{t(`${say}.history.undo.all`, { count: changes.length })}</Button>
        </form>
      )}
    </StaffPage>
  )
}

/** One change: only what is otherwise than it was. */
export function Changed({
  shell: { t },
  file,
  change,
}: {
  shell: Shell
  file: OfficeFile
  change: Pick<KeptOfficeChange, 'part' | 'subject' | 'before' | 'after'>
}): JSX.Element {
  const { part, before, after } = change
  const [was, is] = [sayThing(t, file, part, before), sayThing(t, file, part, after)]
  const labels = [...new Set([...is, ...was].map(({ label }) => label))]
  const rows = labels.map((label) => ({ label, was: textOf(was, label), is: textOf(is, label) })).filter((row) => row.was !== row.is)
  const title = `${t(`${say}.history.${verbOf(change)}`)}: ${thingLabel(t, file, part, change.subject, after ?? before)}`
  const nothing = t(`${say}.nothing`)
  return (
    <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
      <Table
        caption={title}
        captionClasses="govuk-table__caption--s"
        head={[t(`${say}.history.what`), t(`${say}.history.before`), t(`${say}.history.after`)]}
        firstCellIsHeader
        rows={rows.map((row) => [row.label, lines(row.was === '' ? nothing : row.was), lines(row.is === '' ? nothing : row.is)])}
      />
    </div>
  )
}

function textOf(said: readonly { readonly label: string; readonly text: string }[], label: string): string {
  return said
    .filter((each) => each.label === label)
    .map(({ text }) => text)
    .join('\n')
}

function lines(text: string): JSX.Element {
  return (
    <>
      {text.split('\n').map((line, index) => (
        <>
          {index > 0 && <br />}
          {line}
        </>
      ))}
    </>
  )
}

export function verbOf({ before, after }: Pick<KeptOfficeChange, 'before' | 'after'>): 'added' | 'changed' | 'removed' {
  return before === null ? 'added' : after === null ? 'removed' : 'changed'
}

function whenOf({ language }: Shell, { at }: KeptOfficeChange): string {
  return `${plainDay(language, officeDay(at))}, ${wallTime(at)}`
}

function whoOf({ t }: Shell, { accountId, accountName }: KeptOfficeChange): string {
  return accountId === null ? t(`${say}.history.machine`) : (accountName ?? '')
}
