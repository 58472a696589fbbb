/** The desks of the person's unit, for whoever looks for theirs. */
import type { JSX } from 'preact'
import { StaffPage, type Shell, type StaffLink } from '../../ui/index.js'
import type { Desk, Directory } from '../../directory/index.js'
import type { Translate } from '../../platform/words.js'
import { deskAddress } from './desk.js'

export interface DesksOptions {
  readonly shell: Shell
  readonly links: readonly StaffLink[]
  readonly office: Directory
  /** Those at which this person may work. */
  readonly desks: readonly Desk[]
}

export function DesksPage({ shell, links, office, desks: own }: DesksOptions): JSX.Element {
  const { t } = shell
  const rooms = Map.groupBy(own, (desk) => desk.roomId)
  return (
    <StaffPage shell={shell} title={t('queue-staff.desks-title')} links={links}>
      <h1 class="govuk-heading-l">{t('queue-staff.desks-title')}</h1>
      {own.length === 0 && <p class="govuk-body">{t('queue-staff.desks-none')}</p>}
      {[...rooms].map(([roomId, desks]) => (
        <>
          <h2 class="govuk-heading-s">
            {office.buildings.get(office.rooms.get(roomId)?.buildingId ?? '')?.name}, {roomText(t, office.rooms.get(roomId)?.number ?? '')}
          </h2>
          <ul class="govuk-list">
            {desks.map((desk) => (
              <li>
                <a class="govuk-link" href={deskAddress(desk.slug)}>
                  {t('queue-staff.desk', { desk: desk.label })}
                </a>{' '}
                <span class="okienko-quiet">{desk.serviceIds.map((id) => office.services.get(id)?.name ?? id).join(', ')}</span>
              </li>
            ))}
          </ul>
        </>
      ))}
    </StaffPage>
  )
}

/** Some rooms have a number on the door, others only a name. */
function roomText(t: Translate, room: string): string {
  return /^\d/.test(room) ? t('queue-staff.room', { room }) : room
}
