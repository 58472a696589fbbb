/** Those no message reached: whom to ring about what, and what came of it. */
import type { JSX } from 'preact'
import type { FieldError } from '../../../platform/decision.js'
import type { Directory } from '../../../directory/index.js'
import { Button, errorAt, InsetText, PhoneLink, Radios, StaffPage, SummaryList, type Shell, type StaffLink } from '../../../ui/index.js'
import { callResults, type CallAttempt, type ReviewItem } from '../model.js'
import { matterOf, reasonOf, sayingOf, whenOf } from './parts.js'

/** Where the call of an item stands on the page. */
export const callAt = (id: number): string => `kto-${id}`

export interface CallsView {
  /** Where the person came from. */
  readonly back: string
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly errors: readonly FieldError[]
  readonly calls: readonly { readonly item: ReviewItem; readonly attempts: readonly CallAttempt[] }[]
}

export function CallsPage({ shell, view }: { shell: Shell; view: CallsView }): JSX.Element {
  const { t } = shell
  const title = t('administration-review-staff.calls')
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={view.back} errors={view.errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('administration-review-staff.calls.about')}</p>
      {view.calls.length === 0 && <InsetText>{t('administration-review-staff.calls.none')}</InsetText>}
      {view.calls.map((call) => (
        <Call shell={shell} view={view} call={call} />
      ))}
    </StaffPage>
  )
}

function Call({ shell, view, call: { item, attempts } }: { shell: Shell; view: CallsView; call: CallsView['calls'][number] }): JSX.Element {
  const { t } = shell
  const { person, reference } = item.visit
  return (
    <section aria-labelledby={callAt(item.id)}>
      <h2 class="govuk-heading-m" id={callAt(item.id)}>
        {person.name ?? reference}
        {/* Two people of one name are two regions. */}
        {person.name !== null && <span class="govuk-visually-hidden">, {reference}</span>}
      </h2>
      <SummaryList
        rows={[
          {
            key: t('administration-review-staff.calls.phone'),
            value: person.phone === null ? t('administration-review-staff.calls.no-phone') : <PhoneLink phone={person.phone} />,
          },
          {
            key: t('administration-review-staff.calls.say'),
            value: sayingOf(t, item),
          },
          { key: t('administration-review-staff.head.matter'), value: matterOf(view.office, item) },
          { key: t('administration-review-staff.head.why'), value: reasonOf(t, item) },
          ...attempts.map((each) => ({
            key: t('administration-review-staff.calls.attempt'),
            value: `${whenOf(each.at)}, ${each.name}: ${t(`administration-review-staff.result.${each.result}`)}`,
          })),
        ]}
      />
      <form method="post" action="/praca/przeglad/telefony">
        <input type="hidden" name="wpis" value={item.id} />
        <Radios
          name="wynik"
          idPrefix={`wynik-${item.id}`}
          classes="govuk-radios--small govuk-radios--inline"
          fieldset={{ legend: t('administration-review-staff.calls.result', { who: person.name ?? reference }) }}
          error={errorAt(t, view.errors, `wynik-${item.id}`)}
          items={callResults.map((each) => ({ value: each, text: t(`administration-review-staff.result.${each}`) }))}
        />
        <Button kind="secondary">{t('administration-review-staff.calls.save')}</Button>
      </form>
    </section>
  )
}
