/**
 * Day and time: the first free time first, then days, each with its times grouped by morning and
 * afternoon. Plain radios in one form: works without script, by keyboard, at 320 pixels. The page
 * holds nothing personal and no key, so it can be kept for many readers.
 */
import type { JSX } from 'preact'
import { officeMinute } from '../../platform/clock.js'
import type { FieldError } from '../../platform/decision.js'
import { longDay, minuteTime } from '../../platform/words.js'
import { nameIn, type Service } from '../../directory/index.js'
import { wholeView, wishQuery, type DayPartShown, type TimesView } from '../wish-form.js'
import type { Wish } from '../wish.js'
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
import { ReleaseNotes } from '../lot/pages/parts.js'
import { whenText } from './parts.js'
import { EarlierElsewhere, MonthTable, noneText, NothingFree, ViewLinks, WishLine, type Elsewhere } from './times-view.js'

export type { Elsewhere } from './times-view.js'

const noon = 12 * 60

export interface TimesPageOptions {
  readonly shell: Shell
  readonly service: Service
  /** What the visit is for. */
  readonly wish?: Wish | null
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
  /** Which of the times are shown; all when left out. */
  readonly view?: TimesView
  /** Address of the same page with another view; no choice of views without it. */
  readonly hrefOf?: (view: TimesView) => string
  /** Where the wish is changed. */
  readonly wishHref?: string | null
  /** True when one may stand in line for a freed time. */
  readonly line?: boolean
  /** Buildings that have an earlier time. */
  readonly elsewhere?: readonly Elsewhere[]
}

export function TimesPage(options: TimesPageOptions): JSX.Element {
  const { shell, service, days, next, back, action, notice, moving, holding, hold, view = wholeView, hrefOf } = options
  const { t } = shell
  const open = days.map((day) => partOf(day, view.part)).filter((day) => day.starts.length > 0)
  const shown = view.day === null ? open : open.filter((day) => day.day.equals(view.day as Temporal.PlainDate))
  const first = shown[0]?.starts[0]
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
      scripts={moving ? undefined : ['proof.js']}
    >
      {notice !== undefined && <NotificationBanner text={`${notice} ${t('booking-pages.times.choose-another')}`} urgent />}
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body-l">{nameIn(t, service)}</p>
      {options.wish && <WishLine wish={options.wish} href={options.wishHref ?? null} />}
      {moving && <p class="govuk-body">{t('booking-pages.times.now', { when: whenText(shell.language, moving.start) })}</p>}
      {holding && (
        <p class="govuk-body">
          {t('booking-pages.times.held', { when: whenText(shell.language, holding.start) })}{' '}
          <a class="govuk-link" href={holding.href}>
            {t('booking-pages.times.keep')}
          </a>
        </p>
      )}
      <ReleaseNotes days={days} serviceId={service.id} />
      <EarlierElsewhere elsewhere={options.elsewhere ?? []} />
      {hrefOf && <ViewLinks view={view} hrefOf={hrefOf} />}
      {view.month && hrefOf && <MonthTable days={days.map((day) => partOf(day, view.part))} view={view} hrefOf={hrefOf} />}
      {first === undefined ? (
        <NothingFree days={days} hrefOf={hrefOf} />
      ) : view.month ? null : (
        <form method="post" action={action} noValidate data-proof={moving ? undefined : '/api/v1/proof'}>
          {moving && <IdempotencyField />}
          <div class={error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
            <Fieldset
              legend={{ text: t('booking-pages.times.legend'), classes: 'govuk-fieldset__legend--m' }}
              describedBy={error && 'start-error'}
            >
              {error && <ErrorMessage id="start-error">{t(error.message, error.values)}</ErrorMessage>}
              <Radios
                name="start"
                items={[{ value: first.start.toString(), text: `${t(firstKey(view))} ${whenText(shell.language, first.start)}` }]}
              />
              {shown.map((day, index) => (
                <DayBlock day={day} open={index === 0} />
              ))}
            </Fieldset>
          </div>
          {!moving && hold && <p class="govuk-body">{t('booking-pages.times.hold', hold)}</p>}
          <Button>{t(moving ? 'booking-pages.times.move' : 'ui.continue')}</Button>
          {!moving && <div class="govuk-body" role="status" data-wait={t('booking-pages.times.wait')} />}
        </form>
      )}
      <ClosedDays days={days.filter((day) => day.starts.length === 0 && day.release === undefined)} open={open.length === 0} />
      {days.length > 0 && !moving && days.every((day) => day.release === undefined) && (
        <p class="govuk-body">{t('booking-pages.times.release', { day: longDay(shell.language, nextDay(days)) })}</p>
      )}
      {options.line && (
        <InLine
          href={moving ? `${back}/wczesniej` : `/sprawy/${service.id}/lista${wishQuery(options.wish ?? null)}`}
          free={open.length > 0}
          moving={moving !== undefined}
        />
      )}
      <NextSteps next={next} title={t('booking-pages.times.other')} />
    </CitizenPage>
  )
}

/** The way into the line: whoever finds nothing, or nothing good, need not press "reload" for a freed time. */
function InLine({ href, free, moving }: { href: string; free: boolean; moving: boolean }): JSX.Element {
  const t = useWords()
  return (
    <p class="govuk-body">
      {t(free ? 'waiting.link.question' : 'waiting.link.none')}{' '}
      <a class="govuk-link" href={href}>
        {t(moving ? 'waiting.link.visit' : 'waiting.link.person')}
      </a>
    </p>
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

const parts = new WeakMap<readonly FreeStart[], Record<DayPartShown, FreeDay>>()

/** The day with the starts of one part only; the same object for the same day, so that its text is kept. */
function partOf(day: FreeDay, part: DayPartShown | null): FreeDay {
  if (part === null || day.starts.length === 0) return day
  let found = parts.get(day.starts)
  if (found === undefined) {
    const walls = wallMinutes(day.starts)
    const only = (isIn: (minute: number) => boolean): FreeDay => ({
      ...day,
      starts: day.starts.filter((_, index) => isIn(walls[index] as number)),
    })
    found = { morning: only((minute) => minute < noon), afternoon: only((minute) => minute >= noon) }
    parts.set(day.starts, found)
  }
  return found[part]
}

function firstKey({ part, day }: TimesView): string {
  return part === null && day === null ? 'booking-pages.times.first' : 'booking-pages.times.first-shown'
}

/** The day after the last that is shown: the next to be opened, a day each midnight. */
function nextDay(days: readonly FreeDay[]): Temporal.PlainDate {
  return (days.at(-1) as FreeDay).day.add({ days: 1 })
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
function ClosedDays({ days, open }: { days: readonly FreeDay[]; open: boolean }): JSX.Element | null {
  const t = useWords()
  if (days.length === 0) return null
  return (
    <Details summary={t('booking-pages.times.closed', { count: days.length })} open={open}>
      <ul class="govuk-list">
        {days.map((day) => (
          <li>
            {longDay(t.language, day.day)} – {noneText(t, day)}
            <BasisLine basis={day.basis} />
          </li>
        ))}
      </ul>
    </Details>
  )
}
