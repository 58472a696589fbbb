/**
 * A request for a time, for units whose free times are not on the web: when it would suit and whom
 * to tell. It stands in the unit's list; a clerk books on the same calendar and answers.
 */
import type { JSX } from 'preact'
import type { Basis, FieldError, NextStep } from '../../platform/decision.js'
import { longDay, phoneForReading } from '../../platform/words.js'
import { fullName, nameIn, type Office, type Service } from '../../directory/index.js'
import { Button, Checkboxes, CitizenPage, errorAt, IdempotencyField, NextSteps, Panel, SummaryList, type Shell } from '../../ui/index.js'
import type { TypedPerson } from '../forms.js'
import type { RequestedTime } from '../model.js'
import { PersonFields, PrivacyDetails, sentBack, UrgencyField } from './details.js'
import { InBoth } from './names.js'

export interface RequestPageOptions {
  readonly shell: Shell
  readonly office: Office
  readonly service: Service
  /** Working days one may ask for. */
  readonly days: readonly Temporal.PlainDate[]
  readonly typed: TypedPerson & { readonly urgent: boolean; readonly days: readonly string[]; readonly parts: readonly string[] }
  readonly urgency: readonly Basis[] | null
  readonly next: readonly NextStep[]
  readonly errors?: readonly FieldError[]
  /** Kept over an error, so that the form sent again is the same command. */
  readonly key?: string
}

export function RequestPage(options: RequestPageOptions): JSX.Element {
  const { shell, office, service, days, typed, urgency, next, errors = [], key } = options
  const { t } = shell
  const title = t('booking-pages.request.title')
  return (
    <CitizenPage shell={shell} title={title} back={`/sprawy/${service.id}`} errors={errors} typed={sentBack(typed, key)}>
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body-l">{nameIn(t, service)}</p>
      <p class="govuk-body">{t('booking-pages.request.lead')}</p>
      <form method="post" action={`/sprawy/${service.id}/prosba`} noValidate>
        <IdempotencyField {...(key ? { value: key } : {})} />
        <Checkboxes
          name="days"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: t('booking-pages.request.days'), classes: 'govuk-fieldset__legend--m' } }}
          hint={t('booking-pages.request.days-hint')}
          error={errorAt(t, errors, 'days')}
          items={days.map((day) => ({ value: day.toString(), text: longDay(shell.language, day) }))}
          values={typed.days}
        />
        <Checkboxes
          name="parts"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: t('booking-pages.request.parts'), classes: 'govuk-fieldset__legend--m' } }}
          items={(['morning', 'afternoon'] as const).map((part) => ({ value: part, text: t(`booking-pages.times.${part}`) }))}
          values={typed.parts}
        />
        <PersonFields typed={typed} errors={errors} why={t('booking-pages.request.contact-why')} />
        <UrgencyField urgency={urgency} checked={typed.urgent} />
        <PrivacyDetails office={office} />
        <Button>{t('booking-pages.request.send')}</Button>
      </form>
      <NextSteps next={next} title={t('booking-pages.request.otherwise')} />
    </CitizenPage>
  )
}

export interface RequestDoneOptions {
  readonly shell: Shell
  readonly service: Service
  readonly request: {
    readonly reference: string
    readonly times: readonly RequestedTime[]
    readonly phone: string | null
    readonly email: string | null
  }
  readonly next: readonly NextStep[]
}

/** What was asked for and whom the office will answer; its number is for the phone, not for "Moja wizyta". */
export function RequestDonePage({ shell, service, request, next }: RequestDoneOptions): JSX.Element {
  const { t } = shell
  const { reference, times, phone, email } = request
  return (
    <CitizenPage shell={shell} title={t('booking-pages.request.done')}>
      <Panel title={t('booking-pages.request.done')}>
        {t('booking-pages.request.reference')}
        <br />
        <strong>{reference}</strong>
      </Panel>
      <p class="govuk-body">{t('booking-pages.request.what-next')}</p>
      <p class="govuk-body">{t('booking-pages.request.number')}</p>
      <SummaryList
        rows={[
          { key: t('booking-pages.check.service'), value: <InBoth {...fullName(t, service)} /> },
          {
            key: t('booking-pages.request.times'),
            value: times.map((each) => (
              <>
                {timeText(shell, each)}
                <br />
              </>
            )),
          },
          ...(phone === null ? [] : [{ key: t('booking-pages.phone'), value: phoneForReading(phone) }]),
          ...(email === null ? [] : [{ key: t('booking-pages.email'), value: <span class="okienko-breakable">{email}</span> }]),
        ]}
      />
      <NextSteps next={next} />
      <p class="govuk-body">
        <a class="govuk-link" href="/">
          {t('booking-pages.to-home')}
        </a>
      </p>
    </CitizenPage>
  )
}

/** "wtorek 26 maja 2020, przed południem" */
function timeText({ t, language }: Shell, { day, part }: RequestedTime): string {
  const which = day === undefined ? t('booking-pages.request.any-day') : longDay(language, Temporal.PlainDate.from(day))
  return part === 'any' ? which : `${which}, ${t(`booking-pages.times.${part}`)}`
}
