/**
 * Accounts that exist before anybody can sign in: the first administrator of a real office, who
 * gets a one-time link, and the people of the demonstration, whose passwords are printed.
 *
 * A demonstration's passwords come from the server key of its own data, so that a second start
 * prints the same ones without hashing again; the table holds hashes only. Nobody can do this to a
 * real office: the caller must be a demonstration.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Context } from '../platform/context.js'
import { transaction, type Queryable } from '../platform/database.js'
import { makeLink } from './actions.js'
import { isRole, type AccountSeed, type Role } from './model.js'
import { hashRandomPassword } from './passwords.js'
import * as store from './store.js'

const speakable = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** The one-time link of the first administrator, or null when one can sign in already. A link printed earlier ends. */
export async function ensureAdministrator(
  context: Context,
  machineNow: Temporal.Instant,
): Promise<{ readonly login: string; readonly link: string } | null> {
  const { pool } = context.database
  if (await store.hasAdministrator(pool)) return null
  const login = 'administrator'
  const { id } = await store.upsertAccount(pool, { login, name: 'Administrator', roles: ['administrator'] }, context.clock.now())
  return { login, link: await makeLink(context, id, machineNow) }
}

export interface PrintedAccount {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly roles: readonly string[]
}

/** The part of an office file that lists the demonstration's people. */
export interface DemonstrationDocument {
  readonly demonstration?: { readonly accounts: readonly (Omit<AccountSeed, 'roles'> & { readonly roles: readonly string[] })[] }
}

/** Makes or updates the demonstration's accounts and returns what to print. */
export async function makeDemonstrationAccounts(context: Context, document: DemonstrationDocument): Promise<PrintedAccount[]> {
  assert(context.demonstration, 'accounts with printed passwords exist only in a demonstration')
  const seeds = (document.demonstration?.accounts ?? []).map((entry) => {
    assert(entry.roles.every(isRole), `an account of the demonstration has a role nobody knows: ${entry.roles.join(', ')}`)
    return { ...entry, roles: entry.roles as Role[] }
  })
  const now = context.clock.now()
  const { pool } = context.database
  return Promise.all(
    seeds.map(async (seed) => {
      const password = demonstrationPassword(context, seed.login)
      const { id, hasPassword } = await store.upsertAccount(pool, seed, now)
      if (!hasPassword) await store.setPassword(pool, id, await hashRandomPassword(password))
      return { login: seed.login, password, name: seed.name, roles: seed.roles }
    }),
  )
}

/** Makes or updates accounts without passwords, as an office file lists them. */
export async function importAccounts(
  context: Context,
  seeds: readonly AccountSeed[],
  now: Temporal.Instant,
  client?: Queryable,
): Promise<void> {
  const work = async (database: Queryable): Promise<void> => {
    for (const seed of seeds) await store.upsertAccount(database, seed, now)
  }
  await (client ? work(client) : transaction(context.database, work))
}

/** "K7MP-QX2D-ANRE": twelve characters of the server key and the login. */
function demonstrationPassword(context: Context, login: string): string {
  const bytes = createHash('sha256')
    .update(context.secrets.secretOf(`demonstration:${login}`))
    .digest()
  const letters = Array.from({ length: 12 }, (_, index) => speakable[(bytes[index] as number) % speakable.length])
  return [0, 4, 8].map((from) => letters.slice(from, from + 4).join('')).join('-')
}
