/** Which building's screen to show: for whoever sets one up. */
import type { JSX } from 'preact'
import { CitizenPage, type Shell } from '../../ui/index.js'
import type { Building } from '../../directory/index.js'

export function ScreensPage({ shell, buildings }: { shell: Shell; buildings: readonly Building[] }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('display.screens')}>
      <h1 class="govuk-heading-l">{t('display.screens')}</h1>
      <ul class="govuk-list">
        {buildings.map((building) => (
          <li>
            <a class="govuk-link" href={`/ekran/${encodeURIComponent(building.id)}`}>
              {t.polish(building.name)}
            </a>
          </li>
        ))}
      </ul>
    </CitizenPage>
  )
}
