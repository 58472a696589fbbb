/** What this person may do here. */
import type { JSX } from 'preact'
import { NotificationBanner, StaffPage, type Shell } from '../../ui/index.js'
import type { MenuItem } from '../links.js'

export function MenuPage({ shell, items, notYours }: { shell: Shell; items: readonly MenuItem[]; notYours: boolean }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('staff-staff.menu')} links={items}>
      {notYours && <NotificationBanner text={t('staff.refused.not-your-role')} />}
      <h1 class="govuk-heading-l">{t('staff-staff.menu')}</h1>
      <ul class="govuk-list">
        {items.map((item) => (
          <li>
            <h2 class="govuk-heading-m govuk-!-margin-bottom-1">
              <a class="govuk-link" href={item.href}>
                {item.text}
              </a>
            </h2>
            <p class="govuk-body">{item.hint}</p>
          </li>
        ))}
      </ul>
    </StaffPage>
  )
}
