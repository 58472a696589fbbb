/** A matter this office does not handle: who does, and where. Nobody comes in vain. */
import type { JSX } from 'preact'
import { nameIn, type Elsewhere } from '../../directory/index.js'
import { CitizenPage, InsetText, PhoneLink, SummaryList, Unbroken, type Shell, type SummaryRow } from '../../ui/index.js'
import { NameHeading } from './names.js'
import { FromOffice } from './parts.js'

export function ElsewherePage({ shell, matter }: { shell: Shell; matter: Elsewhere }): JSX.Element {
  const { t } = shell
  const row = (key: 'who' | 'where' | 'phone' | 'website' | 'source', value: SummaryRow['value']): SummaryRow => ({
    key: t(`booking-advice.elsewhere.${key}`),
    value,
  })
  return (
    <CitizenPage shell={shell} title={nameIn(t, matter)} back="/sprawy">
      <NameHeading of={matter} />
      <InsetText>
        <p class="govuk-body">{t('booking-advice.elsewhere.not-here')}</p>
      </InsetText>
      <SummaryList
        rows={[
          row('who', <FromOffice>{matter.who}</FromOffice>),
          row(
            'where',
            matter.where === null ? (
              t('booking-advice.elsewhere.unknown')
            ) : (
              <FromOffice>
                <Unbroken text={matter.where} />
              </FromOffice>
            ),
          ),
          ...(matter.phone === null ? [] : [row('phone', <PhoneLink phone={matter.phone} />)]),
          ...(matter.website === null ? [] : [row('website', <Site url={matter.website} />)]),
          row('source', URL.canParse(matter.source) ? <Site url={matter.source} /> : <FromOffice>{matter.source}</FromOffice>),
        ]}
      />
      <p class="govuk-body">{t('booking-advice.elsewhere.check')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/sprawy">
          {t('booking-pages.services.all')}
        </a>
      </p>
    </CitizenPage>
  )
}

function Site({ url }: { url: string }): JSX.Element {
  return (
    <a class="govuk-link okienko-breakable" href={url} rel="noreferrer">
      {new URL(url).hostname.replace(/^www\./, '')}
    </a>
  )
}
