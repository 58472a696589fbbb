/** The paragraphs of an act with their days in the period, what holds each up and what was observed of it then. */
import type { JSX } from 'preact'
import { plainDay } from '../../../platform/words.js'
import { provisionSentence } from '../../../regulation/index.js'
import { Table, type Shell } from '../../../ui/index.js'
import { headingOf } from '../../acts/rules.js'
import { daysKey, type Period } from './model.js'
import type { ComplianceView } from './page.js'
import { mechanismsOf, type ActWithRules, type RuleWithDays } from './rules.js'
import { observedLines } from './say.js'

export function Rules({ shell, view, one }: { shell: Shell; view: ComplianceView; one: ActWithRules }): JSX.Element {
  const { t, language } = shell
  const { act, days, rules } = one
  const span = (key: string, { from, to }: Period): string =>
    t(`administration-publication-staff.${key}`, { from: plainDay(language, from), until: plainDay(language, to) })
  return (
    <>
      <p class="govuk-body">{days === null ? t('administration-publication-staff.act-days.kept') : span('act-days', days)}</p>
      {rules.length === 0 ? (
        <p class="govuk-body">{t(`administration-publication-staff.${act.textHeld ? 'no-rules' : 'not-held'}`)}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={headingOf(act)}>
          <Table
            caption={headingOf(act)}
            captionClasses="govuk-visually-hidden"
            head={['paragraph', 'rule', 'mechanism', 'observed'].map((each) => t(`administration-publication-staff.head.${each}`))}
            rows={rules.map((rule) => [
              days !== null && daysKey(rule.days) === daysKey(days)
                ? rule.provision.reference
                : lines([rule.provision.reference, span('rule-days', rule.days)]),
              provisionSentence(t, view.office, { provision: rule.provision, act, term: { from: null, until: null } }),
              lines(mechanismsOf(rule.provision).map((each) => t(`administration-publication-staff.mechanism.${each}`))),
              <Seen shell={shell} view={view} rule={rule} />,
            ])}
          />
        </div>
      )}
    </>
  )
}

function Seen({ shell: { t }, view, rule }: { shell: Shell; view: ComplianceView; rule: RuleWithDays }): JSX.Element {
  const seen = view.observedOn.get(daysKey(rule.days)) ?? view.observations
  return lines(
    observedLines(t, view.office, rule, view.period, seen).map(({ text, href }) =>
      href === null ? (
        text
      ) : (
        <a class="govuk-link" href={href}>
          {text}
        </a>
      ),
    ),
  )
}

/** One under the other in a cell. */
function lines(parts: readonly (JSX.Element | string)[]): JSX.Element {
  return (
    <ul class="okienko-lines">
      {parts.map((part) => (
        <li>{part}</li>
      ))}
    </ul>
  )
}
