/**
 * An office that is open around the clock, every day: the only kind in which visits span the hour
 * that is skipped or shown twice. In the database, and as the oracle is told of it.
 */
import { placesTopic } from '../../src/calendar/index.js'
import { importOffice } from '../../src/directory/index.js'
import type { Context } from '../../src/platform/context.js'
import { importActs } from '../../src/regulation/index.js'
import { smallFile } from '../support/small-office.js'
import { testDatabase } from '../support/office.js'
import type { OracleOffice, OracleTime } from './oracle.js'

const [openFrom, openTo] = [5, 1435]
const services = {
  short: { step: 5, length: 15, places: 1 },
  long: { step: 5, length: 40, places: 1 },
  two: { step: 5, length: 30, places: 2 },
}

export interface NightOffice {
  readonly context: Context
  readonly office: Omit<OracleOffice, 'visits' | 'service'> & { readonly services: Readonly<Record<string, OracleOffice['service']>> }
  /** Writes visits over the days, some over midnight and the change of the clock, and gives back what it wrote. */
  readonly addVisits: (first: string, last: string) => Promise<readonly OracleTime[]>
}

export async function nightOffice(): Promise<NightOffice> {
  const { context } = await testDatabase({ at: Temporal.Instant.from('2019-01-01T00:00:00Z') })
  const now = context.clock.now()
  const allWeek = [1, 2, 3, 4, 5, 6, 7]
  const file = { ...smallFile, shifts: smallFile.shifts.map((shift) => ({ ...shift, weekdays: allWeek, from: '2019-01-01' })) }
  await importOffice(context.database, file, { now, demonstration: true })
  const errors = await importActs(context.database, nightAct, now)
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  const { rows } = await context.database.pool.query<{ id: number; room_id: string }>('select id, room_id from desk order by slug')
  const desks = rows.map(({ id, room_id }) => ({ desk: id, room: room_id, unit: 'unit' }))
  const ids = desks.map(({ desk }) => desk)
  return {
    context,
    office: {
      desks,
      hours: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ unit: 'unit', weekday, from: openFrom, to: openTo })),
      shifts: ids.map((desk) => ({ desk, weekdays: [0, 1, 2, 3, 4, 5, 6], first: '2019-01-01', last: '2099-01-01', from: 0, to: 1440 })),
      absences: [],
      services: Object.fromEntries(Object.entries(services).map(([id, service]) => [id, { ...service, unit: 'unit', offeredAt: ids }])),
    },
    addVisits: (first, last) => addVisits(context, ids, first, last),
  }
}

const nightAct = {
  acts: [
    {
      id: 'N/1',
      number: 'N/1',
      title: 'w sprawie nocy',
      issuer: 'Urząd Próbny',
      rank: 'ordinance',
      signedOn: '2018-12-31',
      from: '2019-01-01',
      provisions: [
        { id: 'hours', reference: '§ 1', kind: 'hours', parameters: { intervals: [{ from: '00:05', to: '23:55' }] } },
        { id: 'one-per-desk', reference: '§ 2', kind: 'clients-per-desk', parameters: { limit: 1 } },
      ],
    },
  ],
}

const at = (time: number): string => new Date(time).toISOString()

async function addVisits(context: Context, desks: readonly number[], first: string, last: string): Promise<OracleTime[]> {
  const visits: OracleTime[] = []
  for (const desk of desks) {
    // Lengths and pauses of this desk: never the same pattern twice, some ending within a minute.
    let ms = Date.parse(`${first}T00:00:00Z`) - 2 * 3_600_000 + desk * 420_000
    for (let turn = 0; ms < Date.parse(`${last}T23:00:00Z`); turn++) {
      const length = (12 + ((turn * 7 + desk * 5) % 60)) * 60_000 + (turn % 5 === 0 ? 30_000 : 0)
      visits.push({ desk, fromMs: ms, toMs: ms + length })
      ms += length + (((turn * 11 + desk * 3) % 9) + 1) * 10 * 60_000
    }
  }
  await context.database.pool.query(
    `with made as (
       insert into visit (reference, state, kind, service_id, building_id, channel, starts_at, ends_at, day, persons, counted, created_at, erase_on)
       select $5 || n, 'booked', 'booked', 'short', 'hall', 'phone', f, t, (f at time zone 'Europe/Warsaw')::date, 1, 1, $6, '2099-01-01'
       from unnest($1::int[], $2::int[], $3::timestamptz[], $4::timestamptz[]) as each (n, desk, f, t)
       returning id, reference, starts_at, ends_at)
     insert into place (visit_id, desk_id, during)
     select made.id, each.desk, tstzrange(starts_at, ends_at) from made join unnest($1::int[], $2::int[]) as each (n, desk) on made.reference = $5 || each.n`,
    [
      visits.map((_, index) => index),
      visits.map(({ desk }) => desk),
      visits.map(({ fromMs }) => at(fromMs)),
      visits.map(({ toMs }) => at(toMs)),
      `N${first}-`,
      context.clock.now(),
    ] as unknown[],
  )
  for (let day = Temporal.PlainDate.from(first); day.toString() <= last; day = day.add({ days: 1 }))
    context.changes.publish(placesTopic(day))
  return visits
}
