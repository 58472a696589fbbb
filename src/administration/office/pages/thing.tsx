/** The form of one thing of the office, and what its change would do before it is saved. */
import type { JSX } from 'preact'
import type { OfficeFile, Thing } from '../../../directory/index.js'
import type { FieldError } from '../../../platform/decision.js'
import {
  Button,
  Checkboxes,
  errorAt,
  InsetText,
  NotificationBanner,
  StaffPage,
  type SelectItem,
  type Shell,
  type StaffLink,
} from '../../../ui/index.js'
import { Days, Visits } from '../../dry-run/page.js'
import type { DryRun } from '../../dry-run/model.js'
import type { Directory } from '../../../directory/index.js'
import { SchemaField, type FieldWords } from '../../form/field.js'
import type { Field } from '../../form/fields.js'
import type { Typed } from '../../form/typed.js'
import { faultSentence, partLabel, sayThing, thingLabel, wordsOfPart } from '../labels.js'
import type { Conflict } from '../model.js'
import { addressOf, isSingle } from '../parts.js'

const say = 'administration-office-staff'

/** The desks that offer a matter are asked with it. */
export const desksField = 'stanowiska'

export interface ThingView {
  readonly links: readonly StaffLink[]
  readonly file: OfficeFile
  readonly part: string
  /** Null: a new one. */
  readonly subject: string | null
  readonly seen: string
  readonly fields: readonly Field[]
  readonly typed: Typed
  readonly choices: (to: string) => readonly SelectItem[]
  /** Of a matter: the desks to be chosen from. */
  readonly desks: readonly SelectItem[] | null
  readonly mayRemove: boolean
  readonly errors: readonly FieldError[]
  readonly conflicts: readonly Conflict[]
  /** What somebody else saved meanwhile, and what is typed here; undefined when nobody did. */
  readonly meanwhile?: { readonly now: Thing; readonly typed: Thing }
  readonly done: string | null
}

export function ThingPage({ shell, view }: { shell: Shell; view: ThingView }): JSX.Element {
  const { t } = shell
  const { file, part, subject, typed, errors, fields } = view
  const action = subject === null && !isSingle(part) ? `${addressOf(part, '')}nowe` : addressOf(part, subject ?? '')
  const what = subject === null ? partLabel(t, part) : thingLabel(t, file, part, subject)
  const title = isSingle(part) ? t(`${say}.parts.${part}`) : t(`${say}.${subject === null ? 'add' : 'changing'}`, { what })
  const said = (name: string): string | undefined => errorAt(t, errors, name)
  const own = wordsOfPart(t, part)
  // Which letters are left is seen nowhere else.
  const letters = [...new Set(file.services.map(({ letter }) => letter))].toSorted().join(', ')
  const fieldWords: FieldWords = {
    ...own,
    hint: (field) =>
      part === 'service' && field.path[0] === 'letter'
        ? `${own.hint(field) ?? ''} ${t(`${say}.letters`, { list: letters })}`
        : own.hint(field),
  }
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={isSingle(part) ? '/praca/urzad' : addressOf(part, '')} errors={errors}>
      {view.done !== null && <NotificationBanner type="success" text={view.done} />}
      <h1 class="govuk-heading-l">{title}</h1>
      <Conflicts shell={shell} file={file} title={t(`${say}.problems`)} conflicts={view.conflicts} />
      {view.meanwhile !== undefined && <Meanwhile shell={shell} view={view} meanwhile={view.meanwhile} />}
      <form method="post" action={action} novalidate>
        <input type="hidden" name="seen" value={view.seen} />
        {fields.map((field) => (
          <SchemaField shell={shell} say={fieldWords} field={field} typed={typed} errorAt={said} choices={view.choices} />
        ))}
        {view.desks !== null && (
          <Checkboxes
            name={desksField}
            classes="govuk-checkboxes--small"
            fieldset={{ legend: t(`${say}.desks`) }}
            hint={t(`${say}.desks.hint`)}
            error={said(desksField)}
            values={typed.list(desksField)}
            items={view.desks.map(({ value, text }) => ({ value: value ?? text, text }))}
          />
        )}
        <Button name="do" value="zapisz">
          {t(view.meanwhile === undefined ? `${say}.save` : `${say}.meanwhile.mine`)}
        </Button>
      </form>
      {subject !== null && (
        <>
          <p class="govuk-body">
            <a class="govuk-link" href={`/praca/urzad/historia?czesc=${part}&co=${encodeURIComponent(subject)}`}>
              {t(`${say}.history.of`, { what })}
            </a>
          </p>
          {view.mayRemove && view.meanwhile === undefined && (
            <form method="post" action={action}>
              <input type="hidden" name="seen" value={view.seen} />
              <Button kind="warning" name="do" value="usun">
                {t(`${say}.remove`)}
              </Button>
            </form>
          )}
        </>
      )}
    </StaffPage>
  )
}

/** What is wrong beyond the fields, each with the thing it is about. */
export function Conflicts({
  shell: { t },
  file,
  title,
  conflicts,
}: {
  shell: Shell
  file: OfficeFile
  title: string
  conflicts: readonly Conflict[]
}): JSX.Element | null {
  if (conflicts.length === 0) return null
  return (
    <InsetText>
      <h2 class="govuk-heading-s" id="problemy">
        {title}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {conflicts.slice(0, 50).map(({ thing, message, values }) => (
          <li>
            {thing !== null && <strong>{thingLabel(t, file, thing.part, thing.subject)}: </strong>}
            {faultSentence(t, message, values)}
          </li>
        ))}
      </ul>
    </InsetText>
  )
}

/** What is saved now where the form says otherwise. */
function Meanwhile({
  shell: { t },
  view: { file, part },
  meanwhile,
}: {
  shell: Shell
  view: ThingView
  meanwhile: NonNullable<ThingView['meanwhile']>
}): JSX.Element {
  const own = new Set(sayThing(t, file, part, meanwhile.typed).map(({ label, text }) => `${label} ${text}`))
  const theirs = sayThing(t, file, part, meanwhile.now).filter(({ label, text }) => !own.has(`${label} ${text}`))
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{t(`${say}.meanwhile.title`)}</h2>
      <p class="govuk-body">{t(`${say}.meanwhile.${meanwhile.now === null ? 'removed' : 'what'}`)}</p>
      <ul class="govuk-list govuk-list--bullet">
        {theirs.map(({ label, text }) => (
          <li>
            {label}: <strong>{text}</strong>
          </li>
        ))}
      </ul>
      <p class="govuk-body">{t(`${say}.meanwhile.choose`)}</p>
    </InsetText>
  )
}

export interface SureView {
  readonly links: readonly StaffLink[]
  readonly what: string
  readonly action: string
  readonly office: Directory
  readonly run: DryRun
  /** The form as it was sent, to be sent again. */
  readonly fields: readonly (readonly [string, string])[]
  readonly removes: boolean
}

/** The second step of a change that touches hours, free times or visits. */
export function SurePage({ shell, view }: { shell: Shell; view: SureView }): JSX.Element {
  const { t } = shell
  const title = t(`${say}.effects`)
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={view.action}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        <strong>{view.what}</strong>
      </p>
      <p class="govuk-body">{t(`${say}.effects.what`)}</p>
      <Visits shell={shell} office={view.office} touched={view.run.touched} later={t(`${say}.effects.later`)} />
      <Days shell={shell} office={view.office} days={view.run.days} />
      <form method="post" action={view.action} novalidate>
        {view.fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="pewne" value="tak" />
        <Button name="do" value={view.removes ? 'usun' : 'zapisz'}>
          {t(`${say}.save.sure`)}
        </Button>{' '}
        {!view.removes && (
          <Button kind="secondary" name="do" value="wroc">
            {t(`${say}.back`)}
          </Button>
        )}
      </form>
    </StaffPage>
  )
}
