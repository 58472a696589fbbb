/** Mails of a unit: who waits, since when, and who answers whom; and what was set apart. */
import type { JSX } from 'preact'
import type { Language, Translate } from '../../platform/words.js'
import { waitedText, whenText } from '../../booking/index.js'
import type { Directory } from '../../directory/index.js'
import { Button, NotificationBanner, StaffPage, Table, Tag, type Shell, type StaffLink } from '../../ui/index.js'
import type { ListedThread } from '../list-store.js'
import type { Mail } from '../model.js'
import { NextMail } from './next.js'

interface Frame {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly now: Temporal.Instant
}

/** What was just done on the page before, or could not be. */
export const listNews = ['given-back', 'none-free'] as const

export function MailListPage({
  shell,
  view,
}: {
  shell: Shell
  view: Frame & {
    readonly threads: readonly ListedThread[]
    readonly apart: number
    readonly said: (typeof listNews)[number] | null
    /** The thread just given back. */
    readonly after: string | null
  }
}): JSX.Element {
  const { t } = shell
  const waiting = view.threads.filter(({ waitsSince }) => waitsSince !== null)
  const oldest = waiting[0]?.waitsSince ?? null
  return (
    <StaffPage shell={shell} title={t('inbox-staff.list')} links={view.links}>
      {view.said !== null && (
        <NotificationBanner {...(view.said === 'given-back' ? { type: 'success' } : {})} text={t(`inbox-staff.news.${view.said}`)} />
      )}
      <h1 class="govuk-heading-l">{t('inbox-staff.list')}</h1>
      <p class="govuk-body-l">
        {oldest === null
          ? t('inbox-staff.list.nobody')
          : t('inbox-staff.list.waiting', { count: waiting.length, longest: waitedText(t, oldest, view.now) })}
      </p>
      {waiting.length > 0 && <NextMail after={view.after} label={view.after === null ? 'inbox-staff.next.first' : 'inbox-staff.next'} />}
      {view.threads.length > 0 && (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('inbox-staff.list.caption')}>
          <Table
            stack
            caption={t('inbox-staff.list.caption')}
            head={['waits', 'subject', 'guess', 'person', 'unit', 'claimed'].map((name) => t(`inbox-staff.column.${name}`))}
            rows={view.threads.map((thread) => [
              <>
                {thread.waitsSince === null ? t('inbox-staff.waits.citizen') : waitedText(t, thread.waitsSince, view.now)}
                {thread.undelivered && (
                  <>
                    <br />
                    <Tag colour="red">{t('inbox-staff.undelivered')}</Tag>
                  </>
                )}
              </>,
              <a class="govuk-link" href={`/praca/poczta/${thread.reference}`} lang={foreign(thread.subject, thread.language)}>
                {thread.subject || t('inbox-staff.no-subject')}
              </a>,
              guessText(t, view.office, thread.guessedServiceId),
              <>
                {thread.name ?? thread.email ?? t('inbox-staff.erased')}
                {thread.language !== 'pl' && <> ({t(`inbox-staff.language.${thread.language}`)})</>}
              </>,
              view.office.units.get(thread.unitId)?.name ?? thread.unitId,
              thread.claimedName ?? '–',
            ])}
          />
        </div>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href="/praca/poczta/odlozone">
          {t('inbox-staff.apart.link', { count: view.apart })}
        </a>
      </p>
    </StaffPage>
  )
}

export function SetAsidePage({
  shell,
  view,
}: {
  shell: Shell
  view: Frame & { readonly mails: readonly (Mail & { readonly box: string })[] }
}): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('inbox-staff.apart')} back="/praca/poczta" links={view.links}>
      <h1 class="govuk-heading-l">{t('inbox-staff.apart')}</h1>
      <p class="govuk-body">{t('inbox-staff.apart.hint')}</p>
      {view.mails.length === 0 ? (
        <p class="govuk-body">{t('inbox-staff.apart.none')}</p>
      ) : (
        view.mails.map((mail) => (
          <section class="okienko-region" aria-labelledby={`mail-${mail.id}`}>
            <h2 class="govuk-heading-s" id={`mail-${mail.id}`} lang={foreign(mail.subject, mail.language)}>
              {mail.subject || t('inbox-staff.no-subject')}
            </h2>
            <p class="govuk-body">
              {t(`inbox-staff.kind.${mail.kind}`)}, {whenText('pl', mail.at)}, {mail.box}
              {mail.email !== null && <>, {mail.email}</>}
            </p>
            {mail.body !== null && mail.body !== '' && (
              <p class="govuk-body okienko-breakable" lang={foreign(mail.body, mail.language)}>
                {excerpt(mail.body)}
              </p>
            )}
            {mail.email !== null && (
              <form method="post" action={`/praca/poczta/odlozone/${mail.id}`} novalidate>
                <Button kind="secondary">
                  {t('inbox-staff.apart.bring')}
                  <span class="govuk-visually-hidden"> ({mail.subject || t('inbox-staff.no-subject')})</span>
                </Button>
              </form>
            )}
          </section>
        ))
      )}
    </StaffPage>
  )
}

const excerptCharacters = 300

function excerpt(text: string): string {
  return text.length <= excerptCharacters ? text : `${text.slice(0, excerptCharacters)}…`
}

/** The language of what a person wrote, where it is not the page's; without words of theirs the page's own stand there. */
export function foreign(words: string | null, language: Language): Language | undefined {
  return words === null || words === '' || language === 'pl' ? undefined : language
}

export function guessText(t: Translate, office: Directory, serviceId: string | null): string {
  const name = serviceId === null ? undefined : office.services.get(serviceId)?.name
  return name === undefined ? t('inbox-staff.guess.none') : t('inbox-staff.guess', { service: name })
}
