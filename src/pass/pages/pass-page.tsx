/**
 * The citizen's page of a visit: the reference, the pass, when and where, what to bring and what
 * holds that day, and the ways to change or cancel. After its hour, after the visit, or when it is
 * off, a sentence and the way to another. Its address stays the same, so that it can be kept.
 *
 * On the day it keeps itself up to date (browser/live.ts): who was let in sees the ticket, who is
 * called sees the desk.
 */
import type { ComponentChildren, JSX } from 'preact'
import type { Directory, Service } from '../../directory/index.js'
import { setting } from '../../platform/decision.js'
import { wallTime } from '../../platform/words.js'
import type { AskedOf, SafetyObligation } from '../../regulation/index.js'
import { BringList, FromOffice, LapsedBlock, SafetyBlock, ServiceFacts, whenText, Where } from '../../booking/index.js'
import { spacedReference } from '../../platform/references.js'
import {
  BasisLine,
  CitizenPage,
  Details,
  InsetText,
  LinkButton,
  LiveRegion,
  NotificationBanner,
  pageTitle,
  Panel,
  PhoneLink,
  SummaryList,
  useWords,
  WordsContext,
  type Shell,
} from '../../ui/index.js'
import { spacedTicket, type PlaceInLine } from '../../queue/index.js'
import { isLapsed, lastEntry, type Visit, type VisitTime } from '../../visit/index.js'
import { isCalledOff } from '../calendar-file.js'
import { DirectionsBlock } from './directions.js'
import { QrCode } from './qr-code.js'
import { MoveLink, SymptomCheck } from './symptoms.js'

export interface PassPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  readonly visit: Visit
  /** Where the visit stands against its hour. */
  readonly time: VisitTime
  /** True on the day of the visit: the page then keeps itself up to date. */
  readonly today: boolean
  /** What the QR code says: an address, and signed facts for a door without a network; nothing personal. */
  readonly passText: string
  /** Whole address that opens this page from anywhere: a secret of its owner. */
  readonly secretUrl: string
  /** Whole address where a visit is found by reference and contact. */
  readonly lookupUrl: string
  readonly obligations: readonly SafetyObligation[]
  readonly symptoms: AskedOf | null
  readonly mayChange: boolean
  /** Who is called before; null unless the person waits to be called. */
  readonly line: PlaceInLine | null
  /** True just after a change of time. */
  readonly moved: boolean
  /** The visit was not confirmed in time, and its time is still free. */
  readonly freeAgain: boolean
}

/** Seconds after which a page without script asks again, while its owner is inside. */
const refreshSeconds = 20

export function PassPage(options: PassPageOptions): JSX.Element {
  const { shell, visit, moved, today } = options
  const { t } = shell
  const inside = isInside(visit)
  const live = inside || (today && (visit.state === 'booked' || visit.state === 'pending'))
  return (
    <CitizenPage
      shell={shell}
      title={titleOf(options)}
      scripts={live ? ['live.js'] : undefined}
      refreshSeconds={inside ? refreshSeconds : undefined}
    >
      {moved && <NotificationBanner type="success" text={t('pass.moved', { when: whenText(shell.language, visit.startsAt) })} />}
      {live ? (
        <LiveRegion
          id="wizyta"
          source={`/wizyta/${visit.reference}/stan`}
          events={`/ekran/${visit.buildingId}/na-zywo`}
          texts={{ live: '', offline: t('pass.live.offline') }}
          announce
        >
          <PassContent {...options} />
        </LiveRegion>
      ) : (
        <PassContent {...options} />
      )}
    </CitizenPage>
  )
}

/** What of the page changes with the visit, alone: for the script that keeps it up to date. */
export function PassFragment(options: PassPageOptions): JSX.Element {
  return (
    <WordsContext.Provider value={options.shell.t}>
      <PassContent {...options} />
    </WordsContext.Provider>
  )
}

function PassContent(options: PassPageOptions): JSX.Element {
  const { shell, visit } = options
  return (
    <div data-title={pageTitle(shell, titleOf(options))}>
      {!isBooked(visit) ? <OtherState {...options} /> : options.time === 'ahead' ? <Ahead {...options} /> : <Late {...options} />}
    </div>
  )
}

/** The state of the visit in a few words: the title of the page, and its heading. */
function titleOf({ shell, visit, time }: PassPageOptions): string {
  if (isLapsed(visit)) return shell.t('booking-pages.lapsed.title')
  if (!isBooked(visit)) return shell.t(`pass.state.${visit.state}`)
  if (time !== 'ahead') return shell.t('pass.late.title')
  return shell.t(visit.state === 'pending' ? 'pass.pending' : 'pass.booked')
}

/** True while there is a pass that opens a door, or will. */
export function hasPass({ visit, time }: Pick<PassPageOptions, 'visit' | 'time'>): boolean {
  return visit.state === 'booked' ? time !== 'past' : visit.state === 'pending' && time === 'ahead'
}

function isBooked(visit: Visit): boolean {
  return visit.state === 'booked' || visit.state === 'pending'
}

function isInside(visit: Visit): boolean {
  return visit.state === 'arrived' || visit.state === 'called' || visit.state === 'serving' || visit.state === 'parked'
}

/** The visit is still to come. */
function Ahead(options: PassPageOptions): JSX.Element {
  const { shell, service, visit, directory, mayChange, obligations, symptoms } = options
  const { t } = shell
  const base = `/wizyta/${visit.reference}`
  return (
    <>
      <Panel title={titleOf(options)}>
        {t('pass.reference')}
        <br />
        <strong>{spacedReference(visit.reference)}</strong>
      </Panel>
      {visit.state === 'pending' && (
        <>
          <InsetText>{confirmText(shell, visit)}</InsetText>
          <LinkButton href={`${base}/potwierdz`}>{t('booking-pages.confirm.title')}</LinkButton>
        </>
      )}
      <PassBlock {...options} />
      <p class="govuk-body">
        {t('pass.at-the-door')} {t('pass.door-opens', { minutes: directory.office.settings['entry-early-minutes'] })}
      </p>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={`${base}/kalendarz.ics`}>
            {t('pass.calendar')}
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`${base}/druk`}>
            {t('pass.print')}
          </a>
        </li>
      </ul>
      <DirectionsBlock directory={directory} visit={visit} />
      <ServiceFacts service={service} day={visit.day} />
      <BringList service={service} />
      <SafetyBlock obligations={obligations} symptoms={null} />
      {symptoms !== null && (
        <section aria-labelledby="objawy">
          <h2 class="govuk-heading-m" id="objawy">
            {t('pass.symptoms.title')}
          </h2>
          <SymptomCheck asked={symptoms} move={mayChange ? `${base}/zmien` : null} />
        </section>
      )}
      <h2 class="govuk-heading-m">{t('pass.manage')}</h2>
      {mayChange ? (
        <div class="govuk-button-group">
          <MoveLink href={`${base}/zmien`} />
          <a class="govuk-link" href={`${base}/odwolaj`}>
            {t('pass.cancel')}
          </a>
          <a class="govuk-link" href={`${base}/wczesniej`}>
            {t('waiting.link.visit')}
          </a>
        </div>
      ) : (
        <p class="govuk-body">{t('pass.too-late-to-change')}</p>
      )}
      <Details summary={t('pass.come-back')}>
        <p class="govuk-body">{t('pass.come-back.contact')}</p>
        <p class="govuk-body">{t('pass.come-back.link')}</p>
        <p class="govuk-body okienko-breakable">
          <a class="govuk-link" href={options.secretUrl} rel="noreferrer">
            {options.secretUrl}
          </a>
        </p>
      </Details>
    </>
  )
}

/** Its hour has passed: until when one may still come in, with the pass; then whom to ask and how to get another. */
function Late(options: PassPageOptions): JSX.Element {
  const { shell, visit, service, directory } = options
  const { t } = shell
  const may = hasPass(options)
  const last = lastEntry(visit, directory.office.settings['late-minutes'])
  return (
    <>
      <h1 class="govuk-heading-xl">{titleOf(options)}</h1>
      {visit.state === 'pending' ? (
        <p class="govuk-body">{t('pass.late.not-confirmed')}</p>
      ) : (
        <>
          <p class="govuk-body-l">{t(may ? 'pass.late.still' : 'pass.late.over', { time: wallTime(last) })}</p>
          <BasisLine basis={[setting('late-minutes')]} />
        </>
      )}
      {may && (
        <>
          <PassBlock {...options} />
          <p class="govuk-body">{t('pass.at-the-door')}</p>
        </>
      )}
      {!may && <VisitSummary {...options} />}
      <p class="govuk-body">
        {t('pass.late.call')} <PhoneLink phone={shell.officePhone} />
      </p>
      <LinkButton href={`/sprawy/${service.id}`} kind={may ? 'secondary' : 'primary'}>
        {t('pass.again')}
      </LinkButton>
    </>
  )
}

/** Until when it must be confirmed: an unconfirmed visit does not open the door. */
function confirmText({ t, language }: Shell, { confirmUntil }: Visit): string {
  return confirmUntil === null ? t('pass.confirm') : t('pass.confirm-until', { when: whenText(language, confirmUntil) })
}

/** The desk that calls or serves; room and number, as the screen shows them. */
function deskText({ t }: Shell, directory: Directory, { deskId }: Visit): string | null {
  const desk = deskId === null ? undefined : directory.desksById.get(deskId)
  const room = desk === undefined ? undefined : directory.rooms.get(desk.roomId)
  return desk === undefined ? null : t('pass.desk', { room: room?.number ?? '', desk: desk.label })
}

/** What is shown at the door and printed: code, matter, time, place. */
export function PassBlock({ shell, directory, service, visit, passText }: PassPageOptions): JSX.Element {
  const { t } = shell
  return (
    <section class="okienko-pass" aria-label={t('pass.pass')}>
      <div class="okienko-pass__text">
        <SummaryList
          classes="govuk-summary-list--no-border"
          rows={[
            { key: t('booking-pages.check.service'), value: <FromOffice>{service.name}</FromOffice> },
            { key: t('booking-pages.check.when'), value: <strong>{whenText(shell.language, visit.startsAt)}</strong> },
            { key: t('booking-pages.check.where'), value: <Where directory={directory} service={service} roomId={visit.roomId} /> },
          ]}
        />
      </div>
      <div class="okienko-pass__code">
        <QrCode text={passText} label={t('pass.code', { reference: spacedReference(visit.reference) })} />
      </div>
    </section>
  )
}

/** Inside, over or off. */
function OtherState(options: PassPageOptions): JSX.Element {
  const { shell, service, visit, directory } = options
  const { t } = shell
  const desk = visit.state === 'called' || visit.state === 'serving' ? deskText(shell, directory, visit) : null
  const inside = isInside(visit)
  const again: ComponentChildren = <LinkButton href={`/sprawy/${service.id}`}>{t('pass.again')}</LinkButton>
  return (
    <>
      <h1 class="govuk-heading-xl">{titleOf(options)}</h1>
      {visit.ticket !== null && inside && (
        <p class="govuk-body">
          {t('pass.ticket')} <strong class="okienko-reference">{spacedTicket(visit.ticket)}</strong>
        </p>
      )}
      {desk !== null && (
        <p class="govuk-body-l">
          <strong>{desk}</strong>
        </p>
      )}
      {options.line !== null && <LineText line={options.line} />}
      {inside && <InsetText>{t('pass.state.watch')}</InsetText>}
      <VisitSummary {...options} />
      {isLapsed(visit) && <LapsedBlock visit={visit} free={options.freeAgain} />}
      {isCalledOff(visit.state) && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/wizyta/${visit.reference}/kalendarz.ics`}>
            {t('pass.calendar.cancelled')}
          </a>
          <br />
          {t('pass.calendar.remove-hint')}
        </p>
      )}
      {!isLapsed(visit) && !inside && visit.state !== 'served' && again}
    </>
  )
}

/** How many are called before, and by what one waits: never more than is known. */
function LineText({ line }: { line: PlaceInLine }): JSX.Element {
  const t = useWords()
  return (
    <>
      <p class="govuk-body-l">
        <strong>{t('pass.line.before', { count: line.before })}</strong>
      </p>
      <p class="govuk-body">{t(`pass.line.${line.why}`)}</p>
    </>
  )
}

function VisitSummary({ shell, service, visit }: PassPageOptions): JSX.Element {
  const { t } = shell
  // A time that lapsed may be taken once more: nobody called it off.
  const off = isCalledOff(visit.state) && !isLapsed(visit)
  return (
    <SummaryList
      rows={[
        { key: t('pass.reference'), value: spacedReference(visit.reference) },
        { key: t('booking-pages.check.service'), value: <FromOffice>{service.name}</FromOffice> },
        { key: t(off ? 'pass.off.when' : 'booking-pages.check.when'), value: whenText(shell.language, visit.startsAt) },
      ]}
    />
  )
}
