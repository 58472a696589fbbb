/** What stands beside a thread: who answers it and the way to answer it, the form, or the way on once it is answered. */
import type { JSX } from 'preact'
import { wallTime } from '../../platform/words.js'
import { Button, KeysSwitch, NotificationBanner, useWords, type Shell } from '../../ui/index.js'
import type { SentKind } from '../model.js'
import { AnswerForm } from './answer-form.js'
import { AnswerPreview } from './answer-preview.js'
import { NextMail } from './next.js'
import type { ThreadView } from './thread.js'

interface PartOptions {
  readonly shell: Shell
  readonly view: ThreadView
}

export function AnswerPart({ shell, view }: PartOptions): JSX.Element {
  const { mine, preview, request } = view
  if (!mine) return <NotMine shell={shell} view={view} />
  return (
    <section class="okienko-region" aria-labelledby="answer">
      {preview === null ? <AnswerForm shell={shell} view={view} /> : <AnswerPreview shell={shell} view={view} letter={preview} />}
      {/* A form of its own: giving back has nothing to do with what was typed. */}
      <form method="post" action={`/praca/poczta/${request.reference}/oddaje`} novalidate class="okienko-mail__release">
        <Button kind="secondary" shortcut="F10">
          {shell.t('inbox-staff.release')}
        </Button>
        <KeptUntil until={view.claimedUntil} />
      </form>
      <p class="govuk-body">
        <KeysSwitch />
      </p>
    </section>
  )
}

function KeptUntil({ until }: { until: Temporal.Instant | null }): JSX.Element | null {
  const t = useWords()
  return until === null ? null : <span class="govuk-body okienko-quiet">{t('inbox-staff.kept-until', { time: wallTime(until) })}</span>
}

/** What was just sent, read first, and the next mail by one press. */
export function Sent({ shell, view, kind }: PartOptions & { kind: SentKind }): JSX.Element {
  const { t } = shell
  return (
    <div class="okienko-mail__sent">
      <div tabIndex={-1} data-focus="">
        <NotificationBanner type="success" text={t(`inbox-staff.said.${kind}`)} />
      </div>
      <WayOn shell={shell} view={view} />
    </div>
  )
}

/** The next that waits, or that nobody does. */
function WayOn({ shell, view, secondary = false }: PartOptions & { secondary?: boolean }): JSX.Element {
  const { t } = shell
  if (view.waiting === 0) return <p class="govuk-body">{t('inbox-staff.next.none')}</p>
  return (
    <>
      <p class="govuk-body">{t('inbox-staff.next.waiting', { count: view.waiting })}</p>
      <NextMail after={view.request.reference} secondary={secondary} />
    </>
  )
}

/** Nobody's yet, a colleague's, or over: what can be done is a press each, and what was typed here is not lost. */
function NotMine({ shell, view }: PartOptions): JSX.Element {
  const { t } = shell
  const { request, claimedBy, said, typed } = view
  const open = request.state === 'open'
  const first = open && claimedBy === null && said === null
  return (
    <section class="okienko-region" aria-labelledby="answer">
      <h2 class="govuk-heading-m" id="answer">
        {t('inbox-staff.answer')}
      </h2>
      {claimedBy !== null && <p class="govuk-body">{t('inbox-staff.claimed', { who: claimedBy })}</p>}
      {!open && <p class="govuk-body">{t(`inbox-staff.ended.${request.state}`)}</p>}
      {open && (
        <form method="post" action={`/praca/poczta/${request.reference}/odpowiadam`} novalidate>
          <Button kind={first ? 'primary' : 'secondary'} shortcut={first ? 'F2' : undefined}>
            {t(view.thread.waitsSince === null ? 'inbox-staff.claim.again' : 'inbox-staff.claim')}
          </Button>
        </form>
      )}
      {typed.own !== '' && (
        <>
          <h3 class="govuk-heading-s">{t('inbox-staff.own.unsent')}</h3>
          <p class="govuk-body okienko-plain-text">{typed.own}</p>
        </>
      )}
      {said === null && (
        <div class="okienko-mail__on">
          <WayOn shell={shell} view={view} secondary={first} />
        </div>
      )}
      <p class="govuk-body">
        <KeysSwitch />
      </p>
    </section>
  )
}
