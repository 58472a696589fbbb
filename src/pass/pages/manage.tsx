/** Finding a visit by reference and contact, and cancelling it. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { visitRows, whenText } from '../../booking/index.js'
import { spacedReference } from '../../platform/references.js'
import type { Directory } from '../../directory/index.js'
import { Button, CitizenPage, errorAt, IdempotencyField, InsetText, PhoneLink, SummaryList, TextInput, type Shell } from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'

export interface LookupPageOptions {
  readonly shell: Shell
  readonly typed: { readonly reference: string; readonly contact: string }
  readonly errors?: readonly FieldError[]
  /** True when no visit has that reference and contact. */
  readonly unknown?: boolean
  /** True when the address of a visit was opened by a browser that has no right to it. */
  readonly asked?: boolean
  /** Visits this browser may open. */
  readonly opened?: readonly OpenedVisit[]
}

export interface OpenedVisit {
  readonly reference: string
  /** Names of everything it is for. */
  readonly matters: string
  readonly when: string
}

/** Finding a visit; first those of this browser, which need nothing typed. */
export function LookupPage({ shell, typed, errors = [], unknown, asked, opened = [] }: LookupPageOptions): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t(unknown ? 'pass.lookup.unknown-title' : 'pass.lookup.title')} back="/" errors={errors}>
      <h1 class="govuk-heading-xl">{t('pass.lookup.title')}</h1>
      {unknown && (
        <InsetText>
          <p class="govuk-body">{t('pass.lookup.unknown')}</p>
          <p class="govuk-body">
            {t('pass.lookup.call')} <PhoneLink phone={shell.officePhone} />
          </p>
        </InsetText>
      )}
      {asked && (
        <InsetText>
          <p class="govuk-body">{t('pass.lookup.asked')}</p>
        </InsetText>
      )}
      {opened.length > 0 && <OpenedVisits shell={shell} opened={opened} />}
      <form method="post" action="/wizyta" noValidate>
        <TextInput
          name="reference"
          label={t('pass.reference')}
          hint={t('pass.lookup.reference-hint')}
          classes="govuk-input--width-10"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          value={typed.reference}
          error={errorAt(t, errors, 'reference')}
        />
        <TextInput
          name="contact"
          label={t('pass.lookup.contact')}
          hint={t('pass.lookup.contact-hint')}
          classes="govuk-input--width-20"
          spellcheck={false}
          value={typed.contact}
          error={errorAt(t, errors, 'contact')}
        />
        <Button>{t('pass.lookup.show')}</Button>
      </form>
    </CitizenPage>
  )
}

function OpenedVisits({ shell, opened }: { shell: Shell; opened: readonly OpenedVisit[] }): JSX.Element {
  const { t } = shell
  return (
    <>
      <h2 class="govuk-heading-m">{t('pass.lookup.opened')}</h2>
      <ul class="govuk-list">
        {opened.map(({ reference, matters, when }) => (
          <li>
            <a class="govuk-link" href={`/wizyta/${reference}`}>
              {when}
            </a>
            , {matters}
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">{t('pass.lookup.other')}</h2>
    </>
  )
}

export function CancelPage({ shell, directory, visit }: { shell: Shell; directory: Directory; visit: Visit }): JSX.Element {
  const { t } = shell
  const base = `/wizyta/${visit.reference}`
  return (
    <CitizenPage shell={shell} title={t('pass.cancel.title')} back={base}>
      <h1 class="govuk-heading-xl">{t('pass.cancel.title')}</h1>
      <SummaryList
        rows={[
          { key: t('pass.reference'), value: spacedReference(visit.reference) },
          ...visitRows(t, directory, visit),
          { key: t('booking-pages.check.when'), value: whenText(shell.language, visit.startsAt) },
        ]}
      />
      <p class="govuk-body">{t('pass.cancel.what')}</p>
      <form method="post" action={`${base}/odwolaj`}>
        <IdempotencyField />
        <div class="govuk-button-group">
          <Button kind="warning">{t('pass.cancel')}</Button>
          <a class="govuk-link" href={base}>
            {t('pass.cancel.keep')}
          </a>
        </div>
      </form>
    </CitizenPage>
  )
}
