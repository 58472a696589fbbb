/** An entry in its owner's hands, and the draw in everybody's. */
import type { JSX } from 'preact'
import type { NextStep } from '../../../platform/decision.js'
import { spacedReference } from '../../../platform/references.js'
import { longDay, type Translate } from '../../../platform/words.js'
import { fullName, type Service } from '../../../directory/index.js'
import { Button, CitizenPage, LinkButton, NextSteps, Panel, SummaryList, Table, type Shell, type SummaryRow } from '../../../ui/index.js'
import { InBoth } from '../../pages/names.js'
import { whenText } from '../../pages/parts.js'
import { heldAt, type Wish } from '../rules.js'
import type { Entry } from '../entry-store.js'
import type { Draw, Ranked } from '../store.js'
import { onWhen } from './parts.js'

export interface EntryPageOptions {
  readonly shell: Shell
  readonly entry: Entry
  readonly draw: Draw
  readonly service: Service | null
  /** The visit it won. */
  readonly visit: { readonly reference: string; readonly startsAt: Temporal.Instant } | null
  readonly next: readonly NextStep[]
}

export function EntryPage({ shell, entry, draw, service, visit, next }: EntryPageOptions): JSX.Element {
  const { t, language } = shell
  const stage = stageOf(entry, draw)
  const title = t(`booking-lot.entry.${stage}.title`)
  const waits = stage === 'waiting' || stage === 'drawing'
  return (
    <CitizenPage shell={shell} title={title} {...(waits ? { refreshSeconds: 15 } : {})}>
      <Panel title={title}>
        {t('booking-lot.entry.reference')}
        <br />
        <strong>{spacedReference(entry.reference)}</strong>
      </Panel>
      <p class="govuk-body">
        {t(`booking-lot.entry.${stage}.${stage === 'waiting' && draw.confirmUntil !== null ? 'at-latest' : 'text'}`, {
          when:
            stage === 'won' && visit ? whenText(language, visit.startsAt) : onWhen(t, stage === 'drawing' ? draw.closesAt : heldAt(draw)),
        })}
      </p>
      {stage === 'lost' && entry.reason !== 'nothing-left' && <p class="govuk-body">{t(lostReason(t, entry.reason))}</p>}
      {visit !== null && <LinkButton href={`/wizyta/${visit.reference}`}>{t('booking-lot.entry.to-visit')}</LinkButton>}
      <SummaryList
        rows={[
          ...entryRows(shell, entry, service),
          ...(entry.rank === null ? [] : [{ key: t('booking-lot.entry.rank'), value: String(entry.rank) }]),
        ]}
      />
      {stage === 'waiting' && (
        <form method="post" action={`/losowanie/${entry.reference}/wycofaj`}>
          <Button classes="govuk-button--secondary">{t('booking-lot.entry.withdraw')}</Button>
        </form>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`/losowania/${draw.id}`}>
          {t('booking-lot.fair.page')}
        </a>
      </p>
      <NextSteps next={next} />
    </CitizenPage>
  )
}

function stageOf({ state, reason }: Entry, { orderedAt }: Draw): string {
  if (state === 'waiting' && orderedAt !== null) return 'drawing'
  return state === 'lost' && reason === 'not-confirmed' ? 'unconfirmed' : state
}

/** What an entry is for and what it wishes. */
export function entryRows(shell: Shell, entry: Entry, service: Service | null): readonly SummaryRow[] {
  const { t } = shell
  return [
    { key: t('booking-pages.check.service'), value: <InBoth {...fullName(t, service ?? { name: entry.serviceId })} /> },
    {
      key: t('booking-lot.entry.wishes'),
      value: entry.wishes.map((wish) => (
        <>
          {wishSentence(shell, wish)}
          <br />
        </>
      )),
    },
  ]
}

/** Why a limit of the contact stood against it, in the words of booking. */
function lostReason(t: Translate, reason: string | null): string {
  const key = `booking-lot.lost.${reason ?? ''}`
  return t.has(key) ? key : 'booking-lot.lost.nothing-left'
}

export function wishSentence({ t, language }: Pick<Shell, 't' | 'language'>, wish: Wish): string {
  if ('start' in wish) return whenText(language, Temporal.Instant.from(wish.start))
  if ('day' in wish) return t('booking-lot.enter.any-of-day', { day: longDay(language, Temporal.PlainDate.from(wish.day)) })
  return t('booking-lot.enter.any')
}

export interface DrawPageOptions {
  readonly shell: Shell
  readonly draw: Draw
  readonly entries: number
  /** The order once it is drawn, one page of it; `from` is the first place shown, counted from 1. */
  readonly order: { readonly from: number; readonly shown: readonly Ranked[]; readonly total: number }
}

/** Places of a draw on one page. */
export const placesShown = 100

/** What anyone may check: the promise, and after the draw the seed and the order that follows from it. */
export function DrawPage({ shell, draw, entries, order }: DrawPageOptions): JSX.Element {
  const { t } = shell
  const drawn = draw.orderedAt !== null
  const title = t('booking-lot.draw.title', { when: onWhen(t, heldAt(draw)) })
  return (
    <CitizenPage shell={shell} title={title}>
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body">{t(drawn ? 'booking-lot.draw.done' : 'booking-lot.draw.to-come')}</p>
      <SummaryList
        rows={[
          { key: t('booking-lot.draw.entries'), value: String(entries) },
          { key: t('booking-lot.draw.commitment'), value: <code class="okienko-breakable">{draw.seedHash.toString('hex')}</code> },
          ...(drawn
            ? [{ key: t('booking-lot.draw.seed'), value: <code class="okienko-breakable">{draw.seed.toString('hex')}</code> }]
            : []),
        ]}
      />
      <p class="govuk-body">{t('booking-lot.draw.check')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={`/api/v1/lots/${draw.id}`} type="application/json">
          {t('booking-lot.draw.data')}
        </a>
      </p>
      {order.shown.length > 0 && <Order shell={shell} draw={draw} order={order} />}
    </CitizenPage>
  )
}

/** Entries by their numbers, which say nothing of whose they are; with links to the other places. */
function Order({ shell: { t }, draw, order }: Omit<DrawPageOptions, 'entries'>): JSX.Element {
  const pages = Array.from({ length: Math.ceil(order.total / placesShown) }, (_, index) => index * placesShown + 1)
  return (
    <>
      <Table
        caption={t('booking-lot.draw.order')}
        head={['entry', 'result'].map((key) => t(`booking-lot.draw.order.${key}`))}
        rows={order.shown.map(({ rank, reference, state }) => [
          `${rank}. ${spacedReference(reference)}`,
          t(`booking-lot.draw.state.${state}`),
        ])}
        firstCellIsHeader
      />
      {pages.length > 1 && (
        <nav aria-label={t('booking-lot.draw.pages')}>
          <ul class="govuk-list">
            {pages.map((from) => {
              const text = t('booking-lot.draw.places', { from, to: Math.min(from + placesShown - 1, order.total) })
              return <li>{from === order.from ? <strong>{text}</strong> : <PlacesLink draw={draw} from={from} text={text} />}</li>
            })}
          </ul>
        </nav>
      )}
    </>
  )
}

function PlacesLink({ draw, from, text }: { draw: Draw; from: number; text: string }): JSX.Element {
  return (
    <a class="govuk-link" href={`/losowania/${draw.id}?od=${from}`}>
      {text}
    </a>
  )
}
