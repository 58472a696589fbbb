/**
 * How often something may be asked, by a key: a bucket that fills again evenly. In the memory of one
 * process, which is enough against bursts; what must hold across processes is a constraint.
 */

export interface Rate {
  /** So many at once. */
  readonly burst: number
  /** So many more each minute. */
  readonly perMinute: number
}

/** Keys remembered at most: beyond, those whose buckets are full again are forgotten, then the oldest. */
const keysMax = 50_000

interface Bucket {
  left: number
  at: number
}

/** Seconds until a key may ask again, 0 when it may now and is counted. `nowMs` never goes back. */
export type Limiter = (key: string, nowMs: number) => number

export function limiter({ burst, perMinute }: Rate, most = keysMax): Limiter {
  const buckets = new Map<string, Bucket>()
  const perMs = perMinute / 60_000
  return (key, nowMs) => {
    const bucket = buckets.get(key)
    const left = bucket === undefined ? burst : Math.min(burst, bucket.left + (nowMs - bucket.at) * perMs)
    if (bucket === undefined && buckets.size >= most) forget(buckets, burst, perMs, nowMs, most)
    if (left < 1) {
      buckets.set(key, { left, at: nowMs })
      return Math.max(1, Math.ceil((1 - left) / perMs / 1_000))
    }
    buckets.set(key, { left: left - 1, at: nowMs })
    return 0
  }
}

function forget(buckets: Map<string, Bucket>, burst: number, perMs: number, nowMs: number, most: number): void {
  for (const [key, { left, at }] of buckets) if (left + (nowMs - at) * perMs >= burst) buckets.delete(key)
  for (const key of buckets.keys()) {
    if (buckets.size < most * 0.9) return
    buckets.delete(key)
  }
}
