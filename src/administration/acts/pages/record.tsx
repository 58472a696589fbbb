/** What happened outside the program and is recorded: the signature, and the publication. */
import type { JSX } from 'preact'
import type { FieldError } from '../../../platform/decision.js'
import { Button, errorAt, StaffPage, Textarea, TextInput, type Shell, type StaffLink } from '../../../ui/index.js'
import type { Draft } from '../model.js'
import type { Typed } from '../../form/typed.js'
import { nameOf } from './draft.js'

export interface RecordView {
  readonly links: readonly StaffLink[]
  readonly draft: Draft
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

export function SignPage({ shell, view }: { shell: Shell; view: RecordView }): JSX.Element {
  const { t } = shell
  const { draft, typed, errors } = view
  return (
    <StaffPage shell={shell} title={t('administration-staff.sign')} links={view.links} back={`/praca/akty/${draft.id}`} errors={errors}>
      <h1 class="govuk-heading-l">{t('administration-staff.sign')}</h1>
      <p class="govuk-body">{nameOf(draft)}</p>
      <p class="govuk-body">{t('administration-staff.sign.what')}</p>
      <form method="post" action={`/praca/akty/${draft.id}/podpis`} novalidate>
        <TextInput
          name="number"
          label={t('administration-staff.sign.number')}
          hint={t(draft.corrects === null ? 'administration-staff.sign.number.hint' : 'administration-staff.sign.number.correction')}
          value={typed.text('number')}
          error={errorAt(t, errors, 'number')}
          classes="govuk-input--width-20"
          autocomplete="off"
        />
        <TextInput
          name="signedOn"
          label={t('administration-staff.sign.on')}
          hint={t('administration-staff.day.hint')}
          value={typed.text('signedOn')}
          error={errorAt(t, errors, 'signedOn')}
          classes="govuk-input--width-10"
          autocomplete="off"
        />
        <TextInput
          name="signedBy"
          label={t('administration-staff.sign.by')}
          hint={t('administration-staff.sign.by.hint')}
          value={typed.text('signedBy')}
          error={errorAt(t, errors, 'signedBy')}
          autocomplete="off"
        />
        <Button>{t('administration-staff.sign.save')}</Button>
      </form>
    </StaffPage>
  )
}

export function PublishPage({ shell, view }: { shell: Shell; view: RecordView }): JSX.Element {
  const { t } = shell
  const { draft, typed, errors } = view
  return (
    <StaffPage shell={shell} title={t('administration-staff.publish')} links={view.links} back={`/praca/akty/${draft.id}`} errors={errors}>
      <h1 class="govuk-heading-l">{t('administration-staff.publish')}</h1>
      <p class="govuk-body">{nameOf(draft)}</p>
      <p class="govuk-body">{t('administration-staff.publish.what')}</p>
      <form method="post" action={`/praca/akty/${draft.id}/publikacja`} novalidate>
        <Textarea
          name="places"
          label={t('administration-staff.publish.places')}
          hint={t('administration-staff.facts.lines.hint')}
          rows={3}
          value={typed.text('places')}
          error={errorAt(t, errors, 'places')}
        />
        <TextInput
          name="publishedOn"
          label={t('administration-staff.publish.on')}
          hint={t('administration-staff.day.hint')}
          value={typed.text('publishedOn')}
          error={errorAt(t, errors, 'publishedOn')}
          classes="govuk-input--width-10"
          autocomplete="off"
        />
        <TextInput
          name="publishedAt"
          label={t('administration-staff.publish.at')}
          value={typed.text('publishedAt')}
          error={errorAt(t, errors, 'publishedAt')}
          classes="govuk-input--width-5"
          autocomplete="off"
        />
        <TextInput
          name="responsible"
          label={t('administration-staff.publish.responsible')}
          hint={t('administration-staff.publish.responsible.hint')}
          value={typed.text('responsible')}
          error={errorAt(t, errors, 'responsible')}
          autocomplete="off"
        />
        <Button>{t('administration-staff.publish.save')}</Button>
      </form>
    </StaffPage>
  )
}
