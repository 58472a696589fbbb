/** Visits that advice spared in the last days, by matter and way: sums for whoever runs the unit. */
import type { JSX } from 'preact'
import type { RemoteChannelName } from '../../regulation/index.js'
import { Table, useWords } from '../../ui/index.js'
import { countedDays, type SparedMatter } from '../advice-count.js'

const columns: readonly RemoteChannelName[] = ['e-delivery', 'epuap', 'email', 'post']

export function SparedVisits({ matters }: { matters: readonly SparedMatter[] }): JSX.Element {
  const t = useWords()
  const sum = matters.reduce((all, each) => all + each.spared, 0)
  return (
    <section aria-labelledby="spared">
      <h2 class="govuk-heading-m" id="spared">
        {t('booking-advice-staff.spared', { days: countedDays })}
      </h2>
      {matters.length === 0 ? (
        <p class="govuk-body">{t('booking-advice-staff.none')}</p>
      ) : (
        <div class="okienko-scroll">
          <Table
            caption={t('booking-advice-staff.sum', { count: sum })}
            head={[
              t('booking-advice-staff.matter'),
              ...columns.map((way) => t(`booking-pages.way.${way}`)),
              t('booking-advice-staff.together'),
              t('booking-advice-staff.papers'),
            ]}
            rows={matters.map(({ service, ways, spared }) => [
              service.name,
              ...columns.map((way) => String(ways.get(way) ?? 0)),
              String(spared),
              String(ways.get('drop-off') ?? 0),
            ])}
          />
        </div>
      )}
      <p class="govuk-body-s">{t('booking-advice-staff.how')}</p>
    </section>
  )
}
