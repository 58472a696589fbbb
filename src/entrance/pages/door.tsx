/**
 * The guard's page: one field a scanner types into, the answer large above it, and below it who is
 * expected, who is no client, who came in last.
 *
 * Everything is a plain form. The field has the focus on every page, the one with an answer too, so
 * that the next pass can be scanned while the last answer still shows.
 */
import type { JSX } from 'preact'
import { Button, Details, DoorPage, IdempotencyField, TextInput, useWords, type Shell, type StaffLink } from '../../ui/index.js'
import type { Building, Directory } from '../../directory/index.js'
import type { SafetyObligation } from '../../regulation/index.js'
import { wallTime } from '../../platform/words.js'
import type { DoorView } from '../inside.js'
import { isInside } from '../rules.js'
import { otherPurposes, type DoorAnswer, type Expected } from '../model.js'
import { Answer, type Help } from './answer.js'

export interface DoorPageView {
  readonly building: Building
  readonly office: Directory
  readonly links: readonly StaffLink[]
  readonly door: DoorView
  readonly safety: readonly SafetyObligation[]
  readonly takesDocuments: boolean
  readonly answer: DoorAnswer | null
  readonly help: Help | null
  /** People found by surname; null when nobody was searched. */
  readonly found: readonly Expected[] | null
  /** A sentence about what was just done or could not be. */
  readonly notice: string | null
}

export function Door({ shell, view }: { shell: Shell; view: DoorPageView }): JSX.Element {
  const { t } = shell
  const base = `/praca/wejscie/${view.building.id}`
  const place = view.building.name || view.building.address
  return (
    <DoorPage shell={shell} title={t('entrance-staff.title', { building: place })} links={view.links}>
      {view.notice !== null && (
        <p class="govuk-body-l" role="status">
          {view.notice}
        </p>
      )}
      {view.answer === null ? (
        <h1 class="govuk-heading-l">{t('entrance-staff.title', { building: place })}</h1>
      ) : (
        <Answer shell={shell} answer={view.answer} office={view.office} help={view.help} base={base} />
      )}
      {view.found !== null && <Found shell={shell} view={view} base={base} />}
      <form method="post" action={base} novalidate>
        <TextInput
          name="kod"
          label={t('entrance-staff.scan')}
          hint={t('entrance-staff.scan.hint')}
          autofocus
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
        <Button>{t('entrance-staff.check')}</Button>
      </form>
      <ExpectedList shell={shell} view={view} base={base} />
      <Others shell={shell} view={view} base={base} />
      <Inside shell={shell} view={view} base={base} />
      <SafetyReminder shell={shell} safety={view.safety} />
    </DoorPage>
  )
}

function ExpectedList({ shell, view, base }: { shell: Shell; view: DoorPageView; base: string }): JSX.Element {
  const { t } = shell
  return (
    <section aria-labelledby="spodziewani">
      <h2 class="govuk-heading-m" id="spodziewani">
        {t('entrance-staff.expected')}
      </h2>
      {view.door.expected.length === 0 ? (
        <p class="govuk-body">{t('entrance-staff.expected.none')}</p>
      ) : (
        <TapList people={view.door.expected} view={view} base={base} named={false} />
      )}
    </section>
  )
}

/** A person as little as the guard needs: time, matter, room, initials; the name only where it was searched for. */
function TapList({
  people,
  view,
  base,
  named,
}: {
  people: readonly Expected[]
  view: DoorPageView
  base: string
  named: boolean
}): JSX.Element {
  const t = useWords()
  return (
    <ul class="okienko-tap">
      {people.map((person) => (
        <li>
          <a href={`${base}?wizyta=${person.reference}`}>
            <strong>{wallTime(person.startsAt)}</strong>
            <span>{view.office.services.get(person.serviceId)?.name ?? person.serviceId}</span>
            <span>{(named ? person.name : person.initials) ?? ''}</span>
            {named && isInside(person.state) && <span>{t('entrance-staff.found.inside')}</span>}
            {named && person.buildingId !== view.building.id && <span>{view.office.buildings.get(person.buildingId)?.address ?? ''}</span>}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Found({ shell, view, base }: { shell: Shell; view: DoorPageView; base: string }): JSX.Element {
  const { t } = shell
  const found = view.found ?? []
  return (
    <section aria-labelledby="znalezieni">
      <h2 class="govuk-heading-m" id="znalezieni">
        {t('entrance-staff.found', { count: found.length })}
      </h2>
      <TapList people={found} view={view} base={base} named />
    </section>
  )
}

/** Those who come without a booking: to leave documents, or as no client at all; and a client without a booking. */
function Others({ shell, view, base }: { shell: Shell; view: DoorPageView; base: string }): JSX.Element {
  const { t } = shell
  return (
    <section aria-labelledby="inni">
      <h2 class="govuk-heading-m" id="inni">
        {t('entrance-staff.others')}
      </h2>
      {view.takesDocuments && (
        <form method="post" action={`${base}/dokumenty`}>
          <IdempotencyField />
          <Button kind="secondary">{t('entrance-staff.drop-off')}</Button>
        </form>
      )}
      <form method="post" action={`${base}/inna-osoba`}>
        <IdempotencyField />
        <div class="govuk-button-group">
          {otherPurposes.map((purpose) => (
            <Button kind="secondary" name="cel" value={purpose}>
              {t(`entrance-staff.purpose.${purpose}`)}
            </Button>
          ))}
        </div>
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href={`${base}?kod=brak`}>
          {t('entrance-staff.without-booking')}
        </a>
        {!view.takesDocuments && (
          <>
            {' · '}
            <a class="govuk-link" href={`${base}?kod=dokumenty`}>
              {t('entrance-staff.documents-here')}
            </a>
          </>
        )}
      </p>
    </section>
  )
}

function Inside({ shell, view, base }: { shell: Shell; view: DoorPageView; base: string }): JSX.Element {
  const { t } = shell
  const { inside, recent } = view.door
  const total = inside.reduce((sum, each) => sum + each.count, 0)
  return (
    <section aria-labelledby="w-srodku">
      <h2 class="govuk-heading-m" id="w-srodku">
        {t('entrance-staff.inside', { count: total })}
      </h2>
      {total > 0 && (
        <p class="govuk-body">{inside.map((each) => `${t(`entrance-staff.purpose.${each.purpose}`)}: ${each.count}`).join(' · ')}</p>
      )}
      {recent.length > 0 && (
        <Details summary={t('entrance-staff.recent')}>
          <ul class="govuk-list">
            {recent.map((entry) => (
              <li>
                <form method="post" action={`${base}/wpis`}>
                  <input type="hidden" name="wpis" value={entry.id} />
                  <span>
                    {wallTime(entry.at)} {t(`entrance-staff.purpose.${entry.purpose}`)} {entry.ticket ?? ''}{' '}
                    {entry.overrideReason !== null &&
                      `(${t('entrance-staff.against')}: ${t(`entrance-staff.override.${entry.overrideReason}`)}) `}
                  </span>
                  {entry.undoneAt !== null ? (
                    <span>{t('entrance-staff.undone')}</span>
                  ) : (
                    <>
                      {entry.leftAt === null ? (
                        <Button kind="secondary" name="co" value="wyszedl" classes="govuk-!-margin-bottom-1">
                          {t('entrance-staff.leave')}
                          <span class="govuk-visually-hidden"> {wallTime(entry.at)}</span>
                        </Button>
                      ) : (
                        <span>{t('entrance-staff.left', { time: wallTime(entry.leftAt) })}</span>
                      )}{' '}
                      <Button kind="secondary" name="co" value="cofnij" classes="govuk-!-margin-bottom-1">
                        {t('entrance-staff.undo')}
                        <span class="govuk-visually-hidden"> {wallTime(entry.at)}</span>
                      </Button>
                    </>
                  )}
                </form>
              </li>
            ))}
          </ul>
        </Details>
      )}
    </section>
  )
}

/** A reminder, with who is exempt: never a ground for sending anybody away. */
function SafetyReminder({ shell, safety }: { shell: Shell; safety: readonly SafetyObligation[] }): JSX.Element | null {
  const { t } = shell
  if (safety.length === 0) return null
  return (
    <Details summary={t('entrance-staff.safety')}>
      <p>{t('entrance-staff.safety.reminder')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {safety.map((each) => (
          <li>
            {t(`regulation.safety.${each.obligation}`)}
            {each.exempt.length > 0 &&
              `. ${t('regulation.exempt', { who: each.exempt.map(({ who }) => t(`regulation.exempt.${who}`)).join('; ') })}`}
          </li>
        ))}
      </ul>
    </Details>
  )
}
