/** Handing a request to another unit: which, and one button. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import { Button, errorAt, Select, StaffPage, useWords, type Shell, type StaffLink } from '../../ui/index.js'
import type { RequestRow } from '../request-store.js'
import { RefusalNotice, whenText } from './clerk-parts.js'

export interface PassView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly request: RequestRow
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

/** The way to that page, for every page of a request. */
export function PassLink({ reference }: { reference: string }): JSX.Element {
  const t = useWords()
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={`/praca/prosby/${reference}/przekaz`}>
        {t('booking-requests-staff.pass.link')}
      </a>
    </p>
  )
}

export function ClerkPassPage({ shell, view }: { shell: Shell; view: PassView }): JSX.Element {
  const { t } = shell
  const { request, office, errors, refusal } = view
  const path = `/praca/prosby/${request.reference}`
  const units = [...office.units.values()].filter(({ id, closed }) => !closed && id !== request.unit_id)
  const matter = request.service_id === null ? undefined : office.services.get(request.service_id)?.name
  return (
    <StaffPage shell={shell} title={t('booking-requests-staff.pass')} back={path} links={view.links} errors={errors}>
      {refusal !== null && <RefusalNotice shell={shell} refusal={refusal} />}
      <h1 class="govuk-heading-l" tabIndex={-1} data-focus={refusal === null ? '' : undefined}>
        {t('booking-requests-staff.pass')}
      </h1>
      <p class="govuk-body-l">
        {[request.person_name, matter ?? t('booking-staff.requests.no-matter'), whenText(t, request.created_at)].filter(Boolean).join(', ')}
      </p>
      <p class="govuk-body">{t('booking-requests-staff.pass.now', { unit: office.units.get(request.unit_id)?.name ?? request.unit_id })}</p>
      <form method="post" action={`${path}/przekaz`} novalidate>
        <Select
          name="wydzial"
          label={t('booking-requests-staff.pass.to')}
          error={errorAt(t, errors, 'wydzial')}
          value=""
          items={[
            { value: '', text: t('booking-requests-staff.pass.choose') },
            ...units.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
        <Button shortcut="F8">{t('booking-requests-staff.pass.button')}</Button>
      </form>
    </StaffPage>
  )
}
