/** An act taken over from a file: pasted, what is wrong with it said place by place, and each place of the other office asked about. */
import type { JSX } from 'preact'
import type { Directory } from '../../../directory/index.js'
import type { FieldError } from '../../../platform/decision.js'
import { Button, errorAt, FileInto, InsetText, Select, StaffPage, Textarea, type Shell, type StaffLink } from '../../../ui/index.js'
import { placeKey, type PlaceKind, type Stranger } from '../document.js'
import type { Typed } from '../../form/typed.js'

export interface ImportView {
  readonly links: readonly StaffLink[]
  readonly pasted: string
  readonly errors: readonly FieldError[]
  readonly problems: readonly { readonly place: string; readonly sentence: string }[]
}

export function ImportPage({ shell, view }: { shell: Shell; view: ImportView }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage
      shell={shell}
      title={t('administration-staff.import')}
      links={view.links}
      back="/praca/akty"
      errors={view.errors}
      scripts={['file.js']}
    >
      <h1 class="govuk-heading-l">{t('administration-staff.import')}</h1>
      {view.problems.length > 0 && (
        <InsetText>
          <p class="govuk-body">{t('administration-staff.import.problems')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {view.problems.map(({ place, sentence }) => (
              <li>
                <code>{place}</code>: {sentence}
              </li>
            ))}
          </ul>
        </InsetText>
      )}
      <form method="post" action="/praca/akty/wczytaj" novalidate>
        <FileInto into="json" label={t('ui-staff.file-into')} accept=".json,application/json" />
        <Textarea
          name="json"
          label={t('administration-staff.import.json')}
          hint={t('administration-staff.import.hint')}
          rows={16}
          spellcheck={false}
          value={view.pasted}
          error={errorAt(t, view.errors, 'json')}
        />
        <Button>{t('administration-staff.next')}</Button>
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href="/schemas/acts.json">
          {t('administration-staff.schema')}
        </a>
      </p>
    </StaffPage>
  )
}

export interface MappingView {
  readonly links: readonly StaffLink[]
  readonly pasted: string
  readonly name: string
  readonly strangers: readonly Stranger[]
  readonly office: Directory
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

/** Answer that leaves a place out, with the rules that name nothing else. */
export const leftOut = '-'

export function MappingPage({ shell, view }: { shell: Shell; view: MappingView }): JSX.Element {
  const { t } = shell
  return (
    <StaffPage
      shell={shell}
      title={t('administration-staff.mapping.title')}
      links={view.links}
      back="/praca/akty/wczytaj"
      errors={view.errors}
    >
      <h1 class="govuk-heading-l">{t('administration-staff.mapping.title')}</h1>
      <p class="govuk-body">{view.name}</p>
      <p class="govuk-body">{t('administration-staff.mapping.what')}</p>
      <form method="post" action="/praca/akty/wczytaj" novalidate>
        <input type="hidden" name="json" value={view.pasted} />
        {view.strangers.map((stranger, index) => (
          <Select
            name={mappingField(index)}
            label={t(`administration-staff.mapping.${stranger.kind}`, { id: stranger.id })}
            hint={t('administration-staff.mapping.where', { list: stranger.references.join(', ') })}
            value={view.typed.text(mappingField(index))}
            error={errorAt(t, view.errors, mappingField(index))}
            items={[
              { value: '', text: t('administration-staff.mapping.choose') },
              ...ownPlaces(view.office, stranger.kind).map(([value, text]) => ({ value, text })),
              { value: leftOut, text: t('administration-staff.mapping.leave-out') },
            ]}
          />
        ))}
        <input type="hidden" name="asked" value={view.strangers.map(({ kind, id }) => placeKey(kind, id)).join('\n')} />
        <Button>{t('administration-staff.next')}</Button>
      </form>
    </StaffPage>
  )
}

export function mappingField(index: number): string {
  return `place-${index}`
}

export function ownPlaces(office: Directory, kind: PlaceKind): readonly (readonly [string, string])[] {
  switch (kind) {
    case 'building':
      return [...office.buildings.values()].filter(({ closed }) => !closed).map((each) => [each.id, each.address])
    case 'room':
      return [...office.rooms.values()]
        .filter(({ closed }) => !closed)
        .map((each) => [each.id, `${office.buildings.get(each.buildingId)?.address ?? ''}, ${each.number}`])
    case 'unit':
      return [...office.units.values()].map((each) => [each.id, each.name])
    case 'service':
      return [...office.services.values()].map((each) => [each.id, each.name])
  }
}
