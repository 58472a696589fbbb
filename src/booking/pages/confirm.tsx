/**
 * A booking that waits to be confirmed: the code is typed here, or one button is pressed on the page
 * of the link. Then what is said when its time for that is over.
 */
import type { ComponentChildren, JSX } from 'preact'
import { setting, type FieldError } from '../../platform/decision.js'
import { wallTime } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import {
  BasisLine,
  Button,
  CitizenPage,
  errorAt,
  IdempotencyField,
  InsetText,
  LinkButton,
  NotificationBanner,
  PhoneLink,
  SummaryList,
  TextInput,
  useWords,
  type Shell,
} from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'
import { roundsMax, triesMax } from '../confirmation-rules.js'
import type { Confirmation } from '../confirmation-store.js'
import { maskedContact } from '../masked.js'
import { visitRows, whenText } from './parts.js'

export interface ConfirmPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly visit: Visit
  readonly confirmation: Confirmation
  readonly typed?: string
  readonly errors?: readonly FieldError[]
  /** True just after another message was asked for. */
  readonly sent?: boolean
}

export function ConfirmPage({ shell, directory, visit, confirmation, typed = '', errors = [], sent }: ConfirmPageOptions): JSX.Element {
  const { t } = shell
  const base = `/wizyta/${visit.reference}`
  const spent = confirmation.tries >= triesMax
  return (
    <CitizenPage shell={shell} title={t('booking-pages.confirm.title')} errors={spent ? [] : errors}>
      {sent && <NotificationBanner type="success" text={t('booking-pages.confirm.sent')} />}
      {spent && (
        <NotificationBanner urgent text={t(confirmation.round < roundsMax ? 'booking.refused.code-tries' : 'booking.refused.code-sends')} />
      )}
      <h1 class="govuk-heading-xl">{t('booking-pages.confirm.title')}</h1>
      <p class="govuk-body-l okienko-breakable">{t('booking-pages.confirm.what', { to: maskedContact(t, visit.person) })}</p>
      {shell.clockText !== null && <MailboxHint />}
      <VisitFacts shell={shell} directory={directory} visit={visit} />
      {!spent && <CodeForm action={`${base}/potwierdz`} typed={typed} errors={errors} button={t('booking-pages.confirm.button')} />}
      <p class="govuk-body">{t('booking-pages.confirm.until', { time: wallTime(visit.confirmUntil ?? visit.startsAt) })}</p>
      <BasisLine basis={[setting('confirm-minutes')]} />
      <SendAgain action={`${base}/potwierdz/wyslij`} confirmation={confirmation}>
        {t('booking-pages.confirm.no-more')} <PhoneLink phone={shell.officePhone} />
      </SendAgain>
      <h2 class="govuk-heading-m">{t('booking-pages.confirm.wrong-contact')}</h2>
      <p class="govuk-body">
        {t('booking-pages.confirm.wrong-contact.what')}{' '}
        <a class="govuk-link" href={`${base}/odwolaj`}>
          {t('booking-pages.confirm.cancel')}
        </a>
      </p>
    </CitizenPage>
  )
}

/** The field for the six digits of a message, and its button. */
export function CodeForm(form: {
  readonly action: string
  readonly typed: string
  readonly errors: readonly FieldError[]
  readonly button: string
}): JSX.Element {
  const t = useWords()
  return (
    <form method="post" action={form.action} noValidate>
      <TextInput
        name="kod"
        label={{ text: t('booking-pages.confirm.code'), classes: 'govuk-label--m' }}
        hint={t('booking-pages.confirm.code-hint')}
        classes="govuk-input--width-10 govuk-input--extra-letter-spacing"
        inputmode="numeric"
        autocomplete="one-time-code"
        spellcheck={false}
        value={form.typed}
        error={errorAt(t, form.errors, 'kod')}
      />
      <Button>{form.button}</Button>
    </form>
  )
}

/** Another message, as long as one may be sent; then what else there is, the children. */
export function SendAgain({
  action,
  confirmation,
  children,
}: {
  action: string
  confirmation: Confirmation
  children: ComponentChildren
}): JSX.Element {
  const t = useWords()
  const left = roundsMax - confirmation.round
  return (
    <>
      <h2 class="govuk-heading-m">{t(confirmation.tries < triesMax ? 'booking-pages.confirm.not-come' : 'booking-pages.confirm.new')}</h2>
      {left > 0 ? (
        <form method="post" action={action}>
          <input type="hidden" name="ktory" value={confirmation.round} />
          <p class="govuk-body">{t('booking-pages.confirm.send.what', { left })}</p>
          <Button kind={confirmation.tries < triesMax ? 'secondary' : 'primary'}>{t('booking-pages.confirm.send')}</Button>
        </form>
      ) : (
        <p class="govuk-body">{children}</p>
      )}
    </>
  )
}

function VisitFacts({ shell, directory, visit }: { shell: Shell; directory: Directory; visit: Visit }): JSX.Element {
  const { t } = shell
  return (
    <SummaryList
      rows={[...visitRows(t, directory, visit), { key: t('booking-pages.check.when'), value: whenText(shell.language, visit.startsAt) }]}
    />
  )
}

/** The page of the link: a program that only looks at links confirms nothing. */
export function ConfirmLinkPage({
  shell,
  directory,
  visit,
  link,
}: {
  shell: Shell
  directory: Directory
  visit: Visit
  link: string
}): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('booking-pages.confirm.title')}>
      <h1 class="govuk-heading-xl">{t('booking-pages.confirm.title')}</h1>
      <VisitFacts shell={shell} directory={directory} visit={visit} />
      <form method="post" action={`/p/${link}`}>
        <IdempotencyField />
        <Button>{t('booking-pages.confirm.button')}</Button>
      </form>
      <p class="govuk-body">{t('booking-pages.confirm.until', { time: wallTime(visit.confirmUntil ?? visit.startsAt) })}</p>
      <BasisLine basis={[setting('confirm-minutes')]} />
    </CitizenPage>
  )
}

/** The booking lapsed: the same time once more with what was typed, while it is free; else the next free times. */
export function LapsedBlock({ visit, free, children }: { visit: Visit; free: boolean; children?: ComponentChildren }): JSX.Element {
  const t = useWords()
  return (
    <>
      <p class="govuk-body">{t('booking-pages.lapsed.what')}</p>
      {children}
      <p class="govuk-body">{t(free ? 'booking-pages.lapsed.free' : 'booking-pages.lapsed.taken')}</p>
      {free ? (
        <form method="post" action={`/wizyta/${visit.reference}/ponownie`}>
          <Button>{t('booking-pages.lapsed.again')}</Button>
        </form>
      ) : (
        <LinkButton href={`/sprawy/${visit.serviceId}/terminy`}>{t('booking-pages.lapsed.times')}</LinkButton>
      )}
      <BasisLine basis={[setting('confirm-minutes')]} />
    </>
  )
}

/** In a demonstration nothing leaves the program: where the message is read instead. */
export function MailboxHint(): JSX.Element {
  const t = useWords()
  return (
    <InsetText>
      {t('booking-pages.confirm.demo')}{' '}
      <a class="govuk-link" href="/skrzynka">
        {t('booking-pages.confirm.demo.link')}
      </a>
    </InsetText>
  )
}
