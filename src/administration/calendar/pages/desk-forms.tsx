/** Forms of one desk: a shift, its end, an absence; each with its week as it is and as it would be. */
import type { JSX } from 'preact'
import type { FieldError } from '../../../platform/decision.js'
import { absenceReasons } from '../../../calendar/index.js'
import { Button, Checkboxes, errorAt, Radios, StaffPage, TextInput, WarningText, type Shell, type StaffLink } from '../../../ui/index.js'
import type { Typed } from '../model.js'
import type { DeskDay } from '../week.js'
import { ChangedMeanwhile, WeekSum, WeekTable } from './parts.js'

export interface FormView {
  readonly links: readonly StaffLink[]
  /** "Stanowisko 2, pokój 22" */
  readonly desk: string
  readonly back: string
  readonly action: string
  readonly seen: string
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  /** What stands at the desk now, in lines, when somebody changed it since the form was shown. */
  readonly conflict: readonly string[] | null
  readonly week: readonly DeskDay[]
  /** The same week with what was typed; null until it is asked for. */
  readonly after: readonly DeskDay[] | null
  /** Sentences about what fits badly and may be saved. */
  readonly warnings: readonly string[]
}

const key = 'administration-calendar-staff'

export function ShiftPage({ shell, view, isNew }: { shell: Shell; view: FormView; isNew: boolean }): JSX.Element {
  const { t } = shell
  const { typed } = view
  const chosen = (typed['dni'] ?? '').split(',')
  return (
    <FormPage shell={shell} view={view} title={t(`${key}.shift.${isNew ? 'new' : 'change'}`)}>
      <Checkboxes
        name="dni"
        classes="govuk-checkboxes--small"
        fieldset={{ legend: t(`${key}.field.dni`) }}
        error={errorAt(t, view.errors, 'dni')}
        items={[1, 2, 3, 4, 5, 6, 7].map((day) => ({
          value: String(day),
          text: t(`regulation.weekday.${day}`),
          checked: chosen.includes(String(day)),
        }))}
      />
      <Day shell={shell} view={view} name="od" label={isNew ? 'od' : 'zmiana-od'} {...(isNew ? {} : { hint: 'zmiana-od' })} />
      <Day shell={shell} view={view} name="do" label="do-bez-konca" />
      <Radios
        name="kiedy"
        fieldset={{ legend: t(`${key}.field.kiedy`) }}
        value={typed['kiedy'] === 'godziny' ? 'godziny' : 'wydzial'}
        items={[
          { value: 'wydzial', text: t(`${key}.field.kiedy.wydzial`) },
          {
            value: 'godziny',
            text: t(`${key}.field.kiedy.godziny`),
            below: (
              <>
                <Time shell={shell} view={view} name="poczatek" />
                <Time shell={shell} view={view} name="koniec" />
              </>
            ),
          },
        ]}
      />
      <Time shell={shell} view={view} name="przerwa-od" hint />
      <Time shell={shell} view={view} name="przerwa-do" />
    </FormPage>
  )
}

export function EndPage({ shell, view, shift }: { shell: Shell; view: FormView; shift: string }): JSX.Element {
  return (
    <FormPage shell={shell} view={view} title={shell.t(`${key}.shift.end`)}>
      <p class="govuk-body">{shift}</p>
      <Day shell={shell} view={view} name="do" label="ostatni-dzien" hint="ostatni-dzien" />
    </FormPage>
  )
}

export function AbsencePage({ shell, view, isNew }: { shell: Shell; view: FormView; isNew: boolean }): JSX.Element {
  const { t } = shell
  return (
    <FormPage
      shell={shell}
      view={view}
      title={t(`${key}.absence.${isNew ? 'new' : 'change'}`)}
      {...(isNew ? {} : { remove: t(`${key}.absence.remove`) })}
    >
      <Radios
        name="powod"
        fieldset={{ legend: t(`${key}.field.powod`) }}
        error={errorAt(t, view.errors, 'powod')}
        value={view.typed['powod'] ?? ''}
        items={absenceReasons.map((reason) => ({ value: reason, text: t(`${key}.reason.${reason}`) }))}
      />
      <Day shell={shell} view={view} name="od" label="od" />
      <Time shell={shell} view={view} name="od-godziny" hint />
      <Day shell={shell} view={view} name="do" label="do-dnia" />
      <Time shell={shell} view={view} name="do-godziny" hint />
    </FormPage>
  )
}

function FormPage({
  shell,
  view,
  title,
  remove,
  children,
}: {
  shell: Shell
  view: FormView
  title: string
  /** Words of the button that takes it away. */
  remove?: string
  children: JSX.Element | (JSX.Element | false)[]
}): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={view.back} errors={view.errors}>
      <span class="govuk-caption-l">{view.desk}</span>
      <h1 class="govuk-heading-l">{title}</h1>
      {view.conflict !== null && (
        <ChangedMeanwhile t={t}>
          <ul class="govuk-list govuk-list--bullet">
            {view.conflict.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </ChangedMeanwhile>
      )}
      <form method="post" action={view.action} novalidate>
        <input type="hidden" name="widziane" value={view.seen} />
        {children}
        {view.warnings.map((each) => (
          <WarningText>{each}</WarningText>
        ))}
        <Button name="zrob" value="zapisz">
          {t(view.conflict === null ? `${key}.save` : `${key}.conflict.mine`)}
        </Button>{' '}
        <Button kind="secondary" name="zrob" value="pokaz">
          {t(`${key}.show`)}
        </Button>{' '}
        {remove !== undefined && (
          <Button kind="warning" name="zrob" value="usun">
            {remove}
          </Button>
        )}
      </form>
      {view.after !== null && <WeekSum t={t} days={view.week} after={view.after} />}
      <WeekTable shell={shell} days={view.week} after={view.after ?? undefined} />
    </StaffPage>
  )
}

export function Day({
  shell: { t },
  view,
  name,
  label,
  hint,
}: {
  shell: Shell
  view: Pick<FormView, 'typed' | 'errors'>
  name: string
  label: string
  hint?: string
}): JSX.Element {
  return (
    <TextInput
      name={name}
      label={t(`${key}.field.${label}`)}
      hint={hint === undefined ? undefined : t(`${key}.field.${hint}.hint`)}
      value={view.typed[name] ?? ''}
      error={errorAt(t, view.errors, name)}
      classes="govuk-input--width-10"
      autocomplete="off"
    />
  )
}

export function Time({
  shell: { t },
  view,
  name,
  hint,
}: {
  shell: Shell
  view: Pick<FormView, 'typed' | 'errors'>
  name: string
  hint?: boolean
}): JSX.Element {
  return (
    <TextInput
      name={name}
      label={t(`${key}.field.${name}`)}
      hint={hint === true ? t(`${key}.field.${name}.hint`) : undefined}
      value={view.typed[name] ?? ''}
      error={errorAt(t, view.errors, name)}
      classes="govuk-input--width-5"
      autocomplete="off"
    />
  )
}
