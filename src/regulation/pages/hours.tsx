/**
 * Hours of a day. Units that keep the same hours on the same ground stand together; a list, since a
 * table is too wide for a phone. The largest group comes last and is "the other" units.
 */
import type { JSX } from 'preact'
import { unitName, type Directory } from '../../directory/index.js'
import type { Translate } from '../../platform/words.js'
import { BasisLine } from '../../ui/index.js'
import type { RuleBook } from '../model.js'
import { hours } from '../rules/hours.js'
import { hoursText } from '../say.js'
import { Assumed } from './assumed.js'

export interface HoursOptions {
  readonly t: Translate
  readonly book: RuleBook
  readonly directory: Directory
  readonly day: Temporal.PlainDate
}

export function Hours({ t, book, directory, day }: HoursOptions): JSX.Element {
  const rows = [...directory.units.values()].map((unit) => {
    const open = hours(book, directory, unit.id, day)
    return { unit, open, text: hoursText(t, open) }
  })
  const groups = [...Map.groupBy(rows, (row) => `${row.text} ${JSON.stringify(row.open.basis)}`).values()].toSorted(
    (a, b) => a.length - b.length,
  )
  return (
    <>
      <h2 class="govuk-heading-m">{t('regulation.page.hours')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {groups.map((group, index) => (
          <li>
            <strong>{group[0]?.text}</strong>
            {' – '}
            {index === groups.length - 1
              ? t(groups.length === 1 ? 'regulation.page.hours.all' : 'regulation.page.hours.others')
              : group.map(({ unit }) => unitName(t, directory, unit.id)).join(', ')}
            <BasisLine basis={group[0]?.open.basis ?? []} />
            <Assumed t={t} facts={book.provisions.find(({ id }) => id === group[0]?.open.provision)?.assumed ?? []} />
          </li>
        ))}
      </ul>
    </>
  )
}
