/**
 * What the visit is to be for, when it is more than one matter of one person: how many persons,
 * which matters with it, and whether it takes longer. A plain form that leads to the times.
 */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { formList, formText } from '../../platform/http/form.js'
import { nameIn, type Office, type Service } from '../../directory/index.js'
import { Button, Checkboxes, CitizenPage, errorAt, Radios, useWords, type Shell } from '../../ui/index.js'
import { wishFields } from '../wish-form.js'
import type { Wish } from '../wish.js'

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
  return (
    <CitizenPage
      shell={shell}
      title={t('booking-pages.wish.title')}
      back={`/sprawy/${service.id}/terminy`}
      errors={errors}
      errorIds={{ [wishFields.persons]: wishFields.persons, [wishFields.more]: wishFields.more }}
    >
      <h1 class="govuk-heading-xl">{t('booking-pages.wish.title')}</h1>
      <p class="govuk-body-l">{nameIn(t, service)}</p>
      <form method="get" action={`/sprawy/${service.id}/terminy`} noValidate>
        <WishFields office={office} service={service} beside={beside} typed={typed} errors={errors} asks="citizen" />
        <Button>{t('booking-pages.wish.show')}</Button>
      </form>
    </CitizenPage>
  )
}

/** Who reads the questions: the person, or a clerk who asks a caller. */
export type Asks = 'citizen' | 'clerk'

/** How questions look to who reads them: large for a person, close together for a clerk. */
export function looksOf(asks: Asks, kind: 'radios' | 'checkboxes'): { readonly legend: string; readonly classes: string | undefined } {
  return asks === 'citizen'
    ? { legend: 'govuk-fieldset__legend--m', classes: undefined }
    : { legend: 'govuk-fieldset__legend--s', classes: `govuk-${kind}--small` }
}

/** How many persons, which matters beside the first, and whether it takes longer. */
export function WishFields({
  office,
  service,
  beside,
  typed,
  errors,
  asks,
}: Pick<WishPageOptions, 'office' | 'beside' | 'typed' | 'errors'> & { service: Service; asks: Asks }): JSX.Element {
  const t = useWords()
  const { settings } = office
  const words = asks === 'citizen' ? 'booking-pages.wish' : 'booking-staff.wish'
  const personsMax = Math.max(1, Math.floor(settings['persons-per-visit'] / service.persons))
  const [radios, boxes] = [looksOf(asks, 'radios'), looksOf(asks, 'checkboxes')]
  return (
    <>
      {personsMax > 1 && service.persons === 1 && (
        <Radios
          name={wishFields.persons}
          classes={`govuk-radios--inline ${radios.classes ?? ''}`.trim()}
          fieldset={{ legend: { text: t(`${words}.persons`), classes: radios.legend } }}
          hint={t(`${words}.persons.hint`)}
          error={errorAt(t, errors, wishFields.persons)}
          value={formText(typed, wishFields.persons, 4) || '1'}
          items={Array.from({ length: personsMax }, (_, index) => ({ value: String(index + 1), text: String(index + 1) }))}
        />
      )}
      {beside.length > 0 && settings['matters-per-visit'] > 1 && (
        <Checkboxes
          name={wishFields.more}
          classes={boxes.classes}
          fieldset={{ legend: { text: t(`${words}.more`), classes: boxes.legend } }}
          hint={t(`${words}.more.hint`, { most: settings['matters-per-visit'] - 1 })}
          error={errorAt(t, errors, wishFields.more)}
          values={formList(typed, wishFields.more)}
          items={beside.map((other) => ({ value: other.id, text: nameIn(t, other) }))}
        />
      )}
      <Checkboxes
        name={wishFields.longer}
        classes={boxes.classes}
        fieldset={{ legend: { text: t(`${words}.longer`), classes: boxes.legend } }}
        hint={t(`${words}.longer.hint`)}
        values={formText(typed, wishFields.longer, 4) === '' ? [] : ['tak']}
        items={[{ value: 'tak', text: t(`${words}.longer.yes`, { minutes: settings['more-time-minutes'] }) }]}
      />
    </>
  )
}
