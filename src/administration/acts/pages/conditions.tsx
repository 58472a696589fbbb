/** Conditions of acts: all of them with what hangs on them, and one of them to be changed. */
import type { JSX } from 'preact'
import type { FieldError } from '../../../platform/decision.js'
import { plainDay } from '../../../platform/words.js'
import type { Condition } from '../../../regulation/index.js'
import {
  Button,
  errorAt,
  InsetText,
  LinkButton,
  NotificationBanner,
  StaffPage,
  Table,
  TextInput,
  type Shell,
  type StaffLink,
} from '../../../ui/index.js'
import type { Typed } from '../../form/typed.js'
import type { ConditionFacts } from '../conditions.js'

const base = '/praca/akty/warunki'

const day = (each: Temporal.PlainDate | null): string => (each === null ? '–' : plainDay('pl', each))

export interface ConditionsView {
  readonly links: readonly StaffLink[]
  readonly conditions: readonly Condition[]
  /** By condition what hangs on it. */
  readonly hanging: ReadonlyMap<string, readonly string[]>
  readonly mayChange: boolean
  readonly saved: boolean
}

export function ConditionsPage({ shell, view }: { shell: Shell; view: ConditionsView }): JSX.Element {
  const { t } = shell
  const title = t('administration-staff.conditions')
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/akty">
      {view.saved && <NotificationBanner type="success" text={t('administration-staff.conditions.saved')} />}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('administration-staff.conditions.about')}</p>
      {view.conditions.length === 0 && <InsetText>{t('administration-staff.conditions.none')}</InsetText>}
      {view.conditions.length > 0 && (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table
            caption={title}
            captionClasses="govuk-visually-hidden"
            head={['title', 'from', 'until', 'hanging'].map((each) => t(`administration-staff.conditions.head.${each}`))}
            rows={view.conditions.map((each) => [
              view.mayChange ? (
                <a class="govuk-link" href={`${base}/${encodeURIComponent(each.id)}`}>
                  {each.title}
                </a>
              ) : (
                each.title
              ),
              day(each.from),
              day(each.until),
              (view.hanging.get(each.id) ?? []).join(', ') || '–',
            ])}
          />
        </div>
      )}
      {view.mayChange && <LinkButton href={`${base}/nowy`}>{t('administration-staff.conditions.new')}</LinkButton>}
    </StaffPage>
  )
}

export interface ConditionView {
  readonly links: readonly StaffLink[]
  readonly isNew: boolean
  /** As it stood when the form was shown, as JSON. */
  readonly seen: string
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  /** What stands now, when somebody changed it since. */
  readonly conflict: ConditionFacts | null
}

export function ConditionPage({ shell, view }: { shell: Shell; view: ConditionView }): JSX.Element {
  const { t } = shell
  const { typed, errors, conflict } = view
  const title = t(`administration-staff.conditions.${view.isNew ? 'new' : 'change'}`)
  const field = (name: string, classes: string, hint?: string): JSX.Element => (
    <TextInput
      name={name}
      label={t(`administration-staff.conditions.field.${name}`)}
      hint={hint === undefined ? undefined : t(hint)}
      value={typed.text(name)}
      error={errorAt(t, errors, name)}
      classes={classes}
      autocomplete="off"
    />
  )
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={base} errors={errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      {conflict !== null && (
        <InsetText>
          {t('administration-staff.conditions.conflict', {
            title: conflict.title,
            from: conflict.from === undefined ? '–' : plainDay('pl', Temporal.PlainDate.from(conflict.from)),
            until: conflict.until === undefined ? '–' : plainDay('pl', Temporal.PlainDate.from(conflict.until)),
          })}
        </InsetText>
      )}
      <form method="post" novalidate>
        <input type="hidden" name="seen" value={view.seen} />
        {field('title', 'govuk-input--width-20', 'administration-staff.conditions.field.title.hint')}
        {field('from', 'govuk-input--width-10', 'administration-staff.day.hint')}
        {field('until', 'govuk-input--width-10', 'administration-staff.conditions.field.until.hint')}
        {field('source', 'govuk-!-width-two-thirds')}
        <Button>{t('administration-staff.save')}</Button>
      </form>
    </StaffPage>
  )
}
