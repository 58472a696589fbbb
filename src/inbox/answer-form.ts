/**
 * The one form of an answer, as it came: what was chosen and typed for any kind stays, whichever button
 * sent it, and only the fields of the chosen kind are read. Pure: now and the matter are arguments.
 */
import type { FieldError } from '../platform/decision.js'
import { formId, formLines, formList, formText } from '../platform/http/form.js'
import { isKey } from '../platform/idempotency.js'
import { readInstant } from '../platform/typed-time.js'
import { readDaysAsked } from '../booking/index.js'
import type { Service } from '../directory/index.js'
import { idempotencyField } from '../ui/index.js'
import { ownCharactersMax, type Answer } from './answer.js'
import { answerKinds, type AnswerKind } from './model.js'
import { keepUntilChoices, mailCloseReasons } from './rules.js'

export interface TypedAnswer {
  readonly kind: AnswerKind | null
  /** Matter chosen; empty: none. */
  readonly serviceId: string
  /** Matter whose times the form showed. */
  readonly shownServiceId: string
  readonly starts: readonly string[]
  readonly keep: string
  readonly reason: string
  readonly own: string
  /** Where the days shown begin, when not with the first there are. */
  readonly from: Temporal.PlainDate | null
  readonly key: string
}

/** What the pressed button asks for: to be sent, to be seen as it will be sent, the form again, or the form with other times. */
export type AnswerStep = 'send' | 'preview' | 'form' | 'times'

/** Buttons of the form that ask for no other days: for the preview, back from it, another matter. */
const ownSteps = ['podglad', 'popraw', 'sprawa'] as const

/** What is too long to be sent comes back whole all the same, to be made shorter: a long letter pasted by mistake, too. */
const typedCharactersMax = 100_000

/** The empty form: the matter as it was guessed, the usual evening. */
export function emptyAnswer(guessed: string | null, now: Temporal.Instant): TypedAnswer {
  const choices = keepUntilChoices(now)
  return {
    kind: null,
    serviceId: guessed ?? '',
    shownServiceId: '',
    starts: [],
    keep: (choices[1] ?? choices[0])?.toString() ?? '',
    reason: '',
    own: '',
    from: null,
    key: crypto.randomUUID(),
  }
}

export function readTypedAnswer(body: unknown): { readonly typed: TypedAnswer; readonly step: AnswerStep; readonly seen: number } {
  const key = formText(body, idempotencyField, 50)
  const pressed = formText(body, 'pokaz', 10)
  const kind = answerKinds.find((each) => each === formText(body, 'co', 10)) ?? null
  const ofDays = pressed !== '' && !ownSteps.some((each) => each === pressed)
  const days = readDaysAsked(ofDays || typeof body !== 'object' ? body : { ...body, pokaz: '' })
  // A day that was typed and not asked for matters where times are proposed, and nowhere else.
  const otherDays = ofDays || (days.only && kind === 'times')
  return {
    typed: {
      kind,
      serviceId: formText(body, 'sprawa', 200),
      shownServiceId: formText(body, 'dla', 200),
      starts: formList(body, 'start').filter((each) => readInstant(each) !== null),
      keep: formText(body, 'keep', 60),
      reason: formText(body, 'reason', 40),
      own: formLines(body, 'own', typedCharactersMax),
      from: days.from,
      key: isKey(key) ? key : crypto.randomUUID(),
    },
    step: otherDays || pressed === 'sprawa' ? 'times' : pressed === 'popraw' ? 'form' : pressed === 'podglad' ? 'preview' : 'send',
    seen: formId(body, 'widziano') ?? 0,
  }
}

/**
 * The answer of the chosen kind, or what is missing in it. `service`: the chosen matter, where it is one
 * people come or write for; `most`: how many times one answer may propose.
 */
export function answerOf(
  typed: TypedAnswer,
  service: Service | null,
  at: { readonly now: Temporal.Instant; readonly most: number },
): { readonly answer: Answer } | { readonly errors: readonly FieldError[] } {
  const errors = [...errorsOf(typed, service, at), ...tooLong(typed)]
  const answer = errors.length > 0 ? null : answerOfKind(typed, service, at.now)
  return answer === null ? { errors } : { answer }
}

function answerOfKind(typed: TypedAnswer, service: Service | null, now: Temporal.Instant): Answer | null {
  const serviceId = service?.id ?? ''
  switch (typed.kind) {
    case 'times': {
      const keep = keepUntilChoices(now).find((until) => until.toString() === typed.keep)
      const starts = typed.starts.flatMap((each) => readInstant(each) ?? [])
      return keep === undefined ? null : { kind: 'times', serviceId, starts, keep }
    }
    case 'advice':
      return { kind: 'advice', serviceId }
    case 'question':
      return { kind: 'question' }
    case 'closed': {
      const reason = mailCloseReasons.find((each) => each === typed.reason)
      return reason === undefined ? null : { kind: 'closed', reason }
    }
    case null:
      return null
  }
}

const wrong = (field: string, code: string, values?: FieldError['values']): FieldError => ({
  field,
  message: `inbox-staff.error.${code}`,
  ...(values === undefined ? {} : { values }),
})

function errorsOf(typed: TypedAnswer, service: Service | null, { now, most }: Parameters<typeof answerOf>[2]): readonly FieldError[] {
  const { kind, starts } = typed
  switch (kind) {
    case null:
      return [wrong('co', 'kind')]
    case 'times': {
      if (service === null) return [wrong('sprawa', 'matter')]
      // The times that were seen are another matter's.
      if (typed.shownServiceId !== service.id) return [wrong('start', 'start-other')]
      return [
        ...(starts.length === 0 ? [wrong('start', 'start')] : []),
        ...(starts.length > most ? [wrong('start', 'start-many', { most, count: starts.length })] : []),
        // An evening that has come meanwhile is none any more: another is chosen, and not by the program.
        ...(keepUntilChoices(now).some((until) => until.toString() === typed.keep) ? [] : [wrong('keep', 'keep')]),
      ]
    }
    case 'advice':
      return service === null ? [wrong('sprawa', 'matter')] : []
    case 'question':
      return typed.own === '' ? [wrong('own', 'own')] : []
    case 'closed':
      return mailCloseReasons.some((each) => each === typed.reason) ? [] : [wrong('reason', 'reason')]
  }
}

function tooLong({ own }: TypedAnswer): readonly FieldError[] {
  return own.length > ownCharactersMax ? [wrong('own', 'own-long', { most: ownCharactersMax })] : []
}
