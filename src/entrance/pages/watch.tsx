/**
 * What the guard's page keeps up to date by itself: who is expected in the next half hour, as a list
 * to tap, and how many are inside.
 */
import type { JSX } from 'preact'
import { BasisLine, useWords, WordsContext, type Shell } from '../../ui/index.js'
import { matterNames } from '../../booking/index.js'
import type { Building, Directory } from '../../directory/index.js'
import { wallTime } from '../../platform/words.js'
import type { DoorView } from '../inside.js'
import type { Expected } from '../model.js'
import { isInside } from '../rules.js'

export interface WatchView {
  readonly building: Building
  readonly office: Directory
  readonly door: DoorView
}

export function Watch({ shell, view }: { shell: Shell; view: WatchView }): JSX.Element {
  return (
    <WordsContext.Provider value={shell.t}>
      {view.door.conflicts > 0 && (
        <p class="govuk-body-l">
          <a class="govuk-link" href={`/praca/wejscie/${view.building.id}/niezgodnosci`}>
            {shell.t('entrance-offline-staff.conflicts.count', { count: view.door.conflicts })}
          </a>
        </p>
      )}
      <ExpectedList view={view} />
      <Inside view={view} />
    </WordsContext.Provider>
  )
}

function ExpectedList({ view }: { view: WatchView }): JSX.Element {
  const t = useWords()
  return (
    <section aria-labelledby="spodziewani">
      <h2 class="govuk-heading-m" id="spodziewani">
        {t('entrance-staff.expected')}
      </h2>
      {view.door.expected.length === 0 ? (
        <p class="govuk-body">{t('entrance-staff.expected.none')}</p>
      ) : (
        <TapList people={view.door.expected} view={view} named={false} />
      )}
    </section>
  )
}

function Inside({ view }: { view: WatchView }): JSX.Element {
  const t = useWords()
  const { inside, correction, limits } = view.door
  const total = Math.max(
    0,
    inside.reduce((sum, each) => sum + each.count, correction),
  )
  return (
    <section aria-labelledby="w-srodku">
      <h2 class="govuk-heading-m" id="w-srodku">
        {t('entrance-staff.inside', { count: total })}
      </h2>
      {limits.map((each) => (
        <div class={each.left === 0 ? 'okienko-room okienko-room--full' : 'okienko-room'}>
          <p class="govuk-body-l">
            {t(`entrance-staff.room-of.${each.of}`, { now: each.now, limit: each.limit })}{' '}
            <strong>{t('entrance-staff.room-left', { left: each.left })}</strong>
          </p>
          <BasisLine basis={each.basis} />
        </div>
      ))}
      {inside.length > 0 && (
        <p class="govuk-body">{inside.map((each) => `${t(`entrance-staff.purpose.${each.purpose}`)}: ${each.count}`).join(' · ')}</p>
      )}
      {correction !== 0 && <p class="govuk-body">{t('entrance-staff.room-corrected', { count: correction })}</p>}
    </section>
  )
}

/** A person as little as the guard needs: time, matter, room, initials; the name only where it was searched for. */
export function TapList({
  people,
  view,
  named,
}: {
  people: readonly Expected[]
  view: Pick<WatchView, 'building' | 'office'>
  named: boolean
}): JSX.Element {
  const t = useWords()
  return (
    <ul class="okienko-tap">
      {people.map((person) => (
        <li>
          <a
            id={`${named ? 'osoba' : 'wizyta'}-${person.reference}`}
            href={`/praca/wejscie/${view.building.id}?wizyta=${person.reference}`}
          >
            <strong>{wallTime(person.startsAt)}</strong>
            <span>{matterNames(view.office, person).join('; ')}</span>
            <span>{(named ? person.name : person.initials) ?? ''}</span>
            {named && isInside(person.state) && <span>{t('entrance-staff.found.inside')}</span>}
            {named && person.buildingId !== view.building.id && <span>{view.office.buildings.get(person.buildingId)?.address ?? ''}</span>}
          </a>
        </li>
      ))}
    </ul>
  )
}
