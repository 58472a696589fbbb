/**
 * What all screens of a building fetch after a call is read and made once, and given to all.
 *
 * A text stays right until the next hint for its building. Whoever asks while it is being made waits
 * for the same one; a hint meanwhile makes the next who asks make it anew. Nobody is given one from
 * before the hint that woke him, since the hint is counted before any screen hears it.
 */
import type { Context } from '../platform/context.js'

interface Entry<Value> {
  readonly version: number
  readonly day: string
  /** Machine time as performance.now(). */
  readonly madeAt: number
  readonly value: Promise<Value>
}

export interface Wanted {
  readonly key: string
  /** The office's day, or minute, whose state it is. */
  readonly day: string
  readonly hint?: string
}

/** A missed hint heals after so long; without hints of other processes nearly nothing is kept. */
const keptMs = 10_000
const keptWithoutHintsMs = 500
/** Buildings times languages times settings, with room; beyond, the oldest is made again. */
const entriesMax = 300
/** Hints remembered as met. */
const hintsMax = 500

export class Kept<Value> {
  readonly #entries = new Map<string, Entry<Value>>()
  readonly #versions = new Map<string, number>()
  readonly #hints = new Set<string>()
  readonly #stops: (() => void)[] = []
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
    for (const topic of ['clock', 'directory']) this.#stops.push(context.changes.subscribe(topic, () => this.#entries.clear()))
  }

  /**
   * The value under `key` as it is now; `day` is part of what it is made of. `hint` is what woke the
   * one who asks, of whichever process: nothing is given that was made before it was first met here.
   */
  async get(buildingId: string, { key, day, hint = '' }: Wanted, make: () => Promise<Value>): Promise<Value> {
    if (hint !== '' && !this.#hints.has(hint)) this.#meet(buildingId, hint)
    const version = this.#versionOf(buildingId)
    const at = performance.now()
    const kept = this.#entries.get(key)
    const age = this.#context.changes.connected() ? keptMs : keptWithoutHintsMs
    if (kept !== undefined && kept.version === version && kept.day === day && at - kept.madeAt < age) return kept.value
    const value = make()
    const entry = { version, day, madeAt: at, value }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > entriesMax && oldest !== undefined) this.#entries.delete(oldest)
    // What could not be made is asked for again by the next.
    value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
    })
    return value
  }

  #meet(buildingId: string, hint: string): void {
    this.#versions.set(buildingId, this.#versionOf(buildingId) + 1)
    this.#hints.add(hint)
    const [oldest] = this.#hints
    if (this.#hints.size > hintsMax && oldest !== undefined) this.#hints.delete(oldest)
  }

  /** Stops listening. */
  close(): void {
    for (const stop of this.#stops) stop()
  }

  /** Grows with each hint for the building. */
  #versionOf(buildingId: string): number {
    const version = this.#versions.get(buildingId)
    if (version !== undefined) return version
    this.#versions.set(buildingId, 0)
    this.#stops.push(
      this.#context.changes.subscribe(`queue:${buildingId}`, () => {
        this.#versions.set(buildingId, (this.#versions.get(buildingId) ?? 0) + 1)
      }),
    )
    return 0
  }
}
