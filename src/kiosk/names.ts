/** The matters of a visit as the kiosk and its paper name them, each by itself. */
import type { Translate } from '../platform/words.js'
import { bothText, fullName, type Directory } from '../directory/index.js'
import type { Visit } from '../visit/index.js'

/** In the language of the person, with the Polish name by which it is known at the office. */
export function mattersNamed(t: Translate, office: Directory, visit: Pick<Visit, 'serviceId' | 'moreServiceIds'>): readonly string[] {
  return [visit.serviceId, ...visit.moreServiceIds].map((id) => {
    const service = office.services.get(id)
    return service === undefined ? id : bothText(fullName(t, service))
  })
}
