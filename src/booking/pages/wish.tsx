/**
 * What the visit is to be for, when it is more than one matter of one person: how many persons,
 * which matters with it, and whether it takes longer. A plain form that leads to the times.
 */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { formList, formText } from '../../platform/http/form.js'
import type { Office, Service } from '../../directory/index.js'
import { Button, Checkboxes, CitizenPage, errorAt, Radios, type Shell } from '../../ui/index.js'
import { wishFields } from '../wish-form.js'
import type { Wish } from '../wish.js'
import { FromOffice } from './parts.js'

export interface WishPageOptions {
  readonly shell: Shell
  readonly office: Office
  /** The matter alone. */
  readonly usual: Wish
  /** Matters that can be settled at the same desk. */
  readonly beside: readonly Service[]
  /** What the address says already. */
  readonly typed: unknown
  readonly errors: readonly FieldError[]
}

export function WishPage({ shell, office, usual, beside, typed, errors }: WishPageOptions): JSX.Element {
  const { t } = shell
  const { service } = usual
  const { settings } = office
  const personsMax = Math.max(1, Math.floor(settings['persons-per-visit'] / service.persons))
  const chosen = formList(typed, wishFields.more)
  return (
    <CitizenPage
      shell={shell}
      title={t('booking-pages.wish.title')}
      back={`/sprawy/${service.id}/terminy`}
      errors={errors}
      errorIds={{ [wishFields.persons]: wishFields.persons, [wishFields.more]: wishFields.more }}
    >
      <h1 class="govuk-heading-xl">{t('booking-pages.wish.title')}</h1>
      <p class="govuk-body-l">
        <FromOffice>{service.name}</FromOffice>
      </p>
      <form method="get" action={`/sprawy/${service.id}/terminy`} noValidate>
        {personsMax > 1 && service.persons === 1 && (
          <Radios
            name={wishFields.persons}
            classes="govuk-radios--inline"
            fieldset={{ legend: { text: t('booking-pages.wish.persons'), classes: 'govuk-fieldset__legend--m' } }}
            hint={t('booking-pages.wish.persons.hint')}
            error={errorAt(t, errors, wishFields.persons)}
            value={formText(typed, wishFields.persons, 4) || '1'}
            items={Array.from({ length: personsMax }, (_, index) => ({ value: String(index + 1), text: String(index + 1) }))}
          />
        )}
        {beside.length > 0 && settings['matters-per-visit'] > 1 && (
          <Checkboxes
            name={wishFields.more}
            fieldset={{ legend: { text: t('booking-pages.wish.more'), classes: 'govuk-fieldset__legend--m' } }}
            hint={t('booking-pages.wish.more.hint', { most: settings['matters-per-visit'] - 1 })}
            error={errorAt(t, errors, wishFields.more)}
            values={chosen}
            items={beside.map((other) => ({ value: other.id, text: <FromOffice>{other.name}</FromOffice> }))}
          />
        )}
        <Checkboxes
          name={wishFields.longer}
          fieldset={{ legend: { text: t('booking-pages.wish.longer'), classes: 'govuk-fieldset__legend--m' } }}
          hint={t('booking-pages.wish.longer.hint')}
          values={formText(typed, wishFields.longer, 4) === '' ? [] : ['tak']}
          items={[{ value: 'tak', text: t('booking-pages.wish.longer.yes', { minutes: settings['more-time-minutes'] }) }]}
        />
        <Button>{t('booking-pages.wish.show')}</Button>
      </form>
    </CitizenPage>
  )
}
