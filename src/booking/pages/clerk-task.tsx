/** What a call leaves to be done: whom to ring or write to, about what, and when. */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import type { FieldError, Refused } from '../../platform/decision.js'
import { longDay } from '../../platform/words.js'
import type { Directory, Service } from '../../directory/index.js'
import { Button, errorAt, IdempotencyField, InsetText, Radios, Select, StaffPage, type Shell, type StaffLink } from '../../ui/index.js'
import type { RingTime } from '../call-back.js'
import { callBackWishes } from '../model.js'
import { CallerFields } from './caller.js'
import { RefusalNotice } from './clerk-parts.js'

export interface TypedTask {
  readonly service: string
  readonly unit: string
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly wish: string
  readonly when: string
  readonly key: string
}

export interface TaskView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  /** The matter; null when none was chosen: then a unit is. */
  readonly service: Service | null
  readonly units: readonly string[]
  /** Matters it may be about. */
  readonly matters: readonly Service[]
  readonly times: readonly RingTime[]
  /** After how many days at most the person is erased. */
  readonly keptDays: number
  readonly typed: TypedTask
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

export function ClerkTaskPage({ shell, view }: { shell: Shell; view: TaskView }): JSX.Element {
  const { t } = shell
  const { service, typed, errors } = view
  const quiet = errors.length === 0 && view.refusal === null
  return (
    <StaffPage shell={shell} title={t('booking-console-staff.task')} back="/praca/obsluga" links={view.links} errors={errors}>
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      <h1 class="govuk-heading-l">{t('booking-console-staff.task')}</h1>
      <form method="post" action="/praca/obsluga/zadanie" novalidate data-keep="">
        <IdempotencyField value={typed.key} />
        <input type="hidden" name="zapisz" value="tak" />
        <Select
          name="zadanie-sprawa"
          label={t('booking-staff.matter')}
          value={service?.id ?? ''}
          items={[
            { value: '', text: t('booking-console-staff.task.matter.none') },
            ...view.matters.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
        {service === null ? (
          <Select
            name="wydzial"
            label={t('booking-console-staff.task.unit')}
            hint={t('booking-console-staff.task.unit.hint')}
            value={typed.unit}
            error={errorAt(t, errors, 'wydzial')}
            items={view.units.map((id) => ({ value: id, text: view.office.units.get(id)?.name ?? id }))}
          />
        ) : (
          <p class="govuk-body">
            {t('booking-console-staff.task.unit.of', { unit: view.office.units.get(service.unitId)?.name ?? service.unitId })}
          </p>
        )}
        <CallerFields typed={typed} errors={errors} optional={['email']} focus={quiet ? (typed.name === '' ? 'name' : 'phone') : null} />
        <Radios
          name="chce"
          fieldset={{ legend: t('booking-console-staff.task.wish') }}
          classes="govuk-radios--small"
          value={typed.wish}
          error={errorAt(t, errors, 'chce')}
          items={callBackWishes.map((wish) => ({ value: wish, text: t(`booking-console-staff.task.wish.${wish}`) }))}
        />
        <RingChoice shell={shell} times={view.times} value={typed.when === '' ? 'now' : typed.when} error={errorAt(t, errors, 'kiedy')} />
        <InsetText>
          <strong>{t('booking-staff.privacy.read')}</strong>{' '}
          {t('booking-console-staff.task.privacy', { controller: view.office.office.privacy.controller, days: view.keptDays })}
        </InsetText>
        <Button shortcut="F8">{t('booking-console-staff.task.save')}</Button>
      </form>
    </StaffPage>
  )
}

/** When to ring. */
export function RingChoice({
  shell: { t },
  times,
  value,
  error,
  legend = 'booking-console-staff.task.when',
}: {
  shell: Shell
  legend?: string
  times: readonly RingTime[]
  value: string
  error?: string | undefined
}): JSX.Element {
  return (
    <Radios
      name="kiedy"
      fieldset={{ legend: t(legend) }}
      classes="govuk-radios--small"
      value={value}
      error={error}
      items={times.map(({ code, at }) => ({
        value: code,
        text: t(`booking-console-staff.task.when.${code}`, { day: longDay(t.language, officeDay(at)) }),
      }))}
    />
  )
}
