/**
 * What stands in the same place on every page of a call: which call it is and how it ends without a
 * visit, what to ask about the matter, what applies today, and the lists at hand.
 */
import type { JSX } from 'preact'
import { wallTime } from '../../platform/words.js'
import type { Directory, Service } from '../../directory/index.js'
import { hoursText, waySentence, type Way } from '../../regulation/index.js'
import { BasisLine, Button, decisionSentence, StaffSteps, TextInput, useWords, type Shell } from '../../ui/index.js'
import { saidOutcomes } from '../clerk-call.js'
import type { Questions, Today } from '../clerk-side.js'
import { searchCharactersMax } from '../search.js'
import { BringList } from './parts.js'
import { anyOf } from './ways.js'

export interface SideView {
  readonly office: Directory
  /** Since when the call goes on; null: none was begun. */
  readonly since: Temporal.Instant | null
  readonly today: Today
}

/** The call: when it began, and the key that begins the next. */
export function CallLine({ shell: { t }, since }: { shell: Shell; since: Temporal.Instant | null }): JSX.Element {
  return (
    <form method="post" action="/praca/obsluga/rozmowa" class="okienko-call">
      <Button kind="secondary" shortcut="F2">
        {t('booking-console-staff.call.begin')}
      </Button>{' '}
      <span class="okienko-quiet">
        {since === null ? t('booking-console-staff.call.none') : t('booking-console-staff.call.since', { time: wallTime(since) })}
      </span>
    </form>
  )
}

/** The matter by words: a list that follows what is typed where there is script, a page of what fits without. */
export function MatterForm({ shell, value, focus }: { shell: Shell; value: string; focus: boolean }): JSX.Element {
  const { t } = shell
  return (
    <form method="get" action="/praca/obsluga" novalidate class="okienko-matter" data-suggest="/praca/obsluga/sprawy">
      <TextInput
        id="szukana-sprawa"
        name="sprawa"
        label={t('booking-staff.matter')}
        hint={t('booking-staff.matter.hint')}
        value={value.slice(0, searchCharactersMax)}
        autocomplete="off"
        spellcheck={false}
        autofocus={focus}
      />
      <Button kind="secondary" shortcut="F4" shortcutField="szukana-sprawa">
        {t('booking-staff.matter.find')}
      </Button>
    </form>
  )
}

/** The advice as questions, each with what a yes leads to. */
export function QuestionsBox({ shell: { t }, service, questions }: { shell: Shell; service: Service; questions: Questions }): JSX.Element {
  const { advice, asked } = questions
  return (
    <section class="okienko-region" aria-labelledby="ask">
      <h2 class="govuk-heading-m" id="ask">
        {t('booking-console-staff.ask')}
      </h2>
      <p class="govuk-body">{t(`regulation.advice.${advice.code}`)}</p>
      {asked.length > 0 && (
        <ol class="govuk-list govuk-list--number">
          {asked.map(({ groups, ways }) => (
            <li>
              <strong>
                {t('booking-console-staff.ask.means', {
                  means: groups.map((group) => anyOf(t, group)).join(t('booking-console-staff.ask.and')),
                })}
              </strong>{' '}
              {t('booking-console-staff.ask.if-yes')}
              <Ways ways={ways} />
            </li>
          ))}
        </ol>
      )}
      {advice.ways.length > 0 && (
        <>
          {asked.length > 0 && <p class="govuk-body">{t('booking-console-staff.ask.everyone')}</p>}
          <Ways ways={advice.ways} />
        </>
      )}
      <BringList service={service} level={3} />
      <p class="govuk-body">
        <NewTab href={`/sprawy/${encodeURIComponent(service.id)}`} text={t('booking-console-staff.ask.page')} />
      </p>
    </section>
  )
}

function Ways({ ways }: { ways: readonly Way[] }): JSX.Element {
  const t = useWords()
  return (
    <ul class="govuk-list govuk-list--bullet">
      {ways.map((way) => (
        <li>{waySentence(t, way)}</li>
      ))}
    </ul>
  )
}

/** What applies today, to the matter where one is chosen, and the lists at hand. */
export function TodayBox({ shell: { t }, today }: { shell: Shell; today: Today }): JSX.Element {
  const { acts, door, hours } = today
  return (
    <section class="okienko-region" aria-labelledby="today">
      <h2 class="govuk-heading-m" id="today">
        {t('booking-console-staff.today')}
      </h2>
      {hours !== null && <p class="govuk-body">{t('booking-console-staff.today.hours', { hours: hoursText(t, hours) })}</p>}
      {door !== null && (
        <>
          <p class="govuk-body">
            {t('booking-console-staff.today.door')} {decisionSentence(t, 'regulation', door)}
          </p>
          <BasisLine basis={door.basis} />
          <StaffSteps next={door.next} />
        </>
      )}
      {acts.length > 0 && (
        <p class="govuk-body">
          {t('booking-console-staff.today.acts')} {acts.map(({ number }) => number).join(', ')}
        </p>
      )}
      <ul class="govuk-list">
        <li>
          <NewTab href="/zasady" text={t('booking-console-staff.today.all')} />
        </li>
        <li>
          <NewTab href="/kontakt" text={t('booking-console-staff.hand.directory')} />
        </li>
        <li>
          <NewTab href="/sprawy" text={t('booking-console-staff.hand.papers')} />
        </li>
        <li>
          <a class="govuk-link" href="/praca/prosby">
            {t('booking-console-staff.hand.requests')}
          </a>
        </li>
      </ul>
    </section>
  )
}

function NewTab({ href, text }: { href: string; text: string }): JSX.Element {
  return (
    <a class="govuk-link" href={href} target="_blank" rel="noopener">
      {text}
    </a>
  )
}

/** How a call ends without a visit: each is one press. A task carries along what was typed, where a form says so. */
export function CallEnds({
  shell: { t },
  serviceId,
  taskForm,
}: {
  shell: Shell
  serviceId: string | null
  taskForm?: string
}): JSX.Element {
  return (
    <section class="okienko-region" aria-labelledby="ends">
      <h2 class="govuk-heading-m" id="ends">
        {t('booking-console-staff.call.end')}
      </h2>
      <form method="post" action="/praca/obsluga/rozmowa/koniec" novalidate>
        {serviceId !== null && <input type="hidden" name="sprawa" value={serviceId} />}
        <div class="govuk-button-group">
          {saidOutcomes.map((outcome) => (
            <Button kind="secondary" name="wynik" value={outcome}>
              {t(`booking-console-staff.call.end.${outcome}`)}
            </Button>
          ))}
          <Button kind="secondary" form={taskForm} formaction="/praca/obsluga/zadanie" shortcut="F9">
            {t('booking-console-staff.call.end.task')}
          </Button>
        </div>
      </form>
    </section>
  )
}
