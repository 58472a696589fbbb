/** One version of an act for the staff: how far it is, what it says, what it rules, and who did what when. */
import type { JSX } from 'preact'
import { officeDay } from '../../../platform/clock.js'
import type { FieldError } from '../../../platform/decision.js'
import { longDay, plainDay, wallTime } from '../../../platform/words.js'
import {
  Button,
  InsetText,
  LinkButton,
  StaffPage,
  SummaryList,
  Table,
  Tag,
  WarningText,
  type Shell,
  type StaffLink,
  type SummaryRow,
  type TagColour,
} from '../../../ui/index.js'
import type { ProvisionDocument } from '../../../regulation/index.js'
import type { ActEvent, Draft } from '../model.js'
import { listFacts, namedValue, namingFacts } from '../forms.js'
import type { Stage, Step } from '../rules.js'
import { nearestAnchor, type TextLine } from '../text.js'
import { OwnWords, ParagraphLink } from './own-words.js'

export interface DraftView {
  readonly links: readonly StaffLink[]
  readonly draft: Draft
  readonly stage: Stage
  readonly steps: ReadonlySet<Step>
  /** Whether this person wrote it, and so cannot check it. */
  readonly own: boolean
  readonly late: boolean
  /** Provisions in their order, each with its sentence. */
  readonly sentences: readonly { readonly word: string; readonly reference: string; readonly sentence: string }[]
  readonly lines: readonly TextLine[]
  /** What keeps it from being checked, as places and sentences. */
  readonly problems: readonly { readonly place: string; readonly sentence: string }[]
  readonly events: readonly ActEvent[]
  readonly conditionTitle: string | null
  readonly errors: readonly FieldError[]
  /** Somebody changed it since this page was looked at. */
  readonly conflict: boolean
  /** Address of the public page, once there is one. */
  readonly publicPath: string | null
}

export const stageColours: Readonly<Record<Stage, TagColour>> = {
  draft: 'grey',
  checked: 'turquoise',
  signed: 'purple',
  published: 'green',
  withdrawn: 'grey',
  awaits: 'yellow',
  'in-force': 'green',
  ended: 'grey',
  repealed: 'orange',
  corrected: 'grey',
}

export function DraftPage({ shell, view }: { shell: Shell; view: DraftView }): JSX.Element {
  const { t } = shell
  const { draft, stage } = view
  const name = nameOf(draft)
  const title = name === '' ? t('administration-staff.untitled') : name
  return (
    <StaffPage shell={shell} title={title} links={view.links} back="/praca/akty" errors={view.errors}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        <Tag colour={stageColours[stage]}>{t(`administration-staff.stage.${stage}`)}</Tag>{' '}
        {view.late && <Tag colour="orange">{t('administration-staff.late')}</Tag>}
      </p>
      {draft.corrects !== null && <p class="govuk-body">{t('administration-staff.facts.corrects', { number: draft.corrects })}</p>}
      {view.conflict && <WarningText>{t('administration-staff.conflict.check')}</WarningText>}
      {stage === 'signed' && <WarningText>{t('administration-staff.signed.not-yet')}</WarningText>}
      <Steps shell={shell} view={view} />
      {draft.published === null && draft.content.provisions.length > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/praca/akty/${draft.id}/skutki`}>
            {t('administration-effects-staff.link')}
          </a>
        </p>
      )}
      <Facts shell={shell} view={view} />
      <Provisions shell={shell} view={view} />
      <h2 class="govuk-heading-m" id="tresc">
        {t('administration-staff.text.title')}
      </h2>
      {draft.text === '' ? <p class="govuk-body">{t('administration-staff.text.none')}</p> : <OwnWords lines={view.lines} t={t} />}
      {view.steps.has('edit') && (
        <LinkButton kind="secondary" href={`/praca/akty/${draft.id}/tresc`}>
          {t('administration-staff.text.change')}
        </LinkButton>
      )}
      <History shell={shell} events={view.events} provisions={draft.content.provisions} />
      <p class="govuk-body">
        <a class="govuk-link" href={`/praca/akty/${draft.id}.json`}>
          {t('administration-staff.as-data')}
        </a>
      </p>
    </StaffPage>
  )
}

/** "K/219/2020 w sprawie …", or what of it is known. */
export function nameOf({ signed, corrects, content }: Pick<Draft, 'signed' | 'corrects' | 'content'>): string {
  const number = corrects === null ? (signed?.number ?? content.act.number) : content.act.number
  return [number, content.act.title].filter((each) => each !== undefined && each !== '').join(' ')
}

function Steps({ shell: { t, language }, view }: { shell: Shell; view: DraftView }): JSX.Element {
  const { draft, steps, problems } = view
  const { signed, published } = draft
  return (
    <>
      <h2 class="govuk-heading-m">{t('administration-staff.steps')}</h2>
      {signed !== null && (
        <p class="govuk-body">
          {t('administration-staff.signed.said', { number: signed.number, day: plainDay(language, signed.on), who: signed.by })}
        </p>
      )}
      {published !== null && (
        <p class="govuk-body">
          {t('administration-staff.published.said', {
            day: plainDay(language, officeDay(published.at)),
            time: wallTime(published.at),
            list: published.places.join('; '),
            who: published.enteredBy.name,
          })}{' '}
          {view.publicPath !== null && (
            <a class="govuk-link" href={view.publicPath}>
              {t('administration-staff.public')}
            </a>
          )}
        </p>
      )}
      {draft.state === 'draft' && problems.length > 0 && (
        <InsetText>
          <p class="govuk-body">{t('administration-staff.problems')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {problems.map(({ place, sentence }) => (
              <li>
                {place}: {sentence}
              </li>
            ))}
          </ul>
        </InsetText>
      )}
      {draft.state === 'draft' && view.own && <p class="govuk-body">{t('administration-staff.check.another')}</p>}
      {(steps.has('check') || steps.has('give-back') || steps.has('withdraw')) && (
        <form method="post" action={`/praca/akty/${draft.id}`}>
          <input type="hidden" name="seen" value={String(draft.revision)} />
          {steps.has('check') && problems.length === 0 && (
            <>
              <Button name="do" value="sprawdz" id="sprawdz">
                {t('administration-staff.check')}
              </Button>{' '}
            </>
          )}
          {steps.has('give-back') && (
            <>
              <Button kind="secondary" name="do" value="zwroc">
                {t('administration-staff.give-back')}
              </Button>{' '}
            </>
          )}
          {steps.has('withdraw') && (
            <Button kind="warning" name="do" value="wycofaj">
              {t('administration-staff.withdraw')}
            </Button>
          )}
        </form>
      )}
      {steps.has('sign') && <LinkButton href={`/praca/akty/${draft.id}/podpis`}>{t('administration-staff.sign')}</LinkButton>}
      {steps.has('publish') && <LinkButton href={`/praca/akty/${draft.id}/publikacja`}>{t('administration-staff.publish')}</LinkButton>}
      {draft.state === 'checked' && !steps.has('sign') && <p class="govuk-body">{t('administration-staff.sign.who')}</p>}
      {draft.state === 'signed' && !steps.has('publish') && <p class="govuk-body">{t('administration-staff.sign.who')}</p>}
    </>
  )
}

function Facts({ shell, view }: { shell: Shell; view: DraftView }): JSX.Element {
  const { t, language } = shell
  const { content, signed, corrects } = view.draft
  const { act } = content
  const day = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : plainDay(language, Temporal.PlainDate.from(text))
  const named = (list: typeof act.repeals): string =>
    (list ?? [])
      .map((each) =>
        [namedValue(each), ...(typeof each === 'object' && each.reference !== undefined ? [`(${each.reference})`] : [])].join(' '),
      )
      .join('; ')
  const rows: SummaryRow[] = [
    ...(signed === null || corrects !== null ? [['number', act.number]] : []),
    ['title', act.title],
    ['issuer', act.issuer],
    ['rank', t(`administration-staff.rank.${act.rank}`)],
    ['from', day(act.from)],
    ['until', day(act.until) ?? t('administration-staff.until-revoked')],
    ...(view.conditionTitle === null ? [] : [['condition', view.conditionTitle]]),
    ...namingFacts.map((name) => [name, named(act[name])]),
    ...listFacts.map((name) => [name, (act[name] ?? []).join('; ')]),
  ].map(([name, value]) => ({
    key: t(`administration-staff.facts.${name}`),
    value: value === undefined || value === '' ? t('administration-staff.not-given') : value,
  }))
  return (
    <>
      <h2 class="govuk-heading-m">{t('administration-staff.facts')}</h2>
      <SummaryList rows={rows} />
      {view.steps.has('edit') && (
        <LinkButton kind="secondary" href={`/praca/akty/${view.draft.id}/dane`}>
          {t('administration-staff.facts.change')}
        </LinkButton>
      )}
    </>
  )
}

function Provisions({ shell: { t }, view }: { shell: Shell; view: DraftView }): JSX.Element {
  const edit = view.steps.has('edit')
  return (
    <>
      <h2 class="govuk-heading-m" id="przepisy">
        {t('administration-staff.provisions')}
      </h2>
      {view.sentences.length === 0 ? (
        <p class="govuk-body">{t('administration-staff.provisions.none')}</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {view.sentences.map(({ word, reference, sentence }) => (
            <li>
              <ParagraphLink reference={reference} lines={view.lines} t={t} />
              {': '}
              {sentence}
              {view.draft.text !== '' && nearestAnchor(reference, view.lines)?.exact !== true && (
                <> ({t('administration-staff.provision.not-in-text')})</>
              )}
              {edit && (
                <>
                  {' '}
                  <a class="govuk-link" href={`/praca/akty/${view.draft.id}/przepis/${word}`}>
                    {t('administration-staff.change')}
                    <span class="govuk-visually-hidden"> {reference}</span>
                  </a>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {edit && (
        <LinkButton kind="secondary" href={`/praca/akty/${view.draft.id}/przepis`}>
          {t('administration-staff.provision.add')}
        </LinkButton>
      )}
    </>
  )
}

function History({
  shell: { t, language },
  events,
  provisions,
}: {
  shell: Shell
  events: readonly ActEvent[]
  provisions: readonly ProvisionDocument[]
}): JSX.Element {
  return (
    <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('administration-staff.history')}>
      <Table
        caption={t('administration-staff.history')}
        captionClasses="govuk-table__caption--m"
        head={['when', 'who', 'what'].map((each) => t(`administration-staff.history.${each}`))}
        rows={events.map(({ at, who, kind, part }) => [
          `${longDay(language, officeDay(at))}, ${wallTime(at)}`,
          who,
          part === null
            ? t(`administration-staff.event.${kind}`)
            : `${t(`administration-staff.event.${kind}`)}: ${partName(t, part, provisions)}`,
        ])}
      />
    </div>
  )
}

/** A provision by its paragraph; by its own word once it was taken out. */
function partName(t: Shell['t'], part: string, provisions: readonly ProvisionDocument[]): string {
  const key = `administration-staff.part.${part}`
  return t.has(key)
    ? t(key)
    : t('administration-staff.part.provision', { reference: provisions.find(({ id }) => id === part)?.reference ?? part })
}
