/** The service office's first page: which matter, or which visit, one field each, then Enter; what is at hand beside them. */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import { phoneForReading, type Translate } from '../../platform/words.js'
import { spacedReference } from '../../platform/references.js'
import { DeviceTroubles, type Device } from '../../device/index.js'
import {
  Button,
  errorAt,
  NotificationBanner,
  StaffPage,
  Table,
  Tag,
  TextInput,
  useWords,
  type Shell,
  type StaffLink,
} from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'
import type { CallOutcome } from '../clerk-call.js'
import type { FoundMatter } from '../search.js'
import { CallEnds, CallLine, MatterForm, TodayBox, type SideView } from './clerk-side.js'
import { PurposeCell, whenText } from './clerk-parts.js'

export interface ConsoleView extends SideView {
  readonly links: readonly StaffLink[]
  /** The matters of the whole office, not of one unit: the page is called as the menu calls it. */
  readonly everyUnit: boolean
  /** How the call before ended, just said. */
  readonly ended: CallOutcome | null
  /** Name of the unit in whose list the task stands that it left. */
  readonly taskOf: string | null
  /** What was typed for a matter, and the matters that fit. */
  readonly matter: string
  readonly matters: readonly FoundMatter[]
  /** What was typed to find a visit; null before anybody searched. */
  readonly search: { readonly typed: string; readonly day: string } | null
  readonly visits: readonly Visit[]
  readonly more: boolean
  readonly errors: readonly FieldError[]
  /** Kiosks and screens that need somebody to go there. */
  readonly troubles?: readonly Device[] | undefined
}

export function ClerkConsolePage({ shell, view }: { shell: Shell; view: ConsoleView }): JSX.Element {
  const { t } = shell
  const title = t(view.everyUnit ? 'booking-staff.console' : 'staff-staff.menu.booking')
  return (
    <StaffPage shell={shell} title={title} links={view.links} errors={view.errors} scripts={['console.js']}>
      {view.ended !== null && <NotificationBanner type="success" text={endedText(t, view.ended, view.taskOf)} />}
      <h1 class="govuk-heading-l">{title}</h1>
      <CallLine shell={shell} since={view.since} />
      <DeviceTroubles devices={view.troubles ?? []} office={view.office} />
      <div class="okienko-console okienko-console--start">
        <section class="okienko-region" aria-labelledby="book">
          <h2 class="govuk-heading-m" id="book">
            {t('booking-staff.book')}
          </h2>
          <MatterForm shell={shell} value={view.matter} focus={view.search === null} />
          {view.search === null && <Matters view={view} />}
        </section>
        <section class="okienko-region" aria-labelledby="find">
          <h2 class="govuk-heading-m" id="find">
            {t('booking-staff.find')}
          </h2>
          <form method="post" action="/praca/obsluga/szukaj" novalidate>
            <TextInput
              name="szukane"
              label={t('booking-staff.search')}
              hint={t('booking-staff.search.hint')}
              value={view.search?.typed ?? ''}
              error={errorAt(t, view.errors, 'szukane')}
              autocomplete="off"
              spellcheck={false}
              autofocus={view.search !== null}
            />
            <TextInput
              name="dzien"
              type="date"
              label={t('booking-staff.search.day')}
              hint={t('booking-staff.search.day-hint')}
              value={view.search?.day ?? ''}
              error={errorAt(t, view.errors, 'dzien')}
              classes="govuk-input--width-10"
            />
            <Button shortcut="F3" shortcutField="szukane">
              {t('booking-staff.search.button')}
            </Button>
          </form>
        </section>
        {view.search !== null && view.errors.length === 0 && <Found shell={shell} view={view} />}
        <div class="okienko-console__side">
          <CallEnds shell={shell} serviceId={null} />
          <TodayBox shell={shell} today={view.today} />
        </div>
      </div>
    </StaffPage>
  )
}

function endedText(t: Translate, ended: CallOutcome, taskOf: string | null): string {
  if (ended === 'task' && taskOf !== null) return t('booking-console-staff.call.ended.task-of', { unit: taskOf })
  return t(`booking-console-staff.call.ended.${ended}`)
}

function Matters({ view }: { view: ConsoleView }): JSX.Element {
  const t = useWords()
  if (view.matters.length === 0) return <p class="govuk-body">{t('booking-staff.matter.none')}</p>
  return (
    <ul class="govuk-list">
      {view.matters.map((found) => (
        <li>
          <Matter view={view} found={found} />
        </li>
      ))}
    </ul>
  )
}

function Matter({ view, found }: { view: ConsoleView; found: FoundMatter }): JSX.Element {
  const t = useWords()
  const [href, name, unit] =
    found.kind === 'service'
      ? [
          `/praca/obsluga/umow/${encodeURIComponent(found.service.id)}`,
          found.service.name,
          view.office.units.get(found.service.unitId)?.name,
        ]
      : [
          `/sprawy/${encodeURIComponent(found.elsewhere.id)}`,
          found.elsewhere.name,
          t('booking-staff.matter.elsewhere', { who: found.elsewhere.who }),
        ]
  return (
    <>
      <a class="govuk-link" href={href}>
        {name}
      </a>{' '}
      <span class="okienko-quiet">{unit}</span>
    </>
  )
}

function Found({ shell, view }: { shell: Shell; view: ConsoleView }): JSX.Element {
  const { t } = shell
  return (
    <div class="okienko-region okienko-console__found" role="status">
      <p class="govuk-body">{t('booking-staff.found', { count: view.visits.length })}</p>
      {view.more && <p class="govuk-body">{t('booking-staff.found.more')}</p>}
      {view.visits.length > 0 && (
        <div class="okienko-scroll">
          <Table
            caption={t('booking-staff.find')}
            captionClasses="govuk-visually-hidden"
            head={[
              t('booking-staff.when'),
              t('booking-staff.name'),
              t('booking-staff.phone'),
              t('booking-staff.matter-short'),
              t('booking-staff.state'),
              t('booking-staff.reference'),
            ]}
            rows={view.visits.map((visit, index) => [
              <a class="govuk-link" href={`/praca/obsluga/wizyta/${visit.reference}`} data-focus={index === 0 ? '' : undefined}>
                {whenText(t, visit.startsAt)}
              </a>,
              visit.person.name ?? t('booking-staff.nobody'),
              <span class="okienko-whole">{visit.person.phone === null ? '–' : phoneForReading(visit.person.phone)}</span>,
              <PurposeCell office={view.office} purpose={visit} />,
              <StateTag shell={shell} visit={visit} />,
              <span class="okienko-whole">{spacedReference(visit.reference)}</span>,
            ])}
          />
        </div>
      )}
    </div>
  )
}

export function StateTag({ shell, visit }: { shell: Shell; visit: Visit }): JSX.Element {
  const over = visit.endedAt !== null
  return (
    <Tag colour={over ? 'grey' : visit.state === 'booked' ? 'green' : 'turquoise'}>{shell.t(`booking-staff.state.${visit.state}`)}</Tag>
  )
}
