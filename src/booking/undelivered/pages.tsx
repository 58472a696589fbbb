/** What did not arrive, and the form in which a contact is put right. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import type { VisitMessage } from '../../messages/index.js'
import { Button, NotificationBanner, PhoneLink, StaffPage, Table, type Shell, type StaffLink } from '../../ui/index.js'
import type { TypedPerson } from '../forms.js'
import { ContactFields } from '../pages/caller.js'
import { whenText } from '../pages/parts.js'
import { VisitMessages } from '../pages/visit-messages.js'
import type { Undelivered } from './store.js'

interface Frame {
  readonly shell: Shell
  readonly office: Directory
  readonly links: readonly StaffLink[]
}

/** What became of what was just asked for: done, somebody else was first, or the visit is off. */
export const undeliveredNews = ['zrobione', 'nie-ma', 'odwolana'] as const

const newsWords = { zrobione: 'done', 'nie-ma': 'gone', odwolana: 'cancelled' } as const

export function UndeliveredPage({
  shell,
  office,
  links,
  entries,
  messages,
  news,
}: Frame & {
  readonly entries: readonly Undelivered[]
  readonly messages: readonly VisitMessage[]
  readonly news: (typeof undeliveredNews)[number] | null
}): JSX.Element {
  const { t } = shell
  const title = t('booking-undelivered-staff.title')
  const word = (name: string): string => t(`booking-undelivered-staff.${name}`)
  return (
    <StaffPage shell={shell} title={title} links={links} back="/praca">
      {news !== null && <NotificationBanner type={news === 'zrobione' ? 'success' : undefined} urgent text={word(newsWords[news])} />}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{word('what')}</p>
      {entries.length === 0 ? (
        <p class="govuk-body">{word('none')}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            stack
            head={['visit', 'person', 'message', 'do'].map(word)}
            rows={entries.map((entry) => [
              <>
                <a class="govuk-link" href={`/praca/obsluga/wizyta/${entry.reference}`}>
                  {whenText('pl', entry.startsAt)}
                </a>
                <br />
                {office.services.get(entry.serviceId)?.name ?? entry.serviceId}
              </>,
              <>
                {entry.name ?? word('no-name')}
                <br />
                {entry.phone === null ? word('no-phone') : <PhoneLink phone={entry.phone} />}
                <br />
                <span class="okienko-breakable">{entry.email ?? word('no-email')}</span>
              </>,
              <VisitMessages shell={shell} messages={messages.filter(({ id }) => id === entry.messageId)} />,
              <>
                <p class="govuk-body">
                  <a class="govuk-link" href={`/praca/niedoreczone/${entry.messageId}`}>
                    {word('correct')}
                    <span class="govuk-visually-hidden"> {whenText('pl', entry.startsAt)}</span>
                  </a>
                </p>
                <form method="post" action="/praca/niedoreczone/zrobione">
                  <input type="hidden" name="wiadomosc" value={entry.messageId} />
                  <Button kind="secondary">
                    {word('note-done')}
                    <span class="govuk-visually-hidden"> {whenText('pl', entry.startsAt)}</span>
                  </Button>
                </form>
              </>,
            ])}
          />
        </div>
      )}
    </StaffPage>
  )
}

export function ContactPage({
  shell,
  links,
  entry,
  typed,
  errors,
}: Frame & { readonly entry: Undelivered; readonly typed: TypedPerson; readonly errors: readonly FieldError[] }): JSX.Element {
  const { t } = shell
  const title = t('booking-undelivered-staff.contact')
  return (
    <StaffPage shell={shell} title={title} links={links} back="/praca/niedoreczone" errors={errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body-l">
        {entry.name ?? t('booking-undelivered-staff.no-name')}
        <br />
        {whenText('pl', entry.startsAt)}
      </p>
      <p class="govuk-body">{t('booking-undelivered-staff.contact.what', { when: whenText('pl', entry.at) })}</p>
      <form method="post" action={`/praca/niedoreczone/${entry.messageId}`} noValidate>
        <ContactFields typed={typed} errors={errors} />
        <Button>{t('booking-undelivered-staff.save')}</Button>
      </form>
    </StaffPage>
  )
}
