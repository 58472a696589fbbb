/**
 * The frame of the kiosk's screens: the question on top, below it on every screen help at the left,
 * the way back, the look of the screen and the end. All of it is links and buttons in reading order,
 * so that a keypad with five keys reaches it as a finger does.
 */
import type { ComponentChildren, JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { assetUrl, classes, inLanguage, KioskPage, type Shell } from '../../ui/index.js'
import { askAfterSeconds, clearAfterSeconds, viewKeys, type View } from '../model.js'

/** Clears all that was kept of the person; the start is Polish again. */
export const endAddress = '/kiosk/koniec?lang=pl'

export interface Frame {
  readonly shell: Shell
  readonly view: View
}

export interface ScreenOptions extends Frame {
  readonly title: string
  readonly back?: string | undefined
  readonly errors?: readonly FieldError[] | undefined
  readonly scripts?: readonly string[] | undefined
  /** The start as everybody finds it: nothing to clear. */
  readonly untouched?: boolean | undefined
  /** Where the look of the screen leads back to; the page itself unless it answers a form. */
  readonly here?: string | undefined
  readonly children: ComponentChildren
}

export function Screen(options: ScreenOptions): JSX.Element {
  const { shell, view, title, back, errors, untouched, children } = options
  return (
    <KioskPage
      shell={shell}
      title={title}
      errors={errors}
      scripts={['kiosk.js', 'speech.js', 'clock.js', ...(options.scripts ?? [])]}
      classes={classes(...viewKeys.map((key) => view[key] && `okienko-kiosk--${key}`))}
      refreshSeconds={untouched ? undefined : askAfterSeconds + clearAfterSeconds}
      refreshTo={endAddress}
      foot={<Foot shell={shell} view={view} back={back} untouched={untouched} here={options.here ?? shell.path} />}
    >
      <h1 class="okienko-kiosk__title">{title}</h1>
      {children}
      <Speech shell={shell} on={view.spoken} />
      <NoNetwork shell={shell} />
      {!untouched && <MoreTime shell={shell} />}
    </KioskPage>
  )
}

function Foot({
  shell,
  view,
  back,
  untouched,
  here,
}: Frame & { back: string | undefined; untouched: boolean | undefined; here: string }): JSX.Element {
  const { t } = shell
  return (
    <nav class="okienko-kiosk__keys" aria-label={t('kiosk.keys')}>
      <a class="okienko-kiosk__key okienko-kiosk__key--help" href="/kiosk/pomoc" data-key="help">
        {t('kiosk.help')}
      </a>
      {back !== undefined && (
        <a class="okienko-kiosk__key" href={back}>
          {t('kiosk.back')}
        </a>
      )}
      <form method="post" action="/kiosk/widok" class="okienko-kiosk__view">
        <input type="hidden" name="powrot" value={here} />
        {viewKeys.map((key) => (
          // Without a script nothing could be heard: it shows the key.
          <button
            class="okienko-kiosk__key"
            name="co"
            value={key}
            aria-pressed={view[key] ? 'true' : 'false'}
            data-speech-key={key === 'spoken' ? '' : undefined}
            hidden={key === 'spoken'}
          >
            {t(`kiosk.view.${key}`)}
          </button>
        ))}
        {view.spoken && (
          <button type="button" class="okienko-kiosk__key" data-speech-volume="" hidden>
            {t('kiosk.speech.volume')}
          </button>
        )}
      </form>
      {!untouched && (
        <a class="okienko-kiosk__key" href={endAddress}>
          {t('kiosk.end')}
        </a>
      )}
    </nav>
  )
}

/** What browser/speech.ts needs to read the screen aloud, and the sentences that stand on none. */
function Speech({ shell, on }: { shell: Shell; on: boolean }): JSX.Element {
  const { t } = shell
  return (
    <div
      data-speech={inLanguage('/kiosk/mowa', shell.language)}
      data-speech-on={on ? 'yes' : 'no'}
      data-speech-audio={assetUrl('audio/')}
      data-speech-how={t('kiosk.speech.how')}
      data-speech-on-screen={t('kiosk.speech.on-screen')}
      data-speech-chosen={t('kiosk.speech.chosen')}
      hidden
    />
  )
}

/** Shown by browser/kiosk.ts while the server is away. It points to a person and invents nothing. */
function NoNetwork({ shell }: { shell: Shell }): JSX.Element {
  const { t } = shell
  return (
    <div class="okienko-kiosk__over" data-kiosk-lost="" role="alert" hidden>
      <p class="okienko-kiosk__title">{t('kiosk.lost')}</p>
      <p class="okienko-kiosk__text">{t('kiosk.lost.what')}</p>
    </div>
  )
}

/** Asked by browser/kiosk.ts when nobody has touched the screen for a while. */
function MoreTime({ shell }: { shell: Shell }): JSX.Element {
  const { t } = shell
  return (
    <dialog
      class="okienko-kiosk__ask"
      role="alertdialog"
      aria-labelledby="wiecej-czasu"
      data-kiosk-ask={String(askAfterSeconds)}
      data-kiosk-clear={String(clearAfterSeconds)}
      data-kiosk-end={endAddress}
    >
      <p class="okienko-kiosk__title" id="wiecej-czasu">
        {t('kiosk.more-time')}
      </p>
      <p class="okienko-kiosk__text">{t('kiosk.more-time.what', { seconds: clearAfterSeconds })}</p>
      <form method="dialog" class="okienko-kiosk__choices">
        <button class="okienko-kiosk__choice" data-kiosk-stay="">
          {t('kiosk.more-time.yes')}
        </button>
        <a class="okienko-kiosk__choice" href={endAddress}>
          {t('kiosk.end')}
        </a>
      </form>
    </dialog>
  )
}

/** Large choices, one under another or side by side. */
export function Choices({ choices }: { choices: readonly { readonly href: string; readonly text: ComponentChildren }[] }): JSX.Element {
  return (
    <ul class="okienko-kiosk__choices">
      {choices.map(({ href, text }) => (
        <li>
          <a class="okienko-kiosk__choice" href={href}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  )
}
