/**
 * An office for measuring bookings: as many desks, starts and past visits as asked, in a database
 * of its own, and the context the actions are given.
 */
import type pg from 'pg'
import type { OfficeFile } from '../src/directory/index.js'
import type { Context } from '../src/platform/context.js'
import { smallActs, smallFile } from '../tests/support/small-office.js'
import { openBenchOffice, type BenchOffice } from './office.js'

/** Connections of the measurements. */
export const connections = 16
/** The office's time during a measurement. */
export const benchNow = Temporal.Instant.from('2020-05-25T05:20:00Z')

/** Makes the database `name` on the server, with `desks` desks of one hall that all offer `short` (15 minutes). */
export function benchOffice(server: pg.ClientConfig, name: string, desks: number): Promise<BenchOffice> {
  return openBenchOffice(server, name, { office: officeFile(desks), acts: smallActs, now: benchNow, poolSize: connections })
}

function officeFile(desks: number): OfficeFile {
  const slugs = Array.from({ length: desks }, (_, index) => `hall/1/${index + 1}`)
  return {
    ...smallFile,
    settings: { ...smallFile.settings, 'booking-horizon-days': 60 },
    desks: slugs.map((slug, index) => ({ ...(smallFile.desks[0] as OfficeFile['desks'][number]), slug, label: String(index + 1) })),
    services: smallFile.services.map((service) => ({ ...service, stepMinutes: 15 })),
    shifts: [{ ...(smallFile.shifts[0] as OfficeFile['shifts'][number]), desks: slugs }],
  }
}

/** Starts of `short` on working days from tomorrow on, 32 a day. */
export function starts(days: number): Temporal.Instant[] {
  const found: Temporal.Instant[] = []
  for (let day = Temporal.PlainDate.from('2020-05-26'); found.length < days * 32; day = day.add({ days: 1 })) {
    if (day.dayOfWeek > 5) continue
    const first = day.toZonedDateTime({ timeZone: 'Europe/Warsaw', plainTime: '07:30' }).toInstant()
    for (let at = 0; at < 32; at += 1) found.push(first.add({ minutes: at * 15 }))
  }
  return found
}

/** Writes past visits with everything a served visit leaves behind, and lets the server tidy up after. */
export async function pastVisits(context: Context, count: number): Promise<void> {
  const { pool } = context.database
  await pool.query(
    `with past as (
       insert into visit (reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day, persons, counted,
         person_name, created_at, arrived_at, ended_at, ticket, erase_on)
       select 'P' || i, 'served', 'booked', 'short', 'hall', 'hall/1', 'web', at, at + interval '15 minutes', at::date, 1, 1,
         null, at - interval '5 days', at, at + interval '15 minutes', 'A' || i, at::date + 14
       from (select i, timestamptz '2020-05-20 06:00+00' - (i / 32) * interval '1 day' / 10 - (i % 32) * interval '15 minutes' as at from generate_series(1, ${count}) as i) as times
       returning id, starts_at, ends_at, day
     ), desks as (select array_agg(id order by id) as ids from desk), places as (
       insert into place (visit_id, desk_id, during, active) select past.id, desks.ids[1 + past.id % cardinality(desks.ids)], tstzrange(starts_at, ends_at), false from past, desks
     ), limits as (
       insert into visit_limit (visit_id, contact, ordinal, service_id, day, active)
       select id, decode(lpad(to_hex(id), 32, '0'), 'hex'), 1, 'short', day, false from past
     )
     insert into event (at, visit_id, kind, actor, channel) select ends_at, id, 'finished', 'system', 'web' from past`,
  )
  await pool.query('vacuum analyze')
}
