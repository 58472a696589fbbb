/** A provision, by its kind: what it rules, for whom and when, and at once the sentence that people will read. */
import type { ComponentChildren, JSX } from 'preact'
import type { Directory } from '../../../directory/index.js'
import type { FieldError } from '../../../platform/decision.js'
import type { Condition } from '../../../regulation/index.js'
import {
  Button,
  Checkboxes,
  errorAt,
  InsetText,
  Radios,
  Select,
  StaffPage,
  TextInput,
  type Shell,
  type StaffLink,
} from '../../../ui/index.js'
import { SchemaField } from '../../form/field.js'
import type { Typed } from '../../form/typed.js'
import { kindLabel, wordsOfKind } from '../labels.js'
import { placeKinds } from '../document.js'
import { fieldsByKind } from '../fields.js'
import { ownPlaces } from './import.js'

export interface ProvisionView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly conditions: readonly Pick<Condition, 'id' | 'title'>[]
  readonly draftId: number
  readonly kind: string
  /** Its word; null for a new one. */
  readonly word: string | null
  /** The revision the form was made of. */
  readonly seen: number
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  /** The sentence of what is typed; null while it is not right. */
  readonly sentence: string | null
  /** What somebody else saved meanwhile: the sentence, or that it was taken out. */
  readonly conflict: { readonly sentence: string | null } | null
}

export function ProvisionPage({ shell, view }: { shell: Shell; view: ProvisionView }): JSX.Element {
  const { t } = shell
  const { draftId, word, kind, errors, typed } = view
  const title = t('administration-staff.provision.title', { kind: kindLabel(t, kind) })
  const text = (name: string): string => typed.text(name)
  const said = (name: string): string | undefined => errorAt(t, errors, name)
  return (
    <StaffPage shell={shell} title={title} links={view.links} back={`/praca/akty/${draftId}`} errors={errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      {view.conflict !== null && <Conflict shell={shell} theirs={view.conflict.sentence} />}
      {view.sentence !== null && (
        <InsetText>
          <p class="govuk-body">{t('administration-staff.provision.sentence')}</p>
          <p class="govuk-body">
            <strong data-sentence="">{view.sentence}</strong> <span>({text('reference')})</span>
          </p>
        </InsetText>
      )}
      <form method="post" action={`/praca/akty/${draftId}/przepis/${word ?? ''}`} novalidate>
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="seen" value={String(view.seen)} />
        <TextInput
          name="reference"
          label={t('administration-staff.provision.reference')}
          hint={t('administration-staff.provision.reference.hint')}
          value={text('reference')}
          error={said('reference')}
          classes="govuk-input--width-20"
          autocomplete="off"
        />
        {(fieldsByKind().get(kind) ?? []).map((field) => (
          <SchemaField shell={shell} say={wordsOfKind(t, kind)} field={field} typed={typed} errorAt={said} />
        ))}
        <Scope shell={shell} view={view} />
        <h2 class="govuk-heading-m">{t('administration-staff.provision.days')}</h2>
        <p class="govuk-body">{t('administration-staff.provision.days.hint')}</p>
        <Days shell={shell} names={['from', 'until']} label="own-days" view={view} />
        <Select
          name="condition"
          label={t('administration-staff.condition')}
          hint={t('administration-staff.condition.hint')}
          value={text('condition')}
          error={said('condition')}
          items={[
            { value: '', text: t('administration-staff.condition.none') },
            ...view.conditions.map((each) => ({ value: each.id, text: each.title })),
          ]}
        />
        <Radios
          name="binding"
          classes="govuk-radios--small"
          fieldset={{ legend: t('administration-staff.binding') }}
          value={text('binding') === 'nie' ? 'nie' : 'tak'}
          items={['tak', 'nie'].map((value) => ({ value, text: t(`administration-staff.binding.${value}`) }))}
        />
        <Button name="do" value="zapisz">
          {t(view.conflict === null ? 'administration-staff.provision.save' : 'administration-staff.conflict.mine')}
        </Button>{' '}
        <Button kind="secondary" name="do" value="pokaz">
          {t('administration-staff.provision.show')}
        </Button>
      </form>
      {word !== null && view.conflict === null && (
        <form method="post" action={`/praca/akty/${draftId}/przepis/${word}`}>
          <input type="hidden" name="seen" value={String(view.seen)} />
          <Button kind="warning" name="do" value="usun">
            {t('administration-staff.provision.remove')}
          </Button>
        </form>
      )}
    </StaffPage>
  )
}

function Conflict({ shell: { t }, theirs }: { shell: Shell; theirs: string | null }): JSX.Element {
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{t('administration-staff.conflict.title')}</h2>
      <p class="govuk-body">{t('administration-staff.conflict.what')}</p>
      <p class="govuk-body">
        <strong>{theirs ?? t('administration-staff.conflict.removed')}</strong>
      </p>
      <p class="govuk-body">{t('administration-staff.conflict.choose')}</p>
    </InsetText>
  )
}

function Scope({ shell, view }: { shell: Shell; view: ProvisionView }): JSX.Element {
  const { t } = shell
  const { typed, office } = view
  return (
    <>
      <h2 class="govuk-heading-m">{t('administration-staff.scope')}</h2>
      <p class="govuk-body">{t('administration-staff.scope.hint')}</p>
      {placeKinds.map((kind) => {
        const chosen = typed.list(`scope-${kind}`)
        const items = ownPlaces(office, kind).map(([value, text]) => ({ value, text }))
        return (
          <Folded summary={t(`administration-staff.scope.${kind}`, { count: chosen.length })} open={chosen.length > 0}>
            <Checkboxes
              name={`scope-${kind}`}
              classes="govuk-checkboxes--small"
              fieldset={{ legend: { text: t(`administration-staff.scope.${kind}.legend`), classes: 'govuk-visually-hidden' } }}
              values={chosen}
              items={items}
            />
          </Folded>
        )
      })}
      <Folded summary={t('administration-staff.scope.weekday', { count: typed.list('scope-weekday').length })} open>
        <Checkboxes
          name="scope-weekday"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: t('administration-staff.scope.weekday.legend'), classes: 'govuk-visually-hidden' } }}
          values={typed.list('scope-weekday')}
          items={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), text: t(`regulation.weekday.${day}`) }))}
        />
      </Folded>
      <Days shell={shell} names={['season-from', 'season-until']} label="season" view={view} />
      <Days shell={shell} names={['dates-from', 'dates-until']} label="dates" view={view} />
    </>
  )
}

/** Open when something in it is chosen, so that nothing that counts is hidden. */
function Folded({ summary, open, children }: { summary: string; open: boolean; children: ComponentChildren }): JSX.Element {
  return (
    <details class="govuk-details" open={open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summary}</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  )
}

function Days({
  shell: { t },
  names,
  label,
  view,
}: {
  shell: Shell
  names: readonly [string, string]
  label: string
  view: ProvisionView
}): JSX.Element {
  return (
    <>
      {names.map((name, index) => (
        <TextInput
          name={name}
          label={t(`administration-staff.${label}.${index === 0 ? 'from' : 'until'}`)}
          hint={index === 0 ? t(`administration-staff.${label}.hint`) : undefined}
          value={view.typed.text(name)}
          error={errorAt(t, view.errors, name)}
          classes="govuk-input--width-10"
          autocomplete="off"
        />
      ))}
    </>
  )
}

/** Which kind a new provision is of. */
export function KindPage({ shell, links, draftId }: { shell: Shell; links: readonly StaffLink[]; draftId: number }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('administration-staff.kind.title')} links={links} back={`/praca/akty/${draftId}`}>
      <form method="get" action={`/praca/akty/${draftId}/przepis`}>
        <Radios
          name="rodzaj"
          fieldset={{ legend: { text: t('administration-staff.kind.title'), isPageHeading: true, classes: 'govuk-fieldset__legend--l' } }}
          value="hours"
          items={[...fieldsByKind().keys()].map((kind) => ({ value: kind, text: kindLabel(t, kind) }))}
        />
        <Button>{t('administration-staff.next')}</Button>
      </form>
    </StaffPage>
  )
}
