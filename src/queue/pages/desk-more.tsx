/**
 * What a desk does besides calling in turn: people who wait apart, sending on, the order, a break
 * with an end, handing over. Each is one form with a choice from a list; nothing here is a dialog.
 */
import type { JSX } from 'preact'
import { wallTime } from '../../platform/words.js'
import { Button, Details, IdempotencyField, Select, TextInput, useWords } from '../../ui/index.js'
import { visitPriorities } from '../../visit/index.js'
import { outcomes, pickReasons } from '../model.js'
import { spacedTicket } from '../tickets.js'
import type { DeskView } from '../view.js'

interface Parts {
  readonly view: DeskView
  readonly address: string
}

/** The visit a form is about, as it was when the page was made. */
export function OfVisit({ visit }: { visit: { readonly reference: string; readonly version: number } | undefined }): JSX.Element | null {
  if (visit === undefined) return null
  return (
    <>
      <input type="hidden" name="wizyta" value={visit.reference} />
      <input type="hidden" name="wersja" value={String(visit.version)} />
    </>
  )
}

/** A choice that belongs to the button beside it: its label is for those who listen, its first line says what it is. */
export function Choice(options: {
  id: string
  name: string
  label: string
  items: readonly { value: string; text: string }[]
}): JSX.Element {
  const { id, name, label, items } = options
  return (
    <span class="okienko-choice">
      <label class="govuk-visually-hidden" for={id}>
        {label}
      </label>
      <select class="govuk-select" id={id} name={name}>
        {items.map(({ value, text }) => (
          <option value={value}>{text}</option>
        ))}
      </select>
    </span>
  )
}

/** What came of a matter; nothing said is an answer too. */
export function OutcomeField({ id }: { id: string }): JSX.Element {
  const t = useWords()
  return (
    <Choice
      id={id}
      name="wynik"
      label={t('queue-staff.outcome')}
      items={[
        { value: '', text: t('queue-staff.outcome.none') },
        ...outcomes.map((value) => ({ value, text: t(`queue-staff.outcome.${value}`) })),
      ]}
    />
  )
}

/** People this desk asked to wait apart, with the way back. */
export function Parked({ view: { parked }, address }: Parts): JSX.Element | null {
  const t = useWords()
  if (parked.length === 0) return null
  return (
    <section aria-labelledby="odlozone">
      <h3 id="odlozone" class="govuk-heading-s">
        {t('queue-staff.parked')}
      </h3>
      <ul class="govuk-list okienko-queue">
        {parked.map((visit) => (
          <li>
            <strong class="okienko-queue__number">{spacedTicket(visit.ticket ?? '')}</strong>
            <form method="post" action={address} data-keep="">
              <IdempotencyField />
              <OfVisit visit={visit} />
              <input type="hidden" name="powod" value="continues-here" />
              <Button kind="secondary" name="czynnosc" value="przywolaj" id={`przywolaj-${visit.reference}`}>
                {t('queue-staff.action.call-back')}
              </Button>{' '}
              <Button kind="secondary" name="czynnosc" value="do-kolejki" id={`do-kolejki-${visit.reference}`}>
                {t('queue-staff.action.to-line')}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Sending the person at the desk on: to a desk at work, or to another matter. */
export function SendOn({ view: { here, may, targets }, address }: Parts): JSX.Element | null {
  const t = useWords()
  if (here === null || !here.caller || may === null || !may.transfer.allowed || targets.length === 0) return null
  return (
    <Details summary={t('queue-staff.send-on')} id="przekazanie">
      <form method="post" action={address} data-keep="">
        <IdempotencyField />
        <OfVisit visit={here.visit} />
        <Select id="dokad" name="dokad" label={t('queue-staff.send-on.where')} items={targets} />
        <Button kind="secondary" name="czynnosc" value="przekaz" id="przekaz">
          {t('queue-staff.action.send-on')}
        </Button>
      </form>
    </Details>
  )
}

/** Somebody without a number stands at the desk. */
export function WalkDirect({ view: { direct }, address }: Parts): JSX.Element | null {
  const t = useWords()
  if (direct.length === 0) return null
  return (
    <Details summary={t('queue-staff.direct')} id="bez-numerka">
      <form method="post" action={address} data-keep="">
        <IdempotencyField />
        <Select id="sprawa-bez-numerka" name="sprawa" label={t('queue-staff.direct.matter')} items={direct} />
        <Button kind="secondary" name="czynnosc" value="bez-numerka" id="wydaj-numerek">
          {t('queue-staff.action.direct')}
        </Button>
      </form>
    </Details>
  )
}

/** The order of those who wait, changed for one number: earlier, now, or gone home. */
export function Order({ view: { session, waiting, mayPick }, address }: Parts): JSX.Element | null {
  const t = useWords()
  if (session === null || waiting === 0) return null
  return (
    <Details summary={t('queue-staff.order')} id="kolejnosc">
      <form method="post" action={address} data-keep="">
        <IdempotencyField />
        <NumberAndReason id="numer" label={t('queue-staff.order.number')} words="priority" reasons={visitPriorities} />
        <Button kind="secondary" name="czynnosc" value="wczesniej" id="wczesniej">
          {t('queue-staff.action.earlier')}
        </Button>{' '}
        <Button kind="secondary" name="czynnosc" value="poszedl" id="poszedl">
          {t('queue-staff.action.gone')}
        </Button>
      </form>
      {mayPick && (
        <form method="post" action={address} data-keep="">
          <IdempotencyField />
          <NumberAndReason id="numer-teraz" label={t('queue-staff.order.pick')} words="pick" reasons={pickReasons} />
          <Button kind="secondary" name="czynnosc" value="wezwij-numer" id="wezwij-numer">
            {t('queue-staff.action.pick')}
          </Button>
        </form>
      )}
    </Details>
  )
}

/** Whom it is about, and why: every change of the order has a reason. */
function NumberAndReason(options: { id: string; label: string; words: string; reasons: readonly string[] }): JSX.Element {
  const { id, label, words, reasons } = options
  const t = useWords()
  return (
    <>
      <TextInput
        id={id}
        name="numer"
        label={label}
        hint={t('queue-staff.order.hint')}
        classes="govuk-input--width-5"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
      />
      <Select
        id={`${id}-powod`}
        name="powod"
        label={t('queue-staff.order.why')}
        items={reasons.map((value) => ({ value, text: t(`queue-staff.${words}.${value}`) }))}
      />
    </>
  )
}

/** Minutes of a break a clerk may say. */
export const breakMinutes = [10, 15, 20, 30, 45] as const

/** A break, handing the desk over, closing it. */
export function DeskItself({ view: { session, here }, address }: Parts): JSX.Element | null {
  const t = useWords()
  if (session === null) return null
  const { paused, pausedUntil, handingOver } = session
  const state = !paused ? 'open-since' : pausedUntil === null ? 'paused' : 'paused-until'
  return (
    <>
      <p class="okienko-quiet">
        {t(`queue-staff.${state}`, { time: wallTime(session.since), until: wallTime(pausedUntil ?? session.since) })}
      </p>
      {handingOver && <p class="govuk-body">{t('queue-staff.handing-over')}</p>}
      {!paused && (
        <form method="post" action={address} data-keep="" class="okienko-act-row">
          <IdempotencyField />
          <Choice
            id="minuty"
            name="minuty"
            label={t('queue-staff.break.how-long')}
            items={[
              { value: '', text: t('queue-staff.break.not-said') },
              ...breakMinutes.map((minutes) => ({ value: String(minutes), text: t('queue-staff.break.minutes', { minutes }) })),
            ]}
          />
          <Button kind="secondary" name="czynnosc" value="przerwa" id="przerwa">
            {t('queue-staff.action.pause')}
          </Button>
        </form>
      )}
      <form method="post" action={address} data-keep="">
        <IdempotencyField />
        <Button kind="secondary" name="czynnosc" value={handingOver ? 'zostaje' : 'oddaje'} id="oddaje">
          {t(handingOver ? 'queue-staff.action.keep-desk' : 'queue-staff.action.hand-over')}
        </Button>
        {here?.visit.state !== 'serving' && (
          <>
            {' '}
            <Button kind="secondary" name="czynnosc" value="zamknij" id="zamknij">
              {t('queue-staff.action.close')}
            </Button>
          </>
        )}
      </form>
    </>
  )
}
