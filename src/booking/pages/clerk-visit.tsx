/** A visit as the service office sees it: what to read out, and what can still be changed. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import { phoneForReading } from '../../platform/words.js'
import type { Directory, Service } from '../../directory/index.js'
import {
  Button,
  errorAt,
  IdempotencyField,
  LinkButton,
  NotificationBanner,
  Radios,
  StaffPage,
  SummaryList,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'
import type { FreeDay } from '../availability/board.js'
import { cancelReasons } from '../model.js'
import { StateTag } from './clerk-console.js'
import { DayLinks, ExceptionChoice, MatterLine, ReadOutReference, RefusalNotice, TimeChoice, whenText, whereText } from './clerk-parts.js'

export interface VisitView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly visit: Visit
  /** Said on top after a change: `booked`, `moved` or `cancelled`. */
  readonly news: string | null
  readonly mayChange: boolean
  readonly refusal: Refused | null
}

export function ClerkVisitPage({ shell, view }: { shell: Shell; view: VisitView }): JSX.Element {
  const { t } = shell
  const { visit, office } = view
  const path = `/praca/obsluga/wizyta/${visit.reference}`
  const { person } = visit
  return (
    <StaffPage shell={shell} title={t('booking-staff.visit')} back="/praca/obsluga" links={view.links}>
      {view.news !== null && <NotificationBanner type="success" text={t(`booking-staff.news.${view.news}`)} />}
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      <h1 class="govuk-heading-l">{t('booking-staff.visit')}</h1>
      <ReadOutReference shell={shell} reference={visit.reference} />
      <SummaryList
        rows={[
          { key: t('booking-staff.when'), value: <strong>{whenText(t, visit.startsAt)}</strong> },
          { key: t('booking-staff.where'), value: whereText(t, office, visit) },
          { key: t('booking-staff.matter-short'), value: office.services.get(visit.serviceId)?.name ?? visit.serviceId },
          { key: t('booking-staff.state'), value: <StateTag shell={shell} visit={visit} /> },
          { key: t('booking-staff.name'), value: person.name ?? t('booking-staff.nobody') },
          { key: t('booking-staff.phone'), value: person.phone === null ? t('booking-staff.not-given') : phoneForReading(person.phone) },
          { key: t('booking-staff.email'), value: person.email ?? t('booking-staff.not-given') },
        ]}
      />
      {view.mayChange && (
        <div class="govuk-button-group">
          <LinkButton href={`${path}/zmien`}>{t('booking-staff.move.button')}</LinkButton>
          <LinkButton href={`${path}/odwolaj`} kind="secondary">
            {t('booking-staff.cancel.button')}
          </LinkButton>
        </div>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href="/praca/obsluga" id="next-caller">
          {t('booking-staff.next-caller')}
        </a>
      </p>
    </StaffPage>
  )
}

export interface MoveView {
  readonly links: readonly StaffLink[]
  readonly visit: Visit
  readonly service: Service
  readonly days: readonly FreeDay[]
  readonly firstShown: boolean
  readonly nextFrom: Temporal.PlainDate | null
  readonly start: string
  readonly exception: string
  readonly key: string
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

export function ClerkMovePage({ shell, view }: { shell: Shell; view: MoveView }): JSX.Element {
  const { t } = shell
  const path = `/praca/obsluga/wizyta/${view.visit.reference}`
  return (
    <StaffPage shell={shell} title={t('booking-staff.move')} back={path} links={view.links} errors={view.errors}>
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      <h1 class="govuk-heading-l">{t('booking-staff.move')}</h1>
      <MatterLine shell={shell} service={view.service} />
      <p class="govuk-body">{t('booking-staff.move.now', { when: whenText(t, view.visit.startsAt) })}</p>
      <form method="post" action={`${path}/zmien`} novalidate>
        <IdempotencyField value={view.key} />
        <TimeChoice shell={shell} days={view.days} value={view.start} errors={view.errors} />
        <DayLinks shell={shell} path={`${path}/zmien`} first={view.firstShown} next={view.nextFrom} />
        <ExceptionChoice shell={shell} refusal={view.refusal} value={view.exception} />
        <Button shortcut="F8">{t('booking-staff.move.button')}</Button>
      </form>
    </StaffPage>
  )
}

export function ClerkCancelPage({
  shell,
  view,
}: {
  shell: Shell
  view: {
    links: readonly StaffLink[]
    visit: Visit
    office: Directory
    errors: readonly FieldError[]
    refusal: Refused | null
    key: string
  }
}): JSX.Element {
  const { t } = shell
  const path = `/praca/obsluga/wizyta/${view.visit.reference}`
  return (
    <StaffPage shell={shell} title={t('booking-staff.cancel')} back={path} links={view.links} errors={view.errors}>
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      <h1 class="govuk-heading-l">{t('booking-staff.cancel')}</h1>
      <p class="govuk-body">
        {view.office.services.get(view.visit.serviceId)?.name}, {whenText(t, view.visit.startsAt)}
      </p>
      <form method="post" action={`${path}/odwolaj`} novalidate>
        <IdempotencyField value={view.key} />
        <Radios
          name="powod"
          fieldset={{ legend: t('booking-staff.cancel.reason') }}
          error={errorAt(t, view.errors, 'powod')}
          items={cancelReasons.map((reason) => ({ value: reason, text: t(`booking-staff.cancel.${reason}`) }))}
        />
        <Button kind="warning">{t('booking-staff.cancel.button')}</Button>
      </form>
    </StaffPage>
  )
}
