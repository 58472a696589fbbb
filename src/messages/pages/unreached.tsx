/** What did not arrive: how each way is, how many of which kind, the newest, and buttons that send them again. */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import type { FieldError } from '../../platform/decision.js'
import { longDay, wallTime, type Translate } from '../../platform/words.js'
import { Button, InsetText, NotificationBanner, StaffPage, SummaryList, Table, type Shell, type StaffLink } from '../../ui/index.js'
import type { MessageWay } from '../model.js'
import type { UnreachedKind, UnreachedMessage, WayNow } from '../unreached/store.js'

export interface UnreachedView {
  readonly links: readonly StaffLink[]
  readonly errors: readonly FieldError[]
  readonly ways: readonly WayNow[]
  /** Ways by which this office sends nothing. */
  readonly without: readonly MessageWay[]
  readonly kinds: readonly UnreachedKind[]
  readonly messages: readonly UnreachedMessage[]
  /** Where the gateway is to report what it delivered; null: nobody has to type it. */
  readonly reports: string | null
  /** How many were just queued again. */
  readonly resent: number | null
}

/** What stands for the way of a message that has none. */
export const noWay = 'nieulozone'

const whenOf = (at: Temporal.Instant): string => `${longDay('pl', officeDay(at))}, ${wallTime(at)}`

export function UnreachedPage({ shell, view }: { shell: Shell; view: UnreachedView }): JSX.Element {
  const { t } = shell
  const say = (key: string, values?: Record<string, string | number>): string => t(`messages-staff.${key}`, values)
  return (
    <StaffPage shell={shell} title={say('title')} links={view.links} back="/praca" errors={view.errors}>
      {view.resent !== null && <NotificationBanner type="success" text={say('resent', { count: view.resent })} />}
      <h1 class="govuk-heading-l">{say('title')}</h1>
      <h2 class="govuk-heading-m">{say('ways')}</h2>
      <SummaryList
        rows={[
          ...view.ways.map((way) => ({ key: say(`way.${way.way}`), value: wayText(t, way) })),
          ...(view.reports === null ? [] : [{ key: say('reports'), value: <span class="okienko-breakable">{view.reports}</span> }]),
          ...view.without.map((way) => ({ key: say(`way.${way}`), value: say('way.none') })),
        ]}
      />
      <h2 class="govuk-heading-m" id="wiadomosc">
        {say('unreached')}
      </h2>
      {view.kinds.length === 0 ? <InsetText>{say('unreached.none')}</InsetText> : <Kinds t={t} kinds={view.kinds} />}
      {view.messages.length > 0 && <Newest t={t} messages={view.messages} />}
    </StaffPage>
  )
}

function wayText(t: Translate, { waiting, oldest, away }: WayNow): JSX.Element {
  const say = (key: string, values?: Record<string, string | number>): string => t(`messages-staff.${key}`, values)
  return (
    <>
      <p class="govuk-body">
        {away === null ? say('way.works') : say('way.away', { since: whenOf(away.since), fault: away.fault, next: wallTime(away.tryAt) })}
      </p>
      <p class="govuk-body">{oldest === null ? say('waiting.none') : say('waiting', { count: waiting, oldest: whenOf(oldest) })}</p>
    </>
  )
}

function Kinds({ t, kinds }: { t: Translate; kinds: readonly UnreachedKind[] }): JSX.Element {
  const say = (key: string, values?: Record<string, string | number>): string => t(`messages-staff.${key}`, values)
  return (
    <div class="okienko-scroll" tabIndex={0} role="region" aria-label={say('kinds')}>
      <Table
        stack
        caption={say('kinds')}
        captionClasses="govuk-visually-hidden"
        head={[say('head.way'), say('head.reason'), { text: say('head.count'), format: 'numeric' }, say('head.oldest'), say('head.do')]}
        rows={kinds.map(({ way, reason, count, oldest }) => [
          say(`way.${way ?? 'not-composed'}`),
          say(`reason.${reason}`),
          { text: String(count), format: 'numeric' },
          whenOf(oldest),
          {
            text: (
              <Again field="rodzaj" value={`${way ?? noWay}.${reason}`}>
                {say('resend.all')}
                <span class="govuk-visually-hidden">
                  {' '}
                  {say('resend.all.which', { way: say(`way.${way ?? 'not-composed'}`), reason: say(`reason.${reason}`) })}
                </span>
              </Again>
            ),
          },
        ])}
      />
    </div>
  )
}

function Newest({ t, messages }: { t: Translate; messages: readonly UnreachedMessage[] }): JSX.Element {
  const say = (key: string, values?: Record<string, string | number>): string => t(`messages-staff.${key}`, values)
  return (
    <div class="okienko-scroll" tabIndex={0} role="region" aria-label={say('newest')}>
      <Table
        stack
        caption={say('newest')}
        captionClasses="govuk-table__caption--m"
        head={[say('head.at'), say('head.to'), say('head.reason'), say('head.do')]}
        rows={messages.map(({ id, at, email, phone, reason, resentBy, resentAt }) => [
          whenOf(at),
          { text: <span class="okienko-breakable">{maskedRecipient(t, email, phone)}</span> },
          resentBy === null || resentAt === null
            ? say(`reason.${reason}`)
            : `${say(`reason.${reason}`)}. ${say('resent.by', { who: resentBy, when: whenOf(resentAt) })}`,
          {
            text: (
              <Again field="wiadomosc" value={String(id)}>
                {say('resend.one')}
                <span class="govuk-visually-hidden">
                  {' '}
                  {say('resend.one.which', { to: maskedRecipient(t, email, phone), when: whenOf(at) })}
                </span>
              </Again>
            ),
          },
        ])}
      />
    </div>
  )
}

function Again({
  field,
  value,
  children,
}: {
  field: string
  value: string
  children: JSX.Element[] | (string | JSX.Element)[]
}): JSX.Element {
  return (
    <form method="post" action="/praca/wiadomosci">
      <input type="hidden" name={field} value={value} />
      <Button kind="secondary" classes="govuk-!-margin-bottom-0">
        {children}
      </Button>
    </form>
  )
}

/** Enough to find a mistyped address by, not enough to write to it. */
function maskedRecipient(t: Translate, email: string | null, phone: string | null): string {
  if (email !== null) return `${[...email][0]}•••${email.slice(email.lastIndexOf('@'))}`
  if (phone === null) return t('messages-staff.to.not-composed')
  return t('messages-staff.phone', { digits: phone.slice(-3) })
}
