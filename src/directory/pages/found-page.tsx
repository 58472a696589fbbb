/** Units found by a name, a matter or everyday words, each with everything one reaches it by. */
import type { JSX } from 'preact'
import { phoneForReading } from '../../platform/words.js'
import { CitizenPage, inLanguage, InsetText, type Shell } from '../../ui/index.js'
import type { Contact } from '../contacts.js'
import type { Directory } from '../model.js'
import { SearchForm, UnitPart } from './contact-page.js'

export interface FoundPageOptions {
  readonly shell: Shell
  readonly directory: Directory
  /** The best first. */
  readonly contacts: readonly Contact[]
  readonly asked: string
}

export function FoundPage({ shell, directory, contacts, asked }: FoundPageOptions): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('directory.contacts.title')} back={inLanguage('/kontakt', t.language)}>
      <h1 class="govuk-heading-xl">{t('directory.contacts.title')}</h1>
      <SearchForm t={t} asked={asked} />
      <h2 class="govuk-heading-l">{t('directory.contacts.found', { count: contacts.length })}</h2>
      {contacts.length === 0 && <InsetText>{t('directory.contacts.found.none', { phone: phoneForReading(shell.officePhone) })}</InsetText>}
      {contacts.map((contact) => (
        <UnitPart t={t} directory={directory} contact={contact} most={null} alone />
      ))}
    </CitizenPage>
  )
}
