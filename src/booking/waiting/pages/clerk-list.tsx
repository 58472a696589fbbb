/** The line of a unit's matters: who waits since when, what is offered, and one entry with what a clerk may do for the person. */
import type { JSX } from 'preact'
import type { FieldError, Refused } from '../../../platform/decision.js'
import type { Directory, Service } from '../../../directory/index.js'
import {
  Button,
  decisionSentence,
  Details,
  EmailLink,
  IdempotencyField,
  PhoneLink,
  Select,
  StaffPage,
  StaffSteps,
  SummaryList,
  Table,
  type Shell,
  type StaffLink,
} from '../../../ui/index.js'
import type { Person } from '../../../visit/index.js'
import type { TypedPerson } from '../../forms.js'
import { isMoreSaid, type SaidWish } from '../../clerk-wish.js'
import { CallerFields } from '../../pages/caller.js'
import { MatterLine, PurposeCell, purposeRows, whenText } from '../../pages/clerk-parts.js'
import { WishAndBuilding } from '../../pages/clerk-wish.js'
import type { ListedEntry } from '../line-store.js'
import { purposeFor } from '../wished.js'
import { wantedText } from './entry.js'
import { FromDay, PartOfDay, ToDay, type TypedWish } from './join.js'

interface Frame {
  readonly links: readonly StaffLink[]
  readonly office: Directory
}

export function ClerkListPage({
  shell,
  view,
}: {
  shell: Shell
  view: Frame & { readonly entries: readonly ListedEntry[]; readonly matters: readonly Service[] }
}): JSX.Element {
  const { t } = shell
  return (
    <StaffPage shell={shell} title={t('waiting-staff.list')} links={view.links}>
      <h1 class="govuk-heading-l">{t('waiting-staff.list')}</h1>
      <p class="govuk-body">{t('waiting-staff.list.order')}</p>
      {view.entries.length === 0 ? (
        <p class="govuk-body">{t('waiting-staff.list.none')}</p>
      ) : (
        <div class="okienko-scroll">
          <Table
            caption={t('waiting-staff.list.count', { count: view.entries.length })}
            head={['since', 'matter', 'name', 'wanted', 'now', 'offered'].map((key) => t(`waiting-staff.${key}`))}
            rows={view.entries.map((each) => [
              <a class="govuk-link" href={`/praca/lista/${each.entry.reference}`}>
                {whenText(t, each.entry.joinedAt)}
              </a>,
              <PurposeCell office={view.office} purpose={purposeFor(view.office, each)} />,
              personOf(each).name ?? t('booking-staff.nobody'),
              wantedText(shell, each.entry),
              each.visit === null ? t('waiting-staff.no-visit') : whenText(t, each.visit.startsAt),
              each.offer === null
                ? t('waiting-staff.nothing')
                : t('waiting-staff.offered.until', { when: whenText(t, each.offer.start), until: whenText(t, each.offer.until) }),
            ])}
          />
        </div>
      )}
      <h2 class="govuk-heading-m">{t('waiting-staff.add')}</h2>
      <form method="get" action="/praca/lista/dopisz" noValidate>
        <Select name="sprawa" label={t('waiting-staff.matter')} items={view.matters.map(({ id, name }) => ({ value: id, text: name }))} />
        <Button kind="secondary">{t('ui.continue')}</Button>
      </form>
      <p class="govuk-body">{t('waiting-staff.add.visit')}</p>
    </StaffPage>
  )
}

/** Whom to tell: the person of the visit, or of the entry. */
function personOf({ entry, visit }: ListedEntry): Person {
  return visit === null ? entry.person : visit.person
}

export function ClerkEntryPage({
  shell,
  view,
}: {
  shell: Shell
  view: Frame & { readonly listed: ListedEntry; readonly refusal: Refused | null; readonly slice: string }
}): JSX.Element {
  const { t } = shell
  const { listed, refusal, slice, office } = view
  const { entry, visit, offer } = listed
  const person = personOf(listed)
  const path = `/praca/lista/${entry.reference}`
  const open = entry.state === 'waiting' || entry.state === 'offered'
  return (
    <StaffPage shell={shell} title={t('waiting-staff.entry')} back="/praca/lista" links={view.links}>
      {refusal !== null && (
        <div class="okienko-region okienko-region--now okienko-refusal" role="alert" tabIndex={-1} data-focus="">
          <p class="govuk-body-l">{decisionSentence(t, slice, refusal)}</p>
          <StaffSteps next={refusal.next} />
        </div>
      )}
      <h1 class="govuk-heading-l">{t('waiting-staff.entry')}</h1>
      <SummaryList
        rows={[
          ...purposeRows(t, office, purposeFor(office, listed)),
          { key: t('waiting-staff.since'), value: whenText(t, entry.joinedAt) },
          { key: t('waiting-staff.wanted'), value: wantedText(shell, entry) },
          {
            key: t('waiting-staff.now'),
            value:
              visit === null ? (
                t('waiting-staff.no-visit')
              ) : (
                <a class="govuk-link" href={`/praca/obsluga/wizyta/${visit.reference}`}>
                  {whenText(t, visit.startsAt)}
                </a>
              ),
          },
          {
            key: t('waiting-staff.offered'),
            value:
              offer === null
                ? t('waiting-staff.nothing')
                : t('waiting-staff.offered.until', { when: whenText(t, offer.start), until: whenText(t, offer.until) }),
          },
          { key: t('waiting-staff.name'), value: person.name ?? t('booking-staff.nobody') },
          {
            key: t('booking-staff.phone'),
            value: person.phone === null ? t('booking-staff.not-given') : <PhoneLink phone={person.phone} />,
          },
          {
            key: t('booking-staff.email'),
            value: person.email === null ? t('booking-staff.not-given') : <EmailLink email={person.email} />,
          },
        ]}
      />
      {open && offer !== null && (
        <form method="post" action={`${path}/przyjmij`}>
          <p class="govuk-body">{t('waiting-staff.accept.what')}</p>
          <Button>{t('waiting-staff.accept')}</Button>
        </form>
      )}
      {open && (
        <form method="post" action={`${path}/opusc`}>
          <Button kind="secondary">{t('waiting-staff.withdraw')}</Button>
        </form>
      )}
    </StaffPage>
  )
}

export interface AddView extends Frame {
  /** What the time is to be for. */
  readonly said: SaidWish
  readonly days: readonly Temporal.PlainDate[]
  readonly typed: TypedWish
  readonly person: TypedPerson
  readonly key: string
  readonly errors: readonly FieldError[]
  readonly refusal: Refused | null
}

export function ClerkAddPage({ shell, view }: { shell: Shell; view: AddView }): JSX.Element {
  const { t } = shell
  const { said, days, typed, person, key, errors, refusal } = view
  return (
    <StaffPage shell={shell} title={t('waiting-staff.add')} back="/praca/lista" links={view.links} errors={errors}>
      {refusal !== null && (
        <div class="okienko-region okienko-region--now okienko-refusal" role="alert" tabIndex={-1} data-focus="">
          <p class="govuk-body-l">{decisionSentence(t, 'waiting', refusal)}</p>
        </div>
      )}
      <h1 class="govuk-heading-l">{t('waiting-staff.add')}</h1>
      <MatterLine shell={shell} wish={said.wish} />
      <form method="post" action={`/praca/lista/dopisz/${said.wish.service.id}`} noValidate data-keep="">
        <IdempotencyField value={key} />
        <Details summary={t('waiting-staff.add.wish')} open={isMoreSaid(said)}>
          <WishAndBuilding shell={shell} office={view.office} said={said} />
        </Details>
        <FromDay days={days} typed={typed} errors={errors} />
        <ToDay days={days} typed={typed} errors={errors} />
        <PartOfDay typed={typed} />
        <CallerFields typed={person} errors={errors} />
        <Button>{t('waiting-staff.add.button')}</Button>
      </form>
    </StaffPage>
  )
}
