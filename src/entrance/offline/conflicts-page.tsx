/** What guards did without the network and what does not fit, one block each, until somebody says it was seen. */
import type { JSX } from 'preact'
import { officeDay } from '../../platform/clock.js'
import { spacedReference } from '../../platform/references.js'
import { longDay, wallTime } from '../../platform/words.js'
import type { Building } from '../../directory/index.js'
import { Button, DoorPage, SummaryList, useWords, type Shell, type StaffLink, type SummaryRow } from '../../ui/index.js'
import type { ListedConflict } from './store.js'

export function ConflictsPage({
  shell,
  links,
  building,
  base,
  conflicts,
}: {
  shell: Shell
  links: readonly StaffLink[]
  building: Building
  base: string
  conflicts: readonly ListedConflict[]
}): JSX.Element {
  const { t } = shell
  const title = t('entrance-offline-staff.conflicts', { building: building.name || building.address })
  return (
    <DoorPage shell={shell} title={title} links={links} back={base}>
      <h1 class="govuk-heading-l">{title}</h1>
      {conflicts.length === 0 ? (
        <p class="govuk-body-l">{t('entrance-offline-staff.conflicts.none')}</p>
      ) : (
        <p class="govuk-body">{t('entrance-offline-staff.conflicts.hint')}</p>
      )}
      {conflicts.map((conflict) => (
        <OneConflict conflict={conflict} base={base} />
      ))}
    </DoorPage>
  )
}

function OneConflict({ conflict, base }: { conflict: ListedConflict; base: string }): JSX.Element {
  const t = useWords()
  const { id, code, details, kind, at, startsAt, reference, receipt, guard } = conflict
  // What is done about an envelope is not what is done about somebody who came in.
  const own = `entrance-offline-staff.conflict.${code}.${kind}.next`
  const row = (key: string, value: string): SummaryRow => ({ key: t(`entrance-offline-staff.conflicts.${key}`), value })
  const rows = [
    row('when', `${longDay('pl', officeDay(at))}, ${wallTime(at)}`),
    row('what', t(`entrance-offline-staff.kind.${kind}`)),
    ...(receipt === null ? [] : [{ key: t('entrance-staff.receipt'), value: receipt }]),
    ...(reference === null || receipt !== null ? [] : [row('visit', spacedReference(reference))]),
    ...(startsAt === null || receipt !== null ? [] : [row('starts', `${longDay('pl', officeDay(startsAt))}, ${wallTime(startsAt)}`)]),
    row('guard', guard),
  ]
  return (
    <div>
      <h2 class="govuk-heading-m">{t(`entrance-offline-staff.conflict.${code}`, details)}</h2>
      <p class="govuk-body-l">{t(t.has(own) ? own : `entrance-offline-staff.conflict.${code}.next`, details)}</p>
      <SummaryList rows={rows} />
      <form method="post" action={`${base}/niezgodnosci`}>
        <input type="hidden" name="ktora" value={id} />
        <Button kind="secondary">
          {t('entrance-offline-staff.conflicts.seen')}
          <span class="govuk-visually-hidden"> {wallTime(at)}</span>
        </Button>
      </form>
    </div>
  )
}
