/**
 * Signing in and out, one-time links, tokens of programs, and the accounts of the office.
 *
 * `machineNow` is the machine's clock (see model.ts); what belongs to the office's history, such as
 * when an account was closed, takes `now` from the office's.
 */
import type { Context } from '../platform/context.js'
import { transaction } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import {
  guessWindowMinutes,
  linkHours,
  sessionHours,
  type Account,
  type AccountSeed,
  type Staff,
  type tokenDays,
  type Role,
} from './model.js'
import { hashPassword, isPassword, needsRehash } from './passwords.js'
import { mayGuess, plainLogin } from './rules.js'
import * as store from './store.js'
import { hashToken, newToken, programTokenPrefix } from './tokens.js'

export interface SignedIn {
  readonly accountId: number
  /** For the cookie; nowhere else. */
  readonly token: string
}

/** Signs in, or says no in the same words and time whether the login exists or not. */
export async function signIn(
  context: Context,
  typed: { readonly login: string; readonly password: string },
  machineNow: Temporal.Instant,
): Promise<SignedIn | Refused<'wrong-password' | 'too-many-guesses'>> {
  const { pool } = context.database
  const login = plainLogin(typed.login)
  const loginHash = context.secrets.contactHash(`login:${login}`)
  const guess = await store.recordGuess(pool, loginHash, machineNow, machineNow.subtract({ minutes: guessWindowMinutes }))
  if (!mayGuess(guess)) {
    // Not judged, so not counted: whoever waits out the window is let in again.
    await store.forgetGuess(pool, guess.id)
    return refuse('too-many-guesses', [], [], { minutes: guessWindowMinutes })
  }
  const account = await store.findForSignIn(pool, login)
  const right = await isPassword(typed.password, account?.password ?? null)
  if (!right || account === null || account.password === null) return refuse('wrong-password')
  await store.forgetGuesses(pool, loginHash, machineNow.subtract({ hours: 24 }))
  if (needsRehash(account.password)) await store.setPassword(pool, account.id, await hashPassword(typed.password))
  return openSession(context, account.id, machineNow)
}

/** Opens a session for an account already known to be the person's. */
export async function openSession(context: Context, accountId: number, machineNow: Temporal.Instant): Promise<SignedIn> {
  const token = newToken()
  await store.insertSession(context.database.pool, hashToken(token), accountId, machineNow, machineNow.add({ hours: sessionHours }))
  return { accountId, token }
}

export async function signOut(context: Context, token: string): Promise<void> {
  await store.deleteSession(context.database.pool, hashToken(token))
}

/** Who holds the cookie or the bearer token, or null. */
export async function whoIs(
  context: Context,
  held: { readonly cookie?: string | undefined; readonly bearer?: string | undefined },
  machineNow: Temporal.Instant,
): Promise<Staff | null> {
  const { pool } = context.database
  if (held.bearer?.startsWith(programTokenPrefix)) return store.staffOfToken(pool, hashToken(held.bearer), machineNow)
  if (held.cookie !== undefined && held.cookie !== '') return store.staffOfSession(pool, hashToken(held.cookie), machineNow)
  return null
}

/** The link for a new password: until it is set, whoever still works with the old one is signed out. */
export async function resetPassword(context: Context, accountId: number, machineNow: Temporal.Instant): Promise<string> {
  await store.deleteSessionsOf(context.database.pool, accountId)
  return makeLink(context, accountId, machineNow)
}

/** Makes the one-time link with which a person sets a password; the link before it ends. */
export async function makeLink(context: Context, accountId: number, machineNow: Temporal.Instant): Promise<string> {
  const token = newToken()
  await transaction(context.database, (client) =>
    store.replaceLink(client, hashToken(token), accountId, machineNow.add({ hours: linkHours })),
  )
  return `${context.publicUrl}/praca/haslo/${token}`
}

/** Whose link it is, while it is good. */
export async function accountOfLink(context: Context, token: string, machineNow: Temporal.Instant): Promise<Account | null> {
  return store.accountOfLink(context.database.pool, hashToken(token), machineNow)
}

/** Uses a link up and sets the password; sessions opened with an older one end. */
export async function setPasswordByLink(
  context: Context,
  token: string,
  password: string,
  machineNow: Temporal.Instant,
): Promise<SignedIn | Refused<'link-ended'>> {
  const hash = await hashPassword(password)
  const accountId = await transaction(context.database, async (client) => {
    const taken = await store.takeLink(client, hashToken(token), machineNow)
    if (taken !== null) {
      await store.setPassword(client, taken, hash)
      await store.deleteSessionsOf(client, taken)
    }
    return taken
  })
  return accountId === null ? refuse('link-ended') : openSession(context, accountId, machineNow)
}

/** A new account and the link to hand to the person. */
export async function makeAccount(
  context: Context,
  seed: AccountSeed,
  now: Temporal.Instant,
  machineNow: Temporal.Instant,
): Promise<{ readonly link: string } | Refused<'login-taken' | 'place-unknown'>> {
  const made = await store.insertAccount(context.database.pool, seed, now)
  if (typeof made !== 'number') return made
  return { link: await makeLink(context, made, machineNow) }
}

/** Accounts in use with one of the roles, by name. */
export function accountsOf(context: Context, wanted: readonly Role[]): Promise<Account[]> {
  return store.accountsWith(context.database.pool, wanted)
}

export async function closeAccount(
  context: Context,
  accountId: number,
  now: Temporal.Instant,
): Promise<'closed' | Refused<'last-administrator' | 'account-unknown'>> {
  const outcome = await transaction(context.database, (client) => store.closeAccount(client, accountId, now))
  if (outcome === 'closed') return outcome
  return refuse(outcome === 'unknown' ? 'account-unknown' : outcome)
}

/** A bearer token with the rights of an account; shown once, kept as its hash. */
export async function makeProgramToken(
  context: Context,
  wanted: { readonly accountId: number; readonly name: string; readonly days?: (typeof tokenDays)[number] },
  machineNow: Temporal.Instant,
): Promise<string | Refused<'account-unknown'>> {
  const token = programTokenPrefix + newToken()
  const until = wanted.days === undefined ? null : machineNow.add({ hours: wanted.days * 24 })
  const made = await store.insertToken(context.database.pool, hashToken(token), { ...wanted, at: machineNow, until })
  return made ? token : refuse('account-unknown')
}

export async function withdrawToken(context: Context, id: string): Promise<void> {
  await store.deleteToken(context.database.pool, id)
}
