/**
 * Who may go where, when a guess is one too many, and where a sign-in may lead. Pure.
 */
import type { FieldError } from '../platform/decision.js'
import {
  guessesOverall,
  guessesPerLogin,
  isRole,
  loginLengthMax,
  passwordLengthMax,
  passwordLengthMin,
  type AccountSeed,
  type Role,
  type Staff,
} from './model.js'

/** True when one of the roles is held. An administrator is not everybody: being let in is listed, never implied. */
export function hasRole(staff: Pick<Staff, 'roles'>, allowed: readonly Role[]): boolean {
  return allowed.some((role) => staff.roles.includes(role))
}

/**
 * Counted with the guess that is being made: the sixth within the window waits. The overall limit
 * stops a list of stolen passwords tried login by login; people already signed in do not feel it.
 */
export function mayGuess(guesses: { readonly ofLogin: number; readonly overall: number }): boolean {
  return guesses.ofLogin <= guessesPerLogin && guesses.overall <= guessesOverall
}

/** A page of the staff inside this program; anything else becomes the menu, so that a link cannot lead to a stranger's site. */
export function localReturn(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 300) return '/praca'
  // Browsers drop tabs and line ends and read \ as /; neither belongs in our addresses.
  if (!/^\/praca(?:[/?][\w\-./?=&%~:,]*)?$/.test(wanted) || wanted.includes('//')) return '/praca'
  // Only what can be opened as a page: no broken escapes, no address that takes forms alone, no stream or part of a page.
  return /%(?![2-7][0-9a-f])/i.test(wanted) || noPage.test(wanted.split('?', 1)[0] ?? '') ? '/praca' : wanted
}

const noPage =
  /^\/praca\/(?:logowanie|wyloguj|haslo|konta\/(?:zmien|token)$|obsluga\/(?:szukaj|rozmowa(?:\/koniec)?|pusc|sprawy|umow\/[^/]+\/wstrzymaj)$|prosby\/[^/]+\/(?:zalatw|zamknij|proba|oddaj|wez)$|urzadzenia\/\d+$)|\/(?:na-zywo|stan)$/

/** The login as it is kept: people type it with a capital or a space after it. */
export function plainLogin(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase()
}

export function passwordErrors(login: string, password: string, repeated: string): FieldError[] {
  if (password.length < passwordLengthMin)
    return [{ field: 'password', message: 'staff-staff.error.password-short', values: { min: passwordLengthMin } }]
  if (password.length > passwordLengthMax)
    return [{ field: 'password', message: 'staff-staff.error.password-long', values: { max: passwordLengthMax } }]
  if (password.toLowerCase().includes(login) || new Set(password).size < 5)
    return [{ field: 'password', message: 'staff-staff.error.password-easy' }]
  if (password !== repeated) return [{ field: 'repeated', message: 'staff-staff.error.password-differs' }]
  return []
}

/** What is wrong with a new account as typed. */
export function accountErrors(seed: AccountSeed): FieldError[] {
  const errors: FieldError[] = []
  if (!/^[\p{L}\d][\p{L}\d.\-_@]*$/u.test(seed.login) || seed.login.length > loginLengthMax)
    errors.push({ field: 'login', message: 'staff-staff.error.login' })
  if (seed.name === '' || seed.name.length > 100) errors.push({ field: 'name', message: 'staff-staff.error.name' })
  if (seed.roles.length === 0 || !seed.roles.every(isRole)) errors.push({ field: 'roles', message: 'staff-staff.error.roles' })
  return errors
}
