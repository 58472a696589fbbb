/**
 * What every measurement needs: medians, rounds that alternate, and load over HTTP.
 *
 * Milliseconds swing threefold between runs on a shared machine, ratios far less: a thing and its
 * reference are measured in turn, in one process, and the figure is the ratio of their medians.
 */
import { Worker } from 'node:worker_threads'

/** A figure's name, as `availability_vs_floor`, and its value. */
export type Figures = Readonly<Record<string, number>>

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/**
 * Times each of the named works once a round, in turn; the first rounds only warm up. Answers the
 * milliseconds of each, round by round.
 */
export async function interleaved<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
  { rounds, warmUp = Math.ceil(rounds / 5) }: { readonly rounds: number; readonly warmUp?: number },
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = -warmUp; round < rounds; round++) {
    // Who goes first changes, so that nobody always finds the cache cold.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const begun = performance.now()
      const result = works[name]()
      if (result instanceof Promise) await result
      const took = performance.now() - begun
      if (round >= 0) times[name].push(took)
    }
  }
  return times
}

/** How often one takes what the other takes: the median of the ratios of each round. */
export function ratioOf(times: readonly number[], reference: readonly number[]): number {
  return median(times.map((time, round) => time / (reference[round] ?? Number.NaN)))
}

export interface HttpLoad {
  readonly host: string
  readonly port: number
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly connections?: number
  readonly seconds?: number
}

/** Answers a second over a few keep-alive connections, asked from a thread of its own; throws when one is not 200. */
export async function httpLoad(load: HttpLoad): Promise<number> {
  const worker = new Worker(new URL('http-load.js', import.meta.url), { workerData: load })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
