/**
 * The acts in force on a day: since and until when, why they end, what they repeal and uphold, on
 * what they rest, where they are published and who carries them out.
 */
import type { JSX } from 'preact'
import { plainDay, type Translate } from '../../platform/words.js'
import { basisText, InsetText, type Shell } from '../../ui/index.js'
import type { NamedAct, RuleBook } from '../model.js'
import type { Standing } from '../rules/force.js'
import type { ActInForce } from '../rules/listing.js'
import { conditionName } from '../say.js'
import { Assumed } from './assumed.js'

export interface ActsOptions {
  readonly shell: Shell
  readonly acts: readonly ActInForce[]
  readonly provisions: readonly Standing[]
  /** For the paragraphs of single provisions that are repealed or upheld. */
  readonly book: RuleBook
}

export function Acts({ shell, acts, provisions, book }: ActsOptions): JSX.Element {
  const { t } = shell
  return (
    <>
      <h2 class="govuk-heading-m">{t('regulation.page.acts')}</h2>
      {acts.map((act) => (
        <InsetText>
          <p class="govuk-body">
            <strong>
              {t.polish(act.number.endsWith(act.title) ? act.number : t('regulation.page.act', { number: act.number, title: act.title }))}
            </strong>
          </p>
          <p class="govuk-body">{termText(shell, act)}</p>
          {factsOf(
            act,
            book,
            provisions.filter((each) => each.act.id === act.id),
          ).map(([key, facts]) => (
            <p class="govuk-body">{t(`regulation.page.act.${key}`, { list: t.polish(facts.join('; ')) })}</p>
          ))}
          {!act.textHeld && <p class="govuk-body">{t('regulation.page.act.text-not-held')}</p>}
          <Assumed t={t} facts={act.assumed} />
        </InsetText>
      ))}
    </>
  )
}

/** "od 22 kwietnia 2020, do 24 maja 2020 (uchylony: § 6 zarządzenia nr K/219/2020)" */
function termText({ t, language }: Shell, { term, repealedBy, conditionId }: ActInForce): string {
  const day = (text: string): string => plainDay(language, Temporal.PlainDate.from(text))
  const from = term.from === null ? [] : [t('regulation.page.act.from', { day: day(term.from) })]
  const until = term.until === null ? t('regulation.page.act.open-ended') : t('regulation.page.act.until', { day: day(term.until) })
  const why = [
    ...(repealedBy === null ? [] : [t('regulation.page.act.repealed', { by: namedText(t, repealedBy.by.number, repealedBy.reference) })]),
    ...(conditionId === null ? [] : [t('regulation.page.condition', { name: conditionName(t, conditionId) })]),
  ]
  return `${[...from, until].join(', ')}${why.length === 0 ? '' : ` (${why.join('; ')})`}`
}

/** What the act says of itself and others; what its own paragraphs say above is not said twice. */
function factsOf(act: ActInForce, book: RuleBook, own: readonly Standing[]): readonly (readonly [string, readonly string[]])[] {
  const says = (kind: string): boolean => own.some(({ provision }) => provision.kind === kind)
  const facts = [
    ['repeals', act.repeals.map((each) => named(book, each))],
    ['upholds', act.upholds.map((each) => named(book, each))],
    ['basis', act.legalBasis],
    ['publication', says('publication') ? [] : act.publication],
    ['executors', says('task') ? [] : act.executors],
  ] as const
  return facts.filter(([, list]) => list.length > 0)
}

/** "K/187/2020 (§ 4)", and "K/219/2020 § 1 ust. 4 (§ 2)" of one provision. */
function named(book: RuleBook, { act, provision, reference }: NamedAct): string {
  const held = provision === undefined ? undefined : book.provisions.find(({ id }) => id === `${act}#${provision}`)
  const whole = provision === undefined ? act : `${act} ${held?.reference ?? provision}`
  return reference === null ? whole : `${whole} (${reference})`
}

function namedText(t: Translate, act: string, reference: string | null): string {
  return reference === null ? t.polish(act) : basisText(t, { kind: 'provision', act, reference, provision: '' })
}
