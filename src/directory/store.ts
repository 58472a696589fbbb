/**
 * All SQL of the directory: reading the office whole, and writing an office file over it.
 *
 * Writing updates what is there and adds what is new; units, desks and services the file no longer
 * names are closed, never deleted, since visits, accounts and acts name them.
 */
import type { Queryable } from '../platform/database.js'
import type { OfficeFile } from './file.js'
import type { DirectoryRows, OfficeFacts } from './rules.js'

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
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'slug', slug, 'facts', facts - 'order', 'closed', closed)), '[]') from desk) as desks,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'facts', facts - 'order', 'closed', closed) order by (facts ->> 'order')::int, id), '[]') from service) as services`,
  )
  const [row] = rows
  return row === undefined || row.office === null ? null : { ...row, office: row.office }
}

/** Writes the whole file; the caller holds the transaction. */
export async function writeOffice(client: Queryable, file: OfficeFile, at: Temporal.Instant, demonstration: boolean): Promise<void> {
  const { office, contacts, payments, privacy, accessibility, settings, queueGroups, lifeEvents, hours, holidays, elsewhere } = file
  const facts: OfficeFacts = {
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
  }
  await client.query(
    `insert into office (slug, facts, imported_at, demonstration) values ($1, $2, $3, $4)
     on conflict (one) do update set slug = excluded.slug, facts = excluded.facts, imported_at = excluded.imported_at, demonstration = excluded.demonstration`,
    [office.id, JSON.stringify(facts), at, demonstration],
  )
  await write(
    client,
    `insert into building (id, facts) select each ->> 'id', each - 'id' from jsonb_array_elements($1::jsonb) each
    on conflict (id) do update set facts = excluded.facts`,
    file.buildings,
  )
  await write(
    client,
    `insert into room (id, building_id, facts) select each ->> 'id', each ->> 'buildingId', each - 'id' from jsonb_array_elements($1::jsonb) each
    on conflict (id) do update set building_id = excluded.building_id, facts = excluded.facts`,
    file.rooms,
  )
  await write(
    client,
    `insert into unit (id, parent_id, building_id, room_id, facts)
    select each ->> 'id', each ->> 'parentId', each ->> 'buildingId', each ->> 'roomId', each - 'id' from jsonb_array_elements($1::jsonb) each
    on conflict (id) do update set parent_id = excluded.parent_id, building_id = excluded.building_id, room_id = excluded.room_id, facts = excluded.facts`,
    file.units,
  )
  await write(
    client,
    `insert into service (id, unit_id, facts) select each ->> 'id', each ->> 'unitId', each - 'id' from jsonb_array_elements($1::jsonb) each
    on conflict (id) do update set unit_id = excluded.unit_id, facts = excluded.facts, closed = false`,
    file.services,
  )
  await write(
    client,
    `insert into desk (slug, room_id, unit_id, facts) select each ->> 'slug', each ->> 'roomId', each ->> 'unitId', each - 'slug' from jsonb_array_elements($1::jsonb) each
    on conflict on constraint desk_slug_once do update set room_id = excluded.room_id, unit_id = excluded.unit_id, facts = excluded.facts, closed = false`,
    file.desks,
  )
  await client.query('update service set closed = true where not closed and id <> all($1)', [file.services.map((service) => service.id)])
  await client.query('update desk set closed = true where not closed and slug <> all($1)', [file.desks.map((desk) => desk.slug)])
  await client.query('delete from desk_service')
  await write(
    client,
    `insert into desk_service (desk_id, service_id)
    select desk.id, named.id from jsonb_array_elements($1::jsonb) each, jsonb_array_elements_text(each -> 'services') named (id), desk where desk.slug = each ->> 'slug'`,
    file.desks,
  )
  await client.query(`update unit set facts = facts || '{"closed": true}' where id <> all($1)`, [file.units.map((unit) => unit.id)])
  // A desk that has shifts keeps them: they are the heads' to change once the office runs.
  await write(
    client,
    `insert into shift (desk_id, weekdays, from_day, until_day, starts_minute, ends_minute, overflow)
    select desk.id, array(select jsonb_array_elements_text(each -> 'weekdays')::smallint), (each ->> 'from')::date, (each ->> 'until')::date,
      (each ->> 'startsMinute')::smallint, (each ->> 'endsMinute')::smallint,
      coalesce(each -> 'overflow', '[]')
    from jsonb_array_elements($1::jsonb) each, jsonb_array_elements_text(each -> 'desks') named (slug), desk
    where desk.slug = named.slug and not exists (select from shift where shift.desk_id = desk.id)`,
    file.shifts,
  )
}

async function write(client: Queryable, text: string, entries: readonly object[]): Promise<void> {
  // The order of the file is the order of lists on pages.
  await client.query(text, [JSON.stringify(entries.map((entry, order) => ({ ...entry, order })))])
}
