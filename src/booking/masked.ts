/** Where a message went, so that its owner recognises it and whoever looks over the shoulder learns nothing. */
import type { Translate } from '../platform/words.js'
import type { Person } from '../visit/index.js'

/** "j•••@example.org"; of a phone its last three digits; both where a message goes to both. */
export function maskedContact(t: Translate, { email, phone }: Pick<Person, 'email' | 'phone'>): string {
  const said = [
    ...(email === null ? [] : [`${[...email][0]}•••${email.slice(email.lastIndexOf('@'))}`]),
    ...(phone === null ? [] : [t('booking-pages.masked.phone', { digits: phone.slice(-3) })]),
  ]
  return said.join(', ')
}
