/**
 * The waiting room's screen: the number just called, large; rows of the others; the office's clock.
 * Number, arrow, desk, always in this order and place. Nothing personal can stand here.
 */
import type { JSX } from 'preact'
import { assetUrl, DisplayPage, LiveRegion, useWords, type Shell } from '../../ui/index.js'
import type { Translate } from '../../platform/words.js'
import type { Building } from '../../directory/index.js'
import type { Board, BoardRow } from '../model.js'

export interface BoardOptions {
  readonly board: Board
  /** "7:20" on the office's wall, and the same moment in milliseconds for the script that moves it on. */
  readonly clock: { readonly text: string; readonly milliseconds: number }
}

/** The letters of Polish and their like, bold. */
const boldLetters = 'fonts/atkinson-hyperlegible-next-latin-ext-700-normal.woff2'

export function BoardPage({ shell, building, ...options }: BoardOptions & { shell: Shell; building: Building }): JSX.Element {
  const { t } = shell
  const address = `/ekran/${encodeURIComponent(building.id)}`
  const lost = t('display.lost')
  return (
    <DisplayPage
      shell={shell}
      title={t('display.title', { building: building.name })}
      scripts={['live.js', 'display.js']}
      refreshSeconds={10}
    >
      {/* When the sentence about a lost connection is needed its letters can no longer be fetched. */}
      <link rel="preload" as="font" type="font/woff2" crossorigin="anonymous" href={assetUrl(boldLetters)} />
      <h1>{t('display.title', { building: building.name })}</h1>
      <LiveRegion
        id="numery"
        source={`${address}/stan`}
        events={`${address}/na-zywo`}
        staleAfterSeconds={20}
        classes="okienko-board"
        texts={{ live: '', stale: lost, offline: lost }}
      >
        <BoardFragment {...options} />
      </LiveRegion>
    </DisplayPage>
  )
}

/** What the screen fetches at each hint. */
export function BoardFragment({ board, clock }: BoardOptions): JSX.Element {
  const t = useWords()
  return (
    <>
      {board.call === null ? (
        <p class="okienko-display__none">{t('display.nobody-called')}</p>
      ) : (
        <p class="okienko-display__call" data-call={board.call.id} aria-live="assertive">
          <Cells row={board.call} />
        </p>
      )}
      {board.rows.length > 0 && (
        <ul class={`okienko-display__rows okienko-display__rows--${board.columns}`} aria-label={t('display.rows')}>
          {board.rows.map((row) => (
            <li>
              <Cells row={row} />
            </li>
          ))}
        </ul>
      )}
      <p class="okienko-display__foot">
        <span>{t('display.listen')}</span>
        <span>
          {t('display.clock')} <time data-office-clock={String(clock.milliseconds)}>{clock.text}</time>
        </span>
      </p>
    </>
  )
}

function Cells({ row }: { row: BoardRow }): JSX.Element {
  const t = useWords()
  return (
    <>
      <span class="okienko-display__number">{row.number}</span> <Arrow />{' '}
      <span class="okienko-display__desk">
        {row.room !== null && (
          <span class={`okienko-display__room${isNumber(row.room) ? '' : ' okienko-display__room--name'}`}>{roomText(t, row.room)}</span>
        )}{' '}
        <span class="okienko-display__room">{t('display.desk', { desk: row.desk })}</span>
      </span>
    </>
  )
}

/** Drawn, since the font has no arrow. */
function Arrow(): JSX.Element {
  return (
    <svg class="okienko-display__arrow" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M2 10h13V4l8 8-8 8v-6H2z" fill="currentColor" />
    </svg>
  )
}

/** Some rooms have a number on the door, others only a name. */
function isNumber(room: string): boolean {
  return /^\d/.test(room)
}

function roomText(t: Translate, room: string): string {
  return isNumber(room) ? t('display.room', { room }) : room
}
