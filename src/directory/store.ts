/**
 * All SQL of the directory: reading the office whole, and writing an office file over it, whole or only
 * what differs.
 *
 * Writing updates what is there and adds what is new; what the file no longer names is closed, never
 * deleted, since visits, accounts and acts name it.
 */
import type { Queryable } from '../platform/database.js'
import type { OfficeFile } from './file.js'
import type { DirectoryRows, OfficeFacts } from './rules.js'
import { officePart, type Difference } from './things.js'

/**
 * Every row of the directory, or null when no office was imported. One statement, so that an import
 * under way is seen whole or not at all; in the order of the file, desks in any.
 */
export async function readDirectory(database: Queryable): Promise<DirectoryRows | null> {
  const { rows } = await database.query<Omit<DirectoryRows, 'office'> & { office: DirectoryRows['office'] | null }>(
    `select
      (select jsonb_build_object('slug', slug, 'facts', facts, 'demonstration', demonstration) from office) as office,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'facts', facts - 'order') order by (facts ->> 'order')::int, id), '[]') from building) as buildings,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'facts', facts - 'order') order by (facts ->> 'order')::int, id), '[]') from room) as rooms,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'facts', facts - 'order') order by (facts ->> 'order')::int, id), '[]') from unit) as units,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'slug', slug, 'facts', facts - 'order', 'closed', closed) order by (facts ->> 'order')::int, slug), '[]') from desk) as desks,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'facts', facts - 'order', 'closed', closed) order by (facts ->> 'order')::int, id), '[]') from service) as services`,
  )
  const [row] = rows
  return row === undefined || row.office === null ? null : { ...row, office: row.office }
}

/** Waits for whoever changes the office now, and keeps others waiting until the transaction ends. False when there is no office. */
export async function lockOffice(client: Queryable): Promise<boolean> {
  return ((await client.query('select from office for update')).rowCount ?? 0) > 0
}

/** Writes the whole file but its shifts; the caller holds the transaction. */
export async function writeOffice(client: Queryable, file: OfficeFile, at: Temporal.Instant, demonstration: boolean): Promise<void> {
  await client.query(
    `insert into office (slug, facts, imported_at, demonstration) values ($1, $2, $3, $4)
     on conflict (one) do update set slug = excluded.slug, facts = excluded.facts, imported_at = excluded.imported_at, demonstration = excluded.demonstration`,
    [file.office.id, JSON.stringify(factsOf(file)), at, demonstration],
  )
  for (const { part, write, close } of rowsOf) {
    const entries = ordered(file, part)
    await client.query(write, [JSON.stringify(entries)])
    await client.query(close, [entries.map(({ subject }) => subject), false])
  }
  await client.query('delete from desk_service')
  await client.query(offers, [JSON.stringify(ordered(file, 'desk'))])
}

/** Writes only what differs, and the order of the file; the caller holds the transaction and the lock of the office. */
export async function writeDifferences(client: Queryable, file: OfficeFile, different: readonly Difference[]): Promise<void> {
  const touched = new Set(different.map(({ part }) => part))
  for (const { part, write, close, order } of rowsOf) {
    const gone = different.filter((each) => each.part === part && each.after === null).map(({ subject }) => subject)
    const changed = new Set(different.filter((each) => each.part === part && each.after !== null).map(({ subject }) => subject))
    const entries = ordered(file, part).filter(({ subject }) => changed.has(subject))
    if (entries.length > 0) await client.query(write, [JSON.stringify(entries)])
    if (gone.length > 0) await client.query(close, [gone, true])
    await client.query(order, [ordered(file, part).map(({ subject }) => subject)])
    if (part !== 'desk' || !touched.has(part)) continue
    await client.query('delete from desk_service using desk where desk.id = desk_id and slug = any ($1)', [[...gone, ...changed]])
    await client.query(offers, [JSON.stringify(entries)])
  }
  await client.query('update office set slug = $1, facts = $2 where slug <> $1 or facts <> $2', [
    file.office.id,
    JSON.stringify(factsOf(file)),
  ])
}

/** What stands in the one row of the office. */
export function factsOf(file: OfficeFile): OfficeFacts {
  const {
    office,
    contacts,
    payments,
    privacy,
    accessibility,
    settings,
    queueGroups,
    lifeEvents,
    hours,
    holidays,
    elsewhere,
    about,
    unknown,
  } = file
  return {
    office,
    contacts,
    payments,
    privacy,
    settings,
    hours,
    holidays,
    ...(accessibility ? { accessibility } : {}),
    ...(elsewhere ? { elsewhere } : {}),
    ...(queueGroups ? { queueGroups } : {}),
    ...(lifeEvents ? { lifeEvents } : {}),
    ...(about === undefined ? {} : { about }),
    ...(unknown ? { unknown } : {}),
  }
}

/** The order of the file is the order of lists on pages. */
function ordered(file: OfficeFile, part: string): readonly { readonly subject: string; readonly order: number }[] {
  const things = officePart(part)?.things(file) ?? new Map<string, object>()
  return [...things].map(([subject, entry], order) => ({ ...entry, subject, order }))
}

/**
 * Parts with rows of their own, in the order in which they name each other. `write` takes the entries;
 * `close` closes those named, or with false those not named; `order` takes the ids in the order of the file.
 */
const rowsOf: readonly { readonly part: string; readonly write: string; readonly close: string; readonly order: string }[] = [
  {
    part: 'building',
    write: `insert into building (id, facts) select each ->> 'id', each - '{id,subject}'::text[] from jsonb_array_elements($1::jsonb) each
      on conflict (id) do update set facts = excluded.facts`,
    close: closeFacts('building'),
    order: orderOf('building', 'id'),
  },
  {
    part: 'room',
    write: `insert into room (id, building_id, facts)
      select each ->> 'id', each ->> 'buildingId', each - '{id,subject}'::text[] from jsonb_array_elements($1::jsonb) each
      on conflict (id) do update set building_id = excluded.building_id, facts = excluded.facts`,
    close: closeFacts('room'),
    order: orderOf('room', 'id'),
  },
  {
    part: 'unit',
    write: `insert into unit (id, parent_id, building_id, room_id, facts)
      select each ->> 'id', each ->> 'parentId', each ->> 'buildingId', each ->> 'roomId', each - '{id,subject}'::text[]
      from jsonb_array_elements($1::jsonb) each
      on conflict (id) do update set parent_id = excluded.parent_id, building_id = excluded.building_id, room_id = excluded.room_id, facts = excluded.facts`,
    close: closeFacts('unit'),
    order: orderOf('unit', 'id'),
  },
  {
    part: 'service',
    write: `insert into service (id, unit_id, facts)
      select each ->> 'id', each ->> 'unitId', each - '{id,subject}'::text[] from jsonb_array_elements($1::jsonb) each
      on conflict (id) do update set unit_id = excluded.unit_id, facts = excluded.facts, closed = false`,
    close: 'update service set closed = true where not closed and (id = any ($1)) = $2',
    order: orderOf('service', 'id'),
  },
  {
    part: 'desk',
    write: `insert into desk (slug, room_id, unit_id, facts)
      select each ->> 'slug', each ->> 'roomId', each ->> 'unitId', each - '{slug,subject}'::text[] from jsonb_array_elements($1::jsonb) each
      on conflict on constraint desk_slug_once do update set room_id = excluded.room_id, unit_id = excluded.unit_id, facts = excluded.facts, closed = false`,
    close: 'update desk set closed = true where not closed and (slug = any ($1)) = $2',
    order: orderOf('desk', 'slug'),
  },
]

function orderOf(table: string, key: string): string {
  return `update ${table} set facts = jsonb_set(facts, '{order}', to_jsonb(place - 1)) from unnest($1::text[]) with ordinality given (subject, place)
    where ${key} = subject and (facts ->> 'order')::bigint is distinct from place - 1`
}

function closeFacts(table: string): string {
  return `update ${table} set facts = facts || '{"closed": true}' where not facts ? 'closed' and (id = any ($1)) = $2`
}

const offers = `insert into desk_service (desk_id, service_id)
  select desk.id, named.id from jsonb_array_elements($1::jsonb) each, jsonb_array_elements_text(each -> 'services') named (id), desk where desk.slug = each ->> 'slug'`
