/**
 * A page that is an answer: what cannot be done now, what that rests on, and what can be done
 * instead. Not an error: the person did nothing wrong.
 */
import type { ComponentChildren, JSX } from 'preact'
import type { Decision } from '../platform/decision.js'
import { DecisionNotice, decisionSentence } from './decision-notice.js'
import { CitizenPage } from './pages.js'
import type { Shell } from './shell.js'

export interface AnswerPageOptions {
  readonly shell: Shell
  readonly decision: Decision
  /** Slice whose words hold the sentence of the code. */
  readonly slice: string
  readonly back?: string | undefined
  readonly children?: ComponentChildren
}

export function AnswerPage({ shell, decision, slice, back, children }: AnswerPageOptions): JSX.Element {
  const sentence = decisionSentence(shell.t, slice, decision)
  return (
    <CitizenPage shell={shell} title={sentence} back={back}>
      <h1 class="govuk-heading-l">{sentence}</h1>
      <DecisionNotice decision={decision} slice={slice} withoutSentence />
      {children}
    </CitizenPage>
  )
}
