/** The office as a file and as tables: taken, pasted, what is wrong with it, and what it would change before it is done. */
import type { JSX } from 'preact'
import type { Directory, OfficeDifferences, OfficeFile } from '../../../directory/index.js'
import type { FieldError } from '../../../platform/decision.js'
import {
  Button,
  errorAt,
  InsetText,
  LinkButton,
  NotificationBanner,
  Radios,
  StaffPage,
  Table,
  FileInto,
  Textarea,
  type Shell,
  type StaffLink,
} from '../../../ui/index.js'
import type { DryRun } from '../../dry-run/model.js'
import { Days, Visits } from '../../dry-run/page.js'
import type { CellError } from '../csv.js'
import { columnsOf, csvKinds, type CsvKind } from '../csv-columns.js'
import { faultSentence } from '../labels.js'
import type { Conflict } from '../model.js'
import { Changed } from './history.js'
import { Conflicts } from './thing.js'

const say = 'administration-office-staff'
/** Faults and changes shown at once: of a file that is something else there are thousands. */
const shownMax = 50

export interface FileView {
  readonly links: readonly StaffLink[]
  readonly pasted: string
  readonly errors: readonly FieldError[]
  readonly problems: readonly { readonly line: number; readonly column: number; readonly pointer: string; readonly sentence: string }[]
  readonly done: boolean
}

export function FilePage({ shell, view }: { shell: Shell; view: FileView }): JSX.Element {
  const { t } = shell
  const title = t(`${say}.file`)
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/urzad" errors={view.errors} scripts={['file.js']}>
      {view.done && <NotificationBanner type="success" text={t(`${say}.file.loaded`)} />}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t(`${say}.file.what`)}</p>
      <LinkButton href="/praca/urzad/plik.json">{t(`${say}.file.download`)}</LinkButton>
      <h2 class="govuk-heading-m">{t(`${say}.file.load`)}</h2>
      {view.problems.length > 0 && (
        <InsetText>
          <p class="govuk-body">{t(`${say}.file.problems`)}</p>
          <ul class="govuk-list govuk-list--bullet">
            {view.problems.slice(0, shownMax).map(({ line, column, pointer, sentence }) => (
              <li>
                {t(`${say}.file.place`, { line, column })} <code>{pointer === '' ? '/' : pointer}</code>: {sentence}
              </li>
            ))}
          </ul>
        </InsetText>
      )}
      <form method="post" action="/praca/urzad/plik" novalidate>
        <FileInto into="plik" label={t('ui-staff.file-into')} accept=".json,application/json" />
        <Textarea
          name="plik"
          label={t(`${say}.file.json`)}
          hint={t(`${say}.file.json.hint`)}
          rows={16}
          spellcheck={false}
          value={view.pasted}
          error={errorAt(t, view.errors, 'plik')}
        />
        <Button name="do" value="sprawdz">
          {t(`${say}.csv.check`)}
        </Button>
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href="/schemas/office.json">
          {t(`${say}.file.schema`)}
        </a>
      </p>
    </StaffPage>
  )
}

export interface PreviewView {
  readonly links: readonly StaffLink[]
  readonly file: OfficeFile
  readonly office: Directory
  readonly differences: OfficeDifferences
  readonly run: DryRun
  /** Where the form goes, and what it carries. */
  readonly action: string
  readonly fields: readonly (readonly [string, string])[]
  /** The office changed since it was shown before. */
  readonly meanwhile: boolean
}

export function PreviewPage({ shell, view }: { shell: Shell; view: PreviewView }): JSX.Element {
  const { t } = shell
  const { things, shifts } = view.differences
  const all = [...things, ...shifts.map((each) => ({ ...each, subject: each.desk }))]
  const title = t(`${say}.file.preview`)
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={view.action}>
      <h1 class="govuk-heading-l">{title}</h1>
      {view.meanwhile && <InsetText>{t(`${say}.file.meanwhile`)}</InsetText>}
      <p class="govuk-body">{all.length === 0 ? t(`${say}.file.order`) : t(`${say}.file.preview.what`, { count: all.length })}</p>
      {all.slice(0, shownMax).map((each) => (
        <Changed shell={shell} file={view.file} change={each} />
      ))}
      {all.length > shownMax && <p class="govuk-body">{t(`${say}.history.more`, { count: all.length - shownMax })}</p>}
      <Visits shell={shell} office={view.office} touched={view.run.touched} later={t(`${say}.effects.later`)} />
      <Days shell={shell} office={view.office} days={view.run.days} />
      <form method="post" action={view.action} novalidate>
        {view.fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button name="do" value="wczytaj">
          {t(`${say}.file.preview.load`)}
        </Button>
      </form>
    </StaffPage>
  )
}

export interface TableView {
  readonly links: readonly StaffLink[]
  readonly file: OfficeFile
  readonly kind: CsvKind
  readonly pasted: string
  readonly errors: readonly FieldError[]
  readonly cells: readonly CellError[]
  readonly conflicts: readonly Conflict[]
  readonly done: boolean
}

export function TablePage({ shell, view }: { shell: Shell; view: TableView }): JSX.Element {
  const { t } = shell
  const title = t(`${say}.csv`)
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/urzad" errors={view.errors} scripts={['file.js']}>
      {view.done && <NotificationBanner type="success" text={t(`${say}.file.loaded`)} />}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t(`${say}.csv.what`)}</p>
      <ul class="govuk-list govuk-list--bullet">
        {csvKinds.map((kind) => (
          <li>
            <a class="govuk-link" href={`/praca/urzad/tabela/${kind === 'contacts' ? 'kontakty' : 'sprawy'}.csv`}>
              {t(`${say}.csv.template.${kind}`)}
            </a>
            {'. '}
            {t(`${say}.csv.columns.${kind}`)}
          </li>
        ))}
      </ul>
      {view.cells.length > 0 && <Cells shell={shell} cells={view.cells} />}
      <Conflicts shell={shell} file={view.file} title={t(`${say}.problems`)} conflicts={view.conflicts} />
      <form method="post" action="/praca/urzad/tabela" novalidate>
        <Radios
          name="rodzaj"
          classes="govuk-radios--small"
          fieldset={{ legend: t(`${say}.csv.kind`) }}
          value={view.kind}
          items={csvKinds.map((value) => ({ value, text: t(`${say}.csv.kind.${value}`) }))}
        />
        <FileInto into="tabela" label={t('ui-staff.file-into')} accept=".csv,text/csv,text/plain" />
        <Textarea
          name="tabela"
          label={t(`${say}.csv.text`)}
          hint={t(`${say}.csv.text.hint`, {
            columns: columnsOf(view.kind)
              .map(({ name }) => name)
              .join(', '),
          })}
          rows={16}
          spellcheck={false}
          value={view.pasted}
          error={errorAt(t, view.errors, 'tabela')}
        />
        <Button name="do" value="sprawdz">
          {t(`${say}.csv.check`)}
        </Button>
      </form>
    </StaffPage>
  )
}

/** Every fault by its line and column. */
function Cells({ shell: { t }, cells }: { shell: Shell; cells: readonly CellError[] }): JSX.Element {
  return (
    <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t(`${say}.csv.wrong`)}>
      <Table
        caption={t(`${say}.csv.problems`, { count: cells.length })}
        captionClasses="govuk-table__caption--s"
        head={['line', 'column', 'wrong'].map((each) => t(`${say}.csv.${each}`))}
        rows={cells
          .slice(0, shownMax)
          .map(({ line, column, message, values }) => [
            String(line),
            column,
            message.startsWith(`${say}.`) ? t(message, values) : faultSentence(t, message, values),
          ])}
      />
    </div>
  )
}
