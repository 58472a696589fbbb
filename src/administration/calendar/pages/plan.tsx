/** The plan of the office: which desks are staffed when; and one desk with its shifts, absences and week. */
import type { JSX } from 'preact'
import type { KeptAbsence, KeptShift } from '../../../calendar/index.js'
import { roomText, type Desk, type Directory, type Unit } from '../../../directory/index.js'
import type { Translate } from '../../../platform/words.js'
import { InsetText, LinkButton, StaffPage, Table, type Shell, type StaffLink } from '../../../ui/index.js'
import type { DeskDay } from '../week.js'
import { absenceText, shiftText, WeekTable } from './parts.js'

export interface PlanView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly units: readonly { readonly unit: Unit; readonly desks: readonly Desk[] }[]
  /** Those that have not ended. */
  readonly shifts: readonly KeptShift[]
  readonly absences: readonly KeptAbsence[]
}

export function PlanPage({ shell, view }: { shell: Shell; view: PlanView }): JSX.Element {
  const { t } = shell
  const key = 'administration-calendar-staff'
  return (
    <StaffPage shell={shell} title={t(`${key}.title`)} links={view.links}>
      <h1 class="govuk-heading-l">{t(`${key}.title`)}</h1>
      <p class="govuk-body">{t(`${key}.intro`)}</p>
      <LinkButton kind="secondary" href="/praca/grafik/kalendarz">
        {t(`${key}.calendar`)}
      </LinkButton>{' '}
      <LinkButton kind="secondary" href="/praca/moj-wydzial">
        {t(`${key}.head`)}
      </LinkButton>
      {view.units.length === 0 && <InsetText>{t(`${key}.no-desks`)}</InsetText>}
      {view.units.map(({ unit, desks }) => (
        <>
          <h2 class="govuk-heading-m">{unit.name}</h2>
          <div class="okienko-scroll" tabIndex={0} role="region" aria-label={unit.name}>
            <Table
              firstCellIsHeader
              head={['desk', 'shifts', 'absences'].map((each) => t(`${key}.list.${each}`))}
              rows={desks.map((desk) => [
                <a class="govuk-link" href={`/praca/grafik/stanowisko/${desk.id}`}>
                  {deskName(t, view.office, desk)}
                </a>,
                <Lines
                  none={t(`${key}.shifts.none`)}
                  lines={view.shifts.filter(({ deskId }) => deskId === desk.id).map((each) => shiftText(t, each))}
                />,
                <Lines
                  none={t(`${key}.absences.none`)}
                  lines={view.absences.filter(({ deskId }) => deskId === desk.id).map((each) => absenceText(t, each))}
                />,
              ])}
            />
          </div>
        </>
      ))}
    </StaffPage>
  )
}

function Lines({ lines, none }: { lines: readonly string[]; none: string }): JSX.Element {
  if (lines.length === 0) return <>{none}</>
  return lines.length === 1 ? (
    <>{lines[0]}</>
  ) : (
    <ul class="govuk-list govuk-!-margin-bottom-0">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  )
}

/** "Stanowisko 2, pokój 22, II piętro" */
export function deskName(t: Translate, office: Directory, desk: Desk): string {
  const room = office.rooms.get(desk.roomId)
  return t('administration-calendar-staff.desk', { desk: desk.label, room: room === undefined ? desk.roomId : roomText(t, room) })
}

export interface DeskView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly desk: Desk
  readonly shifts: readonly KeptShift[]
  readonly absences: readonly KeptAbsence[]
  readonly week: readonly DeskDay[]
  readonly monday: Temporal.PlainDate
  /** Addresses that change it; none of a desk that is closed. */
  readonly changeable: boolean
  /** A change was just saved. */
  readonly saved: boolean
}

export function DeskPage({ shell, view }: { shell: Shell; view: DeskView }): JSX.Element {
  const { t } = shell
  const { desk, office, changeable } = view
  const key = 'administration-calendar-staff'
  const own = `/praca/grafik/stanowisko/${desk.id}`
  const name = deskName(t, office, desk)
  // One under the other: side by side they would be too close for a finger.
  const actions = (links: readonly (readonly [string, string])[], what: string): JSX.Element | string =>
    changeable ? (
      <ul class="govuk-list govuk-!-margin-bottom-0">
        {links.map(([href, text]) => (
          <li>
            <a class="govuk-link" href={href}>
              {text}
              <span class="govuk-visually-hidden">: {what}</span>
            </a>
          </li>
        ))}
      </ul>
    ) : (
      ''
    )
  return (
    <StaffPage shell={shell} title={name} links={view.links} back="/praca/grafik">
      <h1 class="govuk-heading-l">{name}</h1>
      <p class="govuk-body">{office.units.get(desk.unitId)?.name}</p>
      {!changeable && <InsetText>{t(`${key}.desk-closed`)}</InsetText>}
      {view.saved && (
        <p class="govuk-body" role="status">
          <strong>{t(`${key}.saved`)}</strong>{' '}
          <a class="govuk-link" href="/praca/przeglad">
            {t(`${key}.saved.review`)}
          </a>
        </p>
      )}
      <h2 class="govuk-heading-m">{t(`${key}.list.shifts`)}</h2>
      {view.shifts.length === 0 ? (
        <p class="govuk-body">{t(`${key}.shifts.none`)}</p>
      ) : (
        <Table
          caption={t(`${key}.list.shifts`)}
          captionClasses="govuk-visually-hidden"
          rows={view.shifts.map((each) => [
            shiftText(t, each),
            actions(
              [
                [`${own}/obsada/${each.id}`, t(`${key}.change`)],
                [`${own}/obsada/${each.id}/koniec`, t(`${key}.end`)],
              ],
              shiftText(t, each),
            ),
          ])}
        />
      )}
      {changeable && <LinkButton href={`${own}/obsada`}>{t(`${key}.shift.new`)}</LinkButton>}
      <h2 class="govuk-heading-m">{t(`${key}.list.absences`)}</h2>
      {view.absences.length === 0 ? (
        <p class="govuk-body">{t(`${key}.absences.none`)}</p>
      ) : (
        <Table
          caption={t(`${key}.list.absences`)}
          captionClasses="govuk-visually-hidden"
          rows={view.absences.map((each) => [
            absenceText(t, each),
            actions([[`${own}/nieobecnosc/${each.id}`, t(`${key}.change-or-remove`)]], absenceText(t, each)),
          ])}
        />
      )}
      {changeable && (
        <LinkButton kind="secondary" href={`${own}/nieobecnosc`}>
          {t(`${key}.absence.new`)}
        </LinkButton>
      )}
      <WeekTable shell={shell} days={view.week} />
      <WeekLinks shell={shell} href={(monday) => `${own}?tydzien=${monday}`} monday={view.monday} />
    </StaffPage>
  )
}

export function WeekLinks({
  shell: { t },
  href,
  monday,
}: {
  shell: Shell
  href: (monday: Temporal.PlainDate) => string
  monday: Temporal.PlainDate
}): JSX.Element {
  return (
    <nav class="govuk-body okienko-screen-only" aria-label={t('administration-calendar-staff.week.around')}>
      <a class="govuk-link" rel="prev" href={href(monday.subtract({ days: 7 }))}>
        {t('administration-calendar-staff.week.previous')}
      </a>
      {' · '}
      <a class="govuk-link" rel="next" href={href(monday.add({ days: 7 }))}>
        {t('administration-calendar-staff.week.next')}
      </a>
    </nav>
  )
}
