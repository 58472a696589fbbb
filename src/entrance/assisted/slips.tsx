/**
 * What the guard prints for a person: the pass of a time just given, and the way to settle the matter
 * without a visit. One narrow column, for a sheet of A5 or a roll of 80 mm alike; no name on it.
 */
import type { ComponentChildren, JSX } from 'preact'
import { spacedReference } from '../../platform/references.js'
import { matterNames, whenText } from '../../booking/index.js'
import { roomText, type Directory, type Service } from '../../directory/index.js'
import { reasonSentence, safetyText, waySentence, type Advice, type SafetyObligation, type Way } from '../../regulation/index.js'
import { BasisLine, PhoneLink, QrCode, StaffPage, useWords, type Shell, type StaffLink } from '../../ui/index.js'
import type { Visit } from '../../visit/index.js'

export interface SlipOptions {
  readonly shell: Shell
  readonly office: Directory
  readonly links: readonly StaffLink[]
  readonly back: string
}

/** A page whose content alone is printed. */
export function Slip({
  shell,
  links,
  back,
  title,
  wide = false,
  children,
}: SlipOptions & { title: string; wide?: boolean; children: ComponentChildren }): JSX.Element {
  return (
    <StaffPage shell={shell} title={title} links={links} back={back}>
      <div class={wide ? 'okienko-paper' : 'okienko-paper okienko-paper--slip'}>
        <p class="govuk-body okienko-print-only">
          <strong>{shell.officeName}</strong>
        </p>
        <h1 class="govuk-heading-l">{title}</h1>
        {children}
      </div>
      <p class="govuk-body okienko-screen-only">
        <button type="button" class="govuk-button" data-print="" data-key="F4" hidden>
          <kbd class="okienko-key">F4</kbd>
          {shell.t('entrance-staff.print')}
        </button>{' '}
        {!wide && shell.t('entrance-staff.print.hint')}
      </p>
    </StaffPage>
  )
}

export function PassSlip({
  visit,
  passText,
  obligations,
  ...options
}: SlipOptions & { visit: Visit; passText: string; obligations: readonly SafetyObligation[] }): JSX.Element {
  const { t } = options.shell
  const { office } = options
  const room = visit.roomId === null ? undefined : office.rooms.get(visit.roomId)
  const building = office.buildings.get(visit.buildingId)
  return (
    <Slip {...options} title={t('entrance-staff.pass-slip')}>
      <p class="okienko-paper__number">{spacedReference(visit.reference)}</p>
      <div class="okienko-paper__code">
        <QrCode text={passText} label={t('entrance-staff.pass-slip.code')} level="L" />
      </div>
      <p class="govuk-body-l">
        <strong>{whenText('pl', visit.startsAt)}</strong>
      </p>
      <p class="govuk-body">
        {building?.address}
        {room !== undefined && `, ${roomText(t, room)}`}
      </p>
      <p class="govuk-body">{matterNames(office, visit).join('; ')}</p>
      <p class="govuk-body">{t('entrance-staff.pass-slip.door', { minutes: office.office.settings['entry-early-minutes'] })}</p>
      {obligations.length > 0 && (
        <>
          <h2 class="govuk-heading-s">{t('regulation.safety.title')}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {obligations.map((each) => (
              <li>{safetyText(t, each)}</li>
            ))}
          </ul>
        </>
      )}
      <p class="govuk-body">
        {t('entrance-staff.pass-slip.call')} <PhoneLink phone={office.office.phone} />
      </p>
    </Slip>
  )
}

export function RemoteSlip({
  service,
  ways,
  advice,
  address,
  ...options
}: SlipOptions & { service: Service; ways: readonly Way[]; advice: Advice | null; address: string }): JSX.Element {
  const { t } = options.shell
  return (
    <Slip {...options} title={t('entrance-staff.remote-slip')}>
      <p class="govuk-body-l">{service.name}</p>
      {ways.length > 0 ? (
        <ul class="govuk-list govuk-list--spaced">
          {ways.map((way) => (
            <li>
              {waySentence(t, way)}{' '}
              {advice?.reasons
                .filter(({ code, channel }) => code === 'means-missing' && channel === way.channel)
                .map((reason) => reasonSentence(t, reason))
                .join(' ')}
              <BasisLine basis={way.basis} />
            </li>
          ))}
        </ul>
      ) : (
        advice !== null && <p class="govuk-body">{t(`regulation.advice.${advice.code}`)}</p>
      )}
      <Payment advice={advice} />
      <p class="govuk-body">
        {t('entrance-staff.remote-slip.call')} <PhoneLink phone={options.office.office.phone} />
      </p>
      <p class="govuk-body okienko-breakable">{t('entrance-staff.remote-slip.page', { address })}</p>
      <div class="okienko-paper__code">
        <QrCode text={address} label={t('entrance-staff.remote-slip.code')} />
      </div>
    </Slip>
  )
}

/** How a fee is paid without coming, where an act asks for it. */
function Payment({ advice }: { advice: Advice | null }): JSX.Element | null {
  const t = useWords()
  if (advice?.payment == null) return null
  return (
    <>
      <p class="govuk-body">{t(advice.payment.only === true ? 'regulation.way.payment.only' : 'regulation.way.payment')}</p>
      {advice.payment.attachProof === true && <p class="govuk-body">{t('regulation.way.payment.proof')}</p>}
      <BasisLine basis={advice.payment.basis} />
    </>
  )
}
