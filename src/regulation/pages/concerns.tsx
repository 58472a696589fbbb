/**
 * What those who keep the rules should look at on a day: acts that say different things of the
 * same, rules whose ground has gone, acts that keep what is no more, ways the law has closed.
 */
import type { JSX } from 'preact'
import { plainDay, type Translate } from '../../platform/words.js'
import { basisText } from '../../ui/index.js'
import type { Concern } from '../rules/listing.js'
import { conditionName } from '../say.js'

export function Concerns({ t, concerns }: { t: Translate; concerns: readonly Concern[] }): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">{t('regulation-staff.concerns')}</h2>
      {concerns.length === 0 && <p class="govuk-body">{t('regulation-staff.concerns.none')}</p>}
      {concerns.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {concerns.map((each) => (
            <li>{sentence(t, each)}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function sentence(t: Translate, concern: Concern): string {
  switch (concern.kind) {
    case 'conflict':
      return t('regulation-staff.concern.conflict', {
        one: basisText(t, concern.between[0]),
        other: basisText(t, concern.between[1]),
      })
    case 'lapsed-condition':
      return t('regulation-staff.concern.lapsed-condition', {
        rule: basisText(t, concern.basis),
        day: plainDay(t.language, Temporal.PlainDate.from(concern.since)),
        name: conditionName(t, concern.condition),
      })
    case 'upholds-nothing':
      return t('regulation-staff.concern.upholds-nothing', { act: concern.act, upheld: concern.upheld })
    case 'act-lapsed':
      return t('regulation-staff.concern.act-lapsed', {
        act: concern.act,
        day: plainDay(t.language, Temporal.PlainDate.from(concern.since)),
        name: conditionName(t, concern.condition),
      })
    case 'legal-basis-ended':
      return t('regulation-staff.concern.legal-basis-ended', {
        act: concern.act,
        ground: concern.ground,
        day: plainDay(t.language, Temporal.PlainDate.from(concern.since)),
      })
    case 'channel-withdrawn':
      return t('regulation-staff.concern.channel-withdrawn', { rule: basisText(t, concern.basis), by: basisText(t, concern.by) })
  }
}
