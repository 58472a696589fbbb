/**
 * All SQL of the staff. Tokens are looked up by their hash; every end is compared with the
 * machine's time given as an argument.
 */
import { brokenConstraint, type Queryable } from '../platform/database.js'
import { refuse, type Refused } from '../platform/decision.js'
import type { Account, AccountSeed, ApiToken, Role, Staff } from './model.js'

interface AccountRow {
  id: number
  login: string
  name: string
  password: string | null
  roles: Role[]
  unit_id: string | null
  desk_id: number | null
  building_id: string | null
  closed_at: Temporal.Instant | null
}

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    roles: row.roles,
    unitId: row.unit_id,
    deskId: row.desk_id,
    buildingId: row.building_id,
    hasPassword: row.password !== null,
    closedAt: row.closed_at,
  }
}

function staffOf(row: AccountRow, via: Staff['via']): Staff {
  return { accountId: row.id, name: row.name, roles: row.roles, unitId: row.unit_id, deskId: row.desk_id, buildingId: row.building_id, via }
}

/** An open account with its hash, for signing in. */
export async function findForSignIn(database: Queryable, login: string): Promise<{ id: number; password: string | null } | null> {
  const { rows } = await database.query<AccountRow>('select * from account where login = $1 and closed_at is null', [login])
  return rows[0] ?? null
}

export async function findAccount(database: Queryable, id: number): Promise<Account | null> {
  const { rows } = await database.query<AccountRow>('select * from account where id = $1', [id])
  return rows[0] ? accountOf(rows[0]) : null
}

export async function listAccounts(database: Queryable): Promise<Account[]> {
  const { rows } = await database.query<AccountRow>('select * from account order by closed_at is not null, login limit 500')
  return rows.map(accountOf)
}

export async function accountsWith(database: Queryable, wanted: readonly Role[]): Promise<Account[]> {
  const { rows } = await database.query<AccountRow>('select * from account where closed_at is null and roles && $1 order by name, id', [
    wanted,
  ])
  return rows.map(accountOf)
}

/** Makes an account; a login already there is refused. */
export async function insertAccount(
  database: Queryable,
  seed: AccountSeed,
  now: Temporal.Instant,
): Promise<number | Refused<'login-taken' | 'place-unknown'>> {
  const desk = await database.query<{ id: number }>('select id from desk where slug = $1', [seed.desk ?? null])
  if (seed.desk != null && desk.rows[0] === undefined) return refuse('place-unknown')
  try {
    const { rows } = await database.query<{ id: number }>(
      `insert into account (login, name, roles, unit_id, desk_id, building_id, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict on constraint account_login_once do nothing returning id`,
      [seed.login, seed.name, seed.roles, seed.unitId ?? null, desk.rows[0]?.id ?? null, seed.buildingId ?? null, now],
    )
    return rows[0]?.id ?? refuse('login-taken')
  } catch (error) {
    const constraint = brokenConstraint(error)
    if (constraint === 'account_unit_id_fkey' || constraint === 'account_building_id_fkey') return refuse('place-unknown')
    throw error
  }
}

/** Makes the account or brings it up to date; its password, if any, stays. */
export async function upsertAccount(
  database: Queryable,
  seed: AccountSeed,
  now: Temporal.Instant,
): Promise<{ id: number; hasPassword: boolean }> {
  const { rows } = await database.query<{ id: number; has_password: boolean }>(
    `insert into account as old (login, name, roles, unit_id, desk_id, building_id, created_at)
     values ($1, $2, $3, $4, (select id from desk where slug = $5), $6, $7)
     on conflict on constraint account_login_once do update
       set name = excluded.name, roles = excluded.roles, unit_id = excluded.unit_id, desk_id = excluded.desk_id, building_id = excluded.building_id
     returning id, password is not null as has_password`,
    [seed.login, seed.name, seed.roles, seed.unitId ?? null, seed.desk ?? null, seed.buildingId ?? null, now],
  )
  const row = rows[0] as { id: number; has_password: boolean }
  return { id: row.id, hasPassword: row.has_password }
}

export async function setPassword(database: Queryable, accountId: number, hash: string): Promise<void> {
  await database.query('update account set password = $2 where id = $1 and closed_at is null', [accountId, hash])
}

/** Closes an account and ends everything that speaks for it; the last administrator who can sign in stays. */
export async function closeAccount(
  database: Queryable,
  accountId: number,
  now: Temporal.Instant,
): Promise<'closed' | 'last-administrator' | 'unknown'> {
  // Locked in one order, so that two administrators closing each other cannot both succeed.
  const { rows } = await database.query<{ id: number }>(
    `select id from account where 'administrator' = any (roles) and closed_at is null and password is not null order by id for update`,
  )
  if (rows.length > 0 && rows.every((row) => row.id === accountId)) return 'last-administrator'
  const closed = await database.query('update account set closed_at = $2, password = null where id = $1 and closed_at is null', [
    accountId,
    now,
  ])
  if (closed.rowCount === 0) return 'unknown'
  await endEverything(database, accountId)
  return 'closed'
}

/** Sessions, tokens and links of an account are worth nothing from now on. */
async function endEverything(database: Queryable, accountId: number): Promise<void> {
  await database.query('delete from session where account_id = $1', [accountId])
  await database.query('delete from api_token where account_id = $1', [accountId])
  await database.query('delete from sign_in_link where account_id = $1', [accountId])
}

export async function hasAdministrator(database: Queryable): Promise<boolean> {
  const { rows } = await database.query(
    `select 1 from account where 'administrator' = any (roles) and closed_at is null and password is not null limit 1`,
  )
  return rows.length > 0
}

// ── Sessions and tokens ──────────────────────────────────────────────────────────────────────────

export async function insertSession(
  database: Queryable,
  hash: Buffer,
  accountId: number,
  machineNow: Temporal.Instant,
  until: Temporal.Instant,
): Promise<void> {
  await database.query('insert into session (token_hash, account_id, created_at, expires_at) values ($1, $2, $3, $4)', [
    hash,
    accountId,
    machineNow,
    until,
  ])
  await database.query('delete from session where expires_at <= $1', [machineNow])
}

export async function staffOfSession(database: Queryable, hash: Buffer, machineNow: Temporal.Instant): Promise<Staff | null> {
  const { rows } = await database.query<AccountRow>(
    'select account.* from session join account on account.id = session.account_id where token_hash = $1 and expires_at > $2 and closed_at is null',
    [hash, machineNow],
  )
  return rows[0] ? staffOf(rows[0], 'session') : null
}

export async function deleteSession(database: Queryable, hash: Buffer): Promise<void> {
  await database.query('delete from session where token_hash = $1', [hash])
}

export async function deleteSessionsOf(database: Queryable, accountId: number): Promise<void> {
  await database.query('delete from session where account_id = $1', [accountId])
}

export async function insertToken(
  database: Queryable,
  hash: Buffer,
  token: { readonly accountId: number; readonly name: string; readonly at: Temporal.Instant; readonly until: Temporal.Instant | null },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `insert into api_token (token_hash, name, account_id, created_at, expires_at)
     select $1, $2, id, $4, $5 from account where id = $3 and closed_at is null`,
    [hash, token.name, token.accountId, token.at, token.until],
  )
  return rowCount === 1
}

export async function staffOfToken(database: Queryable, hash: Buffer, machineNow: Temporal.Instant): Promise<Staff | null> {
  const { rows } = await database.query<AccountRow>(
    `select account.* from api_token join account on account.id = api_token.account_id
     where token_hash = $1 and (expires_at is null or expires_at > $2) and closed_at is null`,
    [hash, machineNow],
  )
  return rows[0] ? staffOf(rows[0], 'token') : null
}

export async function listTokens(database: Queryable): Promise<ApiToken[]> {
  const { rows } = await database.query<{
    id: string
    name: string
    account_id: number
    created_at: Temporal.Instant
    expires_at: Temporal.Instant | null
  }>(
    `select substr(encode(token_hash, 'hex'), 1, 16) as id, name, account_id, created_at, expires_at from api_token order by created_at limit 500`,
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    accountId: row.account_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }))
}

export async function deleteToken(database: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await database.query(`delete from api_token where substr(encode(token_hash, 'hex'), 1, 16) = $1`, [id])
  return rowCount === 1
}

// ── One-time links ───────────────────────────────────────────────────────────────────────────────

/** Makes the link of an account; the one before it is worth nothing from now on. */
export async function replaceLink(database: Queryable, hash: Buffer, accountId: number, until: Temporal.Instant): Promise<void> {
  await database.query('delete from sign_in_link where account_id = $1', [accountId])
  await database.query('insert into sign_in_link (token_hash, account_id, expires_at) values ($1, $2, $3)', [hash, accountId, until])
}

/** Whose password a link sets, or null when it was used, replaced or has ended. */
export async function accountOfLink(database: Queryable, hash: Buffer, machineNow: Temporal.Instant): Promise<Account | null> {
  const { rows } = await database.query<AccountRow>(
    'select account.* from sign_in_link join account on account.id = sign_in_link.account_id where token_hash = $1 and expires_at > $2 and closed_at is null',
    [hash, machineNow],
  )
  return rows[0] ? accountOf(rows[0]) : null
}

/** Uses a link up: of two at once, one gets the account. */
export async function takeLink(database: Queryable, hash: Buffer, machineNow: Temporal.Instant): Promise<number | null> {
  const { rows } = await database.query<{ account_id: number }>(
    'delete from sign_in_link where token_hash = $1 and expires_at > $2 returning account_id',
    [hash, machineNow],
  )
  return rows[0]?.account_id ?? null
}

// ── Guesses ──────────────────────────────────────────────────────────────────────────────────────

/**
 * Writes a guess down before it is judged, then counts: of many at once each sees those before it,
 * so no more pass than the limit. The row is taken back when the guess was right.
 */
export async function recordGuess(
  database: Queryable,
  loginHash: Buffer,
  machineNow: Temporal.Instant,
  since: Temporal.Instant,
): Promise<{ id: number; ofLogin: number; overall: number }> {
  const { rows } = await database.query<{ id: number }>('insert into sign_in_failure (login_hash, at) values ($1, $2) returning id', [
    loginHash,
    machineNow,
  ])
  const counted = await database.query<{ of_login: number; overall: number }>(
    'select count(*) filter (where login_hash = $1) as of_login, count(*) as overall from sign_in_failure where at > $2',
    [loginHash, since],
  )
  const counts = counted.rows[0] as { of_login: number; overall: number }
  return { id: (rows[0] as { id: number }).id, ofLogin: counts.of_login, overall: counts.overall }
}

export async function forgetGuess(database: Queryable, id: number): Promise<void> {
  await database.query('delete from sign_in_failure where id = $1', [id])
}

/** The right password forgives the wrong ones before it; a day-old guess is erased. */
export async function forgetGuesses(database: Queryable, loginHash: Buffer, dayAgo: Temporal.Instant): Promise<void> {
  await database.query('delete from sign_in_failure where login_hash = $1 or at < $2', [loginHash, dayAgo])
}
