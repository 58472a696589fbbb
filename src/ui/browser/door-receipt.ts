/**
 * The number of a receipt made on a device without the network. Pure: chance is an argument.
 *
 * Eight characters as those of a visit's number, without I, O, U, 0 and 1: two of a day are the same
 * once in 8.5e11, and the office's own series has fewer digits. The day stands before them, so that a
 * number need only differ from those of its day; the server's index is the judge.
 */
const letters = 'ABCDEFGHJKLMNPQRSTVWXYZ23456789'
const length = 8
/** Bytes from here on would make the first letters likelier. */
const evenly = 256 - (256 % letters.length)

export function newNumber(random: () => number): string {
  let number = ''
  while (number.length < length) {
    const byte = random()
    if (byte < evenly) number += letters.charAt(byte % letters.length)
  }
  return number
}

const day = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Warsaw', year: 'numeric', month: '2-digit', day: '2-digit' })

/** The whole number as it is said and kept, `2020-05-26/K7MPQX2D`: with the office's day of the minute it was left. */
export function receiptOf(number: string, at: number): string {
  const parts = Object.fromEntries(day.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts['year']}-${parts['month']}-${parts['day']}/${number}`
}
