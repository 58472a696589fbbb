/** The first screen, help, and the two ways to check in. */
import type { JSX } from 'preact'
import { decisionSentence } from '../../ui/index.js'
import { phoneForReading } from '../../platform/words.js'
import type { Refused } from '../../platform/decision.js'
import { Choices, Screen, type Frame } from './screen.js'
import { digitKeys, referenceKeys, Typing } from './typing.js'

/** `untouched`: as everybody finds it; a chosen language or look is cleared after a while. */
export function StartScreen({ shell, view, untouched }: Frame & { untouched: boolean }): JSX.Element {
  const { t } = shell
  return (
    <Screen shell={shell} view={view} title={t('kiosk.start')} untouched={untouched} here="/kiosk">
      <Choices
        choices={[
          { href: '/kiosk/wizyta', text: t('kiosk.start.booked') },
          { href: '/kiosk/sprawy', text: t('kiosk.start.walk-in') },
        ]}
      />
      <form method="post" action="/kiosk/wizyta" class="okienko-kiosk__scan">
        <label class="okienko-kiosk__label" for="kod">
          {t('kiosk.scan')}
        </label>
        <input class="okienko-kiosk__field" id="kod" name="kod" inputMode="none" autocomplete="off" spellcheck={false} autofocus />
      </form>
    </Screen>
  )
}

export function HelpScreen({ shell, view, phone, back }: Frame & { phone: string; back: string }): JSX.Element {
  const { t } = shell
  return (
    <Screen shell={shell} view={view} title={t('kiosk.help.title')} back={back}>
      <p class="okienko-kiosk__text">{t('kiosk.help.person')}</p>
      <p class="okienko-kiosk__text">{t('kiosk.help.phone', { phone: phoneForReading(phone) })}</p>
    </Screen>
  )
}

export interface CodeView {
  readonly typed: string
  /** Key of the sentence that says what is wrong. */
  readonly error: string | null
}

export function CodeScreen({ shell, view, typed, error }: Frame & CodeView): JSX.Element {
  const { t } = shell
  const said = error === null ? undefined : t(error)
  return (
    <Screen shell={shell} view={view} title={t('kiosk.code')} back="/kiosk" here="/kiosk/wizyta">
      <Typing
        action="/kiosk/wizyta"
        name="kod"
        label={t('kiosk.code.label')}
        hint={t('kiosk.code.hint')}
        value={typed}
        error={said}
        keys={referenceKeys}
        lengthMax={8}
        button={t('kiosk.next')}
      />
      <Choices choices={[{ href: '/kiosk/zapomniane', text: t('kiosk.forgotten') }]} />
    </Screen>
  )
}

export function HourScreen({ shell, view, typed, error }: Frame & CodeView): JSX.Element {
  const { t } = shell
  return (
    <Screen shell={shell} view={view} title={t('kiosk.hour')} back="/kiosk/wizyta" here="/kiosk/zapomniane">
      <Typing
        action="/kiosk/zapomniane"
        name="godzina"
        label={t('kiosk.hour.label')}
        hint={t('kiosk.hour.hint')}
        value={typed}
        error={error === null ? undefined : t(error)}
        keys={digitKeys}
        lengthMax={4}
        numeric
        button={t('kiosk.next')}
      />
    </Screen>
  )
}

export function PhoneScreen({
  shell,
  view,
  typed,
  error,
  hour,
  refusal,
}: Frame & CodeView & { hour: string; refusal: Refused | null }): JSX.Element {
  const { t } = shell
  const said = refusal === null ? (error === null ? undefined : t(error)) : decisionSentence(t, 'kiosk', refusal)
  return (
    <Screen shell={shell} view={view} title={t('kiosk.phone')} back="/kiosk/zapomniane" here={`/kiosk/zapomniane/telefon?godzina=${hour}`}>
      <Typing
        action="/kiosk/zapomniane/telefon"
        name="telefon"
        label={t('kiosk.phone.label')}
        value={typed}
        error={said}
        keys={digitKeys}
        lengthMax={4}
        numeric
        hidden={{ godzina: hour }}
        button={t('kiosk.next')}
      />
    </Screen>
  )
}
