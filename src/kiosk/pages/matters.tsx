/** Walking in: the tree of matters, and the question before a ticket is taken. */
import type { JSX } from 'preact'
import { fullName, type Service } from '../../directory/index.js'
import { IdempotencyField } from '../../ui/index.js'
import type { Branch } from '../model.js'
import type { Way } from '../rules.js'
import { Choices, Screen, type Frame } from './screen.js'

export function MattersScreen({ shell, view, way, branches }: Frame & { way: Way; branches: readonly Branch[] }): JSX.Element {
  const { t } = shell
  const unitsOnly = branches[0]?.kind === 'unit'
  return (
    <Screen
      shell={shell}
      view={view}
      title={t(unitsOnly ? 'kiosk.matters.unit' : 'kiosk.matters.matter')}
      back={way.unit === null && way.page === 1 ? '/kiosk' : '/kiosk/sprawy'}
    >
      {branches.length === 0 && <p class="okienko-kiosk__text">{t('kiosk.matters.none')}</p>}
      <Choices
        choices={branches.map((branch) => ({
          href: addressOf(way, branch),
          text:
            branch.name === null ? t('kiosk.matters.more') : <span lang={shell.language === 'pl' ? undefined : 'pl'}>{branch.name}</span>,
        }))}
      />
    </Screen>
  )
}

function addressOf(way: Way, branch: Branch): string {
  const query = new URLSearchParams()
  const unit = branch.kind === 'unit' ? branch.id : way.unit
  const letter = branch.kind === 'group' ? branch.id : way.letter
  if (branch.kind === 'matter') return `/kiosk/sprawa/${encodeURIComponent(branch.id)}`
  if (unit !== null) query.set('w', unit)
  if (letter !== null) query.set('g', letter)
  if (branch.kind === 'more') query.set('s', branch.id)
  return `/kiosk/sprawy?${query}`
}

/** A ticket can be had: taken by one press, twice pressed is one. */
export function TakeScreen({ shell, view, service }: Frame & { service: Service }): JSX.Element {
  const { t } = shell
  const { own, polish } = fullName(t, service)
  return (
    <Screen shell={shell} view={view} title={t('kiosk.take')} back="/kiosk/sprawy">
      <p class="okienko-kiosk__text">
        <strong>{own}</strong>
        {polish !== null && (
          <>
            <br />
            {polish}
          </>
        )}
      </p>
      <form method="post" action={`/kiosk/sprawa/${encodeURIComponent(service.id)}`} class="okienko-kiosk__choices">
        <IdempotencyField />
        <button class="okienko-kiosk__choice">{t('kiosk.take.yes')}</button>
      </form>
    </Screen>
  )
}
