/**
 * The answer of the door, to be read from two metres: a word with a shape, then why, what it rests
 * on, and what the guard and the person do next. Colour comes last and says nothing alone.
 */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import { longDay, wallTime } from '../../platform/words.js'
import type { Directory } from '../../directory/index.js'
import { spacedTicket } from '../../queue/index.js'
import {
  BasisLine,
  Button,
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

/** What the office can offer somebody who cannot come in now. */
export interface Help {
  /** The first free time of the matter; null when none is found. */
  readonly firstFree: Temporal.Instant | null
  /** Where a clerk books it; null for a guard who may not. */
  readonly bookHref: string | null
}

type Shape = 'yes' | 'wait' | 'no'

/** Codes after which the same person may come in soon or with a clerk's word: an orange clock, not a red cross. */
const waiting: ReadonlySet<string> = new Set(['too-early', 'too-late', 'come-in-late', 'same-pass-again', 'not-confirmed'])

export function shapeOf(answer: DoorAnswer): Shape {
  if (waiting.has(answer.decision.code) && answer.entry?.overrideReason == null) return 'wait'
  return answer.decision.allowed || answer.entry !== null ? 'yes' : 'no'
}

export function Answer({
  shell,
  answer,
  office,
  help,
  base,
}: {
  shell: Shell
  answer: DoorAnswer
  office: Directory
  help: Help | null
  base: string
}): JSX.Element {
  const { t } = shell
  const { decision, entry, visit } = answer
  const shape = shapeOf(answer)
  const overridden = entry?.overrideReason ?? null
  return (
    <div class={`okienko-answer okienko-answer--${shape}`}>
      <h1>
        <Icon shape={shape} />
        {overridden === null ? wordOf(shell, answer) : t('entrance-staff.word.overridden')}
      </h1>
      {overridden !== null && (
        <p class="govuk-body-l">
          {t('entrance-staff.overridden', { answer: wordOf(shell, answer), reason: t(`entrance-staff.override.${overridden}`) })}
        </p>
      )}
      {entry !== null && visit?.ticket && (
        <p class="okienko-answer__word">
          <span class="govuk-visually-hidden">{t('entrance-staff.ticket')} </span>
          {spacedTicket(visit.ticket)}
        </p>
      )}
      {overridden === null && <Sentence shell={shell} answer={answer} />}
      {visit !== null && <VisitFacts shell={shell} answer={answer} office={office} />}
      <BasisLine basis={decision.basis} />
      {/* Let in against the answer, the person need not come back at another time. */}
      {overridden === null && <NextSteps next={decision.next} />}
      {help?.firstFree != null && (
        <p class="govuk-body-l">
          {t('entrance-staff.first-free', { day: longDay('pl', officeDay(help.firstFree)), time: wallTime(help.firstFree) })}{' '}
          {help.bookHref !== null && (
            <a class="govuk-link" href={help.bookHref}>
              {t('entrance-staff.first-free.book')}
            </a>
          )}
        </p>
      )}
      <Acts shell={shell} answer={answer} base={base} />
    </div>
  )
}

/** Why, in a sentence; left out where it would only say the word again. */
function Sentence({ shell, answer }: { shell: Shell; answer: DoorAnswer }): JSX.Element | null {
  const key = `regulation.${answer.decision.allowed ? 'allowed' : 'refused'}.${answer.decision.code}`
  if (!shell.t.has(key)) return null
  const sentence = decisionSentence(shell.t, 'regulation', answer.decision)
  if (sentence.replace(/\.$/, '') === wordOf(shell, answer)) return null
  return <p class="govuk-body-l">{sentence}</p>
}

function wordOf({ t }: Shell, { decision }: DoorAnswer): string {
  const key = `entrance-staff.word.${decision.code}`
  const values = { time: '–', ...('values' in decision ? decision.values : {}) }
  return t.has(key) ? t(key, values) : decision.code
}

function VisitFacts({ shell, answer, office }: { shell: Shell; answer: DoorAnswer; office: Directory }): JSX.Element | null {
  const { t } = shell
  const { visit, entry } = answer
  if (visit === null) return null
  const room = visit.roomId === null ? undefined : office.rooms.get(visit.roomId)
  const rows: SummaryRow[] = [{ key: t('entrance-staff.matter'), value: office.services.get(visit.serviceId)?.name ?? visit.serviceId }]
  if (visit.kind === 'booked')
    rows.push({ key: t('entrance-staff.time'), value: `${longDay('pl', visit.day)}, ${wallTime(visit.startsAt)}` })
  if (room) rows.push({ key: t('entrance-staff.room'), value: room.number })
  if (visit.receipt !== null) rows.push({ key: t('entrance-staff.receipt'), value: visit.receipt })
  if (entry !== null) rows.push({ key: t('entrance-staff.entered-at'), value: wallTime(entry.at) })
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
function Acts({ shell, answer, base }: { shell: Shell; answer: DoorAnswer; base: string }): JSX.Element {
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
        {entry.undoneAt === null && (
          <Button kind="secondary" name="co" value="cofnij" shortcut="F8">
            {t('entrance-staff.undo')}
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
        <Details summary={t('entrance-staff.override')}>
          <form method="post" action={`${base}/wpusc`}>
            <input type="hidden" name="wizyta" value={visit?.reference ?? ''} />
            <input type="hidden" name="kod" value={decision.code} />
            <Select
              name="powod"
              label={t('entrance-staff.override.reason')}
              hint={t('entrance-staff.override.hint')}
              items={overrideReasons.map((reason) => ({ value: reason, text: t(`entrance-staff.override.${reason}`) }))}
            />
            <Button kind="warning">{t('entrance-staff.override.button')}</Button>
          </form>
        </Details>
      )}
    </>
  )
}

function Icon({ shape }: { shape: Shape }): JSX.Element {
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
