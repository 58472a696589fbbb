/** An entry that waits to be confirmed: the code is typed here, or one button is pressed on the page of the link. */
import type { JSX } from 'preact'
import { setting, type FieldError } from '../../../platform/decision.js'
import { phoneForReading, wallTime } from '../../../platform/words.js'
import type { Service } from '../../../directory/index.js'
import {
  BasisLine,
  Button,
  CitizenPage,
  IdempotencyField,
  NotificationBanner,
  SummaryList,
  useWords,
  type Shell,
} from '../../../ui/index.js'
import { roundsMax, triesMax } from '../../confirmation-rules.js'
import { CodeForm, MailboxHint, SendAgain } from '../../pages/confirm.js'
import type { Entry } from '../entry-store.js'
import { heldAt } from '../rules.js'
import type { Draw } from '../store.js'
import { entryRows } from './entry.js'

export interface ConfirmEntryOptions {
  readonly shell: Shell
  readonly entry: Entry
  readonly draw: Draw
  readonly service: Service | null
}

export function ConfirmEntryPage({
  typed = '',
  errors = [],
  sent = false,
  ...options
}: ConfirmEntryOptions & {
  readonly typed?: string
  readonly errors?: readonly FieldError[]
  /** True just after another message was asked for. */
  readonly sent?: boolean
}): JSX.Element {
  const { shell, entry } = options
  const { t } = shell
  const { email, phone } = entry.person
  const to = [email, phone === null ? null : phoneForReading(phone)].filter((each) => each !== null).join(', ')
  const base = `/losowanie/${entry.reference}`
  const spent = entry.tries >= triesMax
  return (
    <CitizenPage shell={shell} title={t('booking-lot.confirm.title')} errors={spent ? [] : errors}>
      {sent && <NotificationBanner type="success" text={t('booking-pages.confirm.sent')} />}
      {spent && <NotificationBanner urgent text={t(`booking.refused.${entry.round < roundsMax ? 'code-tries' : 'codes-spent'}`)} />}
      <h1 class="govuk-heading-xl">{t('booking-lot.confirm.title')}</h1>
      <p class="govuk-body-l okienko-breakable">{t('booking-pages.confirm.what', { to })}</p>
      {shell.clockText !== null && <MailboxHint />}
      <EntryFacts {...options} />
      {!spent && <CodeForm action={`${base}/potwierdz`} typed={typed} errors={errors} button={t('booking-lot.confirm.button')} />}
      <Until {...options} />
      <SendAgain action={`${base}/potwierdz/wyslij`} confirmation={entry}>
        {t('booking.refused.codes-spent')}
      </SendAgain>
      <h2 class="govuk-heading-m">{t('booking-pages.confirm.wrong-contact')}</h2>
      <p class="govuk-body">{t('booking-lot.confirm.wrong-contact')}</p>
      <form method="post" action={`${base}/wycofaj`}>
        <Button kind="secondary">{t('booking-lot.entry.withdraw')}</Button>
      </form>
    </CitizenPage>
  )
}

/** The page of the link: a program that only looks at links confirms nothing. */
export function ConfirmEntryLinkPage({ token, ...options }: ConfirmEntryOptions & { readonly token: string }): JSX.Element {
  const { shell, entry } = options
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('booking-lot.confirm.title')}>
      <h1 class="govuk-heading-xl">{t('booking-lot.confirm.title')}</h1>
      <EntryFacts {...options} />
      <form method="post" action={`/losowanie/${entry.reference}/potwierdz/${token}`}>
        <IdempotencyField />
        <Button>{t('booking-lot.confirm.button')}</Button>
      </form>
      <Until {...options} />
    </CitizenPage>
  )
}

function EntryFacts({ shell, entry, service }: ConfirmEntryOptions): JSX.Element {
  return <SummaryList rows={[...entryRows(shell, entry, service)]} />
}

function Until({ draw }: ConfirmEntryOptions): JSX.Element {
  const t = useWords()
  return (
    <>
      <p class="govuk-body">{t('booking-lot.confirm.until', { time: wallTime(heldAt(draw)) })}</p>
      <BasisLine basis={[setting('lot-confirm-minutes')]} />
    </>
  )
}
