/** A thread on one page: what was written and by whom at the left, the answer at the right. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../platform/decision.js'
import { PassLink, waitedText, whenText, type RequestRow, type TimesShown } from '../../booking/index.js'
import type { Directory, Service } from '../../directory/index.js'
import type { Letter, ToldMessage } from '../../messages/index.js'
import {
  BasisLine,
  classes,
  decisionSentence,
  Details,
  NotificationBanner,
  StaffPage,
  StaffSteps,
  SummaryList,
  Tag,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import type { TypedAnswer } from '../answer-form.js'
import type { Mail, SentKind, Thread } from '../model.js'
import { inSight } from '../rules.js'
import { momentText } from '../text.js'
import type { TimeRow } from '../times-store.js'
import { AnswerPart, Sent } from './answer.js'
import { foreign, guessText } from './list.js'
import { Became } from './became.js'

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
  readonly claimedUntil: Temporal.Instant | null
  /** How many other mails wait that nobody else answers; counted while this one is not answered here. */
  readonly waiting: number
  /** What an answer with times or advice is about. */
  readonly service: Service | null
  readonly times: TimesShown | null
  readonly keep: readonly Temporal.Instant[]
  /** The form as it came back, or empty. */
  readonly typed: TypedAnswer
  /** Number of the newest mail. */
  readonly last: number
  /** The answer as it will be read, where that was asked for. */
  readonly preview: Letter | null
  /** The form was asked for again, as a whole or for its times: it is read first. */
  readonly asked: 'form' | 'times' | null
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
  /** What was just sent. */
  readonly said: SentKind | null
  /** The address was just put right. */
  readonly corrected: boolean
}

export function ThreadPage({ shell, view }: { shell: Shell; view: ThreadView }): JSX.Element {
  const { t } = shell
  const { refusal, said, times } = view
  // Without free times the way to other days is where the summary leads.
  const errorIds = { start: times?.days.some(({ starts }) => starts.length > 0) ? 'start' : 'dzien' }
  const title = view.thread.subject || t('inbox-staff.no-subject')
  const quiet = refusal === null && said === null && view.preview === null && view.asked === null
  return (
    // The subject is in no title: the window may be seen by others, and it may name somebody.
    <StaffPage
      shell={shell}
      title={t('inbox-staff.mail')}
      back="/praca/poczta"
      links={view.links}
      errors={view.errors}
      errorIds={errorIds}
      scripts={['console.js']}
    >
      {refusal !== null && (
        <div class="okienko-region okienko-region--now okienko-refusal" role="alert" tabIndex={-1} data-focus="">
          <p class="govuk-body-l">{decisionSentence(t, sliceOf(shell, refusal), refusal)}</p>
          <BasisLine basis={refusal.basis} />
          <StaffSteps next={refusal.next} />
        </div>
      )}
      {view.corrected && <NotificationBanner type="success" text={t('inbox-staff.said.address')} />}
      {said !== null && <Sent shell={shell} view={view} kind={said} />}
      <h1
        class={classes(title.length > longSubject ? 'govuk-heading-m' : 'govuk-heading-l', 'okienko-breakable')}
        lang={foreign(view.thread.subject, view.request.language)}
        tabIndex={-1}
        data-focus={quiet ? '' : undefined}
      >
        {title}
      </h1>
      <div class="okienko-mail">
        <div class="okienko-mail__thread">
          <ThreadPart shell={shell} view={view} />
        </div>
        <div class="okienko-mail__answer">
          <AnswerPart shell={shell} view={view} />
        </div>
      </div>
    </StaffPage>
  )
}

/** A subject of more signs is set smaller. */
const longSubject = 70

/** What was written, the newest first, and who wrote it. */
function ThreadPart({ shell, view }: { shell: Shell; view: ThreadView }): JSX.Element {
  const { t } = shell
  const { request, mails } = view
  const open = inSight(mails)
  const older = mails.toReversed().filter((mail) => !open.includes(mail))
  return (
    <>
      <Facts shell={shell} view={view} />
      {open.map((mail) => (
        <MailBlock shell={shell} view={view} mail={mail} />
      ))}
      {older.length > 0 && (
        <Details summary={t('inbox-staff.older', { count: older.length })} classes="okienko-mail__older">
          {older.map((mail) => (
            <MailBlock shell={shell} view={view} mail={mail} />
          ))}
        </Details>
      )}
      {view.proposed.length > 0 && <Proposed shell={shell} times={view.proposed} now={view.now} />}
      {view.others !== null && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/praca/poczta/${view.others}`}>
            {t('inbox-staff.others')}
          </a>
        </p>
      )}
      {request.state === 'open' && <PassLink reference={request.reference} />}
    </>
  )
}

function Facts({ shell: { t }, view }: { shell: Shell; view: ThreadView }): JSX.Element {
  const { request, thread } = view
  return (
    <SummaryList
      classes="okienko-mail__facts"
      rows={[
        {
          key: t('inbox-staff.column.person'),
          value: (
            <span class="okienko-breakable">
              {[request.person_name, request.person_email].filter(Boolean).join(', ') || t('inbox-staff.erased')}
            </span>
          ),
        },
        ...(request.state === 'open'
          ? [
              {
                key: t('inbox-staff.column.waits'),
                value: thread.waitsSince === null ? t('inbox-staff.waits.citizen') : waitedText(t, thread.waitsSince, view.now),
              },
            ]
          : [{ key: t('inbox-staff.state'), value: t(`inbox-staff.state.${request.state}`) }]),
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
      ]}
    />
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
    // No landmark: two mails of one minute would be two of one name.
    <article class="okienko-region" aria-labelledby={`mail-${mail.id}`}>
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
      <Became shell={shell} view={view} mail={mail} />
    </article>
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
              {t(`inbox-staff.proposed.${stateOf(time)}`)}
            </Tag>
            {stateOf(time) === 'kept' && <> {t('inbox-staff.proposed.until', { until: momentText(t, time.until) })}</>}
          </li>
        ))}
      </ul>
    </>
  )
}
