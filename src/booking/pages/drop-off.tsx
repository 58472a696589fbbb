/** Leaving papers: no booking, nothing to bring or to pay that is known beforehand; where and until when. */
import type { JSX } from 'preact'
import { contactHref, hoursAsOf, nameIn, type Directory, type Service } from '../../directory/index.js'
import { holidayName, type DayHours } from '../../regulation/index.js'
import { minuteTime } from '../../platform/words.js'
import { BasisLine, CitizenPage, Details, Unbroken, type Shell } from '../../ui/index.js'
import type { Decision } from '../../platform/decision.js'
import { KnownOf } from './known.js'
import { NameHeading } from './names.js'
import { FromOffice, ServiceFacts } from './parts.js'

export interface DropOffPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  /** The regulation's answer to one who would book it: not booked, and on what that rests. */
  readonly decision: Decision
  readonly hours: DayHours
  readonly day: Temporal.PlainDate
}

export function DropOffPage({ shell, directory, service, decision, hours, day }: DropOffPageOptions): JSX.Element {
  const { t } = shell
  const address = directory.buildings.get(service.buildingId)?.address ?? directory.office.address
  const asOf = hoursAsOf(directory, hours)
  return (
    <CitizenPage shell={shell} title={nameIn(t, service)} back="/sprawy">
      <NameHeading of={service} />
      <p class="govuk-body-l">
        <Unbroken text={t('decision.next.drop-off', { address: t.polish(address) })} />
      </p>
      <BasisLine basis={decision.basis} />
      <p class="govuk-body">{t('booking-pages.drop-off.receipt')}</p>
      <ServiceFacts service={service} day={day} />
      <h2 class="govuk-heading-m">{t('directory.contacts.hours')}</h2>
      <p class="govuk-body">
        {hoursText(t, hours)}
        {asOf !== null && (
          <>
            {' '}
            (<FromOffice>{asOf}</FromOffice>)
          </>
        )}
      </p>
      <BasisLine basis={hours.basis} />
      <p class="govuk-body">
        <a class="govuk-link" href={contactHref(service.unitId)}>
          {t('booking-pages.drop-off.contact')}
        </a>
      </p>
      <Details summary={t('booking-pages.known')}>
        <KnownOf directory={directory} service={service} />
      </Details>
    </CitizenPage>
  )
}

function hoursText(t: Shell['t'], hours: DayHours): string {
  if (hours.intervals.length > 0) return hours.intervals.map(({ from, to }) => `${minuteTime(from)}–${minuteTime(to)}`).join(', ')
  return hours.code === 'day-off'
    ? t('directory.contacts.hours.day-off', { name: holidayName(t, hours.provision ?? '', hours.name ?? '') })
    : t(`directory.contacts.hours.${hours.code === 'unknown' ? 'unknown' : 'closed'}`)
}
