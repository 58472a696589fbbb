/**
 * The pass for paper, one sheet of A4: everything needed on the way and at the door, and how to change
 * or cancel without this page.
 */
import type { JSX } from 'preact'
import { SafetyBlock, ToBring } from '../../booking/index.js'
import { spacedReference } from '../../platform/references.js'
import { CitizenPage, PhoneLink, Unbroken } from '../../ui/index.js'
import { DirectionsBlock } from './directions.js'
import type { PassPageOptions } from './pass-options.js'
import { PassBlock } from './pass-page.js'

export function PrintPage(options: PassPageOptions): JSX.Element {
  const { shell, visit, directory, obligations, symptoms } = options
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('pass.print.title')} back={`/wizyta/${visit.reference}`}>
      <div class="okienko-sheet">
        <p class="govuk-body okienko-print-only" lang="pl">
          <strong>{shell.officeName}</strong>
        </p>
        <h1 class="govuk-heading-xl">{t('pass.print.title')}</h1>
        <p class="govuk-body">
          {t('pass.reference')} <strong class="okienko-reference">{spacedReference(visit.reference)}</strong>
        </p>
        <PassBlock {...options} />
        <p class="govuk-body">
          {t('pass.at-the-door')} {t('pass.door-opens', { minutes: directory.office.settings['entry-early-minutes'] })}
        </p>
        <DirectionsBlock directory={directory} visit={visit} door={options.door} />
        <ToBring directory={directory} visit={visit} />
        <SafetyBlock obligations={obligations} symptoms={symptoms} />
        <h2 class="govuk-heading-m">{t('pass.manage')}</h2>
        <p class="govuk-body okienko-breakable">
          <Unbroken text={t('pass.print.change', { address: options.lookupUrl })} /> {t('pass.print.call')}{' '}
          <PhoneLink phone={shell.officePhone} />
        </p>
        <p class="govuk-body okienko-screen-only">
          <button type="button" class="govuk-button" data-print="" hidden>
            {t('pass.print.button')}
          </button>{' '}
          {t('pass.print.hint')}
        </p>
      </div>
    </CitizenPage>
  )
}
