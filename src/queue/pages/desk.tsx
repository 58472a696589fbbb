/**
 * A desk's page: three regions in fixed places. It faces a clerk all day and may be seen by the
 * public, so no name stands in its title or address, and on it only when asked for.
 *
 * A button that would be refused gives its place to the reason; nothing moves under the pointer.
 */
import type { JSX } from 'preact'
import type { Refused } from '../../platform/decision.js'
import { phoneForReading, wallTime, type Translate } from '../../platform/words.js'
import { needsText } from '../../booking/index.js'
import {
  Button,
  DecisionNotice,
  Details,
  IdempotencyField,
  KeysSwitch,
  LiveRegion,
  SmallPage,
  StaffPage,
  Tag,
  useWords,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import { spacedTicket } from '../tickets.js'
import { ticketSentence } from '../walk-in-rules.js'
import type { DeskView } from '../view.js'
import { Actions } from './desk-actions.js'
import { Order, Parked } from './desk-more.js'

/** Who looks at the desk's page. */
export interface DeskVisitor {
  readonly accountId: number
  /** May take the desk also while somebody is at it. */
  readonly takesOver: boolean
}

export interface DeskPageOptions {
  readonly shell: Shell
  readonly links: readonly StaffLink[]
  readonly view: DeskView
  readonly visitor: DeskVisitor
  /** Code of what was just done: focus goes to the number; with nobody waiting that is said. */
  readonly done: string | null
  /** Number just given to somebody who came to the desk and waits now. */
  readonly given: string | null
  readonly refusal: Refused | null
  /** In a small window beside other work: who is here and what is pressed most. */
  readonly small?: boolean | undefined
}

export function deskAddress(slug: string): string {
  return `/praca/stanowisko/${encodeURIComponent(slug)}`
}

export function DeskPage({ shell, links, view, visitor, done, given, refusal, small = false }: DeskPageOptions): JSX.Element {
  const { t } = shell
  const address = deskAddress(view.desk.slug)
  // Some rooms have a number on the door, others only a name.
  const title = t(/^\d/.test(view.room) ? 'queue-staff.title' : 'queue-staff.title.named', { desk: view.desk.label, room: view.room })
  const query = small ? '?maly=1' : ''
  const Frame = small ? SmallPage : StaffPage
  return (
    <Frame shell={shell} title={title} links={links} scripts={['live.js']}>
      <h1 class="govuk-heading-m">{title}</h1>
      <div class="okienko-said" data-said="">
        {refusal !== null && (
          <div role="alert" tabIndex={-1} data-focus="">
            <DecisionNotice decision={spoken(refusal)} slice={sliceOf(t, refusal)} staff />
          </div>
        )}
        {done === 'ticket-taken' && given !== null && (
          <p class="govuk-body-l" role="alert">
            {t('queue-staff.direct.taken', { ticket: spacedTicket(given) })}
          </p>
        )}
        {done === 'nobody-waiting' && (
          <p class="govuk-body-l" role="alert">
            {t('queue-staff.nobody-waiting')}
          </p>
        )}
      </div>
      <LiveRegion id="stanowisko" source={`${address}/stan${query}`} events={`${address}/na-zywo`}>
        <DeskFragment view={view} visitor={visitor} focus={done !== null && refusal === null} small={small} />
      </LiveRegion>
      {!small && <DeskFoot address={address} />}
      <noscript>
        <p class="govuk-body">
          <a class="govuk-link" href={address}>
            {t('queue-staff.refresh')}
          </a>
        </p>
      </noscript>
    </Frame>
  )
}

/** Switches of this browser; nothing here is needed without script. */
function DeskFoot({ address }: { address: string }): JSX.Element {
  const t = useWords()
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={`${address}?maly=1`} data-small-window="">
        {t('queue-staff.small-window')}
      </a>{' '}
      <a class="govuk-link" href={`${address}/wezwania`}>
        {t('queue-staff.calls.link')}
      </a>{' '}
      <KeysSwitch />
    </p>
  )
}

/** Whose words say it: the desk's own, or those of a ticket that is not given. */
function sliceOf(t: Translate, { code }: Refused): string {
  return t.has(`queue-staff.refused.${code}`) ? 'queue-staff' : (ticketSentence(code).split('.', 1)[0] ?? 'queue')
}

/** The refusal with its ticket as it is called. */
function spoken(refusal: Refused): Refused {
  const ticket = refusal.values?.['ticket']
  return typeof ticket === 'string' ? { ...refusal, values: { ...refusal.values, ticket: spacedTicket(ticket) } } : refusal
}

/** What the page fetches at each hint. */
export function DeskFragment({
  view,
  visitor,
  focus,
  small = false,
}: {
  view: DeskView
  visitor: DeskVisitor
  focus: boolean
  small?: boolean | undefined
}): JSX.Element {
  // Whoever has the desk sees the person; a colleague sees who works here.
  const another = view.session !== null && view.session.accountId !== visitor.accountId
  return (
    <div class={small ? 'okienko-desk okienko-desk--small' : 'okienko-desk'}>
      {another ? <Colleague view={view} visitor={visitor} focus={focus} /> : <Here view={view} focus={focus} />}
      <Next view={view} small={small} address={another ? null : deskAddress(view.desk.slug)} />
      {another ? <div /> : <Actions view={view} address={`${deskAddress(view.desk.slug)}${small ? '?maly=1' : ''}`} small={small} />}
    </div>
  )
}

/** A desk that somebody else has: nobody's data, and the way to take it over. */
function Colleague({
  view: { session, here, desk },
  visitor,
  focus,
}: {
  view: DeskView
  visitor: DeskVisitor
  focus: boolean
}): JSX.Element {
  const t = useWords()
  return (
    <section class="okienko-region okienko-region--now" aria-labelledby="teraz">
      <p class="okienko-quiet">{t('queue-staff.here')}</p>
      <h2 id="teraz" tabIndex={-1} class="govuk-heading-l" data-focus={focus ? '' : undefined}>
        {t('queue-staff.colleague', { name: session?.name ?? '' })}
      </h2>
      {here === null || visitor.takesOver ? (
        <form method="post" action={deskAddress(desk.slug)} data-keep="">
          <IdempotencyField />
          <p class="govuk-body">{t('queue-staff.take-over.hint')}</p>
          <Button kind="secondary" name="czynnosc" value="przejmij" id="przejmij">
            {t('queue-staff.action.take-over')}
          </Button>
        </form>
      ) : (
        <p class="govuk-body">{t('queue-staff.take-over.later')}</p>
      )}
    </section>
  )
}

function Here({ view: { here, desk, undo }, focus }: { view: DeskView; focus: boolean }): JSX.Element {
  const t = useWords()
  const heading = here === null ? t('queue-staff.nobody-here') : spacedTicket(here.visit.ticket ?? '')
  return (
    <section class="okienko-region okienko-region--now" aria-labelledby="teraz">
      <p class="okienko-quiet">{t('queue-staff.here')}</p>
      <h2 id="teraz" tabIndex={-1} class={here === null ? 'govuk-heading-l' : 'okienko-number'} data-focus={focus ? '' : undefined}>
        {heading}
      </h2>
      {here !== null && !here.caller && <p class="govuk-body">{t('queue-staff.second-person', { desk: here.callerDesk })}</p>}
      {here !== null && here.caller && <Person here={here} address={deskAddress(desk.slug)} />}
      {undo !== null && (
        <form method="post" action={deskAddress(desk.slug)} data-keep="">
          <IdempotencyField />
          <input type="hidden" name="wizyta" value={undo.reference} />
          <p class="govuk-body">{t('queue-staff.did-not-come', { ticket: spacedTicket(undo.ticket ?? '') })}</p>
          <Button kind="secondary" shortcut="F10" name="czynnosc" value="cofnij" id="cofnij">
            {t('queue-staff.action.undo-miss')}
          </Button>
        </form>
      )}
    </section>
  )
}

function Person({ here: { visit, matters, meeting }, address }: { here: NonNullable<DeskView['here']>; address: string }): JSX.Element {
  const t = useWords()
  const { name, phone, email } = visit.person
  return (
    <>
      {matters.map((matter) => (
        <p class="govuk-body govuk-!-font-weight-bold">{matter}</p>
      ))}
      <p class="govuk-body">
        <Tag colour={visit.state === 'serving' ? 'green' : 'yellow'}>
          {t(visit.state === 'serving' ? 'queue-staff.state.serving' : 'queue-staff.state.called')}
        </Tag>{' '}
        {visit.state === 'called' &&
          visit.calledAt !== null &&
          t('queue-staff.called', { count: visit.calledCount, time: wallTime(visit.calledAt) })}
        {visit.state === 'serving' && visit.servingAt !== null && t('queue-staff.serving-since', { time: wallTime(visit.servingAt) })}
      </p>
      <ul class="govuk-list">
        <li>{t(`queue-staff.kind.${visit.kind}`, { time: wallTime(visit.startsAt) })}</li>
        {visit.arrivedAt !== null && <li>{t('queue-staff.arrived', { time: wallTime(visit.arrivedAt) })}</li>}
        {visit.priority !== null && <li>{t('queue-staff.priority', { why: t(`queue-staff.priority.${visit.priority}`) })}</li>}
        {visit.doneServiceIds.length > 0 && <li>{t('queue-staff.done', { count: visit.doneServiceIds.length })}</li>}
        {visit.persons > 1 && <li>{t('queue-staff.persons', { persons: visit.persons, counted: visit.counted })}</li>}
        {visit.companionsOutside > 0 && <li>{t('queue-staff.companions-outside', { count: visit.companionsOutside })}</li>}
        {visit.needs.length > 0 && <li>{t('queue-staff.needs', { needs: needsText(t, visit) })}</li>}
        {meeting !== null && <li>{t('queue-staff.meeting', { place: meeting })}</li>}
        {visit.onBehalf && <li>{t('queue-staff.behalf')}</li>}
        {visit.receipt !== null && (
          <li>
            {t('queue-staff.receipt', { receipt: visit.receipt })}{' '}
            {visit.state === 'serving' ? (
              <a class="govuk-link" href={`${address}/potwierdzenie/${visit.reference}`}>
                {t('queue-staff.receipt.print')}
              </a>
            ) : (
              t('queue-staff.receipt.after-start')
            )}
          </li>
        )}
      </ul>
      {name !== null && (
        <Details summary={t('queue-staff.person')}>
          <p class="govuk-body">{[name, phone && phoneForReading(phone), email].filter(Boolean).join(', ')}</p>
        </Details>
      )}
    </>
  )
}

function Next({ view, address, small }: { view: DeskView; address: string | null; small: boolean }): JSX.Element {
  const t = useWords()
  const { next, waiting, needsDesks } = view
  return (
    <section class="okienko-region" aria-labelledby="nastepni">
      <h2 id="nastepni" class="govuk-heading-m">
        {t('queue-staff.next')}
      </h2>
      <p class="govuk-body" role="status" id="czeka">
        {t('queue-staff.waiting', { count: waiting })}
      </p>
      {needsDesks !== null && (
        <p class="govuk-body">{t('queue-staff.needs-desks', { ticket: spacedTicket(needsDesks.ticket), desks: needsDesks.desks })}</p>
      )}
      {!small && next.length > 0 && (
        <ol class="govuk-list okienko-queue">
          {next.map((person) => (
            <li>
              <strong class="okienko-queue__number">{spacedTicket(person.ticket)}</strong> <span>{person.service}</span>{' '}
              <span class="okienko-quiet">
                {t('queue-staff.waits', { minutes: person.waitMinutes })}
                {', '}
                {t(`queue-staff.why.${person.why}`, { time: wallTime(person.startsAt) })}
                {person.desks > 1 && `, ${t('queue-staff.desks', { desks: person.desks })}`}
              </span>
            </li>
          ))}
        </ol>
      )}
      {!small && address !== null && <Parked view={view} address={address} />}
      {!small && address !== null && <Order view={view} address={address} />}
    </section>
  )
}
