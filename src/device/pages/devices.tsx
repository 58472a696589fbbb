/** The devices of the office: what each is, when it was last seen, what is wrong, and a form for a new one. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { officeDay } from '../../platform/clock.js'
import { longDay, wallTime } from '../../platform/words.js'
import { Button, errorAt, InsetText, Radios, Select, StaffPage, Table, Tag, TextInput, type Shell, type StaffLink } from '../../ui/index.js'
import type { Directory } from '../../directory/index.js'
import { deviceKinds, pairingMinutes, type Device } from '../model.js'
import { paperWayOf, paperWays, spacedCode } from '../rules.js'
import { DeviceTroubles } from './troubles.js'

export interface DevicesView {
  readonly devices: readonly Device[]
  readonly office: Directory
  readonly links: readonly StaffLink[]
  /** May make, change and revoke; else only looks. */
  readonly mayChange: boolean
  readonly errors: readonly FieldError[]
  readonly typed: Readonly<Record<'kind' | 'name' | 'building' | 'paper' | 'printer', string>>
  /** A code made just now: shown here and never again. */
  readonly pairing: { readonly device: Device; readonly code: string } | null
  /** The machine's time: devices are seen and codes end by it. */
  readonly machineNow: Temporal.Instant
}

export function DevicesPage({ shell, view }: { shell: Shell; view: DevicesView }): JSX.Element {
  const { t } = shell
  const inUse = view.devices.filter((device) => device.revokedAt === null)
  return (
    <StaffPage shell={shell} title={t('device-staff.devices')} links={view.links} errors={view.errors}>
      <h1 class="govuk-heading-l">{t('device-staff.devices')}</h1>
      {view.pairing !== null && <Pairing shell={shell} pairing={view.pairing} />}
      <DeviceTroubles devices={inUse.filter((device) => device.trouble !== null || device.clockOffMinutes !== null)} office={view.office} />
      {inUse.length === 0 ? (
        <p class="govuk-body">{t('device-staff.none')}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('device-staff.list')}>
          <Table
            caption={t('device-staff.list')}
            head={['name', 'kind', 'building', 'state', 'equipment', 'actions'].map((each) => t(`device-staff.${each}`))}
            rows={inUse.map((device) => [
              device.name,
              t(`device-staff.kind.${device.kind}`),
              view.office.buildings.get(device.buildingId)?.name ?? device.buildingId,
              <State shell={shell} device={device} machineNow={view.machineNow} />,
              device.kind === 'kiosk' ? (
                <PrinterCell shell={shell} device={device} />
              ) : device.kind === 'display' ? (
                <ScreenCell shell={shell} device={device} />
              ) : (
                t('device-staff.printer.no')
              ),
              view.mayChange ? <Actions shell={shell} device={device} /> : t('device-staff.actions.administrator'),
            ])}
          />
        </div>
      )}
      {view.mayChange && <NewDevice shell={shell} view={view} />}
    </StaffPage>
  )
}

function Pairing({ shell, pairing }: { shell: Shell; pairing: NonNullable<DevicesView['pairing']> }): JSX.Element {
  const { t } = shell
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{t('device-staff.pairing.title', { name: pairing.device.name })}</h2>
      <p class="govuk-heading-xl" data-pairing-code="">
        {spacedCode(pairing.code)}
      </p>
      <p class="govuk-body">{t('device-staff.pairing.how', { minutes: pairingMinutes })}</p>
    </InsetText>
  )
}

/** Not paired, seen lately, or not seen for a while; a word, not a colour alone. */
function State({ shell, device, machineNow }: { shell: Shell; device: Device; machineNow: Temporal.Instant }): JSX.Element {
  const { t } = shell
  const waits = device.pairingUntil !== null && Temporal.Instant.compare(device.pairingUntil, machineNow) > 0
  if (device.pairedAt === null) return <Tag colour="grey">{t(waits ? 'device-staff.state.code' : 'device-staff.state.not-paired')}</Tag>
  const at = device.lastSeenAt ?? device.pairedAt
  const lately = machineNow.since(at).total('minutes') < quietMinutes
  return (
    <>
      <Tag colour={lately ? 'green' : 'yellow'}>{t(lately ? 'device-staff.state.works' : 'device-staff.state.quiet')}</Tag>
      <br />
      {t('device-staff.last-seen', { day: longDay('pl', officeDay(at)), time: wallTime(at) })}
    </>
  )
}

/** A paired kiosk or screen asks for something far more often. */
const quietMinutes = 5

function PrinterCell({ shell, device }: { shell: Shell; device: Device }): JSX.Element {
  const { t } = shell
  const { printer } = device.settings
  return (
    <>
      {printer !== undefined ? `${printer.host}:${printer.port}` : t(`device-staff.printer.${paperWayOf(device.settings)}`)}
      <br />
      <a class="govuk-link" href={`/praca/urzadzenia/${device.id}/wydruki`}>
        {t('device-staff.prints')}
        <span class="govuk-visually-hidden"> {device.name}</span>
      </a>
    </>
  )
}

function ScreenCell({ shell, device }: { shell: Shell; device: Device }): JSX.Element {
  const { t } = shell
  return (
    <a class="govuk-link" href={`/praca/urzadzenia/${device.id}/ekran`}>
      {t('device-staff.change-screen')}
      <span class="govuk-visually-hidden"> {device.name}</span>
    </a>
  )
}

function Actions({ shell, device }: { shell: Shell; device: Device }): JSX.Element {
  const { t } = shell
  return (
    <form method="post" action={`/praca/urzadzenia/${device.id}`}>
      <Button kind="secondary" name="do" value="kod">
        {t('device-staff.new-code')}
        <span class="govuk-visually-hidden"> {device.name}</span>
      </Button>{' '}
      {device.kind === 'kiosk' && (
        <>
          <Button kind="secondary" name="do" value="drukarka">
            {t('device-staff.change-printer')}
            <span class="govuk-visually-hidden"> {device.name}</span>
          </Button>{' '}
        </>
      )}
      <Button kind="warning" name="do" value="cofnij">
        {t('device-staff.revoke')}
        <span class="govuk-visually-hidden"> {device.name}</span>
      </Button>
    </form>
  )
}

function NewDevice({ shell, view }: { shell: Shell; view: DevicesView }): JSX.Element {
  const { t } = shell
  const { typed, errors } = view
  return (
    <form method="post" action="/praca/urzadzenia">
      <h2 class="govuk-heading-m">{t('device-staff.new')}</h2>
      <Radios
        name="kind"
        fieldset={{ legend: { text: t('device-staff.kind') } }}
        value={typed.kind === '' ? 'kiosk' : typed.kind}
        items={deviceKinds.map((kind) => ({ value: kind, text: t(`device-staff.kind.${kind}`) }))}
      />
      <TextInput
        name="name"
        label={t('device-staff.name')}
        hint={t('device-staff.name.hint')}
        value={typed.name}
        error={errorAt(t, errors, 'name')}
        autocomplete="off"
      />
      <Select
        name="building"
        label={t('device-staff.building')}
        value={typed.building}
        error={errorAt(t, errors, 'building')}
        items={[...view.office.buildings.values()].filter(({ closed }) => !closed).map(({ id, name }) => ({ value: id, text: name }))}
      />
      <PaperFields shell={shell} typed={typed} errors={errors} />
      <Button>{t('device-staff.make')}</Button>
    </form>
  )
}

export function PaperFields({
  shell,
  typed,
  errors,
}: {
  shell: Shell
  typed: { readonly paper: string; readonly printer: string }
  errors: readonly FieldError[]
}): JSX.Element {
  const { t } = shell
  return (
    <>
      <Radios
        name="paper"
        fieldset={{ legend: { text: t('device-staff.paper') } }}
        value={typed.paper === '' ? 'network' : typed.paper}
        items={paperWays.map((way) => ({ value: way, text: t(`device-staff.paper.${way}`) }))}
      />
      <TextInput
        name="printer"
        label={t('device-staff.printer.field')}
        hint={t('device-staff.printer.hint')}
        value={typed.printer}
        error={errorAt(t, errors, 'printer')}
        autocomplete="off"
        spellcheck={false}
      />
    </>
  )
}
