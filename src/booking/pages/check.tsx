/** Check the answers before booking: what, where, when, who; what holds on that day; what to do when ill. */
import type { JSX } from 'preact'
import type { Directory, Service } from '../../directory/index.js'
import { phoneForReading } from '../../platform/words.js'
import type { Visit } from '../../visit/index.js'
import type { AskedOf, SafetyObligation } from '../../regulation/index.js'
import { Button, CitizenPage, IdempotencyField, SummaryList, type Shell } from '../../ui/index.js'
import { HoldNotice, type KeptTime } from './details.js'
import { NeedsNotes } from './needs.js'
import { needsText, SafetyBlock, visitRows, whenText, whereText } from './parts.js'

export interface CheckPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  readonly visit: Visit
  readonly kept: KeptTime
  /** Where another time is chosen, with the way back here. */
  readonly times: string
  readonly urgencyAsked: boolean
  readonly obligations: readonly SafetyObligation[]
  readonly symptoms: AskedOf | null
  readonly now: Temporal.Instant
}

export function CheckPage(options: CheckPageOptions): JSX.Element {
  const { shell, directory, service, visit, kept, times, urgencyAsked, obligations, symptoms, now } = options
  const { t } = shell
  const details = `/rezerwacja/${visit.reference}/dane`
  const change = (key: string, href: string) => [
    {
      href,
      text: (
        <>
          {t('ui.change')}
          <span class="govuk-visually-hidden">:</span>
        </>
      ),
      hidden: t(key).toLowerCase(),
    },
  ]
  const { name, phone, email } = visit.person
  return (
    <CitizenPage shell={shell} title={t('booking-pages.check.title')} back={details}>
      <h1 class="govuk-heading-xl">{t('booking-pages.check.title')}</h1>
      <HoldNotice kept={kept} />
      <SummaryList
        rows={[
          ...visitRows(t, directory, visit, change('booking-pages.check.persons', times)),
          {
            key: t('booking-pages.check.when'),
            value: whenText(shell.language, visit.startsAt),
            actions: change('booking-pages.check.when', times),
          },
          {
            key: t('booking-pages.check.where'),
            value: whereText(t, directory, service, visit.roomId, visit.buildingId),
          },
          {
            key: t('booking-pages.name'),
            value: name ?? t('ui.not-given'),
            actions: change('booking-pages.name', `${details}#name`),
          },
          {
            key: t('booking-pages.phone'),
            value: phone === null ? t('ui.not-given') : phoneForReading(phone),
            actions: change('booking-pages.phone', `${details}#phone`),
          },
          {
            key: t('booking-pages.email'),
            value: <span class="okienko-breakable">{email ?? t('ui.not-given')}</span>,
            actions: change('booking-pages.email', `${details}#email`),
          },
          {
            key: t('booking-pages.needs.title'),
            value: needsText(t, visit),
            actions: change('booking-pages.needs.title', `${details}#needs`),
          },
          ...(visit.onBehalf
            ? [
                {
                  key: t('booking-pages.behalf.title'),
                  value: t('booking-pages.behalf.said'),
                  actions: change('booking-pages.behalf.title', `${details}#behalf`),
                },
              ]
            : []),
          ...(urgencyAsked
            ? [
                {
                  key: t('booking-pages.check.urgency'),
                  value: t(visit.urgent ? 'booking-pages.urgency.stated' : 'booking-pages.urgency.not-stated'),
                  actions: change('booking-pages.check.urgency', `${details}#urgent`),
                },
              ]
            : []),
        ]}
      />
      <NeedsNotes visit={visit} directory={directory} now={now} />
      <SafetyBlock obligations={obligations} symptoms={symptoms} selfCheck />
      <form method="post" action={`/rezerwacja/${visit.reference}/sprawdz`}>
        <IdempotencyField />
        <Button>{t('booking-pages.check.confirm')}</Button>
      </form>
    </CitizenPage>
  )
}
