/** Acts for everybody: the list, and one act in plain words and by paragraph, with its versions and who answers for it. */
import type { JSX } from 'preact'
import type { Directory } from '../../../directory/index.js'
import { officeDay } from '../../../platform/clock.js'
import { longDay, plainDay, wallTime } from '../../../platform/words.js'
import { endOf, provisionSentence, read, type Act, type RuleBook } from '../../../regulation/index.js'
import { CitizenPage, InsetText, SummaryList, Tag, WarningText, type Shell, type SummaryRow } from '../../../ui/index.js'
import { headingOf, slugOf, stageOfAct, type Stage } from '../rules.js'
import { linesOf } from '../text.js'
import { bipFacts, isLateVersion, textOf, type ActVersion } from '../versions.js'
import { stageColours } from './draft.js'
import { OwnWords, ParagraphLink } from './own-words.js'

export interface ActsListView {
  readonly book: RuleBook
  readonly acts: readonly Act[]
  readonly today: Temporal.PlainDate
}

/** Groups of the list, in this order. */
const groups: readonly (readonly [string, readonly Stage[]])[] = [
  ['in-force', ['in-force']],
  ['awaits', ['awaits']],
  ['past', ['ended', 'repealed']],
]

export function ActsListPage({ shell, view }: { shell: Shell; view: ActsListView }): JSX.Element {
  const { t, language } = shell
  const reading = read(view.book)
  const staged = view.acts
    .map((act) => ({ act, stage: stageOfAct(act, view.book, view.today), from: endOf(act, reading).term.from }))
    .toSorted((a, b) => (b.from ?? '').localeCompare(a.from ?? ''))
  return (
    <CitizenPage shell={shell} title={t('administration.acts')} wide feed>
      <h1 class="govuk-heading-l">{t('administration.acts')}</h1>
      <p class="govuk-body">
        <a class="govuk-link" href="/zasady">
          {t('administration.acts.today')}
        </a>
      </p>
      {groups.map(([name, stages]) => {
        const some = staged.filter(({ stage }) => stages.includes(stage))
        return (
          <>
            <h2 class="govuk-heading-m">{t(`administration.acts.${name}`)}</h2>
            {some.length === 0 && <p class="govuk-body">{t('administration.acts.none')}</p>}
            {some.length > 0 && (
              <ul class="govuk-list govuk-list--bullet">
                {some.map(({ act, from }) => (
                  <li>
                    <a class="govuk-link" href={`/akty/${slugOf(act.id)}`}>
                      {t.polish(headingOf(act))}
                    </a>
                    {from !== null && <> ({t('administration.act.from', { day: plainDay(language, Temporal.PlainDate.from(from)) })})</>}
                  </li>
                ))}
              </ul>
            )}
          </>
        )
      })}
      <p class="govuk-body">
        <a class="govuk-link" href="/akty.atom">
          {t('administration.acts.feed')}
        </a>
        {' · '}
        <a class="govuk-link" href="/akty.json">
          JSON
        </a>
      </p>
    </CitizenPage>
  )
}

export interface ActView {
  readonly book: RuleBook
  readonly office: Directory
  readonly versions: readonly ActVersion[]
  readonly version: ActVersion
  readonly today: Temporal.PlainDate
}

export function ActPage({ shell, view }: { shell: Shell; view: ActView }): JSX.Element {
  const { t } = shell
  const { version, versions, book, today } = view
  const { act } = version
  const newest = version.number === versions.length
  const stage: Stage = newest ? stageOfAct(act, book, today) : 'corrected'
  const lines = linesOf(textOf(versions, version.number))
  const path = `/akty/${slugOf(act.id)}`
  const title = t('administration.act.title', { number: act.number })
  return (
    <CitizenPage shell={shell} title={title} back="/akty" wide feed>
      <h1 class="govuk-heading-l">{t.polish(headingOf(act))}</h1>
      <p class="govuk-body">
        <Tag colour={stageColours[stage]}>{t(`administration.stage.${stage}`)}</Tag>
      </p>
      {!newest && (
        <InsetText>
          {t('administration.act.older', { number: version.number })}{' '}
          <a class="govuk-link" href={path}>
            {t('administration.act.newest')}
          </a>
        </InsetText>
      )}
      {isLateVersion(version) && (
        <WarningText>{t('administration.act.late', { day: plainDay(shell.language, officeDay(version.enteredAt)) })}</WarningText>
      )}
      <SummaryList rows={termRows(shell, view)} />
      <h2 class="govuk-heading-m">{t('administration.act.rules')}</h2>
      {!act.textHeld && <p class="govuk-body">{t('administration.act.not-held')}</p>}
      {version.provisions.length === 0 && act.textHeld && <p class="govuk-body">{t('administration.act.no-rules')}</p>}
      {version.provisions.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {version.provisions.map((provision) => (
            <li>
              {provisionSentence(t, view.office, { provision, act, term: { from: null, until: null } })} (
              <ParagraphLink reference={provision.reference} lines={lines} t={t} />)
            </li>
          ))}
        </ul>
      )}
      {lines.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{t('administration.act.words')}</h2>
          <OwnWords lines={lines} t={t} />
        </>
      )}
      {shell.staff !== null && <Posters shell={shell} office={view.office} />}
      <Versions shell={shell} versions={versions} path={path} shown={version.number} />
      <h2 class="govuk-heading-m">{t('administration.bip')}</h2>
      <SummaryList rows={bipSummary(shell, view)} />
      <ul class="govuk-list">
        {(['json', 'xml', 'html'] as const).map((ending) => (
          <li>
            <a class="govuk-link" href={`${path}.${ending}`}>
              {t(`administration.act.as-${ending}`)}
            </a>
          </li>
        ))}
      </ul>
    </CitizenPage>
  )
}

function termRows({ t, language }: Shell, { version: { act }, book }: ActView): readonly SummaryRow[] {
  const { term, repealedBy } = endOf(act, read(book))
  const day = (text: string): string => plainDay(language, Temporal.PlainDate.from(text))
  const rows: (readonly [string, string])[] = [
    ['issuer', t.polish(act.issuer)],
    ['signed-on', act.signedOn === null ? '' : plainDay(language, act.signedOn)],
    ['in-force-from', term.from === null ? '' : day(term.from)],
    ['in-force-until', term.until === null ? t('administration.act.until-revoked') : day(term.until)],
    ['repealed-by', repealedBy === null ? '' : t.polish(repealedBy.by.number)],
    ['repeals', t.polish(named(act.repeals))],
    ['upholds', t.polish(named(act.upholds))],
    ['basis', t.polish(act.legalBasis.join('; '))],
    ['publication', t.polish(act.publication.join('; '))],
    ['executors', t.polish(act.executors.join('; '))],
  ]
  return rows.filter(([, value]) => value !== '').map(([key, value]) => ({ key: t(`administration.act.${key}`), value }))
}

/** For the staff: what hangs at the doors follows from the acts. */
function Posters({ shell: { t }, office }: { shell: Shell; office: Directory }): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">{t('administration-publication.poster')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {[...office.buildings.values()].map(({ id, name }) => (
          <li>
            <a class="govuk-link" href={`/plakat/${id}`}>
              {t.polish(name)}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** "K/192/2020 (§ 6)" */
function named(list: Act['repeals']): string {
  return list.map((each) => (each.reference === null ? each.act : `${each.act} (${each.reference})`)).join('; ')
}

function bipSummary({ t, language }: Shell, { version, office }: ActView): readonly SummaryRow[] {
  const facts = bipFacts(version, office.office.name)
  const unknown = t('administration.bip.unknown')
  const polish = (text: string | null): string => (text === null ? unknown : t.polish(text))
  return [
    { key: t('administration.bip.body'), value: polish(facts.body) },
    { key: t('administration.bip.responsible'), value: polish(facts.responsible) },
    { key: t('administration.bip.entered-by'), value: polish(facts.enteredBy) },
    { key: t('administration.bip.made-on'), value: facts.madeOn === null ? unknown : plainDay(language, facts.madeOn) },
    {
      key: t('administration.bip.published-at'),
      value: facts.publishedAt === null ? unknown : `${longDay(language, officeDay(facts.publishedAt))}, ${wallTime(facts.publishedAt)}`,
    },
  ]
}

function Versions({
  shell: { t, language },
  versions,
  path,
  shown,
}: {
  shell: Shell
  versions: readonly ActVersion[]
  path: string
  shown: number
}): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">{t('administration.act.versions')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {versions.toReversed().map(({ number, enteredAt, draft }) => {
          const day = plainDay(language, officeDay(enteredAt))
          const text = t('administration.act.version-of', { number, day })
          return (
            <li>
              {number === shown ? (
                <strong>{text}</strong>
              ) : (
                <a class="govuk-link" href={number === versions.length ? path : `${path}?wersja=${number}`}>
                  {text}
                </a>
              )}
              {draft?.corrects != null && draft.signed !== null && (
                <> ({t('administration.act.by-correction', { number: draft.signed.number })})</>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
