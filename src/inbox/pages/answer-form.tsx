/**
 * The answer as one form: of which kind, what belongs to that kind, own sentences, one button. Parts of
 * other kinds are out of sight by style alone (`data-of`, style/_desk.scss); a browser that cannot do so
 * shows all, and only those of the chosen kind are read.
 */
import type { JSX } from 'preact'
import { durationText, openServices, TimeChoice } from '../../booking/index.js'
import { Button, errorAt, IdempotencyField, Radios, Select, Textarea, type Shell } from '../../ui/index.js'
import { answerKinds, type AnswerKind } from '../model.js'
import { mailCloseReasons, timesMost } from '../rules.js'
import { momentText } from '../text.js'
import type { ThreadView } from './thread.js'

interface PartOptions {
  readonly shell: Shell
  readonly view: ThreadView
}

export function AnswerForm({ shell, view }: PartOptions): JSX.Element {
  const { t } = shell
  const { typed, errors } = view
  return (
    <form method="post" action={answerPath(view)} novalidate data-keep="" class="okienko-mail-form">
      {/* The form's first button is what Enter presses: it shows the mail, and sends nothing. */}
      <button hidden type="submit" tabIndex={-1} name="pokaz" value="podglad">
        {t('inbox-staff.preview')}
      </button>
      <AnswerFacts view={view} />
      <h2 class="govuk-heading-m" id="answer" {...readFirst(view.asked === 'form')}>
        {t('inbox-staff.answer')}
      </h2>
      <Radios
        name="co"
        fieldset={{ legend: { text: t('inbox-staff.kind'), classes: 'govuk-visually-hidden' } }}
        classes="govuk-radios--small okienko-mail-form__choices"
        value={typed.kind ?? ''}
        error={errorAt(t, errors, 'co')}
        items={kindsOf(view).map(({ kind, key, next }) => ({
          value: kind,
          text: t(`inbox-staff.answer.${kind}`),
          shortcut: key,
          keyNext: next,
        }))}
      />
      <div data-of="closed">
        <Radios
          name="reason"
          fieldset={{ legend: { text: t('inbox-staff.closed.reason'), classes: 'govuk-fieldset__legend--s' } }}
          classes="govuk-radios--small"
          value={typed.reason}
          error={errorAt(t, errors, 'reason')}
          items={mailCloseReasons.map((reason) => ({ value: reason, text: t(`booking-staff.request.${reason}`) }))}
        />
      </div>
      <Textarea
        name="own"
        label={{ text: t('inbox-staff.own'), classes: 'govuk-label--s' }}
        hint={t('inbox-staff.own.hint')}
        rows={5}
        value={typed.own}
        error={errorAt(t, errors, 'own')}
      />
      <MatterPart shell={shell} view={view} />
      <TimesPart shell={shell} view={view} />
      {answerKinds.map((kind) => (
        <p class="govuk-body okienko-quiet" data-of={kind}>
          {t(`inbox-staff.after.${kind}`)}
        </p>
      ))}
      <div class="okienko-mail-form__send">
        <Button shortcut="F8">{t('inbox-staff.send')}</Button>
        <Button kind="secondary" name="pokaz" value="podglad" shortcut="F2">
          {t('inbox-staff.preview')}
        </Button>
      </div>
    </form>
  )
}

/** The kinds with their keys, and where each leads: to what is asked first. */
function kindsOf({ times }: ThreadView): readonly { kind: AnswerKind; key: string; next: string }[] {
  const anyTime = times?.days.some(({ starts }) => starts.length > 0)
  return [
    // The one time that the Tab key stops at (browser/console.ts).
    { kind: 'times', key: 'F3', next: anyTime ? '[name="start"][tabindex="0"]' : '#sprawa' },
    { kind: 'advice', key: 'F4', next: '#own' },
    { kind: 'question', key: 'F6', next: '#own' },
    { kind: 'closed', key: 'F9', next: '#reason' },
  ]
}

/** A heading that has the focus when the page opens. */
const readFirst = (first: boolean): object => (first ? { tabIndex: -1, 'data-focus': '' } : {})

export function answerPath({ request }: Pick<ThreadView, 'request'>): string {
  return `/praca/poczta/${request.reference}/odpowiedz`
}

/** What an answer is known by: the same when it is sent twice, and what of the thread was seen. */
export function AnswerFacts({ view }: { view: ThreadView }): JSX.Element {
  return (
    <>
      <IdempotencyField value={view.typed.key} />
      <input type="hidden" name="widziano" value={String(view.last)} />
      <input type="hidden" name="dla" value={view.service?.id ?? ''} />
    </>
  )
}

function MatterPart({ shell, view }: PartOptions): JSX.Element {
  const { t } = shell
  const items = openServices(view.office)
    .filter(({ dropOff }) => !dropOff)
    .map(({ id, name }) => ({ value: id, text: name }))
  return (
    <div data-of="matter" class="okienko-mail-form__matter">
      <Select
        name="sprawa"
        label={{ text: t('inbox-staff.matter'), classes: 'govuk-label--s' }}
        value={view.service?.id ?? ''}
        error={errorAt(t, view.errors, 'sprawa')}
        items={[{ value: '', text: t('inbox-staff.matter.choose') }, ...items]}
      />
      <div data-of="times">
        <Button kind="secondary" name="pokaz" value="sprawa">
          {t('inbox-staff.matter.button')}
        </Button>
      </div>
    </div>
  )
}

function TimesPart({ shell, view }: PartOptions): JSX.Element {
  const { t } = shell
  const { times, typed, errors } = view
  return (
    <div data-of="times">
      <h3 class="govuk-heading-s" {...readFirst(view.asked === 'times')}>
        {t('inbox-staff.times', { most: timesMost(view.office.office.settings) })}
      </h3>
      {times === null ? (
        <p class="govuk-body">{t('inbox-staff.times.no-matter')}</p>
      ) : (
        <TimeChoice shell={shell} times={times} value={typed.starts} errors={errors} keys="several" />
      )}
      <Radios
        name="keep"
        fieldset={{ legend: { text: t('inbox-staff.times.keep'), classes: 'govuk-fieldset__legend--s' } }}
        hint={t('inbox-staff.times.keep.hint', { before: durationText(t, view.office.office.settings['proposed-back-minutes']) })}
        classes="govuk-radios--small okienko-mail-form__choices"
        error={errorAt(t, errors, 'keep')}
        items={view.keep.map((until) => ({ value: until.toString(), text: momentText(t, until) }))}
        value={typed.keep}
      />
    </div>
  )
}
