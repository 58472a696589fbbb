/** All matters by unit, or those whose words fit what was typed; Polish letters may be left out. */
import type { JSX } from 'preact'
import type { Translate } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import { Button, CitizenPage, TextInput, type Shell } from '../../ui/index.js'
import { searchServices } from '../search.js'
import { FromOffice } from './parts.js'

export function ServicesPage({ shell, directory, typed }: { shell: Shell; directory: Directory; typed: string }): JSX.Element {
  const { t } = shell
  const found = searchServices(directory, typed)
  const units = [...Map.groupBy(found, (service) => service.unitId)]
  return (
    <CitizenPage shell={shell} title={t('booking-pages.services.title')} back="/">
      <h1 class="govuk-heading-xl">{t('booking-pages.services.title')}</h1>
      <SearchForm t={t} typed={typed} />
      {typed.trim() !== '' && (
        <p class="govuk-body" role="status">
          {t('booking-pages.services.found', { count: found.length })}
        </p>
      )}
      {found.length === 0 && (
        <p class="govuk-body">
          {t('booking-pages.services.none')}{' '}
          <a class="govuk-link" href="/sprawy">
            {t('booking-pages.services.all')}
          </a>
        </p>
      )}
      {units.map(([unitId, services]) => (
        <section>
          <h2 class="govuk-heading-m">
            <FromOffice>
              {directory
                .unitAndParents(unitId)
                .toReversed()
                .map((unit) => unit.name)
                .join(' – ')}
            </FromOffice>
          </h2>
          <ul class="govuk-list okienko-services">
            {services.map((service) => (
              <li>
                <a class="govuk-link" href={`/sprawy/${service.id}`}>
                  <FromOffice>{service.name}</FromOffice>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </CitizenPage>
  )
}

export function SearchForm({ t, typed }: { t: Translate; typed: string }): JSX.Element {
  return (
    <form method="get" action="/sprawy" role="search" class="okienko-search" noValidate>
      <TextInput name="q" type="search" label={t('booking-pages.search')} hint={t('booking-pages.search.hint')} value={typed} />
      <Button kind="secondary">{t('booking-pages.search.button')}</Button>
    </form>
  )
}
