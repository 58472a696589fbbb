/** Compliance: what was observed in a period, then each paragraph in force within it with what holds it up. */
import type { JSX } from 'preact'
import type { Directory } from '../../../directory/index.js'
import { officeDay } from '../../../platform/clock.js'
import type { FieldError } from '../../../platform/decision.js'
import { plainDay } from '../../../platform/words.js'
import { Button, Details, errorAt, StaffPage, Table, TextInput, type Shell, type StaffLink } from '../../../ui/index.js'
import { headingOf } from '../../acts/rules.js'
import type { Counted, Figure, Period } from './model.js'
import { sumOf, type Observations } from './read.js'
import type { ActWithRules } from './rules.js'
import { Rules } from './rules-part.js'
import { anchorOf, deskText, eventsHref, momentText, observedText, roomText, whatText } from './say.js'

export interface ComplianceView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly period: Period
  readonly typed: { readonly from: string; readonly to: string }
  readonly errors: readonly FieldError[]
  /** Of the whole period. */
  readonly observations: Observations
  /** Of the days of each rule, by `daysKey`. */
  readonly observedOn: ReadonlyMap<string, Observations>
  readonly acts: readonly ActWithRules[]
}

type Part = { readonly shell: Shell; readonly view: ComplianceView }

const counted: readonly Counted[] = ['without-booking', 'refusals', 'bookings', 'urgent', 'drop-offs', 'priorities']

export function CompliancePage({ shell, view }: Part): JSX.Element {
  const { t, language } = shell
  const { period, acts } = view
  const title = t('administration-publication-staff.compliance')
  const day = (each: Temporal.PlainDate): string => plainDay(language, each)
  return (
    <StaffPage shell={shell} title={title} links={view.links} errors={view.errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('administration-publication-staff.compliance.what')}</p>
      <PeriodForm shell={shell} view={view} />
      <h2 class="govuk-heading-m">{t('administration-publication-staff.seen', { from: day(period.from), until: day(period.to) })}</h2>
      <Desks shell={shell} view={view} />
      <Inside shell={shell} view={view} />
      {counted.map((figure) => (
        <Counts shell={shell} view={view} figure={figure} />
      ))}
      <Contacts shell={shell} view={view} />
      <h3 class="govuk-heading-s" id={anchorOf('spared')}>
        {t('administration-publication-staff.figure.spared')}
      </h3>
      <p class="govuk-body">{observedText(t, 'spared', view.observations)}</p>
      {acts
        .filter(({ act }) => act.rank === 'ordinance')
        .map((each) => (
          <>
            <h2 class="govuk-heading-m">{headingOf(each.act)}</h2>
            <Rules shell={shell} view={view} one={each} />
          </>
        ))}
      <h2 class="govuk-heading-m">{t('administration-publication-staff.higher')}</h2>
      {acts
        .filter(({ act }) => act.rank !== 'ordinance')
        .map((each) => (
          <Details summary={headingOf(each.act)}>
            <Rules shell={shell} view={view} one={each} />
          </Details>
        ))}
    </StaffPage>
  )
}

function PeriodForm({ shell: { t }, view: { typed, errors } }: Part): JSX.Element {
  return (
    <form method="get" novalidate>
      <TextInput
        id="od"
        name="od"
        label={t('administration-publication-staff.period.from')}
        hint={t('administration-publication-staff.period.hint')}
        value={typed.from}
        classes="govuk-input--width-10"
        error={errorAt(t, errors, 'od')}
      />
      <TextInput
        id="do"
        name="do"
        label={t('administration-publication-staff.period.to')}
        value={typed.to}
        classes="govuk-input--width-10"
        error={errorAt(t, errors, 'do')}
      />
      <Button kind="secondary">{t('administration-publication-staff.period.show')}</Button>
    </form>
  )
}

/** Persons at desks and in rooms, with the moment at which there were most. */
function Desks({ shell: { t }, view: { observations, office, period } }: Part): JSX.Element {
  const { desk, rooms } = observations
  const list = (figure: Figure, what: string, at: Temporal.Instant): JSX.Element => (
    <a class="govuk-link" href={eventsHref(figure, { from: officeDay(at), to: officeDay(at) }, what)}>
      {t('administration-publication-staff.events.of-day')}
    </a>
  )
  return (
    <>
      <h3 class="govuk-heading-s" id={anchorOf('desk')}>
        {t('administration-publication-staff.figure.desk')}
      </h3>
      <p class="govuk-body">
        {observedText(t, 'desk', observations)}{' '}
        {desk !== null && (
          <>
            {t('administration-publication-staff.first-at', { when: momentText(t, desk.at), where: deskText(t, office, desk.deskId) })}{' '}
            {list('desk', office.desksById.get(desk.deskId)?.slug ?? '', desk.at)}
          </>
        )}
      </p>
      <h3 class="govuk-heading-s" id={anchorOf('room')}>
        {t('administration-publication-staff.figure.room')}
      </h3>
      {rooms.peak === null ? (
        <p class="govuk-body">{t('administration-publication-staff.none')}</p>
      ) : (
        <p class="govuk-body">
          {t('administration-publication-staff.room-peak', { persons: rooms.peak.persons, desks: rooms.peak.staffedDesks })}{' '}
          {t('administration-publication-staff.first-at', {
            when: momentText(t, rooms.peak.at),
            where: roomText(office, rooms.peak.roomId),
          })}{' '}
          {list('room', rooms.peak.roomId, rooms.peak.at)}
        </p>
      )}
      <p class="govuk-body">{observedText(t, 'room', observations)}</p>
      {rooms.over.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {rooms.over.map(({ persons, staffedDesks, roomId, at }) => (
            <li>
              {momentText(t, at)}, {roomText(office, roomId)}:{' '}
              {t('administration-publication-staff.room-peak', { persons, desks: staffedDesks })} {list('room', roomId, at)}
            </li>
          ))}
        </ul>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={eventsHref('desk', period)}>
          {t('administration-publication-staff.events.desk')}
        </a>
      </p>
    </>
  )
}

function Inside({ shell: { t }, view: { observations, office } }: Part): JSX.Element {
  return (
    <>
      <h3 class="govuk-heading-s" id={anchorOf('inside')}>
        {t('administration-publication-staff.figure.inside')}
      </h3>
      {observations.inside.length === 0 ? (
        <p class="govuk-body">{t('administration-publication-staff.none')}</p>
      ) : (
        <>
          <p class="govuk-hint">{t('administration-publication-staff.inside.how')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {observations.inside.map(({ persons, buildingId, at }) => (
              <li>
                {t('administration-publication-staff.inside.peak', {
                  building: office.buildings.get(buildingId)?.name ?? buildingId,
                  persons,
                  when: momentText(t, at),
                })}{' '}
                <a class="govuk-link" href={eventsHref('inside', { from: officeDay(at), to: officeDay(at) }, buildingId)}>
                  {t('administration-publication-staff.events.of-day')}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Counts({ shell: { t }, view: { observations, office, period }, figure }: Part & { readonly figure: Counted }): JSX.Element {
  const counts = observations.counts[figure]
  const title = t(`administration-publication-staff.figure.${figure}`)
  return (
    <>
      <h3 class="govuk-heading-s" id={anchorOf(figure)}>
        {title}
      </h3>
      {counts.length === 0 ? (
        <p class="govuk-body">{t('administration-publication-staff.none')}</p>
      ) : (
        <Table
          caption={title}
          captionClasses="govuk-visually-hidden"
          head={[t('administration-publication-staff.what'), { text: t('administration-publication-staff.count'), format: 'numeric' }]}
          rows={[
            ...counts.map(({ what, count }) => [
              <a class="govuk-link" href={eventsHref(figure, period, what)}>
                {whatText(t, office, figure, what)}
              </a>,
              { text: count, format: 'numeric' as const },
            ]),
            [
              <a class="govuk-link" href={eventsHref(figure, period)}>
                {t('administration-publication-staff.together')}
              </a>,
              { text: sumOf(counts), format: 'numeric' as const },
            ],
          ]}
        />
      )}
    </>
  )
}

function Contacts({ shell: { t }, view: { observations } }: Part): JSX.Element {
  return (
    <>
      <h3 class="govuk-heading-s" id={anchorOf('contacts')}>
        {t('administration-publication-staff.figure.contacts')}
      </h3>
      {(['phone', 'email'] as const).map((way) => {
        const units = observations.contacts[way]
        return units.length === 0 ? (
          <p class="govuk-body">{t(`administration-publication-staff.contacts.${way}.all`)}</p>
        ) : (
          <Details summary={t(`administration-publication-staff.contacts.${way}`, { count: units.length })}>
            <ul class="govuk-list govuk-list--bullet">
              {units.map(({ name }) => (
                <li>{name}</li>
              ))}
            </ul>
          </Details>
        )
      })}
      <p class="govuk-body">
        <a class="govuk-link" href="/kontakt">
          {t('administration-publication-staff.contacts.page')}
        </a>
      </p>
    </>
  )
}
