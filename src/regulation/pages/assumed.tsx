/** What no source settles, said beside the act or the rule it concerns. */
import type { JSX } from 'preact'
import type { Translate } from '../../platform/words.js'

/** The word before the colon is for programs: the sentence after it names its fact itself. */
export function Assumed({ t, facts }: { t: Translate; facts: readonly string[] }): JSX.Element {
  return (
    <>
      {facts.map((fact) => (
        <p class="govuk-body">{t('regulation.page.act.assumed', { what: t.polish(fact.slice(fact.indexOf(': ') + 2)) })}</p>
      ))}
    </>
  )
}
