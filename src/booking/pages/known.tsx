/** What the office knows of a matter and from where; what no source says is said to be unknown, with whom to ask. */
import type { ComponentChildren, JSX } from 'preact'
import { payAfterFiling, type Directory, type Service } from '../../directory/index.js'
import { PhoneLink, SummaryList, useWords, type SummaryRow } from '../../ui/index.js'
import { FromOffice } from './parts.js'

/** Signature, kind of case and presence, then where the rest of the page comes from. */
export function KnownOf({ directory, service }: { directory: Directory; service: Service }): JSX.Element {
  const t = useWords()
  const units = directory.unitAndParents(service.unitId)
  const phone = units.find((unit) => unit.phones.length > 0)?.phones[0] ?? directory.office.phone
  const answer = (key: 'signature' | 'case-kind' | 'presence', { value, source }: Service['signature' | 'caseKind']): SummaryRow => ({
    key: t(`booking-pages.known.${key}`),
    value:
      value === 'unknown' ? (
        <>
          {t('booking-pages.known.unknown')} <PhoneLink phone={phone} />
        </>
      ) : (
        <>
          {t(`booking-pages.known.${key}.${value}`)}
          <Source source={source} />
        </>
      ),
  })
  const from = (key: 'matter' | 'bring' | 'fees' | 'facts', sources: readonly (string | null)[]): SummaryRow[] => {
    const named = [...new Set(sources.filter((source) => source !== null))]
    return named.length === 0
      ? []
      : [
          {
            key: t(`booking-pages.known.${key}`),
            value: named.map((source) => <Source source={source} />),
          },
        ]
  }
  const rows = service.dropOff
    ? []
    : [
        answer('signature', service.signature),
        answer('case-kind', service.caseKind),
        answer('presence', service.presence),
        ...from('bring', service.bring.length > 0 ? [service.bringSource] : []),
        ...from('fees', [...service.fees.map((fee) => fee.source), payAfterFiling(directory, service)?.source ?? null]),
      ]
  return (
    <SummaryList
      rows={[
        service.source === null
          ? { key: t('booking-pages.known.matter'), value: t('booking-pages.known.assumed') }
          : { key: t('booking-pages.known.matter'), value: <Source source={service.source} /> },
        ...rows,
        ...from(
          'facts',
          service.facts.map((fact) => fact.source),
        ),
      ]}
    />
  )
}

/** A page by the name of its site, or an act by its name; nothing written here without either. */
function Source({ source }: { source: string | null }): JSX.Element {
  const t = useWords()
  return (
    <div class="okienko-breakable">
      {t('booking-pages.known.source')} {source === null ? t('booking-pages.known.assumed') : <Named source={source} />}
    </div>
  )
}

function Named({ source }: { source: string }): ComponentChildren {
  if (!URL.canParse(source)) return <FromOffice>{source}</FromOffice>
  return (
    <a class="govuk-link" href={source} rel="noreferrer">
      {new URL(source).hostname.replace(/^www\./, '')}
    </a>
  )
}
