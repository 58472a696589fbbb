/** What this person may do here. */
import type { JSX } from 'preact'
import { groupedLinks, InsetText, NotificationBanner, StaffPage, type Shell } from '../../ui/index.js'
import type { MenuItem, Notice } from '../links.js'

export interface MenuOptions {
  readonly shell: Shell
  readonly items: readonly MenuItem[]
  /** What waits for the person. */
  readonly notices: readonly Notice[]
  /** A page on which a mail to the office can be written, while the demonstration has one. */
  readonly writing: string | null
  /** Why the person was led here instead of where they wanted; null when they came by themselves. */
  readonly notYours: 'not-your-role' | 'not-your-desk' | null
}

export function MenuPage({ shell, items, notices, writing, notYours }: MenuOptions): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('staff-staff.menu')} links={items}>
      {notYours !== null && <NotificationBanner text={t(`staff.refused.${notYours}`)} />}
      <h1 class="govuk-heading-l">{t('staff-staff.menu')}</h1>
      {notices.length > 0 && (
        <NotificationBanner title={t('staff-staff.menu.waits')} titleId="waits">
          <ul class="govuk-list">
            {notices.map(({ href, text }) => (
              <li>
                <a class="govuk-notification-banner__link" href={href}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </NotificationBanner>
      )}
      <div class="okienko-index">
        {groupedLinks(items).map(([name, group], index) => (
          <section class="okienko-index__group" aria-labelledby={`dzial-${index}`}>
            <h2 class="govuk-heading-m" id={`dzial-${index}`}>
              {name}
            </h2>
            <ul class="govuk-list">
              {group.map((item) => (
                <li>
                  <a class="govuk-link okienko-index__link" href={item.href}>
                    {item.text}
                  </a>
                  <p class="govuk-body">{item.hint}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {writing !== null && items.some(({ href }) => href === '/praca/poczta') && (
        <InsetText>
          {t('staff-staff.menu.try-mail')}{' '}
          <a class="govuk-link" href={writing}>
            {t('staff-staff.menu.try-mail.link')}
          </a>
        </InsetText>
      )}
    </StaffPage>
  )
}
