/**
 * Everybody who is inside now, on paper: how many in which room, and a line for each to be ticked off
 * at the meeting point. A name only for whoever sees the whole office.
 */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import { longDay, wallTime } from '../../platform/words.js'
import type { Building, Directory } from '../../directory/index.js'
import { spacedTicket } from '../../queue/index.js'
import { Table, useWords } from '../../ui/index.js'
import { Slip, type SlipOptions } from '../assisted/slips.js'
import type { InsideRow } from './store.js'

interface EvacuationOptions extends SlipOptions {
  readonly building: Building
  readonly people: readonly InsideRow[]
  readonly correction: number
  readonly named: boolean
  readonly now: Temporal.Instant
}

export function EvacuationPage(options: EvacuationOptions): JSX.Element {
  const { shell, building, people, correction, now } = options
  const { t } = shell
  const total = Math.max(
    0,
    people.reduce((all, each) => all + personsOf(each), correction),
  )
  return (
    <Slip {...options} title={t('entrance-staff.evacuation')} wide>
      <p class="govuk-body">
        {t('entrance-staff.evacuation.at', {
          building: building.name || building.address,
          time: wallTime(now),
          date: longDay('pl', officeDay(now)),
        })}
      </p>
      <p class="govuk-body-l">
        <strong>{t('entrance-staff.evacuation.total', { count: total })}</strong>
      </p>
      {correction !== 0 && <p class="govuk-body">{t('entrance-staff.evacuation.corrected', { count: correction })}</p>}
      {people.length === 0 ? (
        <p class="govuk-body">{t('entrance-staff.evacuation.none')}</p>
      ) : (
        <>
          <ByPlace {...options} />
          <Everybody {...options} />
        </>
      )}
    </Slip>
  )
}

function personsOf({ persons, companions }: InsideRow): number {
  return persons + companions
}

/** Where somebody is: at a desk, waiting, or not known. */
export function placeOf(t: (key: string) => string, office: Directory, { desk_id: deskId, state }: InsideRow): string {
  if (state === 'arrived' || state === 'parked') return t('entrance-staff.evacuation.waiting')
  const desk = deskId === null || (state !== 'called' && state !== 'serving') ? undefined : office.desksById.get(deskId)
  const room = desk === undefined ? undefined : office.rooms.get(desk.roomId)
  return room === undefined ? t('entrance-staff.evacuation.unknown') : `${t('entrance-staff.room')} ${room.number}`
}

function ByPlace({ shell, office, people }: EvacuationOptions): JSX.Element {
  const { t } = shell
  const places = new Map<string, number>()
  for (const each of people) {
    const place = placeOf(t, office, each)
    places.set(place, (places.get(place) ?? 0) + personsOf(each))
  }
  return (
    <Table
      caption={t('entrance-staff.evacuation.rooms')}
      head={[t('entrance-staff.evacuation.place'), t('entrance-staff.evacuation.people')]}
      rows={[...places].toSorted(([a], [b]) => a.localeCompare(b, 'pl')).map(([place, count]) => [place, String(count)])}
    />
  )
}

/** On a phone the lines are as broad as they must be, and move by themselves. */
function Everybody({ office, people, named }: EvacuationOptions): JSX.Element {
  const t = useWords()
  const head = ['entered', 'who', 'ticket', 'place', 'people', 'companions', ...(named ? ['name'] : []), 'out']
  return (
    <div class="okienko-paper__broad" role="region" aria-label={t('entrance-staff.evacuation.list')} tabIndex={0}>
      <Table
        caption={t('entrance-staff.evacuation.list')}
        head={head.map((each) => t(`entrance-staff.evacuation.${each}`))}
        rows={people.map((each) => [
          wallTime(each.at),
          t(`entrance-staff.purpose.${each.purpose}`),
          each.ticket === null ? '–' : spacedTicket(each.ticket),
          placeOf(t, office, each),
          String(each.persons),
          String(each.companions),
          ...(named ? [each.person_name ?? '–'] : []),
          <span class="okienko-paper__box" aria-hidden="true" />,
        ])}
      />
    </div>
  )
}
