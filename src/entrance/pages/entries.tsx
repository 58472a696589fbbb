/**
 * Who was let in today, newest first, each to be marked as gone or taken back. The last ones and
 * everybody still inside are listed at once; all of the day when asked for.
 */
import type { JSX } from 'preact'
import { Button, Details, useWords } from '../../ui/index.js'
import { wallTime } from '../../platform/words.js'
import { spacedTicket } from '../../queue/index.js'
import type { ListedEntry } from '../store.js'

export interface EntriesView {
  readonly entries: readonly ListedEntry[]
  /** There are older ones that are not listed. */
  readonly more: boolean
  readonly which: 'recent' | 'all'
}

export function Entries({ view, base }: { view: EntriesView; base: string }): JSX.Element | null {
  const t = useWords()
  if (view.entries.length === 0) return null
  return (
    <Details summary={t(`entrance-staff.entries.${view.which}`)} open={view.which === 'all'} id="wejscia">
      <ul class="govuk-list okienko-entries">
        {view.entries.map((entry) => (
          <li>
            <form method="post" action={`${base}/wpis`}>
              <input type="hidden" name="wpis" value={entry.id} />
              <EntryLine entry={entry} base={base} />
            </form>
          </li>
        ))}
      </ul>
      {view.more && view.which === 'recent' && (
        <p>
          <a class="govuk-link" href={`${base}?wejscia=wszystkie#wejscia`}>
            {t('entrance-staff.entries.show-all')}
          </a>
        </p>
      )}
    </Details>
  )
}

function EntryLine({ entry, base }: { entry: ListedEntry; base: string }): JSX.Element {
  const t = useWords()
  const hour = wallTime(entry.at)
  const envelope = entry.purpose === 'drop-off' && entry.ticket === null
  return (
    <>
      <span>
        {hour} {envelope ? <EnvelopeLink entry={entry} base={base} /> : t(`entrance-staff.purpose.${entry.purpose}`)}{' '}
        {entry.ticket === null ? '' : spacedTicket(entry.ticket)}{' '}
        {entry.overrideReason !== null && `(${t('entrance-staff.against')}: ${t(`entrance-staff.override.${entry.overrideReason}`)}) `}
      </span>
      {entry.undoneAt !== null ? (
        <span>{t('entrance-staff.undone')}</span>
      ) : (
        <>
          {envelope ? null : entry.leftAt === null ? (
            <Button kind="secondary" name="co" value="wyszedl">
              {t('entrance-staff.leave')}
              <span class="govuk-visually-hidden"> {hour}</span>
            </Button>
          ) : (
            <span>{t('entrance-staff.left', { time: wallTime(entry.leftAt) })}</span>
          )}{' '}
          <Button kind="secondary" name="co" value="cofnij">
            {t(envelope ? 'entrance-staff.papers.undo' : 'entrance-staff.undo')}
            <span class="govuk-visually-hidden"> {hour}</span>
          </Button>
        </>
      )}
    </>
  )
}

/** To its receipt: a name, an e-mail and the print are asked for later, too. */
function EnvelopeLink({ entry, base }: { entry: ListedEntry; base: string }): JSX.Element {
  const t = useWords()
  return (
    <a class="govuk-link" href={`${base}?wpis=${entry.id}`}>
      {t('entrance-staff.purpose.envelope')}
      <span class="govuk-visually-hidden"> {wallTime(entry.at)}</span>
    </a>
  )
}
