/**
 * A call on one page, in fixed places: the matter on top; the first free times, kept by Enter; who is
 * to come; and beside them what to ask, what applies today and how the call ends without a visit.
 */
import type { JSX } from 'preact'
import type { Basis, FieldError, Refused } from '../../platform/decision.js'
import { wallTime } from '../../platform/words.js'
import type { Directory, Service } from '../../directory/index.js'
import {
  BasisLine,
  Button,
  Checkboxes,
  IdempotencyField,
  InsetText,
  Radios,
  StaffPage,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import type { Questions } from '../clerk-side.js'
import type { TimesShown } from '../clerk-times.js'
import type { SaidWish } from '../clerk-wish.js'
import { CallerFields } from './caller.js'
import { CallEnds, CallLine, MatterForm, QuestionsBox, TodayBox, type SideView } from './clerk-side.js'
import { ClerkWish } from './clerk-wish.js'
import { EnterButton, ExceptionChoice, MatterLine, RefusalNotice, whenText } from './clerk-parts.js'
import { TimeChoice } from './clerk-time-choice.js'

/** What the clerk typed, to be shown again when something was wrong. */
export interface TypedBooking {
  readonly start: string
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly channel: (typeof clerkChannels)[number]
  readonly urgent: boolean
  readonly exception: string
  readonly key: string
}

/** A time that is kept for the caller. */
export interface KeptTime {
  readonly start: Temporal.Instant
  readonly until: Temporal.Instant
  /** By the office's clock. */
  readonly leftMs: number
}

export interface BookView extends SideView {
  readonly links: readonly StaffLink[]
  readonly service: Service
  readonly questions: Questions
  readonly times: TimesShown
  readonly kept: KeptTime | null
  /** What was just asked for: the focus goes there. */
  readonly at: 'times' | 'name'
  readonly typed: TypedBooking
  /** What the visit is for. */
  readonly said: SaidWish
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
  /** What the urgency question rests on; null when no act asks it. */
  readonly urgency: readonly Basis[] | null
}

export const clerkChannels = ['phone', 'email', 'counter'] as const

const formId = 'umow'

export function ClerkBookPage({ shell, view }: { shell: Shell; view: BookView }): JSX.Element {
  const { t } = shell
  const { service, typed, errors } = view
  const path = `/praca/obsluga/umow/${encodeURIComponent(service.id)}`
  const quiet = errors.length === 0 && view.refusal === null
  return (
    <StaffPage
      shell={shell}
      title={t('booking-staff.book')}
      back="/praca/obsluga"
      links={view.links}
      errors={errors}
      scripts={['console.js']}
    >
      <h1 class="govuk-heading-l">{t('booking-staff.book')}</h1>
      <CallLine shell={shell} since={view.since} />
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      <div class="okienko-console">
        <section class="okienko-region okienko-console__matter" aria-labelledby="matter">
          <h2 class="govuk-heading-m" id="matter">
            {t('booking-console-staff.matter.chosen')}
          </h2>
          <MatterLine shell={shell} wish={view.said.wish} />
          <MatterForm shell={shell} value="" focus={false} />
        </section>
        <form class="okienko-console__book" id={formId} method="post" action={path} novalidate data-keep="" data-hold={`${path}/wstrzymaj`}>
          <EnterButton shell={shell} label="booking-staff.book.button" />
          <IdempotencyField value={typed.key} />
          <input type="hidden" name="zadanie-sprawa" value={service.id} />
          <section class="okienko-region" aria-labelledby="times">
            <h2 class="govuk-heading-m" id="times">
              {t('booking-staff.times')}
            </h2>
            <ClerkWish shell={shell} office={view.office} said={view.said} />
            <TimeChoice shell={shell} times={view.times} value={typed.start} errors={errors} focus={quiet && view.at === 'times'} keeps />
            <Button kind="secondary" name="pokaz" value="wstrzymaj">
              {t('booking-console-staff.keep')}
            </Button>
          </section>
          <section class="okienko-region" aria-labelledby="person">
            <h2 class="govuk-heading-m" id="person">
              {t('booking-staff.person')}
            </h2>
            <div role="status" data-kept="">
              {view.kept !== null && <KeptSentence shell={shell} kept={view.kept} chosen={typed.start} />}
            </div>
            <PersonFields shell={shell} view={view} focus={quiet && view.at === 'name'} />
            <Button shortcut="F8">{t('booking-staff.book.button')}</Button>
            <ReadAloud shell={shell} office={view.office} />
          </section>
        </form>
        <div class="okienko-console__side">
          <CallEnds shell={shell} serviceId={service.id} taskForm={formId} />
          <QuestionsBox shell={shell} service={service} questions={view.questions} />
          <TodayBox shell={shell} today={view.today} />
        </div>
      </div>
    </StaffPage>
  )
}

/**
 * Until when the time is kept, or that the one chosen is not; browser/console.ts says which when another
 * is chosen, and when the time is over.
 */
export function KeptSentence({
  shell: { t },
  kept: { start, until, leftMs },
  chosen,
}: {
  shell: Shell
  kept: KeptTime
  /** The start chosen in the form. */
  chosen: string
}): JSX.Element {
  const time = wallTime(until)
  const kept = t('booking-console-staff.kept', { until: time, when: whenText(t, start) })
  const other = t('booking-console-staff.kept.other')
  return (
    <InsetText>
      <input type="hidden" name="wstrzymany" value={start.toString()} />
      <span data-now={kept} data-other={other} data-over={t('booking-console-staff.kept.over', { until: time })} data-left={leftMs}>
        {chosen === start.toString() ? kept : other}
      </span>
    </InsetText>
  )
}

function PersonFields({ shell, view, focus }: { shell: Shell; view: BookView; focus: boolean }): JSX.Element {
  const { t } = shell
  const { typed, errors } = view
  return (
    <>
      <CallerFields typed={typed} errors={errors} optional={['phone', 'email']} focus={focus ? 'name' : null} />
      <ExceptionChoice shell={shell} refusal={view.refusal} value={typed.exception} />
      <Radios
        name="channel"
        fieldset={{ legend: t('booking-staff.channel') }}
        classes="govuk-radios--inline govuk-radios--small"
        value={typed.channel}
        items={clerkChannels.map((channel) => ({ value: channel, text: t(`booking-staff.channel.${channel}`) }))}
      />
      {view.urgency !== null && (
        <>
          <Checkboxes
            name="urgent"
            items={[{ value: 'tak', text: t('booking-staff.urgent'), checked: typed.urgent }]}
            classes="govuk-checkboxes--small"
          />
          <BasisLine basis={view.urgency} />
        </>
      )}
    </>
  )
}

/** What the caller must hear about the data (art. 13 GDPR), in one sentence; the rest is on the privacy page. */
function ReadAloud({ shell, office }: { shell: Shell; office: Directory }): JSX.Element {
  const { controller, keptDays } = office.office.privacy
  return (
    <InsetText>
      <strong>{shell.t('booking-staff.privacy.read')}</strong> {shell.t('booking-staff.privacy.sentence', { controller, days: keptDays })}
    </InsetText>
  )
}
