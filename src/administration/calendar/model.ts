/** What those who plan the office work with: shifts, absences and special days as they are kept and as they are typed. */
import type { FieldError } from '../../platform/decision.js'
import type { Role } from '../../staff/index.js'

/** Who plans: a head the desks of the own unit, the others all. */
export const planners: readonly Role[] = ['head', 'secretary', 'administrator']

/** Characters of the reason of a special day. */
export const reasonLengthMax = 120
/** Days an absence, or a special day, lasts at most. */
export const lengthDaysMax = 366

/** What was typed, by field; a field with several answers has them with commas between. */
export type Typed = Readonly<Record<string, string>>

/** What a form says, or what is wrong with it. */
export type Read<Thing> =
  | { readonly thing: Thing; readonly errors: readonly [] }
  | { readonly thing: null; readonly errors: readonly FieldError[] }

/** How a change ended: saved; somebody changed the same meanwhile; not there any more; or what is wrong. */
export type Outcome =
  | { readonly saved: true }
  | { readonly saved: false; readonly why: 'conflict' | 'gone' }
  | { readonly saved: false; readonly why: 'wrong'; readonly errors: readonly FieldError[] }

export function wrong(field: string, key: string, values?: FieldError['values']): FieldError {
  return { field, message: `administration-calendar-staff.wrong.${key}`, ...(values === undefined ? {} : { values }) }
}
