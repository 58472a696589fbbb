/** Choosing a time on a clerk's form: the first free days, each with its times, and the way to other days. */
import type { JSX } from 'preact'
import { officeMinute } from '../../platform/clock.js'
import type { FieldError } from '../../platform/decision.js'
import { longDay, minuteTime, type Translate } from '../../platform/words.js'
import { Button, errorAt, ErrorMessage, Fieldset, Label, TextInput, type Shell } from '../../ui/index.js'
import type { FreeDay } from '../availability/board.js'
import type { TimesShown } from '../clerk-times.js'

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
 * The times of the days shown, one to be chosen or several, by arrows and the space bar, or by two digits where there
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
  keys = 'only',
}: {
  shell: Shell
  /** What Enter does: keeps the time for the caller, or only chooses it; `several`: the space bar ticks as many as are wanted. */
  keys?: 'keep' | 'only' | 'several'
  times: TimesShown
  /** What is chosen. */
  value: string | readonly string[]
  errors: readonly FieldError[]
  /** The first time has the focus: the page is about choosing one. */
  focus?: boolean
  /** Which parts of a day the person asked for; null when nothing was asked. */
  suits?: ((day: Temporal.PlainDate) => readonly string[]) | undefined
}): JSX.Element {
  const { t } = shell
  const error = errorAt(t, errors, 'start')
  const halves = halfDays(times.days)
  const values = [value].flat()
  const chosen = halves.flatMap((half) => half.starts).find(({ instant }) => values.includes(instant))
  const focused = focus && errors.length === 0 ? (chosen?.id ?? halves[0]?.starts[0]?.id) : undefined
  return (
    <div class={error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error'} data-days="">
      {error !== undefined && <ErrorMessage id="start-error">{error}</ErrorMessage>}
      <OtherDays shell={shell} times={times} />
      <p class="govuk-body okienko-quiet" data-days-keys="" hidden>
        {t(`booking-console-staff.times.keys.${keys}`)}
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
                          type={keys === 'several' ? 'checkbox' : 'radio'}
                          value={instant}
                          checked={values.includes(instant)}
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
