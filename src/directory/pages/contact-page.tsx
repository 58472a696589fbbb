/**
 * /kontakt: the office's general number and address, then every unit with a phone to tap, an
 * e-mail, a room and its hours today, by building. What most units share is said once, on top.
 * Each unit has an anchor (`contactHref`) that answers elsewhere link to. Names from the office
 * file are Polish in every language and say so to screen readers.
 */
import type { JSX } from 'preact'
import type { Translate } from '../../platform/words.js'
import { longDay, minuteTime, phoneForReading, plainDay } from '../../platform/words.js'
import {
  BasisLine,
  Button,
  CitizenPage,
  EmailLink,
  Filled,
  gap,
  inLanguage,
  PhoneLink,
  SummaryList,
  TextInput,
  Unbroken,
  type Shell,
  type SummaryRow,
} from '../../ui/index.js'
import { contactAnchor, contactHref, type Contact, type HoursAnswer } from '../contacts.js'
import { fullName, nameIn } from '../names.js'
import type { Building, Directory, Named, Room } from '../model.js'
import { cashDeskOn, spacedAccount } from '../payments.js'
import { floorText, isNumbered } from '../place.js'

export interface ContactPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  readonly contacts: readonly Contact[]
  readonly day: Temporal.PlainDate
}

export function ContactPage({ shell, directory, contacts, day }: ContactPageOptions): JSX.Element {
  const { t } = shell
  const buildings = [...directory.buildings.values()].filter((building) => contacts.some((contact) => contact.building?.id === building.id))
  const most = mostOpen(contacts)
  return (
    <CitizenPage shell={shell} title={t('directory.contacts.title')}>
      <h1 class="govuk-heading-xl">{t('directory.contacts.title')}</h1>
      <p class="govuk-body-l">{t('directory.contacts.lead')}</p>
      <SearchForm t={t} asked="" />
      <section aria-labelledby="urzad">
        <h2 class="govuk-heading-l" id="urzad">
          {t('directory.contacts.office')}
        </h2>
        <SummaryList
          rows={[
            ...officeRows(t, directory, day),
            ...(most?.hours ? [{ key: t('directory.contacts.hours-most'), value: <HoursText t={t} contact={most} withBasis /> }] : []),
          ]}
        />
      </section>
      <OtherHours t={t} directory={directory} contacts={contacts} />
      <UnitsByName t={t} directory={directory} contacts={contacts} />
      <nav aria-labelledby="budynki">
        <h2 class="govuk-heading-m" id="budynki">
          {t('directory.contacts.jump')}
        </h2>
        <ul class="govuk-list">
          {buildings.map((building) => (
            <li>
              <a class="govuk-link" href={`#budynek-${building.id}`} lang="pl">
                <Unbroken text={building.name} />
              </a>
              {building.role !== null && <span lang="pl"> – {building.role}</span>}
            </li>
          ))}
        </ul>
      </nav>
      <p class="govuk-body">{t('directory.contacts.room-unknown')}</p>
      {buildings.map((building) => (
        <BuildingPart
          t={t}
          directory={directory}
          building={building}
          most={most}
          contacts={contacts.filter((contact) => contact.building?.id === building.id)}
        />
      ))}
      <h2 class="govuk-heading-m">{t('directory.contacts.download')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {(
          [
            ['json', '/kontakt/lista.json'],
            ['csv', '/kontakt/lista.csv'],
            ['vcard', '/kontakt/lista.vcf'],
            ['bip', '/kontakt/bip.html'],
          ] as const
        ).map(([form, href]) => (
          <li>
            <a class="govuk-link" href={href}>
              {t(`directory.contacts.download.${form}`)}
            </a>
          </li>
        ))}
      </ul>
    </CitizenPage>
  )
}

/** One of the units whose hours and basis most units share: said once on top; null when no two share them. */
function mostOpen(contacts: readonly Contact[]): Contact | null {
  const groups = Map.groupBy(
    contacts.filter((contact) => contact.hours !== null),
    hoursKey,
  )
  const [largest] = [...groups.values()].toSorted((a, b) => b.length - a.length)
  return largest !== undefined && largest.length > 1 ? (largest[0] ?? null) : null
}

/** Equal for units with the same hours from the same rule. */
function hoursKey({ hours, hoursAsOf }: Contact): string {
  return JSON.stringify([hours?.code, hours?.intervals, hours?.name, hours?.basis, hoursAsOf])
}

/** The unit of a contact as it is named; the office itself is none. */
function namedOf({ units }: Directory, { id, name }: Contact): Named {
  return units.get(id) ?? { name }
}

function UnitsByName({ t, directory, contacts }: { t: Translate; directory: Directory; contacts: readonly Contact[] }): JSX.Element {
  const byName = new Intl.Collator(t.language)
  const units = contacts
    .filter((contact) => contact.hours !== null)
    .map((unit) => ({ ...unit, shown: nameIn(t, namedOf(directory, unit)), parent: directory.units.get(unit.parentId ?? '') }))
    .toSorted((a, b) => byName.compare(a.shown, b.shown))
  return (
    <nav aria-labelledby="wydzialy">
      <h2 class="govuk-heading-m" id="wydzialy">
        {t('directory.contacts.units')}
      </h2>
      <ul class="govuk-list">
        {units.map(({ id, shown, parent }) => (
          <li>
            <a class="govuk-link" href={contactHref(id)}>
              {shown}
            </a>
            {parent !== undefined && ` (${nameIn(t, parent)})`}
          </li>
        ))}
      </ul>
    </nav>
  )
}

function officeRows(t: Translate, { office }: Directory, day: Temporal.PlainDate): SummaryRow[] {
  const cashDesk = cashDeskOn(office, day)
  const row = (key: string, value: SummaryRow['value'], values?: Record<string, string>): SummaryRow => ({
    key: t(`directory.contacts.${key}`, values),
    value,
  })
  return [
    row(
      'address',
      <span lang="pl">
        <Unbroken text={office.address} />
      </span>,
    ),
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
          {spacedAccount(account.account)}
          {account.note !== null && ` – ${account.note}`}
        </span>,
        { name: t.polish(account.name) },
      ),
    ),
    ...(cashDesk === null
      ? []
      : [
          row(
            'cash-desk',
            <span lang="pl">{[cashDesk, ...(office.cashDesk?.note == null ? [] : [office.cashDesk.note])].join('. ')}</span>,
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
  most,
  contacts,
}: {
  t: Translate
  directory: Directory
  building: Building
  most: Contact | null
  contacts: readonly Contact[]
}): JSX.Element {
  const id = `budynek-${building.id}`
  return (
    <section aria-labelledby={id}>
      <h2 class="govuk-heading-l" id={id} lang="pl">
        <Unbroken text={building.name} />
      </h2>
      <p class="govuk-body" lang="pl">
        <Unbroken text={building.address} />
      </p>
      <h3 class="govuk-heading-s">
        {t('directory.contacts.accessibility')}
        <span class="govuk-visually-hidden">
          : <span lang="pl">{building.name}</span>
        </span>
      </h3>
      {building.accessibility.length === 0 ? (
        <p class="govuk-body">
          <AccessibilityUnknown t={t} directory={directory} />
        </p>
      ) : (
        <ul class="govuk-list govuk-list--bullet" lang="pl">
          {building.accessibility.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      )}
      {contacts.map((contact) => (
        <UnitPart t={t} directory={directory} contact={contact} most={most} />
      ))}
    </section>
  )
}

/** Looks for a unit by its name, by a matter or by everyday words; works without script. */
export function SearchForm({ t, asked }: { t: Translate; asked: string }): JSX.Element {
  return (
    <form method="get" action={inLanguage('/kontakt', t.language)} role="search">
      <TextInput
        id="q"
        name="q"
        type="search"
        label={t('directory.contacts.search')}
        hint={t('directory.contacts.search.hint')}
        value={asked}
      />
      <Button kind="secondary">{t('directory.contacts.search.do')}</Button>
    </form>
  )
}

/** Days soon on which units are open otherwise than usual: one line for all that share them. */
function OtherHours({ t, directory, contacts }: { t: Translate; directory: Directory; contacts: readonly Contact[] }): JSX.Element | null {
  const all = contacts.filter(({ hours }) => hours !== null)
  const days = Map.groupBy(
    all.flatMap((contact) => contact.exceptions.map((exception) => ({ contact, exception }))),
    ({ exception }) => `${exception.day.toString()} ${hoursWords(t, exception.hours)}`,
  )
  if (days.size === 0) return null
  return (
    <section aria-labelledby="inne-godziny">
      <h2 class="govuk-heading-m" id="inne-godziny">
        {t('directory.contacts.other-hours')}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {[...days]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([, some]) => {
            const [first] = some
            return (
              first !== undefined && (
                <li>
                  {longDay(t.language, first.exception.day)}: {hoursWords(t, first.exception.hours)}
                  {some.length < all.length &&
                    ` (${some.length > 6 ? t('directory.contacts.other-hours.units', { count: some.length }) : some.map(({ contact }) => nameIn(t, namedOf(directory, contact))).join(', ')})`}
                </li>
              )
            )
          })}
      </ul>
    </section>
  )
}

export function UnitPart({
  t,
  directory,
  contact,
  most,
  alone = false,
}: {
  t: Translate
  directory: Directory
  contact: Contact
  most: Contact | null
  /** Its building is not named above it. */
  alone?: boolean
}): JSX.Element {
  const parent = contact.parentId === null ? undefined : directory.units.get(contact.parentId)
  const services = [...directory.services.values()].filter((service) => service.unitId === contact.id && !service.closed)
  const asMost = most !== null && hoursKey(contact) === hoursKey(most)
  const rows: SummaryRow[] = [
    ...reachRows(t, contact),
    ...(contact.fax === null ? [] : [{ key: t('directory.contacts.fax'), value: phoneForReading(contact.fax) }]),
    ...(alone ? placeRows(t, directory, contact) : []),
    ...(contact.room === null ? [] : [roomRow(t, contact.room)]),
    ...(contact.hours === null
      ? []
      : [{ key: t('directory.contacts.hours'), value: <HoursText t={t} contact={contact} withBasis={!asMost} /> }]),
    ...(contact.confirmedOn === null ? [] : [{ key: t('directory.contacts.confirmed'), value: plainDay(t.language, contact.confirmedOn) }]),
    ...(services.length === 0
      ? []
      : [
          {
            key: t('directory.contacts.services'),
            value: (
              <a class="govuk-link" href={`/sprawy?wydzial=${encodeURIComponent(contact.id)}`}>
                {t('directory.contacts.services.count', { count: services.length })}
              </a>
            ),
          },
        ]),
  ]
  const anchor = contactAnchor(contact.id)
  const { own, polish } = fullName(t, namedOf(directory, contact))
  return (
    <>
      <h3 class="govuk-heading-m" id={anchor}>
        {own} {polish !== null && <span class="govuk-caption-m">{polish}</span>}
        {parent !== undefined && <span class="govuk-caption-m">{t('directory.contacts.section-of', { name: nameIn(t, parent) })}</span>}
      </h3>
      <SummaryList rows={rows} />
    </>
  )
}

/** Nobody described how one gets in: whom to ring before coming. */
function AccessibilityUnknown({ t, directory: { office } }: { t: Translate; directory: Directory }): JSX.Element {
  const phone = office.contacts.find((each) => /dostępno/i.test(each.purpose))?.phone ?? office.phone
  return (
    <Filled text={t('directory.contacts.accessibility-unknown', { phone: gap })}>
      <PhoneLink phone={phone} />
    </Filled>
  )
}

/** Where its building is, and how one gets into it. */
function placeRows(t: Translate, directory: Directory, { address, building }: Contact): SummaryRow[] {
  const accessibility = building?.accessibility ?? []
  return [
    { key: t('directory.contacts.address'), value: <span lang="pl">{address}</span> },
    {
      key: t('directory.contacts.accessibility'),
      value:
        accessibility.length === 0 ? (
          <AccessibilityUnknown t={t} directory={directory} />
        ) : (
          <span lang="pl">{accessibility.join(' ')}</span>
        ),
    },
  ]
}

/** Phones and e-mail of its own; what is the office's says so, in one line. */
function reachRows(t: Translate, contact: Contact): SummaryRow[] {
  const phones = contact.phones.map((phone, index) => (
    <>
      {index > 0 && ', '}
      <PhoneLink phone={phone} />
    </>
  ))
  const email = <EmailLink email={contact.email} />
  if (contact.phonesAreOffice && contact.emailIsOffice)
    return [
      {
        key: t('directory.contacts.reach'),
        value: (
          <>
            {t('directory.contacts.general')} {phones}, {email}
          </>
        ),
      },
    ]
  return [
    {
      key: t('directory.contacts.phone'),
      value: (
        <>
          {phones} {contact.phonesAreOffice && t('directory.contacts.phone-office')}
        </>
      ),
    },
    {
      key: t('directory.contacts.email'),
      value: (
        <>
          {email} {contact.emailIsOffice && t('directory.contacts.email-office')}
        </>
      ),
    },
  ]
}

function roomRow(t: Translate, room: Room): SummaryRow {
  const numbered = isNumbered(room)
  const floor = floorText(t, room)
  return {
    key: t(numbered ? 'directory.contacts.room' : 'directory.contacts.room-named'),
    value: (
      <>
        <span lang="pl">{room.number}</span>
        {floor !== null && `, ${floor}`}
        {room.assumed && numbered && <div class="govuk-hint govuk-!-margin-bottom-0">{t('directory.contacts.room-assumed')}</div>}
      </>
    ),
  }
}

/** Hours, how old the page is that gives them, and the rule they come from where it is not said on top. */
function HoursText({
  t,
  contact: { hours, hoursAsOf },
  withBasis,
}: {
  t: Translate
  contact: Contact
  withBasis: boolean
}): JSX.Element | null {
  if (hours === null) return null
  const text =
    hours.intervals.length > 0
      ? intervalsText(hours)
      : hours.code === 'day-off'
        ? t('directory.contacts.hours.day-off', { name: holidayName(t, hours) })
        : t(`directory.contacts.hours.${hours.code === 'unknown' ? 'unknown' : 'closed'}`)
  return (
    <>
      {text}
      {/* A day that is not as usual says why. */}
      {hours.name !== undefined && hours.code !== 'day-off' && ` (${t.polish(hours.name)})`}
      {hoursAsOf !== null && hours.intervals.length > 0 && (
        <>
          {' '}
          (<span lang="pl">{hoursAsOf}</span>)
        </>
      )}
      {withBasis && <BasisLine basis={hours.basis} />}
    </>
  )
}

function intervalsText({ intervals }: HoursAnswer): string {
  return intervals.map(({ from, to }) => `${minuteTime(from)}–${minuteTime(to)}`).join(', ')
}

/** Hours of another day than today. */
function hoursWords(t: Translate, hours: HoursAnswer): string {
  if (hours.intervals.length > 0) return intervalsText(hours)
  if (hours.code === 'day-off') return t('directory.contacts.other-hours.day-off', { name: holidayName(t, hours) })
  return t(`directory.contacts.other-hours.${hours.code === 'unknown' ? 'unknown' : 'closed'}`)
}

/** The day off in the language of the page, as the act names it where there is no word for it. */
function holidayName(t: Translate, { provision, name = '' }: Pick<HoursAnswer, 'provision' | 'name'>): string {
  const key = `regulation.holiday.${(provision ?? '').split('#').at(-1)}`
  return t.has(key) ? t(key) : t.polish(name)
}
