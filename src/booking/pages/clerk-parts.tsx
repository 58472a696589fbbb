/** Parts of the service office's pages: choosing a time, who is to come, the reference to read out. */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import type { FieldError, Refused } from '../../platform/decision.js'
import { longDay, minuteTime, wallTime, type Translate } from '../../platform/words.js'
import type { Directory, Service } from '../../directory/index.js'
import { BasisLine, decisionSentence, errorAt, Fieldset, Label, NextSteps, Select, type Shell } from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'
import type { FreeDay } from '../availability/board.js'
import { limitExceptions } from '../model.js'

/** "wtorek 26 maja 2020, 9:20" */
export function whenText(t: Translate, start: Temporal.Instant): string {
  return `${longDay(t.language, officeDay(start))}, ${wallTime(start)}`
}

/** "ul. Wałowa 5, pokój 22", as far as known. */
export function whereText(t: Translate, office: Directory, visit: Visit): string {
  const address = office.buildings.get(visit.buildingId)?.address ?? office.office.address
  const room = visit.roomId === null ? undefined : office.rooms.get(visit.roomId)
  return room === undefined ? address : `${address}, ${t('booking-staff.room', { number: room.number })}`
}

/** The times of the first free days as radios: arrows move, the space bar chooses. */
export function TimeChoice({
  shell,
  days,
  value,
  errors,
}: {
  shell: Shell
  days: readonly FreeDay[]
  value: string
  errors: readonly FieldError[]
}): JSX.Element {
  const { t } = shell
  const error = errorAt(t, errors, 'start')
  if (days.length === 0) return <p class="govuk-body">{t('booking-staff.times.none')}</p>
  const first = days[0]?.starts[0]?.start.toString()
  return (
    <div class={error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error'}>
      {error !== undefined && (
        <p id="start-error" class="govuk-error-message">
          <span class="govuk-visually-hidden">{t('ui.error')}:</span> {error}
        </p>
      )}
      {days.map((day) => (
        <Fieldset
          legend={{ text: longDay(t.language, day.day), classes: 'govuk-fieldset__legend--s' }}
          describedBy={error === undefined ? undefined : 'start-error'}
        >
          <div class="govuk-radios govuk-radios--small govuk-radios--inline" data-module="govuk-radios">
            {day.starts.map((start) => {
              const instant = start.start.toString()
              const id = instant === first ? 'start' : `start-${instant.replaceAll(/[^0-9]/g, '')}`
              return (
                <div class="govuk-radios__item">
                  <input class="govuk-radios__input" id={id} name="start" type="radio" value={instant} checked={instant === value} />
                  <Label htmlFor={id} label={minuteTime(wallMinute(start.start))} extraClasses="govuk-radios__label" />
                </div>
              )
            })}
          </div>
        </Fieldset>
      ))}
    </div>
  )
}

function wallMinute(start: Temporal.Instant): number {
  const [hour, minute] = wallTime(start).split(':').map(Number) as [number, number]
  return hour * 60 + minute
}

/** Links to the days before and after those shown. */
export function DayLinks({
  shell,
  path,
  first,
  next,
}: {
  shell: Shell
  path: string
  first: boolean
  next: Temporal.PlainDate | null
}): JSX.Element {
  const { t } = shell
  return (
    <p class="govuk-body">
      {!first && (
        <a class="govuk-link" href={path}>
          {t('booking-staff.times.first')}
        </a>
      )}{' '}
      {next !== null && (
        <a class="govuk-link" href={`${path}?od=${next.toString()}`}>
          {t('booking-staff.times.later')}
        </a>
      )}
    </p>
  )
}

/** Why something did not happen, what it rests on and what to do; regulation's codes have their sentences there. */
export function RefusalNotice({ shell, refusal }: { shell: Shell; refusal: Refused }): JSX.Element {
  const { t } = shell
  return (
    <div class="okienko-region okienko-region--now" role="alert">
      <p class="govuk-body-l">{decisionSentence(t, refusalSlice(t, refusal), refusal)}</p>
      <BasisLine basis={refusal.basis} />
      <NextSteps next={refusal.next} />
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

/** The matter as the office calls it, and how long a visit takes. */
export function MatterLine({ shell, service }: { shell: Shell; service: Service }): JSX.Element {
  return (
    <p class="govuk-body">
      <strong>{service.name}</strong>, {shell.t('booking-staff.minutes', { minutes: service.durationMinutes })}
    </p>
  )
}
