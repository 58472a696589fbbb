/** What a visit's owner was sent, and what became of it. */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import { plainDay, wallTime, type Translate } from '../../platform/words.js'
import type { ToldMessage, VisitMessage } from '../../messages/index.js'
import { Tag, type Shell, type TagColour } from '../../ui/index.js'

const colours: Readonly<Record<string, TagColour>> = {
  sent: 'turquoise',
  delivered: 'green',
  failed: 'red',
  uncertain: 'yellow',
  dropped: 'grey',
}

/** A line for each message and way: what, by which way, its state, when, and why where it did not go well. */
export function VisitMessages({
  shell,
  messages,
  soon = false,
}: {
  shell: Shell
  messages: readonly VisitMessage[]
  /** Something was done a moment ago that the owner is told of. */
  soon?: boolean
}): JSX.Element {
  const { t } = shell
  if (messages.length === 0) return <p class="govuk-body">{t(`booking-undelivered-staff.${soon ? 'message-soon' : 'no-messages'}`)}</p>
  return (
    <ul class="govuk-list">
      {messages.map((each) => (
        <li>
          {sentence(t, 'messages-templates-staff.kind', each.kind)}
          {each.way !== null && `, ${t(`booking-undelivered-staff.way.${each.way}`)}`} <WhatBecame shell={shell} message={each} />
        </li>
      ))}
    </ul>
  )
}

/** The state a message is in, since when, and why where it did not go well. */
export function WhatBecame({ shell: { t }, message }: { shell: Shell; message: ToldMessage }): JSX.Element {
  const { state, reason, handedAt, at } = message
  return (
    <>
      <Tag colour={colours[state] ?? 'grey'}>{sentence(t, 'booking-undelivered-staff.state', state)}</Tag>
      <br />
      <span class="govuk-body-s">
        {plainDay('pl', officeDay(handedAt ?? at))}, {wallTime(handedAt ?? at)}
        {reason !== null && `. ${sentence(t, 'booking-undelivered-staff.reason', reason)}`}
      </span>
    </>
  )
}

/** Codes come from data: one without words is said to be another. */
function sentence(t: Translate, what: string, code: string): string {
  const key = `${what}.${code}`
  return t(t.has(key) ? key : `${what}.other`)
}
