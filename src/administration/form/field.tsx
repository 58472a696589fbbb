/** One field of a form, by what the schema asks. */
import type { JSX } from 'preact'
import { Checkboxes, Radios, Select, Textarea, TextInput, type SelectItem, type Shell } from '../../ui/index.js'
import { fieldName, inRow, type Field } from './fields.js'
import { groupName, groupsMax, groupsShown, rowsMax } from './read.js'
import type { Typed } from './typed.js'

/** What the fields of a form and their answers are called. */
export interface FieldWords {
  label(field: Field): string
  hint(field: Field): string | undefined
  value(field: Field, value: string): string
}

interface Options {
  readonly shell: Shell
  readonly say: FieldWords
  readonly field: Field
  readonly typed: Typed
  /** The sentence of what is wrong at a field of this name. */
  readonly errorAt: (name: string) => string | undefined
  /** The things a field names by id, to be chosen from. */
  readonly choices?: (to: string) => readonly SelectItem[]
}

export function SchemaField(options: Options): JSX.Element | null {
  const { shell, say, field, typed, choices = () => [] } = options
  const { t } = shell
  const name = fieldName(field)
  const error = options.errorAt(name)
  const only =
    field.when === null
      ? []
      : [t('administration-staff.field.when', { list: field.when.values.map((each) => say.value(tellerOf(field), each)).join(', ') })]
  const optional = field.required || field.type === 'rows' ? [] : [t('administration-staff.optional')]
  const label = [say.label(field), ...optional].join(' ')
  const hint = [...only, say.hint(field)].filter((each) => each !== undefined).join(' ') || undefined
  const common = { name, label, hint, error, value: typed.text(name) }
  const labelled = (value: string): string => say.value(field, value)
  switch (field.type) {
    case 'choice':
      if (field.numeric === true)
        return (
          <Select
            {...common}
            items={[{ value: '', text: t('administration-staff.choose') }, ...field.values.map((value) => ({ value, text: value }))]}
          />
        )
      return (
        <Radios
          name={name}
          fieldset={{ legend: label }}
          hint={hint}
          error={error}
          value={typed.text(name)}
          items={[
            ...field.values.map((value) => ({ value, text: labelled(value) })),
            ...(field.required ? [] : [{ value: '', text: t('administration-staff.none'), checked: typed.text(name) === '' }]),
          ]}
        />
      )
    case 'choices':
      return (
        <Checkboxes
          name={name}
          fieldset={{ legend: label }}
          hint={hint}
          error={error}
          values={typed.list(name)}
          items={field.values.map((value) => ({ value, text: labelled(value) }))}
        />
      )
    case 'ref':
      return (
        <Select
          {...common}
          items={[{ value: '', text: t(`administration-staff.${field.required ? 'choose' : 'none'}`) }, ...choices(field.to)]}
        />
      )
    case 'refs':
      return (
        <Checkboxes
          name={name}
          classes="govuk-checkboxes--small"
          fieldset={{ legend: label }}
          hint={hint}
          error={error}
          values={typed.list(name)}
          items={choices(field.to).map(({ value, text }) => ({ value: value ?? text, text }))}
        />
      )
    case 'rows':
      return <Rows {...options} field={field} label={label} hint={hint} error={error} />
    case 'fixed':
      return null
    case 'groups':
      return <Groups shell={shell} field={field} label={label} typed={typed} labelled={labelled} />
    case 'yes':
      return <Checkboxes name={name} error={error} values={typed.list(name)} items={[{ value: 'tak', text: say.label(field), hint }]} />
    case 'text':
      return field.codes.length === 0 ? (
        <TextInput {...common} autocomplete="off" />
      ) : (
        <>
          <Select
            {...common}
            items={[
              { value: '', text: t('administration-staff.other') },
              ...field.codes.map((code) => ({ value: code, text: labelled(code) })),
            ]}
          />
          <TextInput
            name={`${name}-other`}
            label={t('administration-staff.other.text', { field: say.label(field) })}
            value={typed.text(`${name}-other`)}
            autocomplete="off"
          />
        </>
      )
    case 'lines':
    case 'data':
      return <Textarea {...common} rows={4} spellcheck={false} />
    case 'number':
    case 'time':
    case 'month-day':
    case 'day':
    case 'intervals':
      return <TextInput {...common} classes="govuk-input--width-20" autocomplete="off" />
  }
}

/** Some of the same; one more than there are, so that another can be added. */
function Rows(
  options: Omit<Options, 'field'> & {
    readonly field: Field & { readonly type: 'rows' }
    readonly label: string
    readonly hint: string | undefined
    readonly error: string | undefined
  },
): JSX.Element {
  const { shell, field, typed, label, hint, error } = options
  const name = fieldName(field)
  const shown = Math.min(rowsMax, lastFilled(field, typed) + 2)
  return (
    <fieldset class="govuk-fieldset" id={name}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{label}</legend>
      {hint !== undefined && <p class="govuk-hint">{hint}</p>}
      {error !== undefined && <p class="govuk-error-message">{error}</p>}
      {Array.from({ length: shown }, (_, index) => (
        <details class="govuk-details" open={index < shown - 1}>
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">
              {shell.t(`administration-staff.row${index < shown - 1 ? '' : '.new'}`, { field: label, number: index + 1 })}
            </span>
          </summary>
          <div class="govuk-details__text">
            {field.fields.map((each) => (
              <SchemaField {...options} field={inRow(field, index, each)} />
            ))}
          </div>
        </details>
      ))}
    </fieldset>
  )
}

/** The number of the last row with anything in it; -1 for none. */
function lastFilled(field: Field & { readonly type: 'rows' }, typed: Typed): number {
  return Array.from({ length: rowsMax }, (_, index) =>
    field.fields.some((each) => {
      const name = fieldName(inRow(field, index, each))
      return typed.text(name) !== '' || typed.list(name).some((one) => one !== '')
    }),
  ).lastIndexOf(true)
}

/** Some groups of means: of each group one is enough. */
function Groups({
  shell: { t },
  field,
  label,
  typed,
  labelled,
}: {
  shell: Shell
  field: Field & { readonly values: readonly string[] }
  label: string
  typed: Typed
  labelled: (value: string) => string
}): JSX.Element {
  const name = fieldName(field)
  // One more than there are, so that another can be added.
  const filled = Array.from({ length: groupsMax }, (_, index) => typed.list(groupName(name, index))).findLastIndex(
    (each) => each.length > 0,
  )
  return (
    <>
      {Array.from({ length: Math.min(groupsMax, Math.max(groupsShown, filled + 2)) }, (_, index) => (
        <Checkboxes
          name={groupName(name, index)}
          idPrefix={index === 0 ? name : groupName(name, index)}
          classes="govuk-checkboxes--small"
          fieldset={{ legend: t('administration-staff.group', { field: label, number: index + 1 }) }}
          hint={index === 0 ? t('administration-staff.group.hint') : undefined}
          values={typed.list(groupName(name, index))}
          items={field.values.map((value) => ({ value, text: labelled(value) }))}
        />
      ))}
    </>
  )
}

/** The field whose answer decides whether this one is asked. */
function tellerOf({ when }: Field): Field {
  return { path: (when?.field ?? '').replace(/^p-/, '').split('-'), required: true, when: null, type: 'text', codes: [] }
}
