/** What the demonstration says when its clock was not moved, with the way back to where that was asked. */
import type { JSX } from 'preact'
import { CitizenPage, type Shell } from '../ui/index.js'

export type WhyNotMoved = 'forward-only' | 'too-far' | 'unreadable' | 'no-visit'

export function NotMoved({ shell, why, back }: { shell: Shell; why: WhyNotMoved; back: string }): JSX.Element {
  const { t } = shell
  const title = t(`demonstration.not-moved.${why}`)
  // The bar of this page leads where the pressed one would have led.
  return (
    <CitizenPage shell={{ ...shell, path: back }} title={title}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('demonstration.not-moved.hint')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={back}>
          {t('demonstration.not-moved.back')}
        </a>
      </p>
    </CitizenPage>
  )
}
