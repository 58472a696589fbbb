/**
 * A person of the staff, as every slice sees the one who is asking.
 *
 * Sign-in, sessions, links and the slowing of guesses are the safety of the machine, not the
 * office's time: everything here that ends at some minute ends by the machine's clock, so that
 * moving the demonstration's clock signs nobody out. Those arguments are called `machineNow`.
 */

export const roles = ['service-office', 'guard', 'desk', 'head', 'secretary', 'administrator'] as const
export type Role = (typeof roles)[number]

/** Who asks: put on every request by the hook of this slice; null when nobody is signed in. */
export interface Staff {
  readonly accountId: number
  readonly name: string
  readonly roles: readonly Role[]
  readonly unitId: string | null
  /** The desk the clerk usually sits at, by number. */
  readonly deskId: number | null
  /** The building a guard watches. */
  readonly buildingId: string | null
  /** A browser's cookie, or a program's bearer token. */
  readonly via: 'session' | 'token'
}

/** What says where somebody works. */
export type Placed = Pick<Staff, 'roles' | 'unitId' | 'deskId'>

export interface Account {
  readonly id: number
  readonly login: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly unitId: string | null
  readonly deskId: number | null
  readonly buildingId: string | null
  readonly hasPassword: boolean
  readonly closedAt: Temporal.Instant | null
}

/** An account as an office file or the administrator's form gives it; unit, desk and building by their ids. */
export interface AccountSeed {
  readonly login: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly unitId?: string | null
  /** Slug of the desk, as walowa-5/4/1. */
  readonly desk?: string | null
  readonly buildingId?: string | null
}

export interface ApiToken {
  /** First characters of its hash: enough to name it in a list, worth nothing. */
  readonly id: string
  readonly name: string
  readonly accountId: number
  readonly createdAt: Temporal.Instant
  /** When it stops to work; null for one made without an end. */
  readonly expiresAt: Temporal.Instant | null
}

/** How long a program's token may work, in days; the administrator chooses. */
export const tokenDays = [30, 180, 365] as const

export const sessionHours = 12
export const linkHours = 48
export const guessesPerLogin = 5
export const guessesOverall = 300
export const guessWindowMinutes = 15
export const passwordLengthMin = 12
export const passwordLengthMax = 200
export const loginLengthMax = 100

export function isRole(value: unknown): value is Role {
  return roles.includes(value as Role)
}
