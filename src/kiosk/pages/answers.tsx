/**
 * What the kiosk answers: a ticket, or why there is none now and what the person can do instead. No
 * link leads out of the kiosk: an address is a code for one's own phone, a number is there to read.
 */
import type { JSX } from 'preact'
import type { Decision } from '../../platform/decision.js'
import { officeDay } from '../../platform/clock.js'
import { longDay, phoneForReading, wallTime } from '../../platform/words.js'
import { BasisLine, decisionSentence, LiveRegion, QrCode, useWords, type Shell } from '../../ui/index.js'
import { stepsAtKiosk } from '../rules.js'
import { Screen, type Frame } from './screen.js'

export interface TicketView {
  /** "D 041". */
  readonly number: string
  readonly matters: readonly string[]
  /** The booked hour; null for one without. */
  readonly booked: Temporal.Instant | null
  /** Where to wait; null when no source names a room. */
  readonly place: string | null
  /** Persons who are called before; null once called. */
  readonly before: number | null
  /** In how many minutes the person is most likely called; null when nothing is known of it. */
  readonly wait: { readonly from: number; readonly to: number } | null
  readonly called: boolean
  readonly follow: string
  /** What the person was let in by. */
  readonly decision: Decision | null
  readonly paper: PaperState
  /** The browser prints this page once. */
  readonly printNow: boolean
}

export type PaperState = 'none' | 'printing' | 'printed' | 'failed'

export function TicketScreen({ shell, view, ticket }: Frame & { ticket: TicketView }): JSX.Element {
  const { t } = shell
  const { decision } = ticket
  const late = decision?.code === 'come-in-late'
  return (
    <Screen shell={shell} view={view} title={t('kiosk.ticket')} scripts={['live.js']} here="/kiosk/numerek">
      <div class="okienko-kiosk__ticket" data-kiosk-print={ticket.printNow ? '' : undefined}>
        <p class="okienko-kiosk__number">
          <span class="govuk-visually-hidden">{t('kiosk.ticket.number')} </span>
          {ticket.number}
        </p>
        <div class="okienko-kiosk__facts">
          <ul class="okienko-kiosk__list">
            {ticket.matters.map((matter) => (
              <li>{matter}</li>
            ))}
            {ticket.booked !== null && <li>{t('kiosk.ticket.booked', { time: wallTime(ticket.booked) })}</li>}
            {ticket.place !== null && <li>{t('kiosk.ticket.where', { place: ticket.place })}</li>}
            {ticket.before !== null && <li>{t('kiosk.ticket.before', { count: ticket.before })}</li>}
            {ticket.wait !== null && <li>{t('kiosk.ticket.wait', ticket.wait)}</li>}
            {ticket.called && <li>{t('kiosk.ticket.called')}</li>}
          </ul>
          {late && decision !== null && <p class="okienko-kiosk__text">{decisionSentence(t, 'regulation', decision)}</p>}
          {decision !== null && <BasisLine basis={decision.basis} />}
          <div class="okienko-kiosk__paper">
            <LiveRegion
              id="wydruk"
              source="/kiosk/numerek/wydruk"
              events="/kiosk/na-zywo"
              announce
              texts={{ live: '', reconnecting: '', stale: '', offline: '' }}
            >
              <Paper state={ticket.paper} />
            </LiveRegion>
          </div>
        </div>
        <figure class="okienko-kiosk__code">
          <QrCode text={ticket.follow} label={t('kiosk.ticket.follow')} />
          <figcaption>{t('kiosk.ticket.follow')}</figcaption>
        </figure>
      </div>
    </Screen>
  )
}

/** How the paper is getting on; the number on the screen counts whatever becomes of it. */
export function Paper({ state }: { state: PaperState }): JSX.Element {
  const t = useWords()
  return <p class="okienko-kiosk__text">{t(`kiosk.paper.${state}`)}</p>
}

export interface NoView {
  readonly decision: Decision
  /** Slice whose words say it. */
  readonly slice: string
  /** The first free time of the matter; null when none is looked for or found. */
  readonly firstFree: Temporal.Instant | null
  /** An address for the person's own phone, such as the page of the matter. */
  readonly code: string | null
  /** Whom to ring; null where a step names the number already. */
  readonly phone: string | null
  readonly back: string
  readonly here: string
}

export function NoScreen({ shell, view, no }: Frame & { no: NoView }): JSX.Element {
  const { t } = shell
  const { decision } = no
  const said = 'values' in decision ? { ...decision, values: valuesOf(shell, decision.values) } : decision
  const title = decisionSentence(t, no.slice, said)
  const steps = stepsAtKiosk(decision.next)
  const phone = steps.some((step) => step.phone !== undefined) ? null : no.phone
  return (
    <Screen shell={shell} view={view} title={title} back={no.back} here={no.here}>
      <div class="okienko-kiosk__no">
        <div>
          <BasisLine basis={decision.basis} />
          {no.firstFree !== null && (
            <p class="okienko-kiosk__text">
              <strong>
                {t('kiosk.first-free', { day: longDay(shell.language, officeDay(no.firstFree)), time: wallTime(no.firstFree) })}
              </strong>
            </p>
          )}
          <h2 class="okienko-kiosk__subtitle">{t('decision.next')}</h2>
          <ul class="okienko-kiosk__list">
            {steps.map((step) => (
              <li>
                {t(`decision.next.${step.kind}`, valuesOf(shell, step.values))}
                {step.phone !== undefined && ` ${phoneForReading(step.phone)}`}
                {step.email !== undefined && ` ${step.email}`}
              </li>
            ))}
            {phone !== null && (
              <li>
                {t('decision.next.call-office')} {phoneForReading(phone)}
              </li>
            )}
            <li>{t('kiosk.ask-person')}</li>
          </ul>
        </div>
        {no.code !== null && (
          <figure class="okienko-kiosk__code">
            <QrCode text={no.code} label={t('kiosk.code-of-matter')} />
            <figcaption>{t('kiosk.code-of-matter')}</figcaption>
          </figure>
        )}
      </div>
    </Screen>
  )
}

/** Days of an answer come written for Polish readers: here they are written anew. */
function valuesOf(
  { language }: Shell,
  values: Readonly<Record<string, string | number>> | undefined,
): Readonly<Record<string, string | number>> {
  const at = values?.['at']
  if (values === undefined || typeof at !== 'string') return values ?? {}
  const instant = Temporal.Instant.from(at)
  return { ...values, time: wallTime(instant), date: longDay(language, officeDay(instant)) }
}
