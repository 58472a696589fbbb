/** What a draft would change in the example office, with ten thousand visits booked: read whole and compared. */
import type pg from 'pg'
import { dryRunOfActs, reviewVisits } from '../src/administration/index.js'
import { bookFrom } from '../src/regulation/index.js'
import { lesznoFile } from '../tests/support/office.js'
import { lesznoActs } from '../tests/support/rules.js'
import { benchNow } from './booking-office.js'
import { median, type Figures } from './harness.js'
import { openBenchOffice } from './office.js'

const visits = 10_000
const rounds = 5

/** `dry_run_10k_ms`: a draft that shortens Mondays for sixty days, at most 2,000; how many visits it touches besides. `review_10k_ms`: one look for visits that do not fit any more. */
export async function dryRunBench(server: pg.ClientConfig): Promise<Figures> {
  const office = await openBenchOffice(server, 'dry_run', {
    office: lesznoFile((file: { settings: Record<string, number> }) => {
      file.settings['booking-horizon-days'] = 60
    }),
    acts: lesznoActs(),
    now: benchNow,
    poolSize: 4,
    fill: async ({ pool }) => {
      // Each desk with a matter, each working day, each quarter of an hour, until there are enough.
      await pool.query(
        `with wanted as (
           select desk.id as desk_id, desk.room_id, room.building_id, matter.service_id, at
           from desk join room on room.id = desk.room_id
           join lateral (select service_id from desk_service where desk_id = desk.id order by service_id limit 1) matter on true
           cross join generate_series(timestamptz '2020-06-01 05:30+00', timestamptz '2020-07-30 13:00+00', interval '15 minutes') at
           where extract(isodow from at) < 6 and at::time between '05:30' and '13:00'
           order by at, desk.id limit $1
         ), made as (
           insert into visit (reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day, persons, counted, created_at, erase_on)
           select 'D' || row_number() over (order by at, desk_id), 'booked', 'booked', service_id, building_id, room_id, 'phone', at,
             at + interval '15 minutes', at::date, 1, 1, $2, at::date + 14 from wanted
           returning id, reference
         )
         insert into place (visit_id, desk_id, during)
         select made.id, desk_id, tstzrange(at, at + interval '15 minutes')
         from made join (select *, 'D' || row_number() over (order by at, desk_id) as reference from wanted) wanted using (reference)`,
        [visits, benchNow],
      )
      await pool.query('vacuum analyze visit, place')
    },
  })
  try {
    const mondays = {
      id: 'mondays',
      reference: '§ 1',
      kind: 'hours',
      parameters: { intervals: [{ from: '07:30', to: '13:00' }] },
      scope: { weekday: [1] },
    }
    const act = { id: 'X/1/2020', number: 'X/1/2020', title: 'bench', issuer: 'bench', rank: 'ordinance', from: '2020-06-01' } as const
    const took: number[] = []
    let touched = 0
    for (let round = 0; round < rounds; round += 1) {
      // A book of its own each time: what is remembered of a draft is not measured.
      const draft = bookFrom({ acts: [{ ...act, provisions: [mondays] }] }, benchNow)
      const began = performance.now()
      const found = await dryRunOfActs(office.context, draft, benchNow)
      took.push(performance.now() - began)
      touched = found.touched.length
    }
    if (touched === 0) throw new Error('the draft touches nothing')
    // The first look opens an item for what was put in beside a grid of the matter; those after it find nothing new.
    const first = await reviewVisits(office.context, benchNow)
    const looked: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now()
      const { opened } = await reviewVisits(office.context, benchNow)
      looked.push(performance.now() - began)
      if (opened > 0) throw new Error('a visit was put on the review list twice')
    }
    return { dry_run_10k_ms: median(took), dry_run_touched: touched, review_10k_ms: median(looked), review_opened: first.opened }
  } finally {
    await office.close()
  }
}
