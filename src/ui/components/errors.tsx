/**
 * What was wrong with what was typed: the summary above the page and the sentence at each field,
 * from the same `FieldError`, so that both say the same words.
 */
import type { JSX } from 'preact'
import type { FieldError } from '../../platform/decision.js'
import type { Translate } from '../../platform/words.js'
import { useWords } from '../words-context.js'

/** The sentence for a field, or undefined when it is right. */
export function errorAt(t: Translate, errors: readonly FieldError[] | undefined, field: string): string | undefined {
  const error = errors?.find((each) => each.field === field)
  return error && t(error.message, error.values)
}

/** Each field's id must be its name, or what `ids` says; radios and checkboxes give the first its plain name. */
export function ErrorSummary({
  errors,
  ids = {},
}: {
  errors: readonly FieldError[]
  ids?: Readonly<Record<string, string>> | undefined
}): JSX.Element {
  const t = useWords()
  return (
    <div class="govuk-error-summary" data-module="govuk-error-summary">
      <div role="alert">
        <h2 class="govuk-error-summary__title">{t('ui.error-summary')}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map((error) => (
              <li>
                <a href={`#${ids[error.field] ?? error.field}`}>{t(error.message, error.values)}</a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}
