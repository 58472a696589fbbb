/**
 * The guard's page while the network is away: the same for every guard and with nothing of anybody's,
 * so that a browser may keep it. browser/door-offline.ts fills it from the list of the day; its words
 * stand here, in templates and attributes.
 */
import type { JSX } from 'preact'
import type { Building } from '../../directory/index.js'
import { Button, Details, DoorPage, Select, TextInput, useWords, type Shell } from '../../ui/index.js'
import { correctionReasons, otherPurposes, overrideReasons } from '../model.js'
import { ActButton } from './act-button.js'
import { Camera } from './camera.js'
import { Receipt, TakeEnvelope } from './envelope.js'

const w = (key: string): string => `entrance-offline-staff.${key}`

export function OfflineDoor({
  shell,
  building,
  base,
  example,
}: {
  shell: Shell
  building: Building
  base: string
  /** Of the demonstration: its receipts say that they are none. */
  example: boolean
}): JSX.Element {
  const { t } = shell
  const title = t(w('title'), { building: building.name || building.address })
  return (
    <DoorPage shell={shell} title={title} scripts={['door-offline.js', 'door-camera.js', 'tones.js']}>
      <div data-door-offline={base} data-building={building.id}>
        <h1 class="govuk-heading-l" data-title="">
          {title}
        </h1>
        <form method="post" action={base} class="okienko-scan" novalidate data-scan="">
          <TextInput
            name="kod"
            label={t(w('scan'))}
            hint={t(w('scan.hint'))}
            autofocus
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
          />
          <Button>{t('entrance-staff.check')}</Button>
        </form>
        <Camera />
        <p
          class="okienko-offline"
          role="status"
          data-state=""
          data-now="reconnecting"
          data-live={t(w('state.live'))}
          data-reconnecting={t(w('state.reconnecting'))}
          data-offline={t(w('state.offline'), { time: '{time}' })}
          data-no-list={t(w('state.no-list'), { time: '{time}' })}
          data-signed-out={t(w('state.signed-out'))}
        >
          {t(w('state.reconnecting'))}
        </p>
        <p class="govuk-body" role="status" data-clock={t(w('clock'), { minutes: '{minutes}' })} hidden />
        <div data-answer="0" aria-live="assertive" />
        <p
          class="govuk-body"
          role="status"
          data-list-state=""
          data-list={t(w('list'), { time: '{time}', count: '{count}' })}
          data-none={t(w('list.none'))}
        />
        <Sent base={base} />
        <section aria-labelledby="spodziewani" data-expected="" hidden>
          <h2 class="govuk-heading-m" id="spodziewani">
            {t('entrance-staff.expected')}
          </h2>
          <p class="govuk-body" data-expected-none="">
            {t('entrance-staff.expected.none')}
          </p>
          <ul class="okienko-tap" data-expected-list="" />
        </section>
        <Unbooked building={building} />
        <section aria-labelledby="w-srodku" data-inside="" hidden>
          <h2 class="govuk-heading-m" id="w-srodku">
            {t(w('inside'))}
          </h2>
          <ul class="govuk-list okienko-entries" data-inside-list="" />
        </section>
        <Count />
        <Templates shell={shell} building={building} example={example} />
      </div>
    </DoorPage>
  )
}

/** What waits to be sent; and once the network is back what was sent, with the tickets to be told and what does not fit. */
function Sent({ base }: { base: string }): JSX.Element {
  const t = useWords()
  return (
    <section aria-labelledby="wyslane" data-sent="" hidden>
      <h2 class="govuk-heading-m" id="wyslane" data-waiting={t(w('waiting'), { count: '{count}' })} data-done={t(w('sent'))}>
        {t(w('sent'))}
      </h2>
      <ul class="govuk-list" data-sent-list="" />
      <p class="govuk-body" data-sent-conflicts="" hidden>
        <a class="govuk-link" href={`${base}/niezgodnosci`}>
          {t(w('conflicts.link'))}
        </a>
      </p>
      <p class="govuk-body" data-back="" hidden>
        <a class="govuk-link" href={base}>
          {t(w('back'))}
        </a>
      </p>
    </section>
  )
}

function Unbooked({ building }: { building: Building }): JSX.Element {
  const t = useWords()
  return (
    <section aria-labelledby="inni">
      <h2 class="govuk-heading-m" id="inni">
        {t('entrance-staff.others')}
      </h2>
      <TakeEnvelope buildingId={building.id} />
      <div class="govuk-button-group">
        <button type="button" class="govuk-button govuk-button--secondary" data-papers-where="" hidden>
          {t('entrance-staff.documents-here')}
        </button>
        {otherPurposes.map((purpose) => (
          <button type="button" class="govuk-button govuk-button--secondary" data-purpose={purpose}>
            {t(`entrance-staff.purpose.${purpose}`)}
          </button>
        ))}
        <button type="button" class="govuk-button govuk-button--secondary" data-unbooked="">
          {t(w('unbooked'))}
        </button>
      </div>
      <p class="govuk-body" data-papers-by-hand="">
        {t(w('papers'))}
      </p>
    </section>
  )
}

function Count(): JSX.Element {
  const t = useWords()
  return (
    <Details summary={t('entrance-staff.count')}>
      <form data-count="" novalidate>
        <p class="govuk-error-message" role="alert" data-count-error={t('entrance-staff.count.error')} hidden />
        <TextInput
          name="ile"
          label={t('entrance-staff.count.number')}
          hint={t('entrance-staff.count.hint')}
          inputmode="numeric"
          autocomplete="off"
        />
        <Select
          name="dlaczego"
          label={t('entrance-staff.count.reason')}
          items={correctionReasons.map((reason) => ({ value: reason, text: t(`entrance-staff.count.${reason}`) }))}
        />
        <Button kind="secondary">{t('entrance-staff.count.save')}</Button>
      </form>
    </Details>
  )
}

/** Parts the script copies: no word and no markup of them is in it. */
function Templates({ shell, building, example }: { shell: Shell; building: Building; example: boolean }): JSX.Element {
  const t = useWords()
  return (
    <>
      <template data-part="facts">
        <dl class="govuk-summary-list">
          {(['matter', 'meeting', 'time', 'room', 'entered-at'] as const).map((fact) => (
            <div class="govuk-summary-list__row" data-fact={fact}>
              <dt class="govuk-summary-list__key">{t(`entrance-staff.${fact}`)}</dt>
              <dd class="govuk-summary-list__value" />
            </div>
          ))}
          <div class="govuk-summary-list__row" data-fact="initials">
            <dt class="govuk-summary-list__key">{t(w('initials'))}</dt>
            <dd class="govuk-summary-list__value" />
          </div>
        </dl>
      </template>
      <template data-part="entered">
        <p class="govuk-body-l">{t(w('no-ticket'))}</p>
        <div class="govuk-button-group">
          <ActButton act="undo" text={t('entrance-staff.undo')} kind="secondary" shortcut="F8" />
        </div>
      </template>
      <Receipt shell={shell} address={building.address} example={example} />
      <template data-part="ask">
        <div class="govuk-button-group">
          <ActButton act="enter" text={t('entrance-staff.let-in')} kind="secondary" shortcut="F2" />
        </div>
      </template>
      <template data-part="refused">
        <div class="govuk-button-group">
          <ActButton act="refuse" text={t('entrance-staff.not-let-in')} />
        </div>
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{t('entrance-staff.override')}</span>
          </summary>
          <div class="govuk-details__text">
            <p class="govuk-error-message" role="alert" data-override-error={t('entrance-staff.override.error')} hidden />
            <Select
              name="powod"
              label={t('entrance-staff.override.reason')}
              hint={t('entrance-staff.override.hint')}
              items={[
                { value: '', text: t('entrance-staff.override.choose') },
                ...overrideReasons.map((reason) => ({ value: reason, text: t(`entrance-staff.override.${reason}`) })),
              ]}
            />
            <ActButton act="override" text={t('entrance-staff.override.button')} kind="warning" />
          </div>
        </details>
      </template>
      <template data-part="no-list">
        <div class="okienko-answer okienko-answer--no" data-tone="no">
          <p class="okienko-answer__word">{t(w('answer.no-list'))}</p>
          <p class="govuk-body-l">{t(w('answer.no-list.why'))}</p>
          <p class="govuk-body">{t(w('answer.no-list.step'))}</p>
        </div>
      </template>
      <template data-part="expected">
        <li>
          <a href="#main-content">
            <strong data-said="time">–</strong>
            <span data-said="matter" />
            <span data-said="initials" />
          </a>
        </li>
      </template>
      <template data-part="inside">
        <li>
          <form>
            <span data-said="line" />
            <ActButton act="leave" text={t('entrance-staff.leave')} />
          </form>
        </li>
      </template>
      <template data-part="done">
        <p class="govuk-body-l" role="status" />
      </template>
      {(['left', 'undone', 'counted', 'refused', 'papers-undone'] as const).map((kind) => (
        <template data-done={kind}>{t(w(`done.${kind}`))}</template>
      ))}
      {otherPurposes.map((purpose) => (
        <template data-admitted={purpose}>
          {t('entrance-staff.word.not-a-client', { purpose: t(`entrance-staff.purpose.${purpose}`), time: '{time}' })}
        </template>
      ))}
      {(['ticket', 'plain', 'conflict', 'unreadable'] as const).map((line) => (
        <template data-line={line}>{t(w(`line.${line}`), { time: '{time}', ticket: '{ticket}', what: '{what}' })}</template>
      ))}
      {(['entered', 'refused', 'admitted', 'left', 'undone', 'counted', 'papers'] as const).map((kind) => (
        <template data-kind={kind}>{t(w(`kind.${kind}`))}</template>
      ))}
    </>
  )
}
