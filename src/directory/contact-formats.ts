/**
 * The contact list as JSON, CSV (RFC 4180) and vCard 4.0 (RFC 6350), for machines and address
 * books. Names of columns and fields are API.
 */
import { z } from 'zod'
import { minuteTime, phoneForReading } from '../platform/words.js'
import type { Contact } from './contacts.js'

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
})

export function contactJson(contact: Contact): z.infer<typeof contactSchema> {
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
    hoursToday:
      contact.hours === null
        ? null
        : {
            code: contact.hours.code,
            intervals: contact.hours.intervals.map(({ from, to }) => ({ from: minuteTime(from), to: minuteTime(to) })),
          },
    source: contact.source,
  }
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
] as const

/** All entries with a header line; several phones and intervals are divided by spaces. */
export function contactsCsv(contacts: readonly Contact[]): string {
  const lines = contacts.map((contact) => {
    const entry = contactJson(contact)
    const hours = entry.hoursToday?.intervals.map(({ from, to }) => `${from}-${to}`).join(' ') || (entry.hoursToday?.code ?? '')
    const flat: Record<(typeof columns)[number], string | boolean | null> = { ...entry, phones: entry.phones.join(' '), hoursToday: hours }
    return columns.map((column) => csvField(String(flat[column] ?? ''))).join(',')
  })
  return [columns.join(','), ...lines].map((line) => `${line}\r\n`).join('')
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
