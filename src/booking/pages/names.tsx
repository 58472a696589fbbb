/** Names of matters as pages show them: in the language of the page, with the Polish one where it is needed at the office. */
import type { JSX } from 'preact'
import type { Translate } from '../../platform/words.js'
import { bothText, fullName, type Both, type Directory, type Named } from '../../directory/index.js'
import type { Visit } from '../../visit/index.js'
import { useWords } from '../../ui/index.js'

/** Words in the language of the page, and below them the Polish ones where they are others. */
export function InBoth({ own, polish }: Both): JSX.Element {
  if (polish === null) return <>{own}</>
  return (
    <>
      {own} <span class="govuk-caption-m">{polish}</span>
    </>
  )
}

/** The heading of a page about something the office has a name for; below it that name, where the page's language has another. */
export function NameHeading({ of }: { of: Named }): JSX.Element {
  const t = useWords()
  const { own, polish } = fullName(t, of)
  return (
    <>
      <h1 class="govuk-heading-xl">{own}</h1>
      {polish !== null && (
        <p class="govuk-body">
          {t('booking-pages.in-polish')} {polish}
        </p>
      )}
    </>
  )
}

/** Everything a visit is for, in the order it is settled. */
export function mattersOf(directory: Directory, visit: Pick<Visit, 'serviceId' | 'moreServiceIds'>): readonly Named[] {
  return [visit.serviceId, ...visit.moreServiceIds].map((id) => directory.services.get(id) ?? { name: id })
}

/** Names of everything a visit is for, as the office says them. */
export function matterNames(directory: Directory, visit: Pick<Visit, 'serviceId' | 'moreServiceIds'>): readonly string[] {
  return mattersOf(directory, visit).map(({ name }) => name)
}

/** The same as one text for the person, in their language with the Polish names: "Identity cards / Dowody osobiste". */
export function mattersText(t: Translate, directory: Directory, visit: Pick<Visit, 'serviceId' | 'moreServiceIds'>): string {
  return mattersOf(directory, visit)
    .map((each) => bothText(fullName(t, each)))
    .join('; ')
}
