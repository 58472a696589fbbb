/** Two questions of the administrator, each on a page: revoke this device for good? which printer has it? */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { Button, StaffPage, type Shell, type StaffLink } from '../../ui/index.js'
import type { Device } from '../model.js'
import { PaperFields } from './devices.js'

interface Options {
  readonly shell: Shell
  readonly links: readonly StaffLink[]
  readonly device: Device
}

export function RevokePage({ shell, links, device }: Options): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('device-staff.revoke.title')} links={links} back="/praca/urzadzenia">
      <h1 class="govuk-heading-l">{t('device-staff.revoke.title')}</h1>
      <p class="govuk-body">
        <strong>{device.name}</strong>, {t(`device-staff.kind.${device.kind}`)}
      </p>
      <p class="govuk-body">{t('device-staff.revoke.what')}</p>
      <form method="post" action={`/praca/urzadzenia/${device.id}`}>
        <Button kind="warning" name="do" value="cofnij-na-stale">
          {t('device-staff.revoke')}
        </Button>
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href="/praca/urzadzenia">
          {t('device-staff.revoke.keep')}
        </a>
      </p>
    </StaffPage>
  )
}

export function PrinterPage({
  shell,
  links,
  device,
  typed,
  errors,
}: Options & { typed: { readonly paper: string; readonly printer: string }; errors: readonly FieldError[] }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('device-staff.change-printer')} links={links} back="/praca/urzadzenia" errors={errors}>
      <h1 class="govuk-heading-l">{t('device-staff.change-printer')}</h1>
      <p class="govuk-body">
        <strong>{device.name}</strong>
      </p>
      <form method="post" action={`/praca/urzadzenia/${device.id}`}>
        <PaperFields shell={shell} typed={typed} errors={errors} />
        <Button name="do" value="zapisz-drukarke">
          {t('device-staff.printer.save')}
        </Button>
      </form>
    </StaffPage>
  )
}
