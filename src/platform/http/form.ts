/**
 * Fields of a form as it came over the wire: whatever was sent, the program sees text of a known
 * length or nothing.
 */

/** The field, trimmed, without control characters; empty when missing, repeated or not text. */
export function formText(body: unknown, field: string, lengthMax = 500): string {
  const value = fieldOf(body, field)
  if (typeof value !== 'string') return ''
  // A character more than allowed is kept, so that the form can say it is too long.
  return value
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, lengthMax + 1)
}

/** The same of several lines: each ends as `\n`, however it was sent; its length is that of the text with its ends. */
export function formLines(body: unknown, field: string, lengthMax: number): string {
  const value = fieldOf(body, field)
  if (typeof value !== 'string') return ''
  return value
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .trim()
    .slice(0, lengthMax + 1)
}

/** The field exactly as typed, for passwords. */
export function formSecret(body: unknown, field: string, lengthMax = 500): string {
  const value = fieldOf(body, field)
  return typeof value === 'string' ? value.slice(0, lengthMax + 1) : ''
}

/** A field that may be sent several times, such as checkboxes. */
export function formList(body: unknown, field: string, countMax = 50): string[] {
  const value = fieldOf(body, field)
  const values = Array.isArray(value) ? value : [value]
  return values.filter((each) => typeof each === 'string').slice(0, countMax)
}

/** PostgreSQL's largest `int`. */
const rowMax = 2_147_483_647

/** A whole number of a row; null when it is none, or more than a row can have. */
export function formId(body: unknown, field: string): number | null {
  const text = formText(body, field, 15)
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= rowMax ? Number(text) : null
}

function fieldOf(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, field) ? (body as Record<string, unknown>)[field] : undefined
}
