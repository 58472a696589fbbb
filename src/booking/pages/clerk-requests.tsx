/** One request: who asks for what, the calls made to the person, and its three ends. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import { longDay, wallTime, type Translate } from '../../platform/words.js'
import type { Directory, Service } from '../../directory/index.js'
import {
  Button,
  EmailLink,
  errorAt,
  IdempotencyField,
  NotificationBanner,
  PhoneLink,
  Radios,
  Select,
  StaffPage,
  SummaryList,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import { attemptResults, type CallBack, type CallBackAttempt, type RingTime } from '../call-back.js'
import type { TimesShown } from '../clerk-times.js'
import type { SaidWish } from '../clerk-wish.js'
import { closeReasons, dayParts, settleReasons, type RequestedTime } from '../model.js'
import type { RequestRow } from '../request-store.js'
import { ClerkWish } from './clerk-wish.js'
import { RingChoice } from './clerk-task.js'
import { PassLink } from './clerk-pass.js'
import { EnterButton, ExceptionChoice, MatterLine, RefusalNotice, whenText } from './clerk-parts.js'
import { TimeChoice } from './clerk-time-choice.js'

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
  /** What the visit is to be for; null while nobody has understood the matter. */
  readonly said: SaidWish | null
  readonly times: TimesShown | null
  readonly request: RequestRow
  /** Who answers it now; null: nobody. */
  readonly claimed: { readonly own: boolean; readonly name: string; readonly until: Temporal.Instant } | null
  readonly callBack: CallBack | null
  readonly attempts: readonly CallBackAttempt[]
  readonly ringTimes: readonly RingTime[]
  /** Matters it may turn out to be about; none where it is known. */
  readonly matters: readonly Service[]
  /** False once somebody ended the request: then nothing is offered any more. */
  readonly open: boolean
  readonly start: string
  readonly exception: string
  readonly key: string
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
  /** An attempt was just written down. */
  readonly noted: boolean
}

export function ClerkRequestPage({ shell, view }: { shell: Shell; view: RequestView }): JSX.Element {
  const { t } = shell
  const { request, errors } = view
  return (
    <StaffPage
      shell={shell}
      title={t('booking-staff.request')}
      back="/praca/prosby"
      links={view.links}
      errors={errors}
      scripts={['console.js']}
    >
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      {view.noted && <NotificationBanner type="success" text={t('booking-requests-staff.news.attempt')} />}
      <h1 class="govuk-heading-l" tabIndex={-1} data-focus={view.refusal === null ? '' : undefined}>
        {t('booking-staff.request')}
      </h1>
      {view.open && <Claim shell={shell} view={view} />}
      {view.said !== null && <MatterLine shell={shell} wish={view.said.wish} />}
      <SummaryList
        rows={[
          { key: t('booking-requests-staff.channel'), value: t(`booking-requests-staff.channel.${request.channel}`) },
          { key: t('booking-staff.requests.came'), value: whenText(t, request.created_at) },
          ...(view.callBack === null
            ? [{ key: t('booking-staff.requests.times'), value: timesText(t, request.days) }]
            : [{ key: t('booking-console-staff.task.wish'), value: t(`booking-console-staff.task.wish.${view.callBack.wish}`) }]),
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
      {view.open && (view.claimed?.own ?? true) ? (
        <Ends shell={shell} view={view} />
      ) : (
        <p class="govuk-body">
          <a class="govuk-link" href="/praca/prosby">
            {t('booking-requests-staff.title')}
          </a>
        </p>
      )}
    </StaffPage>
  )
}

/** Who answers it now; the first to come takes it. */
function Claim({ shell: { t }, view: { claimed, request } }: { shell: Shell; view: RequestView }): JSX.Element {
  const path = `/praca/prosby/${request.reference}`
  if (claimed !== null && !claimed.own)
    return <p class="govuk-body">{t('booking-requests-staff.claimed.other', { who: claimed.name, until: wallTime(claimed.until) })}</p>
  return (
    <form method="post" action={claimed === null ? `${path}/wez` : `${path}/oddaj`} class="okienko-call">
      <Button kind="secondary" shortcut={claimed === null ? 'F2' : undefined}>
        {t(`booking-requests-staff.claim.${claimed === null ? 'take' : 'give-back'}`)}
      </Button>{' '}
      <span class="okienko-quiet">
        {claimed === null
          ? t('booking-requests-staff.claimed.nobody')
          : t('booking-requests-staff.claimed.own', { until: wallTime(claimed.until) })}
      </span>
    </form>
  )
}

function Ends({ shell, view }: { shell: Shell; view: RequestView }): JSX.Element {
  const { t } = shell
  const { request, errors } = view
  const path = `/praca/prosby/${request.reference}`
  return (
    <div class="okienko-two">
      <div class="okienko-console__side">
        {view.callBack !== null && <Ringing shell={shell} view={view} callBack={view.callBack} />}
        <section class="okienko-region" aria-labelledby="ends">
          <h2 class="govuk-heading-m" id="ends">
            {t('booking-staff.request.without')}
          </h2>
          <EndForm shell={shell} path={`${path}/zalatw`} name="sposob" reasons={settleReasons} errors={errors} kind="settle" />
          <EndForm shell={shell} path={`${path}/zamknij`} name="powod" reasons={closeReasons} errors={errors} kind="close" />
          <PassLink reference={request.reference} />
        </section>
      </div>
      <section class="okienko-region" aria-labelledby="times">
        <h2 class="govuk-heading-m" id="times">
          {t('booking-staff.book')}
        </h2>
        {view.matters.length > 0 && <MatterOf shell={shell} view={view} />}
        {view.said !== null && view.times !== null && <BookForm shell={shell} view={view} said={view.said} times={view.times} />}
        {view.said === null && view.matters.length === 0 && <p class="govuk-body">{t('booking-requests-staff.matter.gone')}</p>}
      </section>
    </div>
  )
}

function BookForm({ shell, view, said, times }: { shell: Shell; view: RequestView; said: SaidWish; times: TimesShown }): JSX.Element {
  const { t } = shell
  const { request, errors } = view
  return (
    <form method="post" action={`/praca/prosby/${request.reference}`} novalidate data-keep="">
      <EnterButton shell={shell} label="booking-staff.book.button" />
      <IdempotencyField value={view.key} />
      {request.service_id === null && <input type="hidden" name="o-co" value={said.wish.service.id} />}
      <ClerkWish shell={shell} office={view.office} said={said} />
      <ExceptionChoice shell={shell} refusal={view.refusal} value={view.exception} />
      <TimeChoice
        shell={shell}
        times={times}
        value={view.start}
        errors={errors}
        focus={view.refusal === null && view.callBack === null}
        suits={suitsOf(t, request.days)}
      />
      <Button shortcut="F8">{t('booking-staff.book.button')}</Button>
    </form>
  )
}

/** A call whose matter nobody understood: the times of a matter are shown once one is chosen. */
function MatterOf({ shell: { t }, view }: { shell: Shell; view: RequestView }): JSX.Element {
  return (
    <form method="get" action={`/praca/prosby/${view.request.reference}`} novalidate>
      <Select
        name="o-co"
        label={t('booking-requests-staff.matter')}
        value={view.said?.wish.service.id}
        items={view.matters.map(({ id, name }) => ({ value: id, text: name }))}
      />
      <Button kind="secondary">{t('booking-requests-staff.matter.show')}</Button>
    </form>
  )
}

/** From when to ring, what came of it so far, and what came of it now. */
function Ringing({ shell, view, callBack }: { shell: Shell; view: RequestView; callBack: CallBack }): JSX.Element {
  const { t } = shell
  return (
    <section class="okienko-region okienko-region--now" aria-labelledby="ring">
      <h2 class="govuk-heading-m" id="ring">
        {t(`booking-requests-staff.ring.${callBack.wish}`)}
      </h2>
      {callBack.wish === 'call' && (
        <p class="govuk-body">{t('booking-requests-staff.ring.from', { when: whenText(t, callBack.nextAt) })}</p>
      )}
      {view.attempts.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {view.attempts.map((attempt) => (
            <li>
              {whenText(t, attempt.at)}, {attempt.name}: {t(`booking-requests-staff.attempt.${attempt.result}`)}
            </li>
          ))}
        </ul>
      )}
      {view.request.person_phone !== null && (
        <form method="post" action={`/praca/prosby/${view.request.reference}/proba`} novalidate>
          <Radios
            name="wynik"
            fieldset={{ legend: t('booking-requests-staff.attempt') }}
            classes="govuk-radios--small"
            error={errorAt(t, view.errors, 'wynik')}
            items={attemptResults.map((result) => ({ value: result, text: t(`booking-requests-staff.attempt.${result}`) }))}
          />
          <RingChoice
            shell={shell}
            legend="booking-requests-staff.attempt.when"
            times={view.ringTimes.filter(({ code }) => code !== 'now')}
            value=""
            error={errorAt(t, view.errors, 'kiedy')}
          />
          <Button kind="secondary">{t('booking-requests-staff.attempt.save')}</Button>
        </form>
      )}
    </section>
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
