/** Booking for a caller on one page: time, name, and what the person may leave; then it is done. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import type { Directory, Service } from '../../directory/index.js'
import {
  BasisLine,
  Button,
  Checkboxes,
  errorAt,
  IdempotencyField,
  InsetText,
  Radios,
  StaffPage,
  TextInput,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import type { Basis } from '../../platform/decision.js'
import type { TimesShown } from '../clerk-times.js'
import type { SaidWish } from '../clerk-wish.js'
import { ClerkWish } from './clerk-wish.js'
import { EnterButton, ExceptionChoice, MatterLine, RefusalNotice, TimeChoice } from './clerk-parts.js'

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

export interface BookView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly service: Service
  readonly times: TimesShown
  /** Other days were just asked for: the focus goes to their times. */
  readonly atTimes?: boolean
  readonly typed: TypedBooking
  /** What the visit is for. */
  readonly said: SaidWish
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
  /** What the urgency question rests on; null when no act asks it. */
  readonly urgency: readonly Basis[] | null
}

export const clerkChannels = ['phone', 'email', 'counter'] as const

export function ClerkBookPage({ shell, view }: { shell: Shell; view: BookView }): JSX.Element {
  const { t } = shell
  const { service, typed, errors } = view
  const path = `/praca/obsluga/umow/${encodeURIComponent(service.id)}`
  return (
    <StaffPage shell={shell} title={t('booking-staff.book')} back="/praca/obsluga" links={view.links} errors={errors}>
      <h1 class="govuk-heading-l">{t('booking-staff.book')}</h1>
      <MatterLine shell={shell} wish={view.said.wish} />
      <p class="govuk-body">
        <a class="govuk-link" href={`/sprawy/${encodeURIComponent(service.id)}`} target="_blank" rel="noopener">
          {t('booking-staff.advice')}
        </a>
      </p>
      {view.refusal !== null && <RefusalNotice shell={shell} refusal={view.refusal} />}
      <form method="post" action={path} novalidate data-keep="">
        <EnterButton shell={shell} label="booking-staff.book.button" />
        <IdempotencyField value={typed.key} />
        <ClerkWish shell={shell} office={view.office} said={view.said} />
        <div class="okienko-two">
          <section class="okienko-region" aria-labelledby="person">
            <h2 class="govuk-heading-m" id="person">
              {t('booking-staff.person')}
            </h2>
            <TextInput
              name="name"
              label={t('booking-staff.name')}
              value={typed.name}
              error={errorAt(t, errors, 'name')}
              autocomplete="off"
              autocapitalize="words"
              spellcheck={false}
              autofocus={errors.length === 0 && view.refusal === null && !view.atTimes}
            />
            <TextInput
              name="phone"
              type="tel"
              label={t('booking-staff.phone-optional')}
              value={typed.phone}
              error={errorAt(t, errors, 'phone')}
              autocomplete="off"
              classes="govuk-input--width-20"
            />
            <TextInput
              name="email"
              label={t('booking-staff.email-optional')}
              value={typed.email}
              error={errorAt(t, errors, 'email')}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
            />
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
            <ExceptionChoice shell={shell} refusal={view.refusal} value={typed.exception} />
            <ReadAloud shell={shell} office={view.office} />
          </section>
          <section class="okienko-region" aria-labelledby="times">
            <h2 class="govuk-heading-m" id="times">
              {t('booking-staff.times')}
            </h2>
            <TimeChoice shell={shell} times={view.times} value={typed.start} errors={errors} focus={view.atTimes === true} />
            <Button shortcut="F8">{t('booking-staff.book.button')}</Button>
          </section>
        </div>
      </form>
    </StaffPage>
  )
}

/** What the caller must hear about the data (art. 13 GDPR), in one sentence; the rest is on the privacy page. */
export function ReadAloud({ shell, office }: { shell: Shell; office: Directory }): JSX.Element {
  const { controller, keptDays } = office.office.privacy
  return (
    <InsetText>
      <strong>{shell.t('booking-staff.privacy.read')}</strong> {shell.t('booking-staff.privacy.sentence', { controller, days: keptDays })}
    </InsetText>
  )
}
