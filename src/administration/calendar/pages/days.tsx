/** The calendar of a year with its holidays and special days, and the form of one special day. */
import type { JSX } from 'preact'
import type { FieldError } from '../../../platform/decision.js'
import { longDay, monthName, plainDay, type Translate } from '../../../platform/words.js'
import { unitName, type Directory, specialDayKinds, type SpecialDay, type SpecialDayFacts } from '../../../directory/index.js'
import { holidayName, hoursText } from '../../../regulation/index.js'
import {
  Button,
  errorAt,
  InsetText,
  LinkButton,
  Radios,
  Select,
  StaffPage,
  Table,
  TextInput,
  type Shell,
  type StaffLink,
} from '../../../ui/index.js'
import { severalPlaces } from '../forms.js'
import type { Typed } from '../model.js'
import type { CalendarYear, ChangedHours } from '../special.js'
import { Day, Time } from './desk-forms.js'
import { ChangedMeanwhile, intervalsText } from './parts.js'

const key = 'administration-calendar-staff'
/** Rows of the table of changed hours. */
const shownMax = 40

/** "Zamknięcie, 10:00–12:00: awaria" and the act it rests on. */
export function specialDayText(t: Translate, { kind, intervals, reason, restsOn }: SpecialDayFacts): string {
  const words = { kind: t(`${key}.kind.${kind}`), hours: intervalsText(intervals), reason }
  const text = t(intervals.length === 0 ? `${key}.day.plain` : `${key}.day.hours`, words)
  return restsOn === null ? text : `${text} ${t(`${key}.day.act`, { act: restsOn })}`
}

export function placesText(t: Translate, office: Directory, { buildings, units }: Pick<SpecialDay, 'buildings' | 'units'>): string {
  const names = [
    ...buildings.map((id) => office.buildings.get(id)?.address ?? id),
    ...units.map((id) => (office.units.has(id) ? unitName(t, office, id) : id)),
  ]
  return names.length === 0 ? t(`${key}.day.everywhere`) : names.join(', ')
}

export function daysText(t: Translate, { from, until }: Pick<SpecialDay, 'from' | 'until'>): string {
  return Temporal.PlainDate.compare(from, until) === 0
    ? longDay(t.language, from)
    : t(`${key}.day.range`, { from: plainDay(t.language, from), until: plainDay(t.language, until) })
}

export interface YearView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly year: number
  readonly calendar: CalendarYear
  /** Those that hold and touch the year, in order. */
  readonly days: readonly SpecialDay[]
  readonly mayChange: (day: SpecialDay) => boolean
  readonly saved: boolean
}

export function YearPage({ shell, view }: { shell: Shell; view: YearView }): JSX.Element {
  const { t, language } = shell
  const { year, calendar, days, office } = view
  const title = t(`${key}.day.title`, { year: String(year) })
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/grafik">
      <h1 class="govuk-heading-l">{title}</h1>
      {view.saved && (
        <p class="govuk-body" role="status">
          <strong>{t(`${key}.day.saved`)}</strong>{' '}
          <a class="govuk-link" href="/praca/przeglad">
            {t(`${key}.saved.review`)}
          </a>
        </p>
      )}
      <p class="govuk-body">{t(`${key}.day.intro`)}</p>
      <LinkButton href="/praca/grafik/kalendarz/nowy">{t(`${key}.day.new`)}</LinkButton>
      <p class="govuk-body okienko-screen-only">
        {[year - 1, year + 1].map((each) => (
          <>
            <a class="govuk-link" href={`/praca/grafik/kalendarz?rok=${each}`}>
              {t(`${key}.day.previous`, { year: String(each) })}
            </a>{' '}
          </>
        ))}
      </p>
      {calendar.workingDays.map((count, index) => {
        const month = Temporal.PlainDate.from({ year, month: index + 1, day: 1 })
        return (
          <Month
            shell={shell}
            view={view}
            title={t(`${key}.day.month`, { month: monthName(language, month), count })}
            rows={[
              ...calendar.holidays
                .filter(({ day }) => day.month === month.month)
                .map(({ day, provision, name }) => ({
                  from: day,
                  cells: [
                    longDay(language, day),
                    t(`${key}.day.holiday`, { name: holidayName(t, provision, name) }),
                    t(`${key}.day.everywhere`),
                    '',
                  ],
                })),
              ...days
                .filter((each) => firstIn(each, year).month === month.month)
                .map((each) => ({
                  from: firstIn(each, year),
                  cells: [
                    daysText(t, each),
                    specialDayText(t, each),
                    placesText(t, office, each),
                    view.mayChange(each) ? (
                      <a class="govuk-link" href={`/praca/grafik/kalendarz/${each.id}`}>
                        {t(`${key}.change-or-remove`)}
                        <span class="govuk-visually-hidden">: {daysText(t, each)}</span>
                      </a>
                    ) : (
                      ''
                    ),
                  ],
                })),
            ].toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))}
          />
        )
      })}
    </StaffPage>
  )
}

/** Where it begins in that year. */
function firstIn({ from }: SpecialDay, year: number): Temporal.PlainDate {
  return from.year < year ? Temporal.PlainDate.from({ year, month: 1, day: 1 }) : from
}

function Month({
  shell: { t },
  title,
  rows,
}: {
  shell: Shell
  view: YearView
  title: string
  rows: readonly { readonly cells: readonly (string | JSX.Element)[] }[]
}): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-s">{title}</h2>
      {rows.length > 0 && (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            caption={title}
            captionClasses="govuk-visually-hidden"
            head={['day', 'what', 'where', 'change'].map((each) => t(`${key}.day.head.${each}`))}
            rows={rows.map(({ cells }) => cells)}
          />
        </div>
      )}
    </>
  )
}

export interface SpecialDayView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  /** Units the person plans; null is the whole office. */
  readonly allowed: readonly string[] | null
  readonly isNew: boolean
  readonly action: string
  readonly back: string
  readonly seen: string
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  /** What stands there now, when somebody changed it since the form was shown. */
  readonly conflict: readonly string[] | null
  /** Hours that would be others; null until it is asked for. */
  readonly changed: readonly ChangedHours[] | null
}

export function SpecialDayPage({ shell, view }: { shell: Shell; view: SpecialDayView }): JSX.Element {
  const { t } = shell
  const { typed, errors, office, allowed } = view
  const title = t(`${key}.day.${view.isNew ? 'new' : 'change'}`)
  const units = [...office.units.values()].filter(({ closed, id }) => !closed && (allowed === null || allowed.includes(id)))
  const places = [
    ...(typed['gdzie'] === severalPlaces ? [{ value: severalPlaces, text: t(`${key}.field.gdzie.bez-zmian`) }] : []),
    ...(allowed === null
      ? [
          { value: 'urzad', text: t(`${key}.field.gdzie.urzad`) },
          ...[...office.buildings.values()].map(({ id, address }) => ({ value: `budynek:${id}`, text: address })),
        ]
      : []),
    ...units.map(({ id, name }) => ({ value: `komorka:${id}`, text: name })),
  ]
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={view.back} errors={errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      {view.conflict !== null && (
        <ChangedMeanwhile t={t}>
          {view.conflict.map((line) => (
            <p class="govuk-body">{line}</p>
          ))}
        </ChangedMeanwhile>
      )}
      <form method="post" action={view.action} novalidate>
        <input type="hidden" name="widziane" value={view.seen} />
        <Radios
          name="rodzaj"
          fieldset={{ legend: t(`${key}.kind`) }}
          error={errorAt(t, errors, 'rodzaj')}
          value={typed['rodzaj'] ?? ''}
          items={specialDayKinds.map((kind) => ({ value: kind, text: t(`${key}.kind.${kind}`), hint: t(`${key}.kind.${kind}.hint`) }))}
        />
        <Day shell={shell} view={view} name="od" label="od" />
        <Day shell={shell} view={view} name="do" label="do-jeden-dzien" />
        <Time shell={shell} view={view} name="godzina-od" />
        <Time shell={shell} view={view} name="godzina-do" />
        <Select
          name="gdzie"
          label={t(`${key}.field.gdzie`)}
          value={typed['gdzie'] ?? ''}
          error={errorAt(t, errors, 'gdzie')}
          items={places}
        />
        <TextInput
          name="powod"
          label={t(`${key}.field.powod-dnia`)}
          hint={t(`${key}.field.powod-dnia.hint`)}
          value={typed['powod'] ?? ''}
          error={errorAt(t, errors, 'powod')}
          autocomplete="off"
        />
        <TextInput
          name="akt"
          label={t(`${key}.field.akt`)}
          hint={t(`${key}.field.akt.hint`)}
          value={typed['akt'] ?? ''}
          error={errorAt(t, errors, 'akt')}
          classes="govuk-input--width-20"
          autocomplete="off"
        />
        <Button name="zrob" value="zapisz">
          {t(view.conflict === null ? `${key}.save` : `${key}.conflict.mine`)}
        </Button>{' '}
        <Button kind="secondary" name="zrob" value="pokaz">
          {t(`${key}.day.show`)}
        </Button>{' '}
        {!view.isNew && (
          <Button kind="warning" name="zrob" value="usun">
            {t(`${key}.day.remove`)}
          </Button>
        )}
      </form>
      {view.changed !== null && <Changed shell={shell} office={office} changed={view.changed} />}
    </StaffPage>
  )
}

/** Hours as they are and as they would be; units alike on a day as one line. */
function Changed({
  shell: { t, language },
  office,
  changed,
}: {
  shell: Shell
  office: Directory
  changed: readonly ChangedHours[]
}): JSX.Element {
  const groups = [...Map.groupBy(changed, ({ day, before, after }) => [day, hoursText(t, before), hoursText(t, after)].join('|')).values()]
  const title = t(`${key}.day.works`)
  if (groups.length === 0) return <InsetText>{t(`${key}.day.works.same`)}</InsetText>
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      {groups.length > shownMax && <p class="govuk-body">{t(`${key}.day.works.more`, { shown: shownMax, count: groups.length })}</p>}
      <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
        <Table
          caption={title}
          captionClasses="govuk-visually-hidden"
          head={['day', 'unit', 'now', 'then'].map((each) => t(`${key}.day.works.${each}`))}
          rows={groups.slice(0, shownMax).flatMap((some) => {
            const [first] = some
            return first === undefined
              ? []
              : [
                  [
                    longDay(language, first.day),
                    some.map(({ unitId }) => unitName(t, office, unitId)).join(', '),
                    hoursText(t, first.before),
                    hoursText(t, first.after),
                  ],
                ]
          })}
        />
      </div>
    </>
  )
}
