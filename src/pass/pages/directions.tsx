/** The way to the desk in words: what the office says, and honestly what it does not say, with whom to ask. */
import type { ComponentChildren, JSX } from 'preact'
import { FromOffice } from '../../booking/index.js'
import { directionsTo, type Directory } from '../../directory/index.js'
import type { NextStep } from '../../platform/decision.js'
import type { Translate } from '../../platform/words.js'
import type { AtTheDoor } from '../../regulation/index.js'
import { BasisLine, Filled, gap, PhoneLink, SummaryList, useWords } from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'

export function DirectionsBlock({ directory, visit, door }: { directory: Directory; visit: Visit; door: AtTheDoor }): JSX.Element {
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
          { key: t('pass.way.entrance'), value: <Entrance texts={entrance} door={door} /> },
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

/** Where to come in, by the acts and by what the office says; that it is not known only where neither does. */
function Entrance({ texts, door }: { texts: readonly string[]; door: AtTheDoor }): JSX.Element {
  const t = useWords()
  const steps = door.steps.map(({ kind, values }) => t(`decision.next.${kind}`, polishValues(t, values)))
  return (
    <>
      {steps.length > 0 && `${steps.join('. ')}. `}
      {texts.length > 0 && <Sentences texts={texts} />}
      {texts.length === 0 && steps.length === 0 && t('pass.way.entrance-unknown')}
      {steps.length > 0 && <BasisLine basis={door.basis} />}
    </>
  )
}

/** What an act calls its door is Polish in every language. */
function polishValues(t: Translate, values: NextStep['values'] = {}): NonNullable<NextStep['values']> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? t.polish(value) : value]))
}

/** Sentences of the office, one after another. */
function Sentences({ texts }: { texts: readonly string[] }): ComponentChildren {
  return (
    <>
      <FromOffice>{texts.join(' ')}</FromOffice>{' '}
    </>
  )
}
