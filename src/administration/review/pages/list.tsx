/** The review list: what is open, by when, and what can be decided for many at once. */
import type { JSX } from 'preact'
import type { FieldError } from '../../../platform/decision.js'
import type { Directory } from '../../../directory/index.js'
import type { Account } from '../../../staff/index.js'
import {
  Button,
  errorAt,
  ErrorMessage,
  InsetText,
  NotificationBanner,
  Select,
  StaffPage,
  Table,
  Tag,
  type Shell,
  type StaffLink,
} from '../../../ui/index.js'
import { keepReasons, type ReviewCount, type ReviewItem } from '../model.js'
import { contactOf, matterOf, reasonOf, whenOf } from './parts.js'

export interface ListView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  /** Only visits of today. */
  readonly today: boolean
  readonly count: ReviewCount
  readonly total: number
  readonly items: readonly { readonly item: ReviewItem; readonly responsible: string | null }[]
  readonly accounts: readonly Account[]
  readonly chosen: ReadonlySet<number>
  readonly errors: readonly FieldError[]
  /** How many were decided on a moment ago, and how many could not be. */
  readonly news: { readonly done: number | null; readonly failed: number | null }
  readonly now: Temporal.Instant
}

const base = '/praca/przeglad'

export function ListPage({ shell, view }: { shell: Shell; view: ListView }): JSX.Element {
  const { t } = shell
  const title = t(view.today ? 'administration-review-staff.title.today' : 'administration-review-staff.title')
  const { done, failed } = view.news
  return (
    <StaffPage shell={shell} title={title} links={view.links} errors={view.errors}>
      {failed !== null && <NotificationBanner urgent text={t('administration-review-staff.news.failed', { done: done ?? 0, failed })} />}
      {failed === null && done !== null && (
        <NotificationBanner type="success" text={t('administration-review-staff.news.done', { done })} />
      )}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('administration-review-staff.about')}</p>
      <Sum shell={shell} view={view} />
      <ul class="govuk-list">
        {(
          [
            view.today ? ['all', base] : ['today', `${base}?dzien=dzis`],
            ['calls', `${base}/telefony`],
            ['settled', `${base}/zalatwione`],
          ] as const
        ).map(([key, href]) => (
          <li>
            <a class="govuk-link" href={href}>
              {t(`administration-review-staff.link.${key}`, { count: view.count.toCall })}
            </a>
          </li>
        ))}
      </ul>
      {view.items.length === 0 ? <InsetText>{t('administration-review-staff.none')}</InsetText> : <Form shell={shell} view={view} />}
    </StaffPage>
  )
}

function Sum({ shell: { t }, view: { count } }: { shell: Shell; view: ListView }): JSX.Element {
  return (
    <p class="govuk-body govuk-!-font-weight-bold">
      {t('administration-review-staff.sum', { open: count.open, late: count.late })}
      {count.next !== null && ` ${t('administration-review-staff.next', { when: whenOf(count.next) })}`}
    </p>
  )
}

function Form({ shell, view }: { shell: Shell; view: ListView }): JSX.Element {
  const { t } = shell
  const title = t('administration-review-staff.list')
  const noneChosen = errorAt(t, view.errors, 'wizyta')
  return (
    <form method="post" action={base}>
      <p class="govuk-body">
        <a class="govuk-link" href={`${base}?${view.today ? 'dzien=dzis&' : ''}zaznacz=${view.chosen.size === 0 ? 'wszystkie' : 'zadne'}`}>
          {t(`administration-review-staff.choose.${view.chosen.size === 0 ? 'all' : 'none'}`)}
        </a>
      </p>
      {view.total > view.items.length && (
        <p class="govuk-body">{t('administration-review-staff.more', { shown: view.items.length, count: view.total })}</p>
      )}
      {noneChosen !== undefined && <ErrorMessage id="wizyta-error">{noneChosen}</ErrorMessage>}
      <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
        <Table
          caption={title}
          captionClasses="govuk-visually-hidden"
          head={['choose', 'when', 'matter', 'why', 'contact', 'due', 'who'].map((each) => t(`administration-review-staff.head.${each}`))}
          rows={view.items.map(({ item, responsible }, index) => [
            <Choose shell={shell} item={item} id={index === 0 ? 'wizyta' : `wizyta-${index + 1}`} checked={view.chosen.has(item.id)} />,
            whenOf(item.visit.startsAt),
            matterOf(view.office, item),
            reasonOf(t, item),
            contactOf(t, item),
            <>
              {whenOf(item.dueAt)}
              {Temporal.Instant.compare(item.dueAt, view.now) <= 0 && (
                <>
                  {' '}
                  <Tag colour="red">{t('administration-review-staff.late')}</Tag>
                </>
              )}
            </>,
            responsible ?? t('administration-review-staff.nobody'),
          ])}
        />
      </div>
      <h2 class="govuk-heading-m">{t('administration-review-staff.decide')}</h2>
      <div class="govuk-button-group">
        <Button name="co" value="przenies">
          {t('administration-review-staff.do.move')}
        </Button>
        <Button kind="secondary" name="co" value="odwolaj">
          {t('administration-review-staff.do.cancel')}
        </Button>
      </div>
      <h3 class="govuk-heading-s">{t('administration-review-staff.keep')}</h3>
      <Select
        id="powod"
        name="powod"
        label={t('administration-review-staff.keep.reason')}
        hint={t('administration-review-staff.keep.hint')}
        error={errorAt(t, view.errors, 'powod')}
        items={[
          { value: '', text: t('administration-review-staff.choose') },
          ...keepReasons.map((each) => ({ value: each, text: t(`administration-review-staff.reason.${each}`) })),
        ]}
      />
      <Button kind="secondary" name="co" value="zostaw">
        {t('administration-review-staff.do.keep')}
      </Button>
      <h3 class="govuk-heading-s">{t('administration-review-staff.assign')}</h3>
      <Select
        id="osoba"
        name="osoba"
        label={t('administration-review-staff.assign.who')}
        error={errorAt(t, view.errors, 'osoba')}
        items={[
          { value: '', text: t('administration-review-staff.choose') },
          ...view.accounts.map(({ id, name }) => ({ value: String(id), text: name })),
        ]}
      />
      <Button kind="secondary" name="co" value="przypisz">
        {t('administration-review-staff.do.assign')}
      </Button>
    </form>
  )
}

function Choose({ shell: { t }, item, id, checked }: { shell: Shell; item: ReviewItem; id: string; checked: boolean }): JSX.Element {
  return (
    <div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">
      <div class="govuk-checkboxes__item">
        <input class="govuk-checkboxes__input" id={id} name="wizyta" type="checkbox" value={item.id} checked={checked} />
        <label class="govuk-label govuk-checkboxes__label" for={id}>
          <span class="govuk-visually-hidden">{t('administration-review-staff.choose-visit', { when: whenOf(item.visit.startsAt) })}</span>
        </label>
      </div>
    </div>
  )
}
