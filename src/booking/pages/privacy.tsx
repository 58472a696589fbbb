/** What the office does with personal data: the same words as beside the forms, as a page of its own. */
import type { JSX } from 'preact'
import type { Office } from '../../directory/index.js'
import { CitizenPage, type Shell } from '../../ui/index.js'
import { PrivacyText } from './details.js'

export function PrivacyPage({ shell, office }: { shell: Shell; office: Office }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('booking-pages.privacy.title')} back="/">
      <h1 class="govuk-heading-xl">{t('booking-pages.privacy.title')}</h1>
      {office.privacy.assumed && <p class="govuk-body">{t('booking-pages.privacy.assumed')}</p>}
      <PrivacyText office={office} />
    </CitizenPage>
  )
}
