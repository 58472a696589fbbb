/** The person a clerk writes down: name, phone, e-mail. The browser proposes nothing, since it would be another caller's. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { errorAt, TextInput, useWords } from '../../ui/index.js'
import type { TypedPerson } from '../forms.js'

interface Fields {
  readonly typed: TypedPerson
  readonly errors: readonly FieldError[]
  /** What may stay empty, and says so. */
  readonly optional?: readonly ('phone' | 'email')[]
  /** What is typed first. */
  readonly focus?: 'name' | 'phone' | null
}

export function CallerFields(fields: Fields): JSX.Element {
  const t = useWords()
  const { typed, errors, focus = null } = fields
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
      <ContactFields {...fields} />
    </>
  )
}

/** How the person is reached. */
export function ContactFields({ typed, errors, optional = [], focus = null }: Fields): JSX.Element {
  const t = useWords()
  const label = (field: 'phone' | 'email'): string => t(`booking-staff.${field}${optional.includes(field) ? '-optional' : ''}`)
  return (
    <>
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
        inputmode="email"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
    </>
  )
}
