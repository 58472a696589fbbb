/** Units with what is published of each, and when that was last confirmed. */
import type { JSX } from 'preact'
import { phoneForReading, plainDay } from '../../platform/words.js'
import { isStale, roomText, type Directory, type Unit } from '../../directory/index.js'
import { Button, Checkboxes, InsetText, StaffPage, type Shell, type StaffLink } from '../../ui/index.js'

export interface ContactsView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly units: readonly Unit[]
  readonly confirmed: ReadonlyMap<string, Temporal.PlainDate>
  readonly today: Temporal.PlainDate
  /** Key of what is wrong; null when nothing is. */
  readonly error: string | null
}

export function ContactsPage({ shell, view }: { shell: Shell; view: ContactsView }): JSX.Element {
  const { t } = shell
  const title = t('administration-contacts-staff.title')
  const error = view.error === null ? undefined : t(view.error)
  const { units } = view
  return (
    <StaffPage
      shell={shell}
      title={title}
      links={view.links}
      errors={view.error === null ? [] : [{ field: 'jednostka', message: view.error }]}
    >
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('administration-contacts-staff.about')}</p>
      {units.length === 0 ? (
        <InsetText>{t('administration-contacts-staff.none')}</InsetText>
      ) : (
        <form method="post" action="/praca/kontakty">
          <Checkboxes
            name="jednostka"
            fieldset={{ legend: { text: t('administration-contacts-staff.which'), classes: 'govuk-fieldset__legend--m' } }}
            error={error}
            items={units.map((unit) => ({ value: unit.id, text: unit.name, hint: published(shell, view, unit) }))}
          />
          <Button>{t('administration-contacts-staff.confirm')}</Button>
        </form>
      )}
    </StaffPage>
  )
}

function published({ t }: Shell, { office, confirmed, today }: ContactsView, unit: Unit): JSX.Element {
  const day = confirmed.get(unit.id)
  const room = unit.roomId === null ? undefined : office.rooms.get(unit.roomId)
  const said = (key: string, value: string | null): string =>
    `${t(`directory.contacts.${key}`)}: ${value ?? t('administration-contacts-staff.missing')}`
  return (
    <>
      {[
        said('phone', unit.phones.length === 0 ? null : unit.phones.map(phoneForReading).join(', ')),
        said('email', unit.email),
        said('room', room === undefined ? null : roomText(t, room)),
      ].join('; ')}
      <br />
      {day === undefined ? (
        <strong>{t('administration-contacts-staff.never')}</strong>
      ) : isStale(day, today) ? (
        <strong>{t('administration-contacts-staff.old', { day: plainDay('pl', day) })}</strong>
      ) : (
        t('administration-contacts-staff.confirmed', { day: plainDay('pl', day) })
      )}
    </>
  )
}
