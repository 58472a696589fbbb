/** The chosen way without a visit, in full and ready for paper: where to, what to write, what to add, what to pay. */
import type { JSX } from 'preact'
import { nameIn, type Directory, type Service } from '../../directory/index.js'
import type { Advice, Way } from '../../regulation/index.js'
import { BasisLine, CitizenPage, Unbroken, type Shell } from '../../ui/index.js'
import { Handled } from './advice.js'
import { Fees } from './fees.js'
import { BringList, FromOffice, ServiceFacts } from './parts.js'
import { WayAddress } from './ways.js'

export interface WithoutVisitPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  readonly way: Way
  readonly advice: Advice
  readonly day: Temporal.PlainDate
}

export function WithoutVisitPage({ shell, directory, service, way, advice, day }: WithoutVisitPageOptions): JSX.Element {
  const { t } = shell
  const title = t(`booking-advice.chosen.${way.channel}`)
  const papers = [...directory.services.values()].find((each) => each.dropOff && !each.closed)
  return (
    <CitizenPage shell={shell} title={title} back={`/sprawy/${service.id}`} scripts={['copy.js']}>
      <p class="govuk-body okienko-print-only" lang="pl">
        <strong>{shell.officeName}</strong>
      </p>
      <h1 class="govuk-heading-xl">
        <Unbroken text={title} />
      </h1>
      <p class="govuk-body-l">{nameIn(t, service)}</p>
      <h2 class="govuk-heading-m">{t('booking-advice.where-to')}</h2>
      <WayAddress way={way} />
      {way.channel === 'drop-off' && papers !== undefined && (
        <p class="govuk-body okienko-screen-only">
          <a class="govuk-link" href={`/sprawy/${papers.id}`}>
            {t('booking-advice.drop-off.hours')}
          </a>
        </p>
      )}
      <BasisLine basis={way.basis} />
      <h2 class="govuk-heading-m">{t('booking-advice.write')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          {t('booking-advice.write.matter')} <FromOffice>{service.name}</FromOffice>
        </li>
        <li>{t('booking-advice.write.what')}</li>
        <li>{t('booking-advice.write.who')}</li>
        {way.signed && <li>{t(isPaper(way) ? 'booking-advice.write.signature' : 'booking-advice.write.signature.electronic')}</li>}
      </ul>
      <ServiceFacts service={service} day={day} />
      <BringList service={service} remote />
      <Fees directory={directory} service={service} advice={advice} day={day} unfolded />
      <Handled directory={directory} service={service} />
      <p class="govuk-body okienko-screen-only">
        <button type="button" class="govuk-button govuk-button--secondary" data-print="" hidden>
          {t('booking-advice.print')}
        </button>{' '}
        {t('booking-advice.print.hint')}
      </p>
      <p class="govuk-body okienko-screen-only">{t('booking-advice.counted')}</p>
      <p class="govuk-body okienko-screen-only">
        <a class="govuk-link" href={`/sprawy/${service.id}`}>
          {t('booking-advice.other-way')}
        </a>
      </p>
    </CitizenPage>
  )
}

function isPaper(way: Way): boolean {
  return way.channel === 'post' || way.channel === 'drop-off'
}
