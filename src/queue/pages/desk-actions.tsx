/**
 * The third region of a desk's page: every act at its place, with its function key. An act that is
 * not open now shows its reason instead of a button, except where only a minute must pass.
 */
import type { ComponentChildren, JSX } from 'preact'
import { Button, decisionSentence, IdempotencyField, useWords } from '../../ui/index.js'
import { parkReasons, type DeskDecision } from '../model.js'
import type { DeskView } from '../view.js'
import { Choice, DeskItself, OfVisit, OutcomeField, SendOn, WalkDirect } from './desk-more.js'

interface ActOptions {
  readonly address: string
  /** Value of the field `czynnosc`. */
  readonly act: string
  /** Key of the words on the button, after `queue-staff.action.`. */
  readonly label: string
  readonly shortcut?: string
  readonly primary?: boolean
  readonly decision: DeskDecision | null
  readonly visit?: { readonly reference: string; readonly version: number } | undefined
  /** What the act is asked besides. */
  readonly children?: ComponentChildren
}

export function Actions({ view, address, small }: { view: DeskView; address: string; small: boolean }): JSX.Element {
  const t = useWords()
  const { session, here, may, mayCall } = view
  const visit = here?.caller ? here.visit : undefined
  return (
    <section class="okienko-region okienko-actions" aria-labelledby="czynnosci">
      <h2 id="czynnosci" class="govuk-heading-m">
        {t('queue-staff.actions')}
      </h2>
      {session === null && <Act address={address} act="otworz" label="open" shortcut="F2" primary decision={null} />}
      {session?.paused && <Act address={address} act="wznow" label="resume" shortcut="F2" primary decision={null} />}
      {session !== null && !session.paused && <Act address={address} act="wezwij" label="next" shortcut="F2" primary decision={mayCall} />}
      <Act address={address} act="ponow" label="recall" shortcut="F4" decision={may?.recall ?? nobodyHere} visit={visit} />
      <Act address={address} act="rozpocznij" label="start" shortcut="F7" decision={may?.start ?? nobodyHere} visit={visit} />
      <Act address={address} act="zakoncz" label="finish" shortcut="F8" decision={may?.finish ?? nobodyHere} visit={visit}>
        <OutcomeField id="wynik" />
      </Act>
      {(visit?.moreServiceIds.length ?? 0) > 0 && may?.['next-matter'].allowed && (
        <Act address={address} act="nastepna-sprawa" label="next-matter" decision={may['next-matter']} visit={visit}>
          <OutcomeField id="wynik-sprawy" />
        </Act>
      )}
      <Act address={address} act="nie-zglosil" label="miss" shortcut="F9" decision={may?.miss ?? nobodyHere} visit={visit} />
      <Act address={address} act="odloz" label="park" shortcut="F6" decision={may?.park ?? nobodyHere} visit={visit}>
        <Choice
          id="powod-odlozenia"
          name="powod"
          label={t('queue-staff.park.why')}
          items={parkReasons.map((value) => ({ value, text: t(`queue-staff.park.${value}`) }))}
        />
      </Act>
      {!small && <SendOn view={view} address={address} />}
      {!small && <WalkDirect view={view} address={address} />}
      {!small && <DeskItself view={view} address={address} />}
    </section>
  )
}

/** Nothing to say: the first region says that nobody is here. */
const nobodyHere: DeskDecision = { allowed: false, code: 'not-called', basis: [], next: [] }

function Act({ address, act, label, shortcut, primary, decision, visit, children }: ActOptions): JSX.Element {
  const t = useWords()
  const text = t(`queue-staff.action.${label}`)
  const open =
    decision === null ||
    (decision.allowed ? decision.code === 'yes' : decision.code === 'call-again-later' || decision.code === 'miss-later')
  if (!open) {
    return (
      <p class="okienko-act">
        {shortcut !== undefined && <span class="okienko-key">{shortcut}</span>}
        {text}
        {!decision.allowed && decision !== nobodyHere && (
          <span class="okienko-quiet okienko-act__why">{decisionSentence(t, 'queue-staff', decision)}</span>
        )}
      </p>
    )
  }
  return (
    <form method="post" action={address} data-keep="" class={children === undefined ? undefined : 'okienko-act-row'}>
      <IdempotencyField />
      <OfVisit visit={visit} />
      {children}
      <Button kind={primary ? 'primary' : 'secondary'} shortcut={shortcut} name="czynnosc" value={act} id={act}>
        {text}
      </Button>
    </form>
  )
}
