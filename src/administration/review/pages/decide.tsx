/** Before visits are moved or cancelled: what is proposed to whom; and what was decided. */
import type { JSX } from 'preact'
import { wallTime } from '../../../platform/words.js'
import type { Directory } from '../../../directory/index.js'
import { Button, InsetText, LinkButton, Select, StaffPage, Table, WarningText, type Shell, type StaffLink } from '../../../ui/index.js'
import type { ReviewItem } from '../model.js'
import { contactOf, matterOf, reasonOf, whenOf } from './parts.js'

interface Common {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly items: readonly ReviewItem[]
}

const back = '/praca/przeglad'

export interface MoveView extends Common {
  /** The nearest times of each visit, by its number; the first is proposed. */
  readonly times: ReadonlyMap<number, readonly Temporal.Instant[]>
}

export function MovePage({ shell, view }: { shell: Shell; view: MoveView }): JSX.Element {
  const { t } = shell
  const title = t('administration-review-staff.move.title')
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={back}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('administration-review-staff.move.about')}</p>
      <form method="post" action={`${back}/przenies`}>
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            caption={title}
            captionClasses="govuk-visually-hidden"
            head={['when', 'matter', 'contact', 'new'].map((each) => t(`administration-review-staff.head.${each}`))}
            rows={view.items.map((item) => [
              <>
                {whenOf(item.visit.startsAt)}
                <input type="hidden" name="wizyta" value={item.id} />
              </>,
              matterOf(view.office, item),
              contactOf(t, item),
              <NewTime shell={shell} item={item} times={view.times.get(item.visit.id) ?? []} />,
            ])}
          />
        </div>
        <div class="govuk-button-group">
          <Button>{t('administration-review-staff.move.do')}</Button>
          <LinkButton kind="secondary" href={back}>
            {t('administration-review-staff.back')}
          </LinkButton>
        </div>
      </form>
    </StaffPage>
  )
}

function NewTime({ shell: { t }, item, times }: { shell: Shell; item: ReviewItem; times: readonly Temporal.Instant[] }): JSX.Element {
  if (times.length === 0) return <>{t('administration-review-staff.move.none')}</>
  // Who left no contact cannot be told: moved, they would come in vain.
  const { email, phone } = item.visit.person
  const proposed = email === null && phone === null ? undefined : times[0]
  return (
    <Select
      id={`termin-${item.id}`}
      name={`termin-${item.id}`}
      label={{ text: t('administration-review-staff.move.new', { when: whenOf(item.visit.startsAt) }), classes: 'govuk-visually-hidden' }}
      items={[
        ...times.map((start) => ({ value: start.toString(), text: whenOf(start), selected: start === proposed })),
        { value: '', text: t('administration-review-staff.move.leave'), selected: proposed === undefined },
      ]}
    />
  )
}

export interface CancelView extends Common {
  /** How many no message reaches. */
  readonly unreached: number
}

export function CancelPage({ shell, view }: { shell: Shell; view: CancelView }): JSX.Element {
  const { t } = shell
  const title = t('administration-review-staff.cancel.title', { count: view.items.length })
  const { unreached } = view
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={back}>
      <h1 class="govuk-heading-l">{title}</h1>
      <WarningText>{t('administration-review-staff.cancel.warning')}</WarningText>
      {unreached > 0 && <p class="govuk-body">{t('administration-review-staff.cancel.calls', { count: unreached })}</p>}
      <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('administration-review-staff.list')}>
        <Table
          caption={t('administration-review-staff.list')}
          captionClasses="govuk-visually-hidden"
          head={['when', 'matter', 'why', 'contact'].map((each) => t(`administration-review-staff.head.${each}`))}
          rows={view.items.map((item) => [whenOf(item.visit.startsAt), matterOf(view.office, item), reasonOf(t, item), contactOf(t, item)])}
        />
      </div>
      <form method="post" action={`${back}/odwolaj`}>
        {view.items.map(({ id }) => (
          <input type="hidden" name="wizyta" value={id} />
        ))}
        <div class="govuk-button-group">
          <Button kind="warning">{t('administration-review-staff.cancel.do')}</Button>
          <LinkButton kind="secondary" href={back}>
            {t('administration-review-staff.back')}
          </LinkButton>
        </div>
      </form>
    </StaffPage>
  )
}

export function SettledPage({ shell, view }: { shell: Shell; view: Common }): JSX.Element {
  const { t } = shell
  const title = t('administration-review-staff.settled')
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={back}>
      <h1 class="govuk-heading-l">{title}</h1>
      {view.items.length === 0 ? (
        <InsetText>{t('administration-review-staff.settled.none')}</InsetText>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            caption={title}
            captionClasses="govuk-visually-hidden"
            head={['was', 'matter', 'why', 'outcome', 'by'].map((each) => t(`administration-review-staff.head.${each}`))}
            rows={view.items.map((item) => [
              whenOf(item.startsAt),
              matterOf(view.office, item),
              reasonOf(t, item),
              outcomeOf(shell, item),
              t('administration-review-staff.by', {
                when: item.settledAt === null ? '' : whenOf(item.settledAt),
                who: item.settledBy ?? t('administration-review-staff.itself'),
              }),
            ])}
          />
        </div>
      )}
    </StaffPage>
  )
}

function outcomeOf({ t }: Shell, { outcome, reason, visit, told }: ReviewItem): string {
  const said = t(`administration-review-staff.outcome.${outcome ?? 'over'}`, {
    reason: reason === null ? '' : t(`administration-review-staff.reason.${reason}`),
    when: outcome === 'moved' ? whenOf(visit.startsAt) : wallTime(visit.startsAt),
  })
  return told === null ? said : `${said} ${t(`administration-review-staff.told.${told}`)}`
}
