/** All acts: drafts and what is on its way first, then those the office answers by. */
import type { JSX } from 'preact'
import { plainDay } from '../../../platform/words.js'
import { Concerns, type Act, type Concern } from '../../../regulation/index.js'
import { Button, LinkButton, StaffPage, Table, Tag, type Shell, type StaffLink } from '../../../ui/index.js'
import type { Draft } from '../model.js'
import { headingOf, type Stage } from '../rules.js'
import { nameOf, stageColours } from './draft.js'

export interface ListView {
  readonly links: readonly StaffLink[]
  /** What the Secretary should look at today. */
  readonly concerns: readonly Concern[]
  readonly open: readonly { readonly draft: Draft; readonly stage: Stage }[]
  readonly acts: readonly {
    readonly act: Act
    readonly stage: Stage
    readonly from: string | null
    readonly until: string | null
    readonly path: string
    /** The version that was entered here; null for one of the acts file. */
    readonly draftId: number | null
  }[]
}

export function ListPage({ shell, view }: { shell: Shell; view: ListView }): JSX.Element {
  const { t, language } = shell
  const day = (text: string | null): string => (text === null ? '–' : plainDay(language, Temporal.PlainDate.from(text)))
  return (
    <StaffPage shell={shell} title={t('administration-staff.acts')} links={view.links}>
      <h1 class="govuk-heading-l">{t('administration-staff.acts')}</h1>
      <LinkButton href="/praca/akty/nowy">{t('administration-staff.new')}</LinkButton>{' '}
      <LinkButton kind="secondary" href="/praca/akty/wczytaj">
        {t('administration-staff.import')}
      </LinkButton>{' '}
      <LinkButton kind="secondary" href="/praca/akty/warunki">
        {t('administration-staff.conditions')}
      </LinkButton>
      {view.concerns.length > 0 && <Concerns t={t} concerns={view.concerns} />}
      <h2 class="govuk-heading-m">{t('administration-staff.open')}</h2>
      {view.open.length === 0 ? (
        <p class="govuk-body">{t('administration-staff.open.none')}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('administration-staff.open')}>
          <Table
            caption={t('administration-staff.open')}
            captionClasses="govuk-visually-hidden"
            head={['act', 'stage', 'author'].map((each) => t(`administration-staff.list.${each}`))}
            rows={view.open.map(({ draft, stage }) => [
              <a class="govuk-link" href={`/praca/akty/${draft.id}`}>
                {nameOf(draft) === '' ? t('administration-staff.untitled') : nameOf(draft)}
              </a>,
              <Tag colour={stageColours[stage]}>{t(`administration-staff.stage.${stage}`)}</Tag>,
              draft.author.name,
            ])}
          />
        </div>
      )}
      <h2 class="govuk-heading-m">{t('administration-staff.held')}</h2>
      {view.acts.length === 0 ? (
        <p class="govuk-body">{t('administration-staff.held.none')}</p>
      ) : (
        <div class="okienko-scroll" tabIndex={0} role="region" aria-label={t('administration-staff.held')}>
          <Table
            caption={t('administration-staff.held')}
            captionClasses="govuk-visually-hidden"
            head={['act', 'stage', 'from', 'until', 'correction'].map((each) => t(`administration-staff.list.${each}`))}
            rows={view.acts.map(({ act, stage, from, until, path, draftId }) => [
              <a class="govuk-link" href={draftId === null ? path : `/praca/akty/${draftId}`}>
                {headingOf(act)}
              </a>,
              <Tag colour={stageColours[stage]}>{t(`administration-staff.stage.${stage}`)}</Tag>,
              day(from),
              day(until),
              <form method="post" action="/praca/akty/sprostowanie">
                <input type="hidden" name="act" value={act.id} />
                <Button kind="secondary">
                  {t('administration-staff.correct')}
                  <span class="govuk-visually-hidden"> {act.number}</span>
                </Button>
              </form>,
            ])}
          />
        </div>
      )}
    </StaffPage>
  )
}
