/**
 * About the person: a name, and a phone or an e-mail. The privacy notice is there to read; there is
 * no consent to give, since the office acts by law. While an act asks it, the statement that the
 * matter is urgent stands here: counted, never judged.
 */
import type { ComponentChildren, JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { wallTime } from '../../platform/words.js'
import { nameIn, type Office, type Service } from '../../directory/index.js'
import type { Basis } from '../../platform/decision.js'
import {
  BasisLine,
  Button,
  Checkboxes,
  CitizenPage,
  Details,
  EmailLink,
  errorAt,
  Fieldset,
  Filled,
  gap,
  idempotencyField,
  TextInput,
  useWords,
  type Shell,
} from '../../ui/index.js'
import type { VisitNeed } from '../../visit/index.js'
import type { TypedPerson } from '../forms.js'
import { NeedsFields } from './needs.js'
import { FromOffice } from './parts.js'

/** Until when a time is kept; `atMost` when no page keeps it any longer. */
export interface KeptTime {
  readonly until: Temporal.Instant
  readonly atMost: boolean
}

export interface DetailsPageOptions {
  readonly shell: Shell
  readonly office: Office
  readonly reference: string
  readonly service: Service
  readonly when: string
  readonly kept: KeptTime
  readonly back: string
  readonly typed: TypedPerson & { readonly urgent: boolean; readonly needs: readonly VisitNeed[]; readonly onBehalf: boolean }
  /** Basis of the statement while an act asks it; null when none does. */
  readonly urgency: readonly Basis[] | null
  readonly errors?: readonly FieldError[]
}

export function DetailsPage(options: DetailsPageOptions): JSX.Element {
  const { shell, office, reference, service, when, kept, back, typed, urgency, errors = [] } = options
  const { t } = shell
  const title = t('booking-pages.details.title')
  return (
    <CitizenPage shell={shell} title={title} back={back} errors={errors} typed={sentBack(typed)}>
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body-l">
        {nameIn(t, service)}, {when}
      </p>
      <HoldNotice kept={kept} />
      <form method="post" action={`/rezerwacja/${reference}/dane`} noValidate>
        <PersonFields typed={typed} errors={errors} why={t('booking-pages.contact.why')} />
        <NeedsFields needs={typed.needs} onBehalf={typed.onBehalf} asks="citizen" />
        <UrgencyField urgency={urgency} checked={typed.urgent} />
        <PrivacyDetails office={office} />
        <Button>{t('ui.continue')}</Button>
      </form>
      <form method="post" action={`/rezerwacja/${reference}/zwolnij`}>
        <p class="govuk-body">
          {t('booking-pages.details.another')} <button class="okienko-plain-button">{t('booking-pages.details.release')}</button>
        </p>
      </form>
    </CitizenPage>
  )
}

/** Until when the time is kept, and whether another page keeps it longer (WCAG 2.2.1). */
export function HoldNotice({ kept }: { kept: KeptTime }): JSX.Element {
  const t = useWords()
  const key = kept.atMost ? 'booking-pages.hold.last' : 'booking-pages.hold'
  return <p class="govuk-body okienko-hold">{t(key, { time: wallTime(kept.until) })}</p>
}

/** The fields as they were sent, for a page that is asked for once more in another language. */
export function sentBack(
  { name, phone, email, urgent, ...lists }: TypedPerson & { urgent: boolean; days?: readonly string[]; parts?: readonly string[] },
  key?: string,
): Readonly<Record<string, string | readonly string[]>> {
  return {
    name: name ?? '',
    phone: phone ?? '',
    email: email ?? '',
    ...(urgent ? { urgent: 'tak' } : {}),
    ...lists,
    ...(key === undefined ? {} : { [idempotencyField]: key }),
  }
}

/** `why` tells what a phone or an e-mail is needed for: one of them is enough. */
export function PersonFields({ typed, errors, why }: { typed: TypedPerson; errors: readonly FieldError[]; why: string }): JSX.Element {
  const t = useWords()
  return (
    <>
      <TextInput
        name="name"
        label={t('booking-pages.name')}
        autocomplete="name"
        spellcheck={false}
        value={typed.name ?? ''}
        error={errorAt(t, errors, 'name')}
      />
      <Fieldset legend={{ text: t('booking-pages.contact'), classes: 'govuk-fieldset__legend--m' }} describedBy="contact-hint">
        <div id="contact-hint" class="govuk-hint">
          {why}
        </div>
        <TextInput
          name="phone"
          type="tel"
          inputmode="tel"
          classes="govuk-input--width-20"
          label={t('booking-pages.phone')}
          autocomplete="tel"
          value={typed.phone ?? ''}
          error={errorAt(t, errors, 'phone')}
        />
        <TextInput
          name="email"
          type="email"
          inputmode="email"
          label={t('booking-pages.email')}
          autocomplete="email"
          spellcheck={false}
          value={typed.email ?? ''}
          error={errorAt(t, errors, 'email')}
        />
      </Fieldset>
    </>
  )
}

export function UrgencyField({ urgency, checked }: { urgency: readonly Basis[] | null; checked: boolean }): JSX.Element | null {
  const t = useWords()
  if (urgency === null) return null
  return (
    <>
      <Checkboxes
        name="urgent"
        fieldset={{ legend: { text: t('booking-pages.urgency.title'), classes: 'govuk-fieldset__legend--m' } }}
        hint={t('booking-pages.urgency.hint')}
        items={[{ value: 'tak', text: t('regulation.urgency'), checked }]}
      />
      <BasisLine basis={urgency} />
    </>
  )
}

export function PrivacyDetails({ office }: { office: Office }): JSX.Element {
  const t = useWords()
  return (
    <Details summary={t('booking-pages.privacy.summary')}>
      <PrivacyText office={office} />
    </Details>
  )
}

/** The notice of art. 13 GDPR from the office's settings; what no source gives is said. */
export function PrivacyText({ office }: { office: Office }): JSX.Element {
  const t = useWords()
  const { privacy } = office
  const rows: readonly (readonly [string, ComponentChildren])[] = [
    ['controller', <FromOffice>{privacy.controller}</FromOffice>],
    ['purpose', <FromOffice>{privacy.purpose}</FromOffice>],
    ['basis', <FromOffice>{privacy.legalBasis}</FromOffice>],
    ['kept', t('booking-pages.privacy.kept.days', { days: privacy.keptDays })],
    [
      'officer',
      privacy.officerContact === null ? (
        <Filled text={t('booking-pages.privacy.officer.unknown', { email: gap })}>
          <EmailLink email={office.email} />
        </Filled>
      ) : (
        <FromOffice>{privacy.officerContact}</FromOffice>
      ),
    ],
    ['rights', t('booking-pages.privacy.rights.list')],
    ['needed', t('booking-pages.privacy.needed.text')],
  ]
  return (
    <>
      {rows.map(([key, text]) => (
        <p class="govuk-body">
          <strong>{t(`booking-pages.privacy.${key}`)}</strong> {text}
        </p>
      ))}
    </>
  )
}
