/** Signing in, and setting a password by a one-time link. Pasting is allowed; nothing to solve. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import { Button, decisionSentence, errorAt, NotificationBanner, StaffPage, TextInput, WarningText, type Shell } from '../../ui/index.js'

export interface SignInView {
  readonly login: string
  /** Page to go back to. */
  readonly back: string
  readonly refusal: Refused | null
  /** What happened before: a form sent after the session ended, or the desk of whoever signed out. */
  readonly said: 'form-lost' | 'closed' | 'client-at-desk' | null
}

export function SignInPage({ shell, view }: { shell: Shell; view: SignInView }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('staff-staff.sign-in')}>
      <div class="okienko-column">
        {view.said !== null && <NotificationBanner text={t(`staff-staff.sign-in.${view.said}`)} />}
        {view.refusal !== null && <WarningText>{decisionSentence(t, 'staff', view.refusal)}</WarningText>}
        <h1 class="govuk-heading-l">{t('staff-staff.sign-in')}</h1>
        <form method="post" action="/praca/logowanie" novalidate>
          <input type="hidden" name="powrot" value={view.back} />
          <TextInput
            name="login"
            label={t('staff-staff.login')}
            value={view.login}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            classes="govuk-input--width-20"
          />
          <TextInput
            name="password"
            type="password"
            label={t('staff-staff.password')}
            autocomplete="current-password"
            classes="govuk-input--width-20"
          />
          <Button>{t('staff-staff.sign-in.button')}</Button>
        </form>
        <p class="govuk-body">{t('staff-staff.sign-in.help')}</p>
      </div>
    </StaffPage>
  )
}

export function PasswordPage({ shell, login, errors }: { shell: Shell; login: string; errors: readonly FieldError[] }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('staff-staff.set-password')} errors={errors}>
      <div class="okienko-column">
        <h1 class="govuk-heading-l">{t('staff-staff.set-password')}</h1>
        <form method="post" action="/praca/haslo" novalidate>
          <TextInput name="login" label={t('staff-staff.login')} value={login} autocomplete="username" classes="govuk-input--width-20" />
          <TextInput
            name="password"
            type="password"
            label={t('staff-staff.password.new')}
            hint={t('staff-staff.password.hint')}
            error={errorAt(t, errors, 'password')}
            autocomplete="new-password"
            classes="govuk-input--width-20"
          />
          <TextInput
            name="repeated"
            type="password"
            label={t('staff-staff.password.again')}
            error={errorAt(t, errors, 'repeated')}
            autocomplete="new-password"
            classes="govuk-input--width-20"
          />
          <Button>{t('staff-staff.set-password.button')}</Button>
        </form>
      </div>
    </StaffPage>
  )
}

export function LinkEndedPage({ shell }: { shell: Shell }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('staff-staff.refused.link-ended')}>
      <h1 class="govuk-heading-l">{t('staff-staff.refused.link-ended')}</h1>
      <p class="govuk-body">{t('staff-staff.link-ended.next')}</p>
    </StaffPage>
  )
}
