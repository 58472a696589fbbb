/**
 * An entry in line, in its owner's hands: how many stand before it, and the way out; or the time that
 * is offered, beside the present one, with what happens when it is taken. Opening the page changes
 * nothing: programs that look at links before a person does take no time and give none away.
 */
import type { JSX } from 'preact'
import type { Decision } from '../../../platform/decision.js'
import { longDay } from '../../../platform/words.js'
import { nameIn, type Directory, type Service } from '../../../directory/index.js'
import {
  Button,
  CitizenPage,
  DecisionNotice,
  InsetText,
  LinkButton,
  NotificationBanner,
  SummaryList,
  type Shell,
  type SummaryRow,
} from '../../../ui/index.js'
import { isOpen, type Visit } from '../../../visit/index.js'
import { visitRows, whenText, whereText } from '../../pages/parts.js'
import { wishQuery } from '../../wish-form.js'
import type { Entry, Offer } from '../model.js'
import { purposeFor, wishedFor, wishFor } from '../wished.js'
import { HowItWorks } from './join.js'

export interface EntryPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly service: Service
  readonly entry: Entry
  /** The visit that would move, or was booked from the entry. */
  readonly visit: Visit | null
  /** What is offered now. */
  readonly offer: Offer | null
  /** How many stand before it. */
  readonly ahead: number
  /** Why an answer to an offer changed nothing. */
  readonly refusal?: { readonly decision: Decision; readonly slice: string } | undefined
  /** Said once after an answer: the code of a sentence. */
  readonly said?: 'joined' | 'declined' | undefined
}

export function EntryPage(options: EntryPageOptions): JSX.Element {
  const { shell, entry, refusal, said } = options
  const { t } = shell
  const state = options.offer === null && entry.state === 'offered' ? 'waiting' : entry.state
  const title = t(state === 'waiting' && options.visit === null ? 'waiting.state.waiting-person' : `waiting.state.${state}`)
  return (
    <CitizenPage shell={shell} title={title}>
      {said !== undefined && options.offer === null && <NotificationBanner type="success" text={t(`waiting.said.${said}`)} />}
      <h1 class="govuk-heading-xl">{title}</h1>
      {refusal && (
        <InsetText>
          <DecisionNotice decision={refusal.decision} slice={refusal.slice} />
        </InsetText>
      )}
      {options.offer !== null ? (
        <Offered {...options} offer={options.offer} />
      ) : entry.state === 'waiting' || entry.state === 'offered' ? (
        <InLine {...options} />
      ) : (
        <Over {...options} />
      )}
    </CitizenPage>
  )
}

function Offered({ shell, directory, service, entry, visit, offer }: EntryPageOptions & { offer: Offer }): JSX.Element {
  const { t, language } = shell
  const path = `/lista/${entry.reference}`
  const kind = visit === null ? 'person' : 'visit'
  return (
    <>
      <SummaryList
        rows={[
          ...visitRows(t, directory, purposeFor(directory, { entry, visit })),
          ...(visit === null ? [] : [{ key: t('waiting.row.old'), value: whenText(language, visit.startsAt) }]),
          { key: t('waiting.row.new'), value: <strong>{whenText(language, offer.start)}</strong> },
          {
            key: t('booking-pages.check.where'),
            value: whereText(t, directory, service, offer.roomId, wishedFor(directory, { entry, visit }).buildingId),
          },
          { key: t('waiting.row.until'), value: whenText(language, offer.until) },
        ]}
      />
      <p class="govuk-body">{t(`waiting.offer.what-${kind}`)}</p>
      <p class="govuk-body">{t('waiting.offer.silence')}</p>
      <form method="post" action={`${path}/przyjmij`}>
        <Button>{t(`waiting.offer.take-${kind}`)}</Button>
      </form>
      <form method="post" action={`${path}/nie`}>
        <Button kind="secondary">{t('waiting.offer.no')}</Button>
      </form>
      <Leave shell={shell} entry={entry} />
    </>
  )
}

function InLine({ shell, directory, entry, visit, ahead }: EntryPageOptions): JSX.Element {
  const { t, language } = shell
  const rows: SummaryRow[] = [
    ...visitRows(t, directory, purposeFor(directory, { entry, visit })),
    ...(visit === null
      ? []
      : [
          {
            key: t('waiting.row.old'),
            value: (
              <a class="govuk-link" href={`/wizyta/${visit.reference}`}>
                {whenText(language, visit.startsAt)}
              </a>
            ),
          },
        ]),
    { key: t('waiting.row.wanted'), value: wantedText(shell, entry) },
    { key: t('waiting.row.since'), value: whenText(language, entry.joinedAt) },
    { key: t('waiting.row.ahead'), value: t('waiting.ahead', { ahead }) },
  ]
  return (
    <>
      <SummaryList rows={rows} />
      <HowItWorks office={directory.office} kind={visit === null ? 'person' : 'visit'} />
      <Leave shell={shell} entry={entry} />
    </>
  )
}

/** "od wtorku 26 maja 2020, przed południem" */
export function wantedText({ t, language }: Pick<Shell, 't' | 'language'>, { from, to, part }: Entry): string {
  const days =
    to === null
      ? t('waiting.wanted.from', { from: longDay(language, from) })
      : t('waiting.wanted.from-to', { from: longDay(language, from), to: longDay(language, to) })
  return part === 'any' ? days : `${days}, ${t(`waiting.part.${part}`).toLowerCase()}`
}

function Leave({ shell, entry }: { shell: Shell; entry: Entry }): JSX.Element {
  const { t } = shell
  return (
    <form method="post" action={`/lista/${entry.reference}/opusc`}>
      <p class="govuk-body">
        {t('waiting.leave.why')} <button class="okienko-plain-button">{t('waiting.leave')}</button>
      </p>
    </form>
  )
}

/** Why nothing is waited for any more: without a visit none is unchanged, and a visit that is over ended it. */
function overReason({ state }: Entry, visit: Visit | null): string {
  if (state === 'withdrawn' && visit === null) return 'withdrawn-person'
  return state === 'ended' && visit !== null && !isOpen(visit.state) ? 'visit-over' : state
}

function Over({ shell, directory, service, entry, visit }: EntryPageOptions): JSX.Element {
  const { t } = shell
  return (
    <>
      <p class="govuk-body-l">{nameIn(t, service)}</p>
      <p class="govuk-body">{t(`waiting.over.${overReason(entry, visit)}`)}</p>
      {visit !== null && (
        <LinkButton href={`/wizyta/${visit.reference}`} kind={entry.state === 'accepted' ? 'primary' : 'secondary'}>
          {t('waiting.over.visit')}
        </LinkButton>
      )}
      {visit === null && (
        <LinkButton href={`/sprawy/${service.id}/terminy${wishQuery(wishFor(directory, { entry, visit }))}`}>
          {t('waiting.over.times')}
        </LinkButton>
      )}
    </>
  )
}
