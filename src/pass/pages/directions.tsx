/** The way to the desk in words: what the office says, and honestly what it does not say, with whom to ask. */
import type { ComponentChildren, JSX } from 'preact'
import { FromOffice } from '../../booking/index.js'
import { directionsTo, type Directory } from '../../directory/index.js'
import { Filled, gap, PhoneLink, SummaryList, useWords } from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'

export function DirectionsBlock({ directory, visit }: { directory: Directory; visit: Visit }): JSX.Element {
  const t = useWords()
  const { entrance, room, access, phone } = directionsTo(directory, visit.buildingId, visit.roomId)
  const floor =
    room === null || room.floor === null
      ? t('pass.way.floor-unknown')
      : room.floor === 'parter'
        ? t('pass.way.floor-ground')
        : t('pass.way.floor', { floor: room.floor })
  return (
    <>
      <h2 class="govuk-heading-m">{t('pass.way')}</h2>
      <SummaryList
        rows={[
          { key: t('pass.way.entrance'), value: entrance.length === 0 ? t('pass.way.entrance-unknown') : <Sentences texts={entrance} /> },
          { key: t('pass.way.where'), value: floor },
          {
            key: t('pass.way.access'),
            value: (
              <>
                {access.length > 0 && <Sentences texts={access} />}
                <Filled text={t(access.length === 0 ? 'pass.way.access-unknown' : 'pass.way.access-ask', { phone: gap })}>
                  <PhoneLink phone={phone} />
                </Filled>
              </>
            ),
          },
        ]}
      />
    </>
  )
}

/** Sentences of the office, one after another. */
function Sentences({ texts }: { texts: readonly string[] }): ComponentChildren {
  return (
    <>
      <FromOffice>{texts.join(' ')}</FromOffice>{' '}
    </>
  )
}
