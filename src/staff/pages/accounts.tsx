/** The administrator's page: who has an account, and which programs hold a token. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import {
  Button,
  Checkboxes,
  decisionSentence,
  errorAt,
  InsetText,
  Select,
  StaffPage,
  Table,
  TextInput,
  WarningText,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import { roles, type Account, type AccountSeed, type ApiToken } from '../model.js'

export interface AccountsView {
  readonly accounts: readonly Account[]
  readonly tokens: readonly ApiToken[]
  readonly office: Directory
  readonly links: readonly StaffLink[]
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
  /** What was typed, to be corrected. */
  readonly typed: AccountSeed | null
  /** A link or token made just now: shown here and never again. */
  readonly secret: { readonly kind: 'link' | 'token'; readonly text: string; readonly whose: string } | null
}

export function AccountsPage({ shell, view }: { shell: Shell; view: AccountsView }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('staff-staff.accounts')} links={view.links} errors={view.errors}>
      {view.refusal !== null && <WarningText>{decisionSentence(t, 'staff', view.refusal)}</WarningText>}
      <h1 class="govuk-heading-l">{t('staff-staff.accounts')}</h1>
      {view.secret !== null && (
        <InsetText>
          <p class="govuk-body">{t(`staff-staff.accounts.${view.secret.kind}-made`, { whose: view.secret.whose })}</p>
          <p class="govuk-body">
            <code class="okienko-breakable">{view.secret.text}</code>
          </p>
        </InsetText>
      )}
      <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('staff-staff.accounts.list')}>
        <Table
          caption={t('staff-staff.accounts.list')}
          head={[
            t('staff-staff.login'),
            t('staff-staff.name'),
            t('staff-staff.roles'),
            t('staff-staff.place'),
            t('staff-staff.accounts.actions'),
          ]}
          rows={view.accounts.map((account) => [
            account.login,
            account.name,
            account.roles.map((role) => t(`staff-staff.role.${role}`)).join(', '),
            placeOf(account, view.office),
            account.closedAt === null ? <AccountActions shell={shell} account={account} /> : t('staff-staff.accounts.closed'),
          ])}
        />
      </div>
      <NewAccountForm shell={shell} view={view} />
      <Tokens shell={shell} view={view} />
    </StaffPage>
  )
}

function placeOf(account: Account, office: Directory): string {
  const desk = account.deskId === null ? undefined : office.desksById.get(account.deskId)
  return desk?.slug ?? account.buildingId ?? account.unitId ?? '–'
}

function AccountActions({ shell, account }: { shell: Shell; account: Account }): JSX.Element {
  const { t } = shell
  return (
    <form method="post" action="/praca/konta/zmien">
      <input type="hidden" name="account" value={account.id} />
      <Button kind="secondary" name="do" value="link" classes="govuk-!-margin-bottom-1">
        {t(account.hasPassword ? 'staff-staff.accounts.new-password' : 'staff-staff.accounts.new-link')}
        <span class="govuk-visually-hidden"> {account.login}</span>
      </Button>{' '}
      <Button kind="secondary" name="do" value="token" classes="govuk-!-margin-bottom-1">
        {t('staff-staff.accounts.new-token')}
        <span class="govuk-visually-hidden"> {account.login}</span>
      </Button>{' '}
      <Button kind="warning" name="do" value="close" classes="govuk-!-margin-bottom-1">
        {t('staff-staff.accounts.close')}
        <span class="govuk-visually-hidden"> {account.login}</span>
      </Button>
    </form>
  )
}

function NewAccountForm({ shell, view }: { shell: Shell; view: AccountsView }): JSX.Element {
  const { t } = shell
  const { typed, errors, office } = view
  const nothing = { value: '', text: t('staff-staff.place.none') }
  return (
    <form method="post" action="/praca/konta" novalidate class="okienko-column">
      <h2 class="govuk-heading-m">{t('staff-staff.accounts.new')}</h2>
      <TextInput
        name="login"
        label={t('staff-staff.login')}
        value={typed?.login ?? ''}
        error={errorAt(t, errors, 'login')}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
      <TextInput
        name="name"
        label={t('staff-staff.name')}
        value={typed?.name ?? ''}
        error={errorAt(t, errors, 'name')}
        autocomplete="off"
      />
      <Checkboxes
        name="roles"
        fieldset={{ legend: t('staff-staff.roles') }}
        error={errorAt(t, errors, 'roles')}
        values={typed?.roles ?? []}
        items={roles.map((role) => ({ value: role, text: t(`staff-staff.role.${role}`), hint: t(`staff-staff.role.${role}.hint`) }))}
      />
      <Select
        name="building"
        label={t('staff-staff.place.building')}
        value={typed?.buildingId ?? ''}
        items={[nothing, ...[...office.buildings.values()].map((each) => ({ value: each.id, text: each.address }))]}
      />
      <Select
        name="unit"
        label={t('staff-staff.place.unit')}
        value={typed?.unitId ?? ''}
        items={[nothing, ...[...office.units.values()].map((each) => ({ value: each.id, text: each.name }))]}
      />
      <Select
        name="desk"
        label={t('staff-staff.place.desk')}
        value={typed?.desk ?? ''}
        items={[nothing, ...[...office.desks.values()].map((each) => ({ value: each.slug, text: each.slug }))]}
      />
      <Button>{t('staff-staff.accounts.make')}</Button>
    </form>
  )
}

function Tokens({ shell, view }: { shell: Shell; view: AccountsView }): JSX.Element {
  const { t } = shell
  if (view.tokens.length === 0) return <p class="govuk-body">{t('staff-staff.tokens.none')}</p>
  const loginOf = new Map(view.accounts.map((account) => [account.id, account.login]))
  return (
    <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('staff-staff.tokens')}>
      <Table
        caption={t('staff-staff.tokens')}
        head={[t('staff-staff.tokens.for'), t('staff-staff.login'), t('staff-staff.accounts.actions')]}
        rows={view.tokens.map((token) => [
          token.name,
          loginOf.get(token.accountId) ?? '–',
          <form method="post" action="/praca/konta/token">
            <input type="hidden" name="token" value={token.id} />
            <Button kind="secondary" classes="govuk-!-margin-bottom-1">
              {t('staff-staff.tokens.withdraw')}
              <span class="govuk-visually-hidden"> {token.name}</span>
            </Button>
          </form>,
        ])}
      />
    </div>
  )
}
