/** What an act says of itself; and its own words. */
import type { JSX } from 'preact'
import type { FieldError } from '../../../platform/decision.js'
import type { Condition } from '../../../regulation/index.js'
import {
  Button,
  errorAt,
  Fieldset,
  InsetText,
  Radios,
  Select,
  StaffPage,
  Textarea,
  TextInput,
  type Shell,
  type StaffLink,
} from '../../../ui/index.js'
import { listFacts, namedRowsMax, namingFacts, ranks } from '../forms.js'
import type { Draft } from '../model.js'
import type { Typed } from '../../form/typed.js'

export interface FactsView {
  readonly links: readonly StaffLink[]
  /** Null for an act that is only begun. */
  readonly draft: Pick<Draft, 'id' | 'corrects'> | null
  readonly seen: number
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  /** What can be repealed or upheld: acts, and single provisions of them. */
  readonly nameable: readonly { readonly value: string; readonly text: string }[]
  readonly conditions: readonly Pick<Condition, 'id' | 'title'>[]
  /** What somebody else saved meanwhile, by field; only what differs. */
  readonly conflict: readonly (readonly [string, string])[] | null
}

/** Facts every act has. */
const needed: ReadonlySet<string> = new Set(['title', 'issuer'])

export function FactsPage({ shell, view }: { shell: Shell; view: FactsView }): JSX.Element {
  const { t } = shell
  const { draft, typed, errors } = view
  const title = t(draft === null ? 'administration-staff.new' : 'administration-staff.facts')
  const common = (name: string) => ({
    name,
    label: [t(`administration-staff.facts.${name}`), ...(needed.has(name) ? [] : [t('administration-staff.optional')])].join(' '),
    value: typed.text(name),
    error: errorAt(t, errors, name),
  })
  return (
    <StaffPage
      shell={shell}
      title={title}
      links={view.links}
      back={draft === null ? '/praca/akty' : `/praca/akty/${draft.id}`}
      errors={errors}
    >
      <h1 class="govuk-heading-l">{title}</h1>
      {view.conflict !== null && <Conflict shell={shell} theirs={view.conflict} />}
      <form method="post" action={draft === null ? '/praca/akty/nowy' : `/praca/akty/${draft.id}/dane`} novalidate>
        <input type="hidden" name="seen" value={String(view.seen)} />
        {draft?.corrects == null ? (
          <TextInput
            {...common('number')}
            hint={t('administration-staff.facts.number.hint')}
            classes="govuk-input--width-20"
            autocomplete="off"
          />
        ) : (
          <p class="govuk-body">{t('administration-staff.facts.corrects', { number: draft.corrects })}</p>
        )}
        <Textarea {...common('title')} hint={t('administration-staff.facts.title.hint')} rows={3} />
        <TextInput {...common('issuer')} autocomplete="off" />
        <Radios
          name="rank"
          classes="govuk-radios--small"
          fieldset={{ legend: t('administration-staff.facts.rank') }}
          value={typed.text('rank') === '' ? 'ordinance' : typed.text('rank')}
          items={ranks.map((rank) => ({ value: rank, text: t(`administration-staff.rank.${rank}`) }))}
        />
        <TextInput
          {...common('from')}
          hint={t('administration-staff.facts.from.hint')}
          classes="govuk-input--width-10"
          autocomplete="off"
        />
        <TextInput
          {...common('until')}
          hint={t('administration-staff.facts.until.hint')}
          classes="govuk-input--width-10"
          autocomplete="off"
        />
        <Select
          name="condition"
          label={t('administration-staff.condition')}
          hint={t('administration-staff.condition.hint')}
          value={typed.text('condition')}
          items={[
            { value: '', text: t('administration-staff.condition.none') },
            ...view.conditions.map((each) => ({ value: each.id, text: each.title })),
          ]}
        />
        {namingFacts.map((name) => (
          <Named shell={shell} view={view} name={name} />
        ))}
        {listFacts.map((name) => (
          <Textarea {...common(name)} hint={t('administration-staff.facts.lines.hint')} rows={3} />
        ))}
        <Button>{t(view.conflict === null ? 'administration-staff.save' : 'administration-staff.conflict.mine')}</Button>
      </form>
    </StaffPage>
  )
}

/** Other acts this one repeals or keeps: as many rows as there are, and two more. */
function Named({ shell: { t }, view, name }: { shell: Shell; view: FactsView; name: (typeof namingFacts)[number] }): JSX.Element {
  const { typed, errors } = view
  const filled = Array.from({ length: namedRowsMax }, (_, index) => typed.text(`${name}-${index}-act`)).findLastIndex((each) => each !== '')
  const known = new Set(view.nameable.map((each) => each.value))
  const rows = Array.from({ length: Math.min(namedRowsMax, filled + 3) }, (_, index) => index)
  return (
    <div class="govuk-form-group">
      <Fieldset legend={`${t(`administration-staff.facts.${name}`)} ${t('administration-staff.optional')}`}>
        {rows.map((index) => {
          const act = typed.text(`${name}-${index}-act`)
          return (
            <>
              <Select
                name={`${name}-${index}-act`}
                label={t('administration-staff.facts.named.act', { number: index + 1 })}
                value={act}
                error={errorAt(t, errors, `${name}-${index}-act`)}
                items={[
                  { value: '', text: t('administration-staff.none') },
                  // An act that is not held may be named all the same.
                  ...(act === '' || known.has(act) ? [] : [{ value: act, text: act }]),
                  ...view.nameable,
                ]}
              />
              <TextInput
                name={`${name}-${index}-reference`}
                label={t('administration-staff.facts.named.reference', { number: index + 1 })}
                value={typed.text(`${name}-${index}-reference`)}
                classes="govuk-input--width-10"
                autocomplete="off"
              />
            </>
          )
        })}
      </Fieldset>
    </div>
  )
}

export function Conflict({ shell: { t }, theirs }: { shell: Shell; theirs: readonly (readonly [string, string])[] }): JSX.Element {
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{t('administration-staff.conflict.title')}</h2>
      <p class="govuk-body">{t('administration-staff.conflict.what')}</p>
      <dl class="govuk-body">
        {theirs.map(([field, value]) => (
          <>
            <dt>
              <strong>{field}</strong>
            </dt>
            <dd>{value === '' ? t('administration-staff.none') : value}</dd>
          </>
        ))}
      </dl>
      <p class="govuk-body">{t('administration-staff.conflict.choose')}</p>
    </InsetText>
  )
}

export interface TextView {
  readonly links: readonly StaffLink[]
  readonly draftId: number
  readonly seen: number
  readonly text: string
  readonly errors: readonly FieldError[]
  /** The words somebody else saved meanwhile. */
  readonly conflict: string | null
}

/** The act's own words, pasted. */
export function TextPage({ shell, view }: { shell: Shell; view: TextView }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage
      shell={shell}
      title={t('administration-staff.text.title')}
      links={view.links}
      back={`/praca/akty/${view.draftId}`}
      errors={view.errors}
    >
      <h1 class="govuk-heading-l">{t('administration-staff.text.title')}</h1>
      {view.conflict !== null && <Conflict shell={shell} theirs={[[t('administration-staff.text'), view.conflict]]} />}
      <form method="post" action={`/praca/akty/${view.draftId}/tresc`} novalidate>
        <input type="hidden" name="seen" value={String(view.seen)} />
        <Textarea
          name="text"
          label={t('administration-staff.text')}
          hint={t('administration-staff.text.hint')}
          rows={24}
          value={view.text}
          error={errorAt(t, view.errors, 'text')}
        />
        <Button>{t(view.conflict === null ? 'administration-staff.save' : 'administration-staff.conflict.mine')}</Button>
      </form>
    </StaffPage>
  )
}
