/** Asks once more before an account is closed: it is for good. */
import type { JSX } from 'preact'
import { Button, StaffPage, type Shell, type StaffLink } from '../../ui/index.js'
import type { Account } from '../model.js'

export interface CloseAccountOptions {
  readonly shell: Shell
  readonly links: readonly StaffLink[]
  readonly account: Account
}

export function CloseAccountPage({ shell, links, account }: CloseAccountOptions): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('staff-staff.close')} links={links} back="/praca/konta">
      <h1 class="govuk-heading-l">{t('staff-staff.close')}</h1>
      <p class="govuk-body">
        <strong>{account.name}</strong>, {account.login}
      </p>
      <p class="govuk-body">{t('staff-staff.close.what')}</p>
      <form method="post" action="/praca/konta/zmien">
        <input type="hidden" name="account" value={account.id} />
        <Button kind="warning" name="do" value="close-for-good">
          {t('staff-staff.accounts.close')}
        </Button>
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href="/praca/konta">
          {t('staff-staff.close.keep')}
        </a>
      </p>
    </StaffPage>
  )
}
