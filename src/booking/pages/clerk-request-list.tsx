/** The one list of a unit: forms, calls and mails, what waits longest on top, and who answers which. */
import type { JSX } from 'preact'
import { wallTime, type Translate } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import { NotificationBanner, PhoneLink, StaffPage, Table, Tag, useWords, type Shell, type StaffLink } from '../../ui/index.js'
import type { SparedMatter } from '../advice-count.js'
import { isOverdue, listFilters, type ListedRequest, type ListFilter, type OpenCount, type OwedCall } from '../request-list.js'
import { whenText } from './clerk-parts.js'
import { timesText } from './clerk-requests.js'
import { SparedVisits } from './spared.js'

export interface ListView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly requests: readonly ListedRequest[]
  /** Calls owed for another reason than a request. */
  readonly calls: readonly OwedCall[]
  readonly count: OpenCount
  readonly filter: ListFilter | null
  /** What a mail seems to be about, by request. */
  readonly guessed: ReadonlyMap<number, string>
  /** Mails whose last answer did not arrive. */
  readonly undelivered: ReadonlySet<number>
  readonly spared: readonly SparedMatter[] | null
  readonly now: Temporal.Instant
  readonly answerHours: number
  /** The person sees the sums of days and units. */
  readonly summary: boolean
  /** What was just done, and to which unit it was handed. */
  readonly news: string | null
  readonly passedTo: string | null
}

export function ClerkRequestsPage({ shell, view }: { shell: Shell; view: ListView }): JSX.Element {
  const { t } = shell
  const { count, now } = view
  return (
    <StaffPage shell={shell} title={t('booking-requests-staff.title')} links={view.links}>
      {view.news !== null && <NotificationBanner type="success" urgent text={newsText(t, view.news, view.passedTo)} />}
      <h1 class="govuk-heading-l">{t('booking-requests-staff.title')}</h1>
      <p class="govuk-body-l">
        {count.oldest === null
          ? t('booking-requests-staff.none')
          : t('booking-requests-staff.waiting', { count: count.open, waited: waitedText(t, count.oldest, now) })}
      </p>
      {count.overdue > 0 && (
        <p class="govuk-body">
          <strong>{t('booking-requests-staff.overdue', { count: count.overdue, hours: view.answerHours })}</strong>
        </p>
      )}
      {view.summary && (
        <p class="govuk-body">
          <a class="govuk-link" href="/praca/prosby/zestawienie">
            {t('booking-requests-staff.summary.link')}
          </a>
        </p>
      )}
      {count.open > 0 && <Filters view={view} />}
      {view.requests.length + view.calls.length > 0 ? (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('booking-requests-staff.caption')}>
          <Table
            stack
            caption={t('booking-requests-staff.caption')}
            head={[
              t('booking-staff.requests.came'),
              t('booking-requests-staff.channel'),
              t('booking-requests-staff.waited'),
              t('booking-staff.matter-short'),
              t('booking-requests-staff.todo'),
              t('booking-staff.name'),
              t('booking-requests-staff.who'),
              t('booking-staff.requests.unit'),
            ]}
            rows={rows(t, view)}
          />
        </div>
      ) : (
        count.open > 0 && <p class="govuk-body">{t('booking-requests-staff.none.filter')}</p>
      )}
      {view.spared !== null && <SparedVisits matters={view.spared} />}
    </StaffPage>
  )
}

function newsText(t: Translate, news: string, passedTo: string | null): string {
  if (news === 'passed' && passedTo !== null) return t('booking-requests-staff.news.passed-to', { unit: passedTo })
  return t(`booking-requests-staff.news.${news}`)
}

function matterText(t: Translate, office: Directory, request: ListedRequest, guessed: ReadonlyMap<number, string>): string {
  const guess = office.services.get(guessed.get(request.id) ?? '')
  if (request.service_id !== null) return office.services.get(request.service_id)?.name ?? request.service_id
  return guess === undefined ? t('booking-staff.requests.no-matter') : t('booking-requests-staff.guess', { matter: guess.name })
}

type Cells = readonly (JSX.Element | string)[]

/** Requests and calls together, what has waited longest first. */
function rows(t: Translate, view: ListView): readonly Cells[] {
  return [
    ...view.requests.map((request) => ({ since: request.owed_from, cells: row(t, view, request) })),
    ...view.calls.map((call) => ({ since: call.owedFrom, cells: callRow(t, view, call) })),
  ]
    .toSorted((a, b) => Temporal.Instant.compare(a.since, b.since))
    .map(({ cells }) => cells)
}

function callRow(t: Translate, view: ListView, { href, owedFrom, matter, unitId, name, say, attempts }: OwedCall): Cells {
  return [
    <a class="govuk-link" href={href}>
      {whenText(t, owedFrom)}
    </a>,
    t('booking-requests-staff.channel.decided'),
    <Waited view={view} since={owedFrom} />,
    matter,
    <>
      {t('booking-requests-staff.todo.say', { say })}
      <Attempts count={attempts} />
    </>,
    name ?? t('booking-staff.nobody'),
    '–',
    view.office.units.get(unitId)?.name ?? unitId,
  ]
}

function Waited({ view: { now, answerHours }, since }: { view: ListView; since: Temporal.Instant }): JSX.Element {
  const t = useWords()
  return (
    <>
      {waitedText(t, since, now)} {isOverdue(since, now, answerHours) && <Tag colour="red">{t('booking-requests-staff.late')}</Tag>}
    </>
  )
}

function Attempts({ count }: { count: number }): JSX.Element | null {
  const t = useWords()
  return count === 0 ? null : <span class="okienko-quiet"> ({t('booking-requests-staff.todo.attempts', { count })})</span>
}

function row(t: Translate, view: ListView, request: ListedRequest): Cells {
  const { office, now, guessed, undelivered } = view
  const path = request.channel === 'email' ? '/praca/poczta' : '/praca/prosby'
  return [
    <a class="govuk-link" href={`${path}/${request.reference}`}>
      {whenText(t, request.created_at)}
    </a>,
    t(`booking-requests-staff.channel.${request.channel}`),
    <Waited view={view} since={request.owed_from} />,
    matterText(t, office, request, guessed),
    undelivered.has(request.id) ? <OtherWay phone={request.person_phone} /> : <ToDo request={request} />,
    request.person_name ?? t('booking-staff.nobody'),
    <Who request={request} now={now} />,
    office.units.get(request.unit_id)?.name ?? request.unit_id,
  ]
}

/** An answer that did not arrive is not sent to the same address again. */
function OtherWay({ phone }: { phone: string | null }): JSX.Element {
  const t = useWords()
  return (
    <>
      <Tag colour="red">{t('booking-requests-staff.undelivered')}</Tag>
      <br />
      {t(`booking-requests-staff.todo.${phone === null ? 'other-way' : 'ring'}`)} {phone !== null && <PhoneLink phone={phone} />}
    </>
  )
}

function ToDo({ request: { channel, wish, next_at: next, days, attempts } }: { request: ListedRequest }): JSX.Element {
  const t = useWords()
  if (channel === 'email' || wish === 'email') return <>{t('booking-requests-staff.todo.email')}</>
  if (next === null) return <>{t('booking-requests-staff.todo.form', { times: timesText(t, days) })}</>
  return (
    <>
      {t('booking-requests-staff.todo.call', { when: whenText(t, next) })}
      <Attempts count={attempts} />
    </>
  )
}

function Who({ request, now }: { request: ListedRequest; now: Temporal.Instant }): JSX.Element {
  const t = useWords()
  const { claimed_until: until, claimed_name: who } = request
  if (until === null || who === null || Temporal.Instant.compare(until, now) <= 0) return <>–</>
  return <>{t('booking-requests-staff.who.until', { who, until: wallTime(until) })}</>
}

function Filters({ view: { count, filter } }: { view: ListView }): JSX.Element {
  const t = useWords()
  const counts: Readonly<Record<ListFilter, number>> = { ...count.byChannel, ring: count.ring }
  const link = (to: ListFilter | null, number: number): JSX.Element => (
    <li>
      <a
        class="govuk-link"
        href={to === null ? '/praca/prosby' : `/praca/prosby?kanal=${to}`}
        aria-current={to === filter ? 'true' : undefined}
      >
        {t(`booking-requests-staff.filter.${to ?? 'all'}`, { count: number })}
      </a>
    </li>
  )
  return (
    <nav aria-label={t('booking-requests-staff.filters')}>
      <ul class="okienko-filters">
        {link(null, count.open)}
        {listFilters.map((each) => link(each, counts[each]))}
      </ul>
    </nav>
  )
}

/** "25 minut", "7 godzin", "3 dni": what has passed, rounded down. */
export function waitedText(t: Translate, since: Temporal.Instant, now: Temporal.Instant): string {
  return durationText(t, Math.max(0, Math.floor(now.since(since).total('minutes'))))
}

/** "25 minut", "7 godzin", "3 dni", in the accusative. */
export function durationText(t: Translate, minutes: number): string {
  const hours = Math.floor(minutes / 60)
  if (hours < 1) return t('booking-requests-staff.waited.minutes', { minutes })
  return hours < 48
    ? t('booking-requests-staff.waited.hours', { hours })
    : t('booking-requests-staff.waited.days', { days: Math.floor(hours / 24) })
}
