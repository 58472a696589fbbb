/**
 * What an act has the guard look at before letting somebody in, and what to say to whoever stays out.
 * It is all there at once: nothing is pressed, sent or written down about anybody.
 */
import type { JSX } from 'preact'
import type { Decision } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import { roomNames, screeningText, type Screening } from '../../regulation/index.js'
import { BasisLine, decisionSentence, Details, NextSteps, type Shell } from '../../ui/index.js'

export interface DoorScreening {
  readonly looked: readonly Screening[]
  /** The answer to one who does not pass. */
  readonly out: Decision | null
}

export function ScreeningHelp({
  shell,
  screening,
  office,
}: {
  shell: Shell
  screening: DoorScreening
  office: Directory
}): JSX.Element | null {
  const { t } = shell
  const { looked, out } = screening
  if (looked.length === 0 || out === null || out.allowed) return null
  return (
    <Details summary={t('entrance-staff.screening')}>
      {looked.map((each) => (
        <>
          <p>
            {screeningText(t, each)}
            {each.rooms !== undefined && ` ${t('entrance-staff.screening.rooms', { rooms: roomNames(t, office, each.rooms) })}`}
          </p>
          <BasisLine basis={each.basis} />
        </>
      ))}
      <p>
        {t('entrance-staff.screening.out')} {decisionSentence(t, 'regulation', out)}
      </p>
      <NextSteps next={out.next} />
    </Details>
  )
}
