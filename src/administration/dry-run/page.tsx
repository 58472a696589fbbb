/** What a draft would change, for whoever writes or checks it. */
import type { JSX } from 'preact'
import type { Basis, FieldError } from '../../platform/decision.js'
import { longDay, minuteTime, plainDay, wallTime, type Language } from '../../platform/words.js'
import { officeDay } from '../../platform/clock.js'
import type { Directory, Service } from '../../directory/index.js'
import type { EntryDecision } from '../../regulation/index.js'
import {
  basisText,
  Button,
  decisionSentence,
  errorAt,
  InsetText,
  Select,
  StaffPage,
  Table,
  TextInput,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import type { ChangedDay, DryRun, Finding, Meanwhile, Touched, UnitDay } from './model.js'
import { whyText } from './words.js'

/** Visits shown; the rest is a number. */
const shownMax = 200

export interface EffectsView {
  readonly links: readonly StaffLink[]
  readonly back: string
  readonly act: string
  readonly office: Directory
  /** Null while the draft cannot be read as an act. */
  readonly run: DryRun | null
  /** Names of provisions as people cite them, by id. */
  readonly references: ReadonlyMap<string, string>
  readonly door: DoorView
}

export interface DoorView {
  readonly building: string
  readonly day: string
  readonly time: string
  readonly errors: readonly FieldError[]
  /** The matter somebody comes for, and those to choose from. */
  readonly matter: string
  readonly matters: readonly Service[]
  /** For each who may come what is said now and then; empty until it is asked. */
  readonly answers: readonly { readonly face: Face; readonly now: EntryDecision; readonly after: EntryDecision }[]
  /** The same question earlier or later; empty until it is asked. */
  readonly steps: readonly { readonly step: string; readonly href: string }[]
}

/** Without a visit at the door, without one at the kiosk for a matter, with a visit at that minute, with papers. */
export type Face = 'visit' | 'kiosk' | 'booked' | 'drop-off'

export function EffectsPage({ shell, view }: { shell: Shell; view: EffectsView }): JSX.Element {
  const { t } = shell
  const title = t('administration-effects-staff.title')
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={view.back} errors={view.door.errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      {view.run === null ? (
        <InsetText>{t('administration-effects-staff.wrong-first')}</InsetText>
      ) : (
        <Effects shell={shell} view={view} run={view.run} />
      )}
    </StaffPage>
  )
}

function Effects({ shell, view, run }: { shell: Shell; view: EffectsView; run: DryRun }): JSX.Element {
  const { t, language } = shell
  return (
    <>
      <p class="govuk-body">
        {t('administration-effects-staff.of', { act: view.act, from: plainDay(language, run.from), to: plainDay(language, run.to) })}
      </p>
      <p class="govuk-body govuk-!-font-weight-bold">
        {t('administration-effects-staff.sum', {
          visits: run.touched.length,
          days: new Set(run.days.map(({ day }) => day.toString())).size,
          findings: inLines(run.findings).length,
        })}
      </p>
      <Findings shell={shell} view={view} findings={run.findings} />
      <Visits shell={shell} office={view.office} touched={run.touched} />
      <Days shell={shell} office={view.office} days={run.days} />
      {run.meanwhile !== null && <Since shell={shell} meanwhile={run.meanwhile} />}
      <Door shell={shell} view={view} />
    </>
  )
}

/** What many units lack is one line with their names. */
function inLines(findings: readonly Finding[]): (readonly Finding[])[] {
  return [...Map.groupBy(findings, (each) => (each.unitId === undefined ? each : each.code)).values()]
}

function Findings({
  shell: { t, language },
  view,
  findings,
}: {
  shell: Shell
  view: EffectsView
  findings: readonly Finding[]
}): JSX.Element {
  const nameOf = ({ serviceId, unitId, provision }: Finding): string =>
    view.office.services.get(serviceId ?? '')?.name ??
    view.office.units.get(unitId ?? '')?.name ??
    view.references.get(provision ?? '') ??
    ''
  const said = (some: readonly Finding[], { code, values = {} }: Finding): string =>
    t(`administration-effects-staff.finding.${code}`, {
      ...values,
      count: some.length,
      what: some.map(nameOf).join(', '),
      ...(values['channel'] === undefined ? {} : { way: t(`regulation.way.${values['channel']}`) }),
      ...(values['until'] === undefined ? {} : { day: plainDay(language, Temporal.PlainDate.from(String(values['until']))) }),
    })
  return (
    <>
      <h2 class="govuk-heading-m">{t('administration-effects-staff.findings')}</h2>
      {findings.length === 0 ? (
        <p class="govuk-body">{t('administration-effects-staff.findings.none')}</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {inLines(findings).map((some) => {
            const [first] = some
            return (
              first !== undefined && (
                <li>
                  {said(some, first)} {inBrackets(t, first.basis)}
                </li>
              )
            )
          })}
        </ul>
      )}
    </>
  )
}

/** @param later what becomes of them, in a sentence; left out of an act */
export function Visits({
  shell: { t, language },
  office,
  touched,
  later = t('administration-effects-staff.visits.later'),
}: {
  shell: Shell
  office: Directory
  touched: readonly Touched[]
  later?: string
}): JSX.Element {
  const title = t('administration-effects-staff.visits')
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      {touched.length === 0 ? (
        <p class="govuk-body">{t('administration-effects-staff.visits.none')}</p>
      ) : (
        <>
          <p class="govuk-body">{later}</p>
          {touched.length > shownMax && (
            <p class="govuk-body">{t('administration-effects-staff.visits.more', { shown: shownMax, count: touched.length })}</p>
          )}
          <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
            <Table
              caption={title}
              captionClasses="govuk-visually-hidden"
              head={['when', 'matter', 'why', 'basis'].map((each) => t(`administration-effects-staff.visit.${each}`))}
              rows={touched
                .slice(0, shownMax)
                .map(({ visit, code, basis }) => [
                  `${longDay(language, officeDay(visit.startsAt))}, ${wallTime(visit.startsAt)}`,
                  office.services.get(visit.serviceId)?.name ?? visit.serviceId,
                  whyText(t, code),
                  basis.map((each) => basisText(t, each)).join('; '),
                ])}
            />
          </div>
        </>
      )}
    </>
  )
}

/** "(§ 1 zarządzenia nr …)": the paragraphs an answer rests on; nothing for settings. */
function inBrackets(t: Shell['t'], basis: readonly Basis[]): string {
  const cited = basis.filter(({ kind }) => kind === 'provision').map((each) => basisText(t, each))
  return cited.length === 0 ? '' : `(${cited.join('; ')})`
}

/** Days alike of a unit, such as its Mondays, as one line. */
export function Days({
  shell: { t, language },
  office,
  days,
}: {
  shell: Shell
  office: Directory
  days: readonly ChangedDay[]
}): JSX.Element {
  const title = t('administration-effects-staff.days')
  const hours = ({ intervals }: UnitDay): string =>
    intervals.length === 0
      ? t('administration-effects-staff.day.closed')
      : intervals.map(({ from, to }) => `${minuteTime(from)}–${minuteTime(to)}`).join(', ')
  // Units whose matters nobody books have hours and no starts: one line for all of them.
  const bookable = new Set(days.filter(({ before, after }) => before.starts + after.starts > 0).map(({ unitId }) => unitId))
  const named = (unitId: string): string => (bookable.has(unitId) ? unitId : '')
  const alike = Map.groupBy(days, ({ unitId, day, before, after }) => [named(unitId), day.dayOfWeek, hours(before), hours(after)].join(' '))
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      {days.length === 0 ? (
        <p class="govuk-body">{t('administration-effects-staff.days.none')}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            caption={title}
            captionClasses="govuk-visually-hidden"
            head={['unit', 'days', 'before', 'after', 'starts'].map((each) => t(`administration-effects-staff.day.${each}`))}
            rows={[...alike.values()].flatMap((some) => {
              const [first] = some
              return first === undefined
                ? []
                : [
                    [
                      named(first.unitId) === ''
                        ? t('administration-effects-staff.day.others', { count: new Set(some.map(({ unitId }) => unitId)).size })
                        : (office.units.get(first.unitId)?.name ?? first.unitId),
                      t('administration-effects-staff.day.weekday', {
                        weekday: weekdayName(language, first.day),
                        count: new Set(some.map(({ day }) => day.toString())).size,
                        first: plainDay(language, first.day),
                      }),
                      hours(first.before),
                      hours(first.after),
                      t('administration-effects-staff.day.change', { before: starts(some, 'before'), after: starts(some, 'after') }),
                    ],
                  ]
            })}
          />
        </div>
      )}
    </>
  )
}

/** Of a late act: what was said since its first day and would have been otherwise. */
function Since({ shell: { t, language }, meanwhile }: { shell: Shell; meanwhile: Meanwhile }): JSX.Element {
  const { answers, visits } = meanwhile
  const title = t('administration-effects-staff.since', { day: plainDay(language, meanwhile.from) })
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      <p class="govuk-body">{t('administration-effects-staff.since.about')}</p>
      {answers.length + visits.length === 0 && <p class="govuk-body">{t('administration-effects-staff.since.none')}</p>}
      {visits.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {visits.map(({ code, count }) => (
            <li>{t('administration-effects-staff.since.visits', { count, why: whyText(t, code) })}</li>
          ))}
        </ul>
      )}
      {answers.length > 0 && (
        <Table
          caption={t('administration-effects-staff.since.answers')}
          head={['said', 'would', 'count'].map((each) => t(`administration-effects-staff.since.${each}`))}
          rows={answers.map(({ said, would, count }) => [wordOf(t, said), wordOf(t, would), String(count)])}
        />
      )}
    </>
  )
}

/** An answer of the door in a few words. */
function wordOf(t: Shell['t'], code: string): string {
  const key = `entrance-staff.word.${code}`
  return t.has(key) ? t(key) : code
}

function starts(some: readonly ChangedDay[], of: 'before' | 'after'): number {
  return some.reduce((sum, each) => sum + each[of].starts, 0)
}

function weekdayName(language: Language, day: Temporal.PlainDate): string {
  return day.toLocaleString(language, { weekday: 'long' })
}

function Door({ shell: { t }, view: { door, office } }: { shell: Shell; view: EffectsView }): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m" id="drzwi">
        {t('administration-effects-staff.door')}
      </h2>
      <p class="govuk-hint">{t('administration-effects-staff.door.hint')}</p>
      <form method="get" action="#drzwi">
        <Select
          id="budynek"
          name="budynek"
          label={t('administration-effects-staff.door.building')}
          value={door.building}
          items={[...office.buildings.values()].filter(({ closed }) => !closed).map(({ id, name }) => ({ value: id, text: name }))}
        />
        <Select
          id="sprawa"
          name="sprawa"
          label={t('administration-effects-staff.door.matter')}
          value={door.matter}
          items={door.matters.map(({ id, name }) => ({ value: id, text: name }))}
        />
        <TextInput
          id="dzien"
          name="dzien"
          label={t('administration-effects-staff.door.day')}
          value={door.day}
          classes="govuk-input--width-10"
          error={errorAt(t, door.errors, 'dzien')}
        />
        <TextInput
          id="godzina"
          name="godzina"
          label={t('administration-effects-staff.door.time')}
          value={door.time}
          classes="govuk-input--width-5"
          error={errorAt(t, door.errors, 'godzina')}
        />
        <Button kind="secondary">{t('administration-effects-staff.door.ask')}</Button>
      </form>
      {door.steps.length > 0 && (
        <ul class="govuk-list">
          {door.steps.map(({ step, href }) => (
            <li>
              <a class="govuk-link" href={href}>
                {t(`administration-effects-staff.door.step.${step}`)}
              </a>
            </li>
          ))}
        </ul>
      )}
      {door.answers.map(({ face, now, after }) => (
        <section>
          <h3 class="govuk-heading-s">{t(`administration-effects-staff.door.${face}`)}</h3>
          {(
            [
              ['now', now],
              ['then', after],
            ] as const
          ).map(([when, decision]) => (
            <p class="govuk-body">
              <strong>{t(`administration-effects-staff.door.${when}`)}:</strong> {decisionSentence(t, 'regulation', decision)}{' '}
              {inBrackets(t, decision.basis)}
            </p>
          ))}
        </section>
      ))}
    </>
  )
}
