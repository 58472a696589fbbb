/** A unit's week for its head; it prints as it stands. */
import type { JSX } from 'preact'
import { longDay, plainDay, wallTime } from '../../../platform/words.js'
import { officeDay } from '../../../platform/clock.js'
import type { KeptAbsence } from '../../../calendar/index.js'
import { unitName, type Directory, type Service, type Unit } from '../../../directory/index.js'
import { hoursText } from '../../../regulation/index.js'
import { Button, InsetText, Select, StaffPage, Table, type Cell, type Shell, type StaffLink } from '../../../ui/index.js'
import { percentOf, type DeskLoad, type Gap, type UnitWeek } from '../own-unit.js'
import { absenceText, intervalsText } from './parts.js'
import { deskName, WeekLinks } from './plan.js'

export interface OwnUnitView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  /** Units the person may look at. */
  readonly units: readonly Unit[]
  /** Null: nobody said which, and there is none. */
  readonly unit: Unit | null
  readonly monday: Temporal.PlainDate
  readonly now: Temporal.Instant
  readonly week: UnitWeek
  /** Of its desks, in the week and after. */
  readonly absences: readonly KeptAbsence[]
  /** Matters that are booked, each with its first free day. */
  readonly free: readonly { readonly service: Service; readonly day: Temporal.PlainDate | null }[]
  /** Last day anybody can book. */
  readonly last: Temporal.PlainDate
}

const key = 'administration-calendar-staff.own'

export function OwnUnitPage({ shell, view }: { shell: Shell; view: OwnUnitView }): JSX.Element {
  const { t, language } = shell
  const { unit, office } = view
  const title = unit === null ? t(`${key}.title`) : unitName(t, office, unit.id)
  return (
    <StaffPage shell={shell} title={title} links={view.links}>
      <h1 class="govuk-heading-l">{title}</h1>
      {view.units.length > 1 && <Chooser shell={shell} view={view} />}
      {unit === null ? (
        <InsetText>{t('administration-calendar-staff.no-desks')}</InsetText>
      ) : (
        <>
          <p class="govuk-body">
            {t(`${key}.print`, { day: plainDay(language, officeDay(view.now)), time: wallTime(view.now) })}
            <span class="okienko-screen-only">
              {' · '}
              <a class="govuk-link" href="/praca/grafik">
                {t('administration-calendar-staff.title')}
              </a>
              {' · '}
              <a class="govuk-link" href="/praca/grafik/kalendarz">
                {t('administration-calendar-staff.calendar')}
              </a>
            </span>
          </p>
          <WeekLinks
            shell={shell}
            href={(monday) => `/praca/moj-wydzial?jednostka=${encodeURIComponent(unit.id)}&tydzien=${monday}`}
            monday={view.monday}
          />
          <Week shell={shell} view={view} />
          <Gaps shell={shell} view={view} />
          <Free shell={shell} view={view} />
          <h2 class="govuk-heading-m">{t(`${key}.absences`)}</h2>
          {view.absences.length === 0 ? (
            <p class="govuk-body">{t('administration-calendar-staff.absences.none')}</p>
          ) : (
            <ul class="govuk-list govuk-list--bullet">
              {view.absences.map((each) => {
                const desk = office.desksById.get(each.deskId)
                return (
                  <li>
                    <a class="govuk-link" href={`/praca/grafik/stanowisko/${each.deskId}/nieobecnosc/${each.id}`}>
                      {desk === undefined ? each.deskId : deskName(t, office, desk)}
                    </a>
                    : {absenceText(t, each)}
                  </li>
                )
              })}
            </ul>
          )}
        </>
      )}
    </StaffPage>
  )
}

function Chooser({ shell: { t }, view }: { shell: Shell; view: OwnUnitView }): JSX.Element {
  return (
    <form method="get" action="/praca/moj-wydzial" class="okienko-screen-only">
      <Select
        name="jednostka"
        label={t(`${key}.unit`)}
        value={view.unit?.id ?? ''}
        items={view.units.map(({ id, name }) => ({ value: id, text: name }))}
      />
      <Button kind="secondary">{t(`${key}.choose`)}</Button>
    </form>
  )
}

/** A day a row and a desk a column would be too wide for many desks: a desk is a row. */
function Week({ shell: { t, language }, view }: { shell: Shell; view: OwnUnitView }): JSX.Element {
  const { week, office } = view
  const title = t(`${key}.week`, { day: plainDay(language, view.monday) })
  const cell = (load: DeskLoad): string =>
    load.open.length === 0 ? t(`${key}.cell.none`) : t(`${key}.cell`, { hours: intervalsText(load.open), percent: percentOf(load) })
  // A weekend on which nothing is open needs no column.
  const shown = week.days.map(({ day, hours, openMinutes }) => day.dayOfWeek < 6 || hours.intervals.length > 0 || openMinutes > 0)
  const inShown = (_: unknown, index: number): boolean => shown[index] === true
  return (
    <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
      <Table
        caption={title}
        captionClasses="govuk-table__caption--m"
        firstCellIsHeader
        head={[t(`${key}.desk`), ...week.days.filter(inShown).map(({ day }): Cell => ({ text: longDay(language, day) }))]}
        rows={[
          [t('administration-calendar-staff.week.unit'), ...week.days.filter(inShown).map(({ hours }) => hoursText(t, hours))],
          ...week.desks.map(({ desk, days }) => [
            <a class="govuk-link" href={`/praca/grafik/stanowisko/${desk.id}?tydzien=${view.monday}`}>
              {deskName(t, office, desk)}
            </a>,
            ...days.filter(inShown).map(cell),
          ]),
          [
            t(`${key}.total`),
            ...week.days
              .filter(inShown)
              .map((day) => <strong>{t(`${key}.total.cell`, { visits: day.visits, percent: percentOf(day) })}</strong>),
          ],
        ]}
      />
    </div>
  )
}

function Gaps({ shell: { t, language }, view: { week, office } }: { shell: Shell; view: OwnUnitView }): JSX.Element {
  const said = (gap: Gap): string =>
    t(`${key}.gap.${gap.kind}`, {
      day: longDay(language, gap.day),
      ...(gap.kind === 'unstaffed' ? { desk: deskName(t, office, gap.desk) } : {}),
    })
  return (
    <>
      <h2 class="govuk-heading-m">{t(`${key}.gaps`)}</h2>
      {week.gaps.length === 0 ? (
        <p class="govuk-body">{t(`${key}.gaps.none`)}</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {week.gaps.map((gap) => (
            <li>{said(gap)}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function Free({ shell: { t, language }, view }: { shell: Shell; view: OwnUnitView }): JSX.Element {
  return view.free.length === 0 ? (
    <p class="govuk-body">{t(`${key}.free.no-matters`)}</p>
  ) : (
    <Table
      caption={t(`${key}.free`)}
      captionClasses="govuk-table__caption--m"
      firstCellIsHeader
      head={[t(`${key}.free.matter`), t(`${key}.free.day`)]}
      rows={view.free.map(({ service, day }) => [
        service.name,
        day === null ? t(`${key}.free.none`, { day: plainDay(language, view.last) }) : longDay(language, day),
      ])}
    />
  )
}
