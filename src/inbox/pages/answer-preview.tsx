/** The answer as its reader will see it, and one press that sends it. The form behind it is carried along. */
import type { JSX } from 'preact'
import { LetterBlock, signedLines, type Letter } from '../../messages/index.js'
import { Button, type Shell } from '../../ui/index.js'
import { AnswerFacts, answerPath } from './answer-form.js'
import type { ThreadView } from './thread.js'

export function AnswerPreview({ shell, view, letter }: { shell: Shell; view: ThreadView; letter: Letter }): JSX.Element {
  const { t } = shell
  return (
    <form method="post" action={answerPath(view)} novalidate data-keep="">
      <AnswerFacts view={view} />
      <Carried view={view} />
      <h2 class="govuk-heading-m" id="answer" tabIndex={-1} data-focus="">
        {t('inbox-staff.preview.title')}
      </h2>
      <p class="govuk-body okienko-breakable">{t('inbox-staff.preview.to', { email: letter.to.email ?? '' })}</p>
      <LetterBlock letter={letter}>
        <p class="govuk-body">
          {signedLines(letter, view.office.office).map((line, nth) => (
            <>
              {nth > 0 && <br />}
              {line}
            </>
          ))}
        </p>
      </LetterBlock>
      <div class="govuk-button-group">
        <Button shortcut="F8">{t('inbox-staff.send')}</Button>
        <Button kind="secondary" name="pokaz" value="popraw" shortcut="F2">
          {t('inbox-staff.preview.back')}
        </Button>
      </div>
    </form>
  )
}

/** Everything chosen and typed, also for the kinds that are not sent. */
function Carried({ view: { typed, service } }: { view: ThreadView }): JSX.Element {
  const fields = [
    ['co', typed.kind ?? ''],
    ['sprawa', service?.id ?? ''],
    ['od', typed.from?.toString() ?? ''],
    ['dzien', typed.from?.toString() ?? ''],
    ...typed.starts.map((start) => ['start', start] as const),
    ['keep', typed.keep],
    ['reason', typed.reason],
    ['own', typed.own],
  ] as const
  return (
    <>
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  )
}
