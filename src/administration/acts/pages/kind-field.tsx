/** One field of a kind of provision, by what the schema asks. */
import type { JSX } from 'preact'
import { Checkboxes, Radios, Select, Textarea, TextInput, type Shell } from '../../../ui/index.js'
import { fieldName, type Field } from '../fields.js'
import { fieldHint, fieldLabel, valueLabel } from '../labels.js'
import { groupName, groupsMax, groupsShown } from '../read-provision.js'
import type { Typed } from '../typed.js'

interface Options {
  readonly shell: Shell
  readonly kind: string
  readonly field: Field
  readonly typed: Typed
  readonly error: string | undefined
}

export function KindField({ shell, kind, field, typed, error }: Options): JSX.Element | null {
  const { t } = shell
  const name = fieldName(field)
  const only =
    field.when === null
      ? []
      : [
          t('administration-staff.field.when', {
            list: field.when.values.map((each) => valueLabel(t, kind, tellerOf(field), each)).join(', '),
          }),
        ]
  const label = [fieldLabel(t, kind, field), ...(field.required ? [] : [t('administration-staff.optional')])].join(' ')
  const hint = [...only, fieldHint(t, kind, field)].filter((each) => each !== undefined).join(' ') || undefined
  const common = { name, label, hint, error, value: typed.text(name) }
  const labelled = (value: string): string => valueLabel(t, kind, field, value)
  switch (field.type) {
    case 'choice':
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
    case 'fixed':
      return null
    case 'groups':
      return <Groups shell={shell} field={field} label={label} typed={typed} labelled={labelled} />
    case 'yes':
      return (
        <Checkboxes
          name={name}
          hint={hint}
          error={error}
          values={typed.list(name)}
          items={[{ value: 'tak', text: fieldLabel(t, kind, field) }]}
        />
      )
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
            label={t('administration-staff.other.text', { field: fieldLabel(t, kind, field) })}
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
