/** The first page: what a person can do here, the matter first. */
import type { JSX } from 'preact'
import type { Directory } from '../../directory/index.js'
import { CitizenPage, LinkButton, PhoneLink, type Shell } from '../../ui/index.js'
import { LifeEvents, SearchForm } from './services.js'

export function HomePage({ shell, directory }: { shell: Shell; directory: Directory }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('booking-pages.home.title')} feed>
      <h1 class="govuk-heading-xl">{t('booking-pages.home.title')}</h1>
      <p class="govuk-body-l">{t('booking-pages.home.lead')}</p>
      <SearchForm t={t} typed="" />
      <LinkButton href="/sprawy" start>
        {t('booking-pages.home.start')}
      </LinkButton>
      <LifeEvents t={t} events={[...directory.lifeEvents.values()]} />
      <h2 class="govuk-heading-m">{t('booking-pages.home.have-visit')}</h2>
      <p class="govuk-body">
        <a class="govuk-link" href="/wizyta">
          {t('booking-pages.home.manage')}
        </a>
      </p>
      <h2 class="govuk-heading-m">{t('booking-pages.home.other')}</h2>
      <p class="govuk-body">
        {t('booking-pages.home.call')} <PhoneLink phone={shell.officePhone} />
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href="/kontakt">
          {t('booking-pages.home.contacts')}
        </a>
      </p>
    </CitizenPage>
  )
}
