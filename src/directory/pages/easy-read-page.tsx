/** /latwy-tekst: what the office does in text that is easy to read (ETR), one sentence on a line, as the office file gives it. */
import type { JSX } from 'preact'
import { CitizenPage, type Shell } from '../../ui/index.js'
import { mediaUrl } from '../media.js'
import type { EasyRead } from '../model.js'

export function EasyReadPage({ shell, easyRead }: { shell: Shell; easyRead: EasyRead }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('directory.easy-read.title')}>
      <h1 class="govuk-heading-xl">{t('directory.easy-read.title')}</h1>
      {easyRead.parts.map((part) => (
        <section lang="pl">
          <h2 class="govuk-heading-l">{part.title}</h2>
          {/* Says what the heading says, to who reads pictures sooner than words. */}
          {part.picture && <img class="okienko-pictogram" src={mediaUrl(part.picture)} alt="" />}
          {part.sentences.map((sentence) => (
            <p class="govuk-body-l">{sentence}</p>
          ))}
        </section>
      ))}
    </CitizenPage>
  )
}
