/**
 * Standing in line for an earlier time: from which day, at which part of the day, and, for whoever
 * has no visit yet, until when and whom to tell. What the line is and is not stands before the form.
 */
import type { JSX } from 'preact'
import type { FieldError } from '../../../platform/decision.js'
import { longDay } from '../../../platform/words.js'
import { nameIn, type Office } from '../../../directory/index.js'
import { Button, CitizenPage, errorAt, IdempotencyField, Radios, Select, useWords, type Shell } from '../../../ui/index.js'
import type { TypedPerson } from '../../forms.js'
import { PersonFields, PrivacyDetails } from '../../pages/details.js'
import { whenText } from '../../pages/parts.js'
import { WishLine } from '../../pages/times-view.js'
import { wishQuery } from '../../wish-form.js'
import type { Wish } from '../../wish.js'

export interface TypedWish {
  readonly from: string
  readonly to: string
  readonly part: string
}

interface JoinPageOptions {
  readonly shell: Shell
  readonly office: Office
  /** What the time is to be for. */
  readonly wish: Wish
  /** Days one may ask for. */
  readonly days: readonly Temporal.PlainDate[]
  readonly typed: TypedWish
  readonly errors?: readonly FieldError[]
}

/** For a visit that is booked: its owner is told where the visit's messages go. */
export function JoinForVisitPage({
  shell,
  office,
  wish,
  days,
  typed,
  errors = [],
  visit,
}: JoinPageOptions & { readonly visit: { readonly reference: string; readonly start: Temporal.Instant } }): JSX.Element {
  const { t } = shell
  const title = t('waiting.join.title')
  const back = `/wizyta/${visit.reference}`
  return (
    <CitizenPage shell={shell} title={title} back={back} errors={errors}>
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body-l">{nameIn(t, wish.service)}</p>
      <WishLine wish={wish} href={null} />
      <p class="govuk-body">{t('waiting.now', { when: whenText(shell.language, visit.start) })}</p>
      <HowItWorks office={office} kind="visit" />
      <form method="post" action={`${back}/wczesniej`} noValidate>
        <FromDay days={days} typed={typed} errors={errors} />
        <PartOfDay typed={typed} />
        <Button>{t('waiting.join.button')}</Button>
      </form>
    </CitizenPage>
  )
}

/** For one who found no time. */
export function JoinPage({
  shell,
  office,
  wish,
  days,
  typed,
  errors = [],
  person,
  key,
}: JoinPageOptions & { readonly person: TypedPerson; readonly key?: string | undefined }): JSX.Element {
  const { t } = shell
  const title = t('waiting.join.person-title')
  return (
    <CitizenPage shell={shell} title={title} back={`/sprawy/${wish.service.id}/terminy${wishQuery(wish)}`} errors={errors}>
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body-l">{nameIn(t, wish.service)}</p>
      <WishLine wish={wish} href={null} />
      <HowItWorks office={office} kind="person" />
      <form method="post" action={`/sprawy/${wish.service.id}/lista${wishQuery(wish)}`} noValidate>
        <IdempotencyField {...(key ? { value: key } : {})} />
        <FromDay days={days} typed={typed} errors={errors} />
        <ToDay days={days} typed={typed} errors={errors} />
        <PartOfDay typed={typed} />
        <PersonFields typed={person} errors={errors} why={t('waiting.join.contact-why')} />
        <PrivacyDetails office={office} />
        <Button>{t('waiting.join.person-button')}</Button>
      </form>
    </CitizenPage>
  )
}

/** What happens when a time is freed, and what is not promised. */
export function HowItWorks({ office, kind }: { office: Office; kind: 'visit' | 'person' }): JSX.Element {
  const t = useWords()
  const minutes = office.settings['offer-minutes']
  return (
    <ul class="govuk-list govuk-list--bullet">
      <li>{t('waiting.how.told')}</li>
      <li>{t('waiting.how.answer', { minutes })}</li>
      <li>{t(`waiting.how.${kind}`)}</li>
      <li>{t('waiting.how.no-promise')}</li>
    </ul>
  )
}

interface DayFieldOptions {
  readonly days: readonly Temporal.PlainDate[]
  readonly typed: TypedWish
  readonly errors: readonly FieldError[]
}

export function FromDay({ days, typed, errors }: DayFieldOptions): JSX.Element {
  const t = useWords()
  return (
    <Select name="od" label={t('waiting.from')} items={dayItems(t.language, days)} value={typed.from} error={errorAt(t, errors, 'od')} />
  )
}

export function ToDay({ days, typed, errors }: DayFieldOptions): JSX.Element {
  const t = useWords()
  return <Select name="do" label={t('waiting.to')} items={dayItems(t.language, days)} value={typed.to} error={errorAt(t, errors, 'do')} />
}

function dayItems(language: Shell['language'], days: readonly Temporal.PlainDate[]) {
  return days.map((day) => ({ value: day.toString(), text: longDay(language, day) }))
}

export function PartOfDay({ typed }: { typed: TypedWish }): JSX.Element {
  const t = useWords()
  return (
    <Radios
      name="pora"
      classes="govuk-radios--small"
      fieldset={{ legend: { text: t('waiting.part'), classes: 'govuk-fieldset__legend--s' } }}
      items={(['any', 'morning', 'afternoon'] as const).map((part) => ({ value: part, text: t(`waiting.part.${part}`) }))}
      value={typed.part === '' ? 'any' : typed.part}
    />
  )
}
