/**
 * How many visits advice spared: one more by day, matter and way when somebody says they will do
 * without. Sums only; nothing is kept of who pressed or when in the day.
 */
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import type { Directory, Service } from '../directory/index.js'
import type { RemoteChannelName } from '../regulation/index.js'

/** Days staff are shown, today among them. */
export const countedDays = 30

export interface AdviceCount {
  readonly serviceId: string
  readonly way: RemoteChannelName
  readonly count: number
}

/** Adds one for the matter and the way today, by the office's clock; presses at once all count. */
export async function countSpared(context: Context, serviceId: string, way: RemoteChannelName): Promise<void> {
  await context.database.pool.query(
    `insert into advice_count (day, service_id, way, count) values ($1, $2, $3, 1)
     on conflict (day, service_id, way) do update set count = advice_count.count + 1`,
    [officeDay(context.clock.now()), serviceId, way],
  )
}

export interface CountedPeriod {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

/** Sums by matter and way from the first day to the last, both included, in the order of their names. */
export async function sparedVisits(context: Context, { from, to }: CountedPeriod): Promise<readonly AdviceCount[]> {
  const { rows } = await context.database.pool.query<{ service_id: string; way: RemoteChannelName; count: number }>(
    `select service_id, way, sum(count)::int as count from advice_count where day between $1 and $2
     group by service_id, way order by service_id, way`,
    [from, to],
  )
  return rows.map((row) => ({ serviceId: row.service_id, way: row.way, count: row.count }))
}

/** The last days that staff are shown. */
export function lastDays(now: Temporal.Instant): CountedPeriod {
  const today = officeDay(now)
  return { from: today.subtract({ days: countedDays - 1 }), to: today }
}

export interface SparedMatter {
  readonly service: Service
  readonly ways: ReadonlyMap<RemoteChannelName, number>
  /** Without leaving papers at the office, which is a walk all the same. */
  readonly spared: number
}

/** Sums of each matter of these units (null is all), the most spared first. Pure. */
export function byMatter(directory: Directory, counts: readonly AdviceCount[], units: readonly string[] | null): readonly SparedMatter[] {
  return [...Map.groupBy(counts, (each) => each.serviceId)]
    .flatMap(([serviceId, own]): SparedMatter[] => {
      const service = directory.services.get(serviceId)
      if (service === undefined || (units !== null && !units.includes(service.unitId))) return []
      const spared = own.reduce((sum, { way, count }) => (way === 'drop-off' ? sum : sum + count), 0)
      return [{ service, ways: new Map(own.map(({ way, count }) => [way, count])), spared }]
    })
    .toSorted((a, b) => b.spared - a.spared)
}
