/** A thread: what was written, what it seems to be about, and the four answers, once a clerk keeps it. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import { openServices, PassLink, whenText, type RequestRow, type TimesShown } from '../../booking/index.js'
import type { Directory, Service } from '../../directory/index.js'
import type { ToldMessage } from '../../messages/index.js'
import {
  BasisLine,
  Button,
  decisionSentence,
  errorAt,
  IdempotencyField,
  InsetText,
  Radios,
  Select,
  StaffPage,
  StaffSteps,
  SummaryList,
  Tag,
  Textarea,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import type { Mail, Thread } from '../model.js'
import { mailCloseReasons, proposedMax } from '../rules.js'
import { momentText } from '../text.js'
import type { TimeRow } from '../times-store.js'
import { guessText, sinceText } from './list.js'
import { Sent } from './sent.js'

export interface ThreadView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly now: Temporal.Instant
  readonly request: RequestRow
  readonly thread: Thread
  readonly mails: readonly Mail[]
  /** What was made of the mails that go out, by their rows of the outbox. */
  readonly messages: ReadonlyMap<number, ToldMessage>
  /** Reference of another sender's thread that its first mail answers. */
  readonly others: string | null
  readonly proposed: readonly TimeRow[]
  /** This clerk keeps it and may answer. */
  readonly mine: boolean
  /** Name of a colleague who keeps it. */
  readonly claimedBy: string | null
  /** What an answer with times or advice is about. */
  readonly service: Service | null
  readonly times: TimesShown | null
  readonly keep: readonly Temporal.Instant[]
  readonly key: string
  /** What was typed, where the form came back. */
  readonly typed: { readonly kind: string; readonly own: string; readonly starts: readonly string[]; readonly keep: string }
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
  readonly said: 'answered' | null
}

export function ThreadPage({ shell, view }: { shell: Shell; view: ThreadView }): JSX.Element {
  const { t } = shell
  const { request, thread, refusal, now } = view
  const title = thread.subject || t('inbox-staff.no-subject')
  return (
    // The subject is in no title: the window may be seen by others, and it may name somebody.
    <StaffPage shell={shell} title={t('inbox-staff.mail')} back="/praca/poczta" links={view.links} errors={view.errors}>
      {refusal !== null && (
        <div class="okienko-region okienko-region--now okienko-refusal" role="alert" tabIndex={-1} data-focus="">
          <p class="govuk-body-l">{decisionSentence(t, sliceOf(shell, refusal), refusal)}</p>
          <BasisLine basis={refusal.basis} />
          <StaffSteps next={refusal.next} />
        </div>
      )}
      {view.said !== null && (
        <InsetText>
          <p class="govuk-body">{t(`inbox-staff.said.${view.said}`)}</p>
        </InsetText>
      )}
      <h1 class="govuk-heading-l okienko-breakable" tabIndex={-1} data-focus={refusal === null ? '' : undefined}>
        {title}
      </h1>
      <SummaryList
        rows={[
          {
            key: t('inbox-staff.column.person'),
            value: [request.person_name, request.person_email].filter(Boolean).join(', ') || t('inbox-staff.erased'),
          },
          {
            key: t('inbox-staff.column.waits'),
            value: thread.waitsSince === null ? t('inbox-staff.waits.citizen') : sinceText(t, thread.waitsSince, now),
          },
          {
            key: t('inbox-staff.column.guess'),
            value: (
              <>
                {guessText(t, view.office, thread.guessedServiceId)}
                {thread.guessWords.length > 0 && <> {t('inbox-staff.guess.words', { words: thread.guessWords.join(', ') })}</>}
              </>
            ),
          },
          { key: t('inbox-staff.language'), value: t(`inbox-staff.language.${request.language}`) },
          { key: t('inbox-staff.state'), value: t(`inbox-staff.state.${request.state}`) },
        ]}
      />
      {view.others !== null && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/praca/poczta/${view.others}`}>
            {t('inbox-staff.others')}
          </a>
        </p>
      )}
      {view.mails.map((mail) => (
        <MailBlock shell={shell} view={view} mail={mail} />
      ))}
      {view.proposed.length > 0 && <Proposed shell={shell} times={view.proposed} now={now} />}
      <Answering shell={shell} view={view} />
      {request.state === 'open' && <PassLink reference={request.reference} />}
    </StaffPage>
  )
}

function sliceOf({ t }: Shell, { code }: Refused): string {
  return ['inbox', 'booking'].find((slice) => t.has(`${slice}.refused.${code}`)) ?? 'regulation'
}

function MailBlock({ shell, view, mail }: { shell: Shell; view: ThreadView; mail: Mail }): JSX.Element {
  const { t } = shell
  const sender = view.request.person_email
  const other = mail.direction === 'in' && mail.email !== null && sender !== null && mail.email.toLowerCase() !== sender.toLowerCase()
  return (
    <section class="okienko-region" aria-labelledby={`mail-${mail.id}`}>
      <h2 class="govuk-heading-s" id={`mail-${mail.id}`}>
        {mail.answer === null
          ? t('inbox-staff.mail.in', { when: whenText('pl', mail.at) })
          : t(`inbox-staff.mail.${mail.answer}`, { when: whenText('pl', mail.at) })}
      </h2>
      {other && <p class="govuk-body">{t('inbox-staff.mail.other', { email: mail.email ?? '' })}</p>}
      {mail.headOnly && <p class="govuk-body">{t('inbox-staff.mail.head-only')}</p>}
      {mail.body === null ? (
        <p class="govuk-body">{t('inbox-staff.erased')}</p>
      ) : (
        mail.body.split(/\n{2,}/).map((paragraph) => (
          <p class="govuk-body okienko-breakable" lang={mail.language === 'pl' ? undefined : mail.language}>
            {paragraph.split('\n').map((line, nth) => (
              <>
                {nth > 0 && <br />}
                {line}
              </>
            ))}
          </p>
        ))
      )}
      {mail.files.length > 0 && (
        <p class="govuk-body">
          {t('inbox-staff.mail.files', { count: mail.files.length, list: mail.files.map(({ extension }) => extension).join(', ') })}
        </p>
      )}
      <Sent shell={shell} view={view} mail={mail} />
    </section>
  )
}

function Proposed({ shell, times, now }: { shell: Shell; times: readonly TimeRow[]; now: Temporal.Instant }): JSX.Element {
  const { t } = shell
  const stateOf = ({ state, until, acceptedAt }: TimeRow): string =>
    acceptedAt !== null ? 'accepted' : state === 'held' && Temporal.Instant.compare(now, until) < 0 ? 'kept' : 'gone'
  return (
    <>
      <h2 class="govuk-heading-m">{t('inbox-staff.proposed')}</h2>
      <ul class="govuk-list">
        {times.map((time) => (
          <li>
            {whenText('pl', time.start)}{' '}
            <Tag colour={stateOf(time) === 'gone' ? 'grey' : stateOf(time) === 'accepted' ? 'green' : 'turquoise'}>
              {t(`inbox-staff.proposed.${stateOf(time)}`, { until: momentText(t, time.until) })}
            </Tag>
          </li>
        ))}
      </ul>
    </>
  )
}

function Answering({ shell, view }: { shell: Shell; view: ThreadView }): JSX.Element | null {
  const { t } = shell
  const path = `/praca/poczta/${view.request.reference}`
  if (view.request.state !== 'open') return null
  if (!view.mine)
    return (
      <form method="post" action={`${path}/odpowiadam`} novalidate>
        {view.claimedBy !== null && <p class="govuk-body">{t('inbox-staff.claimed', { who: view.claimedBy })}</p>}
        <Button>{t('inbox-staff.claim')}</Button>
      </form>
    )
  return (
    <>
      <h2 class="govuk-heading-m">{t('inbox-staff.answer')}</h2>
      <MatterChoice shell={shell} view={view} path={path} />
      {view.service !== null && (
        <>
          <TimesForm shell={shell} view={view} path={path} service={view.service} />
          <AnswerForm shell={shell} view={view} path={path} kind="advice" service={view.service} />
        </>
      )}
      <AnswerForm shell={shell} view={view} path={path} kind="question" service={null} />
      <AnswerForm shell={shell} view={view} path={path} kind="closed" service={null} />
      <form method="post" action={`${path}/oddaje`} novalidate>
        <Button kind="secondary">{t('inbox-staff.release')}</Button>
      </form>
    </>
  )
}

function MatterChoice({ shell, view, path }: { shell: Shell; view: ThreadView; path: string }): JSX.Element {
  const { t } = shell
  const items = openServices(view.office)
    .filter(({ dropOff }) => !dropOff)
    .map(({ id, name }) => ({ value: id, text: name }))
  return (
    <form method="get" action={path} novalidate>
      <Select
        name="sprawa"
        label={t('inbox-staff.matter')}
        hint={t('inbox-staff.matter.hint')}
        value={view.service?.id ?? ''}
        items={[{ value: '', text: t('inbox-staff.matter.choose') }, ...items]}
      />
      <Button kind="secondary">{t('inbox-staff.matter.button')}</Button>
    </form>
  )
}

function TimesForm({ shell, view, path, service }: { shell: Shell; view: ThreadView; path: string; service: Service }): JSX.Element {
  const { t } = shell
  const { times, typed, errors } = view
  const starts = (times?.days ?? []).flatMap(({ starts: free }) => free.map(({ start }) => start))
  const items = [
    { value: '', text: t('inbox-staff.times.none') },
    ...starts.map((start) => ({ value: start.toString(), text: whenText('pl', start) })),
  ]
  return (
    <section class="okienko-region" aria-labelledby="times">
      <h3 class="govuk-heading-s" id="times">
        {t('inbox-staff.times')}
      </h3>
      {starts.length === 0 && <p class="govuk-body">{t('inbox-staff.times.full')}</p>}
      {times?.nextFrom !== null && times?.nextFrom !== undefined && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${path}?sprawa=${service.id}&od=${times.nextFrom.toString()}`}>
            {t('inbox-staff.times.later')}
          </a>
        </p>
      )}
      <form method="post" action={`${path}/odpowiedz`} novalidate>
        <Common view={view} kind="times" service={service} />
        {Array.from({ length: proposedMax }, (_, nth) => (
          <Select
            id={nth === 0 ? 'start' : `start-${nth + 1}`}
            name="start"
            label={t('inbox-staff.times.nth', { nth: nth + 1 })}
            items={items}
            value={typed.kind === 'times' ? (typed.starts[nth] ?? '') : ''}
            error={nth === 0 ? errorAt(t, errors, 'start') : undefined}
          />
        ))}
        <Radios
          name="keep"
          fieldset={{ legend: t('inbox-staff.times.keep') }}
          hint={t('inbox-staff.times.keep.hint')}
          classes="govuk-radios--small"
          error={errorAt(t, errors, 'keep')}
          items={view.keep.map((until) => ({ value: until.toString(), text: momentText(t, until) }))}
          value={typed.keep}
        />
        <Own shell={shell} view={view} kind="times" />
        <Button>{t('inbox-staff.times.button')}</Button>
      </form>
    </section>
  )
}

function AnswerForm({
  shell,
  view,
  path,
  kind,
  service,
}: {
  shell: Shell
  view: ThreadView
  path: string
  kind: 'advice' | 'question' | 'closed'
  service: Service | null
}): JSX.Element {
  const { t } = shell
  return (
    <section class="okienko-region" aria-labelledby={kind}>
      <h3 class="govuk-heading-s" id={kind}>
        {t(`inbox-staff.${kind}`)}
      </h3>
      <p class="govuk-body">{t(`inbox-staff.${kind}.hint`)}</p>
      <form method="post" action={`${path}/odpowiedz`} novalidate>
        <Common view={view} kind={kind} service={service} />
        {kind === 'closed' && (
          <Radios
            name="reason"
            fieldset={{ legend: t('inbox-staff.closed.reason') }}
            classes="govuk-radios--small"
            error={errorAt(t, view.errors, 'reason')}
            items={mailCloseReasons.map((reason) => ({ value: reason, text: t(`booking-staff.request.${reason}`) }))}
          />
        )}
        <Own shell={shell} view={view} kind={kind} />
        <Button kind="secondary">{t(`inbox-staff.${kind}.button`)}</Button>
      </form>
    </section>
  )
}

function Common({ view, kind, service }: { view: ThreadView; kind: string; service: Service | null }): JSX.Element {
  return (
    <>
      <IdempotencyField value={view.key} />
      <input type="hidden" name="co" value={kind} />
      <input type="hidden" name="widziano" value={String(view.mails.at(-1)?.id ?? 0)} />
      {service !== null && <input type="hidden" name="sprawa" value={service.id} />}
    </>
  )
}

function Own({ shell, view, kind }: { shell: Shell; view: ThreadView; kind: string }): JSX.Element {
  const { t } = shell
  return (
    <Textarea
      id={`own-${kind}`}
      name="own"
      label={t(kind === 'question' ? 'inbox-staff.own.question' : 'inbox-staff.own')}
      rows={4}
      value={view.typed.kind === kind ? view.typed.own : ''}
      error={view.typed.kind === kind ? errorAt(t, view.errors, `own-${kind}`) : undefined}
    />
  )
}
