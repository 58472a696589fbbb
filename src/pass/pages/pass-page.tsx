/**
 * The citizen's page of a visit: the reference, the pass, when and where, what to bring and what
 * holds that day, and the ways to change or cancel. After the visit, or when it is off, a sentence
 * and the way to another. Its address stays the same, so that it can be kept.
 */
import type { ComponentChildren, JSX } from 'preact'
import type { Directory, Service } from '../../directory/index.js'
import type { AskedOf, SafetyObligation } from '../../regulation/index.js'
import { BringList, FromOffice, SafetyBlock, whenText, whereText } from '../../booking/index.js'
import { spacedReference } from '../../platform/references.js'
import { CitizenPage, Details, InsetText, LinkButton, NotificationBanner, Panel, SummaryList, type Shell } from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'
import { QrCode } from './qr-code.js'

export interface PassPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  readonly visit: Visit
  /** Whole address of the pass, which says nothing by itself. */
  readonly passUrl: string
  /** Whole address that opens this page from anywhere: a secret of its owner. */
  readonly secretUrl: string
  readonly obligations: readonly SafetyObligation[]
  readonly symptoms: AskedOf | null
  readonly mayChange: boolean
  /** True just after a change of time. */
  readonly moved: boolean
}

export function PassPage(options: PassPageOptions): JSX.Element {
  const { shell, service, visit, moved, mayChange, obligations, symptoms } = options
  const { t } = shell
  const base = `/wizyta/${visit.reference}`
  if (!isAhead(visit)) return <OtherState {...options} />
  return (
    <CitizenPage shell={shell} title={t('pass.title')}>
      {moved && <NotificationBanner type="success" text={t('pass.moved', { when: whenText(shell.language, visit.startsAt) })} />}
      <Panel title={t(visit.state === 'pending' ? 'pass.pending' : 'pass.booked')}>
        {t('pass.reference')}
        <br />
        <strong>{spacedReference(visit.reference)}</strong>
      </Panel>
      {visit.state === 'pending' && <InsetText>{confirmText(shell, visit)}</InsetText>}
      <PassBlock {...options} />
      <p class="govuk-body">{t('pass.at-the-door', { minutes: options.directory.office.settings['entry-early-minutes'] })}</p>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={`${base}/kalendarz.ics`}>
            {t('pass.calendar')}
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`${base}/druk`}>
            {t('pass.print')}
          </a>
        </li>
      </ul>
      <BringList service={service} />
      <SafetyBlock obligations={obligations} symptoms={symptoms} />
      <h2 class="govuk-heading-m">{t('pass.manage')}</h2>
      {mayChange ? (
        <div class="govuk-button-group">
          <LinkButton href={`${base}/zmien`} kind="secondary">
            {t('pass.change')}
          </LinkButton>
          <a class="govuk-link" href={`${base}/odwolaj`}>
            {t('pass.cancel')}
          </a>
        </div>
      ) : (
        <p class="govuk-body">{t('pass.too-late-to-change')}</p>
      )}
      <Details summary={t('pass.come-back')}>
        <p class="govuk-body">{t('pass.come-back.contact')}</p>
        <p class="govuk-body">{t('pass.come-back.link')}</p>
        <p class="govuk-body okienko-breakable">
          <a class="govuk-link" href={options.secretUrl} rel="noreferrer">
            {options.secretUrl}
          </a>
        </p>
      </Details>
    </CitizenPage>
  )
}

/** Until when it must be confirmed: an unconfirmed visit does not open the door. */
function confirmText({ t, language }: Shell, { confirmUntil }: Visit): string {
  return confirmUntil === null ? t('pass.confirm') : t('pass.confirm-until', { when: whenText(language, confirmUntil) })
}

/** The desk that calls or serves: room and number, as the screen shows them. */
function deskText({ t }: Shell, directory: Directory, { deskId }: Visit): string | null {
  const desk = deskId === null ? undefined : directory.desksById.get(deskId)
  const room = desk === undefined ? undefined : directory.rooms.get(desk.roomId)
  return desk === undefined ? null : t('pass.desk', { room: room?.number ?? '', desk: desk.label })
}

/** What is shown at the door and printed: code, reference, matter, time, place. */
export function PassBlock({ shell, directory, service, visit, passUrl }: PassPageOptions): JSX.Element {
  const { t } = shell
  return (
    <section class="okienko-pass" aria-label={t('pass.pass')}>
      <div class="okienko-pass__text">
        <SummaryList
          classes="govuk-summary-list--no-border"
          rows={[
            { key: t('booking-pages.check.service'), value: <FromOffice>{service.name}</FromOffice> },
            { key: t('booking-pages.check.when'), value: <strong>{whenText(shell.language, visit.startsAt)}</strong> },
            { key: t('booking-pages.check.where'), value: <FromOffice>{whereText(t, directory, service, visit.roomId)}</FromOffice> },
            ...(visit.ticket === null ? [] : [{ key: t('pass.ticket'), value: <strong class="okienko-reference">{visit.ticket}</strong> }]),
          ]}
        />
      </div>
      <div class="okienko-pass__code">
        <QrCode text={passUrl} label={t('pass.code', { reference: spacedReference(visit.reference) })} />
      </div>
    </section>
  )
}

export function PrintPage(options: PassPageOptions): JSX.Element {
  const { shell, visit, service, obligations, symptoms } = options
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('pass.print.title')} back={`/wizyta/${visit.reference}`}>
      <h1 class="govuk-heading-xl">{t('pass.print.title')}</h1>
      <p class="govuk-body">
        {t('pass.reference')} <strong class="okienko-reference">{spacedReference(visit.reference)}</strong>
      </p>
      <PassBlock {...options} />
      <p class="govuk-body">{t('pass.at-the-door', { minutes: options.directory.office.settings['entry-early-minutes'] })}</p>
      <BringList service={service} />
      <SafetyBlock obligations={obligations} symptoms={symptoms} />
      <p class="govuk-body okienko-screen-only">
        <button type="button" class="govuk-button" data-print="" hidden>
          {t('pass.print.button')}
        </button>{' '}
        {t('pass.print.hint')}
      </p>
    </CitizenPage>
  )
}

/** Inside, over or off. */
function OtherState(options: PassPageOptions): JSX.Element {
  const { shell, service, visit, directory } = options
  const { t } = shell
  const desk = visit.state === 'called' || visit.state === 'serving' ? deskText(shell, directory, visit) : null
  const inside = visit.state === 'arrived' || visit.state === 'called' || visit.state === 'serving' || visit.state === 'parked'
  const again: ComponentChildren = <LinkButton href={`/sprawy/${service.id}`}>{t('pass.again')}</LinkButton>
  return (
    <CitizenPage shell={shell} title={t('pass.title')}>
      <h1 class="govuk-heading-xl">{t(`pass.state.${visit.state}`)}</h1>
      {visit.ticket !== null && inside && (
        <p class="govuk-body">
          {t('pass.ticket')} <strong class="okienko-reference">{visit.ticket}</strong>
        </p>
      )}
      {desk !== null && (
        <p class="govuk-body-l">
          <strong>{desk}</strong>
        </p>
      )}
      {inside && <InsetText>{t('pass.state.watch')}</InsetText>}
      <SummaryList
        rows={[
          { key: t('pass.reference'), value: spacedReference(visit.reference) },
          { key: t('booking-pages.check.service'), value: <FromOffice>{service.name}</FromOffice> },
          { key: t('booking-pages.check.when'), value: whenText(shell.language, visit.startsAt) },
        ]}
      />
      {visit.state === 'cancelled' && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/wizyta/${visit.reference}/kalendarz.ics`}>
            {t('pass.calendar.cancelled')}
          </a>
        </p>
      )}
      {!inside && visit.state !== 'served' && again}
    </CitizenPage>
  )
}

export function isAhead(visit: Visit): boolean {
  return visit.state === 'booked' || visit.state === 'pending'
}
