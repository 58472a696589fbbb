/** The person a clerk writes down: name, phone, e-mail. The browser proposes nothing, since it would be another caller's. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { errorAt, TextInput, useWords } from '../../ui/index.js'
import type { TypedPerson } from '../forms.js'

export function CallerFields({
  typed,
  errors,
  optional = [],
  focus = null,
}: {
  typed: TypedPerson
  errors: readonly FieldError[]
  /** What may stay empty, and says so. */
  optional?: readonly ('phone' | 'email')[]
  /** What is typed first. */
  focus?: 'name' | 'phone' | null
}): JSX.Element {
  const t = useWords()
  const label = (field: 'phone' | 'email'): string => t(`booking-staff.${field}${optional.includes(field) ? '-optional' : ''}`)
  return (
    <>
      <TextInput
        name="name"
        label={t('booking-staff.name')}
        value={typed.name ?? ''}
        error={errorAt(t, errors, 'name')}
        autocomplete="off"
        autocapitalize="words"
        spellcheck={false}
        autofocus={focus === 'name'}
      />
      <TextInput
        name="phone"
        type="tel"
        label={label('phone')}
        value={typed.phone ?? ''}
        error={errorAt(t, errors, 'phone')}
        autocomplete="off"
        classes="govuk-input--width-20"
        autofocus={focus === 'phone'}
      />
      <TextInput
        name="email"
        label={label('email')}
        value={typed.email ?? ''}
        error={errorAt(t, errors, 'email')}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
    </>
  )
}
