/** The camera of the device as a scanner: browser/door-camera.ts opens it, reads codes and types them into the field. */
import type { JSX } from 'preact'
import { useWords } from '../../ui/index.js'

export function Camera(): JSX.Element {
  const t = useWords()
  const w = (key: string): string => t(`entrance-offline-staff.camera.${key}`)
  return (
    <div class="okienko-camera" data-camera="" hidden>
      <div class="govuk-button-group">
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          data-camera-open=""
          aria-expanded="false"
          data-close={w('close')}
        >
          {w('open')}
        </button>
        <button type="button" class="govuk-button govuk-button--secondary" data-camera-torch="" aria-pressed="false" hidden>
          {w('torch')}
        </button>
      </div>
      <p
        class="govuk-body"
        role="status"
        data-camera-said=""
        data-looking={w('looking')}
        data-denied={w('denied')}
        data-none={w('none')}
        data-busy={w('busy')}
      />
      <video class="okienko-camera__picture" playsinline muted hidden />
    </div>
  )
}
