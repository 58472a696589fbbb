/**
 * The guard's page: one field a scanner types into, the answer large right below it, and then who is
 * expected, who is no client, who came in last.
 *
 * Everything is a plain form. The field has the focus on every page, the one with an answer too, so
 * that the next pass can be scanned while the last answer still shows. It stands above the answer:
 * a browser scrolls to the field that has the focus, and the answer must not go out of sight.
 */
import type { JSX } from 'preact'
import type { Refused } from '../../platform/decision.js'
import { Button, Details, DoorPage, IdempotencyField, LiveRegion, Select, TextInput, type Shell, type StaffLink } from '../../ui/index.js'
import type { Directory } from '../../directory/index.js'
import { exemptText, safetyText, type SafetyObligation } from '../../regulation/index.js'
import type { Visit } from '../../visit/index.js'
import { correctionReasons, otherPurposes, type DoorAnswer, type Expected } from '../model.js'
import type { AssistView } from '../assisted/view.js'
import { Assist, TimeGiven } from '../assisted/help.js'
import type { CompanionView } from '../companions.js'
import { Camera } from '../offline/camera.js'
import { PapersLeft, type PapersTyped } from '../papers/pages.js'
import { unitsToChoose } from '../papers/rules.js'
import type { Papers } from '../papers/store.js'
import { ScreeningHelp, type DoorScreening } from './screening.js'
import { Answer } from './answer.js'
import { Entries, type EntriesView } from './entries.js'
import { CameWith } from './with.js'
import { TapList, Watch, type WatchView } from './watch.js'

export interface DoorPageView extends WatchView {
  readonly shell: Shell
  readonly links: readonly StaffLink[]
  /** The key of the sentence why the count was not put right. */
  readonly countError: string | null
  readonly entries: EntriesView
  readonly safety: readonly SafetyObligation[]
  readonly screening: DoorScreening
  readonly takesDocuments: boolean
  readonly answer: DoorAnswer | null
  /** What can be given to somebody who is not let in. */
  readonly assist: AssistView | null
  /** Who came with the client of an entry that stands. */
  readonly companions: CompanionView | null
  readonly companionRefusal: Refused | null
  /** The papers just left. */
  readonly papers: Papers | null
  readonly papersTyped: PapersTyped
  /** The minute typed for an envelope that was left before, and the key of the sentence what is wrong with it. */
  readonly leftTyped: string
  readonly leftError: string | null
  /** A message can be sent from here at all. */
  readonly mayMail: boolean
  /** The visit for which a time was just given. */
  readonly given: Visit | null
  /** People found by surname; null when nobody was searched. */
  readonly found: readonly Expected[] | null
  /** A sentence about what was just done or could not be. */
  readonly notice: string | null
  /** What was typed and could not be looked for, and the key of the sentence why. */
  readonly typed: string
  readonly scanError: string | null
  /** The key of the sentence why letting in against the answer was not done. */
  readonly overrideError: string | null
}

export function Door({ shell, view }: { shell: Shell; view: DoorPageView }): JSX.Element {
  const { t } = shell
  const { answer, building, overrideError } = view
  const base = `/praca/wejscie/${building.id}`
  const title = t('entrance-staff.title', { building: building.name || building.address })
  return (
    <DoorPage
      shell={shell}
      title={title}
      links={view.links}
      scripts={['live.js', 'door.js', 'door-camera.js', 'tones.js']}
      errors={[
        ...(overrideError === null ? [] : [{ field: 'powod', message: overrideError }]),
        ...(view.countError === null ? [] : [{ field: 'ile', message: view.countError }]),
        ...(view.leftError === null ? [] : [{ field: 'godzina', message: view.leftError }]),
        ...(view.assist?.typed.errors ?? []),
        ...view.papersTyped.errors,
      ]}
    >
      {answer === null && view.given === null && <h1 class="govuk-heading-l">{title}</h1>}
      <ScanForm shell={shell} view={view} base={base} />
      <Camera />
      <p class="okienko-offline" role="alert" data-offline={t('entrance-staff.offline')} hidden />
      {view.notice !== null && (
        <p class="govuk-body-l" role="status">
          {view.notice}
        </p>
      )}
      {answer === null && view.given !== null && <TimeGiven visit={view.given} office={view.office} base={base} />}
      {answer !== null && (
        <Answer
          shell={shell}
          answer={answer}
          office={view.office}
          base={base}
          overrideError={overrideError}
          helped={view.assist !== null}
        />
      )}
      {answer !== null && answer.entry !== null && view.companions !== null && (
        <CameWith entry={answer.entry} view={view.companions} refusal={view.companionRefusal} base={base} />
      )}
      {answer !== null && answer.entry !== null && view.papers !== null && (
        <PapersLeft
          papers={view.papers}
          entry={answer.entry}
          office={view.office}
          typed={view.papersTyped}
          mayMail={view.mayMail}
          base={base}
        />
      )}
      {answer !== null && view.assist !== null && <Assist answer={answer} office={view.office} assist={view.assist} base={base} />}
      {view.found !== null && <Found shell={shell} view={view} found={view.found} />}
      <LiveRegion id="ruch" source={`${base}/stan`} events={`${base}/na-zywo`}>
        <Watch shell={shell} view={view} />
      </LiveRegion>
      <CountRight view={view} base={base} />
      <Entries view={view.entries} base={base} />
      <Others shell={shell} view={view} base={base} />
      <SafetyReminder shell={shell} safety={view.safety} office={view.office} />
      <ScreeningHelp shell={shell} screening={view.screening} office={view.office} />
      <p
        class="govuk-body"
        data-kept={base}
        data-building={building.id}
        data-ready={t('entrance-offline-staff.kept.ready', { time: '{time}' })}
        data-none={t('entrance-offline-staff.kept.none')}
        data-unable={t('entrance-offline-staff.kept.unable')}
      />
      {/* Only a script makes sounds: without one there is no switch. */}
      <p class="govuk-body">
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          data-tones=""
          data-on={t('entrance-staff.sound.on')}
          data-off={t('entrance-staff.sound.off')}
          hidden
        >
          {t('entrance-staff.sound.on')}
        </button>{' '}
        <span role="status" data-tones-blocked={t('entrance-staff.sound.blocked')} />
      </p>
    </DoorPage>
  )
}

function ScanForm({ shell, view, base }: { shell: Shell; view: DoorPageView; base: string }): JSX.Element {
  const { t } = shell
  return (
    <form method="post" action={base} class={view.answer === null ? 'okienko-scan' : 'okienko-scan okienko-scan--answered'} novalidate>
      <TextInput
        name="kod"
        label={t('entrance-staff.scan')}
        hint={t('entrance-staff.scan.hint')}
        value={view.typed}
        error={view.scanError === null ? undefined : t(view.scanError)}
        autofocus
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
      />
      <Button>{t('entrance-staff.check')}</Button>
    </form>
  )
}

function Found({ shell, view, found }: { shell: Shell; view: DoorPageView; found: readonly Expected[] }): JSX.Element {
  return (
    <section aria-labelledby="znalezieni">
      <h2 class="govuk-heading-m" id="znalezieni">
        {shell.t('entrance-staff.found', { count: found.length })}
      </h2>
      <TapList people={found} view={view} named />
    </section>
  )
}

/** Putting the count right, and who is inside on paper. Outside what keeps itself up to date: nothing typed is lost. */
function CountRight({ view, base }: { view: DoorPageView; base: string }): JSX.Element {
  const { t } = view.shell
  const error = view.countError === null ? undefined : t(view.countError)
  return (
    <>
      <Details summary={t('entrance-staff.count')} open={error !== undefined}>
        <form method="post" action={`${base}/licznik`} novalidate>
          <TextInput
            name="ile"
            label={t('entrance-staff.count.number')}
            hint={t('entrance-staff.count.hint')}
            inputmode="numeric"
            autocomplete="off"
            error={error}
          />
          <Select
            name="dlaczego"
            label={t('entrance-staff.count.reason')}
            items={correctionReasons.map((reason) => ({ value: reason, text: t(`entrance-staff.count.${reason}`) }))}
          />
          <Button kind="secondary">{t('entrance-staff.count.save')}</Button>
        </form>
      </Details>
      <p class="govuk-body">
        <a class="govuk-link" href={`${base}/ewakuacja`}>
          {t('entrance-staff.evacuation.link')}
        </a>
      </p>
    </>
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
        <form method="post" action={`${base}/dokumenty`} novalidate>
          <IdempotencyField />
          <Select
            name="wydzial"
            label={t('entrance-staff.papers.unit')}
            items={[
              { value: '', text: t('entrance-staff.papers.unit.sorted') },
              ...unitsToChoose(view.office).map((unit) => ({ value: unit.id, text: unit.name })),
            ]}
          />
          <Details summary={t('entrance-staff.papers.earlier')} open={view.leftError !== null}>
            <TextInput
              name="godzina"
              classes="govuk-input--width-5"
              label={t('entrance-staff.papers.left-at')}
              hint={t('entrance-staff.papers.left-at.hint')}
              value={view.leftTyped}
              error={view.leftError === null ? undefined : t(view.leftError)}
              inputmode="numeric"
              autocomplete="off"
            />
          </Details>
          <div class="govuk-button-group">
            <Button kind="secondary">{t('entrance-staff.drop-off')}</Button>
            <a class="govuk-link" href={`${base}/koperty`}>
              {t('entrance-staff.papers.list')}
            </a>
          </div>
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

/** A reminder, with who is exempt: never a ground for sending anybody away. */
function SafetyReminder({
  shell,
  safety,
  office,
}: {
  shell: Shell
  safety: readonly SafetyObligation[]
  office: Directory
}): JSX.Element | null {
  const { t } = shell
  if (safety.length === 0) return null
  return (
    <Details summary={t('entrance-staff.safety')}>
      <p>{t('entrance-staff.safety.reminder')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {safety.map((each) => (
          <li>
            {safetyText(t, each, office)}
            {each.exempt.length > 0 && `. ${t('regulation.exempt', { who: each.exempt.map((who) => exemptText(t, who)).join('; ') })}`}
          </li>
        ))}
      </ul>
      {/* The text that names them may not be held: the reminder must not sound as if nobody were exempt. */}
      {safety.every((each) => each.exempt.length === 0) && <p>{t('entrance-staff.safety.exempt-elsewhere')}</p>}
    </Details>
  )
}
