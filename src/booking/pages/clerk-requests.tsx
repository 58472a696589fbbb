/** Requests for a time: the list of a unit, oldest first, and one request with its three ends. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import { longDay, type Translate } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import {
  Button,
  EmailLink,
  errorAt,
  IdempotencyField,
  PhoneLink,
  Radios,
  StaffPage,
  SummaryList,
  Table,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import type { SparedMatter } from '../advice-count.js'
import type { TimesShown } from '../clerk-times.js'
import type { SaidWish } from '../clerk-wish.js'
import { closeReasons, dayParts, settleReasons, type RequestedTime } from '../model.js'
import type { RequestRow } from '../request-store.js'
import { ClerkWish } from './clerk-wish.js'
import { SparedVisits } from './spared.js'
import { EnterButton, ExceptionChoice, MatterLine, RefusalNotice, TimeChoice, whenText } from './clerk-parts.js'

export function ClerkRequestsPage({
  shell,
  view,
}: {
  shell: Shell
  view: { links: readonly StaffLink[]; office: Directory; requests: readonly RequestRow[]; spared: readonly SparedMatter[] | null }
}): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('booking-staff.requests')} links={view.links}>
      <h1 class="govuk-heading-l">{t('booking-staff.requests')}</h1>
      {view.requests.length === 0 ? (
        <p class="govuk-body">{t('booking-staff.requests.none')}</p>
      ) : (
        <div class="okienko-scroll">
          <Table
            caption={t('booking-staff.requests.open', { count: view.requests.length })}
            head={[
              t('booking-staff.requests.came'),
              t('booking-staff.matter-short'),
              t('booking-staff.requests.times'),
              t('booking-staff.name'),
              t('booking-staff.requests.unit'),
            ]}
            rows={view.requests.map((request) => [
              <a class="govuk-link" href={`/praca/prosby/${request.reference}`}>
                {whenText(t, request.created_at)}
              </a>,
              view.office.services.get(request.service_id ?? '')?.name ?? request.service_id ?? t('booking-staff.requests.no-matter'),
              timesText(t, request.days),
              request.person_name ?? t('booking-staff.nobody'),
              view.office.units.get(request.unit_id)?.name ?? request.unit_id,
            ])}
          />
        </div>
      )}
      {view.spared !== null && <SparedVisits matters={view.spared} />}
    </StaffPage>
  )
}

/** "wtorek przed południem; od wtorku 26 maja do piątku 5 czerwca o każdej porze": each part of the day once. */
export function timesText(t: Translate, times: readonly RequestedTime[]): string {
  if (times.length === 0) return t('booking-staff.times.any-day')
  return [...Map.groupBy(times, (time) => time.part)]
    .map(([part, same]) => `${daysText(t, same)} ${t(`booking-staff.part.${part}`)}`)
    .join('; ')
}

function daysText(t: Translate, times: readonly RequestedTime[]): string {
  const dates = times.flatMap((time) => (time.day === undefined ? [] : [Temporal.PlainDate.from(time.day)]))
  const others = times.flatMap((time) =>
    time.day !== undefined
      ? []
      : [time.weekday === undefined ? t('booking-staff.times.any-day') : t(`booking-staff.weekday.${time.weekday}`)],
  )
  return [...others, ...runs(dates).map((run) => runText(t, run))].join(', ')
}

/** Days that follow each other; a weekend between them is no gap. */
function runs(dates: readonly Temporal.PlainDate[]): Temporal.PlainDate[][] {
  const found: Temporal.PlainDate[][] = []
  for (const date of dates.toSorted((a, b) => Temporal.PlainDate.compare(a, b))) {
    const last = found.at(-1)?.at(-1)
    const next = last?.add({ days: last.dayOfWeek === 5 ? 3 : 1 })
    if (last !== undefined && next !== undefined && Temporal.PlainDate.compare(date, next) <= 0) found.at(-1)?.push(date)
    else found.push([date])
  }
  return found
}

function runText(t: Translate, run: readonly Temporal.PlainDate[]): string {
  const [first, last] = [run[0], run.at(-1)]
  if (first === undefined || last === undefined || run.length < 3) return run.map((day) => longDay(t.language, day)).join(', ')
  return t('booking-staff.times.run', { from: longDay(t.language, first), to: longDay(t.language, last) })
}

/** The parts of a day that suit the person, as words; empty when the day was not asked for. */
function suitsOf(t: Translate, times: readonly RequestedTime[]): ((day: Temporal.PlainDate) => readonly string[]) | undefined {
  if (times.length === 0) return undefined
  return (day) => {
    const asked = times.filter((time) =>
      time.day !== undefined ? time.day === day.toString() : time.weekday === undefined || time.weekday === day.dayOfWeek,
    )
    return dayParts.filter((part) => asked.some((time) => time.part === part)).map((part) => t(`booking-staff.part.${part}`))
  }
}

export interface RequestView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  /** What the visit is to be for. */
  readonly said: SaidWish
  readonly request: RequestRow
  readonly times: TimesShown
  /** False once somebody ended the request: then nothing is offered any more. */
  readonly open: boolean
  readonly start: string
  readonly exception: string
  readonly key: string
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

export function ClerkRequestPage({ shell, view }: { shell: Shell; view: RequestView }): JSX.Element {
  const { t } = shell
  const { request, errors } = view
  return (
    <StaffPage shell={shell} title={t('booking-staff.request')} back="/praca/prosby" links={view.links} errors={errors}>
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      <h1 class="govuk-heading-l">{t('booking-staff.request')}</h1>
      <MatterLine shell={shell} wish={view.said.wish} />
      <SummaryList
        rows={[
          { key: t('booking-staff.requests.came'), value: whenText(t, request.created_at) },
          { key: t('booking-staff.requests.times'), value: timesText(t, request.days) },
          { key: t('booking-staff.name'), value: request.person_name ?? t('booking-staff.nobody') },
          {
            key: t('booking-staff.phone'),
            value: request.person_phone === null ? t('booking-staff.not-given') : <PhoneLink phone={request.person_phone} />,
          },
          {
            key: t('booking-staff.email'),
            value: request.person_email === null ? t('booking-staff.not-given') : <EmailLink email={request.person_email} />,
          },
        ]}
      />
      {view.open ? (
        <Ends shell={shell} view={view} />
      ) : (
        <p class="govuk-body">
          <a class="govuk-link" href="/praca/prosby">
            {t('booking-staff.requests')}
          </a>
        </p>
      )}
    </StaffPage>
  )
}

function Ends({ shell, view }: { shell: Shell; view: RequestView }): JSX.Element {
  const { t } = shell
  const { request, errors } = view
  const path = `/praca/prosby/${request.reference}`
  return (
    <div class="okienko-two">
      <section class="okienko-region" aria-labelledby="ends">
        <h2 class="govuk-heading-m" id="ends">
          {t('booking-staff.request.without')}
        </h2>
        <EndForm shell={shell} path={`${path}/zalatw`} name="sposob" reasons={settleReasons} errors={errors} kind="settle" />
        <EndForm shell={shell} path={`${path}/zamknij`} name="powod" reasons={closeReasons} errors={errors} kind="close" />
      </section>
      <section class="okienko-region" aria-labelledby="times">
        <h2 class="govuk-heading-m" id="times">
          {t('booking-staff.book')}
        </h2>
        <form method="post" action={path} novalidate data-keep="">
          <EnterButton shell={shell} label="booking-staff.book.button" />
          <IdempotencyField value={view.key} />
          <ClerkWish shell={shell} office={view.office} said={view.said} />
          <ExceptionChoice shell={shell} refusal={view.refusal} value={view.exception} />
          <TimeChoice
            shell={shell}
            times={view.times}
            value={view.start}
            errors={errors}
            focus={view.refusal === null}
            suits={suitsOf(t, request.days)}
          />
          <Button shortcut="F8">{t('booking-staff.book.button')}</Button>
        </form>
      </section>
    </div>
  )
}

function EndForm({
  shell,
  path,
  name,
  reasons,
  errors,
  kind,
}: {
  shell: Shell
  path: string
  name: string
  reasons: readonly string[]
  errors: readonly FieldError[]
  kind: 'settle' | 'close'
}): JSX.Element {
  const { t } = shell
  return (
    <form method="post" action={path} novalidate>
      <Radios
        name={name}
        fieldset={{ legend: t(`booking-staff.request.${kind}`) }}
        classes="govuk-radios--small"
        error={errorAt(t, errors, name)}
        items={reasons.map((reason) => ({ value: reason, text: t(`booking-staff.request.${reason}`) }))}
      />
      <Button kind="secondary">{t(`booking-staff.request.${kind}.button`)}</Button>
    </form>
  )
}
