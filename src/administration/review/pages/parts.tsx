/** What the pages of the review list share: a visit in a row. */
import type { Translate } from '../../../platform/words.js'
import { longDay, wallTime } from '../../../platform/words.js'
import { officeDay } from '../../../platform/clock.js'
import type { Directory } from '../../../directory/index.js'
import { basisText } from '../../../ui/index.js'
import { whyText } from '../../dry-run/words.js'
import type { ReviewItem } from '../model.js'

/** "poniedziałek 8 czerwca 2020, 14:00" */
export function whenOf(start: Temporal.Instant): string {
  return `${longDay('pl', officeDay(start))}, ${wallTime(start)}`
}

export function matterOf(office: Directory, { visit }: ReviewItem): string {
  return office.services.get(visit.serviceId)?.name ?? visit.serviceId
}

/** "poza nowymi godzinami (§ 1 zarządzenia nr …)" */
export function reasonOf(t: Translate, { code, basis }: ReviewItem): string {
  const cited = basis.map((each) => basisText(t, each)).join('; ')
  return cited === '' ? whyText(t, code) : `${whyText(t, code)} (${cited})`
}

/** What the person is told on the phone. */
export function sayingOf(t: Translate, { outcome, startsAt, visit }: ReviewItem): string {
  const what = outcome === 'moved' ? 'moved' : 'cancelled'
  return t(`administration-review-staff.calls.say.${what}`, { was: whenOf(startsAt), when: whenOf(visit.startsAt) })
}

/** How the person can be told: by e-mail, by phone, or not at all. */
export function contactOf(t: Translate, { visit: { person } }: ReviewItem): string {
  const how = person.email !== null ? 'email' : person.phone !== null ? 'phone' : 'none'
  return t(`administration-review-staff.contact.${how}`)
}
