/** The messages of the demonstration, each as its person would read it. */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import { longDay, phoneForReading, wallTime } from '../../platform/words.js'
import { Button, CitizenPage, Select, type Shell } from '../../ui/index.js'
import { smsOf, type SmsRules } from '../content/sms.js'
import type { Letter } from '../model.js'

export interface MailboxPageOptions {
  readonly shell: Shell
  /** How the office writes an SMS: what went by SMS is shown as it left. */
  readonly sms: SmsRules
  readonly letters: readonly Letter[]
  /** Everybody something was sent to. */
  readonly recipients: readonly string[]
  /** The one whose messages are shown; null for all. */
  readonly chosen: string | null
  /** Messages below this number are on the next page; null when there are none. */
  readonly older: number | null
  /** E-mails stay in the demonstration, so that one may write to the office too. */
  readonly writes: boolean
}

export function MailboxPage({ shell, sms, letters, recipients, chosen, older, writes }: MailboxPageOptions): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('messages.mailbox')} back="/">
      <h1 class="govuk-heading-xl">{t('messages.mailbox')}</h1>
      <p class="govuk-body">{t('messages.mailbox.what')}</p>
      {writes && (
        <p class="govuk-body">
          <a class="govuk-link" href="/skrzynka/napisz">
            {t('messages.mailbox.write')}
          </a>
        </p>
      )}
      {recipients.length > 0 && (
        <form method="post" action="/skrzynka">
          <Select
            name="adresat"
            label={t('messages.mailbox.recipient')}
            value={chosen ?? ''}
            items={[
              { value: '', text: t('messages.mailbox.everybody'), selected: chosen === null },
              ...recipients.map((each) => ({ value: each, text: readable(each) })),
            ]}
          />
          <Button kind="secondary">{t('messages.mailbox.show')}</Button>
        </form>
      )}
      {letters.length === 0 && <p class="govuk-body">{t('messages.mailbox.none')}</p>}
      {letters.map((letter) => (
        <LetterCard shell={shell} letter={letter} sms={sms} answered={writes && letter.thread !== undefined} />
      ))}
      {older !== null && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/skrzynka?przed=${older}`}>
            {t('messages.mailbox.older')}
          </a>
        </p>
      )}
    </CitizenPage>
  )
}

function readable(contact: string): string {
  return contact.startsWith('+') ? phoneForReading(contact) : contact
}

/** `answered`: a mail of a thread, which can be answered. */
function LetterCard({ shell, letter, sms, answered }: { shell: Shell; letter: Letter; sms: SmsRules; answered: boolean }): JSX.Element {
  const { t, language } = shell
  const to = [letter.to.email, letter.to.phone].filter((each) => each !== null).map(readable)
  return (
    <article class="okienko-letter" aria-labelledby={`wiadomosc-${letter.id}`}>
      <p class="govuk-body-s okienko-breakable">
        {t(`messages.mailbox.to.${letter.to.email === null ? 'sms' : 'email'}`, { to: to.join(', ') })}
        <br />
        {longDay(language, officeDay(letter.at))}, {wallTime(letter.at)}
      </p>
      <div lang={letter.language === language ? undefined : letter.language}>
        <h2 class="govuk-heading-m" id={`wiadomosc-${letter.id}`}>
          {letter.subject}
        </h2>
        {(letter.to.email === null ? [smsOf(letter, sms)] : letter.lines).map((line) => (
          <p class="govuk-body okienko-breakable">{line}</p>
        ))}
        {letter.links.length > 0 && (
          <ul class="govuk-list">
            {letter.links.map(({ href, label }) => (
              <li>
                <a class="govuk-link" href={href} rel="noreferrer">
                  {label}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
      {answered && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/skrzynka/napisz?odpowiedz=${letter.id}`} aria-describedby={`wiadomosc-${letter.id}`}>
            {t('messages.mailbox.answer')}
          </a>
        </p>
      )}
    </article>
  )
}
