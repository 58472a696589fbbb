/** What changes when, in the words of the acts, with the button that says it was read. */
import type { JSX } from 'preact'
import type { Directory } from '../../directory/index.js'
import { officeDay } from '../../platform/clock.js'
import { plainDay } from '../../platform/words.js'
import { provisionSentence, type Provision } from '../../regulation/index.js'
import { Button, Details, StaffPage, Tag, WarningText, type Shell, type StaffLink } from '../../ui/index.js'
import { headingOf, slugOf } from '../acts/rules.js'
import { isToRead, type Change } from './acts.js'

export interface ChangeView extends Change {
  /** Provisions that touch whoever reads. */
  readonly own: readonly Provision[]
  readonly readAt: Temporal.Instant | null
  /** Names of those who have not read it yet; null: not for whoever reads. */
  readonly unread: readonly string[] | null
  /** How many are to read it. */
  readonly of: number
}

export interface ChangesView {
  readonly links: readonly StaffLink[]
  readonly office: Directory
  readonly today: string
  /** The whole office is meant. */
  readonly whole: boolean
  /** What was just said to be read has been corrected meanwhile. */
  readonly changed: boolean
  readonly changes: readonly ChangeView[]
}

export function ChangesPage({ shell, view }: { shell: Shell; view: ChangesView }): JSX.Element {
  const { t } = shell
  const title = t('administration-publication-staff.changes')
  const coming = view.changes.filter(({ day }) => day > view.today)
  const past = view.changes.filter(({ day }) => day <= view.today)
  return (
    <StaffPage shell={shell} title={title} links={view.links}>
      <h1 class="govuk-heading-l">{title}</h1>
      {view.changed && <WarningText>{t('administration-publication-staff.changes.corrected')}</WarningText>}
      <p class="govuk-body">{t(`administration-publication-staff.changes.${view.whole ? 'office' : 'own'}`)}</p>
      {[['coming', coming.toReversed()] as const, ['past', past] as const].map(([key, changes]) => (
        <>
          <h2 class="govuk-heading-m">{t(`administration-publication-staff.changes.${key}`)}</h2>
          {changes.length === 0 && <p class="govuk-body">{t('administration-publication-staff.changes.none')}</p>}
          {changes.map((change) => (
            <OneChange shell={shell} view={view} change={change} />
          ))}
        </>
      ))}
      <p class="govuk-body">
        <a class="govuk-link" href="/akty">
          {t('administration-publication-staff.changes.all')}
        </a>
      </p>
    </StaffPage>
  )
}

function OneChange({ shell: { t, language }, view, change }: { shell: Shell; view: ChangesView; change: ChangeView }): JSX.Element {
  const { act, what, day, own, provisions } = change
  const path = `/akty/${slugOf(act.id)}`
  return (
    <section>
      <h3 class="govuk-heading-s" id={what === 'begins' ? slugOf(act.id) : undefined}>
        {t(`administration-publication-staff.changes.${what}`, { day: plainDay(language, Temporal.PlainDate.from(day)) })}: {headingOf(act)}
      </h3>
      {what === 'begins' && (
        <>
          {!act.textHeld && <p class="govuk-body">{t('administration-publication-staff.changes.not-held')}</p>}
          {own.length > 0 && (
            <ul class="govuk-list govuk-list--bullet">
              {own.map((provision) => (
                <li>
                  {provisionSentence(t, view.office, { provision, act, term: { from: null, until: null } })} ({provision.reference})
                </li>
              ))}
            </ul>
          )}
          {own.length < provisions.length && (
            <p class="govuk-body">{t('administration-publication-staff.changes.others', { count: provisions.length - own.length })}</p>
          )}
        </>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={path}>
          {t('administration-publication-staff.changes.act')}
          <span class="govuk-visually-hidden"> {act.number}</span>
        </a>
      </p>
      {isToRead(change) && <Acknowledgement t={t} change={change} />}
    </section>
  )
}

function Acknowledgement({ t, change }: { t: Shell['t']; change: ChangeView }): JSX.Element {
  const { act, readAt, unread, of } = change
  return (
    <>
      {readAt === null ? (
        <form method="post" action="/praca/co-sie-zmienia">
          <input type="hidden" name="act" value={act.id} />
          <input type="hidden" name="seen" value={act.enteredAt.toString()} />
          <Button>
            {t('administration-publication-staff.changes.read')}
            <span class="govuk-visually-hidden"> {act.number}</span>
          </Button>
        </form>
      ) : (
        <p class="govuk-body">
          <Tag colour="green">
            {t('administration-publication-staff.changes.read-at', { day: plainDay(t.language, officeDay(readAt)) })}
          </Tag>
        </p>
      )}
      {unread !== null &&
        (unread.length === 0 ? (
          <p class="govuk-body">{t('administration-publication-staff.changes.all-read', { of })}</p>
        ) : (
          <Details summary={t('administration-publication-staff.changes.unread', { count: unread.length, of })}>
            <ul class="govuk-list govuk-list--bullet">
              {unread.map((name) => (
                <li>{name}</li>
              ))}
            </ul>
          </Details>
        ))}
    </>
  )
}
