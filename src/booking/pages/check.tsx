/** Check the answers before booking: what, where, when, who; what holds on that day; what to do when ill. */
import type { JSX } from 'preact'
import type { Directory, Service } from '../../directory/index.js'
import { phoneForReading } from '../../platform/words.js'
import type { Visit } from '../../visit/index.js'
import type { AskedOf, SafetyObligation } from '../../regulation/index.js'
import { Button, CitizenPage, IdempotencyField, SummaryList, type Shell } from '../../ui/index.js'
import { HoldNotice } from './details.js'
import { FromOffice, SafetyBlock, whenText, whereText } from './parts.js'

export interface CheckPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  readonly visit: Visit
  readonly heldUntil: Temporal.Instant
  readonly urgencyAsked: boolean
  readonly obligations: readonly SafetyObligation[]
  readonly symptoms: AskedOf | null
}

export function CheckPage(options: CheckPageOptions): JSX.Element {
  const { shell, directory, service, visit, heldUntil, urgencyAsked, obligations, symptoms } = options
  const { t } = shell
  const details = `/rezerwacja/${visit.reference}/dane`
  const change = (key: string, href = details) => [{ href, text: t('ui.change'), hidden: t(`booking-pages.check.${key}`).toLowerCase() }]
  const { name, phone, email } = visit.person
  return (
    <CitizenPage shell={shell} title={t('booking-pages.check.title')} back={details}>
      <h1 class="govuk-heading-xl">{t('booking-pages.check.title')}</h1>
      <HoldNotice heldUntil={heldUntil} />
      <SummaryList
        rows={[
          { key: t('booking-pages.check.service'), value: <FromOffice>{service.name}</FromOffice> },
          {
            key: t('booking-pages.check.when'),
            value: whenText(shell.language, visit.startsAt),
            actions: change('when', `/sprawy/${service.id}/terminy`),
          },
          { key: t('booking-pages.check.where'), value: <FromOffice>{whereText(t, directory, service, visit.roomId)}</FromOffice> },
          {
            key: t('booking-pages.name'),
            value: name ?? t('ui.not-given'),
            actions: [{ href: `${details}#name`, text: t('ui.change'), hidden: t('booking-pages.name').toLowerCase() }],
          },
          {
            key: t('booking-pages.phone'),
            value: phone === null ? t('ui.not-given') : phoneForReading(phone),
            actions: [{ href: `${details}#phone`, text: t('ui.change'), hidden: t('booking-pages.phone').toLowerCase() }],
          },
          {
            key: t('booking-pages.email'),
            value: <span class="okienko-breakable">{email ?? t('ui.not-given')}</span>,
            actions: [{ href: `${details}#email`, text: t('ui.change'), hidden: t('booking-pages.email').toLowerCase() }],
          },
          ...(urgencyAsked
            ? [
                {
                  key: t('booking-pages.urgency.title'),
                  value: t(visit.urgent ? 'booking-pages.urgency.stated' : 'booking-pages.urgency.not-stated'),
                  actions: [{ href: `${details}#urgent`, text: t('ui.change'), hidden: t('booking-pages.urgency.title').toLowerCase() }],
                },
              ]
            : []),
        ]}
      />
      <SafetyBlock obligations={obligations} symptoms={symptoms} />
      <form method="post" action={`/rezerwacja/${visit.reference}/sprawdz`}>
        <IdempotencyField />
        <Button>{t('booking-pages.check.confirm')}</Button>
      </form>
    </CitizenPage>
  )
}
