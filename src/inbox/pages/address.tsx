/** The form for another address of a person whom the last answer did not reach. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { Button, errorAt, StaffPage, TextInput, type Shell, type StaffLink } from '../../ui/index.js'

export interface AddressView {
  readonly links: readonly StaffLink[]
  readonly reference: string
  readonly typed: string
  readonly errors: readonly FieldError[]
}

export function AddressPage({ shell, view }: { shell: Shell; view: AddressView }): JSX.Element {
  const { t } = shell
  const path = `/praca/poczta/${view.reference}`
  const title = t('inbox-staff.address')
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={path} errors={view.errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('inbox-staff.address.what')}</p>
      <form method="post" action={`${path}/adres`} novalidate>
        <TextInput
          name="email"
          label={t('booking-staff.email')}
          value={view.typed}
          error={errorAt(t, view.errors, 'email')}
          inputmode="email"
          autocomplete="off"
          spellcheck={false}
        />
        <Button>{t('inbox-staff.address.button')}</Button>
      </form>
    </StaffPage>
  )
}
