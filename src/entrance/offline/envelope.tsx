/** An envelope taken without the network: the form, and the receipt that browser/door-papers.ts fills. */
import type { JSX } from 'preact'
import { Button, Select, useWords, type Shell } from '../../ui/index.js'
import { ActButton } from './act-button.js'

const w = (key: string): string => `entrance-offline-staff.papers.${key}`

/** Shown while papers may be left; the units are those of the list. */
export function TakeEnvelope({ buildingId }: { buildingId: string }): JSX.Element {
  const t = useWords()
  return (
    <form data-papers={buildingId} novalidate hidden>
      <Select
        name="wydzial"
        label={t('entrance-staff.papers.unit')}
        items={[{ value: '', text: t('entrance-staff.papers.unit.sorted') }]}
      />
      <Button kind="secondary">{t(w('take'))}</Button>
    </form>
  )
}

/** What somebody is given who leaves an envelope: to be dictated, copied out or printed. */
export function Receipt({ shell, address, example }: { shell: Shell; address: string; example: boolean }): JSX.Element {
  const t = useWords()
  const said = { receipt: '{receipt}', unit: '{unit}', day: '{day}', time: '{time}' }
  return (
    <>
      <template data-part="receipt">
        <div class="okienko-paper okienko-paper--slip">
          <p class="govuk-body okienko-print-only">
            <strong>{shell.officeName}</strong>
          </p>
          <p class="govuk-body-l">{t('entrance-staff.papers.receipt')}</p>
          <p class="okienko-paper__number okienko-paper__number--long" data-receipt="">
            {said.receipt}
          </p>
          <p class="govuk-body-l" data-receipt="">
            {t('entrance-staff.papers.left', said)}
          </p>
          <p class="govuk-body">{t('entrance-staff.papers.where', { address })}</p>
          <p class="govuk-body" data-receipt="">
            {t('entrance-staff.papers.for', said)}
          </p>
          <p class="govuk-body">{t('entrance-staff.papers.filed')}</p>
          <p class="govuk-body">{t('entrance-staff.papers.sealed')}</p>
          {example && <p class="govuk-body okienko-print-only">{t('queue-staff.receipt.demonstration')}</p>}
          <p class="okienko-paper__sign okienko-print-only">{t('entrance-staff.papers.sign.taken')}</p>
        </div>
      </template>
      <template data-part="receipt-acts">
        <p class="govuk-body">{t(w('on-envelope'))}</p>
        <div class="govuk-button-group">
          <ActButton act="print" text={t('entrance-staff.papers.print')} shortcut="F6" />
          <ActButton act="undo" text={t('entrance-staff.papers.undo')} shortcut="F8" />
        </div>
      </template>
    </>
  )
}
