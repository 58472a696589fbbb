/**
 * What a visit is to be for, as a clerk's form says it for a caller: the wish under the names it has in
 * addresses, and beside it what the office prepares and on whose behalf somebody comes.
 */
import type { FieldError } from '../platform/decision.js'
import { formText } from '../platform/http/form.js'
import type { Directory, Service } from '../directory/index.js'
import { seesService, type Staff } from '../staff/index.js'
import type { VisitNeed } from '../visit/index.js'
import type { BookCommand } from './model.js'
import { readNeeds, readOnBehalf } from './pages/needs.js'
import { readWish, wishFields } from './wish-form.js'
import { mattersBeside, otherBuildings, wishedAs, wishOf, type Wish, type Wished } from './wish.js'

export interface SaidWish {
  /** The wish; the matter alone while what was said cannot be settled in one visit. */
  readonly wish: Wish
  readonly needs: readonly VisitNeed[]
  readonly onBehalf: boolean
  /** The form as it came, to be shown again. */
  readonly typed: unknown
  readonly errors: readonly FieldError[]
  /** Times of another wish were shown: those of this one are to be seen before anything is booked. */
  readonly changed: boolean
  /** Matters the clerk may add, and buildings to choose among: none where there is but one. */
  readonly beside: readonly Service[]
  readonly buildings: readonly string[]
}

/** Field that says the times of which wish a form shows. */
export const shownWishField = 'dla'

/** What a form or an address says; null for a matter nobody is booked for. */
export function readSaidWish(office: Directory, staff: Staff, service: Service, typed: unknown): SaidWish | null {
  const usual = wishOf(office, { serviceId: service.id })
  if (usual === null) return null
  const sees = ({ id }: Service): boolean => seesService(staff, office, id)
  const read = readWish(office, service.id, typed)
  const errors =
    'errors' in read ? read.errors : read.wish.more.every(sees) ? [] : [{ field: wishFields.more, message: 'booking.error.matter-unknown' }]
  const wish = 'wish' in read && errors.length === 0 ? read.wish : usual
  const shown = formText(typed, shownWishField)
  const others = otherBuildings(office, { ...wish, buildingId: service.buildingId })
  return {
    wish,
    needs: readNeeds(typed, { needs: wish.moreTime ? ['more-time'] : [] }),
    onBehalf: readOnBehalf(typed),
    typed,
    errors,
    changed: shown !== '' && shown !== wish.key,
    beside: mattersBeside(office, usual).filter(sees),
    buildings: others.length > 0 ? [service.buildingId, ...others] : [],
  }
}

/** Is anything said but the matter of one person? */
export function isMoreSaid({ wish, needs, onBehalf, errors }: SaidWish): boolean {
  return !wish.plain || needs.length > 0 || onBehalf || errors.length > 0
}

/** The part of a command that says what the visit is for. */
export function commandOf({ wish, needs, onBehalf }: SaidWish): Wished & Required<Pick<BookCommand, 'needs' | 'onBehalf'>> {
  return { ...wishedAs(wish), needs, onBehalf }
}
