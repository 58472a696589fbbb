/** Parts of the service office's pages: choosing a time, who is to come, the reference to read out. */
import type { JSX } from 'preact'
import { officeDay, officeMinute } from '../../platform/clock.js'
import type { FieldError, Refused } from '../../platform/decision.js'
import { longDay, minuteTime, wallTime, type Translate } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import {
  BasisLine,
  Button,
  decisionSentence,
  errorAt,
  ErrorMessage,
  Fieldset,
  Label,
  Select,
  StaffSteps,
  TextInput,
  useWords,
  type Shell,
  type SummaryRow,
} from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'
import type { FreeDay } from '../availability/board.js'
import type { TimesShown } from '../clerk-times.js'
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

/** Which half of a day a start lies in. */
const noon = 12 * 60

/** One half of a day: what a jump leads to. */
interface HalfDay {
  readonly day: FreeDay
  readonly part: 'morning' | 'afternoon'
  readonly starts: readonly ShownStart[]
}

interface ShownStart {
  readonly instant: string
  readonly minute: number
  readonly id: string
  /** The key of its hour within the day; null past the tenth hour. */
  readonly digit: string | null
  /** The first of its hour: it shows the key. */
  readonly first: boolean
}

/**
 * The times of the days shown, to be chosen by arrows and the space bar, or by two digits where there
 * is script: one for the day, one for the hour (browser/console.ts). A jump to each half of a day, then
 * the times in columns. Other days are asked for by buttons of the same form.
 */
export function TimeChoice({
  shell,
  times,
  value,
  errors,
  focus,
  suits,
  keeps = false,
}: {
  shell: Shell
  /** Enter keeps the time for the caller, before anything is booked. */
  keeps?: boolean
  times: TimesShown
  value: string
  errors: readonly FieldError[]
  /** The first time has the focus: the page is about choosing one. */
  focus?: boolean
  /** Which parts of a day the person asked for; null when nothing was asked. */
  suits?: ((day: Temporal.PlainDate) => readonly string[]) | undefined
}): JSX.Element {
  const { t } = shell
  const error = errorAt(t, errors, 'start')
  const halves = halfDays(times.days)
  const chosen = halves.flatMap((half) => half.starts).find((start) => start.instant === value)
  const focused = focus && errors.length === 0 ? (chosen?.id ?? halves[0]?.starts[0]?.id) : undefined
  return (
    <div class={error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error'} data-days="">
      {error !== undefined && <ErrorMessage id="start-error">{error}</ErrorMessage>}
      <OtherDays shell={shell} times={times} />
      <p class="govuk-body okienko-quiet" data-days-keys="" hidden>
        {t(keeps ? 'booking-console-staff.times.keys' : 'booking-console-staff.times.keys.only')}
      </p>
      {halves.length === 0 && <p class="govuk-body">{t('booking-staff.times.none')}</p>}
      {halves.length > 2 && <Jumps shell={shell} halves={halves} />}
      {times.days
        .filter((day) => day.starts.length > 0)
        .map((day, index) => (
          <div data-day="" class="okienko-day">
            <Fieldset
              legend={{
                text: (
                  <>
                    <span class="okienko-digit">{index + 1}</span> {dayText(t, day, suits)}
                  </>
                ),
                classes: 'govuk-fieldset__legend--s',
              }}
              describedBy={error === undefined ? undefined : 'start-error'}
            >
              {halves
                .filter((half) => half.day === day)
                .map((half) => (
                  <div class="okienko-times" data-times="" role="group" aria-label={t(`booking-staff.part.${half.part}`)}>
                    {half.starts.map(({ instant, minute, id, digit, first }) => (
                      <div class="okienko-time">
                        <input
                          id={id}
                          name="start"
                          type="radio"
                          value={instant}
                          checked={instant === value}
                          autofocus={id === focused}
                          data-digit={digit ?? undefined}
                        />
                        <Label htmlFor={id} label={minuteTime(minute)} />
                        {first && digit !== null && (
                          <span class="okienko-digit" aria-hidden="true">
                            {digit}
                          </span>
                        )}
                      </div>
                    ))}
                  </div>
                ))}
            </Fieldset>
          </div>
        ))}
    </div>
  )
}

/** Keys of the hours of a day that have times, in their order. */
const hourKeys = '1234567890'

const hourOf = (start: Temporal.Instant): number => Math.floor(officeMinute(start) / 60)

function halfDays(days: readonly FreeDay[]): readonly HalfDay[] {
  let first = true
  return days.flatMap((day) => {
    const hours = [...new Set(day.starts.map(({ start }) => hourOf(start)))]
    const starts = day.starts.map(({ start }, index): ShownStart => {
      const instant = start.toString()
      const id = first ? 'start' : `start-${instant.replaceAll(/[^0-9]/g, '')}`
      first = false
      const before = day.starts[index - 1]
      return {
        instant,
        minute: officeMinute(start),
        id,
        digit: hourKeys[hours.indexOf(hourOf(start))] ?? null,
        first: before === undefined || hourOf(before.start) !== hourOf(start),
      }
    })
    return (['morning', 'afternoon'] as const)
      .map((part) => ({ day, part, starts: starts.filter(({ minute }) => minute < noon === (part === 'morning')) }))
      .filter((half) => half.starts.length > 0)
  })
}

function dayText(t: Translate, { day }: FreeDay, suits: ((day: Temporal.PlainDate) => readonly string[]) | undefined): string {
  const parts = suits?.(day) ?? []
  const name = longDay(t.language, day)
  return parts.length === 0 ? name : t('booking-staff.times.suits', { day: name, parts: parts.join(', ') })
}

/** A link to the first time of each half of a day: any time is a few arrows from one of them. */
function Jumps({ shell, halves }: { shell: Shell; halves: readonly HalfDay[] }): JSX.Element {
  const { t } = shell
  return (
    <nav class="okienko-jumps" aria-label={t('booking-staff.times.jump')}>
      <ul class="govuk-list">
        {[...Map.groupBy(halves, (half) => half.day)].map(([day, ofDay]) => (
          <li>
            {longDay(t.language, day.day)}:{' '}
            {ofDay.map((half, index) => (
              <>
                {index > 0 && ', '}
                <a class="govuk-link" href={`#${half.starts[0]?.id}`} data-jump="">
                  <span class="govuk-visually-hidden">{longDay(t.language, day.day)} </span>
                  {t(`booking-staff.part.${half.part}`)}
                </a>
              </>
            ))}
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The field of the day, and the days before and after those shown. All send the whole form. */
function OtherDays({ shell, times }: { shell: Shell; times: TimesShown }): JSX.Element {
  const { t } = shell
  const from = times.from?.toString() ?? ''
  return (
    <div class="okienko-days">
      <input type="hidden" name="od" value={from} />
      <TextInput
        name="dzien"
        type="date"
        label={t('booking-staff.times.day')}
        value={from}
        classes="govuk-input--width-10"
        autocomplete="off"
      />
      <Button kind="secondary" name="pokaz" value="dzien">
        {t('booking-staff.times.show')}
      </Button>
      {times.from !== null && (
        <Button kind="secondary" name="pokaz" value="pierwsze">
          {t('booking-staff.times.first')}
        </Button>
      )}
      {times.nextFrom !== null && (
        <Button kind="secondary" name="pokaz" value={times.nextFrom.toString()} shortcut="F7">
          {t('booking-staff.times.later')}
        </Button>
      )}
    </div>
  )
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
