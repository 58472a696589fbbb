/** A visit as the service office sees it: what to read out, and what can still be changed. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import { phoneForReading, wallTime } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
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
import type { VisitMessage } from '../../messages/index.js'
import type { Visit } from '../../visit/index.js'
import type { AskedOf, SafetyObligation } from '../../regulation/index.js'
import type { TimesShown } from '../clerk-times.js'
import { cancelReasons } from '../model.js'
import type { Wish } from '../wish.js'
import { StateTag } from './clerk-console.js'
import { CallLine } from './clerk-side.js'
import { NeedsNotes } from './needs.js'
import { lastsRow, SafetyBlock } from './parts.js'
import { VisitMessages } from './visit-messages.js'
import {
  EnterButton,
  ExceptionChoice,
  MatterLine,
  needRows,
  purposeRows,
  ReadOutReference,
  RefusalNotice,
  whenText,
  whereText,
} from './clerk-parts.js'
import { TimeChoice } from './clerk-time-choice.js'

export interface VisitView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly visit: Visit
  /** Said on top after a change: `booked`, `moved`, `cancelled` or `confirmed`. */
  readonly news: string | null
  readonly mayMove: boolean
  readonly mayCancel: boolean
  /** It waits to be confirmed, and the clerk may take the person's word for it. */
  readonly mayConfirm: boolean
  /** What holds on the day of the visit, to be read out; nothing for a visit that is over. */
  readonly obligations: readonly SafetyObligation[]
  readonly symptoms: AskedOf | null
  readonly messages: readonly VisitMessage[]
  readonly now: Temporal.Instant
  readonly refusal: Refused | null
  /** Since when the clerk has a call. */
  readonly since: Temporal.Instant | null
  /** Where the number and time of what was just done are sent, as it is read; null where nothing is. */
  readonly sentTo: string | null
}

export function ClerkVisitPage({ shell, view }: { shell: Shell; view: VisitView }): JSX.Element {
  const { t } = shell
  const { visit, office } = view
  const { person } = visit
  const ahead = visit.state === 'booked' || visit.state === 'pending'
  return (
    <StaffPage shell={shell} title={t('booking-staff.visit')} back="/praca/obsluga" links={view.links}>
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      {view.news !== null && <NotificationBanner type="success" text={t(`booking-staff.news.${view.news}`)} />}
      <h1 class="govuk-heading-l" tabIndex={-1} data-focus={view.refusal === null ? '' : undefined}>
        {t('booking-staff.visit')}
      </h1>
      <CallLine shell={shell} since={view.since} />
      <div class="okienko-two okienko-two--even">
        <section class="okienko-region okienko-region--now" aria-labelledby="read-out">
          <h2 class="govuk-heading-m" id="read-out">
            {t(ahead ? 'booking-staff.read-out' : 'booking-staff.reference')}
          </h2>
          <ReadOutReference shell={shell} reference={visit.reference} />
          <p class="govuk-body-l">
            <strong>{whenText(t, visit.startsAt)}</strong>
            <br />
            {whereText(t, office, visit)}
          </p>
          {view.sentTo !== null && <p class="govuk-body">{t('booking-console-staff.sent', { where: view.sentTo })}</p>}
          {ahead && <EntryFrom shell={shell} office={office} visit={visit} />}
          {ahead && <NeedsNotes visit={visit} directory={office} now={view.now} />}
          <SafetyBlock obligations={view.obligations} symptoms={view.symptoms} />
        </section>
        <section class="okienko-region" aria-labelledby="about">
          <h2 class="govuk-heading-m" id="about">
            {t('booking-staff.visit.about')}
          </h2>
          <SummaryList
            rows={[
              ...purposeRows(t, office, visit),
              ...lastsRow(t, visit),
              { key: t('booking-staff.state'), value: <StateTag shell={shell} visit={visit} /> },
              { key: t('booking-staff.name'), value: person.name ?? t('booking-staff.nobody') },
              {
                key: t('booking-staff.phone'),
                value: person.phone === null ? t('booking-staff.not-given') : phoneForReading(person.phone),
              },
              { key: t('booking-staff.email'), value: person.email ?? t('booking-staff.not-given') },
            ]}
          />
          <Changes shell={shell} view={view} />
          <h2 class="govuk-heading-s">{t('booking-undelivered-staff.messages')}</h2>
          <VisitMessages shell={shell} messages={view.messages} soon={view.sentTo !== null} />
        </section>
      </div>
    </StaffPage>
  )
}

/** "Wejście od 8:00": people come too early, or stand outside not knowing. */
function EntryFrom({ shell, office, visit }: { shell: Shell; office: Directory; visit: Visit }): JSX.Element {
  const minutes = office.office.settings['entry-early-minutes']
  return <p class="govuk-body">{shell.t('booking-staff.entry-from', { time: wallTime(visit.startsAt.subtract({ minutes })) })}</p>
}

function Changes({ shell, view: { visit, mayMove, mayCancel, mayConfirm } }: { shell: Shell; view: VisitView }): JSX.Element {
  const { t } = shell
  const path = `/praca/obsluga/wizyta/${visit.reference}`
  return (
    <>
      {mayMove && !mayCancel && <p class="govuk-body">{t('booking-staff.begun')}</p>}
      {mayConfirm && (
        <form method="post" action={`${path}/potwierdz`}>
          <p class="govuk-body">
            {visit.confirmUntil === null
              ? t('booking-staff.confirm.what')
              : t('booking-staff.confirm.until', { time: wallTime(visit.confirmUntil) })}
          </p>
          <Button shortcut="F8">{t('booking-staff.confirm.button')}</Button>
        </form>
      )}
      <div class="govuk-button-group">
        {mayMove && (
          <LinkButton href={`${path}/zmien`} kind={mayConfirm ? 'secondary' : undefined} shortcut="F6">
            {t('booking-staff.move.button')}
          </LinkButton>
        )}
        {mayCancel && (
          <LinkButton href={`${path}/odwolaj`} kind="secondary" shortcut="F10">
            {t('booking-staff.cancel.button')}
          </LinkButton>
        )}
      </div>
      {mayCancel && (visit.person.email !== null || visit.person.phone !== null) && (
        <form method="post" action={`/praca/lista/wizyta/${visit.reference}`}>
          <Button kind="secondary">{t('waiting-staff.add.for-visit')}</Button>
        </form>
      )}
    </>
  )
}

export interface MoveView {
  readonly links: readonly StaffLink[]
  readonly visit: Visit
  readonly wish: Wish
  readonly times: TimesShown
  readonly start: string
  readonly exception: string
  readonly key: string
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

export function ClerkMovePage({ shell, view }: { shell: Shell; view: MoveView }): JSX.Element {
  const { t } = shell
  const path = `/praca/obsluga/wizyta/${view.visit.reference}`
  const needs = needRows(t, view.visit)
  return (
    <StaffPage shell={shell} title={t('booking-staff.move')} back={path} links={view.links} errors={view.errors} scripts={['console.js']}>
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      <h1 class="govuk-heading-l">{t('booking-staff.move')}</h1>
      <MatterLine shell={shell} wish={view.wish} />
      {needs.length > 0 && <SummaryList rows={needs} />}
      <p class="govuk-body">{t('booking-staff.move.now', { when: whenText(t, view.visit.startsAt) })}</p>
      <form method="post" action={`${path}/zmien`} novalidate data-keep="">
        <EnterButton shell={shell} label="booking-staff.move.button" />
        <IdempotencyField value={view.key} />
        <ExceptionChoice shell={shell} refusal={view.refusal} value={view.exception} />
        <TimeChoice shell={shell} times={view.times} value={view.start} errors={view.errors} focus={view.refusal === null} />
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
    key: string
  }
}): JSX.Element {
  const { t } = shell
  const path = `/praca/obsluga/wizyta/${view.visit.reference}`
  return (
    <StaffPage shell={shell} title={t('booking-staff.cancel')} back={path} links={view.links} errors={view.errors}>
      <h1 class="govuk-heading-l">{t('booking-staff.cancel')}</h1>
      <p class="govuk-body">
        <strong>{view.visit.person.name ?? t('booking-staff.nobody')}</strong>
        <br />
        {whenText(t, view.visit.startsAt)}
      </p>
      <SummaryList rows={purposeRows(t, view.office, view.visit)} />
      <form method="post" action={`${path}/odwolaj`} novalidate data-keep="">
        <IdempotencyField value={view.key} />
        <Radios
          name="powod"
          fieldset={{ legend: t('booking-staff.cancel.reason') }}
          error={errorAt(t, view.errors, 'powod')}
          items={cancelReasons.map((reason, index) => ({
            value: reason,
            text: t(`booking-staff.cancel.${reason}`),
            autofocus: index === 0 && view.errors.length === 0,
          }))}
        />
        <Button kind="warning" shortcut="F8">
          {t('booking-staff.cancel.button')}
        </Button>
      </form>
    </StaffPage>
  )
}
