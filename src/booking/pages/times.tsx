/**
 * Day and time: the first free time first, then days, each with its times grouped by morning and
 * afternoon. Plain radios in one form: works without script, by keyboard, at 320 pixels. The page
 * holds nothing personal and no key, so it can be kept for many readers.
 */
import type { JSX } from 'preact'
import { officeMinute } from '../../platform/clock.js'
import type { FieldError } from '../../platform/decision.js'
import { longDay, minuteTime } from '../../platform/words.js'
import type { Service } from '../../directory/index.js'
import {
  BasisLine,
  Button,
  CitizenPage,
  Details,
  ErrorMessage,
  Fieldset,
  IdempotencyField,
  NextSteps,
  NotificationBanner,
  Radios,
  useWords,
  type Shell,
} from '../../ui/index.js'
import type { NextStep } from '../../platform/decision.js'
import type { FreeDay, FreeStart } from '../availability/board.js'
import { FromOffice, whenText } from './parts.js'

const noon = 12 * 60

export interface TimesPageOptions {
  readonly shell: Shell
  readonly service: Service
  readonly days: readonly FreeDay[]
  /** Where to turn when no time suits. */
  readonly next: readonly NextStep[]
  readonly back: string
  readonly action: string
  /** How long a chosen time waits, and how long at most; not asked where a visit moves. */
  readonly hold?: { readonly minutes: number; readonly most: number }
  readonly errors?: readonly FieldError[]
  /** A sentence about what just happened, such as a time taken a moment ago. */
  readonly notice?: string
  /** The visit that moves: its present time; the form then carries a key. */
  readonly moving?: { readonly start: Temporal.Instant }
  /** The time this person holds already, and where to go on with it. */
  readonly holding?: { readonly start: Temporal.Instant; readonly href: string } | null
}

export function TimesPage(options: TimesPageOptions): JSX.Element {
  const { shell, service, days, next, back, action, notice, moving, holding, hold } = options
  const { t } = shell
  const open = days.filter((day) => day.starts.length > 0)
  const first = open[0]?.starts[0]
  const title = t(moving ? 'booking-pages.times.move-title' : 'booking-pages.times.title')
  // Where nothing is free there is nothing to choose, and no field an error could lead to.
  const errors = first === undefined ? [] : (options.errors ?? [])
  const error = errors.find((each) => each.field === 'start')
  return (
    <CitizenPage
      shell={shell}
      title={notice === undefined ? title : `${t('booking-pages.times.notice')}: ${title}`}
      back={back}
      errors={errors}
      errorIds={{ start: 'start' }}
    >
      {notice !== undefined && <NotificationBanner text={`${notice} ${t('booking-pages.times.choose-another')}`} urgent />}
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body-l">
        <FromOffice>{service.name}</FromOffice>
      </p>
      {moving && <p class="govuk-body">{t('booking-pages.times.now', { when: whenText(shell.language, moving.start) })}</p>}
      {holding && (
        <p class="govuk-body">
          {t('booking-pages.times.held', { when: whenText(shell.language, holding.start) })}{' '}
          <a class="govuk-link" href={holding.href}>
            {t('booking-pages.times.keep')}
          </a>
        </p>
      )}
      {first === undefined ? (
        <p class="govuk-body">{t('booking-pages.times.none')}</p>
      ) : (
        <form method="post" action={action} noValidate>
          {moving && <IdempotencyField />}
          <div class={error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
            <Fieldset
              legend={{ text: t('booking-pages.times.legend'), classes: 'govuk-fieldset__legend--m' }}
              describedBy={error && 'start-error'}
            >
              {error && <ErrorMessage id="start-error">{t(error.message, error.values)}</ErrorMessage>}
              <Radios
                name="start"
                items={[
                  { value: first.start.toString(), text: `${t('booking-pages.times.first')} ${whenText(shell.language, first.start)}` },
                ]}
              />
              {open.map((day, index) => (
                <DayBlock day={day} open={index === 0} />
              ))}
            </Fieldset>
          </div>
          {!moving && hold && <p class="govuk-body">{t('booking-pages.times.hold', hold)}</p>}
          <Button>{t(moving ? 'booking-pages.times.move' : 'ui.continue')}</Button>
        </form>
      )}
      <ClosedDays days={days.filter((day) => day.starts.length === 0)} />
      <NextSteps next={next} title={t('booking-pages.times.other')} />
    </CitizenPage>
  )
}

function DayBlock({ day, open }: { day: FreeDay; open: boolean }): JSX.Element {
  const t = useWords()
  const name = longDay(t.language, day.day)
  const parts = (['morning', 'afternoon'] as const)
    .map((key) => ({ key, html: textsOf(day.starts)[key] }))
    .filter(({ html }) => html !== '')
  return (
    <Details summary={`${name} – ${t('booking-pages.times.count', { count: day.starts.length })}`} open={open} classes="okienko-day">
      {parts.map(({ key, html }) => (
        <div role="group" aria-label={`${name}, ${t(`booking-pages.times.${key}`)}`}>
          <p class="okienko-part" aria-hidden="true">
            {t(`booking-pages.times.${key}`)}
          </p>
          <div class="okienko-times" dangerouslySetInnerHTML={{ __html: html }} />
        </div>
      ))}
    </Details>
  )
}

interface DayTexts {
  readonly morning: string
  readonly afternoon: string
}

/** A day that did not change keeps its text when another day of the page does. */
const texts = new WeakMap<readonly FreeStart[], DayTexts>()

function textsOf(starts: readonly FreeStart[]): DayTexts {
  let found = texts.get(starts)
  if (found === undefined) {
    const walls = wallMinutes(starts)
    found = {
      morning: timesHtml(starts, walls, (minute) => minute < noon),
      afternoon: timesHtml(starts, walls, (minute) => minute >= noon),
    }
    texts.set(starts, found)
  }
  return found
}

/**
 * The radios as text, made of numbers only: hundreds of them as components cost most of the page.
 */
function timesHtml(starts: readonly FreeStart[], walls: readonly number[], wanted: (minute: number) => boolean): string {
  let html = ''
  for (const [index, { start }] of starts.entries()) {
    const minute = walls[index] as number
    if (!wanted(minute)) continue
    const id = `t${start.epochMilliseconds / 60_000}`
    html += `<div class="okienko-time"><input type="radio" name="start" id="${id}" value="${start.toString()}"/><label for="${id}">${minuteTime(minute)}</label></div>`
  }
  return html
}

/** Minutes on the office's wall; by arithmetic unless the clock changes between the first and the last. */
function wallMinutes(starts: readonly FreeStart[]): readonly number[] {
  const first = starts[0]?.start
  const last = starts.at(-1)?.start
  if (first === undefined || last === undefined) return []
  const zero = officeMinute(first)
  const passed = (start: Temporal.Instant): number => (start.epochMilliseconds - first.epochMilliseconds) / 60_000
  return officeMinute(last) - zero === passed(last)
    ? starts.map(({ start }) => zero + passed(start))
    : starts.map(({ start }) => officeMinute(start))
}

/** Days that look bookable but have nothing, and why: nobody should have to guess. */
function ClosedDays({ days }: { days: readonly FreeDay[] }): JSX.Element | null {
  const t = useWords()
  if (days.length === 0) return null
  return (
    <Details summary={t('booking-pages.times.closed', { count: days.length })}>
      <ul class="govuk-list">
        {days.map((day) => (
          <li>
            {longDay(t.language, day.day)} – {reason(t, day)}
            <BasisLine basis={day.basis} />
          </li>
        ))}
      </ul>
    </Details>
  )
}

function reason(t: ReturnType<typeof useWords>, day: FreeDay): string {
  const key = `booking-pages.day.${day.code}`
  return t.has(key) ? t(key, { name: holidayName(t, day.name) }) : t('booking-pages.day.none')
}

function holidayName(t: ReturnType<typeof useWords>, name: string | undefined): string {
  const key = `regulation.holiday.${name ?? ''}`
  return t.has(key) ? t(key) : (name ?? '')
}
