/**
 * What a visit is to be for, and which times are looked at, as an address says it. Nothing personal:
 * an address of this kind may be shared and kept.
 */
import { formList, formText } from '../platform/http/form.js'
import { readDay } from '../platform/typed-time.js'
import type { FieldError } from '../platform/decision.js'
import type { Directory } from '../directory/index.js'
import { wishOf, type Wish, type Wished } from './wish.js'

/** Names of the fields, as they stand in addresses. */
export const wishFields = { persons: 'osoby', more: 'sprawa', longer: 'dluzej', building: 'budynek' } as const

/** The wish an address says, or what is wrong with it; an unknown matter is the caller's to answer. */
export function readWish(
  directory: Directory,
  serviceId: string,
  query: unknown,
): { readonly wish: Wish } | { readonly errors: readonly FieldError[] } {
  const typedPersons = formText(query, wishFields.persons, 4)
  const building = formText(query, wishFields.building, 100)
  const wished = {
    serviceId,
    moreServiceIds: [...new Set(formList(query, wishFields.more))].filter((id) => id !== '' && id !== serviceId),
    persons: typedPersons === '' ? 1 : /^\d{1,2}$/.test(typedPersons) ? Number(typedPersons) : 0,
    moreTime: formText(query, wishFields.longer, 4) !== '',
    ...(directory.buildings.has(building) ? { buildingId: building } : {}),
  }
  const errors = checkWished(directory, wished, wishFields)
  const wish = errors.length > 0 ? null : wishOf(directory, wished)
  return wish === null ? { errors } : { wish }
}

/** What of a wish the office does not settle in one visit; `fields` names where each part was typed. */
export function checkWished(
  directory: Directory,
  wished: Wished,
  fields: { readonly persons: string; readonly more: string; readonly building: string },
): readonly FieldError[] {
  const { 'persons-per-visit': personsMost, 'matters-per-visit': mattersMost } = directory.office.settings
  const { serviceId, moreServiceIds = [], persons = 1, buildingId } = wished
  const most = Math.max(1, Math.floor(personsMost / (directory.services.get(serviceId)?.persons ?? 1)))
  const errors: FieldError[] = []
  if (persons < 1 || persons > most) errors.push({ field: fields.persons, message: 'booking.error.persons-many', values: { most } })
  if (moreServiceIds.length + 1 > mattersMost)
    errors.push({ field: fields.more, message: 'booking.error.matters-many', values: { most: mattersMost } })
  else if (moreServiceIds.length > 0) {
    const wish = wishOf(directory, wished)
    if (wish === null) errors.push({ field: fields.more, message: 'booking.error.matter-unknown' })
    else if (wish.desks.length === 0) errors.push({ field: fields.more, message: 'booking.error.matters-apart' })
  }
  if (buildingId !== undefined && !directory.buildings.has(buildingId))
    errors.push({ field: fields.building, message: 'booking.error.building-unknown' })
  return errors
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
