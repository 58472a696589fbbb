/** Parts of the service office's pages: when and where, why something did not happen, the reference to read out. */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import type { Refused } from '../../platform/decision.js'
import { longDay, wallTime, type Translate } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import { BasisLine, decisionSentence, Select, StaffSteps, useWords, type Shell, type SummaryRow } from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'
import { limitExceptions } from '../model.js'
import { purposeOf, type Purpose, type Wish } from '../wish.js'
import { matterNames } from './names.js'
import { needsText } from './parts.js'

/** "wtorek 26 maja 2020, 9:20" */
export function whenText(t: Translate, start: Temporal.Instant): string {
  return `${longDay(t.language, officeDay(start))}, ${wallTime(start)}`
}

/** "ul. Wałowa 5, pokój 22", as far as known. */
export function whereText(t: Translate, office: Directory, visit: Visit): string {
  const address = office.buildings.get(visit.buildingId)?.address ?? office.office.address
  const room = visit.roomId === null ? undefined : office.rooms.get(visit.roomId)
  if (room === undefined) return address
  // Some rooms have a number on the door, others only a name.
  return `${address}, ${/^\d/.test(room.number) ? t('booking-staff.room', { number: room.number }) : room.number}`
}

/**
 * The form's first button is what Enter in a field presses; the buttons of the days stand before
 * the one that books, so the same act stands here unseen.
 */
export function EnterButton({ shell, label }: { shell: Shell; label: string }): JSX.Element {
  return (
    <button hidden type="submit" tabIndex={-1}>
      {shell.t(label)}
    </button>
  )
}

/** Why something did not happen, what it rests on and what the clerk can do; it is read first. */
export function RefusalNotice({ shell, refusal }: { shell: Shell; refusal: Refused }): JSX.Element {
  const { t } = shell
  const after = `booking-staff.after.${refusal.code}`
  return (
    <div class="okienko-region okienko-region--now okienko-refusal" role="alert" tabIndex={-1} data-focus="">
      <p class="govuk-body-l">{decisionSentence(t, refusalSlice(t, refusal), refusal)}</p>
      {t.has(after) && <p class="govuk-body">{t(after)}</p>}
      <BasisLine basis={refusal.basis} />
      <StaffSteps next={refusal.next} />
    </div>
  )
}

export function refusalSlice(t: Translate, refusal: Refused): string {
  return t.has(`booking.refused.${refusal.code}`) ? 'booking' : 'regulation'
}

/** Shown once a limit was reached: the clerk may pass it with a reason. */
export function ExceptionChoice({ shell, refusal, value }: { shell: Shell; refusal: Refused | null; value: string }): JSX.Element | null {
  const { t } = shell
  if (value === '' && refusal?.code !== 'limit-open' && refusal?.code !== 'limit-service-day') return null
  return (
    <Select
      name="wyjatek"
      label={t('booking-staff.exception')}
      hint={t('booking-staff.exception.hint')}
      value={value}
      items={[
        { value: '', text: t('booking-staff.exception.none') },
        ...limitExceptions.map((reason) => ({ value: reason, text: t(`booking-staff.exception.${reason}`) })),
      ]}
    />
  )
}

/** The reference in the largest type of the page, then letter by letter as one spells it on the phone. */
export function ReadOutReference({ shell, reference }: { shell: Shell; reference: string }): JSX.Element {
  const { t } = shell
  return (
    <>
      <p class="okienko-number okienko-reference" data-reference={reference}>
        <span>{reference.slice(0, 4)}</span> <span>{reference.slice(4)}</span>
      </p>
      <p class="govuk-body okienko-quiet">{[...reference].map((character) => t(`booking-staff.spell.${character}`)).join(', ')}</p>
    </>
  )
}

/** The matters as the office calls them, for how many, and how long the visit takes. */
export function MatterLine({ shell: { t }, wish }: { shell: Shell; wish: Wish }): JSX.Element {
  const { persons } = purposeOf(wish)
  return (
    <p class="govuk-body">
      <strong>{[wish.service, ...wish.more].map(({ name }) => name).join('; ')}</strong>,{' '}
      {persons > 1 && `${t('booking-staff.persons.count', { persons })}, `}
      {t('booking-staff.minutes', { minutes: wish.durationMinutes })}
    </p>
  )
}

/** Everything a visit is for: its matters, and persons, needs and on whose behalf where there is more to say than the matter. */
export function purposeRows(t: Translate, office: Directory, purpose: Purpose): readonly SummaryRow[] {
  return [{ key: t('booking-staff.matter-short'), value: matterNames(office, purpose).join('; ') }, ...besideMatters(t, purpose)]
}

interface TextRow {
  readonly key: string
  readonly value: string
}

function besideMatters(t: Translate, purpose: Purpose): readonly TextRow[] {
  const { persons } = purpose
  return [...(persons > 1 ? [{ key: t('booking-staff.persons'), value: String(persons) }] : []), ...needRows(t, purpose)]
}

/** What the office prepares, and that somebody comes for another; nothing where neither was said. */
export function needRows(t: Translate, { needs, onBehalf }: Pick<Purpose, 'needs' | 'onBehalf'>): readonly TextRow[] {
  return [
    ...(needs.length > 0 ? [{ key: t('booking-staff.needs'), value: needsText(t, { needs }) }] : []),
    ...(onBehalf ? [{ key: t('booking-staff.behalf'), value: t('booking-staff.behalf.said') }] : []),
  ]
}

/** The same in the cell of a table. */
export function PurposeCell({ office, purpose }: { office: Directory; purpose: Purpose }): JSX.Element {
  const t = useWords()
  return (
    <>
      {matterNames(office, purpose).join('; ')}
      {besideMatters(t, purpose).map(({ key, value }) => (
        <>
          <br />
          <span class="okienko-quiet">
            {key}: {value}
          </span>
        </>
      ))}
    </>
  )
}
