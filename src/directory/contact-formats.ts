/**
 * The contact list as JSON, CSV (RFC 4180) and vCard 4.0 (RFC 6350), for machines and address
 * books. Names of columns and fields are API.
 */
import { z } from 'zod'
import { minuteTime, phoneForReading } from '../platform/words.js'
import type { Contact, HoursAnswer } from './contacts.js'
import type { Directory } from './model.js'

const minute = z.string().describe('on the wall of the office, as 7:30')

/** One entry as the API gives it. */
export const contactSchema = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  name: z.string(),
  phones: z.array(z.string()).describe('in international form'),
  phonesAreOffice: z.boolean().describe('true when the unit publishes none and these are the office’s'),
  fax: z.string().nullable(),
  email: z.string(),
  emailIsOffice: z.boolean(),
  building: z.string().nullable(),
  address: z.string(),
  room: z.string().nullable(),
  floor: z.string().nullable(),
  roomAssumed: z.boolean(),
  hoursToday: z.object({ code: z.string(), intervals: z.array(z.object({ from: minute, to: minute })) }).nullable(),
  source: z.string().nullable(),
  eDelivery: z.string().nullable().describe('e-Delivery address, one for the whole office'),
  accessibility: z.array(z.string()).describe('of its building, in sentences; empty where nobody described it'),
  otherHours: z
    .array(z.object({ day: z.string(), code: z.string(), intervals: z.array(z.object({ from: minute, to: minute })) }))
    .describe('days soon that are not as usual on such a weekday'),
  services: z.array(z.string()).describe('ids of the matters it handles'),
  confirmedOn: z.string().nullable().describe('when somebody of the unit last said that this is right'),
})

export function contactJson(contact: Contact, { office, services }: Pick<Directory, 'office' | 'services'>): z.infer<typeof contactSchema> {
  return {
    id: contact.id,
    parent: contact.parentId,
    name: contact.name,
    phones: [...contact.phones],
    phonesAreOffice: contact.phonesAreOffice,
    fax: contact.fax,
    email: contact.email,
    emailIsOffice: contact.emailIsOffice,
    building: contact.building?.id ?? null,
    address: contact.address,
    room: contact.room?.number ?? null,
    floor: contact.room?.floor ?? null,
    roomAssumed: contact.room?.assumed ?? false,
    hoursToday: contact.hours === null ? null : hoursJson(contact.hours),
    source: contact.source,
    eDelivery: office.eDelivery,
    accessibility: [...(contact.building?.accessibility ?? [])],
    otherHours: contact.exceptions.map(({ day, hours }) => ({ day: day.toString(), ...hoursJson(hours) })),
    services: [...services.values()].filter(({ unitId, closed }) => unitId === contact.id && !closed).map(({ id }) => id),
    confirmedOn: contact.confirmedOn?.toString() ?? null,
  }
}

function hoursJson({ code, intervals }: HoursAnswer): { code: string; intervals: { from: string; to: string }[] } {
  return { code, intervals: intervals.map(({ from, to }) => ({ from: minuteTime(from), to: minuteTime(to) })) }
}

const columns = [
  'id',
  'parent',
  'name',
  'phones',
  'phonesAreOffice',
  'fax',
  'email',
  'emailIsOffice',
  'building',
  'address',
  'room',
  'floor',
  'roomAssumed',
  'hoursToday',
  'source',
  'eDelivery',
  'accessibility',
  'otherHours',
  'services',
  'confirmedOn',
] as const

/** All entries with a header line; several phones and intervals are divided by spaces. */
export function contactsCsv(contacts: readonly Contact[], directory: Pick<Directory, 'office' | 'services'>): string {
  const lines = contacts.map((contact) => {
    const entry = contactJson(contact, directory)
    const flat: Record<(typeof columns)[number], string | boolean | null> = {
      ...entry,
      phones: entry.phones.join(' '),
      hoursToday: entry.hoursToday === null ? '' : hoursCell(entry.hoursToday),
      accessibility: entry.accessibility.join(' '),
      otherHours: entry.otherHours.map((each) => `${each.day} ${hoursCell(each)}`).join('; '),
      services: entry.services.join(' '),
    }
    return columns.map((column) => csvField(String(flat[column] ?? ''))).join(',')
  })
  return [columns.join(','), ...lines].map((line) => `${line}\r\n`).join('')
}

function hoursCell({ code, intervals }: { code: string; intervals: readonly { from: string; to: string }[] }): string {
  return intervals.map(({ from, to }) => `${from}-${to}`).join(' ') || code
}

/** A cell that a spreadsheet would run as a formula begins with an apostrophe; phones begin with + and are none. */
function csvField(text: string): string {
  const runs = /^[=@+\-\t\r]/.test(text) && !/^\+\d+( \+\d+)*$/.test(text)
  const safe = runs ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** All entries as cards, one after another. `uidBase` makes them the same cards at every download. */
export function contactsVcard(contacts: readonly Contact[], uidBase: string, officeName: string): string {
  return contacts.map((contact) => vcard(contact, uidBase, officeName)).join('')
}

function vcard(contact: Contact, uidBase: string, officeName: string): string {
  const isOffice = contact.name === officeName && contact.hours === null
  const [street, postalCode, city] = addressParts(contact.address)
  const room = contact.room === null ? '' : [contact.room.number, contact.room.floor].filter((each) => each !== null).join(', ')
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:${uidBase}/kontakt#${encodeURIComponent(contact.id)}`,
    'KIND:org',
    `FN:${escaped(isOffice ? contact.name : `${contact.name}, ${officeName}`)}`,
    `ORG:${isOffice ? escaped(officeName) : `${escaped(officeName)};${escaped(contact.name)}`}`,
    ...contact.phones.map((phone) => `TEL;VALUE=uri;TYPE="work,voice":tel:${phone}`),
    ...(contact.fax === null ? [] : [`TEL;VALUE=uri;TYPE="work,fax":tel:${contact.fax}`]),
    `EMAIL;TYPE=work:${escaped(contact.email)}`,
    `ADR;TYPE=work:;${escaped(room)};${escaped(street)};${escaped(city)};;${escaped(postalCode)};Polska`,
    ...(contact.confirmedOn === null ? [] : [`REV:${contact.confirmedOn.toString().replaceAll('-', '')}T000000Z`]),
    ...(contact.source?.startsWith('http') ? [`URL:${contact.source}`] : []),
    'END:VCARD',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** "ul. Wałowa 5, 64-100 Leszno" in three; the postal code may be missing. */
function addressParts(address: string): [string, string, string] {
  const parts = /^(.*), (?:(\d{2}-\d{3}) )?([^,]+)$/.exec(address)
  return parts === null ? [address, '', ''] : [parts[1] ?? '', parts[2] ?? '', parts[3] ?? '']
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(',', '\\,')
    .replaceAll(';', '\\;')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
}

/** Lines longer than 75 bytes go on after a space, never inside a letter. */
function folded(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (bytes + size > 75) {
      pieces.push(piece)
      // The space that begins a continued line counts.
      piece = ''
      bytes = 1
    }
    piece += letter
    bytes += size
  }
  return [...pieces, piece].join('\r\n ')
}

/** Phones as people read them, for pages. */
export function phonesForReading(contact: Contact): string {
  return contact.phones.map(phoneForReading).join(', ')
}
