/** What the address in a QR code shows to anyone who reads it: nothing about the visit, and whether the pass still holds. */
import type { JSX } from 'preact'
import { Button, CitizenPage, InsetText, type Shell } from '../../ui/index.js'

/** A guard who read the code with a phone's camera: the doors where it can be checked. */
export interface CodeDoor {
  readonly token: string
  readonly buildings: readonly { readonly id: string; readonly name: string }[]
}

export interface CodePageOptions {
  readonly shell: Shell
  readonly door: CodeDoor | null
  /** The time an outdated pass was for, as its code says it; null while the pass holds. */
  readonly outdated: string | null
}

export function CodePage({ shell, door, outdated }: CodePageOptions): JSX.Element {
  const { t } = shell
  const title = t(outdated === null ? 'pass.code.title' : 'pass.code.outdated')
  return (
    <CitizenPage shell={shell} title={title}>
      <h1 class="govuk-heading-xl">{title}</h1>
      {outdated === null ? (
        <p class="govuk-body-l">{t('pass.code.what')}</p>
      ) : (
        <InsetText>
          <p class="govuk-body">{t('pass.code.outdated.was', { when: outdated })}</p>
          <p class="govuk-body">{t('pass.code.outdated.what')}</p>
        </InsetText>
      )}
      {door?.buildings.map((building) => (
        <form method="post" action={`/praca/wejscie/${building.id}`}>
          <input type="hidden" name="kod" value={door.token} />
          <Button kind={door.buildings.length === 1 ? 'primary' : 'secondary'}>
            {t('pass-staff.check')} <span class={door.buildings.length === 1 ? 'govuk-visually-hidden' : undefined}>({building.name})</span>
          </Button>
        </form>
      ))}
      <p class="govuk-body">
        <a class="govuk-link" href="/wizyta">
          {t('pass.code.mine')}
        </a>
      </p>
    </CitizenPage>
  )
}
