/** The page a new device opens: it asks for the code the administrator is shown. */
import type { JSX } from 'preact'
import type { Refused } from '../../platform/decision.js'
import { Button, CitizenPage, DecisionNotice, decisionSentence, InsetText, TextInput, type Shell } from '../../ui/index.js'
import { startOfDevice } from '../rules.js'
import type { Device } from '../model.js'

export interface PairingView {
  /** Why the device was led here, or why its code was not taken. */
  readonly refusal: Refused | null
  /** What this browser is paired as now; null for none. */
  readonly device: Device | null
}

export function PairingPage({ shell, view }: { shell: Shell; view: PairingView }): JSX.Element {
  const { t } = shell
  const wrong = view.refusal !== null && view.refusal.code === 'pairing-code-wrong' ? view.refusal : null
  const errors = wrong === null ? [] : [{ field: 'kod', message: 'device.refused.pairing-code-wrong' }]
  return (
    <CitizenPage shell={shell} title={t('device.pairing')} errors={errors}>
      <h1 class="govuk-heading-l">{t('device.pairing')}</h1>
      {view.refusal !== null && wrong === null && <DecisionNotice decision={{ ...view.refusal, next: [] }} slice="device" />}
      {view.device !== null && (
        <InsetText>
          <p class="govuk-body">{t('device.paired-as', { name: t.polish(view.device.name) })}</p>
          <p class="govuk-body">
            <a class="govuk-link" href={startOfDevice(view.device)}>
              {t('device.to-work')}
            </a>
          </p>
        </InsetText>
      )}
      <p class="govuk-body">{t('device.pairing.what')}</p>
      <form method="post" action="/urzadzenie">
        <TextInput
          name="kod"
          label={t('device.code')}
          hint={t('device.code.hint')}
          error={wrong === null ? undefined : decisionSentence(t, 'device', wrong)}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          classes="govuk-input--width-10"
        />
        <Button>{t('device.pair')}</Button>
      </form>
    </CitizenPage>
  )
}
