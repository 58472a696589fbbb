/** All SQL of the devices. Tokens and codes are looked up by their hash. */
import type { Queryable } from '../platform/database.js'
import type { Device, DeviceKind, DeviceSeed, DeviceSettings, DeviceTrouble } from './model.js'

interface DeviceRow {
  id: number
  kind: DeviceKind
  name: string
  building_id: string
  settings: DeviceSettings
  pairing_until: Temporal.Instant | null
  paired_at: Temporal.Instant | null
  last_seen_at: Temporal.Instant | null
  revoked_at: Temporal.Instant | null
  trouble: DeviceTrouble | null
  trouble_at: Temporal.Instant | null
  clock_off_minutes: number | null
}

function deviceFrom(row: DeviceRow): Device {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    buildingId: row.building_id,
    settings: row.settings,
    pairedAt: row.paired_at,
    pairingUntil: row.pairing_until,
    lastSeenAt: row.last_seen_at,
    revokedAt: row.revoked_at,
    trouble: row.trouble,
    troubleAt: row.trouble_at,
    clockOffMinutes: row.clock_off_minutes,
  }
}

export async function insertDevice(
  database: Queryable,
  seed: DeviceSeed,
  made: { readonly accountId: number; readonly at: Temporal.Instant },
): Promise<number> {
  const { rows } = await database.query<{ id: number }>(
    'insert into device (kind, name, building_id, settings, created_by, created_at) values ($1, $2, $3, $4, $5, $6) returning id',
    [seed.kind, seed.name, seed.buildingId, JSON.stringify(seed.settings), made.accountId, made.at],
  )
  return (rows[0] as { id: number }).id
}

/** Those in use first, by building and name. */
export async function listDevices(database: Queryable): Promise<Device[]> {
  const { rows } = await database.query<DeviceRow>(
    'select * from device order by revoked_at is not null, building_id, kind, name, id limit 500',
  )
  return rows.map(deviceFrom)
}

export async function findDevice(database: Queryable, id: number): Promise<Device | null> {
  const { rows } = await database.query<DeviceRow>('select * from device where id = $1', [id])
  return rows[0] ? deviceFrom(rows[0]) : null
}

export async function deviceOfToken(database: Queryable, hash: Buffer): Promise<Device | null> {
  const { rows } = await database.query<DeviceRow>('select * from device where token_hash = $1', [hash])
  return rows[0] ? deviceFrom(rows[0]) : null
}

/** The code with which a device can be paired; the one before it ends. False once the device is revoked. */
export async function setPairing(database: Queryable, id: number, hash: Buffer, until: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await database.query(
    'update device set pairing_hash = $2, pairing_until = $3 where id = $1 and revoked_at is null',
    [id, hash, until],
  )
  return rowCount === 1
}

/** Uses a code up for a token: of two at once, one gets the device. Whoever held it before holds it no more. */
export async function takePairing(
  database: Queryable,
  { code, token, machineNow }: { readonly code: Buffer; readonly token: Buffer; readonly machineNow: Temporal.Instant },
): Promise<Device | null> {
  const { rows } = await database.query<DeviceRow>(
    `update device set token_hash = $2, paired_at = $3, last_seen_at = $3, pairing_hash = null, pairing_until = null
     where pairing_hash = $1 and pairing_until > $3 and revoked_at is null returning *`,
    [code, token, machineNow],
  )
  return rows[0] ? deviceFrom(rows[0]) : null
}

/** Revokes for good: its token and its code open nothing from now on. */
export async function revoke(database: Queryable, id: number, machineNow: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await database.query(
    `update device set revoked_at = $2, token_hash = null, pairing_hash = null, pairing_until = null,
       trouble = null, trouble_at = null, clock_off_minutes = null
     where id = $1 and revoked_at is null`,
    [id, machineNow],
  )
  return rowCount === 1
}

export async function markSeen(database: Queryable, id: number, machineNow: Temporal.Instant): Promise<void> {
  await database.query('update device set last_seen_at = $2 where id = $1 and token_hash is not null', [id, machineNow])
}

/** Writes only what is news: a device tells its clock each hour. */
export async function writeClockOff(database: Queryable, id: number, minutes: number | null): Promise<void> {
  await database.query(
    'update device set clock_off_minutes = $2 where id = $1 and revoked_at is null and clock_off_minutes is distinct from $2::integer',
    [id, minutes],
  )
}

export async function writeSettings(database: Queryable, id: number, settings: DeviceSettings): Promise<void> {
  // What was wrong with the printer before says nothing of this one.
  await database.query('update device set settings = $2, trouble = null, trouble_at = null where id = $1 and revoked_at is null', [
    id,
    JSON.stringify(settings),
  ])
}

/** Says what is wrong, or that nothing is; true when that is news. */
export async function writeTrouble(database: Queryable, id: number, trouble: DeviceTrouble | null, at: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await database.query(
    `update device set trouble = $2, trouble_at = case when $2::text is null then null else $3::timestamptz end
     where id = $1 and revoked_at is null and trouble is distinct from $2`,
    [id, trouble, at],
  )
  return rowCount === 1
}

export async function troubledDevices(database: Queryable): Promise<Device[]> {
  const { rows } = await database.query<DeviceRow>(
    'select * from device where trouble is not null or clock_off_minutes is not null order by trouble_at, id limit 50',
  )
  return rows.map(deviceFrom)
}

/** Written down before it is judged, then counted: of many at once each sees those before it, so no more pass than the limit. */
export async function recordGuess(
  database: Queryable,
  sourceHash: Buffer,
  at: Temporal.Instant,
  since: Temporal.Instant,
): Promise<{ readonly id: number; readonly ofSource: number; readonly overall: number }> {
  const { rows } = await database.query<{ id: number }>('insert into pairing_guess (source_hash, at) values ($1, $2) returning id', [
    sourceHash,
    at,
  ])
  const counted = await database.query<{ of_source: number; overall: number }>(
    'select count(*) filter (where source_hash = $1)::int as of_source, count(*)::int as overall from pairing_guess where at > $2',
    [sourceHash, since],
  )
  const counts = counted.rows[0] as { of_source: number; overall: number }
  return { id: (rows[0] as { id: number }).id, ofSource: counts.of_source, overall: counts.overall }
}

export async function forgetGuess(database: Queryable, id: number): Promise<void> {
  await database.query('delete from pairing_guess where id = $1', [id])
}

export async function forgetGuessesBefore(database: Queryable, at: Temporal.Instant): Promise<void> {
  await database.query('delete from pairing_guess where at < $1', [at])
}
