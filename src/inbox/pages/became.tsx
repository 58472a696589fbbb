/** Below a mail that goes out: what became of it, and where it did not arrive what to do instead. */
import type { JSX } from 'preact'
import { WhatBecame } from '../../booking/index.js'
import type { ToldMessage } from '../../messages/index.js'
import { PhoneLink, WarningText, type Shell } from '../../ui/index.js'
import type { Mail } from '../model.js'
import type { ThreadView } from './thread.js'

/** Rows of the outbox that nobody reads are erased after so long (`erasePassing`). */
const outboxHours = 48

export function Became({ shell, view, mail }: { shell: Shell; view: ThreadView; mail: Mail }): JSX.Element | null {
  const { t } = shell
  if (mail.outboxId === null) return null
  const message = view.messages.get(mail.outboxId) ?? neverRead(mail, view.now)
  const isLast = view.mails.findLast(({ kind }) => kind === 'answer') === mail
  return (
    <>
      <p class="govuk-body">
        {message === null ? t('booking-undelivered-staff.message-soon') : <WhatBecame shell={shell} message={message} />}
      </p>
      {isLast && mail.undeliveredAt !== null && <OtherWay shell={shell} view={view} />}
    </>
  )
}

/** No message was made of it, and none will be: this installation sends none. */
function neverRead({ at }: Mail, now: Temporal.Instant): ToldMessage | null {
  if (Temporal.Instant.compare(at.add({ hours: outboxHours }), now) > 0) return null
  return { id: 0, way: null, kind: 'mail-out', state: 'dropped', reason: 'no-way', at, handedAt: null }
}

function OtherWay({ shell: { t }, view: { request } }: { shell: Shell; view: ThreadView }): JSX.Element {
  const { person_phone: phone } = request
  return (
    <>
      <WarningText>
        {t(`inbox-staff.undelivered.${phone === null ? 'other-way' : 'ring'}`)} {phone !== null && <PhoneLink phone={phone} />}
      </WarningText>
      {request.state === 'open' && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/praca/poczta/${request.reference}/adres`}>
            {t('inbox-staff.address')}
          </a>
        </p>
      )}
    </>
  )
}
