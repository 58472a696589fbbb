/**
 * The answer of the door, to be read from two metres: a word with a shape, then why, what it rests
 * on, and what the guard and the person do next. Colour comes last and says nothing alone.
 */
import type { JSX } from 'preact'
import { longDay, wallTime } from '../../platform/words.js'
import { matterNames, meetingPlace } from '../../booking/index.js'
import type { Directory } from '../../directory/index.js'
import { spacedTicket } from '../../queue/index.js'
import {
  BasisLine,
  Button,
  classes,
  decisionSentence,
  Details,
  LinkButton,
  NextSteps,
  Select,
  SummaryList,
  type Shell,
  type SummaryRow,
} from '../../ui/index.js'
import { overrideReasons, type DoorAnswer } from '../model.js'
import { isEnvelope } from '../papers/rules.js'
import { gaveTicket, isInside } from '../rules.js'

type Shape = 'yes' | 'wait' | 'no'

/** Codes after which the same person may come in soon or with a clerk's word: an orange clock, not a red cross. */
const waiting: ReadonlySet<string> = new Set([
  'too-early',
  'too-late',
  'come-in-late',
  'same-pass-again',
  'not-confirmed',
  'building-full',
  'area-full',
  'line-full',
])

/** Codes of which the word says all: a sentence would only say it again. */
const saidByWord: ReadonlySet<string> = new Set(['come-in', 'walk-in', 'not-a-client', 'too-early', 'same-pass-again'])

/** Steps the guard takes for the person in the help below the answer. */
const givenBelow: ReadonlySet<string> = new Set(['web', 'request', 'email', 'email-office', 'advice'])

export function shapeOf(answer: DoorAnswer): Shape {
  if (answer.entry?.undoneAt != null) return 'no'
  if (answer.passUsedAt != null) return 'wait'
  if (waiting.has(answer.decision.code) && answer.entry?.overrideReason == null) return 'wait'
  return answer.decision.allowed || answer.entry !== null ? 'yes' : 'no'
}

export function Answer({
  shell,
  answer,
  office,
  base,
  overrideError,
  helped,
}: {
  shell: Shell
  answer: DoorAnswer
  office: Directory
  base: string
  overrideError: string | null
  /** Below stands what the guard can do at once: ways of the web need not be named. */
  helped: boolean
}): JSX.Element {
  const { t } = shell
  const { decision, entry, passUsedAt = null } = answer
  const shape = shapeOf(answer)
  const overridden = entry?.overrideReason ?? null
  // With an envelope nobody comes in: what is said to somebody who does is left out.
  const comes = answer.visit === null || !isEnvelope(answer.visit)
  return (
    <div class={classes('okienko-answer', `okienko-answer--${shape}`, helped && 'okienko-answer--helped')} data-tone={shape}>
      <h1>
        <Icon shape={shape} />
        {headingOf(shell, answer)}
      </h1>
      {passUsedAt !== null && <p class="govuk-body-l">{t('entrance-staff.pass-used', { time: wallTime(passUsedAt) })}</p>}
      {overridden !== null && <Against shell={shell} answer={answer} reason={t(`entrance-staff.override.${overridden}`)} />}
      <Ticket shell={shell} answer={answer} office={office} />
      {overridden === null && comes && <Sentence shell={shell} answer={answer} />}
      <VisitFacts shell={shell} answer={answer} office={office} />
      {overridden === null && <BasisLine basis={decision.basis} />}
      {/* Let in against the answer, the person need not come back at another time; the warning has said its step. */}
      {overridden === null && passUsedAt === null && comes && (
        <NextSteps
          next={decision.next.filter(
            ({ kind }) => (kind !== 'come-back-at' || decision.code !== 'too-early') && !(helped && givenBelow.has(kind)),
          )}
        />
      )}
      <Acts shell={shell} answer={answer} base={base} overrideError={overrideError} />
    </div>
  )
}

function headingOf(shell: Shell, answer: DoorAnswer): string {
  const { t } = shell
  if (answer.entry?.undoneAt != null) return t('entrance-staff.word.undone')
  if (answer.entry?.overrideReason != null) return t('entrance-staff.word.overridden')
  return answer.passUsedAt == null ? wordOf(shell, answer) : t('entrance-staff.word.same-pass-again')
}

/** The answer against which somebody was let in, with what that answer rests on, and why all the same. */
function Against({ shell, answer, reason }: { shell: Shell; answer: DoorAnswer; reason: string }): JSX.Element {
  const { t } = shell
  return (
    <>
      <div class="okienko-answer__against">
        <p class="govuk-body-l">{t('entrance-staff.overridden.answer', { answer: wordOf(shell, answer) })}</p>
        <BasisLine basis={answer.decision.basis} />
      </div>
      <p class="govuk-body-l">{t('entrance-staff.overridden.reason', { reason })}</p>
    </>
  )
}

/** The ticket of whoever waits for a call; whoever was let in without one is told where to go. */
function Ticket({ shell, answer, office }: { shell: Shell; answer: DoorAnswer; office: Directory }): JSX.Element | null {
  const { t } = shell
  const { entry, visit } = answer
  if (entry === null || entry.undoneAt !== null) return null
  if (visit !== null && gaveTicket(entry, visit)) {
    // Of a visit that is over the number is not called any more.
    if (visit.ticket === null || !isInside(visit.state)) return null
    return (
      <p class="okienko-answer__word">
        <span class="govuk-visually-hidden">{t('entrance-staff.ticket')} </span>
        {spacedTicket(visit.ticket)}
      </p>
    )
  }
  if (entry.purpose !== 'visit') return null
  return <p class="govuk-body-l">{t('entrance-staff.no-ticket', { place: placeFor(shell, answer, office) })}</p>
}

/** Where somebody without a ticket is sent: to the room of the matter when it is in this building, else to the service office. */
function placeFor({ t }: Shell, { visit, buildingId }: DoorAnswer, office: Directory): string {
  const room = visit === null || visit.buildingId !== buildingId || visit.roomId === null ? undefined : office.rooms.get(visit.roomId)
  if (room) return /^\d/.test(room.number) ? t('entrance-staff.room-number', { room: room.number }) : room.number
  const papers = [...office.services.values()].find((service) => service.dropOff && !service.closed)
  const there = papers === undefined ? undefined : office.buildings.get(papers.buildingId)
  return there === undefined || there.id === buildingId
    ? t('entrance-staff.service-office')
    : t('entrance-staff.service-office.elsewhere', { address: there.address })
}

/** Why, in a sentence; left out where it would only say the word again. */
export function Sentence({ shell, answer }: { shell: Shell; answer: DoorAnswer }): JSX.Element | null {
  const { decision } = answer
  if (decision.code === 'too-early') return <p class="govuk-body-l">{shell.t('entrance-staff.wait-outside')}</p>
  // The day to come on stands among the next steps.
  if (saidByWord.has(decision.code) || decision.next.some((step) => step.kind === 'come-that-day')) return null
  const key = `regulation.${answer.decision.allowed ? 'allowed' : 'refused'}.${answer.decision.code}`
  if (!shell.t.has(key)) return null
  const sentence = decisionSentence(shell.t, 'regulation', answer.decision)
  if (sentence.replace(/\.$/, '') === wordOf(shell, answer)) return null
  return <p class="govuk-body-l">{sentence}</p>
}

export function wordOf({ t }: Shell, { decision, entry, visit, purpose, at }: DoorAnswer): string {
  if (decision.code === 'not-a-client')
    return t('entrance-staff.word.not-a-client', { purpose: t(`entrance-staff.purpose.${purpose}`), time: wallTime(entry?.at ?? at) })
  if (decision.allowed && visit !== null && isEnvelope(visit)) return t('entrance-staff.word.envelope')
  const unanswered = decision.code === 'visit-over' && visit?.state === 'missed' && visit.calledCount > 0
  const key = `entrance-staff.word.${unanswered ? 'missed' : decision.code}`
  const values = { time: '–', ...('values' in decision ? decision.values : {}) }
  return t.has(key) ? t(key, values) : decision.code
}

function VisitFacts({ shell, answer, office }: { shell: Shell; answer: DoorAnswer; office: Directory }): JSX.Element | null {
  const { t } = shell
  const { visit, entry } = answer
  if (visit === null) return null
  const room = visit.roomId === null ? undefined : office.rooms.get(visit.roomId)
  const rows: SummaryRow[] = [{ key: t('entrance-staff.matter'), value: matterNames(office, visit).join('; ') }]
  const meeting = meetingPlace(office, visit)
  if (meeting !== null) rows.push({ key: t('entrance-staff.meeting'), value: meeting })
  if (visit.kind === 'booked')
    rows.push({ key: t('entrance-staff.time'), value: `${longDay('pl', visit.day)}, ${wallTime(visit.startsAt)}` })
  if (room && !isEnvelope(visit)) rows.push({ key: t('entrance-staff.room'), value: room.number })
  if (visit.receipt !== null) rows.push({ key: t('entrance-staff.receipt'), value: visit.receipt })
  // Its minute stands on the receipt below.
  if (isEnvelope(visit)) return <SummaryList rows={rows} />
  if (entry !== null) rows.push({ key: t('entrance-staff.entered-at'), value: wallTime(entry.at) })
  if (entry !== null && entry.leftAt !== null) rows.push({ key: t('entrance-staff.left-at'), value: wallTime(entry.leftAt) })
  return (
    <>
      <SummaryList rows={rows} />
      {visit.person.name !== null && (
        <Details summary={t('entrance-staff.show-name')}>
          <p>{visit.person.name}</p>
        </Details>
      )}
    </>
  )
}

/** What the guard can do now. Against an answer only with a reason, which stays in the history. */
function Acts({
  shell,
  answer,
  base,
  overrideError,
}: {
  shell: Shell
  answer: DoorAnswer
  base: string
  overrideError: string | null
}): JSX.Element {
  const { t } = shell
  const { entry, decision, visit } = answer
  const next = (
    <LinkButton href={base} kind="secondary">
      {t('entrance-staff.next')}
    </LinkButton>
  )
  if (entry !== null) {
    return (
      <form method="post" action={`${base}/wpis`} class="govuk-button-group">
        <input type="hidden" name="wpis" value={entry.id} />
        {/* At the second scan it would take back the entry of the first. */}
        {entry.undoneAt === null && (answer.passUsedAt == null || entry.code === 'same-pass-again') && (
          <Button kind="secondary" name="co" value="cofnij" shortcut="F8">
            {t(visit !== null && isEnvelope(visit) ? 'entrance-staff.papers.undo' : 'entrance-staff.undo')}
          </Button>
        )}
        {next}
      </form>
    )
  }
  if (decision.allowed) {
    return (
      <form method="post" action={`${base}/wpusc`} class="govuk-button-group">
        <input type="hidden" name="wizyta" value={visit?.reference ?? ''} />
        <Button shortcut="F2">{t('entrance-staff.let-in')}</Button>
        {next}
      </form>
    )
  }
  return (
    <>
      <form method="post" action={`${base}/nie-wpuszczono`} class="govuk-button-group">
        <input type="hidden" name="wizyta" value={visit?.reference ?? ''} />
        <input type="hidden" name="cel" value={answer.purpose} />
        <input type="hidden" name="kod" value={decision.code} />
        <Button kind="secondary">{t('entrance-staff.not-let-in')}</Button>
        {next}
      </form>
      {answer.purpose === 'visit' && (
        <Details summary={t('entrance-staff.override')} open={overrideError !== null}>
          <form method="post" action={`${base}/wpusc`}>
            <input type="hidden" name="wizyta" value={visit?.reference ?? ''} />
            <input type="hidden" name="kod" value={decision.code} />
            <Select
              name="powod"
              label={t('entrance-staff.override.reason')}
              hint={t('entrance-staff.override.hint')}
              error={overrideError === null ? undefined : t(overrideError)}
              items={[
                { value: '', text: t('entrance-staff.override.choose') },
                ...overrideReasons.map((reason) => ({ value: reason, text: t(`entrance-staff.override.${reason}`) })),
              ]}
            />
            <Button kind="warning">{t('entrance-staff.override.button')}</Button>
          </form>
        </Details>
      )}
    </>
  )
}

export function Icon({ shape }: { shape: Shape }): JSX.Element {
  return (
    <svg
      class="okienko-answer__icon"
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      stroke-width="3"
    >
      {shape === 'yes' && <path d="M3 13l6 6L21 5" />}
      {shape === 'wait' && (
        <>
          <circle cx="12" cy="12" r="10" />
          <path d="M12 6v6l4 3" />
        </>
      )}
      {shape === 'no' && <path d="M4 4l16 16M20 4L4 20" />}
    </svg>
  )
}
