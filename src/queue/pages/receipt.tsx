/** The receipt of documents left at the office, to be printed and handed over. Nothing personal. */
import type { JSX } from 'preact'
import { longDay, wallTime } from '../../platform/words.js'
import { officeDay } from '../../platform/clock.js'
import { StaffPage, SummaryList, type Shell } from '../../ui/index.js'
import type { Building, Desk, Service } from '../../directory/index.js'
import type { Visit } from '../../visit/index.js'
import { spacedTicket } from '../tickets.js'
import { deskAddress } from './desk.js'

export interface ReceiptOptions {
  readonly shell: Shell
  readonly visit: Visit
  readonly desk: Desk
  readonly building: Building | undefined
  readonly service: Service | undefined
}

export function ReceiptPage({ shell, visit, desk, building, service }: ReceiptOptions): JSX.Element {
  const { t, language } = shell
  const at = visit.arrivedAt ?? visit.startsAt
  return (
    <StaffPage shell={shell} title={t('queue-staff.receipt.title')} back={deskAddress(desk.slug)}>
      <h1 class="govuk-heading-l">{t('queue-staff.receipt.title')}</h1>
      <p class="okienko-reference">{visit.receipt}</p>
      <SummaryList
        rows={[
          { key: t('queue-staff.receipt.office'), value: shell.officeName },
          { key: t('queue-staff.receipt.place'), value: building?.address ?? '' },
          { key: t('queue-staff.receipt.when'), value: `${longDay(language, officeDay(at))}, ${wallTime(at)}` },
          { key: t('queue-staff.receipt.what'), value: service?.name ?? visit.serviceId },
          { key: t('queue-staff.receipt.ticket'), value: spacedTicket(visit.ticket ?? '') },
        ]}
      />
      <p class="govuk-body">{t('queue-staff.receipt.note')}</p>
      <p class="govuk-body okienko-print-only okienko-signature">{t('queue-staff.receipt.signature')}</p>
      {shell.clockText !== null && <p class="govuk-body okienko-print-only">{t('queue-staff.receipt.demonstration')}</p>}
      <button type="button" class="govuk-button" data-print="" hidden>
        {t('queue-staff.receipt.print')}
      </button>
    </StaffPage>
  )
}
