/** What is wrong with devices now, for whoever can go there. Nothing when all is well. */
import type { JSX } from 'preact'
import { wallTime } from '../../platform/words.js'
import { NotificationBanner, useWords } from '../../ui/index.js'
import type { Directory } from '../../directory/index.js'
import type { Device } from '../model.js'

export function DeviceTroubles({ devices, office }: { devices: readonly Device[]; office: Directory }): JSX.Element | null {
  const t = useWords()
  if (devices.length === 0) return null
  return (
    <NotificationBanner title={t('device-staff.troubles')}>
      <ul class="govuk-list">
        {devices.map((device) => (
          <li>
            <strong>{device.name}</strong>, {office.buildings.get(device.buildingId)?.name ?? device.buildingId}:{' '}
            {device.trouble !== null && `${t(`device-staff.trouble.${device.trouble}`)} `}
            {device.clockOffMinutes !== null && <ClockOff minutes={device.clockOffMinutes} />}{' '}
            {device.troubleAt !== null && t('device-staff.trouble.since', { time: wallTime(device.troubleAt) })}
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href="/praca/urzadzenia">
          {t('device-staff.devices')}
        </a>
      </p>
    </NotificationBanner>
  )
}

/** Says by how much a device's own clock is wrong: what it shows is right all the same. */
export function ClockOff({ minutes }: { minutes: number }): JSX.Element {
  const t = useWords()
  return <>{t(minutes > 0 ? 'device-staff.clock.ahead' : 'device-staff.clock.behind', { minutes: Math.abs(minutes) })}</>
}
