/** The page on which a person says how a visit was, and the sums of it for heads. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { longDay } from '../../platform/words.js'
import { fullName, type Directory, type Service } from '../../directory/index.js'
import { Button, CitizenPage, errorAt, Panel, Radios, StaffPage, Table, type Shell, type StaffLink } from '../../ui/index.js'
import { InBoth } from '../pages/names.js'
import { answersMin, grades, settledAnswers, waitAnswers } from './model.js'
import type { UnitSums } from './store.js'

export interface FeedbackTyped {
  readonly settled: string
  readonly wait: string
  readonly grade: string
}

export interface FeedbackPageOptions {
  readonly shell: Shell
  readonly link: string
  readonly service: Service | undefined
  readonly day: Temporal.PlainDate
  readonly typed: FeedbackTyped
  readonly errors: readonly FieldError[]
}

export function FeedbackPage({ shell, link, service, day, typed, errors }: FeedbackPageOptions): JSX.Element {
  const { t, language } = shell
  const title = t('booking-feedback.title')
  const ids = { zalatwione: 'zalatwione', czekanie: 'czekanie', ocena: 'ocena' }
  const question = (name: keyof typeof ids, what: 'settled' | 'wait' | 'grade', values: readonly (string | number)[]): JSX.Element => (
    <Radios
      name={name}
      fieldset={{ legend: { text: t(`booking-feedback.${what}`), classes: 'govuk-fieldset__legend--m' } }}
      error={errorAt(t, errors, name)}
      items={values.map((value) => ({ value: String(value), text: t(`booking-feedback.${what}.${value}`) }))}
      value={typed[what]}
    />
  )
  return (
    <CitizenPage
      shell={shell}
      title={title}
      errors={errors}
      typed={{ zalatwione: typed.settled, czekanie: typed.wait, ocena: typed.grade }}
    >
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body-l">
        {service !== undefined && (
          <>
            <InBoth {...fullName(t, service)} />
            <br />
          </>
        )}
        {longDay(language, day)}
      </p>
      <p class="govuk-body">{t('booking-feedback.anonymous')}</p>
      <form method="post" action={`/opinia/${link}`} noValidate>
        {question('zalatwione', 'settled', settledAnswers)}
        {question('czekanie', 'wait', waitAnswers)}
        {question('ocena', 'grade', grades.toReversed())}
        <Button>{t('booking-feedback.send')}</Button>
      </form>
    </CitizenPage>
  )
}

export function FeedbackDonePage({ shell }: { shell: Shell }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('booking-feedback.done')}>
      <Panel title={t('booking-feedback.done')} />
      <p class="govuk-body">{t('booking-feedback.done.what')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/">
          {t('booking-pages.to-home')}
        </a>
      </p>
    </CitizenPage>
  )
}

/** Of a link that nobody was sent, or whose time has passed. */
export function FeedbackGonePage({ shell }: { shell: Shell }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('booking-feedback.gone')}>
      <h1 class="govuk-heading-l">{t('booking-feedback.gone')}</h1>
      <p class="govuk-body">{t('booking-feedback.gone.what')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/">
          {t('booking-pages.to-home')}
        </a>
      </p>
    </CitizenPage>
  )
}

export interface OpinionsPageOptions {
  readonly shell: Shell
  readonly office: Directory
  readonly links: readonly StaffLink[]
  readonly sums: readonly UnitSums[]
  readonly days: number
}

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)}%`
const number = (text: string | number) => ({ text, format: 'numeric' }) as const

export function OpinionsPage({ shell, office, links, sums, days }: OpinionsPageOptions): JSX.Element {
  const { t } = shell
  const title = t('booking-feedback-staff.title')
  return (
    <StaffPage shell={shell} title={title} links={links} back="/praca">
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('booking-feedback-staff.what', { days, least: answersMin })}</p>
      {office.office.settings['feedback-minutes'] === 0 && <p class="govuk-body">{t('booking-feedback-staff.off')}</p>}
      {sums.length === 0 ? (
        <p class="govuk-body">{t('booking-feedback-staff.none')}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            firstCellIsHeader
            head={[
              t('booking-feedback-staff.unit'),
              ...['answers', 'settled', 'partly', 'wait-long', 'grade'].map((each) => number(t(`booking-feedback-staff.${each}`))),
            ]}
            rows={sums.map(({ unitId, answers, settled, partly, waitLong, grade }) => [
              office.units.get(unitId)?.name ?? unitId,
              number(answers),
              number(percent(settled, answers)),
              number(percent(partly, answers)),
              number(percent(waitLong, answers)),
              number(grade.toLocaleString('pl', { minimumFractionDigits: 1, maximumFractionDigits: 1 })),
            ])}
          />
        </div>
      )}
    </StaffPage>
  )
}
