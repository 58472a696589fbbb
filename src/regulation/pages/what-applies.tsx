/**
 * "Co obowiązuje": what applies on a day, each rule with its paragraph, and honestly what is not
 * known because the text of an act is not held.
 */
import type { JSX } from 'preact'
import type { Directory } from '../../directory/index.js'
import type { FieldError } from '../../platform/decision.js'
import { longDay, plainDay, type Translate } from '../../platform/words.js'
import { BasisLine, Button, CitizenPage, InsetText, TextInput, WarningText, type Shell } from '../../ui/index.js'
import type { Act, Kind, RuleBook } from '../model.js'
import { basisOf } from '../rules/combine.js'
import { hours } from '../rules/hours.js'
import { inForce } from '../rules/listing.js'
import type { Standing } from '../rules/force.js'
import { actsNotHeld } from '../rules/unknown.js'
import { hoursText, provisionSentence } from '../say.js'

export interface WhatAppliesOptions {
  readonly shell: Shell
  readonly book: RuleBook
  readonly directory: Directory
  readonly day: Temporal.PlainDate
  /** What was typed, kept when it was no day. */
  readonly asked: string
  readonly errors: readonly FieldError[]
}

/** Sections of the page and the kinds they show. */
const sections: readonly { readonly key: string; readonly kinds: readonly Kind[] }[] = [
  { key: 'admission', kinds: ['admission', 'booking-channel', 'entry'] },
  { key: 'capacity', kinds: ['clients-per-desk', 'not-counted'] },
  { key: 'safety', kinds: ['safety', 'safety-exemption'] },
  { key: 'channels', kinds: ['request', 'remote-channel'] },
  { key: 'publication', kinds: ['publication', 'task'] },
]

export function WhatAppliesPage({ shell, book, directory, day, asked, errors }: WhatAppliesOptions): JSX.Element {
  const { t, language } = shell
  const { provisions, acts } = inForce(book, directory, day)
  const title = errors.length > 0 ? t('regulation.page.title') : t('regulation.page.day', { day: longDay(language, day) })
  return (
    <CitizenPage shell={shell} title={title} errors={errors} wide>
      <h1 class="govuk-heading-l">{title}</h1>
      <DayForm t={t} asked={asked} errors={errors} />
      {errors.length === 0 && (
        <>
          <nav aria-label={t('regulation.page.around')} class="govuk-body">
            <a class="govuk-link" href={`/zasady?dzien=${day.subtract({ days: 1 })}`} rel="prev">
              {t('regulation.page.previous')}
            </a>
            {' · '}
            <a class="govuk-link" href={`/zasady?dzien=${day.add({ days: 1 })}`} rel="next">
              {t('regulation.page.next')}
            </a>
          </nav>
          {actsNotHeld(book, day).map((act) => (
            <WarningText>{t('regulation.page.not-held', { act: act.number, title: act.title })}</WarningText>
          ))}
          <Hours t={t} book={book} directory={directory} day={day} />
          {sections.map(({ key, kinds }) => (
            <Section
              t={t}
              directory={directory}
              name={key}
              provisions={provisions.filter(({ provision }) => kinds.includes(provision.kind))}
            />
          ))}
          <Acts t={t} acts={acts} shell={shell} />
        </>
      )}
    </CitizenPage>
  )
}

function DayForm({ t, asked, errors }: { t: Translate; asked: string; errors: readonly FieldError[] }): JSX.Element {
  const error = errors[0]
  return (
    <form method="get" action="/zasady" novalidate>
      <TextInput
        id="dzien"
        name="dzien"
        label={{ text: t('regulation.page.another') }}
        value={asked}
        classes="govuk-input--width-10"
        error={error && t(error.message)}
      />
      <Button kind="secondary">{t('regulation.page.show')}</Button>
    </form>
  )
}

/** Units that keep the same hours on the same ground stand together; a list, since a table is too wide for a phone. */
function Hours({ t, book, directory, day }: { t: Translate; book: RuleBook; directory: Directory; day: Temporal.PlainDate }): JSX.Element {
  const rows = [...directory.units.values()].map((unit) => {
    const open = hours(book, directory, unit.id, day)
    return { unit, open, text: hoursText(t, open) }
  })
  const groups = [...Map.groupBy(rows, (row) => `${row.text} ${JSON.stringify(row.open.basis)}`).values()].toSorted(
    (a, b) => b.length - a.length,
  )
  return (
    <>
      <h2 class="govuk-heading-m">{t('regulation.page.hours')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {groups.map((group) => (
          <li>
            <strong>{group[0]?.text}</strong>
            {' – '}
            {groups.length === 1 ? t('regulation.page.hours.all') : group.map(({ unit }) => unit.name).join(', ')}
            <BasisLine basis={group[0]?.open.basis ?? []} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Section({
  t,
  directory,
  name,
  provisions,
}: {
  t: Translate
  directory: Directory
  name: string
  provisions: readonly Standing[]
}): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">{t(`regulation.page.${name}`)}</h2>
      {provisions.length === 0 && <p class="govuk-body">{t('regulation.page.nothing')}</p>}
      {provisions.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {provisions.map((each) => (
            <li>
              {provisionSentence(t, directory, each)} <BasisLine basis={[basisOf(each)]} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Acts({ t, acts, shell }: { t: Translate; acts: readonly Act[]; shell: Shell }): JSX.Element {
  const day = (date: Temporal.PlainDate): string => plainDay(shell.language, date)
  return (
    <>
      <h2 class="govuk-heading-m">{t('regulation.page.acts')}</h2>
      {acts.map((act) => (
        <InsetText>
          <p class="govuk-body">
            <strong>{t('regulation.page.act', { number: act.number, title: act.title })}</strong>
          </p>
          <p class="govuk-body">
            {act.from !== null && `${t('regulation.page.act.from', { day: day(act.from) })}, `}
            {act.until === null ? t('regulation.page.act.until-revoked') : t('regulation.page.act.until', { day: day(act.until) })}
          </p>
          {!act.textHeld && <p class="govuk-body">{t('regulation.page.act.text-not-held')}</p>}
          {act.assumed.map((what) => (
            <p class="govuk-body">{t('regulation.page.act.assumed', { what: what.slice(what.indexOf(': ') + 2) })}</p>
          ))}
        </InsetText>
      ))}
    </>
  )
}
