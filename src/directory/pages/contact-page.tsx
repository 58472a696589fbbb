/**
 * /kontakt: every unit with a phone to tap, an e-mail, a room and its hours today, by building.
 * Each unit has an anchor (`contactHref`) that answers elsewhere link to. Names from the office
 * file are Polish in every language and say so to screen readers.
 */
import type { JSX } from 'preact'
import type { Translate } from '../../platform/words.js'
import { minuteTime, phoneForReading } from '../../platform/words.js'
import { BasisLine, CitizenPage, EmailLink, PhoneLink, SummaryList, type Shell, type SummaryRow } from '../../ui/index.js'
import { contactAnchor, type Contact, type HoursAnswer } from '../contacts.js'
import type { Building, Directory, Room } from '../model.js'

export interface ContactPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly contacts: readonly Contact[]
}

export function ContactPage({ shell, directory, contacts }: ContactPageOptions): JSX.Element {
  const { t } = shell
  const buildings = [...directory.buildings.values()].filter((building) => contacts.some((contact) => contact.building?.id === building.id))
  return (
    <CitizenPage shell={shell} title={t('directory.contacts.title')}>
      <h1 class="govuk-heading-xl">{t('directory.contacts.title')}</h1>
      <p class="govuk-body-l">{t('directory.contacts.lead')}</p>
      <nav aria-label={t('directory.contacts.jump')}>
        <ul class="govuk-list">
          {buildings.map((building) => (
            <li>
              <a class="govuk-link" href={`#budynek-${building.id}`} lang="pl">
                {building.name}
              </a>
              {building.role !== null && <span lang="pl"> – {building.role}</span>}
            </li>
          ))}
        </ul>
      </nav>
      <section aria-labelledby="urzad">
        <h2 class="govuk-heading-l" id="urzad">
          {t('directory.contacts.office')}
        </h2>
        <SummaryList rows={officeRows(t, directory)} />
      </section>
      {buildings.map((building) => (
        <BuildingPart
          t={t}
          directory={directory}
          building={building}
          contacts={contacts.filter((contact) => contact.building?.id === building.id)}
        />
      ))}
      <h2 class="govuk-heading-m">{t('directory.contacts.download')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {(['json', 'csv', 'vcard'] as const).map((form) => (
          <li>
            <a class="govuk-link" href={`/kontakt/lista.${form === 'vcard' ? 'vcf' : form}`}>
              {t(`directory.contacts.download.${form}`)}
            </a>
          </li>
        ))}
      </ul>
    </CitizenPage>
  )
}

function officeRows(t: Translate, { office }: Directory): SummaryRow[] {
  const row = (key: string, value: SummaryRow['value'], values?: Record<string, string>): SummaryRow => ({
    key: t(`directory.contacts.${key}`, values),
    value,
  })
  return [
    row('address', <span lang="pl">{office.address}</span>),
    row('phone', <PhoneLink phone={office.phone} />),
    ...(office.fax === null ? [] : [row('fax', phoneForReading(office.fax))]),
    row('email', <EmailLink email={office.email} />),
    ...office.contacts
      .filter((contact) => contact.phone !== null && contact.phone !== office.phone)
      .map((contact): SummaryRow => ({
        key: <span lang="pl">{contact.purpose}</span>,
        value: contact.phone !== null && <PhoneLink phone={contact.phone} />,
      })),
    ...(office.epuap.length === 0 ? [] : [row('epuap', office.epuap.join(', '))]),
    row('e-delivery', office.eDelivery ?? t('directory.contacts.e-delivery-unknown')),
    ...office.payments.map((account) =>
      row(
        'account',
        <span lang="pl">
          {accountForReading(account.account)}
          {account.note !== null && ` – ${account.note}`}
        </span>,
        { name: account.name },
      ),
    ),
    ...(office.cashDesk === null
      ? []
      : [
          row(
            'cash-desk',
            <span lang="pl">{[office.cashDesk.where, office.cashDesk.note].filter((each) => each !== null).join('. ')}</span>,
          ),
        ]),
    ...(office.website === null
      ? []
      : [
          row(
            'website',
            <a class="govuk-link" href={office.website}>
              {office.website}
            </a>,
          ),
        ]),
    ...(office.bip === null
      ? []
      : [
          row(
            'bip',
            <a class="govuk-link" href={office.bip}>
              {office.bip}
            </a>,
          ),
        ]),
  ]
}

function BuildingPart({
  t,
  directory,
  building,
  contacts,
}: {
  t: Translate
  directory: Directory
  building: Building
  contacts: readonly Contact[]
}): JSX.Element {
  const id = `budynek-${building.id}`
  return (
    <section aria-labelledby={id}>
      <h2 class="govuk-heading-l" id={id} lang="pl">
        {building.name}
      </h2>
      <p class="govuk-body" lang="pl">
        {building.address}
      </p>
      <h3 class="govuk-heading-s">{t('directory.contacts.accessibility')}</h3>
      {building.accessibility.length === 0 ? (
        <p class="govuk-body">
          {t('directory.contacts.accessibility-unknown', {
            phone: phoneForReading(
              directory.office.contacts.find((each) => /dostępno/i.test(each.purpose))?.phone ?? directory.office.phone,
            ),
          })}
        </p>
      ) : (
        <ul class="govuk-list govuk-list--bullet" lang="pl">
          {building.accessibility.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      )}
      {contacts.map((contact) => (
        <UnitPart t={t} directory={directory} contact={contact} />
      ))}
    </section>
  )
}

function UnitPart({ t, directory, contact }: { t: Translate; directory: Directory; contact: Contact }): JSX.Element {
  const parent = contact.parentId === null ? undefined : directory.units.get(contact.parentId)
  const services = [...directory.services.values()].filter((service) => service.unitId === contact.id && !service.closed)
  const rows: SummaryRow[] = [
    { key: t('directory.contacts.phone'), value: <Phones t={t} contact={contact} /> },
    ...(contact.fax === null ? [] : [{ key: t('directory.contacts.fax'), value: phoneForReading(contact.fax) }]),
    { key: t('directory.contacts.email'), value: <Email t={t} contact={contact} /> },
    {
      key: t(isNumbered(contact.room) ? 'directory.contacts.room' : 'directory.contacts.room-named'),
      value: <RoomText t={t} room={contact.room} />,
    },
    ...(contact.hours === null ? [] : [{ key: t('directory.contacts.hours'), value: <HoursText t={t} hours={contact.hours} /> }]),
    ...(services.length === 0
      ? []
      : [
          {
            key: t('directory.contacts.services'),
            value: (
              <ul class="govuk-list" lang="pl">
                {services.map((service) => (
                  <li>
                    <a class="govuk-link" href={`/sprawy/${encodeURIComponent(service.id)}`}>
                      {service.name}
                    </a>
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
  ]
  const anchor = contactAnchor(contact.id)
  return (
    <section aria-labelledby={anchor}>
      <h3 class="govuk-heading-m" id={anchor}>
        <span lang="pl">{contact.name}</span>
        {parent !== undefined && (
          <span class="govuk-caption-m">
            {t('directory.contacts.section-of', { name: '' })}
            <span lang="pl">{parent.name}</span>
          </span>
        )}
      </h3>
      <SummaryList rows={rows} />
    </section>
  )
}

function Phones({ t, contact }: { t: Translate; contact: Contact }): JSX.Element {
  return (
    <>
      {contact.phones.map((phone, index) => (
        <>
          {index > 0 && ', '}
          <PhoneLink phone={phone} />
        </>
      ))}
      {contact.phonesAreOffice && <div class="govuk-hint govuk-!-margin-bottom-0">{t('directory.contacts.phone-office')}</div>}
    </>
  )
}

function Email({ t, contact }: { t: Translate; contact: Contact }): JSX.Element {
  return (
    <>
      <EmailLink email={contact.email} />
      {contact.emailIsOffice && <div class="govuk-hint govuk-!-margin-bottom-0">{t('directory.contacts.email-office')}</div>}
    </>
  )
}

function RoomText({ t, room }: { t: Translate; room: Room | null }): JSX.Element {
  if (room === null) return <>{t('directory.contacts.room-unknown')}</>
  const floor =
    room.floor === null
      ? null
      : room.floor === 'parter'
        ? t('directory.contacts.floor-ground')
        : t('directory.contacts.floor', { floor: room.floor })
  return (
    <>
      <span lang="pl">{room.number}</span>
      {floor !== null && `, ${floor}`}
      {room.assumed && isNumbered(room) && <div class="govuk-hint govuk-!-margin-bottom-0">{t('directory.contacts.room-assumed')}</div>}
    </>
  )
}

/** A place without a number, such as a service office, is named. */
function isNumbered(room: Room | null): boolean {
  return room === null || /^\d/.test(room.number)
}

function HoursText({ t, hours }: { t: Translate; hours: HoursAnswer }): JSX.Element {
  const text =
    hours.intervals.length > 0
      ? hours.intervals.map(({ from, to }) => `${minuteTime(from)}–${minuteTime(to)}`).join(', ')
      : hours.code === 'day-off'
        ? t('directory.contacts.hours.day-off', { name: hours.name ?? '' })
        : t(`directory.contacts.hours.${hours.code === 'unknown' ? 'unknown' : 'closed'}`)
  return (
    <>
      {text}
      <BasisLine basis={hours.basis} />
    </>
  )
}

function accountForReading(digits: string): string {
  return digits.replace(/^(\d{2})/, '$1 ').replaceAll(/(\d{4})(?=\d)/g, '$1 ')
}
