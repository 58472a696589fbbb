/** Today's tickets on paper of one kiosk; each can be printed once more. */
import type { JSX } from 'preact'
import { wallTime } from '../../platform/words.js'
import type { Device } from '../../device/index.js'
import { spacedTicket } from '../../queue/index.js'
import { Button, NotificationBanner, StaffPage, Table, type Shell, type StaffLink } from '../../ui/index.js'
import type { ListedJob } from '../print/store.js'

export interface PrintsView {
  readonly kiosk: Device
  readonly links: readonly StaffLink[]
  readonly jobs: readonly ListedJob[]
  /** What became of the copy that was asked for. */
  readonly said: 'zlecono' | 'trwa' | null
}

export function PrintsPage({ shell, view }: { shell: Shell; view: PrintsView }): JSX.Element {
  const { t } = shell
  const { kiosk, jobs } = view
  const title = t('kiosk-staff.prints', { name: kiosk.name })
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/urzadzenia">
      {view.said !== null && <NotificationBanner text={t(`kiosk-staff.said.${view.said}`)} />}
      <h1 class="govuk-heading-l">{title}</h1>
      {kiosk.trouble !== null && <p class="govuk-body-l">{t(`device-staff.trouble.${kiosk.trouble}`)}</p>}
      {jobs.length === 0 ? (
        <p class="govuk-body">{t('kiosk-staff.prints.none')}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('kiosk-staff.prints.list')}>
          <Table
            caption={t('kiosk-staff.prints.list')}
            head={['ticket', 'time', 'copy', 'state', 'again'].map((each) => t(`kiosk-staff.${each}`))}
            rows={jobs.map((job) => [
              job.ticket === null ? '–' : spacedTicket(job.ticket),
              wallTime(job.createdAt),
              String(job.copy),
              <>
                {t(`kiosk-staff.state.${job.state}`)}
                {job.trouble !== null && ` – ${t(`device-staff.trouble.${job.trouble}`)}`}
              </>,
              <Again shell={shell} kiosk={kiosk} job={job} />,
            ])}
          />
        </div>
      )}
    </StaffPage>
  )
}

function Again({ shell, kiosk, job }: { shell: Shell; kiosk: Device; job: ListedJob }): JSX.Element {
  const { t } = shell
  if (kiosk.settings.printer === undefined) return <>{t('kiosk-staff.again.no-printer')}</>
  return (
    <form method="post" action={`/praca/urzadzenia/${kiosk.id}/wydruki`}>
      <input type="hidden" name="wydruk" value={job.id} />
      <Button kind="secondary">
        {t('kiosk-staff.again.button')}
        <span class="govuk-visually-hidden"> {job.ticket}</span>
      </Button>
    </form>
  )
}
