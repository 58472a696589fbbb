/**
 * The citizen's page of a visit: the reference, the pass, when and where, what to bring and what
 * holds that day, and the ways to change or cancel. After its hour, after the visit, or when it is
 * off, a sentence and the way to another. Its address stays the same, so that it can be kept.
 *
 * On the day it keeps itself up to date (browser/live.ts): who was let in sees the ticket, who is
 * called sees the desk.
 */
import type { JSX } from 'preact'
import { setting } from '../../platform/decision.js'
import { wallTime } from '../../platform/words.js'
import { FromOffice, meetingPlace, needsText, SafetyBlock, ToBring, visitRows, whenText, Where } from '../../booking/index.js'
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
import { lastEntry, type Visit } from '../../visit/index.js'
import { DirectionsBlock } from './directions.js'
import { OtherState, VisitSummary } from './other-state.js'
import { hasPass, isBooked, isInside, titleOf, type PassPageOptions } from './pass-options.js'
import { QrCode } from './qr-code.js'
import { MoveLink, SymptomCheck } from './symptoms.js'

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

/** The visit is still to come. */
function Ahead(options: PassPageOptions): JSX.Element {
  const { shell, visit, directory, mayChange, obligations, symptoms } = options
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
      <DirectionsBlock directory={directory} visit={visit} door={options.door} />
      <ToBring directory={directory} visit={visit} />
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
          {options.mayWait && (
            <a class="govuk-link" href={`${base}/wczesniej`}>
              {t('waiting.link.visit')}
            </a>
          )}
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

/** What is shown at the door and printed: code, matter, time, place. */
export function PassBlock({ shell, directory, service, visit, passText }: PassPageOptions): JSX.Element {
  const { t } = shell
  return (
    <section class="okienko-pass" aria-label={t('pass.pass')}>
      <div class="okienko-pass__text">
        <SummaryList
          classes="govuk-summary-list--no-border"
          rows={[
            ...visitRows(t, directory, visit),
            { key: t('booking-pages.check.when'), value: <strong>{whenText(shell.language, visit.startsAt)}</strong> },
            {
              key: t('booking-pages.check.where'),
              value: <Where directory={directory} service={service} roomId={visit.roomId} buildingId={visit.buildingId} />,
            },
            ...(visit.needs.length > 0
              ? [{ key: t('booking-pages.needs.short'), value: <Prepared directory={directory} visit={visit} /> }]
              : []),
            ...(visit.onBehalf ? [{ key: t('booking-pages.behalf.title'), value: t('booking-pages.behalf.said') }] : []),
          ]}
        />
      </div>
      <div class="okienko-pass__code">
        <QrCode text={passText} label={t('pass.code', { reference: spacedReference(visit.reference) })} />
      </div>
    </section>
  )
}

/** What the office prepares, and where the clerk comes to somebody who cannot climb the stairs. */
function Prepared({ directory, visit }: Pick<PassPageOptions, 'directory' | 'visit'>): JSX.Element {
  const t = useWords()
  const meeting = meetingPlace(directory, visit)
  return (
    <>
      {needsText(t, visit)}
      {meeting !== null && (
        <>
          <br />
          {t('booking-pages.need.wheelchair.place')} <FromOffice>{meeting}</FromOffice>
        </>
      )}
    </>
  )
}
