/**
 * The waiting room's screen: the number just called, large; rows of the others; the office's clock.
 * Number, arrow, desk, always in this order and place. Nothing personal can stand here.
 */
import type { JSX } from 'preact'
import { assetUrl, Button, DisplayPage, LiveRegion, useWords, type Shell } from '../../ui/index.js'
import type { Translate } from '../../platform/words.js'
import type { Building } from '../../directory/index.js'
import type { Board, BoardRow, DisplaySettings } from '../model.js'
import { settingsQuery, volumesText } from '../settings.js'

export interface BoardOptions {
  readonly board: Board
  readonly settings: DisplaySettings
}

export interface BoardPageOptions extends BoardOptions {
  readonly shell: Shell
  readonly building: Building
  /** "7:20" on the office's wall, and the same moment in milliseconds for the script that moves it on. */
  readonly clock: { readonly text: string; readonly milliseconds: number }
  /** A paired device: it shows what it is set to, and tells what its own clock says. */
  readonly paired: boolean
}

/** The letters of Polish and their like, bold. */
const boldLetters = 'fonts/atkinson-hyperlegible-next-latin-ext-700-normal.woff2'

export function BoardPage({ shell, building, clock, paired, ...options }: BoardPageOptions): JSX.Element {
  const { t } = shell
  const { settings } = options
  const address = `/ekran/${paired ? 'urzadzenie' : encodeURIComponent(building.id)}`
  const lost = t('display.lost')
  const speaks = settings.voices.length > 0
  return (
    <DisplayPage
      shell={shell}
      title={t('display.title', { building: building.name })}
      scripts={['live.js', 'display.js', ...(speaks ? ['announce.js'] : []), ...(paired ? ['clock.js'] : [])]}
      refreshSeconds={10}
    >
      {/* When the sentence about a lost connection is needed its letters can no longer be fetched. */}
      <link rel="preload" as="font" type="font/woff2" crossorigin="anonymous" href={assetUrl(boldLetters)} />
      <link rel="stylesheet" href={sizesAddress(settings)} />
      <h1>{t('display.title', { building: building.name })}</h1>
      <LiveRegion
        id="numery"
        source={`${address}/stan${settingsQuery(settings)}`}
        events={`${address}/na-zywo`}
        staleAfterSeconds={20}
        classes={`okienko-board okienko-board--${settings.layout}`}
        texts={{ live: '', stale: lost, offline: lost }}
      >
        <BoardFragment {...options} />
      </LiveRegion>
      <div class="okienko-display__foot">
        <span>{t('display.listen')}</span>
        {speaks && <Sound settings={settings} />}
        <span>
          {t('display.clock')} <time data-office-clock={String(clock.milliseconds)}>{clock.text}</time>
        </span>
      </div>
    </DisplayPage>
  )
}

/** A screen whose address has a mistake shows no numbers: the wrong ones would be believed. */
export function BadAddressPage({ shell, building }: { shell: Shell; building: Building }): JSX.Element {
  const { t } = shell
  return (
    <DisplayPage shell={shell} title={t('display.title', { building: building.name })}>
      <h1>{t('display.title', { building: building.name })}</h1>
      <p class="okienko-display__none">{t('display.bad-address')}</p>
    </DisplayPage>
  )
}

/** What the screen fetches at each hint. */
export function BoardFragment({ board, settings }: BoardOptions): JSX.Element {
  const t = useWords()
  return (
    <>
      {board.call === null ? (
        board.layout === 'corridor' && board.rows.length > 0 ? null : (
          <p class="okienko-display__none">{noneText(t, board, settings)}</p>
        )
      ) : (
        <p
          class={`okienko-display__call${board.far ? ' okienko-display__call--far' : ''}`}
          data-call={board.call.state === 'called' ? board.call.id : undefined}
          aria-live="assertive"
        >
          <Cells row={board.call} />
        </p>
      )}
      {board.rows.length > 0 && (
        <ul
          class={`okienko-display__rows okienko-display__rows--${board.columns}${board.far ? ' okienko-display__rows--far' : ''}`}
          aria-label={t('display.rows')}
        >
          {board.rows.map((row) => (
            <li data-call={row.state === 'called' ? row.id : undefined}>
              <Cells row={row} />
            </li>
          ))}
        </ul>
      )}
      {board.announcements.length > 0 && <span hidden data-announce={JSON.stringify(board.announcements)} />}
    </>
  )
}

function noneText(t: Translate, { layout }: Board, { desk }: DisplaySettings): string {
  if (layout !== 'desk') return t('display.nobody-called')
  return t('display.desk-waits', { desk: desk?.split('/').at(-1) ?? '' })
}

/** Shown by its script alone: without one nothing is heard. */
function Sound({ settings }: { settings: DisplaySettings }): JSX.Element {
  const t = useWords()
  const say = (name: string): string => JSON.stringify(settings.voices.map((language) => [`${language}/${name}`]))
  return (
    <span class="okienko-display__sound" data-voice={assetUrl('audio/')} data-volumes={volumesText(settings.volumes)}>
      <span data-voice-off="" hidden>
        <span role="status">{t('display.sound-off')}</span>{' '}
        <Button type="button" kind="inverse" id="glos-wlacz">
          {t('display.sound-on')}
        </Button>
      </span>
      {settings.again && (
        <span data-voice-again="" data-nobody={say('nobody')} data-lost={say('lost')} hidden>
          <Button type="button" kind="inverse" id="glos-powtorz">
            {t('display.again')}
          </Button>
        </span>
      )}
    </span>
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

function sizesAddress({ layout, metres, panelMm }: DisplaySettings): string {
  const seen = new URLSearchParams({
    metry: String(metres),
    wysokosc: String(panelMm),
    ...(layout === 'corridor' ? { uklad: 'korytarz' } : {}),
  })
  return `/ekran/wymiary.css?${seen.toString()}`
}
