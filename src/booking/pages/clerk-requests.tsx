/** Requests for a time: the list of a unit, oldest first, and one request with its three ends. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import { longDay, type Translate } from '../../platform/words.js'
import type { Directory, Service } from '../../directory/index.js'
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
import type { FreeDay } from '../availability/board.js'
import { closeReasons, settleReasons, type RequestedTime } from '../model.js'
import type { RequestRow } from '../request-store.js'
import { DayLinks, ExceptionChoice, MatterLine, RefusalNotice, TimeChoice, whenText } from './clerk-parts.js'

export function ClerkRequestsPage({
  shell,
  view,
}: {
  shell: Shell
  view: { links: readonly StaffLink[]; office: Directory; requests: readonly RequestRow[] }
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
              view.office.services.get(request.service_id)?.name ?? request.service_id,
              timesText(t, request.days),
              request.person_name ?? t('booking-staff.nobody'),
              view.office.units.get(request.unit_id)?.name ?? request.unit_id,
            ])}
          />
        </div>
      )}
    </StaffPage>
  )
}

/** "wtorek rano, piątek o każdej porze" */
export function timesText(t: Translate, times: readonly RequestedTime[]): string {
  if (times.length === 0) return t('booking-staff.times.any-day')
  return times.map((time) => `${dayText(t, time)} ${t(`booking-staff.part.${time.part}`)}`).join('; ')
}

function dayText(t: Translate, time: RequestedTime): string {
  if (time.day !== undefined) return longDay(t.language, Temporal.PlainDate.from(time.day))
  return time.weekday === undefined ? t('booking-staff.times.any-day') : t(`booking-staff.weekday.${time.weekday}`)
}

export interface RequestView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly service: Service
  readonly request: RequestRow
  readonly days: readonly FreeDay[]
  readonly firstShown: boolean
  readonly nextFrom: Temporal.PlainDate | null
  readonly start: string
  readonly exception: string
  readonly key: string
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

export function ClerkRequestPage({ shell, view }: { shell: Shell; view: RequestView }): JSX.Element {
  const { t } = shell
  const { request, errors } = view
  const path = `/praca/prosby/${request.reference}`
  return (
    <StaffPage shell={shell} title={t('booking-staff.request')} back="/praca/prosby" links={view.links} errors={errors}>
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      <h1 class="govuk-heading-l">{t('booking-staff.request')}</h1>
      <MatterLine shell={shell} service={view.service} />
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
          <form method="post" action={path} novalidate>
            <IdempotencyField value={view.key} />
            <TimeChoice shell={shell} days={view.days} value={view.start} errors={errors} />
            <DayLinks shell={shell} path={path} first={view.firstShown} next={view.nextFrom} />
            <ExceptionChoice shell={shell} refusal={view.refusal} value={view.exception} />
            <Button shortcut="F8">{t('booking-staff.book.button')}</Button>
          </form>
        </section>
      </div>
    </StaffPage>
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
