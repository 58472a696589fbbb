/**
 * What a visit is to be for, and which times are looked at, as an address says it. Nothing personal:
 * an address of this kind may be shared and kept.
 */
import { formList, formText } from '../platform/http/form.js'
import { readDay } from '../platform/typed-time.js'
import type { FieldError } from '../platform/decision.js'
import type { Directory } from '../directory/index.js'
import { wishOf, type Wish } from './wish.js'

/** Names of the fields, as they stand in addresses. */
export const wishFields = { persons: 'osoby', more: 'sprawa', longer: 'dluzej', building: 'budynek' } as const

/** The wish an address says, or what is wrong with it; an unknown matter is the caller's to answer. */
export function readWish(
  directory: Directory,
  serviceId: string,
  query: unknown,
): { readonly wish: Wish } | { readonly errors: readonly FieldError[] } {
  const { settings } = directory.office
  const typedPersons = formText(query, wishFields.persons, 4)
  const persons = typedPersons === '' ? 1 : /^\d{1,2}$/.test(typedPersons) ? Number(typedPersons) : 0
  const more = [...new Set(formList(query, wishFields.more))].filter((id) => id !== '' && id !== serviceId)
  const building = formText(query, wishFields.building, 100)
  const errors: FieldError[] = []
  const needed = directory.services.get(serviceId)?.persons ?? 1
  const personsMax = Math.max(1, Math.floor(settings['persons-per-visit'] / needed))
  if (persons < 1 || persons > personsMax)
    errors.push({ field: wishFields.persons, message: 'booking.error.persons-many', values: { most: personsMax } })
  if (more.length + 1 > settings['matters-per-visit'])
    errors.push({ field: wishFields.more, message: 'booking.error.matters-many', values: { most: settings['matters-per-visit'] } })
  if (errors.length > 0) return { errors }
  const wish = wishOf(directory, {
    serviceId,
    moreServiceIds: more,
    persons,
    moreTime: formText(query, wishFields.longer, 4) !== '',
    ...(building === '' || !directory.buildings.has(building) ? {} : { buildingId: building }),
  })
  if (wish === null) return { errors: [{ field: wishFields.more, message: 'booking.error.matter-unknown' }] }
  if (wish.more.length > 0 && wish.desks.length === 0)
    return { errors: [{ field: wishFields.more, message: 'booking.error.matters-apart' }] }
  return { wish }
}

/** The part of the day that is shown. */
export type DayPartShown = 'morning' | 'afternoon'

/** Which of the times are looked at. */
export interface TimesView {
  readonly part: DayPartShown | null
  /** Only this day. */
  readonly day: Temporal.PlainDate | null
  /** The days as a calendar, to choose one. */
  readonly month: boolean
}

export const wholeView: TimesView = { part: null, day: null, month: false }

const partWords: Readonly<Record<DayPartShown, string>> = { morning: 'rano', afternoon: 'popoludniu' }

export function readView(query: unknown): TimesView {
  const typed = formText(query, 'pora', 12)
  return {
    part: typed === partWords.morning ? 'morning' : typed === partWords.afternoon ? 'afternoon' : null,
    day: readDay(formText(query, 'dzien', 10)),
    month: formText(query, 'widok', 10) === 'miesiac',
  }
}

/** The question mark and what follows, for a wish and a view; empty for the usual wish seen whole. */
export function wishQuery(wish: Wish | null, view: TimesView = wholeView, held: string | null = null): string {
  const query = new URLSearchParams()
  if (wish !== null && !wish.plain) {
    if (wish.persons > 1) query.set(wishFields.persons, String(wish.persons))
    for (const { id } of wish.more) query.append(wishFields.more, id)
    if (wish.moreTime) query.set(wishFields.longer, 'tak')
    if (wish.buildingId !== wish.service.buildingId) query.set(wishFields.building, wish.buildingId)
  }
  if (view.part !== null) query.set('pora', partWords[view.part])
  if (view.day !== null) query.set('dzien', view.day.toString())
  if (view.month) query.set('widok', 'miesiac')
  if (held !== null) query.set('rezerwacja', held)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
