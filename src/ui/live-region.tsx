/**
 * A part of a page that keeps itself up to date: browser/live.ts listens to `events`, fetches
 * `source` at each hint and puts the answer in place, keeping focus and scroll. Without script a
 * page says how to refresh, or sends itself again (`refreshSeconds`).
 */
import type { ComponentChildren, JSX } from 'preact'
import { useWords } from './words-context.js'

export interface LiveRegionOptions {
  readonly id: string
  /** Address of the fragment: the whole content of the region, made by `sendFragment`. */
  readonly source: string
  /** Address of the event stream. */
  readonly events: string
  /** Seconds without any sign of life after which the region says that it is stale. */
  readonly staleAfterSeconds?: number | undefined
  readonly classes?: string | undefined
  /** Announce changes politely; leave out where the region holds a sentence that does so itself. */
  readonly announce?: boolean | undefined
  /** Sentences of its own for the states of the connection. */
  readonly texts?: Partial<Record<'live' | 'reconnecting' | 'stale' | 'offline', string>> | undefined
  readonly children: ComponentChildren
}

/** The connection's state is shown by an element with `data-live-state`, which stands first in the region's frame. */
export function LiveRegion(options: LiveRegionOptions): JSX.Element {
  const t = useWords()
  return (
    <div
      class={options.classes}
      data-live={options.id}
      data-live-source={options.source}
      data-live-events={options.events}
      data-live-stale={String(options.staleAfterSeconds ?? 20)}
      data-live-text-live={options.texts?.live ?? t('ui.live.live')}
      data-live-text-reconnecting={options.texts?.reconnecting ?? t('ui.live.reconnecting')}
      data-live-text-stale={options.texts?.stale ?? t('ui.live.stale')}
      data-live-text-offline={options.texts?.offline ?? t('ui.live.offline')}
    >
      <p class="okienko-live-state" data-live-state="" role="status" />
      <div id={options.id} aria-live={options.announce ? 'polite' : undefined} data-live-content="">
        {options.children}
      </div>
    </div>
  )
}
