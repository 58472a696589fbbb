/** What a desk called today, and why it was each person's turn. Numbers and minutes, no names. */
import type { JSX } from 'preact'
import { wallTime, type Translate } from '../../platform/words.js'
import type { Desk } from '../../directory/index.js'
import { StaffPage, Table, type Shell, type StaffLink } from '../../ui/index.js'
import { deskAddress } from '../pages/desk.js'
import { spacedTicket } from '../tickets.js'
import type { PastCall } from './store.js'

export interface CallsOptions {
  readonly shell: Shell
  readonly links: readonly StaffLink[]
  readonly desk: Desk
  readonly calls: readonly PastCall[]
}

export function CallsPage({ shell, links, desk, calls }: CallsOptions): JSX.Element {
  const { t } = shell
  const title = t('queue-staff.calls.title', { desk: desk.label })
  return (
    <StaffPage shell={shell} title={title} links={links}>
      <h1 class="govuk-heading-l">{title}</h1>
      {calls.length === 0 ? (
        <p class="govuk-body">{t('queue-staff.calls.none')}</p>
      ) : (
        <Table
          caption={t('queue-staff.calls.caption')}
          captionClasses="govuk-visually-hidden"
          head={['at', 'ticket', 'why'].map((each) => t(`queue-staff.calls.${each}`))}
          rows={calls.map((call) => [wallTime(call.at), spacedTicket(call.ticket), whyCalled(t, call)])}
        />
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={deskAddress(desk.slug)}>
          {t('queue-staff.calls.back')}
        </a>
      </p>
    </StaffPage>
  )
}

/** Why it was this person's turn, in whole sentences. */
export function whyCalled(t: Translate, call: PastCall): string {
  const { why, due, as, reason, before, startsAt, arrivedAt } = call
  if (why === 'back') return t('queue-staff.calls.back-again')
  if (why === 'picked') return t('queue-staff.calls.picked', { why: t(`queue-staff.pick.${reason ?? 'agreed'}`) })
  const times = { starts: wallTime(startsAt), arrived: wallTime(arrivedAt ?? startsAt), due: wallTime(due ?? startsAt) }
  return [
    t(`queue-staff.calls.${why}`, { ...times, why: why === 'priority' ? t(`queue-staff.priority.${reason ?? 'hard-to-wait'}`) : '' }),
    ...(as === 'own' ? [] : [t(`queue-staff.calls.${as}`)]),
    t('queue-staff.calls.first'),
    ...(before.length === 0 ? [] : [t('queue-staff.calls.before', { tickets: before.map(spacedTicket).join(', ') })]),
  ].join(' ')
}
