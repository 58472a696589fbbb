/** The administrator's page: who has an account, and which programs hold a token. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import { officeDay } from '../../platform/clock.js'
import { longDay, type Translate } from '../../platform/words.js'
import type { Desk, Directory } from '../../directory/index.js'
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
import { roles, tokenDays, type Account, type AccountSeed, type ApiToken } from '../model.js'

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
            placeOf(t, account, view.office),
            account.closedAt === null ? <AccountActions shell={shell} account={account} /> : t('staff-staff.accounts.closed'),
          ])}
        />
      </div>
      <NewAccountForm shell={shell} view={view} />
      <Tokens shell={shell} view={view} />
    </StaffPage>
  )
}

/** "ul. Wałowa 5, pokój 22, stanowisko 1", the building's address or the unit, as they are called. */
function placeOf(t: Translate, account: Account, office: Directory): string {
  const desk = account.deskId === null ? undefined : office.desksById.get(account.deskId)
  if (desk !== undefined) return deskText(t, desk, office)
  const building = office.buildings.get(account.buildingId ?? '')
  return building?.address ?? office.units.get(account.unitId ?? '')?.name ?? '–'
}

function deskText(t: Translate, desk: Desk, office: Directory): string {
  const room = office.rooms.get(desk.roomId)?.number ?? ''
  const key = /^\d/.test(room) ? 'staff-staff.desk' : 'staff-staff.desk.named'
  return t(key, { building: office.buildings.get(desk.buildingId)?.name ?? '', room, desk: desk.label })
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
        items={[
          nothing,
          ...[...office.buildings.values()].filter(({ closed }) => !closed).map((each) => ({ value: each.id, text: each.address })),
        ]}
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
        items={[nothing, ...[...office.desks.values()].map((each) => ({ value: each.slug, text: deskText(t, each, office) }))]}
      />
      <Button>{t('staff-staff.accounts.make')}</Button>
    </form>
  )
}

function Tokens({ shell, view }: { shell: Shell; view: AccountsView }): JSX.Element {
  const { t } = shell
  return (
    <>
      <NewTokenForm shell={shell} view={view} />
      {view.tokens.length === 0 ? <p class="govuk-body">{t('staff-staff.tokens.none')}</p> : <TokenTable shell={shell} view={view} />}
    </>
  )
}

function NewTokenForm({ shell, view }: { shell: Shell; view: AccountsView }): JSX.Element {
  const { t } = shell
  const open = view.accounts.filter((account) => account.closedAt === null)
  return (
    <form method="post" action="/praca/konta/zmien" class="okienko-column">
      <h2 class="govuk-heading-m">{t('staff-staff.accounts.new-token')}</h2>
      <input type="hidden" name="do" value="token" />
      <Select
        name="account"
        label={t('staff-staff.tokens.rights')}
        items={open.map((account) => ({ value: String(account.id), text: `${account.login}, ${account.name}` }))}
      />
      <Select
        name="dni"
        label={t('staff-staff.tokens.works')}
        items={tokenDays.map((days) => ({ value: String(days), text: t('staff-staff.tokens.days', { days }) }))}
      />
      <Button kind="secondary">{t('staff-staff.tokens.make')}</Button>
    </form>
  )
}

function TokenTable({ shell, view }: { shell: Shell; view: AccountsView }): JSX.Element {
  const { t } = shell
  const loginOf = new Map(view.accounts.map((account) => [account.id, account.login]))
  const day = (at: Temporal.Instant | null): string => (at === null ? t('staff-staff.tokens.no-end') : longDay(t.language, officeDay(at)))
  return (
    <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('staff-staff.tokens')}>
      <Table
        caption={t('staff-staff.tokens')}
        head={[
          t('staff-staff.tokens.for'),
          t('staff-staff.login'),
          t('staff-staff.tokens.made'),
          t('staff-staff.tokens.until'),
          t('staff-staff.accounts.actions'),
        ]}
        rows={view.tokens.map((token) => [
          token.name,
          loginOf.get(token.accountId) ?? '–',
          day(token.createdAt),
          day(token.expiresAt),
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
