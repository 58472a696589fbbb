/** Mails as programs write them: alphabets of one byte, quoted-printable, base64, encoded words. */

export type Charset = 'utf-8' | 'iso-8859-2' | 'windows-1250'
export type Transfer = '8bit' | 'quoted-printable' | 'base64'

const tables = new Map<Charset, ReadonlyMap<string, number>>()

function tableOf(charset: Charset): ReadonlyMap<string, number> {
  let table = tables.get(charset)
  if (table === undefined) {
    const decoder = new TextDecoder(charset)
    table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const))
    tables.set(charset, table)
  }
  return table
}

export function bytesOf(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8')
  const table = tableOf(charset)
  return Buffer.from([...text].map((letter) => table.get(letter) ?? 0x3f))
}

const hex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`

/** The body of a part, its lines ended as on the wire. */
export function encodeBody(text: string, charset: Charset, transfer: Transfer): Buffer {
  const bytes = bytesOf(text.replaceAll('\n', '\r\n'), charset)
  if (transfer === '8bit') return bytes
  if (transfer === 'base64') return Buffer.from((bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n'))
  const lines = text.split('\n').map((line) => {
    const units = [...bytesOf(line, charset)].map((byte) =>
      byte === 0x3d || byte < 32 || byte > 126 ? hex(byte) : String.fromCharCode(byte),
    )
    if (units.at(-1) === ' ') units.splice(-1, 1, '=20')
    const parts = ['']
    for (const unit of units) {
      if ((parts.at(-1) as string).length + unit.length > 75) parts.push('')
      parts[parts.length - 1] += unit
    }
    return parts.join('=\r\n')
  })
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

/** A head's text as encoded words (RFC 2047), broken between letters. */
export function encodeWord(text: string, charset: Charset, kind: 'B' | 'Q'): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const pieces = text.match(/.{1,18}/gsu) ?? []
  return pieces
    .map((piece) => {
      const bytes = bytesOf(piece, charset)
      const said =
        kind === 'B'
          ? bytes.toString('base64')
          : [...bytes]
              .map((byte) =>
                byte === 32 ? '_' : /[A-Za-z0-9]/.test(String.fromCharCode(byte)) && byte < 128 ? String.fromCharCode(byte) : hex(byte),
              )
              .join('')
      return `=?${charset.toUpperCase()}?${kind}?${said}?=`
    })
    .join('\r\n ')
}
