/**
 * "Co obowiązuje": what applies on a day, each rule with its paragraph, and honestly what is not
 * known because the text of an act is not held. Those who keep the rules see besides what they
 * should look at.
 */
import type { JSX } from 'preact'
import type { Directory } from '../../directory/index.js'
import { instantOf } from '../../platform/clock.js'
import type { FieldError } from '../../platform/decision.js'
import { longDay, type Translate } from '../../platform/words.js'
import { BasisLine, Button, CitizenPage, TextInput, WarningText, type Shell } from '../../ui/index.js'
import type { Kind, RuleBook } from '../model.js'
import { basisOf } from '../rules/combine.js'
import type { Standing } from '../rules/force.js'
import { inForce, type Concern } from '../rules/listing.js'
import { momentValues } from '../rules/steps.js'
import { actsNotHeld } from '../rules/unknown.js'
import { provisionSentence } from '../say.js'
import { Acts } from './acts.js'
import { Assumed } from './assumed.js'
import { Concerns } from './concerns.js'
import { Hours } from './hours.js'

export interface WhatAppliesOptions {
  readonly shell: Shell
  readonly book: RuleBook
  readonly directory: Directory
  readonly day: Temporal.PlainDate
  /** What was typed, kept when it was no day. */
  readonly asked: string
  readonly errors: readonly FieldError[]
  /** What those who keep the rules should look at; null for everybody else. */
  readonly concerns: readonly Concern[] | null
}

/** Sections of the page and the kinds they show. */
const sections: readonly { readonly key: string; readonly kinds: readonly Kind[] }[] = [
  { key: 'admission', kinds: ['admission', 'booking-channel', 'release', 'entry', 'companions', 'screening'] },
  { key: 'capacity', kinds: ['clients-per-desk', 'building-limit', 'not-counted', 'priority'] },
  { key: 'safety', kinds: ['safety', 'safety-exemption'] },
  { key: 'channels', kinds: ['request', 'remote-channel'] },
  { key: 'publication', kinds: ['publication', 'task'] },
]

export function WhatAppliesPage({ shell, book, directory, day, asked, errors, concerns }: WhatAppliesOptions): JSX.Element {
  const { t, language } = shell
  const { provisions, acts } = inForce(book, directory, day)
  const title = errors.length > 0 ? t('regulation.page.title') : t('regulation.page.day', { day: longDay(language, day) })
  // In the form in which a day is asked for, however it was given.
  const value = errors.length > 0 ? asked : momentValues(instantOf(day, 12 * 60)).date
  return (
    <CitizenPage shell={shell} title={title} errors={errors} wide feed>
      <h1 class="govuk-heading-l">{title}</h1>
      <DayForm t={t} value={value} errors={errors} />
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
          <p class="govuk-body">
            <a class="govuk-link" href="/akty">
              {t('regulation.page.all-acts')}
            </a>
          </p>
          {concerns !== null && <Concerns t={t} concerns={concerns} />}
          {actsNotHeld(book, day).map((act) => (
            <WarningText>{t('regulation.page.not-held', { act: t.polish(act.number), title: t.polish(act.title) })}</WarningText>
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
          <Acts shell={shell} acts={acts} provisions={provisions} book={book} />
        </>
      )}
    </CitizenPage>
  )
}

/** Beside the request that those with symptoms stay away: where one can check, which stores nothing. */
function SelfCheck({ t, standing: { provision } }: { t: Translate; standing: Standing }): JSX.Element | null {
  if (provision.kind !== 'request' || provision.parameters.what !== 'symptoms-stay-home') return null
  return (
    <a class="govuk-link" href="/objawy">
      {t('regulation.symptoms.check')}
    </a>
  )
}

function DayForm({ t, value, errors }: { t: Translate; value: string; errors: readonly FieldError[] }): JSX.Element {
  const error = errors[0]
  return (
    <form method="get" action="/zasady" novalidate>
      <TextInput
        id="dzien"
        name="dzien"
        label={{ text: t('regulation.page.another') }}
        value={value}
        classes="govuk-input--width-10"
        error={error && t(error.message)}
      />
      <Button kind="secondary">{t('regulation.page.show')}</Button>
    </form>
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
              {provisionSentence(t, directory, each)} <SelfCheck t={t} standing={each} /> <BasisLine basis={[basisOf(each)]} />
              <Assumed t={t} facts={each.provision.assumed} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
